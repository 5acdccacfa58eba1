"""Writing the record: whole chunks or nothing, so that a run that is killed leaves no half-written report."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import duckdb

from dragoman.records import Event, EventMention, Origin, Problem, Report
from dragoman.records.codec import Json, event_fields_to_json, mention_from_json, mention_to_json
from dragoman.store import bulk
from dragoman.store.connect import connect
from dragoman.store.corrections import Judged, applied, judged
from dragoman.store.taught import laid

EVENTS_AT_ONCE, STORED_AT_ONCE, TEXTS_AT_ONCE = 2_000, 1_000, 20_000


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A report and the event mentions found in it."""

    report: Report
    mentions: tuple[EventMention, ...]


class Writer:
    """The one writer of a record.

    Reports go in by chunks (`add`), each chunk one transaction. Events are derived: `remerge` replaces them from all
    mentions in one transaction; `needs_merge` says whether mentions are newer than events (a run was cut short).
    """

    def __init__(self, path: str | Path) -> None:
        self._db = connect(path)

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; idempotent."""
        self._db.close()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """For readers in the same process (a second connection to the file is refused while this one writes)."""
        return self._db

    def coded(self, reports: Collection[Report], coder: str) -> dict[str, int]:
        """Of these reports, those already in the record as this coder would code them now -> how many mentions each has.

        A report that was coded without a date or publisher and now has one, or whose date the user now gives, is coded anew:
        its events hang on them.
        """
        rows = self._db.execute(
            "SELECT report_id, n_mentions, published, source FROM reports WHERE coder = ? AND report_id IN (SELECT unnest(?::VARCHAR[]))",
            [coder, [r.id for r in reports]],
        ).fetchall()
        given = {r.id: r for r in reports}
        return {key: n for key, n, *before in rows if not _says_more(given[key], *before)}

    def add(
        self,
        coded: Iterable[CodedReport],
        copies: Iterable[tuple[str, Origin]],
        problems: Iterable[Problem],
        *,
        coder: str,
    ) -> None:
        """Add reports with their mentions, further origins and problems, all or nothing; what is there already stays once."""
        coded, copies = list(coded), list(copies)
        latest = {(p.path, p.locator, p.kind): p for p in problems}
        with _Transaction(self._db):
            ids = [c.report.id for c in coded]
            if ids:
                self._db.execute("DELETE FROM event_mentions WHERE report_id IN (SELECT unnest(?::VARCHAR[]))", [ids])
                self._db.execute("DELETE FROM reports WHERE report_id IN (SELECT unnest(?::VARCHAR[]))", [ids])
            bulk.insert(self._db, "reports", bulk.REPORTS, (_report_row(c, coder) for c in coded))
            origins = [(c.report.id, o) for c in coded for o in c.report.origins] + copies
            bulk.insert(self._db, "origins", bulk.ORIGINS, (_origin_row(i, o) for i, o in origins), ignore=True)
            mentions = (_mention_row(m) for c in coded for m in c.mentions)
            if bulk.insert(self._db, "event_mentions", bulk.MENTIONS, mentions) or ids:
                self._db.execute("UPDATE state SET value = 'no' WHERE name = 'merged'")
            self._solved([o for _, o in origins])
            bulk.insert(self._db, "problems", bulk.PROBLEMS, map(_problem_row, latest.values()), replace=True)

    def _solved(self, origins: Sequence[Origin]) -> None:
        """Forget the problems of places that gave a report this time, and of their files as a whole."""
        if not origins:
            return
        places = sorted({(o.path, o.locator) for o in origins} | {(o.path, "") for o in origins})
        self._db.execute(
            "DELETE FROM problems WHERE (path, locator) IN (SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]))",
            [[p for p, _ in places], [m for _, m in places]],
        )

    def needs_merge(self) -> bool:
        """Whether mentions were written since events were last derived."""
        row = self._db.execute("SELECT value FROM state WHERE name = 'merged'").fetchone()
        return row is None or row[0] != "yes"

    def mention_count(self) -> int:
        """How many mentions the record holds, rejected ones included."""
        row = self._db.execute("SELECT count(*) FROM event_mentions").fetchone()
        return row[0] if row else 0

    def mentions(self) -> Iterator[EventMention]:
        """Every mention as it stands after lessons and reviews (rejected ones left out), by publication date, report and place in the text: an order that does not depend on arrival."""
        yield from chain.from_iterable(map(opened, self.stored()))

    def stored(self, *, as_coded: bool = False, among: Sequence[str] | None = None) -> Iterator[list[Stored]]:
        """The same mentions as the record keeps them, STORED_AT_ONCE at a time; `opened` makes records of them.

        Args:
            as_coded: Without lessons and decisions.
            among: Only those with these ids.
        """
        cursor = self._db.cursor()
        said, join = ("NULL", "") if as_coded else ("t.body", "LEFT JOIN taught t USING (mention_id)")
        some = "" if among is None else "WHERE m.mention_id IN (SELECT unnest(?::VARCHAR[])) "
        cursor.execute(
            f"SELECT m.mention_id, m.body, {said} FROM event_mentions m {join} {some}"
            "ORDER BY m.published NULLS LAST, m.report_id, m.trigger_start, m.mention_id",
            [] if among is None else [list(among)],
        )
        made = {} if as_coded else judged(self._db)
        while rows := cursor.fetchmany(STORED_AT_ONCE):
            yield [Stored(body, taught, made.get(key)) for key, body, taught in rows]

    def stored_groups(self, groups: Iterable[Sequence[str]]) -> Iterator[list[Stored]]:
        """The mentions of each group of ids, in the order of groups and ids; one sort on disk, whatever the record's size."""
        cursor = self._db.cursor()
        cursor.execute("CREATE OR REPLACE TEMP TABLE wanted (mention_id VARCHAR, number INTEGER, position INTEGER)")
        rows = (
            {"mention_id": key, "number": number, "position": position}
            for number, group in enumerate(groups)
            for position, key in enumerate(group)
        )
        bulk.insert(cursor, "wanted", bulk.WANTED, rows)
        cursor.execute(
            "SELECT w.number, m.mention_id, m.body, t.body FROM wanted w JOIN event_mentions m USING (mention_id) "
            "LEFT JOIN taught t USING (mention_id) ORDER BY w.number, w.position"
        )
        made = judged(self._db)
        last, found = -1, list[Stored]()
        while chunk := cursor.fetchmany(STORED_AT_ONCE):
            for number, key, body, said in chunk:
                if number != last and found:
                    yield found
                    found = []
                last = number
                found.append(Stored(body, said, made.get(key)))
        if found:
            yield found

    def texts(self, report_ids: Sequence[str]) -> Iterator[tuple[str, str, str | None, date | None]]:
        """(report id, text, source, publication date) of these reports."""
        cursor = self._db.cursor()
        for start in range(0, len(report_ids), TEXTS_AT_ONCE):  # each question goes through the whole table once
            cursor.execute(
                "SELECT report_id, text, source, published FROM reports WHERE report_id IN (SELECT unnest(?::VARCHAR[]))",
                [list(report_ids[start : start + TEXTS_AT_ONCE])],
            )
            while rows := cursor.fetchmany(STORED_AT_ONCE):
                yield from rows

    def replace_events(self, events: Iterable[Event]) -> int:
        """Make these the record's events, in one transaction; returns how many."""
        stream = iter(events)
        return self.replace_written(map(written, iter(lambda: list(islice(stream, EVENTS_AT_ONCE)), [])))

    def replace_written(self, chunks: Iterable[Written]) -> int:
        """The same for events that are rows already."""
        count = 0
        with _Transaction(self._db):
            self._db.execute("DELETE FROM event_members")
            self._db.execute("DELETE FROM events")
            for chunk in chunks:
                count += bulk.insert_lines(self._db, "events", bulk.EVENTS, chunk.events)
                bulk.insert_lines(self._db, "event_members", bulk.MEMBERS, chunk.members)
            self._db.execute("UPDATE state SET value = 'yes' WHERE name = 'merged'")
        return count

    def run(self, run_id: str, started: datetime, manifest: Json, *, finished: bool) -> None:
        """Write or finish the manifest of a run."""
        done = datetime.now(UTC).replace(tzinfo=None) if finished else None
        self._db.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?)",
            [run_id, started.replace(tzinfo=None), done, json.dumps(manifest, ensure_ascii=False, sort_keys=True)],
        )


def _says_more(report: Report, published: date | None, source: str | None) -> bool:
    """Whether a report brings a date or publisher that the record's copy lacks, or a date that the user insists on."""
    if report.published_from == "option" and report.published != published:
        return True
    return (published is None and report.published is not None) or (source is None and report.source is not None)


class _Transaction:
    """All or nothing, also when the body raises."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def _report_row(coded: CodedReport, coder: str) -> Json:
    r = coded.report
    return {
        "report_id": r.id, "text": r.text, "title": r.title, "source": r.source, "url": r.url,
        "published": r.published.isoformat() if r.published else None, "published_from": r.published_from,
        "language": r.language, "coder": coder, "n_mentions": len(coded.mentions),
    }  # fmt: skip


def _origin_row(report_id: str, origin: Origin) -> Json:
    return {
        "report_id": report_id, "path": origin.path, "locator": origin.locator, "source": origin.source,
        "url": origin.url, "given_id": origin.report_id,
    }  # fmt: skip


def _problem_row(p: Problem) -> Json:
    return {
        "path": p.path,
        "locator": p.locator,
        "kind": p.kind,
        "reason": p.reason,
        "remedy": p.remedy,
        "report_id": p.report_id,
    }


def _mention_row(m: EventMention) -> Json:
    body = mention_to_json(m)
    return {
        "mention_id": m.mention_id, "report_id": m.report_id, "published": body["published"],
        "sentence_index": m.sentence_index, "trigger_start": m.trigger[0], "event_type": m.event_type,
        "base_type": m.base_type, "status": m.status, "confidence": body["confidence"],
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    }  # fmt: skip


class Stored(NamedTuple):
    """A mention as the record keeps it: its JSON, what was taught about it (JSON), and what was decided."""

    body: str
    taught: str | None
    made: Judged | None


_UNREAD: Json = {"trail": [], "quantities": [], "attribution": [], "spans": {}}


def opened(rows: Iterable[Stored], *, bare: bool = False) -> list[EventMention]:
    """The mentions as they stand; rejected ones left out.

    Args:
        bare: Without trail, quantities, attribution and spans: a third quicker, for those who do not look at them.
    """
    left_out = _UNREAD if bare else {}
    laid_over = ((laid(json.loads(row.body), row.taught), row.made) for row in rows)
    return [
        mention_from_json(mention | left_out)
        for stored, made in laid_over
        if (mention := applied(stored, made)) is not None
    ]


class Written(NamedTuple):
    """Events as lines of the tables `events` and `event_members`."""

    events: list[str]
    members: list[str]


def written(events: Sequence[Event]) -> Written:
    """The events as lines."""
    return Written(
        [bulk.line(event_row(e)) for e in events], [bulk.line(row) for e in events for row in member_rows(e)]
    )


def member_rows(event: Event) -> list[Json]:
    """The rows that say which mentions tell an event, first mention first."""
    return [
        {"event_id": event.event_id, "mention_id": m.mention_id, "position": n} for n, m in enumerate(event.mentions)
    ]


def event_row(event: Event) -> Json:
    """The event's row of the table `events`."""
    return event_fields_to_json(event) | {"representative": event.representative.mention_id}
