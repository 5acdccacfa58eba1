"""What coded events say about two marked spans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.coding import MentionCoder
from dragoman.coding.pairs import distribution, evidence, votes, weights, where
from dragoman.records import EventMention
from tests.coding.parsed import actor, resolved

CODER = replace(MentionCoder.load(), floor=0.0)
TEXT = "France:PROPN:nsubj:1 condemned=condemn:VERB:root:-1 Iran:PROPN:obj:1 .:PUNCT:punct:1"
FRANCE, IRAN = (0, 6), (17, 21)
FLAT = dict.fromkeys(("ACCUSE", "AID", "none"), 0.05)


def condemned() -> EventMention:
    """The one event of the sentence."""
    return CODER.code(resolved(TEXT, [actor("France", "FRA"), actor("Iran", "IRN")]))[0]


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [(FRANCE, IRAN, "both"), (IRAN, FRANCE, "turned round"), (FRANCE, (7, 16), "actor"), ((7, 16), IRAN, "recipient"),
     ((7, 16), FRANCE, "wrong side"), ((7, 10), (11, 16), "text")],
)  # fmt: skip
def test_which_sides_the_event_shares_with_the_pair(one: tuple[int, int], other: tuple[int, int], place: str) -> None:
    assert where(condemned(), one, other) == place


def test_the_event_between_the_two_decides() -> None:
    shares = distribution(evidence(FRANCE, IRAN, [condemned()], FLAT), weights())
    assert next(iter(shares)) == "ACCUSE"
    assert sum(shares.values()) == pytest.approx(1)


def test_without_events_the_model_decides_and_every_type_has_a_share() -> None:
    shares = distribution(evidence(FRANCE, IRAN, [], {"AID": 0.9, "none": 0.05}), weights())
    assert next(iter(shares)) == "AID"
    assert len(shares) == 17


@pytest.mark.parametrize(
    ("base", "kind", "status", "cameo", "expected"),
    [
        ("RETREAT", "CONCEDE", "future", "0841", ("promise to yield", "AGREE")),
        ("SANCTION", "SANCTION", "actual", "116", ("family", "ACCUSE")),
        ("COERCE", "COERCE", "actual", "192", ("family", "ASSAULT")),
        ("ASSAULT", "ASSAULT", "future", "190", ("menace", "THREATEN")),
        ("AGREE", "AGREE", "negated", "036", ("failure", "REJECT")),
    ],
)
def test_other_readings_of_an_act(base: str, kind: str, status: str, cameo: str, expected: tuple[str, str]) -> None:
    told = replace(condemned(), base_type=base, event_type=kind, status=status, cameo=cameo)
    assert expected in votes(told)
    assert votes(told)[0] == ("type", kind)
