"""What a clue says of two mentions, and the comparisons that several clues make."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dragoman.merge.features import Features


@dataclass(frozen=True, slots=True)
class Finding:
    """What a clue found: `strength` in [0, 1] (0: nothing to say), and the words for it."""

    strength: float
    because: str


NOTHING = Finding(0.0, "")


def one_sentence(a: Features, b: Features) -> bool:
    """Whether both stand in the very same sentence, whose words then prove nothing."""
    return a.report == b.report and a.sentence == b.sentence


def cosine(a: frozenset[int], b: frozenset[int]) -> float:
    """Of two sets of words."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0
