"""Events written as files: JSON Lines, CSV and Parquet here, the field's own layouts in `query.layouts`."""

from __future__ import annotations

from pathlib import Path

from dragoman.errors import UsageError
from dragoman.query.output import check_writable, whole, write_lines
from dragoman.query.record import Record
from dragoman.query.reporting import REPORTED_FROM, floor_of
from dragoman.query.tables import _COLUMNS, json_line

FORMS = ("jsonl", "csv", "parquet", "gdelt", "icews", "polecat", "plover")


def export(record: Record, form: str, out: Path | None, *, min_confidence: float = REPORTED_FROM) -> str:
    """Write the record's events that are at least so sure (0: all, candidates too); to standard output when `out` is None. Returns a line that says what went where, or "".

    Raises:
        UsageError: an unknown form, or Parquet to a terminal or pipe.
        CannotWriteError: the file cannot be made; nothing is left of it.
    """
    check(form, out)
    table = record.events(min_confidence=min_confidence)
    if form == "jsonl":
        return _said(write_lines((json_line(event) + "\n" for event in table.rows()), out), out)
    if form == "csv":
        return _said(write_lines(table.to_csv(), out) - 1, out)  # the header is a line too
    if form == "parquet" and out is not None:
        return _parquet(record, out, min_confidence)
    from dragoman.query.layouts import write_layout

    return write_layout(record, form, out, min_confidence=min_confidence)


def check(form: str, out: Path | None) -> None:
    """Whether events could be written so, before there are any.

    Raises:
        UsageError: an unknown form, or Parquet without a file.
        CannotWriteError: the file cannot be made.
    """
    if form not in FORMS:
        raise UsageError(f"there is no form {form!r}; there are {', '.join(FORMS)}.")
    if form == "parquet" and out is None:
        raise UsageError("Parquet needs a file: add `--out events.parquet`.")
    if out is not None:
        check_writable(out)


def _said(count: int, out: Path | None) -> str:
    return "" if out is None else f"{count} events written to {out}"


def _parquet(record: Record, out: Path, min_confidence: float) -> str:
    with whole(out) as path:
        name = str(path).replace("'", "''")
        row = record.reader.db.execute(
            f"COPY (SELECT {_COLUMNS} FROM events WHERE confidence >= {floor_of(min_confidence)} ORDER BY date_start NULLS LAST, event_id) "
            f"TO '{name}' (FORMAT parquet)"
        ).fetchone()
    return _said(int(row[0]) if row else 0, out)
