"""The laws of the whole journey: balanced books, true spans, the same bytes, no half-written record."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.api import Coder, Tally, code_files
from dragoman.query.record import Record
from dragoman.store import Reader
from tests.conftest import EXAMPLES

FIELDS_WITH_WORDS = ("actors", "recipients", "place", "date", "trigger", "attribution", "quantities")


@pytest.fixture(scope="module")
def coder() -> Coder:
    return dragoman.load()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tally]:
    """A record of the sample reports."""
    path = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    return path, code_files([EXAMPLES], into=path, workers=1)


def content(path: Path) -> dict[str, list[Any]]:
    """Everything in a record but its runs, in a fixed order."""
    tables = ("reports", "origins", "problems", "event_mentions", "events", "event_members")
    with Reader(path) as reader:
        return {t: sorted(map(str, reader.db.execute(f"SELECT * FROM {t}").fetchall())) for t in tables}


def test_the_books_balance(sample: tuple[Path, Tally]) -> None:
    path, tally = sample
    assert tally.read == tally.with_events + tally.without_events + tally.set_aside
    assert tally.set_aside == 1  # the report in German
    assert tally.copies == 1
    with Record(path) as record:
        counts = record.counts()
        assert counts["reports"] + counts["problems"] == tally.read
        assert counts["events"] == tally.events + tally.candidates > 30


def test_every_span_is_the_words_it_claims(sample: tuple[Path, Tally]) -> None:
    with Record(sample[0]) as record:
        texts = {r[0]: r[1] for r in record.query("SELECT report_id, text FROM reports")[1]}
        for event in record.events(min_confidence=0).rows():
            for mention in event["mentions"]:
                text = texts[mention["report_id"]]
                assert text[mention["sentence_start"] : mention["sentence_end"]] == mention["sentence"]
                trigger = mention["trigger"]
                assert text[trigger["start"] : trigger["end"]] == trigger["text"]
                for party in (*mention["actors"], *mention["recipients"]):
                    assert party["span"] is None or text[slice(*party["span"])] == party["text"]
                for quantity in mention["quantities"]:
                    assert text[slice(*quantity["span"])] == quantity["text"]
                for said in mention["attribution"]:
                    assert said["span"] is None or text[slice(*said["span"])] in said["speaker"]
                    assert said["cue_span"] is None or text[slice(*said["cue_span"])] == said["cue"]
                for spans in mention["spans"].values():
                    for start, end in spans:
                        assert 0 <= start < end <= len(text)
                        assert text[start:end].strip()


def test_a_second_run_adds_nothing(sample: tuple[Path, Tally]) -> None:
    before = content(sample[0])
    again = code_files([EXAMPLES], into=sample[0], workers=1)
    assert again.known == again.read - again.set_aside
    assert content(sample[0]) == before


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing(
    sample: tuple[Path, Tally], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.run.ALONE", 0)
    monkeypatch.setattr("dragoman.run.CHUNK", 4)
    code_files([EXAMPLES], into=tmp_path / "two.duckdb", workers=2)
    assert content(tmp_path / "two.duckdb") == content(sample[0])


def test_the_same_text_gives_the_same_answer_alone_and_among_others(coder: Coder) -> None:
    text = "France expelled three Russian diplomats on Monday, a day after Moscow recalled its ambassador from Paris."
    alone = coder.code(text, published="2024-02-06", min_confidence=0).to_json()
    among = coder.code(
        [text, *(f"Nothing of note happened in district {n}." for n in range(70))],
        published="2024-02-06",
        min_confidence=0,
    ).to_json()
    assert json.dumps(alone) == json.dumps(among)
    assert alone


@settings(max_examples=25)
@given(text=st.text(min_size=0, max_size=300))
def test_no_text_crashes_the_coder(coder: Coder, text: str) -> None:
    result = coder.code("The minister said: " + text, published="2024-02-06")
    result.events()
    assert not [p for p in result.problems if p.kind == "coder-fault"]


@pytest.mark.parametrize(
    "text",
    ["", "Hm.", "🙂" * 50, "word " * 5000, "A" * 3000, "\u202eSeoul summoned Moscow.", "((((((((((", "1 2 3 4 5 6 7 8 9 " * 200],
    ids=["empty", "one word", "emoji", "5,000 words", "one long word", "direction override", "brackets", "numbers"],
)  # fmt: skip
def test_odd_inputs_give_sane_output(coder: Coder, text: str) -> None:
    result = coder.code(text, published="2024-02-06")
    assert len(result.events()) + len(result.candidates()) < 50
    assert not [p for p in result.problems if p.kind == "coder-fault"]


KILLED_RUN = """
import sys
from dragoman.api import code_files
import dragoman.run
dragoman.run.CHUNK = 2
if __name__ == "__main__":
    code_files([sys.argv[1]], into=sys.argv[2], workers=1)
"""


@pytest.mark.slow
def test_a_killed_run_taken_up_again_ends_with_the_same_record(sample: tuple[Path, Tally], tmp_path: Path) -> None:
    """Killed at random moments, again and again, then run to its end: the record is that of a run never killed."""
    script, path, moments = tmp_path / "run.py", tmp_path / "killed.duckdb", random.Random(20240206)
    script.write_text(KILLED_RUN)
    killed = 0
    for _ in range(8):
        process = subprocess.Popen([sys.executable, str(script), str(EXAMPLES), str(path)], start_new_session=True)
        time.sleep(moments.uniform(0.8, 4.0))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
    subprocess.run([sys.executable, str(script), str(EXAMPLES), str(path)], check=True)
    assert killed >= 2
    assert content(path) == content(sample[0])
