"""What the web pages ask of a record, in slim sorted columns: built once per record, answers in milliseconds.

The record itself stays as it is: it is attached read-only (or writable for reviews), and its tables are seen through
views, so that `Record` works on an index's cursors as on the file. Small records are indexed in memory when they are
opened; large ones in a file beside the record (`.NAME.index`, or in the temporary folder), made anew when the record
has changed.

    ev     one row an event, numbered by day: num is the key of all other tables
    card   what a list shows of an event, as JSON: fetched one by one through its key, which costs the same in any record
    who    parties; pairs: (a, b, num) of the two countries of an event, a < b
    said   mentions and their reports; words, report_words: an inverted index over sentences, names and texts
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dragoman.errors import DragomanError, NoSuchPathError
from dragoman.store import connect

VERSION = "6"
IN_MEMORY = 50_000
"""Up to this many events the index is built in memory: it takes a second or two, and leaves no file behind."""

TABLES = ("reports", "origins", "problems", "event_mentions", "events", "event_members", "decisions", "runs")
DAY = "coalesce(date_start, first_seen)"
FOLD = r"regexp_extract_all(strip_accents(lower({})), '[\p{{L}}\p{{N}}]+')"
LONGEST_WORD = 40

_BUILD = (
    f"""CREATE TABLE ev AS SELECT (row_number() OVER (ORDER BY {DAY} NULLS FIRST, event_id) - 1)::INTEGER AS num, event_id,
    {DAY} AS day, coalesce(date_end, date_start, first_seen) AS last_day, first_seen, event_type, base_type, mode, contexts, status,
    quad_class, plover_score, goldstein, confidence, n_reports, n_sources, json_array_length(disputes) > 0 AS disputed, disputes,
    place.name AS place, place.country AS place_country, place.lat AS lat, place.lon AS lon, place."precision" AS place_precision,
    representative FROM events ORDER BY num""",
    "CREATE UNIQUE INDEX ev_id ON ev (event_id)",
    """CREATE TABLE who AS WITH party AS (
      SELECT v.num, 'actor' AS side, unnest(e.actors) AS p FROM events e JOIN ev v USING (event_id)
      UNION ALL SELECT v.num, 'recipient', unnest(e.recipients) FROM events e JOIN ev v USING (event_id))
    SELECT num, side, p.actor_id AS actor_id, p.name AS name, p."text" AS words, p.kind AS kind, p.country AS country, p.office AS office,
      p.sectors AS sectors FROM party ORDER BY country, num""",
    """CREATE TABLE pairs AS SELECT DISTINCT least(x.country, y.country) AS a, greatest(x.country, y.country) AS b, x.num
    FROM who x JOIN who y USING (num) WHERE x.country < y.country AND (x.side <> y.side OR (x.side = 'actor' AND y.side = 'actor'
      AND x.num NOT IN (SELECT num FROM who WHERE side = 'recipient'))) ORDER BY a, b, num""",
    """CREATE TABLE known AS SELECT actor_id, mode(name) AS name, mode(kind) AS kind, mode(country) AS country, count(DISTINCT num)::INTEGER AS n
    FROM who WHERE actor_id IS NOT NULL GROUP BY actor_id ORDER BY actor_id""",
    """CREATE TABLE acted AS SELECT DISTINCT actor_id, num FROM who WHERE actor_id IS NOT NULL ORDER BY actor_id, num""",
    """CREATE TABLE said AS SELECT v.num, b.position, b.mention_id, m.report_id, m.rowid AS at, r.source, r.published
    FROM event_members b JOIN ev v USING (event_id) JOIN event_mentions m USING (mention_id) LEFT JOIN reports r USING (report_id)
    ORDER BY num, position""",
    "CREATE TABLE card (num INTEGER PRIMARY KEY, body VARCHAR NOT NULL)",
    """INSERT INTO card SELECT v.num, to_json({event_id: v.event_id, event_type: v.event_type, base_type: v.base_type, mode: v.mode,
      contexts: v.contexts, status: v.status, quad_class: v.quad_class, plover_score: v.plover_score, confidence: v.confidence, day: v.day,
      n_reports: v.n_reports, n_sources: v.n_sources, disputed: v.disputed, place: v.place, place_country: v.place_country, lat: v.lat, lon: v.lon,
      actors: e.actors, recipients: e.recipients, sentence: json_extract_string(m.body, '$.sentence'), trigger: json_extract(m.body, '$.trigger'),
      sentence_start: json_extract(m.body, '$.sentence_start')::INTEGER, source: json_extract_string(m.body, '$.source'), title: r.title,
      report_id: m.report_id, speakers: list_filter(list_transform(e.attribution, lambda s: s.speaker), lambda s: s <> '')})
    FROM ev v JOIN events e USING (event_id) JOIN event_mentions m ON m.mention_id = v.representative LEFT JOIN reports r USING (report_id)
    ORDER BY v.num""",
    f"""CREATE TABLE words AS WITH told AS (
      SELECT s.num, {FOLD.format("json_extract_string(m.body, '$.sentence')")} AS found FROM said s JOIN event_mentions m USING (mention_id)
      UNION ALL SELECT num, {FOLD.format("concat_ws(' ', name, office)")} FROM who
      UNION ALL SELECT num, {FOLD.format("concat_ws(' ', place, event_type, mode)")} FROM ev)
    SELECT DISTINCT left(word, {LONGEST_WORD}) AS word, num FROM (SELECT num, unnest(found) AS word FROM told) ORDER BY word, num""",
    f"""CREATE TABLE report_words AS SELECT DISTINCT left(word, {LONGEST_WORD}) AS word, report_id FROM (
      SELECT report_id, unnest({FOLD.format("concat_ws(' ', title, source, text)")}) AS word FROM reports) ORDER BY word, report_id""",
)  # fmt: skip


class SlowQueryError(DragomanError):
    """A question took longer than the time it is given."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the question took longer than {seconds:g} s and was stopped. Narrow it: a shorter period, a pair, a type."
        )
        self.seconds = seconds


class BeingDerivedError(DragomanError):
    """The record is closed for the moment in which its events are derived again."""

    def __init__(self) -> None:
        super().__init__(
            "the record's events are being derived again with the latest decisions. Reload the page in a moment."
        )


class Index:
    """A record with its index; `cursor()` gives a connection for one question."""

    def __init__(self, db: duckdb.DuckDBPyConnection, record: Path, stamp: str, *, writable: bool) -> None:
        self._db, self.record, self.stamp, self.writable = db, record, stamp, writable
        self._folder = tempfile.TemporaryDirectory(prefix="dragoman-out-")
        self.out = Path(self._folder.name)
        """The one folder that questions may write a file to."""
        self.lock = threading.Lock()
        """Held by whoever writes to the record."""
        self._asking, self._closing = 0, False
        self._quiet = threading.Condition()

    @classmethod
    def open(cls, record: str | Path, *, writable: bool = False, folder: Path | None = None) -> Index:
        """Attach the record and build its index, or take the one that is there.

        Raises:
            NoSuchPathError, NotARecordError, RecordVersionError, RecordBusyError: as `dragoman.store.connect`.
        """
        path = Path(record)
        if not path.exists():
            raise NoSuchPathError(path)
        with connect(path, read_only=not writable) as checked:
            stamp, events = _stamp(checked)
        where = ":memory:" if events <= IN_MEMORY else str(_file(path, folder))
        db = _fresh(where, stamp)
        mode = "" if writable else " (READ_ONLY)"
        db.execute(f"ATTACH '{_quoted(path)}' AS record{mode}")
        for table in TABLES:
            db.execute(f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM record.{table}")
        db.execute("CREATE OR REPLACE VIEW event_mentions AS SELECT *, rowid FROM record.event_mentions")
        index = cls(db, path, stamp, writable=writable)
        if not _done(db, stamp):
            index._build()
        db.execute(
            f"SET allowed_directories=['{_quoted(index.out)}/']; SET enable_external_access=false; SET lock_configuration=true"
        )
        return index

    def _build(self) -> None:
        for statement in _BUILD:
            self._db.execute(statement)
        self._db.execute("CREATE OR REPLACE TABLE index_stamp AS SELECT ? AS stamp", [self.stamp])

    @contextlib.contextmanager
    def cursor(self, seconds: float = 10.0) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own; a question that takes longer is stopped.

        Raises:
            SlowQueryError: it was stopped.
        """
        with self._quiet:
            if self._closing:
                raise BeingDerivedError
            self._asking += 1
        cursor = self._db.cursor()
        timer = threading.Timer(seconds, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield cursor
        except duckdb.InterruptException as error:
            raise SlowQueryError(seconds) from error
        finally:
            timer.cancel()
            cursor.close()
            with self._quiet:
                self._asking -= 1
                self._quiet.notify_all()

    @contextlib.contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the record itself, for one decision; one at a time."""
        with self.lock, self.cursor() as cursor:
            cursor.execute("USE record")
            yield cursor

    def drain(self, seconds: float = 30.0) -> None:
        """Take no more questions, let those that run finish, and let go of the record."""
        with self._quiet:
            self._closing = True
            self._quiet.wait_for(lambda: self._asking == 0, timeout=seconds)
        self.close()

    def close(self) -> None:
        """Let go of record and index."""
        self._db.close()
        self._folder.cleanup()


def _stamp(db: duckdb.DuckDBPyConnection) -> tuple[str, int]:
    """(what changes whenever the events do, how many events)."""
    row = db.execute(
        "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM event_mentions), (SELECT count(*) FROM reports), "
        "(SELECT max(finished) FROM runs), (SELECT max(decision_id) FROM decisions), (SELECT count(*) FROM decisions)"
    ).fetchone()
    assert row is not None
    return f"{VERSION}:" + ":".join(str(v) for v in row), int(row[0])


def _file(record: Path, folder: Path | None) -> Path:
    parent = folder or record.resolve().parent
    if not os.access(parent, os.W_OK):
        parent = Path(tempfile.gettempdir())
    return parent / f".{record.name}.index"


def _fresh(where: str, stamp: str) -> duckdb.DuckDBPyConnection:
    """The index's database, empty unless it was built for this very record."""
    if where != ":memory:" and Path(where).exists():
        try:
            found = duckdb.connect(where)
            if _done(found, stamp):
                return _settled(found)
            found.close()
        except duckdb.Error:
            pass  # damaged, or of another version of DuckDB: it is derived, so it is made again
        Path(where).unlink()
    return _settled(duckdb.connect(where))


def _settled(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    db.execute(
        "SET threads=2; SET enable_progress_bar=false; SET memory_limit='2GB'; SET preserve_insertion_order=true"
    )
    return db


def _done(db: duckdb.DuckDBPyConnection, stamp: str) -> bool:
    try:
        row = db.execute("SELECT stamp FROM index_stamp").fetchone()
    except duckdb.CatalogException:
        return False
    return row is not None and row[0] == stamp


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
