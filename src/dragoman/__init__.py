"""Dragoman reads news reports and keeps an auditable record of who did what to whom, when, where, and who says so.

    coder = dragoman.load()
    for event in coder.code(["South Korea summoned the Russian ambassador on Friday."]): ...
    record = dragoman.open("world.duckdb")

Nothing is loaded until it is asked for: `import dragoman` costs a few milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dragoman.api import Coder, Record, Result, Tally, code_files, load, open
    from dragoman.errors import DragomanError
    from dragoman.records import Event, EventMention, Problem, Report

_WHERE = {
    **dict.fromkeys(("Coder", "Record", "Result", "Tally", "code_files", "load", "open"), "dragoman.api"),
    "DragomanError": "dragoman.errors",
    **dict.fromkeys(("Event", "EventMention", "Problem", "Report"), "dragoman.records"),
}

__all__ = [
    "Coder", "DragomanError", "Event", "EventMention", "Problem", "Record", "Report", "Result", "Tally",
    "code_files", "load", "open",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}; it offers {', '.join(__all__)}")
    import importlib

    return getattr(importlib.import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
