"""`dragoman network` and `dragoman import`: who deals with whom, and tables to compare with."""

from __future__ import annotations

import json as jsonlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options
from dragoman.cli.common import console, printable, record_path

if TYPE_CHECKING:
    from dragoman.query.measures import Network


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=network.__doc__)(network)
    app.command("import", help=bring_in.__doc__)(bring_in)


def network(
    record: options.RecordOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    kind: Annotated[str, typer.Option(help="all, cooperation or conflict.")] = "all",
    min_confidence: options.LeastOption = options.REPORTED_FROM,
    plot: options.PlotOption = None,
    json: options.JsonOption = False,
) -> None:
    """Who deals with whom: countries with their partners and their place in the network, and the busiest pairs."""
    from dragoman.query.record import Record
    from dragoman.query.reporting import candidates_line

    choice = {"since": since, "until": until, "min_confidence": min_confidence}
    with Record(record_path(record)) as opened:
        found = opened.network(kind, **choice)
        candidates = opened.events(**choice).candidates()
    if plot:
        from dragoman.query.plots import plot_network

        typer.echo(plot_network(found, plot), err=True)
    if json:
        value = asdict(found) | {"min_confidence": min_confidence, "candidates": candidates}
        typer.echo(jsonlib.dumps(value, ensure_ascii=False))
        return
    _page(found)
    if said := candidates_line(candidates, min_confidence):
        console().print(f"Left out: {said}.", style="dim")


def _page(found: Network) -> None:
    from rich.table import Table

    table = Table("country", "events", "partners", "betweenness", "eigenvector", "group")
    for n in found.nodes:
        eigen = "" if n.eigenvector is None else f"{n.eigenvector:.2f}"
        place = (f"{n.betweenness:.2f}", eigen, str(n.component + 1))
        table.add_row(f"{n.name} ({n.country})", str(n.events), str(n.partners), *place)
    out = console()
    out.print(table)
    out.print(f"{len(found.nodes)} countries, {len(found.edges)} pairs, density {found.density:.2f}.")
    if found.edges:
        out.print("Busiest pairs: " + ", ".join(f"{a}-{b} {n}" for a, b, n in found.edges[:12]))


def bring_in(
    form: Annotated[str, typer.Argument(help="icews, gdelt, polecat or petrarch.")],
    files: Annotated[list[Path], typer.Argument(help="Tables; the first member of a .zip is read.")],
    record: Annotated[Path, typer.Option(help="The record to add to; made when it is not there.")],
) -> None:
    """Bring other people's event tables into a record, marked "imported, no text", to compare with your own."""
    from dragoman.api import remerge
    from dragoman.query.imports import import_file
    from dragoman.store import Writer

    aside = 0
    with Writer(record) as writer:
        for file in files:
            count, problems = import_file(writer, file, form)
            aside += len(problems)
            typer.echo(f"{printable(file)}: {count} events imported, {len(problems)} rows set aside", err=True)
        typer.echo(f"{remerge(writer, workers=None)} events in {printable(record)}", err=True)
    raise typer.Exit(1 if aside else 0)
