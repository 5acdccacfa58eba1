"""Opening the record: schema brought up to date, a second writer refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import duckdb

from dragoman.errors import CannotWriteError, NoSuchPathError, NotARecordError, RecordBusyError, RecordVersionError

_MIGRATION = re.compile(r"^(\d{4})_\w+\.sql$")


def migrations() -> list[tuple[int, str]]:
    """(number, SQL) of every migration that ships, in order."""
    folder = resources.files("dragoman.store") / "migrations"
    found = [(int(m[1]), entry) for entry in folder.iterdir() if (m := _MIGRATION.match(entry.name))]
    return [(number, entry.read_text("utf-8")) for number, entry in sorted(found, key=lambda pair: pair[0])]


USUAL, LEAST = 512, 64
"""Megabytes that DuckDB may use, and while what was read from it is worked on."""


def memory_limit(connection: duckdb.DuckDBPyConnection, megabytes: int) -> None:
    """Let DuckDB use at most this much memory; it spills to disk beyond."""
    connection.execute(f"SET memory_limit='{int(megabytes)}MB'")


@contextmanager
def put_by(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """While the body runs, DuckDB has LEAST megabytes, and so gives back the memory in which it keeps what was read."""
    memory_limit(connection, LEAST)
    try:
        yield
    finally:
        memory_limit(connection, USUAL)


def connect(path: str | Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to the record at `path`, made and brought up to date as needed (":memory:" for none on disk).

    A record of an older version is brought up to date also when it is opened for reading: nothing in it is lost by that.

    Raises:
        RecordBusyError: another process writes to it. RecordVersionError: it is newer than this program.
        NotARecordError: the file is something else. NoSuchPathError: `read_only` and there is no file.
        CannotWriteError: a new record's folder does not exist.
    """
    name = str(path)
    if name != ":memory:" and not Path(name).exists():
        if read_only:
            raise NoSuchPathError(name)
        if not Path(name).absolute().parent.is_dir():
            raise CannotWriteError(name, f"there is no folder {Path(name).absolute().parent}")
    connection = _opened(name, read_only=read_only)
    try:
        if read_only and 0 <= schema_version(connection) < migrations()[-1][0]:
            connection.close()
            connect(path).close()
            connection = _opened(name, read_only=True)
        connection.execute("SET threads=2; SET enable_progress_bar=false;")
        memory_limit(connection, USUAL)
        _migrate(connection, name)
    except BaseException:
        connection.close()
        raise
    return connection


def _opened(name: str, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(name, read_only=read_only)
    except duckdb.IOException as error:
        text = str(error)
        if "lock" in text.lower():
            pid = re.search(r"PID (\d+)", text)
            raise RecordBusyError(name, f"number {pid[1]}" if pid else "") from error
        raise NotARecordError(name, text.splitlines()[0][:200]) from error
    except duckdb.Error as error:
        raise NotARecordError(name, str(error).splitlines()[0][:200]) from error


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of the last migration applied; 0 for an empty file, -1 for a database that is no record."""
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "dragoman_schema" not in tables:
        return -1 if tables else 0
    row = connection.execute("SELECT max(version) FROM dragoman_schema").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _migrate(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    found = schema_version(connection)
    steps = migrations()
    known = steps[-1][0]
    if found < 0:
        raise NotARecordError(name, "it is a DuckDB database with other tables")
    if found > known:
        raise RecordVersionError(name, found=found, known=known)
    for number, sql in steps:
        if number <= found:
            continue
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE IF NOT EXISTS dragoman_schema (version INTEGER PRIMARY KEY)")
        connection.execute(sql)
        connection.execute("INSERT INTO dragoman_schema VALUES (?)", [number])
        connection.execute("COMMIT")
