"""Where punctuation hangs in a tree: by the rules of Universal Dependencies, which leave little to learn.

A mark that sets off a phrase hangs on that phrase's head, one between two members of a list on the later member, one of a pair
on the head of what the pair holds, always as high as it can without crossing an arc, and the stop at the end on the root
(universaldependencies.org/u/dep/punct.html). Words count from 0 and -1 is the root, as in `trees`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", '"': '"', "‘": "’", "«": "»", "``": "''", "'": "'"}
STOPS = frozenset([".", "!", "?"])
FREE = frozenset(["...", "…", "..", ">", ">>", "*", "/"])
"""Marks that no rule places: they stand for pauses, quotes of letters, items of lists."""

GAIN = 3.0
"""Added to the score (log-odds) of the head that the rule gives. Chosen on the development parts of EWT and GUM news, where the
parser alone places 89.7 and 86.4 in a hundred marks rightly, the rules alone 90.5 and 91.4, both together 90.8 and 89.9."""


def punctuated(words: Sequence[str], heads: Sequence[int], marks: Sequence[bool]) -> list[int]:
    """The heads with every mark where the rules put it.

    Args:
        marks: Which words are punctuation. One that holds other words stays where it is.
    """
    found = list(heads)
    frame = _Frame(heads, marks)
    if frame.root < 0:
        return found
    pairs = _pairs(words, marks)
    last = max((i for i, mark in enumerate(marks) if not mark), default=-1)
    holding = set(heads)
    for at, word in enumerate(words):
        if not marks[at] or word in FREE or at in holding:
            continue
        inside = frame.within(at, pairs[at]) if at in pairs else None
        if inside is not None:
            found[at] = inside
        elif word in STOPS and at > last:
            found[at] = frame.root
        else:
            found[at] = frame.beside(at, final=word in STOPS)
    return found


def replaced(words: Sequence[str], heads: Sequence[int], marks: Sequence[bool], arcs: NDArray[np.float32]) -> list[int]:
    """The heads with those marks moved to where the rules put them that the parser does not hold to surely elsewhere.

    Args:
        arcs: Log-odds of heads, shape (words, words + 1), column 0 the root.
    """
    if not any(marks):
        return list(heads)
    ruled = punctuated(words, heads, marks)
    return [
        rule if arcs[at, rule + 1] + GAIN > arcs[at, head + 1] else head
        for at, (head, rule) in enumerate(zip(heads, ruled, strict=True))
    ]


class _Frame:
    """The tree of the words that are no marks, with the stretch of words that each heads."""

    def __init__(self, heads: Sequence[int], marks: Sequence[bool]) -> None:
        self._marks = marks
        self._parent = [self._held(heads, marks, i) for i in range(len(heads))]
        self._first, self._last = list(range(len(heads))), list(range(len(heads)))
        self.root = next((i for i, p in enumerate(self._parent) if p < 0 and not marks[i]), -1)
        for word, mark in enumerate(marks):
            at = -1 if mark else word
            while at >= 0:
                self._first[at], self._last[at] = min(self._first[at], word), max(self._last[at], word)
                at = self._parent[at]

    @staticmethod
    def _held(heads: Sequence[int], marks: Sequence[bool], word: int) -> int:
        head = heads[word]
        while head >= 0 and marks[head]:
            head = heads[head]
        return head

    def _depth(self, word: int) -> int:
        depth = 0
        while self._parent[word] >= 0:
            word, depth = self._parent[word], depth + 1
        return depth

    def _under(self, word: int, other: int) -> bool:
        while word >= 0 and word != other:
            word = self._parent[word]
        return word == other

    def within(self, one: int, other: int) -> int | None:
        """The head of what stands between two marks, the highest if there are several; None if nothing does."""
        first, last = sorted((one, other))
        tops = [i for i in range(first + 1, last) if not self._marks[i] and not first < self._parent[i] < last]
        return min(tops, key=self._depth, default=None)

    def beside(self, at: int, *, final: bool) -> int:
        """Of the highest words to the left and right that keep the mark outside their stretches, the lower one."""
        left = next((i for i in range(at - 1, -1, -1) if not self._marks[i]), None)
        right = None if final else next((i for i in range(at + 1, len(self._marks)) if not self._marks[i]), None)
        if left is not None:
            while 0 <= self._parent[left] < at and self._last[left] < at:
                left = self._parent[left]
        if right is not None:
            while self._parent[right] > at and self._first[right] > at:
                right = self._parent[right]
        if left is None or right is None:
            return self.root if left is None and right is None else right if left is None else left  # type: ignore[return-value]
        if self._under(left, right) or self._under(right, left):
            return left if self._under(left, right) else right
        return right if self._depth(right) >= self._depth(left) else left


def _pairs(words: Sequence[str], marks: Sequence[bool]) -> dict[int, int]:
    """Brackets and quotation marks that belong together, each to the other."""
    found: dict[int, int] = {}
    open_: list[int] = []
    closing = set(PAIRS.values())
    for at, word in enumerate(words):
        if not marks[at]:
            continue
        match = next((i for i in reversed(range(len(open_))) if PAIRS[words[open_[i]]] == word), None)
        if word in closing and match is not None:
            found[open_[match]], found[at] = at, open_[match]
            del open_[match:]
        elif word in PAIRS:
            open_.append(at)
    return found
