"""JSON Lines, CSV, TSV and Parquet: one row, one report, with the columns found by their usual names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, Any

from dragoman.ingest.options import MAX_REPORT_BYTES
from dragoman.ingest.page import http_url
from dragoman.ingest.raw import Raw, RawDocument, RawProblem
from dragoman.ingest.streams import decode, lines

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text",
        "event_text",
        "body",
        "content",
        "article",
        "full_text",
        "fulltext",
        "story",
        "maintext",
        "raw_text",
        "article_text",
        "summary",
    ),
    "date": (
        "published",
        "pub_date",
        "publication_date",
        "date",
        "date_publish",
        "pubdate",
        "published_at",
        "publish_date",
        "datetime",
        "timestamp",
        "day",
    ),
    "title": ("title", "headline", "heading", "head"),
    "url": ("url", "link", "source_url", "sourceurl", "uri", "web_url"),
    "source": (
        "source",
        "publisher",
        "outlet",
        "publication",
        "newspaper",
        "agency",
        "site",
        "domain",
        "source_domain",
    ),
    "id": ("id", "story_id", "doc_id", "article_id", "report_id", "guid", "_id"),
}
"""Our field -> column names that mean it, likeliest first; compared in lower case with spaces and dashes as `_`."""


def _key(name: object) -> str:
    return str(name).strip().lower().replace(" ", "_").replace("-", "_").lstrip("\ufeff")


def match_columns(names: Iterable[object], chosen: Mapping[str, str]) -> dict[str, str]:
    """Our field -> the input's own column name, by the caller's choice first, then by the usual names."""
    by_key = {_key(name): str(name) for name in names}
    found: dict[str, str] = {}
    for field, usual in COLUMNS.items():
        if field in chosen:
            if _key(chosen[field]) in by_key:
                found[field] = by_key[_key(chosen[field])]
            continue
        hit = next((by_key[name] for name in usual if name in by_key), None)
        if hit is not None:
            found[field] = hit
    return found


def row_document(row: Mapping[str, Any], chosen: Mapping[str, str], locator: str) -> Raw:
    """One row as a document; a problem when no column holds its text."""
    columns = match_columns(row.keys(), chosen)
    if "text" not in columns:
        names = ", ".join(str(k)[:40] for k in list(row)[:12]) or "none"
        wanted = f"column {chosen['text']!r} is missing" if "text" in chosen else "no column holds the text"
        return RawProblem(
            "no-text-column",
            f"{wanted}; the columns are: {names}",
            "Name the column with `--column text=NAME` (also date=, title=, url=, source=, id=).",
            locator,
        )

    def cell(field: str) -> str | None:
        value = row.get(columns[field]) if field in columns else None
        if value is None or (isinstance(value, float) and value != value):
            return None
        if isinstance(value, dict | list):
            return None
        text = ((decode(value) or "") if isinstance(value, bytes) else str(value)).strip()
        return text or None

    return RawDocument(
        text=cell("text"),
        title=cell("title"),
        date=cell("date"),
        url=http_url(cell("url")),
        source=cell("source"),
        report_id=cell("id"),
        locator=locator,
    )


def read_jsonl(stream: IO[bytes], chosen: Mapping[str, str]) -> Iterator[Raw]:
    """One JSON object per line; blank lines are passed over."""
    for number, line in lines(stream):
        locator = f"line {number}"
        if line is None:
            yield RawProblem(
                "too-large",
                f"the line is longer than {MAX_REPORT_BYTES // 2**20} MB",
                "Split the report, or check that the file is one JSON object per line.",
                locator,
            )
            continue
        if not line.strip():
            continue
        text = decode(line)
        try:
            value = json.loads(text) if text is not None else None
        except (ValueError, RecursionError) as error:
            yield RawProblem("bad-json", f"the line is not JSON ({error})", "Write one JSON object per line.", locator)
            continue
        if isinstance(value, dict):
            yield row_document(value, chosen, locator)
        else:
            yield RawProblem("bad-json", "the line is not a JSON object", "Write one JSON object per line.", locator)


def read_json(data: bytes, chosen: Mapping[str, str]) -> Iterator[Raw]:
    """A .json file: one object, or a list of objects."""
    text = decode(data)
    try:
        value = json.loads(text) if text is not None else None
    except (ValueError, RecursionError) as error:
        yield RawProblem(
            "bad-json", f"the file is not JSON ({error})", "Give JSON Lines (.jsonl) or one JSON list of objects."
        )
        return
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, start=1):
        locator = f"item {number}" if isinstance(value, list) else ""
        if isinstance(row, dict):
            yield row_document(row, chosen, locator)
        else:
            yield RawProblem("bad-json", "the item is not a JSON object", "Give a list of objects.", locator)


def read_csv(stream: IO[bytes], chosen: Mapping[str, str], delimiter: str | None) -> Iterator[Raw]:
    """Delimited text with a header row; `delimiter` None lets the header tell comma from semicolon from tab."""
    csv.field_size_limit(MAX_REPORT_BYTES)
    decoded = _DecodedLines(stream)
    try:
        header_line = next(decoded)
    except StopIteration:
        yield RawProblem("empty", "the file is empty", "Give a file with a header row and at least one row.")
        return
    except csv.Error as error:
        yield RawProblem("bad-csv", f"there is no header ({error})", "Give a file with a header row.", "line 1")
        return
    if delimiter is None:
        delimiter = max(",;\t|", key=header_line.count)
    rows = csv.reader(chain([header_line], decoded), delimiter=delimiter)
    number = 0
    header: list[str] | None = None
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield RawProblem(
                "bad-csv", f"the row cannot be read ({error})", "Check the quotes in this row.", f"line {rows.line_num}"
            )
            continue
        if header is None:
            header = row
            if "text" not in match_columns(header, chosen):
                yield row_document(dict.fromkeys(header, ""), chosen, "line 1")
                return
            continue
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        if len(row) != len(header):
            yield RawProblem(
                "bad-csv",
                f"the row has {len(row)} cells, the header has {len(header)}",
                "Quote cells that hold the delimiter or line breaks.",
                f"row {number}",
            )
            continue
        yield row_document(dict(zip(header, row, strict=True)), chosen, f"row {number}")


class _DecodedLines:
    """Lines as text; one that is too long raises `csv.Error` in its place, and the next call goes on after it.

    A generator would end with its first error, and the rest of the file be lost.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._lines = lines(stream)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = next(self._lines)
        if line is None:
            raise csv.Error(f"line {number} is longer than {MAX_REPORT_BYTES // 2**20} MB")
        text = decode(line)
        return (text if text is not None else line.decode("utf-8", errors="replace")).replace("\x00", "") + "\n"


def read_parquet(path: Path, chosen: Mapping[str, str]) -> Iterator[Raw]:
    """A Parquet file, streamed by DuckDB; the path reaches SQL as a bound value only."""
    import duckdb

    with duckdb.connect() as db:
        types = dict(
            db.execute("SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet(?))", [str(path)]).fetchall()
        )
        found = match_columns(types, chosen)
        if "text" not in found:
            yield row_document(dict.fromkeys(types), chosen, "header")
            return
        names = list(dict.fromkeys(found.values()))  # the other columns are never read
        asked = ", ".join(_plain_sql(name, types[name]) for name in names)
        cursor = db.execute(f"SELECT {asked} FROM read_parquet(?)", [str(path)])
        number = 0
        while rows := cursor.fetchmany(256):
            for row in rows:
                number += 1
                yield row_document(dict(zip(names, row, strict=True)), chosen, f"row {number}")


def _plain_sql(name: str, kind: str) -> str:
    """A column as SQL; times with a zone in UTC, for which DuckDB's Python side would want a package of its own."""
    quoted = '"' + name.replace('"', '""') + '"'
    return f"make_timestamp(epoch_us({quoted})) AS {quoted}" if kind == "TIMESTAMP WITH TIME ZONE" else quoted


def text_stream(data: bytes) -> IO[bytes]:
    """Bytes as a stream, for readers that want one."""
    return io.BytesIO(data)
