"""Who might match at all: mentions that share a party or a place, on days within reach; near linear in their number."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.merge.clues import days
from dragoman.merge.features import Features

REACH_DAYS = 4
"""Mentions whose days lie further apart are never compared; reports of one event rarely date it more than this apart."""

MOST_NEIGHBOURS = 20
"""Within a block each mention is compared with at most so many next ones: bounds the work on days of saturation coverage,
where the narrower blocks (pair, type and word) still bring like mentions together."""


BATCH = 1 << 19
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def candidate_pairs(mentions: Sequence[Features]) -> Iterator[Pairs]:
    """Positions (i, j), i < j, of pairs worth judging, in batches of at most BATCH; a pair may come more than once.

    `mentions` must be in their own order (`Features.order`); then the pairs depend on the set of mentions alone.
    """
    block, member = _membership(mentions)
    spans = [days(m) or (m.published or 0, m.published or 0) for m in mentions]
    start, end = (np.array([s[side] for s in spans], dtype=np.int32) for side in (0, 1))
    order = np.lexsort((member, start[member], block))
    block, member = block[order], member[order]
    for ahead in range(1, MOST_NEIGHBOURS + 1):
        one, two = member[:-ahead], member[ahead:]
        near = (block[:-ahead] == block[ahead:]) & (start[two] <= end[one] + REACH_DAYS) & (one != two)
        if not near.any():
            break
        low, high = np.minimum(one[near], two[near]), np.maximum(one[near], two[near])
        found = np.unique((low << 32) | high)
        for first in range(0, len(found), BATCH):
            batch = found[first : first + BATCH]
            yield batch >> 32, batch & 0xFFFFFFFF


def _membership(mentions: Sequence[Features]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """(hash of the block, position of the mention), one entry for every block that a mention is in."""
    blocks, members = array("Q"), array("q")
    for position, mention in enumerate(mentions):
        for key in keys(mention):
            blocks.append(_hashed(key))
            members.append(position)
    return np.frombuffer(blocks, dtype=np.uint64), np.frombuffer(members, dtype=np.int64)


def _hashed(key: str) -> int:
    """64 bits that do not change from run to run (Python's own hash of text does)."""
    data = key.encode()
    return (zlib.crc32(data) << 32) | zlib.adler32(data[::-1], zlib.crc32(data[::-1]))


def keys(mention: Features) -> Iterator[str]:
    """The blocks of a mention: its pairs of countries; each country with the type, and with the word for the act; parties
    of no country with the type; further names with the type; and its report with the type."""
    kind = mention.base_type
    countries = sorted(mention.actor_countries | mention.recipient_countries)
    for i, a in enumerate(countries):
        for b in countries[i + 1 :]:
            yield f"pair {a} {b}"
            yield f"pair {a} {b} {kind}"
    for country in countries:
        yield f"act {country} {mention.trigger}"
        yield f"country {country} {kind}"
    if not countries:
        yield from (f"party {who} {kind}" for who in mention.actors | mention.recipients)
    yield from (f"name {name} {kind}" for name in mention.names)
    if mention.place and mention.place[2] != "country":
        yield f"place {mention.place[0]} {kind}"
    yield f"report {mention.report} {kind}"
