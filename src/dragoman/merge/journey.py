"""The stage as one verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dragoman.merge.build import build
from dragoman.merge.cluster import NONE_MADE, Decisions, cluster
from dragoman.merge.features import features
from dragoman.records import Event, EventMention

Accounts = Callable[[Iterable[str]], Callable[[str], str]]
"""Report ids of events with several reports -> (report id -> the independent account it belongs to)."""


def merge(
    mentions: Iterable[EventMention], *, decisions: Decisions = NONE_MADE, accounts: Accounts | None = None
) -> Iterator[Event]:
    """Mentions in any order, events out by first mention; the same set gives the same events and ids."""
    by_id = {m.mention_id: m for m in mentions}
    yield from regroup(
        by_id.values(), lambda groups: ([by_id[key] for key in group] for group in groups), decisions=decisions, accounts=accounts
    )  # fmt: skip


def regroup(
    mentions: Iterable[EventMention], fetch: Callable[[list[list[str]]], Iterable[list[EventMention]]], *,
    decisions: Decisions = NONE_MADE, accounts: Accounts | None = None,
) -> Iterator[Event]:  # fmt: skip
    """The same for records larger than memory: of each mention only its features are kept.

    Args:
        mentions: Every mention, once; any order.
        fetch: Groups of mention ids -> the mentions of each group, in the same order.
    """
    shelf: dict[Any, Any] = {}
    report_of: dict[str, str] = {}
    kept = []
    for mention in mentions:
        shown = features(mention, shelf)
        kept.append(shown)
        report_of[shown.key] = shown.report
    groups, verdicts = cluster(kept, decisions)
    del kept, shelf
    account_of = None
    if accounts:
        several = {r for g in groups if len(rs := {report_of[k] for k in g}) > 1 for r in rs}
        account_of = accounts(sorted(several))
    del report_of
    for found in fetch(groups):
        yield build(found, verdicts, account_of)
