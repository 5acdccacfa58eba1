"""`dragoman serve`: the web app on a record."""

from __future__ import annotations

import getpass
import secrets
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.common import record_path
from dragoman.cli.options import REPORTED_FROM, LeastOption
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

LOCAL = ("127.0.0.1", "localhost", "::1")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=serve.__doc__)(serve)


def serve(
    record: Annotated[
        Path | None, typer.Argument(help="The record; default $DRAGOMAN_RECORD or dragoman.duckdb.")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; anything but this machine's own needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8350,
    review: Annotated[
        bool,
        typer.Option(
            "--review",
            help="Allow decisions: accept, correct, reject, merge, split. Without it nothing can be changed.",
        ),
    ] = False,
    reviewer: Annotated[str | None, typer.Option(help="Whose name decisions carry; default: your login name.")] = None,
    token: Annotated[
        str | None, typer.Option(envvar="DRAGOMAN_TOKEN", help="Ask for this token; 'new' makes one and prints it.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A further name the app answers to, behind a proxy for instance.")
    ] = None,
    copy: Annotated[
        bool,
        typer.Option(
            "--copy", help="Serve a copy of the record as it is now, so that `code` and `watch` may write to it."
        ),
    ] = False,
    min_confidence: LeastOption = REPORTED_FROM,
    timeout: Annotated[float, typer.Option(min=0.5, max=600, help="Seconds one question may take.")] = 10.0,
) -> None:
    """Open the web app on a record: overview, pairs, events, reports, actors, search, network, and an API."""
    try:
        import uvicorn

        from dragoman.web.app import create_app
    except ImportError as error:
        raise UsageError("the web app needs more packages; `pip install 'dragoman[web]'` adds them.") from error
    path = record_path(record)
    if copy and review:
        raise UsageError(
            "--copy and --review: decisions belong into the record, not into a copy. Leave one of them out."
        )
    if token == "new" or (token is None and host not in LOCAL):
        token = secrets.token_urlsafe(18)
    names = tuple(allow_host or ()) + ((host,) if host not in (*LOCAL, "0.0.0.0", "::") else ())
    typer.echo(f"Reading {path} ...", err=True)
    folder = tempfile.TemporaryDirectory(prefix="dragoman-serve-")
    app = create_app(
        copied(path, Path(folder.name)) if copy else path, review=review, reviewer=reviewer or _login(), token=token, hosts=names, seconds=timeout, min_confidence=min_confidence,
    )  # fmt: skip
    threading.Thread(target=_warm, args=(app,), daemon=True).start()
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"Open http://{shown}:{port}/{'?token=' + token if token else ''}  (stop with Ctrl+C)")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=15,
        limit_concurrency=100,
    )


def copied(record: Path, folder: Path) -> Path:
    """A copy of a record that nobody writes to at the moment, in the folder.

    Raises:
        RecordBusyError: another process writes to it just now.
    """
    from dragoman.store import connect

    connect(record, read_only=True).close()  # brings an old record up to date, and fails in words while one writes
    made = Path(shutil.copyfile(record, folder / record.name))
    wal = record.with_name(record.name + ".wal")  # what a killed run left to be taken in when the file is opened
    if wal.exists():
        shutil.copyfile(wal, folder / wal.name)
    return made


def _warm(app: FastAPI) -> None:
    """Work out the overview and load what the first pair page needs, while the user is still opening the address."""
    import contextlib

    from dragoman.web.pages import warm

    warm(app.state.dragoman)
    with contextlib.suppress(ImportError):
        import ruptures  # noqa: F401 - a second or more, once


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"
