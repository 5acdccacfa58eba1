"""The dossier of an actor: names seen, offices with dates and evidence, whom it deals with, its events."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dragoman.query import search
from dragoman.query.reporting import REPORTED_FROM, floor_of
from dragoman.query.search import Choice
from dragoman.records.codec import Json
from dragoman.resolve.knowledge import load_knowledge


@dataclass(frozen=True, slots=True)
class SeenOffice:
    """An office as reports give it: first and last day of the events it goes with, and one of them as evidence."""

    office: str
    n: int
    first: str | None
    last: str | None
    event_id: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Another actor in the same events: how many, how many conflictual."""

    actor_id: str | None
    name: str
    country: str | None
    kind: str
    n: int
    conflict: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a record knows of an actor.

    Attributes:
        words: (words that named it, times), most frequent first.
        held: (office, country, from, to) that the knowledge which ships gives a person; empty for others.
        by_role: events as "actor" and as "recipient".
        events: one page of its events as cards, newest first; `n` is how many there are, `candidates` how many more that are
            less sure than was asked.
    """

    actor_id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    n: int
    words: tuple[tuple[str, int], ...]
    offices: tuple[SeenOffice, ...]
    held: tuple[tuple[str, str, str | None, str | None], ...]
    by_role: dict[str, int]
    contacts: tuple[Contact, ...]
    months: tuple[tuple[str, int, int, int, int], ...]
    events: tuple[Json, ...]
    candidates: int = 0


def dossier(
    cursor: duckdb.DuckDBPyConnection, actor_id: str, *, limit: int = 50, offset: int = 0, least: float = REPORTED_FROM
) -> Dossier | None:
    """What the events that are at least so sure tell of an actor; None when no event of the record, nor a candidate, has that id."""
    row = cursor.execute("SELECT name, kind, country FROM known WHERE actor_id = ?", [actor_id]).fetchone()
    if row is None:
        return None
    name, kind, country = row
    choice = Choice(actor=actor_id, min_confidence=least)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE mine AS SELECT e.num, e.day, e.quad_class, e.event_id FROM acted a JOIN ev e USING (num) "
        "WHERE a.actor_id = ? AND e.confidence >= ?",
        [actor_id, floor_of(least)],
    )
    words = cursor.execute(
        "SELECT w.words, count(*) AS n FROM who w SEMI JOIN mine USING (num) WHERE w.actor_id = ? GROUP BY w.words ORDER BY n DESC, w.words LIMIT 20",
        [actor_id],
    ).fetchall()
    offices = cursor.execute(
        "SELECT w.office, count(DISTINCT w.num) AS n, min(m.day), max(m.day), arg_max(m.event_id, coalesce(m.day, DATE '0001-01-01')) FROM who w JOIN mine m USING (num) "
        "WHERE w.actor_id = ? AND w.office IS NOT NULL GROUP BY w.office ORDER BY max(m.day) DESC NULLS LAST, w.office LIMIT 20",
        [actor_id],
    ).fetchall()
    roles = cursor.execute(
        "SELECT w.side, count(DISTINCT w.num) FROM who w SEMI JOIN mine USING (num) WHERE w.actor_id = ? GROUP BY 1",
        [actor_id],
    ).fetchall()
    contacts = cursor.execute(
        "SELECT w.actor_id, any_value(w.name), any_value(w.country), any_value(w.kind), count(DISTINCT w.num) AS n, "
        "count(DISTINCT w.num) FILTER (m.quad_class > 2) FROM who w JOIN mine m USING (num) WHERE w.actor_id IS DISTINCT FROM ? "
        "GROUP BY w.actor_id, coalesce(w.actor_id, w.name) ORDER BY n DESC, any_value(w.name) LIMIT 40",
        [actor_id],
    ).fetchall()
    months = cursor.execute(
        f"SELECT date_trunc('month', day)::DATE AS m, {', '.join(f'count(*) FILTER (quad_class = {q})' for q in (1, 2, 3, 4))} "
        "FROM mine WHERE day IS NOT NULL GROUP BY m ORDER BY m"
    ).fetchall()
    sectors = cursor.execute(
        "SELECT sectors FROM who WHERE actor_id = ? AND len(sectors) > 0 LIMIT 1", [actor_id]
    ).fetchone()
    nums = search.numbers(cursor, choice, limit=limit, offset=offset)
    return Dossier(
        actor_id, name, kind, country, tuple(sectors[0]) if sectors else (), search.count(cursor, choice), tuple(words),
        tuple(SeenOffice(o, k, str(a) if a else None, str(b) if b else None, e) for o, k, a, b, e in offices), _held(actor_id),
        dict(roles), tuple(Contact(*c) for c in contacts), tuple((str(m[0]), *m[1:]) for m in months), tuple(search.cards(cursor, nums)), search.candidates(cursor, choice),
    )  # fmt: skip


def _held(actor_id: str) -> tuple[tuple[str, str, str | None, str | None], ...]:
    known = load_knowledge()
    person = known.people.get(actor_id) or known.people.get(actor_id.removeprefix("per:"))
    if person is None:
        return ()
    return tuple(
        (
            known.offices[s.office].title if s.office in known.offices else s.office,
            s.country,
            s.period.start,
            s.period.end,
        )
        for s in person.spells
    )
