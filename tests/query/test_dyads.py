"""Pairs through time: sides, series with their zeros, change points, wording, network and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from dragoman.cli.dyad import page
from dragoman.errors import UsageError
from dragoman.merge import merge
from dragoman.query.framing import wordings_of
from dragoman.query.plots import plot_dyad, plot_network
from dragoman.query.record import Record
from dragoman.query.sides import Side
from dragoman.records import Attribution, EventMention
from dragoman.records.codec import mention_to_json
from dragoman.store import CodedReport, Writer
from tests.conftest import make_mention, make_party, make_report

SEOUL, MOSCOW, TOKYO = make_party("Seoul", "KOR"), make_party("Moscow", "RUS", "GOV"), make_party("Tokyo", "JPN")
ARMY = replace(make_party("the army", "RUS", "MIL"), actor_id="army:RUS", name="Russian Armed Forces")


def told(n: int, day: date, text: str, **fields: object) -> tuple[str, EventMention]:
    changes = {"actors": (SEOUL,), "recipients": (MOSCOW,), "mention_id": f"m{n}"} | fields
    made = make_mention(sentence=text, day=day, published=day, trigger=(0, 4), number=n)
    return text, replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def record() -> Iterator[Record]:
    """Four quiet months of talks, then four of conflict; one act of an army, one between other countries."""
    found = [told(n, date(2024, 1 + n, 5), f"Talks {n} were held in town {n}.") for n in range(4)]
    for n in range(4, 8):
        conflict = {
            "event_type": "ASSAULT",
            "base_type": "ASSAULT",
            "quad_class": 4,
            "plover_score": -9.0,
            "goldstein": -10.0,
            "cameo": "190",
        }
        found.append(told(n, date(2024, 1 + n, 9), f"Attack {n} hit the port of place {n}.", **conflict))
    found.append(
        told(8, date(2024, 2, 7), "An army crossed the line.", actors=(ARMY,), recipients=(SEOUL,), cameo="152")
    )
    found.append(
        told(9, date(2024, 2, 8), "Tokyo and Moscow talked about fish.", actors=(TOKYO, MOSCOW), recipients=())
    )
    writer = Writer(":memory:")
    for text, mention in found:
        report = make_report(text)
        writer.add([CodedReport(report, (replace(mention, report_id=report.id),))], [], [], coder="x")
    writer.replace_events(merge(writer.mentions()))
    yield Record(writer.connection)
    writer.close()


@pytest.mark.parametrize(
    ("first", "second", "directed", "count"),
    [
        ("KOR", "RUS", False, 9),
        ("rus", "kor", False, 9),
        ("RUS", "KOR", True, 1),
        ("RUS/MIL", "KOR", False, 1),
        ("/MIL", "KOR", False, 1),
        ("Russian Armed Forces", "KOR", False, 1),
        ("army:RUS", "KOR", True, 1),
        ("JPN", "RUS", True, 1),
        ("KOR", "JPN", False, 0),
    ],
)
def test_sides_are_countries_sectors_and_names(
    record: Record, first: str, second: str, directed: bool, count: int
) -> None:
    assert len(record.dyad(first, second, directed=directed).events()) == count


@pytest.mark.parametrize("text", ["", " ", "KOR/XYZ"])
def test_a_side_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Side.of(text)


def test_periods_without_events_are_zeros(record: Record) -> None:
    months = record.dyad("KOR", "RUS", since="2023-11-01", until="2024-12-31").monthly()
    assert [b.events for b in months] == [0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]
    assert [len(record.dyad("KOR", "RUS").series(by)) for by in ("quarter", "year")] == [3, 1]


def test_a_series_has_bounds(record: Record) -> None:
    pair = record.dyad("KOR", "RUS", since="0001-01-01", until="9999-12-31")
    assert pair.series("year")[-1].start == date(9999, 1, 1)
    with pytest.raises(UsageError, match="more than 50,000 days"):
        pair.daily()
    with pytest.raises(UsageError, match="too many to look for changes"):
        pair.changes("year")


@pytest.mark.parametrize(("text", "side"), [("South Korea", "KOR"), ("russia", "RUS"), ("XXX", "XXX"), ("PLO", "PLO")])
def test_a_country_may_be_named_and_what_is_no_code_is_a_name(text: str, side: str) -> None:
    found = Side.of(text)
    assert found.text == side
    assert (found.country is None) == (side in ("XXX", "PLO"))


def test_the_change_is_found_with_the_events_behind_it(record: Record) -> None:
    pair = record.dyad("KOR", "RUS", since="2023-07-01", until="2024-08-31")
    ((changed, events),) = pair.changes()
    assert changed.start == date(2024, 5, 1)
    assert [e["event_type"] for e in events] == ["ASSAULT"]


def test_the_summary_cites_its_events(record: Record) -> None:
    ids = {e["event_id"] for e in record.dyad("KOR", "RUS").events()}
    clauses = record.dyad("KOR", "RUS").summary()
    assert any("sharpened" in c.text for c in clauses)
    assert all(c.event_ids and set(c.event_ids) <= ids for c in clauses)


def test_the_page_cites_events_and_shows_the_telling_sentence(record: Record) -> None:
    out = Console(file=StringIO(), width=120)
    pair = record.dyad("KOR", "RUS")
    page(pair, "month", out)
    text = out.file.getvalue()  # type: ignore[attr-defined]
    assert all(clause.event_ids[0][:8] in text for clause in pair.summary())
    assert "The gravest is" in text
    assert "Timeline" in text


def test_the_network_knows_the_broker(record: Record) -> None:
    found = record.network()
    assert found.nodes[0].country == "RUS"
    assert found.nodes[0].betweenness == 1.0
    assert found.edges == (("KOR", "RUS", 9), ("JPN", "RUS", 1))
    assert [n.country for n in record.network("conflict").nodes] == ["KOR", "RUS"]


@pytest.mark.parametrize("name", ["x.svg", "x.png"])
def test_figures_are_the_same_bytes_every_time(record: Record, tmp_path: Path, name: str) -> None:
    for draw in (
        lambda out: plot_dyad(record.dyad("KOR", "RUS"), out),
        lambda out: plot_network(record.network(), out),
    ):
        draw(tmp_path / name)
        first = (tmp_path / name).read_bytes()
        draw(tmp_path / name)
        assert (tmp_path / name).read_bytes() == first
        assert len(first) > 5000


def test_nothing_to_draw_and_no_such_ending(record: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to draw"):
        plot_dyad(record.dyad("KOR", "JPN"), tmp_path / "x.svg")
    with pytest.raises(UsageError, match="ends in"):
        plot_dyad(record.dyad("KOR", "RUS"), tmp_path / "x.gif")


@pytest.mark.parametrize(
    ("sentence", "speaker", "words", "direct"),
    [
        ('The ministry called the talks "constructive and frank".', "the ministry", ["constructive and frank"], True),
        ("The ministry described the meeting as a farce.", "the ministry", ["a farce"], False),
        ("The envoy urged “responsible conduct” by the neighbour.", "the envoy", ["responsible conduct"], True),
        ("They met on Tuesday.", "the ministry", [], True),
    ],
)
def test_wordings(sentence: str, speaker: str, words: list[str], direct: bool) -> None:
    said = Attribution(speaker, "official", None, direct)
    mention = replace(make_mention(sentence=sentence, trigger=(0, 3)), attribution=(said,))
    found = list(wordings_of(mention_to_json(mention), lambda party: party["country"]))
    assert [(w.words, w.speaker) for w in found] == [(w, speaker) for w in words]
    assert all(sentence[w.start : w.end].strip(" ,.") == w.words for w in found)


def test_both_sides_of_one_event_stand_beside_one_another() -> None:
    a = replace(
        make_mention(report_id="a", sentence='Seoul called the talks with Moscow "constructive".'),
        attribution=(Attribution("Seoul", "official", "called", True),),
    )
    b = replace(
        make_mention(report_id="b", sentence='Moscow said the talks with Seoul were "a lecture".'),
        attribution=(Attribution("Moscow", "official", "said", True),),
    )
    writer = Writer(":memory:")
    for mention in (a, b):
        report = make_report(mention.sentence, source=mention.report_id)
        writer.add([CodedReport(report, (replace(mention, report_id=report.id),))], [], [], coder="x")
    writer.replace_events(merge(writer.mentions()))
    (framing,) = Record(writer.connection).dyad("KOR", "RUS").framing()
    assert {(w.side, w.words) for w in framing.wordings} == {("KOR", "constructive"), ("RUS", "a lecture")}
