"""Decisions made by hand on the record: appended, never overwritten; what stands is worked out from all of them.

| kind | target | body | means |
|---|---|---|---|
| merge | an event | `{"mentions": [id, ...]}` | these are one event |
| split | an event | `{"mentions": [id, ...], "from": [id, ...]}` | the first are not the event that the others are |
| pin | an event | `{"mentions": [id, ...]}` | these are one event, and nothing else joins it |
| same_person, other_person | a name | `{"names": [a, b]}` | these two names are one person's, or two persons' |
| undo | a decision | `{}` | it no longer holds |

`accept`, `correct` and `reject` concern one mention's fields and are no matter of merging. A later decision wins over an
earlier one about the same two mentions.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

import duckdb

from dragoman.errors import UsageError
from dragoman.records.codec import Json

PERSONS = ("same_person", "other_person")
"""Decisions about names: what is derived from them concerns the whole record."""

KINDS = ("accept", "correct", "reject", "merge", "split", "pin", "undo", *PERSONS)


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the table."""

    decision_id: str
    made_at: datetime
    made_by: str
    kind: str
    target: str
    body: Json
    why: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What decisions say about merging: groups that are one event, pairs that are not, groups that are closed."""

    together: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[str, str], ...]
    pinned: tuple[tuple[str, ...], ...]


def append(
    db: duckdb.DuckDBPyConnection, kind: str, target: str, body: Json, *, made_by: str, why: str | None = None
) -> str:
    """Add a decision and mark the events as older than it; returns its id.

    Raises:
        UsageError: an unknown kind, or a merge, split or pin without mentions.
    """
    if kind not in KINDS:
        raise UsageError(f"there is no decision {kind!r}; there are {', '.join(KINDS)}.")
    if kind in ("merge", "split", "pin") and not body.get("mentions"):
        raise UsageError(f'a {kind} names its mentions: {{"mentions": ["...", ...]}}.')
    if kind in PERSONS and len(body.get("names", ())) != 2:
        raise UsageError(f'a {kind} names two names: {{"names": ["...", "..."]}}.')
    decision_id = uuid.uuid4().hex[:16]
    db.execute(
        "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?)",
        [decision_id, datetime.now(UTC).replace(tzinfo=None), made_by, kind, target, json.dumps(body, ensure_ascii=False), why],
    )  # fmt: skip
    db.execute("UPDATE state SET value = 'no' WHERE name = 'merged'")
    return decision_id


def decisions(db: duckdb.DuckDBPyConnection) -> Iterator[Decision]:
    """All decisions in the order they were made, also those undone."""
    rows = db.execute(
        "SELECT decision_id, made_at, made_by, kind, target, body, why FROM decisions ORDER BY made_at, decision_id"
    ).fetchall()
    for row in rows:
        decision_id, made_at, made_by, kind, target, body, why = row
        yield Decision(decision_id, made_at, made_by, kind, target, json.loads(body), why)


def standing(db: duckdb.DuckDBPyConnection) -> Standing:
    """What holds of all decisions about merging."""
    made = list(decisions(db))
    undone = _undone(made)
    together: dict[str, tuple[str, ...]] = {}
    pinned: dict[str, tuple[str, ...]] = {}
    apart: dict[tuple[str, str], None] = {}
    for decision in made:
        if decision.decision_id in undone:
            continue
        ids = tuple(decision.body.get("mentions", ()))
        if decision.kind == "split":
            pairs = {_pair(a, b) for a, b in product(ids, decision.body.get("from", ())) if a != b}
            apart |= dict.fromkeys(sorted(pairs))
            together, pinned = _without(together, pairs), _without(pinned, pairs)
        elif decision.kind in ("merge", "pin"):
            (together if decision.kind == "merge" else pinned)[decision.decision_id] = ids
            for pair in [p for p in apart if set(p) <= set(ids)]:
                del apart[pair]
    return Standing(tuple(together.values()), tuple(apart), tuple(pinned.values()))


def persons_decided(db: duckdb.DuckDBPyConnection) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(pairs of names that are one person's, pairs that are not) as the decisions stand; the later of two wins."""
    made = list(decisions(db))
    undone = _undone(made)
    latest: dict[tuple[str, str], str] = {}
    for decision in made:
        if decision.kind in PERSONS and decision.decision_id not in undone:
            a, b = decision.body["names"]
            latest[_pair(a, b)] = decision.kind
    same = [pair for pair, kind in latest.items() if kind == "same_person"]
    return same, [pair for pair in latest if pair not in same]


def _undone(made: list[Decision]) -> set[str]:
    """Ids of the decisions that no longer hold; an undo may itself be undone by a later one."""
    undone: set[str] = set()
    for decision in reversed(made):
        if decision.kind == "undo" and decision.decision_id not in undone:
            undone.add(decision.target)
    return undone


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _without(groups: dict[str, tuple[str, ...]], pairs: set[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Groups less those members that a later split has taken out."""
    left: dict[str, tuple[str, ...]] = {}
    for key, ids in groups.items():
        kept: list[str] = []
        for mention in ids:
            if all(_pair(mention, other) not in pairs for other in kept):
                kept.append(mention)
        left[key] = tuple(kept)
    return left
