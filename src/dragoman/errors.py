"""Everything that can be said to have gone wrong; each class builds its own message.

    DragomanError
    ├── UsageError            the caller asked for something that cannot be (exit code 2)
    │   └── NoSuchPathError   a path that was given does not exist
    ├── CannotWriteError      a file cannot be made where the caller wants it
    ├── RecordBusyError       another process has the record open
    ├── RecordVersionError    the record was made by a newer Dragoman
    ├── NotARecordError       the file is something else
    ├── NoSuchEventError      no event has this id, or several do
    ├── WorkerLostError       one of several processes was ended from outside
    └── ...                   classes of one stage live in that stage and derive from here

Trouble with a *report* is not an exception but data: see `dragoman.records.problem.Problem`.
"""

from __future__ import annotations

from pathlib import Path


class DragomanError(Exception):
    """Base of all errors that Dragoman raises on purpose; `str(error)` is fit for a user."""


class UsageError(DragomanError):
    """The call cannot mean anything: an unknown option value, a missing path, a bad date."""


class NoSuchPathError(UsageError):
    """A path that was given does not exist."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(f"{path}: there is no such file or folder. Check the spelling or quote the glob.")
        self.path = str(path)


class CannotWriteError(DragomanError):
    """A file cannot be made where the caller wants it; nothing was left there."""

    def __init__(self, path: str | Path, reason: str) -> None:
        super().__init__(
            f"{path}: cannot be written ({reason}). Check that its folder exists and may be written to, or name another file."
        )
        self.path, self.reason = str(path), reason


class WorkerLostError(DragomanError):
    """One of several processes was ended from outside, most often for want of memory."""

    def __init__(self, workers: int) -> None:
        super().__init__(
            f"one of {workers} processes was ended by the system, most likely for want of memory. What was coded is "
            "kept: run the same command again, with fewer processes (`--workers 1` needs least)."
        )
        self.workers = workers


class RecordBusyError(DragomanError):
    """The record file is open in another process: one may write, or several read."""

    def __init__(self, path: str | Path, detail: str = "") -> None:
        super().__init__(
            f"{path}: another process{' (' + detail + ')' if detail else ''} has this record open, and while one writes no other "
            "may have it. Wait for it to finish or stop it (`dragoman serve` keeps its record open; `serve --copy` does not), or name another record. "
            "Nothing was changed."
        )
        self.path = str(path)


class RecordVersionError(DragomanError):
    """The record was written by a newer version of Dragoman."""

    def __init__(self, path: str | Path, *, found: int, known: int) -> None:
        super().__init__(
            f"{path}: this record has schema version {found}, this Dragoman knows up to {known}. "
            "Upgrade Dragoman (`pip install -U dragoman`) or use another record."
        )
        self.path, self.found, self.known = str(path), found, known


class NotARecordError(DragomanError):
    """The file exists but is no Dragoman record."""

    def __init__(self, path: str | Path, detail: str) -> None:
        super().__init__(
            f"{path}: this is not a Dragoman record ({detail}). Give the path of a record made with "
            "`dragoman code ... --record FILE.duckdb`."
        )
        self.path = str(path)


class NoSuchEventError(DragomanError):
    """No event with this id, or the short id fits several."""

    def __init__(self, event_id: str, *, matches: int = 0) -> None:
        several = f"{matches} events start" if matches < 9 else "many events start"
        super().__init__(
            f"{event_id or 'an empty id'}: {several} with this id; give more characters."
            if matches
            else f'{event_id}: no event has this id. `dragoman query "SELECT event_id FROM events"` lists them.'
        )
        self.event_id = event_id
