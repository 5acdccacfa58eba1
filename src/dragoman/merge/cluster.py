"""Verdicts to groups: the surest links first, and none that joins what cannot be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.merge.block import candidate_pairs
from dragoman.merge.clues import judge
from dragoman.merge.features import Features

THRESHOLD = 0.5
"""A link is made above this probability."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a mention was joined to its event: to which mention, how surely, in words."""

    mention: str
    joined_to: str
    probability: float
    because: str


def cluster(
    mentions: Sequence[Features], *, together: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = ()
) -> tuple[list[list[str]], Mapping[str, Verdict]]:
    """Groups of mention ids, first mention first; and for each further mention why it was joined.

    The result depends on the set of mentions alone, not on their order. `together` and `apart` are decisions made
    by hand; they win over every clue.
    """
    links = sorted(
        (
            (-p, a.order, b.order, a, b, found)
            for a, b in candidate_pairs(mentions)
            for p, found in (judge(a, b),)
            if p > THRESHOLD
        ),
        key=lambda link: link[:3],
    )
    by_key = {m.key: m for m in mentions}
    forest = _Forest(by_key, frozenset(frozenset(pair) for pair in apart))
    verdicts: dict[str, Verdict] = {}
    for one, two in together:
        if one in by_key and two in by_key:
            forest.join(one, two, force=True)
            verdicts.setdefault(two, Verdict(two, one, 1.0, "joined by hand"))
    for minus_p, _, _, a, b, found in links:
        if forest.join(a.key, b.key):
            first, second = (a, b) if a.order < b.order else (b, a)
            words = ", ".join(f.because for f in found[:4])
            verdicts.setdefault(second.key, Verdict(second.key, first.key, -minus_p, words))
    groups = sorted(
        (sorted(group, key=lambda k: by_key[k].order) for group in forest.groups()), key=lambda g: by_key[g[0]].order
    )
    return groups, verdicts


def cannot_be_one(a: Features, b: Features) -> bool:
    """Two triggers of one sentence with different types, or statuses, are two events: a plan and the act, an act and its answer."""
    return (
        a.report == b.report
        and a.sentence == b.sentence
        and (a.base_type != b.base_type or a.trigger_at == b.trigger_at)
    )


class _Forest:
    """Union-find whose joins are refused when any two members cannot be one event."""

    def __init__(self, by_key: Mapping[str, Features], apart: frozenset[frozenset[str]]) -> None:
        self._by_key, self._apart = by_key, apart
        self._parent = {key: key for key in by_key}
        self._members = {key: [key] for key in by_key}
        self._sentences = {key: {(f.report, f.sentence): [key]} for key, f in by_key.items()}
        self._split = {key for pair in apart for key in pair}

    def _root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, a: str, b: str, *, force: bool = False) -> bool:
        """Join the groups of two mentions; False when they are one already or may not be."""
        ra, rb = self._root(a), self._root(b)
        if ra == rb or (not force and self._barred(ra, rb)):
            return False
        if len(self._members[ra]) < len(self._members[rb]):
            ra, rb = rb, ra
        self._parent[rb] = ra
        self._members[ra] += self._members.pop(rb)
        for sentence, keys in self._sentences.pop(rb).items():
            self._sentences[ra].setdefault(sentence, []).extend(keys)
        return True

    def _barred(self, ra: str, rb: str) -> bool:
        small, large = sorted((self._sentences[ra], self._sentences[rb]), key=len)
        for sentence, keys in small.items():
            for other in large.get(sentence, ()):
                if any(cannot_be_one(self._by_key[key], self._by_key[other]) for key in keys):
                    return True
        if self._split and (self._split & set(self._members[ra])):
            return any(frozenset((x, y)) in self._apart for x in self._members[ra] for y in self._members[rb])
        return False

    def groups(self) -> Iterable[list[str]]:
        """The groups as they stand."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self._parent:
            found[self._root(key)].append(key)
        return found.values()
