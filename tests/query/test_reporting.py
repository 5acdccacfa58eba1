"""What is reported and what is kept as a candidate: one threshold everywhere, and nothing left out in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.derive import decide
from dragoman.errors import UsageError
from dragoman.merge import merge
from dragoman.query.record import Record
from dragoman.query.reporting import REPORTED_FROM, candidates_line, floor_of
from dragoman.store import CodedReport, Writer
from tests.conftest import make_report
from tests.query.test_dyads import told

runner = CliRunner()
SURE = {"Seoul": 0.9, "Busan": REPORTED_FROM, "Daegu": 0.49, "Ulsan": 0.2}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record with one event of each confidence, of different days."""
    found = []
    for number, (town, confidence) in enumerate(SURE.items(), start=1):
        _, mention = told(number, date(2024, number, 10), f"South Korea met Russia in {town}.", confidence=confidence)
        report = make_report(mention.sentence)
        found.append(CodedReport(report, (replace(mention, report_id=report.id),)))
    with Writer(tmp_path / "r.duckdb") as writer:
        writer.add(found, [], [], coder="test")
        writer.replace_events(merge(writer.mentions()))
    return tmp_path / "r.duckdb"


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with Record(path) as opened:
        yield opened


def run(path: Path, *arguments: str) -> str:
    result = runner.invoke(app, [*arguments, "--record", str(path)])
    assert result.exit_code == 0, result.output
    return result.output


def test_events_are_those_more_likely_right_than_wrong(record: Record) -> None:
    assert (len(record.events()), record.events().candidates()) == (2, 2)
    assert (len(record.events(min_confidence=0)), record.events(min_confidence=0).candidates()) == (4, 0)
    assert [len(record.events(min_confidence=x)) for x in (0.2, 0.49, 0.5, 0.51, 1)] == [4, 3, 2, 1, 0]
    assert len(list(record)) == 4  # the record keeps all


def test_a_pair_and_the_network_hold_to_it(record: Record) -> None:
    pair = record.dyad("KOR", "RUS")
    assert (len(pair.events()), pair.candidates(), pair.min_confidence) == (2, 2, REPORTED_FROM)
    assert len(record.dyad("KOR", "RUS", min_confidence=0).events()) == 4
    assert [n for _, _, n in record.network().edges] == [2]
    assert [n for _, _, n in record.network(min_confidence=0).edges] == [4]


@pytest.mark.parametrize("asked", [-0.1, 1.1, 7])
def test_no_confidence_is_like_that(record: Record, asked: float) -> None:
    with pytest.raises(UsageError, match="not from 0 to 1"):
        record.events(min_confidence=asked)


def test_what_a_reviewer_confirmed_is_reported_at_any_threshold(path: Path) -> None:
    with Writer(path) as writer:
        (doubtful,) = [m for m in writer.mentions() if m.confidence == 0.2]
        decide(writer.connection, "accept", doubtful.mention_id, {}, made_by="tester")
    with Record(path) as record:
        assert len(record.events()) == 3
        assert len(record.events(min_confidence=1)) == 1
    assert floor_of(1) < 1


@pytest.mark.parametrize(
    ("n", "line"),
    [
        pytest.param(0, "", id="nothing-left-out-nothing-said"),
        pytest.param(1, "1 candidate below 0.50 (--min-confidence 0 shows them)", id="one"),
        pytest.param(1158, "1,158 candidates below 0.50 (--min-confidence 0 shows them)", id="many"),
    ],
)
def test_what_is_left_out_is_said_in_one_line(n: int, line: str) -> None:
    assert candidates_line(n, 0.5) == line


@pytest.mark.parametrize("command", [["dyad", "KOR", "RUS"], ["actor", "Seoul"], ["network"], ["export"]])
def test_every_command_says_what_it_left_out(path: Path, command: list[str]) -> None:
    assert "2 candidates below 0.50" in run(path, *command)
    assert "candidate" not in run(path, *command, "--min-confidence", "0").replace('"candidates"', "")


@pytest.mark.parametrize("form", ["jsonl", "csv", "plover"])
def test_exports_hold_to_it_and_can_take_all(path: Path, form: str, tmp_path: Path) -> None:
    lines = {}
    for least in ("0.5", "0"):
        run(path, "export", "--format", form, "--out", str(tmp_path / "out"), "--min-confidence", least)
        lines[least] = len((tmp_path / "out").read_text().splitlines()) - (form == "csv")
    assert lines == {"0.5": 2, "0": 4}


def test_json_says_it_too(path: Path) -> None:
    found = json.loads(run(path, "dyad", "KOR", "RUS", "--json"))
    assert (len(found["events"]), found["candidates"], found["min_confidence"]) == (2, 2, REPORTED_FROM)


def test_candidates_are_reached_by_their_id(path: Path) -> None:
    with Record(path) as record:
        ids = [e["event_id"] for e in record.events(min_confidence=0).rows() if e["confidence"] < REPORTED_FROM]
    for event_id in ids:
        assert event_id in run(path, "explain", event_id)
