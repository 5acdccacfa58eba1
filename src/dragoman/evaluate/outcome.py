"""What a suite gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mistake:
    """One item that was got wrong: which, what was expected, what came, and the words."""

    item: str
    expected: str
    found: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of one suite on one file.

    Attributes:
        n: How many gold items were scored.
        metrics: Name -> value; F1, precision, recall and accuracy in percent (0 to 100), counts as they are.
        confusion: Gold label -> found label -> how often; empty where it has no meaning.
        mistakes: What was wrong, in file order.
    """

    suite: str
    file: str
    n: int
    metrics: Mapping[str, float]
    confusion: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """`{"suite", "file", "n", "metrics"}`."""
        return {
            "suite": self.suite,
            "file": self.file,
            "n": self.n,
            "metrics": {name: round(value, 2) for name, value in self.metrics.items()},
        }
