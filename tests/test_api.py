"""The Python surface: results that can be asked twice, dates and labels that make no sense refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import dragoman
from dragoman.api import Tally, code_files
from dragoman.errors import DragomanError, UsageError
from dragoman.ingest import Options
from dragoman.own_labels import LabelsFileError

TEXTS = (
    "South Korea summoned the Russian ambassador on Friday.",
    "Kenya and Uganda signed an accord on fishing on Tuesday.",
    "🙂🙂🙂",
)
PAIR = "Kenya accused Uganda of smuggling."


@pytest.fixture(scope="module")
def coder() -> dragoman.Coder:
    return dragoman.load()


def test_a_result_goes_on_where_it_was_left(coder: dragoman.Coder) -> None:
    taken: list[str] = []

    def texts() -> Iterator[str]:
        for text in TEXTS:
            taken.append(text)
            yield text

    result = coder.code(texts(), published="2024-02-03", min_confidence=0)
    assert taken == []  # nothing is read before it is asked for
    first = next(result.mentions())
    assert [c.report.text for c in result.coded()] == list(TEXTS[:2])
    assert next(result.mentions()) == first
    assert {m.report_id for e in result for m in e.mentions} == {c.report.id for c in result.coded() if c.mentions}
    assert [p.kind for p in result.problems] == ["not-english"]
    assert len(taken) == 3


def test_data_frames(coder: dragoman.Coder, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    pytest.importorskip("pandas")
    result = coder.code(TEXTS, published="2024-02-03", min_confidence=0)
    expected = [
        e["event_id"] for e in sorted(result.to_json(), key=lambda e: (e["date_start"] or "9999", e["event_id"]))
    ]
    assert expected
    assert result.to_polars()["event_id"].to_list() == expected
    assert result.to_pandas()["event_id"].to_list() == expected
    with result.to_duckdb(tmp_path / "r.duckdb") as record:
        assert record.events(min_confidence=0).to_arrow().column("event_id").to_pylist() == expected
        assert record.dyad("KOR", "RUS", min_confidence=0).to_pandas()["events"].sum() == 1


def test_a_result_keeps_its_candidates_apart(coder: dragoman.Coder) -> None:
    every = coder.code(TEXTS, published="2024-02-03", min_confidence=0)
    confidences = sorted(e.confidence for e in every)
    bound = confidences[-1]  # whatever the model thinks of them: only the surest is above
    result = coder.code(TEXTS, published="2024-02-03", min_confidence=bound)
    assert all(e.confidence >= min(bound, 0.99) for e in result)
    assert len(result) + len(result.candidates()) == len(every) > 0
    assert every.candidates() == ()
    with pytest.raises(UsageError, match="not from 0 to 1"):
        coder.code(TEXTS, min_confidence=2)


@pytest.mark.parametrize("day", ["soon", "2024-13-01", "0001-01-01", date(9999, 12, 31)])
def test_no_report_was_published_then(coder: dragoman.Coder, day: str | date) -> None:
    with pytest.raises(UsageError, match="published"):
        coder.code("Text.", published=day)


def test_what_is_no_report_is_a_misuse(coder: dragoman.Coder) -> None:
    with pytest.raises(UsageError, match="not int"):
        coder.code(5)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"item 2: .* not bytes"):
        coder.code([TEXTS[0], b"bytes"]).events()  # type: ignore[list-item]


def test_own_labels(coder: dragoman.Coder, tmp_path: Path) -> None:
    from dragoman.evaluate.own import learn

    rows = [("accused", "blame"), ("blamed", "blame"), ("thanked", "praise"), ("praised", "praise")] * 3
    gold = tmp_path / "gold.jsonl"
    with gold.open("w") as file:
        for verb, root in rows:
            text = f"Kenya {verb} Uganda on Monday."
            sides = {
                "source": {"text": "Kenya", "spans": [[0, 5]]},
                "target": {"text": "Uganda", "spans": [[7 + len(verb), 13 + len(verb)]]},
            }
            file.write(json.dumps({"text": text, "root": root, **sides}) + "\n")
    learn(gold, coder.tools).save(tmp_path / "labels.npz")
    found = coder.relation(PAIR, actor=(0, 5), recipient=(14, 20), labels=tmp_path / "labels.npz")
    assert set(found) == {"blame", "praise"}
    assert sum(found.values()) == pytest.approx(1)
    many = coder.relation([PAIR, PAIR], actor=[(0, 5)] * 2, recipient=[(14, 20)] * 2, labels=tmp_path / "labels.npz")
    assert [row["blame"] for row in many] == [pytest.approx(found["blame"])] * 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"junk"])
def test_what_is_no_labels_file(coder: dragoman.Coder, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "labels.npz").write_bytes(content)
    with pytest.raises(LabelsFileError, match="dragoman train"):
        coder.relation(PAIR, actor=(0, 5), recipient=(14, 20), labels=tmp_path / "labels.npz")


def test_texts_and_spans_come_in_equal_numbers(coder: dragoman.Coder) -> None:
    with pytest.raises(UsageError, match="2 texts with 1 actors"):
        coder.relation([PAIR, PAIR], actor=[(0, 5)], recipient=[(14, 20)] * 2)


def test_a_date_given_later_codes_the_report_anew(tmp_path: Path) -> None:
    report, record = tmp_path / "a.txt", tmp_path / "r.duckdb"
    report.write_text(TEXTS[0])
    assert code_files([report], into=record).known == 0
    assert code_files([report], into=record).known == 1
    assert code_files([report], into=record, options=Options(published=date(2024, 2, 3))).known == 0
    with dragoman.open(record) as opened:
        (event,) = opened.events(min_confidence=0)
        assert event["mentions"][0]["published"] == "2024-02-03"
        assert event["date_start"] == "2024-02-02"
    assert code_files([report], into=record).known == 1  # nothing new is said: the date stays


def test_the_manifest_tells_the_run(tmp_path: Path) -> None:
    for name, text in zip("abc", TEXTS, strict=True):
        (tmp_path / f"{name}.txt").write_text(text)
    for paths, record in ((["a", "b", "c"], "r"), (["c", "b", "a"], "s")):
        code_files([tmp_path / f"{p}.txt" for p in paths], into=tmp_path / f"{record}.duckdb")
    manifests = []
    for record in "rs":
        with dragoman.open(tmp_path / f"{record}.duckdb") as opened:
            (run,) = opened.reader.runs()
            manifests.append(run["manifest"])
    first, second = manifests
    assert first["version"] == dragoman.__version__
    assert len(first["model"]) == 64
    assert first["errors"] == {"not-english": 1}
    assert first["counts"]["read"] == 3
    assert first["inputs_hash"] == second["inputs_hash"]  # whatever the order


def test_a_problem_that_was_solved_is_listed_no_more(tmp_path: Path) -> None:
    report, record = tmp_path / "a.txt", tmp_path / "r.duckdb"
    report.write_text(
        "Die Armee hat am Donnerstag mit Manövern rund um die Insel begonnen, wie das Ministerium mitteilte."
    )
    assert code_files([report], into=record).exit_code == 1
    report.write_text(TEXTS[0])
    assert code_files([report], into=record).exit_code == 0
    with dragoman.open(record) as opened:
        assert list(opened.problems()) == []


def test_a_record_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match="there is no folder"):
        code_files([], into=tmp_path / "no" / "r.duckdb")


def test_the_tally_speaks_properly() -> None:
    assert (
        str(Tally(read=1, with_events=1, events=1, mentions=2))
        == "1 report read: 1 with events, 0 without; 1 event from 2 mentions."
    )
    assert "12,345 reports read (3 already in the record), 1 further copy" in str(Tally(read=12_345, known=3, copies=1))
