"""`dragoman dictionary`: TABARI and PETRARCH dictionaries as a knowledge folder of one's own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.common import printable


class Kind(StrEnum):
    """What a dictionary holds."""

    actors = "actors"
    agents = "agents"
    verbs = "verbs"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=dictionary.__doc__)(dictionary)


def dictionary(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="Dictionaries: actors, agents, verbs.")
    ],
    out: Annotated[Path, typer.Option(help="The knowledge folder to write.")] = Path("my-knowledge"),
    kind: Annotated[
        Kind | None, typer.Option(help="What they hold, where their names (x.actors.txt) do not say.")
    ] = None,
) -> None:
    """Turn TABARI or PETRARCH dictionaries into a folder for `--knowledge`: actors, roles and trigger frames.

    Lines that have no like here are listed with the reason; the exit code is then 1.
    """
    from dragoman.query.dictionaries import Converted, convert, kind_of, write

    found = Converted()
    for file in files:
        text = file.read_text("utf-8", "replace")
        convert(kind.value if kind else kind_of(file.name), text, file.name, found)
    for path in write(found, out):
        typer.echo(f"written: {printable(path)}", err=True)
    for where, line, why in found.aside:
        typer.echo(printable(f"{where}: {line}: {why}"))
    entries = sum(map(len, found.tables.values()))
    frames = sum(not line.startswith(("[", "@")) for line in found.frames)
    typer.echo(f"{entries} entries, {frames} frames; {len(found.aside)} lines set aside.", err=True)
    typer.echo(f"Next: dragoman code PATH... --knowledge {printable(out)}", err=True)
    raise typer.Exit(1 if found.aside else 0)
