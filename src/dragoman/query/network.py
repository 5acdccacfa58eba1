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

MOST_LINKS = 2_000
MOST_PLACES = 3_000


def centroids(countries: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Country -> (longitude, latitude) of its middle; codes that are no country are left out."""
    known = load_knowledge().countries
    return {c: (known[c].lon, known[c].lat) for c in countries if c in known}


def flows(cursor: duckdb.DuckDBPyConnection, choice: Choice) -> Json:
    """Links between countries, places of events and activity of countries, each per period.

    Returns:
        `periods` (first days, oldest first), `by`, `links` [(period, a, b, events, conflict)], `places` [(period, name, lat, lon,
        events, conflict)], `active` [(period, country, events, conflict)], `names`, `middles`, `total`; a period is an index.
    """
    clause, values = search.where(choice)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE net AS SELECT num, day, quad_class > 2 AS conflict, place, lat, lon FROM ev WHERE {clause} AND day IS NOT NULL",
        values,
    )
    low, high, total = cursor.execute("SELECT min(day), max(day), count(*) FROM net").fetchone() or (None, None, 0)
    by = "day" if low is None or (high - low).days <= 60 else "month" if (high - low).days <= 366 * 8 else "year"
    start = f"date_trunc('{by}', day)::DATE"
    links = cursor.execute(
        f"SELECT {start} AS p, a, b, count(*) AS n, count(*) FILTER (conflict) FROM pairs JOIN net USING (num) GROUP BY ALL"
    ).fetchall()
    places = cursor.execute(
        f"SELECT {start} AS p, place, round(lat, 2), round(lon, 2), count(*) AS n, count(*) FILTER (conflict) FROM net WHERE lat IS NOT NULL GROUP BY ALL"
    ).fetchall()
    active = cursor.execute(
        f"SELECT {start} AS p, country, count(DISTINCT num) AS n, count(DISTINCT num) FILTER (conflict) FROM who JOIN net USING (num) WHERE country IS NOT NULL GROUP BY ALL"
    ).fetchall()
    strongest = _most(links, (1, 2), MOST_LINKS // 10)
    links = [r for r in links if (r[1], r[2]) in strongest]
    placed = _most(places, (1, 2, 3), MOST_PLACES // 10)
    places = [r for r in places if r[1:4] in placed]
    days = sorted({r[0] for rows in (links, places, active) for r in rows})
    at = {day: i for i, day in enumerate(days)}
    names = sorted({r[1] for r in active})
    return {
        "periods": [str(d) for d in days], "by": by, "total": total, "links": _rows(links, at), "places": _rows(places, at),
        "active": _rows(active, at), "names": {c: country_name(c) for c in names}, "middles": centroids(names),
    }  # fmt: skip


def _rows(rows: list[tuple[Any, ...]], at: dict[Any, int]) -> list[list[Any]]:
    return sorted([at[r[0]], *r[1:]] for r in rows)


def _most(rows: list[tuple[Any, ...]], key: tuple[int, ...], limit: int) -> set[tuple[Any, ...]]:
    """The keys with the most events over all periods."""
    sums: dict[tuple[Any, ...], int] = {}
    for row in rows:
        named = tuple(row[i] for i in key)
        sums[named] = sums.get(named, 0) + row[-2]
    return set(sorted(sums, key=lambda k: (-sums[k], str(k)))[:limit])
