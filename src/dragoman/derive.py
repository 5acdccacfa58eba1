"""Events derived from mentions: all of them (`remerge`), or those that one decision can change (`decide`).

`decide` is what review pages call: the decision is appended and the events that it concerns are worked out again at once,
in the time it takes to look at the mentions told within a fortnight of them, whatever the size of the record. The result
is that of deriving everything, but for a mention that recalls the event from further off, which only `remerge` may join,
and for copies of one text that are known as such only by way of a copy told elsewhere (`n_sources`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import duckdb

from dragoman.ingest.repeats import Text, accounts
from dragoman.merge import Decisions, features, merge
from dragoman.merge.local import within_reach
from dragoman.records import EventMention
from dragoman.records.codec import Json
from dragoman.remerge import decisions_of, remerge
from dragoman.store import nearby
from dragoman.store.decisions import append

REACH = timedelta(days=14)
"""How far from the mentions in question others are looked for: links span at most a few days, or hang on the event's own date."""

ROUNDS = 8
"""How often the neighbourhood may grow to the neighbours of its new members, before it is taken as it is."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a decision did to the events.

    Attributes:
        decision: Its id, by which it can be undone.
        gone, made: Ids of events that are no more, and of events that are new or were made again.
    """

    decision: str
    gone: tuple[str, ...]
    made: tuple[str, ...]


def decide(
    db: duckdb.DuckDBPyConnection, kind: str, target: str, body: Json, *, made_by: str, why: str | None = None
) -> Changed:
    """Append a decision and let it take effect: the events it concerns are derived again, the others stay as they are.

    Args:
        db: A connection that may write to the record, with the record as its default database.
        kind, target, body: As `dragoman.store.decisions` and `dragoman.store.corrections` say.

    Raises:
        UsageError: an unknown kind, or a decision that names no mentions where it has to.
    """
    current = _merged(db)
    decision = append(db, kind, target, body, made_by=made_by, why=why)
    changed = rederive(db, nearby.touched(db, decision))
    if current:  # else mentions are waiting that no event was derived from yet: the mark stays
        db.execute("UPDATE state SET value = 'yes' WHERE name = 'merged'")
    return Changed(decision, *changed)


def rederive(db: duckdb.DuckDBPyConnection, changed: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Derive the events again that these mentions are in or may be in: (event ids gone, event ids made)."""
    decisions = decisions_of(db)
    part = _neighbourhood(db, changed, decisions)
    events = list(
        merge(part.values(), decisions=decisions, accounts=lambda ids: account_of(Text(*r) for r in nearby.texts_of(db, list(ids))))
    )  # fmt: skip
    before = nearby.exchange(db, {*part, *changed}, events)
    made = tuple(sorted(e.event_id for e in events))
    return tuple(key for key in before if key not in made), made


def _neighbourhood(
    db: duckdb.DuckDBPyConnection, changed: Collection[str], decisions: Decisions
) -> Mapping[str, EventMention]:
    """The mentions whose events may change, by id; it grows until nobody new is bound to it."""
    reached = {*changed, *(key for group in nearby.fellows(db, changed) for key in group)}
    for group in (*decisions.together, *decisions.pinned):
        reached |= set(group) if reached & set(group) else set()
    near: dict[str, EventMention] = {}
    for _ in range(ROUNDS):
        inside = nearby.mentions_of(db, reached)
        days = [d for m in inside for d in (m.published, m.date_start, m.date_end) if d]
        near = {m.mention_id: m for m in (*nearby.mentions_near(db, days, REACH), *inside)}
        fellows = nearby.fellows(db, near)
        found = within_reach(reached, map(features, near.values()), fellows, decisions)
        if found <= reached:
            break
        reached = found
    return {key: near[key] for key in sorted(reached) if key in near}


def _merged(db: duckdb.DuckDBPyConnection) -> bool:
    row = db.execute("SELECT value FROM state WHERE name = 'merged'").fetchone()
    return row is not None and row[0] == "yes"


def account_of(texts: Iterable[Text]) -> Callable[[str], str]:
    """Report id -> its independent account; the id itself for a report that was not compared."""
    found = accounts(texts)
    return lambda report_id: found.get(report_id, report_id)


__all__ = ["Changed", "account_of", "decide", "rederive", "remerge"]
