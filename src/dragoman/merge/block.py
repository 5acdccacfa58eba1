"""Who might match at all: mentions that share a party or a place, on days within reach; near linear in their number."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

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
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def candidate_pairs(mentions: Sequence[Features]) -> Iterator[Pairs]:
    """Positions (i, j), i < j, of pairs worth judging, in batches of at most BATCH; a pair may come more than once.

    `mentions` must be in their own order (`Features.order`); then the pairs depend on the set of mentions alone.
    """
    spans = [days(m) or (m.published or 0, m.published or 0) for m in mentions]
    start, end = (np.array([s[side] for s in spans], dtype=np.int32) for side in (0, 1))
    for keys, neighbours in ((narrow, NARROW_NEIGHBOURS), (wide, WIDE_NEIGHBOURS)):
        block, member = _membership(mentions, keys)
        order = np.lexsort((member, start[member], block))
        yield from _neighbours(block[order], member[order], start, end, neighbours)


def _neighbours(
    block: NDArray[np.uint64], member: NDArray[np.int32], start: NDArray[np.int32], end: NDArray[np.int32], most: int
) -> Iterator[Pairs]:
    """Pairs of members of one block at most so many places and REACH_DAYS apart."""
    for ahead in range(1, most + 1):
        one, two = member[:-ahead], member[ahead:]
        near = (block[:-ahead] == block[ahead:]) & (start[two] <= end[one] + REACH_DAYS) & (one != two)
        if not near.any():
            break
        low, high = np.minimum(one[near], two[near]).astype(np.int64), np.maximum(one[near], two[near])
        found = np.unique((low << 32) | high)
        for first in range(0, len(found), BATCH):
            batch = found[first : first + BATCH]
            yield batch >> 32, batch & 0xFFFFFFFF


def _membership(
    mentions: Sequence[Features], keys: Callable[[Features], Iterable[str]]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """(hash of the block, position of the mention), one entry for every block that a mention is in."""
    blocks, members = array("Q"), array("i")
    for position, mention in enumerate(mentions):
        for key in keys(mention):
            blocks.append(_hashed(key))
            members.append(position)
    return np.frombuffer(blocks, dtype=np.uint64), np.frombuffer(members, dtype=np.int32)


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
