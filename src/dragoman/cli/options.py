"""Options that several commands share: one wording, one check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.common import parse_day
from dragoman.query.reporting import REPORTED_FROM


def _day(option: typer.CallbackParam, value: str | None) -> str | None:
    parse_day(value, option.opts[0])
    return value


RecordOption = Annotated[
    Path | None, typer.Option("--record", help="The record; default $DRAGOMAN_RECORD or dragoman.duckdb.")
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", callback=_day, help="Only events of this day or later.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", callback=_day, help="Only events of this day or earlier.")
]
LeastOption = Annotated[
    float,
    typer.Option(
        "--min-confidence", min=0.0, max=1.0, help="Only events at least this sure; 0 shows the candidates too."
    ),
]
PlotOption = Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Draw it: .svg, .png or .pdf.")]
JsonOption = Annotated[bool, typer.Option("--json", help="As JSON, also on a terminal.")]

__all__ = [
    "REPORTED_FROM",
    "JsonOption",
    "LeastOption",
    "PlotOption",
    "RecordOption",
    "SinceOption",
    "UntilOption",
]
