"""A part of the record: the mentions told near some days, the events they are in, and those events exchanged for others."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

import duckdb

from dragoman.records import Event, EventMention
from dragoman.records.codec import mention_from_json
from dragoman.store import bulk
from dragoman.store.corrections import applied, judged
from dragoman.store.decisions import decisions
from dragoman.store.taught import laid
from dragoman.store.writer import event_row, member_rows

_IN = "IN (SELECT unnest(?::VARCHAR[]))"


def mentions_of(db: duckdb.DuckDBPyConnection, ids: Collection[str]) -> list[EventMention]:
    """These mentions as they stand after reviews; rejected ones are left out."""
    return list(_read(db, f"mention_id {_IN}", [sorted(ids)]))


def mentions_near(db: duckdb.DuckDBPyConnection, days: Iterable[date], reach: timedelta) -> list[EventMention]:
    """Every mention published within `reach` of one of the days, and those of unknown date."""
    spans = _joined(sorted(set(days)), reach)
    within = " OR ".join("published BETWEEN ? AND ?" for _ in spans)
    where = f"published IS NULL OR {within}" if spans else "published IS NULL"
    return list(_read(db, where, [day for span in spans for day in span]))


def _joined(days: Sequence[date], reach: timedelta) -> list[tuple[date, date]]:
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and day - reach <= spans[-1][1]:
            spans[-1] = (spans[-1][0], day + reach)
        else:
            spans.append((day - reach, day + reach))
    return spans


def _read(db: duckdb.DuckDBPyConnection, where: str, parameters: Sequence[object]) -> Iterator[EventMention]:
    made = judged(db)
    rows = db.execute(
        f"SELECT m.body, t.body FROM event_mentions m LEFT JOIN taught t USING (mention_id) WHERE {where} "
        "ORDER BY m.published NULLS LAST, m.report_id, m.trigger_start, m.mention_id",
        list(parameters),
    ).fetchall()
    for body, taught in rows:
        stored = laid(json.loads(body), taught)
        if (mention := applied(stored, made.get(stored["mention_id"]))) is not None:
            yield mention_from_json(mention)


def fellows(db: duckdb.DuckDBPyConnection, ids: Collection[str]) -> list[list[str]]:
    """The mentions of every event that one of these mentions is in, as the events stand."""
    rows = db.execute(
        f"SELECT list(mention_id ORDER BY position) FROM event_members WHERE event_id IN "
        f"(SELECT event_id FROM event_members WHERE mention_id {_IN}) GROUP BY event_id ORDER BY event_id",
        [sorted(ids)],
    ).fetchall()
    return [row[0] for row in rows]


def exchange(db: duckdb.DuckDBPyConnection, ids: Collection[str], events: Sequence[Event]) -> tuple[str, ...]:
    """Take out the events of these mentions and put these in; one transaction. Returns the ids of those taken out."""
    db.execute("BEGIN")
    try:
        gone = [r[0] for r in db.execute(f"SELECT DISTINCT event_id FROM event_members WHERE mention_id {_IN}", [sorted(ids)]).fetchall()]  # fmt: skip
        db.execute(f"DELETE FROM event_members WHERE event_id {_IN}", [gone])
        db.execute(f"DELETE FROM events WHERE event_id {_IN}", [gone])
        bulk.insert_few(db, "events", bulk.EVENTS, [event_row(e) for e in events])
        bulk.insert_few(db, "event_members", bulk.MEMBERS, [row for e in events for row in member_rows(e)])
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
    return tuple(sorted(gone))


def texts_of(
    db: duckdb.DuckDBPyConnection, report_ids: Collection[str]
) -> list[tuple[str, str, str | None, date | None]]:
    """(report id, text, source, publication date) of these reports."""
    return db.execute(
        f"SELECT report_id, text, source, published FROM reports WHERE report_id {_IN}", [sorted(report_ids)]
    ).fetchall()


def touched(db: duckdb.DuckDBPyConnection, decision_id: str) -> frozenset[str]:
    """The mentions that a decision speaks of; of an undo, those of what it undoes."""
    made = {d.decision_id: d for d in decisions(db)}
    decision = made.get(decision_id)
    while decision is not None and decision.kind == "undo":
        decision = made.get(decision.target)
    if decision is None:
        return frozenset()
    if decision.kind in ("merge", "split", "pin"):
        return frozenset((*decision.body.get("mentions", ()), *decision.body.get("from", ())))
    return frozenset((decision.target,))
