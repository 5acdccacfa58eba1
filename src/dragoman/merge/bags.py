"""Small sets of numbers, one a mention, as tables that are compared for many pairs at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.merge.features import packed

Positions = NDArray[np.int64]

BY_SORTING = 64
"""Comparisons of one pair's numbers from which it is quicker to sort them."""


class Bags:
    """Sets (`features.packed`) as a table, shape (width, mentions), padded with zeros; `size` and `long`, shape (mentions,).

    Sets of more than `width` numbers are not in the table: `long` says so, and who asks about them gets 0.
    """

    def __init__(self, bags: Sequence[bytes], width: int) -> None:
        self.size = np.fromiter(map(len, bags), dtype=np.int32, count=len(bags)) // 4
        self.long = self.size > width
        self._table = np.zeros((max(1, min(width, int(self.size.max(initial=0)))), len(bags)), dtype=np.uint32)
        column = np.repeat(np.arange(len(bags)), self.size)
        row = np.arange(len(column)) - np.repeat(np.cumsum(self.size) - self.size, self.size)
        fits = ~self.long[column]
        self._table[row[fits], column[fits]] = np.frombuffer(b"".join(bags), dtype=np.uint32)[fits]

    def shared(self, one: Positions, two: Positions, other: Bags | None = None, least: int = 1) -> NDArray[np.int64]:
        """How many numbers from `least` up are in both of each pair, shape (pairs,); the second of another table, if given."""
        second = other or self
        a = self._table[: int(self.size[one].max(initial=0)), one]
        b = second._table[: int(second.size[two].max(initial=0)), two]
        if len(a) * len(b) > BY_SORTING:  # what both have stands side by side once a pair's numbers are sorted
            both = np.ascontiguousarray(np.concatenate((a, b)).T)
            both.sort(axis=1)
            twice: NDArray[np.int64] = np.count_nonzero((both[:, 1:] == both[:, :-1]) & (both[:, 1:] >= least), axis=1)
            return twice
        found = np.zeros(len(one), dtype=np.uint8)
        for mine in a:  # row by row: one comparison of long columns each, which is quicker than all against all at once
            met = np.zeros(len(one), dtype=np.uint8)
            for theirs in b:
                met += mine == theirs
            found += met * (mine >= least)
        return found.astype(np.int64)

    def overlap(self, one: Positions, two: Positions, other: Bags | None = None) -> NDArray[np.float64]:
        """What they share as a part of the smaller one, in [0, 1], shape (pairs,); 0 where one of them is empty."""
        least = np.minimum(self.size[one], (other or self).size[two])
        return self.shared(one, two, other) / np.maximum(least, 1)


class Numbering:
    """A number from 1 for every value that is asked about."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}

    def bags(self, sets: Iterable[frozenset[Any]], width: int) -> Bags:
        """Sets of values as a table; many mentions have the same set."""
        known, done = self._known, dict[frozenset[Any], bytes]()
        rows = []
        for values in sets:
            if values not in done:
                done[values] = packed([known.setdefault(v, len(known) + 1) for v in values])
            rows.append(done[values])
        return Bags(rows, width)
