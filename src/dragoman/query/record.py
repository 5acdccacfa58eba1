"""A record opened for questions; the same layer serves Python, the command line and the web app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from dragoman.query.dyads import Dyad
from dragoman.query.filters import Filter
from dragoman.query.measures import Network, network
from dragoman.query.tables import Table
from dragoman.records import Event, Problem
from dragoman.records.codec import Json
from dragoman.store import Reader


class Record:
    """Events and where they came from.

    record = dragoman.open("world.duckdb")
    record.events(dyad=("KOR", "RUS"), since="2024-01-01").to_pandas()
    record.events(min_confidence=0)                       # candidates too

    It is open for reading until `close`; several may read at once, but none while a run writes. Questions are about events that
    are reported (confidence of `dragoman.query.reporting.REPORTED_FROM` or more) unless they say `min_confidence=...`; the record
    keeps the candidates below it. Iterating gives everything it keeps as `Event`, by date, one in memory at a time.

    Raises:
        NoSuchPathError: there is no such file. NotARecordError: it is something else.
        RecordBusyError: another process writes to it. RecordVersionError: it was made by a newer Dragoman.
    """

    def __init__(self, source: str | Path | duckdb.DuckDBPyConnection) -> None:
        self.reader = Reader(source)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.reader.close()

    def events(self, **choice: Any) -> Table:
        """Events as a table: `.to_pandas()`, `.to_polars()`, `.to_arrow()`, `.rows()`, `.candidates()`; keywords as `Filter`.

        Raises:
            UsageError: an unknown keyword, or a date that is none.
        """
        return Table(self.reader, Filter.of(**choice))

    def dyad(self, first: str, second: str, **choice: Any) -> Dyad:
        """Two sides through time: `.events()`, `.monthly()`, `.changes()`, `.framing()`, `.summary()`; keywords as `Dyad`.

        A side is a country ("KOR", "South Korea"), a sector of it ("KOR/MIL"), a sector anywhere ("/REB"), or a name or id
        of an actor.

        Raises:
            UsageError: an empty side, an unknown sector, or a date that is none.
        """
        return Dyad(self, first, second, **choice)

    def network(self, kind: str = "all", **choice: Any) -> Network:
        """Who deals with whom: the countries of the chosen events and their measures; `kind` is all, cooperation or conflict.

        Raises:
            UsageError: an unknown kind or keyword, or a package that is not installed.
        """
        return network(self.events(**choice).rows(), kind)

    def __iter__(self) -> Iterator[Event]:
        return self.reader.events()

    def event(self, event_id: str) -> Json:
        """One event with its accounts, as plain values with the field names of `Event`; an unambiguous start of the id is enough.

        Raises:
            NoSuchEventError: none, or several, fit.
        """
        return self.reader.event_json(event_id)

    def report(self, report_id: str) -> Json | None:
        """A report's text, metadata and origins; None when the record does not hold it. All spans count characters of `text`."""
        return self.reader.report_json(report_id)

    def problems(self) -> Iterator[Problem]:
        """What was set aside and why."""
        return self.reader.problems()

    def counts(self) -> dict[str, int]:
        """How many rows: reports, origins, problems, event_mentions, events, runs."""
        return self.reader.counts()

    def query(self, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """(columns, rows) of a SELECT of your own, which can neither write nor reach files or network.

        Raises:
            UsageError: the SQL is wrong or no single SELECT; also while rows are fetched.
        """
        return self.reader.query(sql)
