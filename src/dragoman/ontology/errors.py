"""What can go wrong with an ontology; each error names the place and the remedy.

DragomanError
├── OntologyFileError       a line of an ontology file cannot be used
├── UnknownCodeError        a code is not part of the ontology it was looked up in
└── UnknownOntologyError    no ontology of this name or edition
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from dragoman.errors import DragomanError


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like `word`, whatever its case; None if none is like it.

    Where only one word is known, it is that one.
    """
    if len(known) == 1:
        return next(iter(known))
    by_lower = {k.lower(): k for k in sorted(known)}
    near = get_close_matches(word.lower(), list(by_lower), n=1)
    return by_lower[near[0]] if near else None


class OntologyFileError(DragomanError):
    """A line of an ontology file cannot be used; prints `FILE:LINE: what. remedy`."""

    def __init__(self, what: str, *, file: str, line: int, remedy: str) -> None:
        super().__init__(f"{file}:{line}: {what}. {remedy}")
        self.what, self.file, self.line, self.remedy = what, file, line, remedy


class UnknownCodeError(DragomanError, KeyError):
    """A code is not part of the ontology it was looked up in."""

    def __init__(
        self, code: str, *, ontology: str, known: Collection[str], where: str = "", kind: str = "code"
    ) -> None:
        near = nearest(code, known)
        remedy = f"Did you mean {near!r}?" if near else _listing(known)
        place = f"{where}: " if where else ""
        self.message = f"{place}{ontology} has no {kind} {code!r}. {remedy}"
        super().__init__(self.message)
        self.code, self.ontology, self.where = code, ontology, where

    def __str__(self) -> str:  # KeyError would print the repr
        return self.message


class UnknownOntologyError(DragomanError):
    """No ontology of this name or edition is registered."""

    def __init__(self, name: str, *, edition: str | None, known: Collection[str]) -> None:
        asked = name if edition is None else f"{name} {edition}"
        near = nearest(asked, known)
        hint = f"Did you mean {near!r}? " if near else ""
        super().__init__(
            f"there is no ontology {asked!r}. {hint}Known: {', '.join(sorted(known))}. "
            "Your own is loaded from its file with `load_ontology(path)`."
        )
        self.name, self.edition = name, edition


def _listing(known: Collection[str]) -> str:
    some = sorted(known)
    return f"Known: {', '.join(some)}." if len(some) <= 40 else f"It has {len(some)} codes."
