"""What the web pages ask of a record, in slim sorted columns: built once per record, answers in milliseconds.

The record itself stays as it is: it is attached read-only (or writable for reviews), and its tables are seen through
views, so that `Record` works on an index's cursors as on the file. Small records are indexed in memory when they are
opened; large ones in a file beside the record (`.NAME.index`, or in the temporary folder), made anew when the record
has changed.
What its tables are is told in `index_tables`.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from dragoman.errors import DragomanError, NoSuchPathError
from dragoman.query.index_tables import build, exchange
from dragoman.store import connect

VERSION = "9"
IN_MEMORY = 50_000
"""Up to this many events the index is built in memory: it takes a second or two, and leaves no file behind."""

TABLES = ("reports", "origins", "problems", "event_mentions", "events", "event_members", "decisions", "runs", "taught")


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
        build(self._db)
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
        with self.lock, self.cursor(120) as cursor:
            cursor.execute("USE record")
            yield cursor

    def renew(self, gone: Sequence[str], made: Sequence[str]) -> None:
        """Take over what a decision did to the events: those that are no more, and those that are new or were made again."""
        with self.lock, self.cursor(120) as cursor:
            cursor.execute("BEGIN")
            exchange(cursor, gone, made)
            stamp, _ = _stamp(cursor)
            cursor.execute("UPDATE index_stamp SET stamp = ?", [stamp])
            cursor.execute("COMMIT")
            self.stamp = stamp

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
