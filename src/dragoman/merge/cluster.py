"""Verdicts to groups: the surest links first, and none that joins what cannot be one."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dragoman.merge.block import Blocks, Pairs, candidate_pairs
from dragoman.merge.clues import judge, probability
from dragoman.merge.features import Features
from dragoman.merge.many import Many

LINK = -1.0
"""A link is made above these log-odds: below even, as a wrong one has still to win the witnesses of both groups. Chosen on the
train parts: from -0.4 to -1.5 links are equally precise on stories read there, and lower finds more; on the corpus precision falls from -1.2 on."""

WITNESSES = 3
"""Of either group the first members that must agree before two groups become one."""

AGREEMENT = 0.35
"""Mean probability that the witnesses of both groups must reach: a chain of like events, each linked to the next, stays apart."""


AT_ONCE = 1 << 16
"""Links handed on in one go: as Python numbers, those of a large record would not fit into memory."""

REMEMBERED = 500_000
"""Probabilities of pairs that are kept while groups are joined."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a mention was joined to its event: to which mention, how surely, in words."""

    mention: str
    joined_to: str
    probability: float
    because: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided by hand, as mention ids; it wins over every clue.

    Attributes:
        together: Groups that are one event each.
        apart: Pairs that are not one event.
        pinned: Groups that are one event each, which nothing else may join.
    """

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    pinned: tuple[tuple[str, ...], ...] = field(default=())


NONE_MADE = Decisions()


@dataclass(frozen=True, slots=True)
class Clustered:
    """Groups of positions, first mention first; for each further mention the one it was joined to; and what was joined by hand."""

    groups: list[list[int]]
    joined: dict[int, int]
    by_hand: dict[int, Verdict]


def cluster(
    mentions: Iterable[Features], decisions: Decisions = NONE_MADE
) -> tuple[list[list[str]], Mapping[str, Verdict]]:
    """Groups of mention ids, first mention first; and for each further mention why it was joined.

    The result depends on the set of mentions and the decisions alone, not on the order of either's arrival.
    """
    ordered = sorted(mentions, key=lambda m: m.order)
    found = clustered(ordered, decisions)
    verdicts = {v.mention: v for v in found.by_hand.values()}
    for second, first in found.joined.items():
        verdicts[ordered[second].key] = verdict(ordered[first], ordered[second])
    return [[ordered[i].key for i in group] for group in found.groups], verdicts


def clustered(
    ordered: Sequence[Features],
    decisions: Decisions = NONE_MADE,
    blocks: Sequence[Blocks] | None = None,
    *,
    threads: int = 1,
) -> Clustered:
    """The same by positions, without the words for it; `ordered` is in its own order (`Features.order`).

    Args:
        blocks: `blocks_of` each mention, where they are known already.
        threads: How many judge pairs; with more than one they do so while further pairs are gathered.
    """
    linked = links(ordered, blocks, threads=threads)
    forest = _Forest(ordered, decisions, linked)
    by_hand = dict(forest.decided())
    joined: dict[int, int] = {}
    for i, j in linked.surest_first():
        if forest.join(i, j) and j not in by_hand:
            joined.setdefault(j, i)
    return Clustered(sorted(sorted(group) for group in forest.groups()), joined, by_hand)


def verdict(first: Features, second: Features) -> Verdict:
    """Why the second was joined to the first, in words: the strongest four clues."""
    sure, found = judge(first, second)
    return Verdict(second.key, first.key, sure, ", ".join(f.because for f in found[:4]))


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of positions above the threshold, the first one's in the upper 32 bits, sorted; and their log-odds, shape (links,) each."""

    pairs: NDArray[np.int64]
    odds: NDArray[np.float64]

    def surest_first(self) -> Iterator[tuple[int, int]]:
        """The pairs (i, j), i < j; of equally sure ones the first told."""
        order = np.argsort(-self.odds, kind="stable")
        for start in range(0, len(order), AT_ONCE):
            some = self.pairs[order[start : start + AT_ONCE]]
            yield from zip((some >> 32).tolist(), (some & 0xFFFFFFFF).tolist(), strict=True)

    def probability(self, i: int, j: int) -> float | None:
        """That positions i < j are one event; None where they are no link."""
        pair = (i << 32) | j
        at = int(self.pairs.searchsorted(pair))
        if at == len(self.pairs) or self.pairs[at] != pair:
            return None
        return 1 / (1 + math.exp(-self.odds[at]))


def links(ordered: Sequence[Features], blocks: Sequence[Blocks] | None = None, *, threads: int = 1) -> Links:
    """All pairs above the threshold."""
    many = Many(ordered)
    kept: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    odds: list[NDArray[np.float64]] = [np.empty(0)]
    for (one, two), found in _judged(many, candidate_pairs(ordered, blocks), threads):
        likely = found > LINK
        kept.append((one[likely] << 32) | two[likely])
        odds.append(found[likely])
    pairs, place = np.unique(np.concatenate(kept), return_index=True)
    return Links(pairs, np.concatenate(odds)[place])


def _judged(many: Many, pairs: Iterable[Pairs], threads: int) -> Iterator[tuple[Pairs, NDArray[np.float64]]]:
    """Every batch of pairs with its log-odds, in order; numpy's long loops hold no lock, so that threads are worth while."""
    if threads == 1:
        yield from ((some, many.log_odds(*some)) for some in pairs)
        return
    waiting: deque[tuple[Pairs, Future[NDArray[np.float64]]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for some in pairs:
            waiting.append((some, pool.submit(many.log_odds, *some)))
            if len(waiting) > threads:
                first, judging = waiting.popleft()
                yield first, judging.result()
        for first, judging in waiting:
            yield first, judging.result()


def cannot_be_one(a: Features, b: Features) -> bool:
    """Two triggers of one sentence with different types are two events: a plan and the act, an act and its answer."""
    return (
        a.report == b.report
        and a.sentence == b.sentence
        and (a.base_type != b.base_type or a.trigger_at == b.trigger_at)
    )


class _Forest:
    """Union-find over positions whose joins are refused when any two members cannot be one event."""

    def __init__(self, ordered: Sequence[Features], decisions: Decisions, linked: Links) -> None:
        self._ordered, self._linked = ordered, linked
        self._parent = list(range(len(ordered)))
        self._groups: dict[int, _Group] = {}
        self._at = {m.key: i for i, m in enumerate(ordered)} if decisions != NONE_MADE else {}
        self._decisions = decisions
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._pinned: set[int] = set()
        self._known: dict[int, float] = {}

    def decided(self) -> Iterator[tuple[int, Verdict]]:
        """Carry out what was decided by hand: (position, why) of every mention that was joined."""
        for one, two in self._decisions.apart:
            if one in self._at and two in self._at:
                self._apart[self._at[one]].add(self._at[two])
                self._apart[self._at[two]].add(self._at[one])
        for number, group in enumerate((*self._decisions.pinned, *self._decisions.together)):
            present = sorted(self._at[key] for key in group if key in self._at)
            if number < len(self._decisions.pinned):
                self._pinned.update(present)
            for later in present[1:]:
                self.join(present[0], later, force=True)
                yield later, Verdict(self._ordered[later].key, self._ordered[present[0]].key, 1.0, "joined by hand")

    def join(self, a: int, b: int, *, force: bool = False) -> bool:
        """Join the groups of two mentions; False when they are one already or may not be."""
        ra, rb = self._root(a), self._root(b)
        if ra == rb:
            return False
        one, two = self._group(ra), self._group(rb)
        if not force and self._barred(one, two):
            return False
        self._parent[max(ra, rb)] = min(ra, rb)
        self._groups.pop(max(ra, rb), None)
        self._groups[min(ra, rb)] = one.with_(two) if len(one.members) >= len(two.members) else two.with_(one)
        return True

    def groups(self) -> Iterable[list[int]]:
        """The groups as they stand."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._ordered)):
            found[self._root(i)].append(i)
        return found.values()

    def _root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def _group(self, root: int) -> _Group:
        """The group of a root; one of a single mention is made when asked for."""
        found = self._groups.get(root)
        if found is None:
            mention = self._ordered[root]
            found = _Group([root], [root], {(mention.report, *mention.sentence): [root]})
        return found

    def _barred(self, one: _Group, two: _Group) -> bool:
        if self._pinned and not self._pinned.isdisjoint((*one.members, *two.members)):
            return True
        if self._apart and any(not self._apart[i].isdisjoint(two.members) for i in one.members if i in self._apart):
            return True
        return self._clash(one, two) or not self._agree(one, two)

    def _agree(self, one: _Group, two: _Group) -> bool:
        """Whether the witnesses of both groups find them alike."""
        pairs = [(i, j) for i in one.witnesses for j in two.witnesses]
        if len(pairs) == 1:
            return True
        least, total = AGREEMENT * len(pairs), 0.0
        for left, (i, j) in zip(range(len(pairs) - 1, -1, -1), pairs, strict=True):
            total += self._alike(i, j)
            if total >= least or total + left < least:  # the rest cannot change it
                break
        return total >= least

    def _alike(self, i: int, j: int) -> float:
        """Their probability; remembered, as the first members of busy groups are asked about again and again."""
        first, second = min(i, j), max(i, j)
        key = (first << 32) | second
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._linked.probability(first, second)
            if found is None:  # never compared, or too unlike for a link
                found = probability(self._ordered[first], self._ordered[second])
            self._known[key] = found
        return found

    def _clash(self, one: _Group, two: _Group) -> bool:
        small, large = sorted((one.sentences, two.sentences), key=len)
        return any(
            cannot_be_one(self._ordered[i], self._ordered[j])
            for sentence in small
            if sentence in large
            for i in small[sentence]
            for j in large[sentence]
        )


@dataclass(frozen=True, slots=True)
class _Group:
    """Positions of the members, the first WITNESSES of them in order, and the members by (report, sentence)."""

    members: list[int]
    witnesses: list[int]
    sentences: dict[tuple[str, int, int], list[int]]

    def with_(self, other: _Group) -> _Group:
        """Both as one; this one's lists are used up."""
        self.members.extend(other.members)
        for sentence, positions in other.sentences.items():
            self.sentences.setdefault(sentence, []).extend(positions)
        return _Group(self.members, sorted((*self.witnesses, *other.witnesses))[:WITNESSES], self.sentences)
