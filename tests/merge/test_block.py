"""Which mentions are compared: each pair once, however many blocks and windows bring it together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dragoman.merge import Shelf, features
from dragoman.merge.block import candidate_pairs
from dragoman.merge.clues import probability
from dragoman.merge.cluster import links
from dragoman.merge.features import Features
from tests.conftest import make_mention, make_party

SIDES = (make_party("Seoul", "KOR"), make_party("Moscow", "RUS"))


def told(count: int) -> list[Features]:
    """One mention a day, all of one pair and type."""
    days = [date(2024, 2, 1) + timedelta(days=n // 2) for n in range(count)]
    found = [
        features(make_mention(report_id=f"r{n:03}", actors=SIDES[:1], recipients=SIDES[1:], event_type="ACCUSE", day=day, published=day))
        for n, day in enumerate(days)
    ]  # fmt: skip
    return sorted(found, key=lambda m: m.order)


def pairs(mentions: list[Features]) -> list[tuple[int, int]]:
    return [pair for one, two in candidate_pairs(mentions) for pair in zip(one.tolist(), two.tolist(), strict=True)]


@pytest.mark.parametrize("window", [1, 7, 1000])
def test_every_pair_once_whatever_the_window(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    mentions = told(40)
    whole = pairs(mentions)
    monkeypatch.setattr("dragoman.merge.block.WINDOW", window)
    found = pairs(mentions)
    assert sorted(found) == sorted(whole)
    assert len(set(found)) == len(found)
    assert all(i < j for i, j in found)


def test_pairs_are_within_reach() -> None:
    mentions = told(60)
    assert max((mentions[j].start or 0) - (mentions[i].start or 0) for i, j in pairs(mentions)) == 7


def test_a_link_knows_its_probability() -> None:
    mentions = told(12)
    linked = links(mentions)
    found = dict.fromkeys(linked.surest_first())
    assert found
    for i, j in found:
        assert linked.probability(i, j) == pytest.approx(probability(mentions[i], mentions[j]))
    others = [(i, j) for i in range(12) for j in range(i + 1, 12) if (i, j) not in found]
    assert others
    assert all(linked.probability(i, j) is None for i, j in others)


def test_a_shelf_changes_no_value() -> None:
    shelf = Shelf()
    for shown in told(5):
        placed = shelf.placed(shown)
        assert placed == shown
        assert [type(v) for v in (placed.fine, placed.quad, placed.clause)] == [bool, int, int]


def test_threads_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    mentions = told(40)
    monkeypatch.setattr("dragoman.merge.block.WINDOW", 7)
    alone, together = links(mentions), links(mentions, threads=3)
    assert len(alone.pairs)
    assert (alone.pairs.tolist(), alone.odds.tolist()) == (together.pairs.tolist(), together.odds.tolist())
