"""Events as files: which form was asked for, and the rows of it."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from dragoman.errors import UsageError
from dragoman.query import search
from dragoman.query.index import Index
from dragoman.query.pairs import events_with_mentions
from dragoman.query.search import Choice
from dragoman.query.tables import FLAT_COLUMNS, flat
from dragoman.records.codec import Json

FORMS = {
    "json": "application/json", "csv": "text/csv", "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet", "arrow": "application/vnd.apache.arrow.stream",
}  # fmt: skip
KINDS = tuple(FORMS.values())
MOST_ROWS = 100_000
AT_ONCE = 500
_COLUMNS = (
    "e.event_id, e.event_type, e.base_type, e.mode, e.contexts, e.cameo, e.quad_class, e.plover_score, e.goldstein, e.status, e.actors, e.recipients, "
    "e.date_start, e.date_end, e.date_precision, e.place, e.attribution, e.casualties, e.amounts, e.confidence, e.first_seen, e.novelty_days, "
    "e.n_mentions, e.n_reports, e.n_sources, e.disputes"
)


def wanted(accept: str, form: str | None) -> str | None:
    """The media type to answer with; None when none that is accepted can be given."""
    if form:
        return FORMS[form]
    given: list[tuple[float, str]] = []
    for part in accept.split(","):
        name, *rest = (p.strip() for p in part.split(";"))
        weight = next((p[2:] for p in rest if p.startswith("q=")), "1")
        try:
            given.append((-float(weight), name.lower()))
        except ValueError:
            continue
    for less, kind in sorted(given, key=lambda pair: pair[0]):
        if less < 0 and kind in KINDS:
            return kind
        if less < 0 and kind in ("", "*/*", "application/*", "text/html"):
            return "application/json"
    return None if given and accept else "application/json"


def answer(index: Index, choice: Choice, kind: str, order: str) -> Response:
    """All events of a choice in one file.

    Raises:
        UsageError: Arrow was asked for and pyarrow is not installed.
    """
    form = next(name for name, k in FORMS.items() if k == kind)
    name = f'attachment; filename="events.{"arrows" if form == "arrow" else form}"'
    if form == "parquet":
        return _parquet(index, choice, order, name)
    if form == "arrow":
        return Response(_arrow(index, choice, order), media_type=kind, headers={"Content-Disposition": name})
    lines = _rows(_events(index, choice, order)) if form == "csv" else _jsonl(index, choice, order)
    return StreamingResponse(lines, media_type=kind, headers={"Content-Disposition": name})


def _events(index: Index, choice: Choice, order: str) -> Iterator[Json]:
    with index.cursor(600) as cursor:
        nums = search.numbers(cursor, choice, order=order, limit=MOST_ROWS)
        for at in range(0, len(nums), AT_ONCE):
            yield from events_with_mentions(cursor, search.event_ids(cursor, nums[at : at + AT_ONCE]))


def _jsonl(index: Index, choice: Choice, order: str) -> Iterator[str]:
    for event in _events(index, choice, order):
        yield json.dumps(event, ensure_ascii=False) + "\n"


def one(event: Json) -> Response:
    """One event as a CSV file with its header."""
    name = f'attachment; filename="event-{event["event_id"]}.csv"'
    return StreamingResponse(_rows(iter([event])), media_type="text/csv", headers={"Content-Disposition": name})


def _rows(events: Iterator[Json]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, FLAT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for event in events:
        writer.writerow({k: _calm(v) for k, v in flat(event).items()})
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _calm(value: object) -> object:
    """Text from a report that a spreadsheet would run as a formula, with an apostrophe before it."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _chosen(choice: Choice, order: str) -> tuple[str, list[object]]:
    clause, values = search.where(choice)
    return (
        f"SELECT {_COLUMNS} FROM (SELECT num, event_id, row_number() OVER (ORDER BY {search.ORDERS[order]}) AS place_in_order FROM ev WHERE {clause} "
        f"ORDER BY place_in_order LIMIT {MOST_ROWS}) v JOIN events e USING (event_id) ORDER BY v.place_in_order"
    ), values


def _parquet(index: Index, choice: Choice, order: str, name: str) -> Response:
    sql, values = _chosen(choice, order)
    with tempfile.NamedTemporaryFile(dir=index.out, suffix=".parquet", delete=False) as file:
        path = Path(file.name)
    with index.cursor(600) as cursor:
        cursor.execute(f"COPY ({sql}) TO '{path!s}' (FORMAT parquet)", values)
    return FileResponse(
        path, media_type=FORMS["parquet"], headers={"Content-Disposition": name}, background=BackgroundTask(path.unlink)
    )


def _arrow(index: Index, choice: Choice, order: str) -> bytes:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise UsageError(
            "pyarrow is not installed; `pip install 'dragoman[arrow]'` adds it. CSV, JSON Lines and Parquet work without."
        ) from error
    sql, values = _chosen(choice, order)
    sink = pa.BufferOutputStream()
    with index.cursor(600) as cursor:
        batches = cursor.sql(sql, params=values).to_arrow_reader(10_000)
        with pa.ipc.new_stream(sink, batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
    return bytes(sink.getvalue())
