"""What the parties tell, by columns and one by one: the same strengths, whoever takes part."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dragoman.merge import clues, features
from dragoman.merge.features import Features
from dragoman.merge.many_parties import FEW, NAMES, Parties
from tests.conftest import make_mention

WHO = ["kor", "rus", "jpn", "per:chung", "org:un", "gunmen"]
WHERE = ["KOR", "RUS", "JPN", "PRK"]


def some(chance: random.Random, values: list[str], most: int = 2) -> frozenset[str]:
    return frozenset(chance.sample(values, chance.randint(0, most)))


def drawn(count: int, most: int) -> list[Features]:
    """Mentions with parties at random; the countries that are named, and those of the sentence, fit them at random too."""
    chance, plain = random.Random(7), features(make_mention())
    found = []
    for _ in range(count):
        one, two = some(chance, WHERE), some(chance, WHERE)
        found.append(
            plain._replace(
                actors=some(chance, WHO, most), recipients=some(chance, WHO, most), actor_countries=one, recipient_countries=two,
                named=frozenset(c for c in one | two if chance.random() < 0.6), lands=one | two | some(chance, WHERE), quad=chance.choice((1, 4)), base_type=chance.choice(("CONSULT", "ASSAULT")),
                doers=frozenset(chance.sample([True, False], chance.randint(0, 2))), bearers=frozenset(chance.sample([True, False], chance.randint(0, 1))),
            )
        )  # fmt: skip
    return found


@pytest.mark.parametrize("most", [2, FEW + 1], ids=["few", "more than the tables hold"])
def test_columns_say_what_the_clues_say_one_by_one(most: int) -> None:
    mentions = drawn(60, most)
    one, two = (
        np.array(side, dtype=np.int64)
        for side in zip(*((i, j) for i in range(60) for j in range(i + 1, 60)), strict=True)
    )
    parties = Parties(mentions)
    by_columns, odds = parties.strengths(one, two), parties.log_odds(one, two)
    assert bool(parties.long.any()) == (most > FEW)
    met = set()
    for n, (i, j) in enumerate(zip(one.tolist(), two.tolist(), strict=True)):
        told = [(c, c.look(mentions[i], mentions[j]).strength) for c in clues.CLUES if c.name in NAMES]
        assert odds[n] == pytest.approx(sum(c.weight * strength for c, strength in told))
        if not parties.long[i] and not parties.long[j]:
            assert {c.name: by_columns[c.name][n] for c, _ in told} == pytest.approx({c.name: s for c, s in told})
            met |= {c.name for c, s in told if s}
    assert most > FEW or met == set(NAMES)
