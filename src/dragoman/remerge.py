"""All events of a record derived anew from its mentions and from what was decided by hand.

The stages that look at one mention or one event at a time may be spread over processes; what compares mentions with one
another is done here. Whatever their number, the events are the same.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice, starmap
from typing import NamedTuple

import duckdb

from dragoman.errors import WorkerLostError
from dragoman.ingest.repeats import Printed, Text, accounts_of, printed
from dragoman.merge import Blocks, Decisions, Features, Shelf, Verdict, blocks_of, build, features
from dragoman.merge.cluster import Clustered, clustered, verdict
from dragoman.records import Event, EventMention
from dragoman.records.codec import Json, party_to_json, step_to_json
from dragoman.resolve.teaching import Heard, Taught, heard, lessons_of, verdicts_of
from dragoman.spread import Spread, cores
from dragoman.store import Stored, Writer, Written, opened, put_by, standing, written
from dragoman.store.corrections import judged
from dragoman.store.decisions import persons_decided
from dragoman.store.taught import replace_taught

log = logging.getLogger(__name__)

TEXTS_AT_ONCE, MENTIONS_AT_ONCE = 500, 4_000

ALONE = 50_000
"""Up to so many mentions no process is started: that would take longer than it saves."""


def remerge(writer: Writer, *, workers: int | None = 1) -> int:
    """Derive the record's events anew from all its mentions and the decisions made by hand; returns how many.

    First the reports teach one another whom a bare family name means; what they teach depends on all mentions as they
    were coded, and on what was decided about names, never on the order of arrival.

    Args:
        workers: Processes (and threads, while mentions are compared); None takes all cores once there are more than ALONE
            mentions. Each starts Python anew, so a script that asks for more than one must guard its main part
            (`if __name__ == "__main__":`). Should the system end one of them, all is done again in this process.
    """
    asked = workers or _cores_for(writer)
    try:
        return _remerged(writer, asked)
    except WorkerLostError as lost:
        if asked == 1:
            raise
        log.warning("%s The events are derived once more, in one process.", lost)
        return _remerged(writer, 1)


def _remerged(writer: Writer, workers: int) -> int:
    with Spread(workers, gc.disable) as spread, _uncollected():
        shown, blocks = _looked_at(writer, spread)
        decided = decisions_of(writer.connection)
        with put_by(writer.connection):
            found = clustered(shown, decided, blocks, threads=workers)
        del blocks
        keys, reports = [f.key for f in shown], [f.report for f in shown]
        # Most mentions are told once: only the others' features are still needed.
        joined = {i: shown[i] for i in {*found.joined, *found.joined.values()}}
        del shown
        several = {r for g in found.groups if len(told := {reports[i] for i in g}) > 1 for r in told}
        accounts = accounts_of(chain.from_iterable(spread.over(_printed, _texts(writer, several))))
        stored = writer.stored_groups([keys[i] for i in group] for group in found.groups)
        known = _Known(reports, joined, found, accounts)
        tellings = (known.telling(group, rows) for group, rows in zip(found.groups, stored, strict=True))
        return writer.replace_written(spread.over(_built, _packed(tellings)))


def _texts(writer: Writer, reports: Iterable[str]) -> Iterator[list[Text]]:
    return _cut((Text(*row) for row in writer.texts(sorted({*reports}))), TEXTS_AT_ONCE)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: nothing that is made here is in one, and to go through millions of values takes minutes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _cores_for(writer: Writer) -> int:
    return cores() if writer.mention_count() > ALONE else 1


def _looked_at(writer: Writer, spread: Spread) -> tuple[list[Features], list[Blocks]]:
    """The features and blocks of all mentions as they stand, in the order of features; what the reports teach one another is kept
    in the record.

    Mentions are read once, as they were coded; those that learn something, or that somebody decided about, once more.
    """
    shelf = Shelf()
    looks: dict[str, Look] = {}

    def placed(found: Iterable[Look]) -> None:
        looks.update((look.shown.key, Look(shelf.placed(look.shown), look.blocks)) for look in found)

    def told(parts: Iterable[Met]) -> Iterator[Heard]:
        for part in parts:
            placed(part.looks)
            yield part.heard

    verdicts = verdicts_of(*persons_decided(writer.connection))
    lessons = lessons_of(told(spread.over(_met, writer.stored(as_coded=True))), verdicts)
    replace_taught(writer.connection, ((key, _taught_json(lessons[key])) for key in sorted(lessons)))
    others = sorted({*lessons, *judged(writer.connection)} & looks.keys())
    for key in others:
        del looks[key]
    for part in spread.over(_looks, writer.stored(among=others)):
        placed(part)
    ordered = sorted(looks.values(), key=lambda look: look.shown.order)
    return [look.shown for look in ordered], [look.blocks for look in ordered]


def _taught_json(taught: Taught) -> Json:
    return {
        "actors": [party_to_json(p) for p in taught.actors], "recipients": [party_to_json(p) for p in taught.recipients],
        "trail": [step_to_json(s) for s in taught.steps],
    }  # fmt: skip


def decisions_of(db: duckdb.DuckDBPyConnection) -> Decisions:
    """What stands of the decisions about which mentions are one event."""
    made = standing(db)
    return Decisions(made.together, made.apart, made.pinned)


class Telling(NamedTuple):
    """What one event is built from: its mentions, which of them were joined to which (by hand, or as the clues say), and
    whose account each of its reports is."""

    mentions: list[Stored]
    by_hand: list[Verdict]
    joined: list[tuple[Features, Features]]
    accounts: dict[str, str]


class _Known(NamedTuple):
    """What is known of the mentions by position: reports, features of those that were joined, the groups, and accounts."""

    reports: Sequence[str]
    joined: Mapping[int, Features]
    found: Clustered
    accounts: Mapping[str, str]

    def telling(self, group: Sequence[int], mentions: list[Stored]) -> Telling:
        reports = {self.reports[i] for i in group}
        first_of = self.found.joined
        return Telling(
            mentions,
            [self.found.by_hand[i] for i in group if i in self.found.by_hand],
            [(self.joined[first_of[i]], self.joined[i]) for i in group if i in first_of],
            {report: self.accounts[report] for report in reports if report in self.accounts},
        )


# --- what is done of many at once, by name, in a process of its own or here -----------------------------------------------


class Look(NamedTuple):
    """What a mention shows to the clues, and the blocks that it is in."""

    shown: Features
    blocks: Blocks


class Met(NamedTuple):
    """What some mentions teach, and what they show."""

    heard: Heard
    looks: list[Look]


def _met(rows: Sequence[Stored]) -> Met:
    mentions = opened(rows, bare=True)
    return Met(heard(mentions), [_look(m) for m in mentions])


def _looks(rows: Sequence[Stored]) -> list[Look]:
    return [_look(m) for m in opened(rows, bare=True)]


def _look(mention: EventMention) -> Look:
    shown = features(mention)
    return Look(shown, blocks_of(shown))


def _printed(texts: Sequence[Text]) -> list[Printed]:
    return list(map(printed, texts))


def _built(tellings: Sequence[Telling]) -> Written:
    return written(list(map(_event, tellings)))


def _event(told: Telling) -> Event:
    verdicts = {v.mention: v for v in (*told.by_hand, *starmap(verdict, told.joined))}
    return build(opened(told.mentions), verdicts, lambda report: told.accounts.get(report, report))


def _cut(texts: Iterable[Text], size: int) -> Iterator[list[Text]]:
    stream = iter(texts)
    yield from iter(lambda: list(islice(stream, size)), [])


def _packed(tellings: Iterable[Telling]) -> Iterator[list[Telling]]:
    """Runs of about MENTIONS_AT_ONCE mentions."""
    pack: list[Telling] = []
    size = 0
    for telling in tellings:
        pack.append(telling)
        size += len(telling.mentions)
        if size >= MENTIONS_AT_ONCE:
            yield pack
            pack, size = [], 0
    if pack:
        yield pack
