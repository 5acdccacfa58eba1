"""The commands as a user types them: what they print, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.errors import DragomanError
from tests.conftest import EXAMPLES

runner = CliRunner()
REPORT = EXAMPLES / "2019-06-15_tehran-bulletin.txt"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "r.duckdb"
    result = runner.invoke(app, ["code", str(REPORT), str(EXAMPLES / "wire-2022-08.jsonl"), "--record", str(path)])
    assert result.exit_code == 1, result.output  # one report is in German
    return path


def dragoman(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from dragoman.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        input=stdin,
        check=False,
    )


def test_to_a_pipe_come_json_lines() -> None:
    done = dragoman("code", str(REPORT), "--min-confidence", "0")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert events
    assert {"event_id", "event_type", "actors", "mentions", "trail"} <= {*events[0], *events[0]["mentions"][0]}
    assert "1 report read" in done.stderr


def test_standard_input() -> None:
    done = dragoman(
        "code",
        "-",
        "--published",
        "2024-02-03",
        "--min-confidence",
        "0",
        stdin="South Korea summoned the Russian ambassador on Friday.",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["mentions"][0]["published"] == "2024-02-03"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["code", "/nowhere.txt"], "no such file", id="no-such-path"),
        pytest.param(["code", str(REPORT), "--published", "yesterday"], "write YYYY-MM-DD", id="no-date"),
        pytest.param(["code", str(REPORT), "--column", "colour=x"], "FIELD=NAME", id="no-field"),
        pytest.param(
            ["code", str(REPORT), "--published", "0001-01-01"], "not between 1900 and 2100", id="no-such-year"
        ),
        pytest.param(["code", str(REPORT), "--out", "/nowhere/x.jsonl"], "there is no folder", id="no-folder-for-it"),
        pytest.param(["code", str(REPORT), "--out", "/"], "it is a folder", id="a-folder-for-a-file"),
        pytest.param(["code", str(REPORT), "--format", "table", "--out", "x"], "for the eye", id="a-table-in-a-file"),
        pytest.param(["code", str(REPORT), "--format", "parquet"], "needs a file", id="parquet-to-a-pipe"),
        pytest.param(
            ["code", str(REPORT), "--record", "/nowhere/r.duckdb"], "there is no folder", id="no-place-to-keep-it"
        ),
        pytest.param(["explain", "abc", "--record", "/nowhere.duckdb"], "there is no record", id="no-record"),
        pytest.param(["evaluate", "astrology", "x.jsonl"], "there is no suite", id="no-suite"),
        pytest.param(["evaluate", "relations", "/nowhere.jsonl"], "no such file", id="no-gold"),
    ],
)
def test_wrong_use_is_told_in_one_line_and_code_two(arguments: list[str], message: str) -> None:
    done = dragoman(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_explain_shows_sentence_and_reasons(record: Path) -> None:
    listed = runner.invoke(
        app, ["query", "SELECT event_id FROM events ORDER BY event_id LIMIT 1", "--record", str(record)]
    )
    event_id = json.loads(listed.stdout)["event_id"]
    result = runner.invoke(app, ["explain", event_id[:10], "--record", str(record)])
    assert result.exit_code == 0, result.output
    assert event_id in result.stdout
    assert "base_type:" in result.stdout


def test_any_script_can_be_written_and_a_reader_may_leave(record: Path) -> None:
    run = [sys.executable, "-c", "from dragoman.cli import main; main()"]
    poor = {**os.environ, "PYTHONIOENCODING": "ascii"}
    asked = [*run, "query", "SELECT '서울' AS s FROM range(200000)", "--record", str(record)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=poor) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().decode("utf-8") == '{"s": "서울"}\n'
        process.stdout.close()
        assert (process.wait(), process.stderr.read()) == (0, b"")


def test_a_query_that_fails_while_it_is_read(record: Path) -> None:
    result = runner.invoke(
        app, ["query", "SELECT CAST(report_id || 'x' AS INTEGER) FROM reports", "--record", str(record)]
    )
    assert isinstance(result.exception, DragomanError)
    assert "the query failed" in str(result.exception)


def test_explain_of_nothing(record: Path) -> None:
    done = dragoman("explain", "nothing", "--record", str(record))
    assert done.returncode == 2
    assert "no event has this id" in done.stderr


def test_problems_say_why_and_what_to_do(record: Path) -> None:
    result = runner.invoke(app, ["problems", "--record", str(record)])
    (problem,) = map(json.loads, result.stdout.splitlines())
    assert (problem["kind"], problem["locator"]) == ("not-english", "line 3")
    assert "Translate" in problem["remedy"]


def test_exports(record: Path, tmp_path: Path) -> None:
    table = runner.invoke(app, ["export", "--format", "csv", "--min-confidence", "0", "--record", str(record)])
    rows = list(csv.DictReader(io.StringIO(table.stdout)))
    lines = runner.invoke(
        app, ["export", "--format", "jsonl", "--min-confidence", "0", "--record", str(record)]
    ).stdout.splitlines()
    assert len(rows) == len(lines) > 0
    assert all(row["cameo"] == (json.loads(line)["cameo"] or "") for row, line in zip(rows, lines, strict=True))
    out = tmp_path / "events.parquet"
    assert (
        runner.invoke(
            app, ["export", "--format", "parquet", "--min-confidence", "0", "--out", str(out), "--record", str(record)]
        ).exit_code
        == 0
    )
    import duckdb

    assert len(duckdb.sql(f"SELECT event_id FROM '{out}'").fetchall()) == len(rows)


def test_query_in_three_forms(record: Path) -> None:
    sql = "SELECT count(*) AS n FROM reports"
    assert json.loads(runner.invoke(app, ["query", sql, "--record", str(record)]).stdout) == {"n": 4}
    assert runner.invoke(app, ["query", sql, "--record", str(record), "--format", "csv"]).stdout == "n\n4\n"
    assert "4" in runner.invoke(app, ["query", sql, "--record", str(record), "--format", "table"]).stdout


def test_doctor() -> None:
    done = dragoman("doctor", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"] is True


def test_help_reads_like_the_list_of_commands() -> None:
    result = runner.invoke(app, ["--help"])
    for command in (
        "code",
        "explain",
        "dyad",
        "actor",
        "export",
        "query",
        "serve",
        "watch",
        "evaluate",
        "train",
        "doctor",
        "problems",
    ):
        assert command in result.stdout


def test_the_table_is_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_TABLE", "1")
    result = runner.invoke(app, ["code", str(REPORT)])
    assert result.exit_code == 0, result.output
    assert "says who, in which words" in result.stdout
