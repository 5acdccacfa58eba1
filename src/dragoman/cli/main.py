"""The application: its commands, and errors turned into one line and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from dragoman import __version__
from dragoman.cli import actor, code, doctor, evaluate, explain, explore, serve, tables, train, watch
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
for module in (code, explain, actor, explore, tables, serve, watch, evaluate, train, doctor):
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
    try:
        app()
    except DragomanError as error:
        typer.echo(f"dragoman: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): leave quietly, and keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("dragoman: stopped; what was coded so far is kept, run the same command to go on.", err=True)
        sys.exit(130)
