"""Events as tables for other tools: pandas, Polars and Arrow only when they are asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from dragoman.errors import UsageError
from dragoman.query.filters import Filter
from dragoman.records.codec import Json
from dragoman.store import Reader

_COLUMNS = (
    "event_id, event_type, base_type, mode, contexts, cameo, quad_class, plover_score, goldstein, status, actors, recipients, "
    "date_start, date_end, date_precision, place, attribution, casualties, amounts, confidence, first_seen, novelty_days, "
    "n_mentions, n_reports, n_sources, disputes"
)
FLAT_COLUMNS = (
    "event_id", "event_type", "base_type", "mode", "contexts", "cameo", "quad_class", "plover_score", "goldstein", "status",
    "actor_names", "actor_countries", "actor_sectors", "actor_ids", "recipient_names", "recipient_countries",
    "recipient_sectors", "recipient_ids", "date_start", "date_end", "date_precision", "place_name", "place_country",
    "place_admin1", "lat", "lon", "geonameid", "place_precision", "attribution", "killed_min", "killed_max", "injured_min",
    "injured_max", "confidence", "first_seen", "novelty_days", "n_mentions", "n_reports", "n_sources", "disputed_fields",
    "report_id", "source", "url", "published", "sentence", "sentence_start", "trigger",
)  # fmt: skip
"""Columns of the flat CSV: one event a row, lists joined by `;`, its first account's sentence beside it."""


class Table:
    """A choice of events, fetched when asked for."""

    def __init__(self, reader: Reader, choice: Filter) -> None:
        self._reader, self.choice = reader, choice
        self._where, self._values = choice.sql()

    def __len__(self) -> int:
        return self._count(self._where, self._values)

    def candidates(self) -> int:
        """How many further events fit the choice but for their confidence (`min_confidence=0` gives them too)."""
        return self._count(*self.choice.with_candidates().sql()) - len(self)

    def _count(self, where: str, values: list[Any]) -> int:
        row = self._reader.db.execute(f"SELECT count(*) FROM events WHERE {where}", values).fetchone()
        return int(row[0]) if row else 0

    def __iter__(self) -> Iterator[Json]:
        return self.rows()

    def rows(self, *, order: str = "date_start NULLS LAST, event_id", limit: int | None = None) -> Iterator[Json]:
        """Events with their accounts as plain values."""
        return self._reader.events_json(self._where, self._values, order=order, limit=limit)

    def to_arrow(self) -> Any:
        """A pyarrow Table with nested columns, one row an event; needs `pip install dragoman[arrow]`.

        Raises:
            UsageError: pyarrow is not installed.
        """
        return self._fetched("arrow", "to_arrow_table")

    def to_pandas(self) -> Any:
        """A pandas DataFrame, one row an event; needs `pip install dragoman[pandas]`.

        Raises:
            UsageError: pandas is not installed.
        """
        return self._fetched("pandas", "df")

    def to_polars(self) -> Any:
        """A Polars DataFrame, one row an event; needs `pip install dragoman[polars]`.

        Raises:
            UsageError: Polars or pyarrow is not installed.
        """
        table = self._fetched("polars", "to_arrow_table")
        import polars

        return polars.from_arrow(table)

    def _fetched(self, library: str, how: str) -> Any:
        needed = {"arrow": ("pyarrow",), "polars": ("polars", "pyarrow")}.get(library, (library,))
        for module in needed:
            try:
                __import__(module)
            except ImportError as error:
                raise UsageError(f"{module} is not installed; `pip install 'dragoman[{library}]'` adds it.") from error
        cursor = self._reader.db.cursor()  # held until the rows are there
        rows = cursor.sql(
            f"SELECT {_COLUMNS} FROM events WHERE {self._where} ORDER BY date_start NULLS LAST, event_id",
            params=self._values,
        )
        return getattr(rows, how)()

    def to_csv(self) -> Iterator[str]:
        """Lines of the flat CSV, header first, each with its line end."""
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, FLAT_COLUMNS, lineterminator="\n")
        writer.writeheader()
        yield buffer.getvalue()
        for event in self.rows():
            buffer.seek(0)
            buffer.truncate()
            writer.writerow(flat(event))
            yield buffer.getvalue()


def flat(event: Json) -> Json:
    """An event as one row of FLAT_COLUMNS; missing values are empty."""
    place, first = event["place"] or {}, event["mentions"][0]
    row: Json = {name: event.get(name) for name in FLAT_COLUMNS if name in event}
    row["contexts"] = ";".join(event["contexts"])
    for side, word in (("actors", "actor"), ("recipients", "recipient")):
        parties = event[side]
        row[f"{word}_names"] = ";".join(p["name"] for p in parties)
        row[f"{word}_countries"] = ";".join(p["country"] or "" for p in parties)
        row[f"{word}_sectors"] = ";".join("+".join(p["sectors"]) for p in parties)
        row[f"{word}_ids"] = ";".join(p["actor_id"] or "" for p in parties)
    row |= {"place_name": place.get("name"), "place_country": place.get("country"), "place_admin1": place.get("admin1")}
    row |= {
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "geonameid": place.get("geonameid"),
        "place_precision": place.get("precision"),
    }
    row["attribution"] = ";".join(a["speaker"] for a in event["attribution"])
    for kind in ("killed", "injured"):
        given = (event["casualties"] or {}).get(kind) or []
        row[f"{kind}_min"] = min((q["min"] for q in given), default=None)
        row[f"{kind}_max"] = max((q["max"] for q in given if q["max"] is not None), default=None)
    row["disputed_fields"] = ";".join(d["field"] for d in event["disputes"])
    row |= {
        "report_id": first["report_id"],
        "source": first["source"],
        "url": first["url"],
        "published": first["published"],
    }
    row |= {
        "sentence": first["sentence"],
        "sentence_start": first["sentence_start"],
        "trigger": first["trigger"]["text"],
    }
    return row


def json_line(event: Json) -> str:
    """One event as one line of JSON."""
    return json.dumps(event, ensure_ascii=False)
