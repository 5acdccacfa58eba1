"""Events written as files: JSON Lines, CSV and Parquet here, the field's own layouts in `query.layouts`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.query.record import Record
from dragoman.query.tables import _COLUMNS, json_line

FORMS = ("jsonl", "csv", "parquet", "gdelt", "icews", "polecat", "plover")


def export(record: Record, form: str, out: Path | None, *, min_confidence: float = 0.0) -> str:
    """Write the record's events; to standard output when `out` is None. Returns a line that says where.

    Raises:
        UsageError: an unknown form, or Parquet to a terminal or pipe.
    """
    table = record.events(min_confidence=min_confidence) if min_confidence else record.events()
    if form == "jsonl":
        return _write((json_line(event) + "\n" for event in table.rows()), out)
    if form == "csv":
        return _write(table.to_csv(), out)
    if form == "parquet":
        if out is None:
            raise UsageError("Parquet needs a file: add `--out events.parquet`.")
        return _parquet(record, out, min_confidence)
    if form not in FORMS:
        raise UsageError(f"there is no form {form!r}; there are {', '.join(FORMS)}.")
    from dragoman.query.layouts import write_layout

    return write_layout(record, form, out, min_confidence=min_confidence)


def _write(lines: Iterable[str], out: Path | None) -> str:
    if out is None:
        for line in lines:
            sys.stdout.write(line)
        return ""
    part = out.with_name(out.name + ".part")
    count = -1 if out.suffix == ".csv" else 0
    with part.open("w", encoding="utf-8", newline="") as file:
        for line in lines:
            file.write(line)
            count += 1
    part.replace(out)  # whole or not at all
    return f"{count} events written to {out}"


def _parquet(record: Record, out: Path, min_confidence: float) -> str:
    part = out.with_name(out.name + ".part")
    path = str(part).replace("'", "''")
    record.reader.db.execute(
        f"COPY (SELECT {_COLUMNS} FROM events WHERE confidence >= {float(min_confidence)} ORDER BY date_start NULLS LAST, event_id) "
        f"TO '{path}' (FORMAT parquet)"
    )
    part.replace(out)
    return f"events written to {out}"
