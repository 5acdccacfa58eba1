"""`dragoman explain`: one event over its sentence, each field marked where it came from, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.common import console, record_path
from dragoman.cli.options import JsonOption, RecordOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=explain.__doc__)(explain)


def explain(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="The event's id, or an unambiguous start of it.")],
    record: RecordOption = None,
    json: JsonOption = False,
) -> None:
    """Show an event over its sentences, each field underlined where it came from, and why it was coded so."""
    from dragoman.query.record import Record
    from dragoman.query.tables import json_line

    with Record(record_path(record)) as opened:
        event = opened.event(event_id)
    if json:
        typer.echo(json_line(event))
        return
    from dragoman.cli.show import explanation

    explanation(event, console())
