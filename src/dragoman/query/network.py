"""Who deals with whom and where things happen, per period: what the network page draws and its slider moves over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb

from dragoman.query import search
from dragoman.query.codes import country_name
from dragoman.query.search import Choice
from dragoman.records.codec import Json
from dragoman.resolve.knowledge import load_knowledge

MOST_LINKS, MOST_PLACES, MOST_COUNTRIES = 200, 300, 400
"""The busiest are drawn; more would not be seen apart."""

RECALLED = 0.03
"""Share of events, the oldest, before which the slider first stands: reports recall some from decades ago."""


def centroids(countries: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Country -> (longitude, latitude) of its middle; codes that are no country are left out."""
    known = load_knowledge().countries
    return {c: (known[c].lon, known[c].lat) for c in countries if c in known}


def flows(cursor: duckdb.DuckDBPyConnection, choice: Choice) -> Json:
    """Links between countries, places of events and activity of countries, each per period.

    Returns:
        `periods` (first days, oldest first), `by`, `start` (the period from which nearly all events are), `links` [(period, a, b, events, conflict)], `places` [(period, name, lat, lon,
        events, conflict)], `active` [(period, country, events, conflict)], `names`, `middles`, `total`, `candidates` (how many
        more events there are below the choice's confidence); a period is an index.
    """
    unsure = search.candidates(cursor, choice)
    clause, values = search.where(choice)
    if "num IN" in clause:  # looked up once, not for each of the three tables
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE net AS SELECT num FROM ev WHERE {clause}", values)
        clause, values = "num IN (SELECT num FROM net)", []
    low, high, total = cursor.execute(
        f"SELECT quantile_disc(day, {RECALLED}), max(day), count(day) FROM ev WHERE {clause}", values
    ).fetchone() or (None, None, 0)
    by = "day" if low is None or (high - low).days <= 60 else "month" if (high - low).days <= 366 * 8 else "year"

    def counted(table: str, keys: str, most: int, extra: str = "true") -> list[tuple[Any, ...]]:
        """(period, keys..., events, conflictual ones) of the keys with the most events."""
        return cursor.execute(
            f"WITH met AS MATERIALIZED (SELECT date_trunc('{by}', day)::DATE AS p, {keys}, count(*) AS n, count(*) FILTER (quad_class > 2) AS k "
            f"FROM {table} WHERE {clause} AND day IS NOT NULL AND {extra} GROUP BY ALL), "
            f"top AS (SELECT {keys} FROM met GROUP BY ALL ORDER BY sum(n) DESC, {keys} LIMIT {most}) "
            f"SELECT p, {keys}, n, k FROM met SEMI JOIN top USING ({keys})",
            values,
        ).fetchall()

    links = counted("pairs", "a, b", MOST_LINKS)
    places = counted(
        "(SELECT *, place AS spot, round(lat, 2) AS y, round(lon, 2) AS x FROM ev)",
        "spot, y, x",
        MOST_PLACES,
        "lat IS NOT NULL",
    )
    active = counted("nation", "country", MOST_COUNTRIES)
    days = sorted({r[0] for rows in (links, places, active) for r in rows})
    at = {day: i for i, day in enumerate(days)}
    names = sorted({r[1] for r in active})
    return {
        "periods": [str(d) for d in days], "by": by, "start": next((i for i, d in enumerate(days) if low and d >= low), 0), "total": total, "candidates": unsure, "links": _rows(links, at), "places": _rows(places, at),
        "active": _rows(active, at), "names": {c: country_name(c) for c in names}, "middles": centroids(names),
    }  # fmt: skip


def _rows(rows: list[tuple[Any, ...]], at: dict[Any, int]) -> list[list[Any]]:
    return sorted([at[r[0]], *r[1:]] for r in rows)
