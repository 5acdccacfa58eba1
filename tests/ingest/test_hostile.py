"""Metadata, encodings, pipes and containers as the world sends them: nothing crashes a run, nothing is lost unsaid."""

from __future__ import annotations

import io
import json
import os
import threading
import time
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest import Copy, Options, ingest
from dragoman.ingest.archives import read_feed
from dragoman.ingest.dates import parse_date
from dragoman.ingest.files import to_report
from dragoman.ingest.raw import RawDocument, RawProblem
from dragoman.records import Problem, Report

TEXT = "The foreign minister of Kenya met her Ugandan counterpart in Kampala on Tuesday, and they signed an accord on fishing."
ANY = st.text(alphabet=st.characters(), max_size=60)  # lone surrogates and control characters too


def storable(value: Any) -> bool:
    """Whether every text in it can be written as UTF-8 and holds no NUL."""
    if isinstance(value, str):
        return "\x00" not in value and value == value.encode().decode()
    return all(map(storable, value)) if isinstance(value, tuple) else True


@given(title=ANY, source=ANY, url=ANY, given_id=ANY, locator=ANY, day=ANY, name=ANY)
def test_whatever_metadata_says_it_can_be_stored(
    title: str, source: str, url: str, given_id: str, locator: str, day: str, name: str
) -> None:
    raw = RawDocument(TEXT, title, day, "http://" + url, source, given_id, locator.replace("\x00", ""))
    item = to_report(raw, name.replace("\x00", ""), Options())
    assert storable(astuple(item))


@given(reason=ANY, locator=ANY)
def test_so_can_a_problem(reason: str, locator: str) -> None:
    found = to_report(RawProblem("x", reason.replace("\x00", ""), "y", locator.replace("\x00", "")), "f", Options())
    assert storable(astuple(found))


@given(st.text(max_size=40) | st.from_regex(r"[0-9T:.,/ +-]{1,30}|[A-Za-z]{3,9} [0-9]{1,4},? [0-9]{0,4}"))
def test_any_words_are_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or 1900 <= found.year <= 2100


def test_a_time_stamp_is_the_same_day_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone in ("Pacific/Auckland", "America/Los_Angeles", "UTC"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert parse_date("1706918400") == date(2024, 2, 3)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/na\xefve.txt"
    Path(os.fsdecode(path)).write_text(TEXT)
    (report,) = ingest([tmp_path])
    assert isinstance(report, Report)
    assert report.origins[0].path.endswith("na\\udcefve.txt")


@pytest.mark.parametrize(("name", "content"), [
    ("a.csv", f'text,date\n"{TEXT}",2024-02-06\n'), ("a.tsv", f"text\tdate\n{TEXT}\t2024-02-06\n"),
    ("a.jsonl", json.dumps({"text": TEXT, "date": "2024-02-06"}) + "\n"), ("a.json", json.dumps([{"text": TEXT, "date": "2024-02-06"}])),
])  # fmt: skip
def test_tables_in_utf_16(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_bytes(content.encode("utf-16"))
    (report,) = ingest([tmp_path / name])
    assert isinstance(report, Report), report
    assert (report.text, report.published) == (TEXT, date(2024, 2, 6))


def test_an_overlong_line_of_a_table_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text,date\n{"x" * 9_000_000},2024-01-01\n"{TEXT}",2024-02-06\n')
    problem, report = ingest([tmp_path / "a.csv"])
    assert isinstance(problem, Problem)
    assert "line 2 is longer than 8 MB" in problem.reason
    assert isinstance(report, Report)


def test_a_pipe_that_is_slow_to_fill(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    line = json.dumps({"text": TEXT, "date": "2024-02-06"}) + "\n"

    def write() -> None:
        with pipe.open("wb", buffering=0) as file:
            for part in (line[:3], line[3:50], line[50:]):
                file.write(part.encode())
                time.sleep(0.05)

    threading.Thread(target=write).start()
    (report,) = ingest([pipe])
    assert isinstance(report, Report), report
    assert report.text == TEXT


def test_a_glob_that_names_a_folder_and_its_files_reads_each_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    assert not [i for i in ingest([f"{tmp_path}/**", tmp_path]) if isinstance(i, Copy)]


@pytest.mark.parametrize("files", [[], ["a.pdf", "b.docx"]])
def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path, files: list[str]) -> None:
    for name in files:
        (tmp_path / name).write_bytes(b"x")
    (problem,) = ingest([tmp_path])
    assert isinstance(problem, Problem)
    assert problem.kind == "nothing-to-read"
    assert (".pdf" in problem.reason) == bool(files)


def test_parquet_with_zones_bytes_and_many_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    import duckdb

    monkeypatch.setitem(sys.modules, "pytz", None)  # a plain install has none
    path = tmp_path / "a.parquet"
    duckdb.sql(
        f"COPY (SELECT '{TEXT}'::BLOB AS body, TIMESTAMPTZ '2024-02-06 23:30:00+00' AS published, [1, 2] AS \"odd \"\"name\") TO '{path}'"
    )
    (report,) = ingest([path])
    assert isinstance(report, Report), report
    assert (report.text, report.published) == (TEXT, date(2024, 2, 6))


def test_a_feed_cannot_name_a_file_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text(
        "<rss><channel><item><description>The secret.</description></item></channel></rss>"
    )
    (found,) = read_feed(str(tmp_path / "secret.xml").encode())
    assert isinstance(found, RawProblem)


def test_error_pages_of_an_archive_are_not_reports(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with (tmp_path / "a.warc").open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        headers = StatusAndHeaders("404 Not Found", [("Content-Type", "text/plain")], protocol="HTTP/1.0")
        record = writer.create_warc_record(
            "https://a.example/", "response", payload=io.BytesIO(TEXT.encode()), http_headers=headers
        )
        writer.write_record(record)
    (problem,) = ingest([tmp_path / "a.warc"])
    assert isinstance(problem, Problem)
    assert "404" in problem.reason
