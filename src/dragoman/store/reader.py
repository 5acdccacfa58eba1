"""Reading the record: events and reports as records or as JSON, problems, runs, and the user's own queries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from dragoman.errors import NoSuchEventError, UsageError
from dragoman.records import Event, Problem
from dragoman.records.codec import Json, event_from_json
from dragoman.store import bulk
from dragoman.store.connect import connect
from dragoman.store.corrections import applied, judged
from dragoman.store.taught import laid

_EVENT_COLUMNS = tuple(name for name in bulk.EVENTS if name != "representative")
_JSON_COLUMNS = ("casualties", "amounts", "disputes", "merged_because")


class Reader:
    """A record opened for reading; several may read at once, in one process or many."""

    def __init__(self, source: str | Path | duckdb.DuckDBPyConnection) -> None:
        self._own = not isinstance(source, duckdb.DuckDBPyConnection)
        self.db = source if isinstance(source, duckdb.DuckDBPyConnection) else connect(source, read_only=True)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, unless the connection was lent."""
        if self._own:
            self.db.close()

    def events_json(
        self, where: str = "true", parameters: Sequence[Any] = (), *, order: str = "date_start NULLS LAST, event_id",
        limit: int | None = None, mentions: bool = True,
    ) -> Iterator[Json]:  # fmt: skip
        """Events with the design's field names; `where` and `order` are SQL of this program, values go in `parameters`."""
        cursor = self.db.cursor()
        tail = f" LIMIT {int(limit)}" if limit is not None else ""
        cursor.execute(
            f"SELECT to_json(e) FROM (SELECT {', '.join(_EVENT_COLUMNS)} FROM events WHERE {where} ORDER BY {order}{tail}) e",
            list(parameters),
        )
        while rows := cursor.fetchmany(500):
            events = [json.loads(row[0]) for row in rows]
            accounts = self._accounts([e["event_id"] for e in events]) if mentions else {}
            for event in events:
                if mentions:
                    event["mentions"] = accounts[event["event_id"]]
                yield event

    def _accounts(self, event_ids: list[str]) -> dict[str, list[Json]]:
        rows = self.db.cursor().execute(
            "SELECT m.event_id, b.body, t.body FROM event_members m JOIN event_mentions b USING (mention_id) "
            "LEFT JOIN taught t USING (mention_id) "
            "WHERE m.event_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY m.event_id, m.position",
            [event_ids],
        ).fetchall()  # fmt: skip
        found: dict[str, list[Json]] = {event_id: [] for event_id in event_ids}
        made = judged(self.db) if rows else {}
        for event_id, body, taught in rows:
            mention: Json = laid(json.loads(body), taught)
            found[event_id].append(applied(mention, made.get(mention["mention_id"])) or mention)
        return found

    def events(
        self, where: str = "true", parameters: Sequence[Any] = (), *, order: str = "date_start NULLS LAST, event_id"
    ) -> Iterator[Event]:
        """The same as records."""
        for value in self.events_json(where, parameters, order=order):
            yield event_from_json(value)

    def event_json(self, event_id: str) -> Json:
        """One event by its id or the start of it.

        Raises:
            NoSuchEventError: none, or several, fit.
        """
        ids = [
            r[0]
            for r in self.db.execute(
                "SELECT event_id FROM events WHERE starts_with(event_id, ?) LIMIT 9", [event_id]
            ).fetchall()
        ]
        if event_id in ids:
            ids = [event_id]
        if len(ids) != 1:
            raise NoSuchEventError(event_id, matches=len(ids))
        return next(self.events_json("event_id = ?", ids))

    def report_json(self, report_id: str) -> Json | None:
        """A report's row and its origins; None if the record does not hold it."""
        row = self.db.execute("SELECT to_json(r) FROM reports r WHERE report_id = ?", [report_id]).fetchone()
        if row is None:
            return None
        report: Json = json.loads(row[0])
        origins = self.db.execute(
            "SELECT to_json(o) FROM origins o WHERE report_id = ? ORDER BY path, locator", [report_id]
        ).fetchall()
        report["origins"] = [json.loads(o[0]) for o in origins]
        return report

    def problems(self) -> Iterator[Problem]:
        """What was set aside, by path."""
        rows = self.db.execute(
            "SELECT path, locator, kind, reason, remedy, report_id FROM problems ORDER BY path, locator, kind"
        ).fetchall()
        for row in rows:
            yield Problem(*row)

    def counts(self) -> dict[str, int]:
        """How many of everything the record holds."""
        tables = ("reports", "origins", "problems", "event_mentions", "events", "runs")
        return {t: int((self.db.execute(f"SELECT count(*) FROM {t}").fetchone() or (0,))[0]) for t in tables}

    def runs(self) -> list[Json]:
        """Manifests, newest first."""
        rows = self.db.execute("SELECT run_id, started, finished, manifest FROM runs ORDER BY started DESC").fetchall()
        return [
            {
                "run_id": r[0],
                "started": str(r[1]),
                "finished": str(r[2]) if r[2] else None,
                "manifest": json.loads(r[3]),
            }
            for r in rows
        ]

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """(column names, rows) of the user's own SELECT, in a sandbox: no writing, no files, no network, no settings.

        Raises:
            UsageError: the SQL is wrong, or is not a single SELECT.
        """
        cursor = self.db.cursor()
        try:
            cursor.execute("SET enable_external_access=false")
        except duckdb.Error as error:
            if "already" not in str(error).lower() and "running" not in str(error).lower():
                raise
        try:
            statements = cursor.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise UsageError(
                    "query takes one SELECT statement (WITH ... SELECT, DESCRIBE TABLE and the like included)."
                )
            cursor.execute(statements[0], list(parameters) or None)
        except duckdb.Error as error:
            raise UsageError(f"the query failed: {error}") from error
        names = [column[0] for column in cursor.description or ()]
        return names, _rows(cursor)


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while True:
        try:
            rows = cursor.fetchmany(1000)
        except duckdb.Error as error:  # rows are worked out as they are fetched
            raise UsageError(f"the query failed: {error}") from error
        if not rows:
            return
        yield from rows
