"""Two countries on one page: timeline, series with its breaks, both accounts, who meets whom, what about.

Works on an index, so that a pair with tens of thousands of events answers as fast as one with ten; the judgement
(`summarise`, `change_points`, whose account a mention is) is `query.dyads`'s and `query.series`'s own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import duckdb

from dragoman.query import search
from dragoman.query.codes import country_name
from dragoman.query.dyads import Account, Dyad
from dragoman.query.record import Record
from dragoman.query.search import Choice
from dragoman.query.series import MOST_BINS, Bin, change_points, periods
from dragoman.query.summary import Clause, summarise
from dragoman.records.codec import Json
from dragoman.store.corrections import applied, judged
from dragoman.store.taught import laid

MOST_POINTS = 2_000
"""Events drawn on a timeline, the newest; more would neither be seen apart nor load quickly."""

MOST_READ = 2_000
"""Events a summary in words is built from, the newest."""

AT_ONCE = 200
FOR_ACCOUNTS = 60
"""Newest events whose sentences are searched for what each side says."""


@dataclass(frozen=True, slots=True)
class Break:
    """A period at which the level of the series changes, and the weightiest events of it."""

    start: str
    events: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two persons of the two sides who take part in the same talks, visits or calls."""

    first: str
    first_id: str | None
    second: str
    second_id: str | None
    n: int
    newest: str | None


class _Lazy(dict[str, Any]):
    """A record of which some fields are known; the others are looked up when the first of them is asked for."""

    def __init__(self, known: Json, whole: Callable[[], Json]) -> None:
        super().__init__(known)
        self._whole = whole

    def __missing__(self, name: str) -> Any:
        for key, value in self._whole().items():
            self.setdefault(key, value)
        return self.get(name)


class _Told(Dyad):
    """A dyad whose events are given instead of fetched."""

    def __init__(self, record: Record, first: str, second: str, events: list[Json]) -> None:
        super().__init__(record, first, second)
        self._given = events

    def events(self) -> list[Json]:
        return self._given


class Pair:
    """A pair of countries in an index; `choice` narrows it further."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, first: str, second: str, choice: Choice | None = None
    ) -> None:
        self.first, self.second = first, second
        self.choice = replace(choice or Choice(), country=first, other=second)
        self._db = cursor
        table, clause, values = search.among(self.choice)
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE pair_hit AS SELECT num, event_id, day, event_type, base_type, mode, contexts, status, quad_class, "
            f"plover_score, goldstein, n_reports, disputed, disputes FROM {table} WHERE {clause}",
            values,
        )

    def total(self) -> int:
        """How many events."""
        row = self._db.execute("SELECT count(*) FROM pair_hit").fetchone()
        return int(row[0]) if row else 0

    def candidates(self) -> int:
        """How many further events of the pair are below the choice's confidence."""
        return search.candidates(self._db, self.choice)

    def span(self) -> int:
        """Days from the first to the last event."""
        row = self._db.execute("SELECT date_diff('day', min(day), max(day)) FROM pair_hit").fetchone()
        return int(row[0]) if row and row[0] is not None else 0

    def summary(self) -> list[Clause]:
        """The pair in a sentence of clauses, each with the events it rests on."""
        names = ("event_id", "event_type", "base_type", "mode", "status", "quad_class", "plover_score", "n_reports")
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE summed AS SELECT num, {', '.join(names)}, day, disputes FROM pair_hit "
            f"ORDER BY day DESC NULLS LAST LIMIT {MOST_READ}"
        )
        told: dict[str, list[Json]] = {}
        for event_id, mention_id, report_id in self._db.execute(
            "SELECT event_id, mention_id, report_id FROM said JOIN summed USING (num) ORDER BY num, position"
        ).fetchall():
            told.setdefault(event_id, []).append(_Lazy({"report_id": report_id}, partial(self._mention, mention_id)))
        light: list[Json] = [
            _Lazy(
                dict(zip(names, r, strict=False))
                | {"date_start": str(r[-2]) if r[-2] else None, "first_seen": None, "mentions": told.get(r[0], [])}
                | {"disputes": json.loads(r[-1]) if r[-1] != "[]" else []},
                partial(self._event, r[0]),
            )
            for r in self._db.execute(f"SELECT {', '.join(names)}, day, disputes FROM summed").fetchall()
        ]
        clauses = summarise(light, (country_name(self.first), country_name(self.second)))
        if len(light) == MOST_READ:
            clauses.insert(0, Clause(f"Of the newest {MOST_READ:,} events", ()))
        return list(clauses)

    def _event(self, event_id: str) -> Json:
        return events_with_mentions(self._db, [event_id])[0]

    def _mention(self, mention_id: str) -> Json:
        return mention_bodies(self._db, [mention_id])[mention_id]

    def points(self) -> list[Json]:
        """What the timeline draws, oldest first."""
        rows = self._db.execute(
            "SELECT event_id, day, quad_class, status, event_type, mode, plover_score, n_reports, disputed FROM pair_hit "
            f"WHERE day IS NOT NULL ORDER BY day DESC, num LIMIT {MOST_POINTS}"
        ).fetchall()
        names = ("id", "day", "quad", "status", "type", "mode", "score", "reports", "disputed")
        return [dict(zip(names, r, strict=True)) | {"day": str(r[1])} for r in reversed(rows)]

    def series(self, by: str) -> list[Bin]:
        """Counts and score sums per period of the events that happened; no period is left out."""
        rows = self._db.execute(
            f"SELECT date_trunc('{by}', day)::DATE AS start, quad_class, count(*), sum(n_reports), sum(plover_score), sum(coalesce(goldstein, 0)) "
            "FROM pair_hit WHERE day IS NOT NULL AND status = 'actual' GROUP BY ALL ORDER BY start"
        ).fetchall()
        if not rows:
            return []
        bins = {start: Bin(start) for start in periods(rows[0][0], rows[-1][0], by)}
        for start, quad, n, reports, plover, goldstein in rows:
            found = bins[start]
            found.events += n
            found.reports += int(reports)
            found.by_quad[quad] = n
            found.plover_sum += plover
            found.goldstein_sum += goldstein
        return list(bins.values())

    def breaks(self, bins: Sequence[Bin], by: str, most: int = 6) -> list[Break]:
        """Where the level of the series changes (`change_points`), each with up to three events that made it; none where
        there are too many periods to look."""
        found = []
        for at in change_points(bins)[:most] if len(bins) <= MOST_BINS else ():
            start = bins[at].start
            rows = self._db.execute(
                f"SELECT num FROM pair_hit WHERE date_trunc('{by}', day)::DATE = ? AND status = 'actual' "
                "ORDER BY abs(plover_score) * n_reports DESC, num LIMIT 3",
                [start],
            ).fetchall()
            found.append(Break(start.isoformat(), tuple(search.cards(self._db, [r[0] for r in rows]))))
        return found

    def accounts(self, most: int = 8) -> dict[str, list[Account]]:
        """Side -> what it is quoted as saying in the newest events, each sentence of a speaker once."""
        rows = self._db.execute(
            "SELECT event_id, mention_id FROM said JOIN (SELECT num, event_id FROM pair_hit ORDER BY day DESC NULLS LAST, num "
            f"LIMIT {FOR_ACCOUNTS}) USING (num) WHERE position < 4 ORDER BY num DESC, position"
        ).fetchall()
        bodies = mention_bodies(self._db, [m for _, m in rows])
        told: dict[str, Json] = {}
        for event_id, mention_id in rows:
            told.setdefault(event_id, {"event_id": event_id, "mentions": []})["mentions"].append(bodies[mention_id])
        found = _Told(Record(self._db), self.first, self.second, list(told.values())).accounts()
        return {side: _by_sentence(said)[:most] for side, said in found.items()}

    def people(self, most: int = 10) -> list[Json]:
        """Persons named most often."""
        rows = self._db.execute(
            "SELECT actor_id, any_value(name), any_value(country), count(DISTINCT num) AS n FROM who SEMI JOIN pair_hit USING (num) "
            f"WHERE kind = 'person' GROUP BY actor_id, coalesce(actor_id, name) ORDER BY n DESC, any_value(name) LIMIT {int(most)}"
        ).fetchall()
        return [dict(zip(("actor_id", "name", "country", "n"), r, strict=True)) for r in rows]

    def meetings(self, most: int = 8) -> list[Meeting]:
        """Who of the one side meets whom of the other, in consultations that happened."""
        rows = self._db.execute(
            "WITH met AS (SELECT w.num, w.actor_id, w.name, w.country, h.day FROM who w JOIN pair_hit h USING (num) "
            "WHERE w.kind = 'person' AND h.base_type = 'CONSULT' AND h.status IN ('actual', 'historical') AND w.country IN (?, ?)) "
            "SELECT x.name, any_value(x.actor_id), y.name, any_value(y.actor_id), count(DISTINCT x.num) AS n, max(x.day) FROM met x JOIN met y USING (num) "
            f"WHERE x.country = ? AND y.country = ? GROUP BY x.name, y.name ORDER BY n DESC, max(x.day) DESC, x.name LIMIT {int(most)}",
            [self.first, self.second, self.first, self.second],
        ).fetchall()
        return [Meeting(a, i, b, j, n, str(d) if d else None) for a, i, b, j, n, d in rows]

    def topics(self, most: int = 12) -> list[tuple[str, int]]:
        """Contexts by how many events touch them."""
        rows = self._db.execute(
            f"SELECT c, count(*) AS n FROM (SELECT unnest(contexts) AS c FROM pair_hit) GROUP BY c ORDER BY n DESC, c LIMIT {int(most)}"
        ).fetchall()
        return [(c, n) for c, n in rows]


def _by_sentence(said: Sequence[Account]) -> list[Account]:
    """Each sentence once, with all who are quoted in it."""
    found: dict[str, Account] = {}
    for account in said:
        before = found.get(account.sentence)
        if before is None:
            found[account.sentence] = account
        elif account.speaker not in before.speaker:
            found[account.sentence] = replace(before, speaker=f"{before.speaker}, {account.speaker}")
    return list(found.values())


def period_for(days: int) -> str:
    """The width of a series' periods that suits its span."""
    return "day" if days <= 45 else "week" if days <= 400 else "month" if days <= 366 * 15 else "quarter"


def events_with_mentions(cursor: duckdb.DuckDBPyConnection, event_ids: Sequence[str]) -> list[Json]:
    """Full events in the order given."""
    if not event_ids:
        return []
    marks = ", ".join("?" for _ in event_ids)
    reader = Record(cursor).reader
    found = {e["event_id"]: e for e in reader.events_json(f"event_id IN ({marks})", list(event_ids), mentions=False)}
    rows = cursor.execute(
        f"SELECT event_id, mention_id FROM event_members WHERE event_id IN ({marks}) ORDER BY event_id, position",
        list(event_ids),
    ).fetchall()
    bodies = mention_bodies(cursor, [m for _, m in rows])
    for event in found.values():
        event["mentions"] = []
    for event_id, mention_id in rows:
        found[event_id]["mentions"].append(bodies[mention_id])
    return [found[i] for i in event_ids if i in found]


def mention_bodies(cursor: duckdb.DuckDBPyConnection, mention_ids: Sequence[str]) -> dict[str, Json]:
    """Mentions by id as they stand after reviews, looked up through their key; one that was rejected is shown as it was."""
    made = judged(cursor)
    found: dict[str, Json] = {}
    for at in range(0, len(mention_ids), AT_ONCE):
        some = list(mention_ids[at : at + AT_ONCE])
        marks = ", ".join("?" for _ in some)  # one by one: a list would make the engine scan the table
        taught = dict(
            cursor.execute(f"SELECT mention_id, body FROM taught WHERE mention_id IN ({marks})", some).fetchall()
        )
        for key, body in cursor.execute(
            f"SELECT mention_id, body FROM event_mentions WHERE mention_id IN ({marks})", some
        ).fetchall():
            mention = laid(json.loads(body), taught.get(key))
            found[key] = applied(mention, made.get(key)) or mention
    return found
