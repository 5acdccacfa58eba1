"""`dragoman code`: reports in, events out; the main job."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.common import console, parse_day, to_terminal
from dragoman.cli.options import REPORTED_FROM, LeastOption
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.run import Tally
    from dragoman.store import Writer


class Format(StrEnum):
    """What events are written as."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    gdelt = "gdelt"
    icews = "icews"
    polecat = "polecat"
    plover = "plover"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=code.__doc__)(code)


def code(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
    ],
    record: Annotated[Path | None, typer.Option(help="Add to this record (made if need be) and keep it.")] = None,
    format: Annotated[Format | None, typer.Option(help="Default: a table on a terminal, JSON Lines in a pipe.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the events to this file instead.")] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date of all reports, YYYY-MM-DD.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Publisher of reports that state none.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=NAME", help="Column of a table that holds text, date, title, url, source or id."),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; default: all cores for larger inputs.")] = None,
    min_confidence: LeastOption = REPORTED_FROM,
    knowledge: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Folder with your own actors, places and roles.")
    ] = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Slower, slightly better extraction of web pages.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Code news reports into events, and add them to a record.

    Reads .txt .md .html .jsonl .json .csv .tsv .parquet .xml (feeds, PETRARCH) .rss .atom .warc, also .gz and .zst.
    """
    from dragoman.api import published_day
    from dragoman.ingest import Options

    day = published_day(parse_day(published, "--published"))
    options = Options(published=day, source=source, columns=_columns(column or []), thorough=thorough)
    chosen = format or (Format.table if to_terminal() and out is None else Format.jsonl)
    check_output(chosen, out)
    unasked = record is not None and format is None and out is None and not to_terminal()
    show = _Show(None if unasked else chosen, out, min_confidence, quiet)
    tally = _coded(
        paths, show, into=record, options=options, workers=workers, knowledge=knowledge, min_confidence=min_confidence
    )
    if not quiet:
        show.summary(tally, record)
    raise typer.Exit(tally.exit_code)


class _Show:
    """What a run shows: its progress while it goes on, its events at the end, and a summary.

    Attributes:
        form: What the events are written as; None when nobody asked for them.
    """

    def __init__(self, form: Format | None, out: Path | None, min_confidence: float, quiet: bool) -> None:
        self.form, self._out, self._least, self._said = form, out, min_confidence, ""
        self.progress, self.finish = _progress(quiet)

    def events(self, writer: Writer) -> None:
        """Write the events of the record that the run is done with."""
        self.finish()
        if self.form is not None:
            self._said = write_events(writer.connection, self.form, self._out, self._least)

    def summary(self, tally: Tally, record: Path | None) -> None:
        """What became of the input, and where the events and the record are."""
        typer.echo(str(tally), err=True)
        if self._said:
            typer.echo(self._said, err=True)
        if record is not None:
            typer.echo(f"The record is {record}. Next: dragoman explain EVENT_ID --record {record}", err=True)


def _coded(paths: list[str], show: _Show, *, into: Path | None, **choices: Any) -> Tally:
    """The run itself; stopped from the keyboard it says what was kept and leaves with code 130."""
    from dragoman.api import code_files

    try:
        return code_files(paths, into=into, progress=show.progress, then=show.events, **choices)
    except KeyboardInterrupt:
        show.finish()
        kept = f"; what was coded is kept in {into}, run the same command to go on" if into else ""
        typer.echo(f"dragoman: stopped{kept}.", err=True)
        raise typer.Exit(130) from None
    finally:
        show.finish()


def _columns(given: list[str]) -> dict[str, str]:
    fields = ("text", "date", "title", "url", "source", "id")
    columns: dict[str, str] = {}
    for pair in given:
        field, _, name = pair.partition("=")
        if field not in fields or not name:
            raise UsageError(f"--column {pair!r}: write FIELD=NAME with FIELD one of {', '.join(fields)}.")
        columns[field] = name
    return columns


def check_output(form: Format, out: Path | None) -> None:
    """Find out before hours of coding whether the events can be written as asked.

    Raises:
        UsageError: a form that needs a file has none, or the table has one.
        CannotWriteError: the file cannot be made.
    """
    if form is Format.table:
        if out is not None:
            raise UsageError(f"a table is for the eye: give `--out {out}` a --format such as jsonl, csv or parquet.")
        return
    from dragoman.query.export import check

    check(form.value, out)


def write_events(connection: Any, form: Format, out: Path | None, min_confidence: float) -> str:
    """Write the events of an open record in the form asked for; returns a line about where, or ""."""
    from dragoman.query.record import Record

    record = Record(connection)
    if form is Format.table:
        from dragoman.cli.show import MOST_ROWS, event_table

        events = record.events(min_confidence=min_confidence)
        event_table(events.rows(limit=MOST_ROWS), console())
        more = len(events) - MOST_ROWS
        return (
            f"The first {MOST_ROWS} events are shown, {more:,} more are not: --format csv writes all."
            if more > 0
            else ""
        )
    from dragoman.query.export import export

    return export(record, form.value, out, min_confidence=min_confidence)


def _progress(quiet: bool) -> tuple[Callable[[int, int], None] | None, Callable[[], None]]:
    """(a callback, a way to end it): a line with count, rate and time on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        return None, lambda: None
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console(stderr=True),
        transient=True,
    )
    task = bar.add_task("loading the model")
    bar.start()
    started = time.monotonic()

    def update(reports: int, words: int) -> None:
        rate = words / max(1e-9, time.monotonic() - started)
        bar.update(task, description=f"{reports:,} reports, {words:,} words, {rate:,.0f} words/s")

    return update, bar.stop
