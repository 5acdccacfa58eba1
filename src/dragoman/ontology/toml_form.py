"""A TOML file read entry by entry, so that every complaint can name its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.ontology.errors import OntologyFileError, nearest

_HEADER = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the file: its values, its name in messages, its first line and the lines it spans."""

    values: Mapping[str, Any]
    called: str
    file: str
    first: int
    lines: tuple[str, ...]
    used: set[str] = field(default_factory=set)

    def refuse(self, what: str, remedy: str, key: str = "") -> OntologyFileError:
        """The error that names this section, and the line of `key` if it has one."""
        prefix = f"{self.called}: " if self.called else ""
        return OntologyFileError(prefix + what, file=self.file, line=self._line(key), remedy=remedy)

    def _line(self, key: str) -> int:
        if key:
            pattern = re.compile(rf"\s*{re.escape(key)}\s*=")
            for offset, line in enumerate(self.lines):
                if pattern.match(line):
                    return self.first + offset
        return self.first

    def _take(self, key: str, kind: type | tuple[type, ...], called: str, default: object) -> Any:
        self.used.add(key)
        value = self.values.get(key, _MISSING)
        if value is _MISSING:
            if default is _MISSING:
                raise self.refuse(f"{key!r} is missing", f"Add a line `{key} = ...` ({called}).")
            return default
        right = isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool)
        if not right:
            raise self.refuse(f"{key!r} is {value!r}", f"It must be {called}.", key)
        return value

    def text(self, key: str, default: Any = _MISSING) -> str:
        """A text value; without a default it must be there and not empty."""
        value: str = self._take(key, str, "a text in double quotes", default)
        if default is _MISSING and not value.strip():
            raise self.refuse(f"{key!r} is empty", "Write the text.", key)
        return value.strip() if isinstance(value, str) else value

    def code(self, key: str = "code") -> str:
        """A code: one word of letters, digits, `-` and `_`."""
        value = self.text(key)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", value):
            raise self.refuse(f"{key} {value!r} is not one plain word", "Use letters, digits, - and _ only.", key)
        return value

    def number(self, key: str) -> float | None:
        """A number, or None when the key is not there."""
        value: float | None = self._take(key, (int, float), "a number", None)
        return None if value is None else float(value)

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value: bool = self._take(key, bool, "true or false", default)
        return value

    def one_of(self, key: str, known: Collection[str], default: Any = _MISSING) -> str:
        """A text that must be one of some words."""
        value = self.text(key, default)
        if value != default and value not in known:
            near = nearest(value, known)
            hint = f"Did you mean {near!r}?" if near else f"Known: {', '.join(sorted(known))}."
            raise self.refuse(f"{key!r} is {value!r}, which is not known", hint, key)
        return value

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, list, 'a list of texts, like ["a", "b"]', None)
        if value is None:
            return default
        if not all(isinstance(word, str) for word in value):
            raise self.refuse(f"{key!r} holds something that is no text", 'Write ["a", "b"].', key)
        return tuple(value)

    def mapping(self, key: str) -> dict[str, str]:
        """A small table of texts by name, such as `{ manual = "release" }`."""
        value: dict[str, Any] = self._take(key, dict, 'a table like { manual = "release" }', {})
        if not all(isinstance(v, str) for v in value.values()):
            raise self.refuse(f"{key!r} holds something that is no text", "Use quotes.", key)
        return value

    def inline(self, key: str) -> list[Mapping[str, Any]]:
        """A list of small tables or plain texts; a plain text stands for `{ text = "..." }`."""
        value = self._take(key, list, "a list of sentences", [])
        entries: list[Mapping[str, Any]] = []
        for entry in value:
            if not isinstance(entry, str | dict):
                raise self.refuse(f"{key!r} holds {entry!r}", 'Write { text = "..." }.', key)
            entries.append({"text": entry} if isinstance(entry, str) else entry)
        return entries

    def child(self, values: Mapping[str, Any], key: str) -> Section:
        """A section for one inline table of `key`, placed at that key's line."""
        at = self._line(key)
        sample = values.get("text")
        if isinstance(sample, str):
            for offset, line in enumerate(self.lines):
                if sample[:40] in line:
                    at = self.first + offset
                    break
        return Section(values, f"{self.called} {key}", self.file, at, ())

    def finish(self) -> None:
        """Refuse keys that nobody asked for: they are misspelt."""
        for key in self.values:
            if key not in self.used:
                near = nearest(key, self.used)
                hint = f"Did you mean {near!r}?" if near else "Remove it."
                raise self.refuse(f"there is no field {key!r}", hint, key)


class TomlForm:
    """A parsed TOML file with the lines of its `[[...]]` headers."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise OntologyFileError(
                f"byte {error.start} is not UTF-8", file=self.file, line=1, remedy="Save it as UTF-8."
            ) from error
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            raise OntologyFileError(
                f"not readable as TOML: {error}",
                file=self.file,
                line=int(line.group(1)) if line else max(1, text.count("\n")),
                remedy="Look for a missing quote, bracket or equals sign.",
            ) from error
        self.lines = tuple(text.splitlines())
        found = [(i, _HEADER.match(line)) for i, line in enumerate(self.lines)]
        self._headers = [(i, m.group(1)) for i, m in found if m]

    def top(self) -> Section:
        """The keys before the first header."""
        end = self._headers[0][0] if self._headers else len(self.lines)
        return Section(self.data, "", self.file, 1, self.lines[:end])

    def sections(self, name: str, children: tuple[str, ...] = ()) -> list[tuple[Section, dict[str, list[Section]]]]:
        """All `[[name]]` tables, each with its `[[name.child]]` tables by child."""
        places = self._places(name)
        result = []
        for number, values in enumerate(self._tables(self.data, name, self.top())):
            place, nested = places[number] if number < len(places) else ((0, len(self.lines)), {})
            own = {k: v for k, v in values.items() if k not in children}
            called = f"{name} {_code(values)}"
            section = self._section(called, own, place)
            below: dict[str, list[Section]] = {}
            for child in children:
                at = nested.get(child, [])
                below[child] = [
                    self._section(f"{called} {child} {_code(v)}", v, at[i] if i < len(at) else place)
                    for i, v in enumerate(self._tables(values, child, section))
                ]
            result.append((section, below))
        return result

    @staticmethod
    def _tables(values: Mapping[str, Any], name: str, inside: Section) -> list[dict[str, Any]]:
        tables = values.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            raise inside.refuse(f"{name!r} is no list of tables", f"Write [[{name}]] before each.", name)
        return tables

    def _section(self, called: str, values: Mapping[str, Any], place: tuple[int, int]) -> Section:
        start, end = place
        return Section(values, called.strip(), self.file, start + 1, self.lines[start:end])

    def _places(self, name: str) -> list[tuple[tuple[int, int], dict[str, list[tuple[int, int]]]]]:
        """Line ranges of the `[[name]]` headers in order, each with those of its children."""
        ends = [i for i, _ in self._headers[1:]] + [len(self.lines)]
        places: list[tuple[tuple[int, int], dict[str, list[tuple[int, int]]]]] = []
        for (start, header), end in zip(self._headers, ends, strict=True):
            if header == name:
                places.append(((start, end), {}))
            elif header.startswith(name + ".") and places:
                places[-1][1].setdefault(header[len(name) + 1 :], []).append((start, end))
        return places


def _code(values: Mapping[str, Any]) -> str:
    code = values.get("code", values.get("base_type", ""))
    return code if isinstance(code, str) else ""
