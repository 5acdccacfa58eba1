"""Who might match at all: pairs that share a party, and days within reach; near linear in the number of mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dragoman.merge.clues import days
from dragoman.merge.features import Features

REACH_DAYS = 4
"""Mentions whose days lie further apart are never compared; reports of one event rarely date it more than this apart."""

MOST_NEIGHBOURS = 40
"""Within a block each mention is compared with at most so many next ones: bounds the work on days of saturation coverage."""


def candidate_pairs(mentions: Iterable[Features]) -> Iterator[tuple[Features, Features]]:
    """Pairs worth judging, each once, in an order that depends on the mentions alone."""
    blocks: dict[tuple[str, ...], list[tuple[int, tuple[int, str, int, str], Features]]] = defaultdict(list)
    for mention in mentions:
        span = days(mention)
        start = span[0] if span else (mention.published or 0)
        for key in keys(mention):
            blocks[key].append((start, mention.order, mention))
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        block = blocks[key]
        block.sort(key=lambda entry: entry[:2])
        for i, (_, _, a) in enumerate(block):
            compared = 0
            end = (days(a) or (0, a.published or 0))[1]
            for start, _, b in block[i + 1 :]:
                if start > end + REACH_DAYS or compared >= MOST_NEIGHBOURS:
                    break
                pair = (a.key, b.key) if a.key < b.key else (b.key, a.key)
                if pair not in seen:
                    seen.add(pair)
                    compared += 1
                    yield a, b


def keys(mention: Features) -> set[tuple[str, ...]]:
    """The blocks of a mention: its pair of countries; each party with the type; and, within a report, the type."""
    countries = sorted(mention.actor_countries | mention.recipient_countries)
    found: set[tuple[str, ...]] = {("pair", a, b) for i, a in enumerate(countries) for b in countries[i + 1 :]}
    found |= {("party", who, mention.base_type) for who in mention.actors | mention.recipients}
    found |= {("report", mention.report, mention.base_type)}
    if not countries and mention.place:
        found.add(("place", mention.place[0], mention.base_type))
    return found
