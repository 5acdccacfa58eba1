"""The stage as one verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dragoman.merge.build import build
from dragoman.merge.cluster import NONE_MADE, Decisions, cluster
from dragoman.merge.features import Shelf, features
from dragoman.records import Event, EventMention

Accounts = Callable[[Iterable[str]], Callable[[str], str]]
"""Report ids of events with several reports -> (report id -> the independent account it belongs to)."""


def merge(
    mentions: Iterable[EventMention], *, decisions: Decisions = NONE_MADE, accounts: Accounts | None = None
) -> Iterator[Event]:
    """Mentions in any order, events out by first mention; the same set gives the same events and ids.

    Everything is held in memory; `dragoman.remerge` does the same for records of any size.
    """
    by_id = {m.mention_id: m for m in mentions}
    shelf = Shelf()
    groups, verdicts = cluster((shelf.placed(features(m)) for m in by_id.values()), decisions)
    account_of = None
    if accounts:
        several = {r for g in groups if len(reports := {by_id[k].report_id for k in g}) > 1 for r in reports}
        account_of = accounts(sorted(several))
    for group in groups:
        yield build([by_id[key] for key in group], verdicts, account_of)
