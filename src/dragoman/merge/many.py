"""The clues for many pairs at once: the same log-odds as `clues.judge` gives, without the words for them.

What numbers and parties tell is worked out by columns; what depends on one value of each (type, word for the act, contexts,
place) is looked at once for every two values that meet; parties, and then the words of two sentences, are compared only where
the rest leaves a chance.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.merge import clues
from dragoman.merge.bags import Bags, Positions
from dragoman.merge.clue_circumstances import SOON, TOLD_TOGETHER, days
from dragoman.merge.clue_parties import persons
from dragoman.merge.features import Features, packed
from dragoman.merge.many_parties import NAMES as PARTIES
from dragoman.merge.many_parties import Parties

REMEMBERED = 1_000_000
"""Pairs of sets whose clues are kept; beyond, they are worked out again."""

TABLED = 2_000
"""Up to so many different values every two have a cell of a table; beyond, those that met are kept by name."""

Numbers = NDArray[Any]
Key = Callable[[Features], Hashable]
GROUPS: tuple[tuple[Key, tuple[str, ...]], ...] = (
    (lambda m: (m.base_type, m.mode), ("same type", "near type", "other type", "same mode", "other mode")),
    (lambda m: (m.trigger, m.acts), ("same trigger", "same kind of act")),
    (lambda m: m.contexts, ("same topics",)),
    (lambda m: (m.place, m.at), ("same place", "other place")),
    (persons, ("other persons",)),
)
"""What of a mention decides which clues."""

SENTENCE = ("like parties", "same names", "other towns", "other names", "same figures", "like words")
"""Clues that compare two sentences."""

HOPELESS = -1.1
"""Log-odds that a pair must be able to reach to be looked at further; below any threshold for links."""

AT_ONCE = 1 << 14
"""Pairs whose words are compared in one go."""


class Many:
    """The features of all mentions as columns, shape (mentions,) each."""

    def __init__(self, mentions: Sequence[Features]) -> None:
        self._mentions = mentions
        self._weight = {clue.name: clue.weight for clue in clues.CLUES}
        looks = {clue.name: clue.look for clue in clues.CLUES}
        self._looks = looks
        self._groups = [_Sets(mentions, key, [(looks[n], self._weight[n]) for n in names]) for key, names in GROUPS]
        self._parties = Parties(mentions)
        self._most_words = sum(max(0.0, self._weight[name]) for name in SENTENCE)
        self._most = self._most_words + sum(max(0.0, self._weight[name]) for name in PARTIES)
        self._words, self._names = (
            Bags([m.word_bytes for m in mentions], 28),
            Bags([m.name_bytes for m in mentions], 10),
        )
        self._sides, self._towns = (
            Bags([m.side_bytes for m in mentions], 16),
            Bags([m.town_bytes for m in mentions], 6),
        )
        self._figures = Bags([packed(m.figures) for m in mentions], 6)
        self._report = _numbered(m.report for m in mentions)
        self._sentence = np.array([(m.sentence[0] << 32) | m.sentence[1] for m in mentions], dtype=np.int64)
        self._clause = np.array([m.clause for m in mentions], dtype=np.int32)
        self._act = _numbered(_act(m) for m in mentions)
        self._history = np.array([m.status == "historical" for m in mentions], dtype=bool)
        spans = [days(m) for m in mentions]
        self._dated = np.array([s is not None for s in spans], dtype=bool)
        self._published = np.array([-1 if m.published is None else m.published for m in mentions], dtype=np.int32)
        self._day = np.array([m.start is not None and m.start == m.end for m in mentions], dtype=bool)
        self._day_known = np.array([m.start is not None for m in mentions], dtype=bool)
        self._told = np.array([m.start is not None and m.end is not None for m in mentions], dtype=bool)
        self._fine = np.array([m.fine for m in mentions], dtype=bool)
        self._start, self._end = (np.array([s[side] if s else 0 for s in spans], dtype=np.int32) for side in (0, 1))

    def log_odds(self, one: Positions, two: Positions) -> NDArray[np.float64]:
        """Of pairs of positions, shape (pairs,); -inf where nothing that is left to look at could lift it above HOPELESS."""
        total = clues.BIAS + self._codes(one, two) + self._days(one, two)
        for group in self._groups:
            total += group.log_odds(one, two)
        found = np.full(len(one), -np.inf)
        hopeful = np.flatnonzero(total + self._most > HOPELESS)
        for first in range(0, len(hopeful), AT_ONCE):
            some = hopeful[first : first + AT_ONCE]
            total[some] += self._parties.log_odds(one[some], two[some])
        hopeful = hopeful[total[hopeful] + self._most_words > HOPELESS]
        for first in range(0, len(hopeful), AT_ONCE):
            some = hopeful[first : first + AT_ONCE]
            found[some] = total[some] + self._sentences(one[some], two[some])
        return found

    def _sentences(self, one: Positions, two: Positions) -> NDArray[np.float64]:
        """What the words of two sentences add, shape (pairs,)."""
        w = self._weight
        words, names = self._words.shared(one, two), self._names.shared(one, two)
        size = np.sqrt(self._words.size[one].astype(float) * self._words.size[two])
        total = w["like words"] * np.minimum(1.0, 1.6 * words / np.maximum(size, 1))
        least = np.minimum(self._names.size[one], self._names.size[two])
        total += w["same names"] * names / np.maximum(least, 1)
        total += np.where((least > 0) & (names == 0), w["other names"], 0.0)
        met = self._names.shared(one, two, self._towns) + self._towns.shared(one, two, self._names)
        apart = (self._towns.size[one] > 0) & (self._towns.size[two] > 0) & (met == 0)
        total += np.where(apart, w["other towns"], 0.0)
        small, large = self._figures.shared(one, two), self._figures.shared(one, two, least=10)
        total += w["same figures"] * np.where(large > 0, 1.0, np.where(small > 0, 0.5, 0.0))
        total[(self._report[one] == self._report[two]) & (self._sentence[one] == self._sentence[two])] = 0.0
        sides = np.sqrt(self._sides.size[one].astype(float) * self._sides.size[two])
        total += w["like parties"] * self._sides.shared(one, two) / np.maximum(sides, 1)
        rare = (
            self._sides.long[one]
            | self._sides.long[two]
            | self._words.long[one]
            | self._words.long[two]
            | self._names.long[one]
            | self._names.long[two]
        )
        rare |= self._towns.long[one] | self._towns.long[two] | self._figures.long[one] | self._figures.long[two]
        for at in np.flatnonzero(rare).tolist():  # a sentence of more words than the tables hold
            a, b = self._mentions[int(one[at])], self._mentions[int(two[at])]
            total[at] = sum(w[name] * self._looks[name](a, b).strength for name in SENTENCE)
        return total

    def _codes(self, one: Positions, two: Positions) -> Numbers:
        w = self._weight
        total = np.where((self._act[one] == self._act[two]) & (self._act[one] > 0), w["same act"], 0.0)
        report = self._report[one] == self._report[two]
        total += np.where(report, w["one report"], 0.0)
        clause = report & (self._sentence[one] == self._sentence[two]) & (self._clause[one] != self._clause[two])
        total += np.where(clause, w["other clause"], 0.0)
        return total + np.where(self._history[one] != self._history[two], w["history against news"], 0.0)

    def _days(self, one: Positions, two: Positions) -> Numbers:
        w = self._weight
        both = self._dated[one] & self._dated[two]
        gap = np.maximum(self._start[one] - self._end[two], self._start[two] - self._end[one])
        width = np.maximum(self._end[one] - self._start[one], self._end[two] - self._start[two]) + 1
        told = np.abs(self._published[one] - self._published[two])
        together = (self._published[one] >= 0) & (self._published[two] >= 0) & (told <= TOLD_TOGETHER)
        same = w["same days"] / (1 + np.log10(np.maximum(width, 1)))
        week = together & (gap == 7) & self._day[one] & self._day[two]
        far = np.where(self._told[one] == self._told[two], 3, SOON)
        touch = (gap == 1) & self._told[one] & self._told[two] & ~(self._fine[one] & self._fine[two])
        apart = np.where(week, w["a week apart"], w["days apart"] * np.minimum(gap / far, 1.0))
        apart = np.where(touch, 0.5 * w["same days"], apart)
        reports = self._report[one] != self._report[two]
        undated = np.where(together & reports, w["told together"] * (1 - told / (TOLD_TOGETHER + 1)), 0.0)
        met = np.where(self._day_known[one] | self._day_known[two], same, undated)
        return np.where(both, np.where(gap <= 0, met, apart), undated)


class _Sets:
    """One thing that mentions have, numbered by value, and the clues that depend on nothing else."""

    def __init__(
        self, mentions: Sequence[Features], key: Callable[[Features], Hashable], looks: Sequence[tuple[Any, float]]
    ) -> None:
        numbers: dict[Hashable, int] = {}
        self._example: list[Features] = []
        of = np.empty(len(mentions), dtype=np.int64)
        for position, mention in enumerate(mentions):
            value = key(mention)
            if value not in numbers:
                numbers[value] = len(numbers)
                self._example.append(mention)
            of[position] = numbers[value]
        self._of, self._looks, self._known = of, looks, dict[int, float]()
        self._count = len(numbers)
        self._table = np.full(self._count**2, np.nan) if self._count <= TABLED else None

    def log_odds(self, one: Positions, two: Positions) -> NDArray[np.float64]:
        """What these clues add, shape (pairs,)."""
        if self._table is not None:
            return self._looked_up(self._table, self._of[one] * self._count + self._of[two])
        if len(self._known) > REMEMBERED:
            self._known.clear()
        pairs, back = np.unique((self._of[one] << 32) | self._of[two], return_inverse=True)
        return np.array([self._pair(pair) for pair in pairs.tolist()], dtype=np.float64)[back]

    def _looked_up(self, table: NDArray[np.float64], cells: Positions) -> NDArray[np.float64]:
        """From a table of every two values, which is filled as they meet."""
        found = table[cells]
        unknown = np.isnan(found)
        if unknown.any():
            for cell in np.unique(cells[unknown]).tolist():
                table[cell] = self._strength(*divmod(cell, self._count))
            found = table[cells]
        return found

    def _pair(self, pair: int) -> float:
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = self._strength(pair >> 32, pair & 0xFFFFFFFF)
        return found

    def _strength(self, one: int, two: int) -> float:
        a, b = self._example[one], self._example[two]
        return float(sum(weight * look(a, b).strength for look, weight in self._looks))


def _act(mention: Features) -> str:
    """The CAMEO act as `clue_acts.same_act` compares it; "" where it says no more than the root."""
    code = mention.cameo or ""
    return code[:3] if code[2:3] not in ("", "0") else ""


def _numbered(values: Iterable[str]) -> NDArray[np.int32]:
    """A number for every value; 0 for ""."""
    known = {"": 0}
    return np.array([known.setdefault(v, len(known)) for v in values], dtype=np.int32)
