"""`dragoman serve`: the web app on a record."""

from __future__ import annotations

import getpass
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options
from dragoman.cli.common import record_path
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

LOCAL = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")
"""Addresses that stand for all of this machine's; no name that a browser would ask for."""

RecordArgument = Annotated[Path | None, typer.Argument(help="The record; default $DRAGOMAN_RECORD or dragoman.duckdb.")]
HostOption = Annotated[str, typer.Option(help="Address to listen on; anything but this machine's own needs a token.")]
PortOption = Annotated[int, typer.Option(min=1, max=65535)]
ReviewOption = Annotated[
    bool,
    typer.Option(
        "--review", help="Allow decisions: accept, correct, reject, merge, split. Without it nothing can be changed."
    ),
]
ReviewerOption = Annotated[str | None, typer.Option(help="Whose name decisions carry; default: your login name.")]
TokenOption = Annotated[
    str | None, typer.Option(envvar="DRAGOMAN_TOKEN", help="Ask for this token; 'new' makes one and prints it.")
]
AllowHostOption = Annotated[
    list[str] | None, typer.Option(help="A further name the app answers to, behind a proxy for instance.")
]
CopyOption = Annotated[
    bool,
    typer.Option("--copy", help="Serve a copy of the record as it is now, so that `code` and `watch` may write to it."),
]
TimeoutOption = Annotated[float, typer.Option(min=0.5, max=600, help="Seconds one question may take.")]


@dataclass(frozen=True, slots=True)
class Address:
    """Where the app listens, the token it asks for, and the names beside this machine's own that it answers to."""

    host: str
    port: int
    token: str | None
    names: tuple[str, ...]

    @classmethod
    def chosen(cls, host: str, port: int, token: str | None, names: Sequence[str]) -> Address:
        """The address as asked for; beyond this machine it has a token, whether or not one was asked for."""
        if token == "new" or (token is None and host not in LOCAL):
            token = secrets.token_urlsafe(18)
        return cls(host, port, token, (*names, *(() if host in (*LOCAL, *EVERYWHERE) else (host,))))

    @property
    def link(self) -> str:
        """What to open in a browser."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}/{'?token=' + self.token if self.token else ''}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=serve.__doc__)(serve)


def serve(
    record: RecordArgument = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8350,
    review: ReviewOption = False,
    reviewer: ReviewerOption = None,
    token: TokenOption = None,
    allow_host: AllowHostOption = None,
    copy: CopyOption = False,
    min_confidence: options.LeastOption = options.REPORTED_FROM,
    timeout: TimeoutOption = 10.0,
) -> None:
    """Open the web app on a record: overview, pairs, events, reports, actors, search, network, and an API."""
    create_app = _web()
    path = record_path(record)
    if copy and review:
        raise UsageError(
            "--copy and --review: decisions belong into the record, not into a copy. Leave one of them out."
        )
    address = Address.chosen(host, port, token, allow_host or ())
    typer.echo(f"Reading {path} ...", err=True)
    with tempfile.TemporaryDirectory(prefix="dragoman-serve-", ignore_cleanup_errors=True) as folder:
        app = create_app(
            copied(path, Path(folder)) if copy else path, review=review, reviewer=reviewer or _login(), token=address.token,
            hosts=address.names, seconds=timeout, min_confidence=min_confidence,
        )  # fmt: skip
        threading.Thread(target=_warm, args=(app,), daemon=True).start()
        _listen(app, address)


def _web() -> Callable[..., FastAPI]:
    """What makes the app.

    Raises:
        UsageError: the packages for it are not installed; says how to add them.
    """
    try:
        import uvicorn  # noqa: F401 - missing, it is said before the record is read

        from dragoman.web.app import create_app
    except ImportError as error:
        raise UsageError("the web app needs more packages; `pip install 'dragoman[web]'` adds them.") from error
    return create_app


def _listen(app: FastAPI, address: Address) -> None:
    """Say where, and answer until stopped."""
    import uvicorn

    typer.echo(f"Open {address.link}  (stop with Ctrl+C)")
    uvicorn.run(
        app,
        host=address.host,
        port=address.port,
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
