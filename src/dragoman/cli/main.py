"""The application: its commands, and errors turned into one line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from dragoman import __version__
from dragoman.cli import actor, code, dictionary, doctor, dyad, evaluate, explain, explore, serve, tables, train, watch
from dragoman.errors import DragomanError

app = typer.Typer(
    name="dragoman",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=(
        "Reads news reports and keeps an auditable record of who did what to whom, when, where, and who says so.\n\n"
        "Exit codes: 0 everything coded; 1 some reports were set aside (`dragoman problems` says why); 2 wrong use."
    ),
)
for module in (code, explain, actor, dyad, explore, tables, serve, watch, dictionary, evaluate, train, doctor):
    module.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Nothing of its own: options that stand before the command."""


def main() -> None:
    """Entry point of the `dragoman` command."""
    _speak_plainly()
    try:
        app()
    except DragomanError as error:
        _leave(str(error))
    except SystemExit as leaving:
        if not isinstance(leaving.__context__, BrokenPipeError):
            raise
        # The reader of our output went away (`| head`): leave quietly, and keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:  # a disk that is full, a file that may not be read: nothing a trace would tell
        _leave(f"{error.filename or 'the system'}: {error.strerror or error}. Check the path, the rights and the disk.")
    except Exception as error:
        duckdb = sys.modules.get("duckdb")  # imported by whoever used it, or not at fault
        if duckdb is None or not isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException):
            raise
        _leave(
            f"the record could not be read or written ({str(error).splitlines()[0]}). Check the disk and the memory."
        )


def _leave(message: str) -> NoReturn:
    typer.echo(f"dragoman: {message}", err=True)
    sys.exit(2)


def _speak_plainly() -> None:
    """Reports hold every script there is: UTF-8 into files and pipes, and no terminal is too poor to be written to."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
