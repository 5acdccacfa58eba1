"""`dragoman serve`: where it listens, and when it asks for a token."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.cli.serve import copied
from dragoman.errors import RecordBusyError, UsageError
from dragoman.store import Writer
from dragoman.web.guard import Access
from tests.web.conftest import BASE


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What uvicorn was asked to do, instead of doing it."""
    asked: list[dict[str, Any]] = []

    def run(application: Any, **options: Any) -> None:
        state = application.state.dragoman
        with state.index.cursor() as cursor:
            reports = cursor.execute("SELECT count(*) FROM reports").fetchone()
        asked.append(
            {**options, "access": state.access, "writable": state.index.writable, "record": state.index.record, "reports": reports}
        )  # fmt: skip
        state.index.close()

    monkeypatch.setattr("uvicorn.run", run)
    monkeypatch.setattr("dragoman.cli.serve._warm", lambda _: None)
    return asked


def serve(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["serve", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_it_listens_on_this_machine_only_and_writes_nothing(record: Path, served: list[dict[str, Any]]) -> None:
    assert f"{BASE}/" in serve(str(record))
    assert served[0]["host"] == "127.0.0.1"
    assert served[0]["access"].token is None
    assert served[0]["writable"] is False


def test_another_address_asks_for_a_token(record: Path, served: list[dict[str, Any]]) -> None:
    shown = serve(str(record), "--host", "0.0.0.0")
    access: Access = served[0]["access"]
    assert access.token
    assert len(access.token) >= 20
    assert f"token={access.token}" in shown
    assert "0.0.0.0" not in access.hosts


def test_reviews_are_asked_for(own_record: Path, served: list[dict[str, Any]]) -> None:
    serve(str(own_record), "--review", "--reviewer", "Ada")
    assert served[0]["writable"] is True


def test_a_copy_leaves_the_record_to_those_who_write(own_record: Path, served: list[dict[str, Any]]) -> None:
    with Writer(own_record) as writer:
        before = writer.connection.execute("SELECT count(*) FROM reports").fetchone()
    serve(str(own_record), "--copy")
    assert served[0]["record"] != own_record
    assert served[0]["record"].name == own_record.name
    assert served[0]["reports"] == before


def test_decisions_are_not_made_on_a_copy(own_record: Path) -> None:
    done = CliRunner().invoke(app, ["serve", str(own_record), "--copy", "--review"])
    assert isinstance(done.exception, UsageError)
    assert "--copy and --review" in str(done.exception)


def test_no_copy_while_another_writes(own_record: Path, tmp_path: Path) -> None:
    hold = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(own_record)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(RecordBusyError, match="serve --copy"):
            copied(own_record, tmp_path)
        writer.communicate()
