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

MOST_NEIGHBOURS = 40
"""Within a block each mention is compared with at most so many next ones: bounds the work on days of saturation coverage,
where the narrower blocks (pair, type and word) still bring like mentions together."""


def candidate_pairs(mentions: Sequence[Features]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions (i, j), i < j, of pairs worth judging, each once, in order; both of shape (pairs,).

    `mentions` must be in their own order (`Features.order`); then the pairs depend on the set of mentions alone.
    """
    block, member = _membership(mentions)
    spans = [days(m) or (m.published or 0, m.published or 0) for m in mentions]
    start, end = (np.array([s[side] for s in spans], dtype=np.int64) for side in (0, 1))
    order = np.lexsort((member, start[member], block))
    block, member = block[order], member[order]
    found = np.empty(0, dtype=np.int64)
    for ahead in range(1, MOST_NEIGHBOURS + 1):
        one, two = member[:-ahead], member[ahead:]
        near = (block[:-ahead] == block[ahead:]) & (start[two] <= end[one] + REACH_DAYS)
        if not near.any():
            break
        low, high = np.minimum(one[near], two[near]), np.maximum(one[near], two[near])
        found = np.union1d(found, (low << 32) | high)
    return found >> 32, found & 0xFFFFFFFF


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
    """The blocks of a mention: its pairs of countries; each party with the type, and with the word for the act; its report
    with the type; and its place, which alone says enough when no country is known."""
    countries = sorted(mention.actor_countries | mention.recipient_countries)
    for i, a in enumerate(countries):
        for b in countries[i + 1 :]:
            yield f"pair {a} {b}"
            yield f"pair {a} {b} {mention.base_type}"
    for who in mention.actors | mention.recipients:
        yield f"party {who} {mention.base_type}"
    for country in countries:
        yield f"act {country} {mention.trigger}"
        yield f"country {country} {mention.base_type}"
    yield f"report {mention.report} {mention.base_type}"
    if mention.place and mention.place[2] != "country":
        yield f"place {mention.place[0]} {mention.base_type}"
