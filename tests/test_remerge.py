"""All events derived anew: on any number of processes the same, and the same as merging in memory."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from dragoman.merge import merge
from dragoman.records import EventMention, Report
from dragoman.remerge import ALONE, _cores_for, remerge
from dragoman.store import CodedReport, Writer
from dragoman.store.decisions import append
from tests.conftest import make_mention, make_party, make_report

SIDES = (make_party("Seoul", "KOR"), make_party("Moscow", "RUS"), make_party("Tokyo", "JPN"))


def mentions() -> list[tuple[Report, EventMention]]:
    """Six dyads on five days, each told twice."""
    found = []
    for a, b, day, copy in product(range(3), range(3), range(2, 26, 5), range(2)):
        sentence = f"{SIDES[a].text} accused {SIDES[b].text} on day {day}."
        report = make_report(f"{sentence} Edition {copy}.", source=f"paper {copy}", published=date(2024, 2, day + copy))
        mention = make_mention(
            report_id=report.id, actors=(SIDES[a],), recipients=(SIDES[b],), event_type="ACCUSE", sentence=sentence,
            day=date(2024, 2, day), published=report.published, source=report.source,
        )  # fmt: skip
        found += [(report, mention)] if a != b else []
    return found


def record_of(found: list[tuple[Report, EventMention]]) -> Writer:
    writer = Writer(":memory:")
    writer.add([CodedReport(report, (mention,)) for report, mention in found], [], [], coder="test")
    return writer


def rows(writer: Writer) -> list[object]:
    db = writer.connection
    return [*db.execute("FROM events ORDER BY event_id").fetchall(), *db.execute("FROM event_members ORDER BY ALL").fetchall()]  # fmt: skip


def test_processes_make_no_difference() -> None:
    one, two = record_of(mentions()), record_of(mentions())
    assert remerge(one, workers=1) == remerge(two, workers=2)
    assert rows(one) == rows(two)


def test_processes_make_no_difference_to_what_was_decided() -> None:
    records = [record_of(mentions()) for _ in range(2)]
    ids = sorted(m.mention_id for _, m in mentions())
    for writer, workers in zip(records, (1, 2), strict=True):
        append(writer.connection, "merge", "e", {"mentions": ids[:3]}, made_by="test")
        append(writer.connection, "pin", "e", {"mentions": ids[4:6]}, made_by="test")
        append(writer.connection, "reject", ids[8], {}, made_by="test")
        remerge(writer, workers=workers)
    assert rows(records[0]) == rows(records[1])
    told = (
        records[0]
        .connection.execute("SELECT event_id FROM event_members WHERE mention_id IN (?, ?, ?)", ids[:3])
        .fetchall()
    )
    assert len(set(told)) == 1
    assert not records[0].connection.execute("FROM event_members WHERE mention_id = ?", [ids[8]]).fetchall()


def test_a_record_is_merged_as_its_mentions_are_in_memory() -> None:
    writer = record_of(mentions())
    remerge(writer)
    found = {frozenset(m.mention_id for m in e.mentions) for e in merge(m for _, m in mentions())}
    groups: dict[str, set[str]] = {}
    for event, mention in writer.connection.execute("SELECT event_id, mention_id FROM event_members").fetchall():
        groups.setdefault(event, set()).add(mention)
    assert set(map(frozenset, groups.values())) == found


@pytest.mark.parametrize(("count", "cores"), [(0, 1), (ALONE, 1), (ALONE + 1, 4)])
def test_few_mentions_start_no_process(count: int, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.remerge.cores", lambda: 4)
    monkeypatch.setattr(Writer, "mention_count", lambda self: count)
    assert _cores_for(Writer(":memory:")) == cores
