"""What a record holds, at a glance: counts, activity by country, the busiest pairs, what changed of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from dragoman.query import search
from dragoman.query.reporting import REPORTED_FROM, floor_of
from dragoman.query.search import Choice
from dragoman.records.codec import Json

WINDOWS = {"week": 7, "month": 30}
LAST_DAY = "(SELECT max(day) FROM ev WHERE confidence >= $least AND status = 'actual' AND day <= coalesce((SELECT max(published) FROM reports), DATE '9999-01-01'))"
"""Days after the last publication are plans that were read as done: the record ends before them."""

BASELINE = 6
"""How many windows before the last one a change is measured against."""


@dataclass(frozen=True, slots=True)
class PairCount:
    """A pair of countries: events that happened, of them conflictual, mean PLOVER score, newest day."""

    a: str
    b: str
    events: int
    conflict: int
    score: float
    newest: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """How a pair's last days differ from the days before.

    Attributes:
        now, before: Events in the window, and per window in the six windows before it.
        score_now, score_before: Mean PLOVER score there; None without events.
        strength: What it is ranked by: the change of the summed score per window, either way.
    """

    a: str
    b: str
    now: int
    before: float
    score_now: float | None
    score_before: float | None
    strength: float


def totals(cursor: duckdb.DuckDBPyConnection, least: float = REPORTED_FROM) -> Json:
    """Reports, sources, events that are at least so sure and candidates that are not, mentions, problems, and the first and last day."""
    row = cursor.execute(
        "SELECT (SELECT count(*) FROM reports), (SELECT count(DISTINCT source) FROM reports), (SELECT count(*) FROM ev WHERE confidence >= $least), "
        "(SELECT count(*) FROM ev WHERE confidence < $least), (SELECT count(*) FROM said), (SELECT count(*) FROM problems), "
        "(SELECT count(*) FROM ev WHERE disputed AND confidence >= $least), "
        f"(SELECT min(published) FROM reports), (SELECT max(published) FROM reports), {LAST_DAY}",
        {"least": floor_of(least)},
    ).fetchone()
    assert row is not None
    names = (
        "reports",
        "sources",
        "events",
        "candidates",
        "mentions",
        "problems",
        "disputed",
        "first_published",
        "last_published",
        "last_day",
    )
    return {n: (str(v) if isinstance(v, date) else v) for n, v in zip(names, row, strict=True)}


def newest(cursor: duckdb.DuckDBPyConnection, limit: int = 10, *, least: float = REPORTED_FROM) -> list[Json]:
    """The latest events, as cards; plans for days to come are left to their pages."""
    rows = cursor.execute(
        f"SELECT num FROM ev WHERE confidence >= $least AND status NOT IN ('future', 'hypothetical', 'historical') AND day <= {LAST_DAY} "
        f"ORDER BY day DESC NULLS LAST, confidence DESC, num LIMIT {int(limit)}",
        {"least": floor_of(least)},
    ).fetchall()
    return search.cards(cursor, [r[0] for r in rows])


def by_country(cursor: duckdb.DuckDBPyConnection, choice: Choice | None = None) -> list[Json]:
    """Per country: events it takes part in and how conflictual they are (share of quad classes 3 and 4)."""
    clause, values = search.where(choice or Choice())
    rows = cursor.execute(
        f"SELECT country, count(*) AS n, count(*) FILTER (quad_class > 2) FROM nation WHERE {clause} GROUP BY country ORDER BY n DESC, country",
        values,
    ).fetchall()
    return [{"country": c, "events": n, "conflict": k} for c, n, k in rows]


def busiest(cursor: duckdb.DuckDBPyConnection, limit: int = 12, *, least: float = REPORTED_FROM) -> list[PairCount]:
    """Pairs with the most events that happened."""
    rows = cursor.execute(
        "SELECT a, b, count(*) AS n, count(*) FILTER (quad_class > 2), avg(plover_score), max(day) FROM pairs "
        f"WHERE status = 'actual' AND confidence >= ? GROUP BY a, b ORDER BY n DESC, max(day) DESC NULLS LAST, a, b LIMIT {int(limit)}",
        [floor_of(least)],
    ).fetchall()
    return [PairCount(a, b, n, k, round(s, 2), str(d) if d else None) for a, b, n, k, s, d in rows]


def changes(
    cursor: duckdb.DuckDBPyConnection,
    window: str = "month",
    limit: int = 8,
    *,
    today: date | None = None,
    least: float = REPORTED_FROM,
) -> list[Change]:
    """Pairs whose last week or month differs most from the six before; counted back from the record's last day.

    Empty where the record is shorter than two windows.
    """
    days = WINDOWS[window]
    row = cursor.execute(
        f"SELECT {LAST_DAY}, min(day) FROM ev WHERE status = 'actual' AND confidence >= $least",
        {"least": floor_of(least)},
    ).fetchone()
    end = today or (row[0] if row else None)
    if end is None or row is None or row[1] is None or (end - row[1]).days < 2 * days:
        return []
    start, base = end - timedelta(days=days - 1), end - timedelta(days=days * (BASELINE + 1) - 1)
    bound: list[Any] = [start, start, start, start, base, end, floor_of(least)]
    rows = cursor.execute(
        "SELECT a, b, count(*) FILTER (day >= ?) AS now, count(*) FILTER (day < ?) AS before, avg(plover_score) FILTER (day >= ?), "
        "avg(plover_score) FILTER (day < ?) FROM pairs WHERE status = 'actual' AND day >= ? AND day <= ? AND confidence >= ? GROUP BY a, b",
        bound,
    ).fetchall()
    found = []
    for a, b, now, before, score_now, score_before in rows:
        usual = before / BASELINE
        strength = abs(now * (score_now or 0.0) - usual * (score_before or 0.0)) + 0.5 * abs(now - usual)
        if now:
            found.append(Change(a, b, now, round(usual, 2), score_now, score_before, strength))
    return sorted(found, key=lambda c: (-c.strength, c.a, c.b))[:limit]


def months(cursor: duckdb.DuckDBPyConnection, least: float = REPORTED_FROM) -> list[Json]:
    """Events that happened, per month and quad class, from a year before the first report on: what is recalled from long ago would squeeze the rest."""
    rows = cursor.execute(
        "SELECT date_trunc('month', day)::DATE AS m, quad_class, count(*) FROM ev WHERE day IS NOT NULL AND status = 'actual' "
        "AND confidence >= ? AND day >= coalesce((SELECT min(published) FROM reports), DATE '0002-01-01') - INTERVAL 1 YEAR "
        "GROUP BY ALL ORDER BY m, quad_class",
        [floor_of(least)],
    ).fetchall()
    found: dict[str, Json] = {}
    for month, quad, n in rows:
        found.setdefault(str(month), {"start": str(month), "1": 0, "2": 0, "3": 0, "4": 0})[str(quad)] = n
    return list(found.values())
