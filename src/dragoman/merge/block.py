"""Who might match at all: mentions that share a party or a place, on days within reach; near linear in their number."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.merge.clue_circumstances import days
from dragoman.merge.features import Features

REACH_DAYS = 7
"""Mentions whose days lie further apart are never compared; reports of one event rarely date it more than a day or two apart,
or a week where one's "Tuesday" was taken for the next."""

NARROW_NEIGHBOURS, WIDE_NEIGHBOURS = 16, 8
"""Within a block each mention is compared with at most so many next ones: bounds the work on days of saturation coverage,
where the narrow blocks (pair, type and word) still bring like mentions together."""

BATCH = 1 << 19
"""Pairs given at once: bounds the memory that judging them takes."""

WINDOW = 1 << 14
"""Mentions whose pairs are collected at once, in the order of their days: a pair that several blocks bring together is judged once."""

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


class Blocks(NamedTuple):
    """The blocks of one mention: 64-bit hashes of the narrow and of the wide ones, eight bytes each."""

    narrow: bytes
    wide: bytes


def blocks_of(mention: Features) -> Blocks:
    """The blocks that a mention is in."""
    return Blocks(*(array("Q", map(_hashed, keys(mention))).tobytes() for keys in (narrow, wide)))


def candidate_pairs(mentions: Sequence[Features], blocks: Sequence[Blocks] | None = None) -> Iterator[Pairs]:
    """Positions (i, j), i < j, of pairs worth judging, each pair once; in batches of at most BATCH.

    `mentions` must be in their own order (`Features.order`); then the pairs depend on the set of mentions alone.

    Args:
        blocks: `blocks_of` each mention, where they are known already.
    """
    found_blocks = [*map(blocks_of, mentions)] if blocks is None else blocks
    spans = [days(m) or (m.published or 0, m.published or 0) for m in mentions]
    start, end = (np.array([s[side] for s in spans], dtype=np.int32) for side in (0, 1))
    by_day = np.argsort(start, kind="stable")
    rank = np.empty_like(by_day)
    rank[by_day] = np.arange(len(by_day))
    sorts = [
        _Sort(*_membership([b[sort] for b in found_blocks]), rank, most)
        for sort, most in enumerate((NARROW_NEIGHBOURS, WIDE_NEIGHBOURS))
    ]
    for first in range(0, len(mentions), WINDOW):
        found = _distinct(np.concatenate([s.pairs(first, first + WINDOW, start, end) for s in sorts]))
        for start_at in range(0, len(found), BATCH):
            batch = found[start_at : start_at + BATCH]
            yield batch >> 32, batch & 0xFFFFFFFF


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, in order; what `np.unique` gives, which is several times slower for a million of them."""
    numbers.sort()
    return numbers[np.diff(numbers, prepend=numbers[:1] - 1) > 0]


class _Sort:
    """Blocks of one sort, their members side by side in the order of days."""

    def __init__(
        self, block: NDArray[np.uint64], member: NDArray[np.int32], rank: NDArray[np.int64], most: int
    ) -> None:
        order = np.lexsort((rank[member], block))
        self._block, self._member, self._most = block[order], member[order], most
        ranks = rank[self._member]
        self._entries = np.argsort(ranks, kind="stable")
        self._ranks = ranks[self._entries]

    def pairs(self, first: int, last: int, start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.int64]:
        """(i << 32) | j of pairs whose earlier one's rank by day is in [first, last), at most so many places and REACH_DAYS apart."""
        here = self._entries[slice(*np.searchsorted(self._ranks, (first, last)))]
        found = [np.empty(0, dtype=np.int64)]
        for ahead in range(1, self._most + 1):
            here = here[here + ahead < len(self._block)]
            here = here[self._block[here] == self._block[here + ahead]]
            one, two = self._member[here], self._member[here + ahead]
            near = (start[two] <= end[one] + REACH_DAYS) & (one != two)
            found.append((np.minimum(one[near], two[near]).astype(np.int64) << 32) | np.maximum(one[near], two[near]))
        return np.concatenate(found)


def _membership(hashes: Sequence[bytes]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """(hash of the block, position of the mention), one entry for every block that a mention is in."""
    sizes = np.fromiter(map(len, hashes), dtype=np.int64, count=len(hashes)) // 8
    members = np.repeat(np.arange(len(hashes), dtype=np.int32), sizes)
    return np.frombuffer(b"".join(hashes), dtype=np.uint64), members


@lru_cache(maxsize=1 << 17)
def _hashed(key: str) -> int:
    """64 bits that do not change from run to run (Python's own hash of text does)."""
    data = key.encode()
    return (zlib.crc32(data) << 32) | zlib.adler32(data[::-1], zlib.crc32(data[::-1]))


def narrow(mention: Features) -> Iterator[str]:
    """The blocks of a mention that hold few others: its pairs of countries with the type; each country with the type, the
    word for the act and its kind; persons and bodies; further names with the type; its place and its report with the type."""
    kind = mention.base_type
    countries = sorted(mention.actor_countries | mention.recipient_countries)
    yield from (f"pair {a} {b} {kind}" for a, b in combinations(countries, 2))
    for country in countries:
        yield f"act {country} {mention.trigger}"
        yield f"country {country} {kind}"
        yield from (f"kind of act {country} {group}" for group in mention.acts)
    parties = mention.actors | mention.recipients
    yield from (f"who {who}" for who in parties if who.startswith(("per:", "org:", "new:")))
    if not countries:
        yield from (f"party {who} {kind}" for who in parties)
    yield from (f"name {name} {kind}" for name in mention.names)
    if mention.place and mention.place[2] != "country":
        yield f"place {mention.place[0]} {kind}"
    yield f"report {mention.report} {kind}"


def wide(mention: Features) -> Iterator[str]:
    """The blocks that bring together accounts which give the act another type: pairs, countries, names, place; and those
    that name no country, by day and type."""
    countries = sorted(mention.actor_countries | mention.recipient_countries)
    yield from (f"pair {a} {b}" for a, b in combinations(countries, 2))
    yield from countries
    yield from (f"name {name}" for name in mention.names)
    if mention.place and mention.place[2] != "country":
        yield f"place {mention.place[0]}"
    if mention.start is not None and mention.start == mention.end:
        yield f"day {mention.start} {mention.base_type}"
