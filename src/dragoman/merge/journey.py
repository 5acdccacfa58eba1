"""The stage as one verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dragoman.merge.build import build
from dragoman.merge.cluster import cluster
from dragoman.merge.features import features
from dragoman.records import Event, EventMention


def merge(
    mentions: Iterable[EventMention], *, together: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = (),
    account_of: Callable[[str], str] | None = None,
) -> Iterator[Event]:  # fmt: skip
    """Mentions in any order, events out by first mention; the same set gives the same events and ids."""
    by_id = {m.mention_id: m for m in mentions}
    groups, verdicts = cluster([features(m) for m in by_id.values()], together=together, apart=apart)
    for group in groups:
        yield build([by_id[key] for key in group], verdicts, account_of)
