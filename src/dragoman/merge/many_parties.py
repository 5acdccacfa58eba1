"""The clues about the parties for many pairs at once: the same strengths as `clue_parties` gives one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.merge import clues
from dragoman.merge.bags import Bags, Numbering, Positions
from dragoman.merge.clue_parties import BLAME
from dragoman.merge.features import Features

NAMES = (
    "same parties", "one party", "crossed party", "sides exchanged", "other parties", "other roles", "unlike parties", "other lands", "other sort",
)  # fmt: skip
FEW, SOME, MORE = 4, 6, 10
"""Widths of the tables: of parties and countries on one side, on both, and of all countries of a sentence."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Strengths = dict[str, Floats]


class Parties:
    """Who does it and to whom, of all mentions, as columns."""

    def __init__(self, mentions: Sequence[Features]) -> None:
        who, where = Numbering(), Numbering()
        self._mentions = mentions
        self._actors, self._recipients = (
            who.bags((m.actors for m in mentions), FEW), who.bags((m.recipients for m in mentions), FEW),
        )  # fmt: skip
        self._all = who.bags((m.actors | m.recipients for m in mentions), SOME)
        self._actors_of = where.bags((m.actor_countries for m in mentions), FEW)
        self._recipients_of = where.bags((m.recipient_countries for m in mentions), FEW)
        self._all_of = where.bags((m.actor_countries | m.recipient_countries for m in mentions), SOME)
        self._named_actors = where.bags((m.named & m.actor_countries for m in mentions), FEW)
        self._named_recipients = where.bags((m.named & m.recipient_countries for m in mentions), FEW)
        self._lands = where.bags((m.lands for m in mentions), MORE)
        self._doers, self._bearers = (
            np.array([_bits(m.doers) for m in mentions], dtype=np.uint8),
            np.array([_bits(m.bearers) for m in mentions], dtype=np.uint8),
        )
        self._violent = np.array([m.quad == 4 for m in mentions], dtype=bool)
        self._met_up = np.array([m.base_type == "CONSULT" for m in mentions], dtype=bool)
        tables = (
            self._actors,
            self._recipients,
            self._all,
            self._actors_of,
            self._recipients_of,
            self._all_of,
            self._lands,
        )
        self.long = np.any([bags.long for bags in tables], axis=0)
        self._clues = [clue for clue in clues.CLUES if clue.name in NAMES]

    def log_odds(self, one: Positions, two: Positions) -> Floats:
        """What these clues add, shape (pairs,)."""
        found = self.strengths(one, two)
        total = sum((clue.weight * found[clue.name] for clue in self._clues), np.zeros(len(one)))
        for at in np.flatnonzero(self.long[one] | self.long[two]).tolist():  # more parties than the tables hold
            a, b = self._mentions[int(one[at])], self._mentions[int(two[at])]
            total[at] = sum(clue.weight * clue.look(a, b).strength for clue in self._clues)
        return total

    def strengths(self, one: Positions, two: Positions) -> Strengths:
        """Each clue's strength, shape (pairs,); of no use where a mention has more parties than the tables hold (`long`)."""
        straight = (
            _alike(self._actors, self._actors_of, one, two), _alike(self._recipients, self._recipients_of, one, two)
        )  # fmt: skip
        who, whom = self._sides(one, two, *straight)
        found = self._met(one, two, straight, who, whom)
        found |= self._apart(one, two, who == 0, whom == 0, whom > 0, found["sides exchanged"] > 0)
        return found

    def _sides(self, one: Positions, two: Positions, who: Floats, whom: Floats) -> tuple[Floats, Floats]:
        """`clue_parties._sides`: where one account tells one side only, the parties of both sides together if that is better."""
        pooled = _alike(self._all, self._all_of, one, two)
        both = np.where((self._all.size[one] > 1) & (self._all.size[two] > 1), pooled, 0.0)
        open_ = ~_told(self._recipients, one, two)
        better = open_ & ((pooled > who) | ((pooled == who) & (both > whom)))
        return np.where(better, pooled, who), np.where(better, both, whom)

    def _met(
        self, one: Positions, two: Positions, straight: tuple[Floats, Floats], who: Floats, whom: Floats
    ) -> Strengths:
        """The clues that find the same parties: on their sides, on one side, on the other side."""
        doers, bearers = _told(self._actors, one, two), _told(self._recipients, one, two)
        across = np.maximum(
            _alike(self._actors, self._actors_of, one, two, self._recipients, self._recipients_of),
            _alike(self._recipients, self._recipients_of, one, two, self._actors, self._actors_of),
        )
        crossed = np.where((doers & bearers) | (np.maximum(*straight) > 0), 0.0, across)
        single = ((who > 0) & (whom == 0) & ~bearers) | ((whom > 0) & (who == 0) & ~doers)
        told = _told(self._actors_of, one, two) & _told(self._recipients_of, one, two)
        turned = (self._actors_of.shared(one, two, self._recipients_of) > 0) & (
            self._recipients_of.shared(one, two, self._actors_of) > 0
        )
        exchanged = told & (who == 0) & (whom == 0) & turned
        return {
            "same parties": np.where((who > 0) & (whom > 0), (who + whom) / 2, 0.0),
            "one party": np.where(single & (crossed == 0), np.maximum(who, whom), 0.0),
            "crossed party": crossed,
            "sides exchanged": np.where(exchanged, np.where(self._violent[one] & self._violent[two], BLAME, 1.0), 0.0),
        }

    def _apart(
        self, one: Positions, two: Positions, no_doer: Flags, no_bearer: Flags, bearer: Flags, exchanged: Flags
    ) -> Strengths:
        """The clues that find other parties: strangers, the same in other parts, other countries, another sort."""
        doer = no_doer & self._strangers(self._named_actors, one, two)
        whom = no_bearer & self._strangers(self._named_recipients, one, two)
        violent = self._violent[one] & self._violent[two]
        other = np.where(whom | (doer & ~(violent & bearer)), 1.0, np.where(doer, BLAME, 0.0))
        roles = (no_doer & _told(self._named_actors, one, two)) | (no_bearer & _told(self._named_recipients, one, two))
        met_up = self._met_up[one] & self._met_up[two]
        roles &= (other == 0) & ~exchanged & ~met_up
        unlike = (no_doer & _told(self._actors_of, one, two)) | (no_bearer & _told(self._recipients_of, one, two))
        unlike &= ~(met_up & (self._all_of.shared(one, two) > 0))
        lands = _told(self._lands, one, two) & (self._lands.shared(one, two) == 0)
        sorts = _disjoint(self._doers[one], self._doers[two]) | _disjoint(self._bearers[one], self._bearers[two])
        return {
            "other parties": other,
            "other roles": roles.astype(float),
            "unlike parties": (unlike & (other == 0) & ~exchanged & ~roles).astype(float),
            "other lands": lands.astype(float),
            "other sort": sorts.astype(float),
        }

    def _strangers(self, named: Bags, one: Positions, two: Positions) -> Flags:
        met = named.shared(one, two, self._lands) + named.shared(two, one, self._lands)
        found: Flags = _told(named, one, two) & (met == 0)
        return found


def _alike(
    ids: Bags,
    countries: Bags,
    one: Positions,
    two: Positions,
    others: Bags | None = None,
    others_of: Bags | None = None,
) -> Floats:
    return np.maximum(ids.overlap(one, two, others), 0.8 * countries.overlap(one, two, others_of))


def _told(bags: Bags, one: Positions, two: Positions) -> Flags:
    found: Flags = (bags.size[one] > 0) & (bags.size[two] > 0)
    return found


def _bits(sorts: frozenset[bool]) -> int:
    return (True in sorts) | (False in sorts) << 1


def _disjoint(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> Flags:
    found: Flags = (a > 0) & (b > 0) & (a & b == 0)
    return found
