"""`dragoman query`, `export` and `problems`: tables out of a record."""

from __future__ import annotations

import csv
import json as jsonlib
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.code import Format
from dragoman.cli.common import console, printable, record_path, to_terminal
from dragoman.cli.options import REPORTED_FROM, LeastOption, RecordOption
from dragoman.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=query.__doc__)(query)
    app.command(help=export.__doc__)(export)
    app.command(help=problems.__doc__)(problems)


def query(
    sql: Annotated[
        str,
        typer.Argument(metavar="SQL", help="One SELECT over reports, origins, events, event_mentions, problems, runs."),
    ],
    record: RecordOption = None,
    format: Annotated[
        str | None, typer.Option(help="table, jsonl or csv; default: a table on a terminal, JSON Lines in a pipe.")
    ] = None,
) -> None:
    """Run a SELECT of your own on a record; it can neither write nor reach files.

    It sees all that the record keeps, candidates too: add `WHERE confidence >= 0.5` for what other commands report.
    """
    from dragoman.query.record import Record

    chosen = format or ("table" if to_terminal() else "jsonl")
    if chosen not in ("table", "jsonl", "csv"):
        raise UsageError(f"--format {chosen!r}: query knows table, jsonl and csv.")
    with Record(record_path(record)) as opened:
        names, rows = opened.query(sql)
        _print_rows(names, rows, chosen)


def _print_rows(names: list[str], rows: Any, form: str) -> None:
    if form == "jsonl":
        for row in rows:
            typer.echo(jsonlib.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    else:
        from rich.table import Table

        table = Table(*names)
        for row in rows:
            table.add_row(*(printable(value) for value in row))
        console().print(table)


def export(
    record: RecordOption = None,
    format: Annotated[Format, typer.Option(help="What to write.")] = Format.jsonl,
    out: Annotated[Path | None, typer.Option(help="File to write; standard output if left out.")] = None,
    min_confidence: LeastOption = REPORTED_FROM,
) -> None:
    """Write the events of a record as JSON Lines, CSV, Parquet, GDELT, ICEWS, POLECAT or PLOVER JSON.

    To take a record elsewhere whole, with the candidates that it keeps, say --min-confidence 0.
    """
    from dragoman.cli.code import check_output, write_events
    from dragoman.query.record import Record
    from dragoman.query.reporting import candidates_line

    check_output(format, out)
    with Record(record_path(record)) as opened:
        line = write_events(opened.reader.db, format, out, min_confidence)
        candidates = opened.events(min_confidence=min_confidence).candidates()
    for said in (line, candidates_line(candidates, min_confidence, "left out; --min-confidence 0 writes them")):
        if said:
            typer.echo(said, err=True)


def problems(
    record: RecordOption = None,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines, also on a terminal.")] = False,
) -> None:
    """List what was set aside, why, and what to do about it."""
    from dragoman.query.record import Record

    with Record(record_path(record)) as opened:
        found = list(opened.problems())
    if json or not to_terminal():
        for p in found:
            typer.echo(
                jsonlib.dumps(
                    {
                        "path": p.path,
                        "locator": p.locator,
                        "kind": p.kind,
                        "reason": p.reason,
                        "remedy": p.remedy,
                        "report_id": p.report_id,
                    },
                    ensure_ascii=False,
                )
            )
        return
    for p in found:
        console().print(
            f"{printable(p.path)}{' ' + printable(p.locator) if p.locator else ''}: {printable(p.reason)}. {printable(p.remedy)}"
        )
    if not found:
        console().print("Nothing was set aside.")
