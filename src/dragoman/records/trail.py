"""Why a field has its value: the steps that led there, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One reason for one field.

    Attributes:
        field: The field of the event it explains: "event_type", "actors", "date_start", ...
        by: What decided: "model", "rule:<name>", "table:<file>", "lexicon:<entry>", "option", "default".
        because: One clause in words, fit to be shown to the reader.
        score: Probability that the deciding part gave, or None where it is a rule or table.
    """

    field: str
    by: str
    because: str
    score: float | None = None


Trail = tuple[Step, ...]
