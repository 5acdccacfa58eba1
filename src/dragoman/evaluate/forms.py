"""Gold files read and checked; one of the wrong form is refused with line and field."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError, NoSuchPathError

Row = Mapping[str, Any]


class GoldFormError(DragomanError):
    """A gold file does not have the form of its suite."""

    def __init__(self, path: str | Path, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {problem}. {remedy}")
        self.path, self.line = str(path), line


def open_text(path: Path) -> io.TextIOBase:
    """UTF-8 text of a file, gzip undone."""
    if not path.exists():
        raise NoSuchPathError(path)
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8")
    return path.open(encoding="utf-8")


def rows(path: Path, *, form: str, required: Mapping[str, type | tuple[type, ...]]) -> Iterator[tuple[int, Row]]:
    """(line number, object) of a JSON Lines gold file whose `required` fields are there and of their type.

    Raises:
        GoldFormError: the first line that is otherwise, with the field.
    """
    with open_text(path) as file:
        number = 0
        try:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise GoldFormError(
                        path, number, f"this is not JSON ({error})", f"A {form} file has one JSON object per line."
                    ) from error
                if not isinstance(row, dict):
                    raise GoldFormError(
                        path, number, "this is not a JSON object", f"A {form} file has one JSON object per line."
                    )
                for name, kind in required.items():
                    if name not in row:
                        raise GoldFormError(
                            path,
                            number,
                            f"the field {name!r} is missing",
                            f"A {form} record has {', '.join(required)}.",
                        )
                    if not isinstance(row[name], kind):
                        wanted = " or ".join(k.__name__ for k in (kind if isinstance(kind, tuple) else (kind,)))
                        raise GoldFormError(
                            path,
                            number,
                            f"the field {name!r} is {type(row[name]).__name__}, not {wanted}",
                            f"See the form of {form}.",
                        )
                yield number, row
        except (UnicodeDecodeError, OSError, EOFError) as error:
            raise GoldFormError(
                path, number + 1, f"the file cannot be read ({error})", "Give UTF-8 text, plain or gzip."
            ) from error
        if number == 0:
            raise GoldFormError(path, 1, "the file is empty", f"A {form} file has one JSON object per line.")


def spans_of(value: Any, *, path: Path, line: int, field: str, text: str) -> tuple[tuple[int, int], ...]:
    """Spans `[[start, end], ...]` checked against the text."""
    found = []
    for span in value or ():
        if not (isinstance(span, Sequence) and len(span) == 2 and all(isinstance(x, int) for x in span)):
            raise GoldFormError(
                path, line, f"{field}: {span!r} is no [start, end]", "Spans are pairs of character offsets."
            )
        start, end = span
        if not 0 <= start < end <= len(text):
            raise GoldFormError(
                path,
                line,
                f"{field}: [{start}, {end}] lies outside the text of {len(text)} characters",
                "Offsets count from 0, end-exclusive.",
            )
        found.append((start, end))
    return tuple(found)


def day(value: Any) -> date | None:
    """A date field of a gold file; None for a missing or partial one."""
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
