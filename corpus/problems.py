"""Trouble in a corpus file: data to be listed, and one error for readers that need a clean corpus."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place, and what to do. `grave` problems make a file unusable, others are warnings."""

    file: str
    line: int
    code: str
    message: str
    remedy: str
    grave: bool = True

    def __str__(self) -> str:
        kind = "error" if self.grave else "warning"
        return f"{self.file}:{self.line}: {kind} [{self.code}] {self.message} {self.remedy}"


Report = Callable[[Problem], None]


class CorpusFormatError(ValueError):
    """A corpus file breaks the format; `problems` lists every place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        shown = "\n".join(str(p) for p in problems[:20])
        more = f"\n... and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(f"{shown}{more}\n`python -m corpus.check` lists all of them.")
        self.problems = tuple(problems)


def suggestion(word: str, known: Collection[str], otherwise: str) -> str:
    """A remedy for an unknown word: the nearest known one, or the advice given."""
    near = get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else otherwise
