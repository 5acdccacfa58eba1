"""What the commands share: the record's place, dates, tables on a terminal and JSON Lines in a pipe."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

DEFAULT_RECORD = "dragoman.duckdb"


def record_path(given: Path | None) -> Path:
    """The record meant: the option, else $DRAGOMAN_RECORD, else dragoman.duckdb in this folder.

    Raises:
        UsageError: there is no such file; says how to make one.
    """
    path = given or Path(os.environ.get("DRAGOMAN_RECORD") or DEFAULT_RECORD)
    if not path.exists():
        raise UsageError(
            f"{path}: there is no record here. Make one with `dragoman code PATH... --record {path}`, or name yours with `--record`."
        )
    return path


def parse_day(text: str | None, option: str) -> date | None:
    """An ISO date option.

    Raises:
        UsageError: it is none.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option}: {text!r} is no date; write YYYY-MM-DD, for example 2024-02-03.") from error


def to_terminal() -> bool:
    """Whether standard output is read by a person."""
    return sys.stdout.isatty() or os.environ.get("DRAGOMAN_TABLE") == "1"


def console(*, stderr: bool = False) -> Console:
    """A rich console; as wide as the terminal, 120 where there is none."""
    from rich.console import Console

    width = None if (sys.stderr if stderr else sys.stdout).isatty() else 120
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def printable(value: Any) -> str:
    """Text for a terminal: control characters, which could move the cursor, are shown as escapes."""
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in text)
