"""Marked pairs that do not fit their text are refused with a message that shows them."""

from __future__ import annotations

import pytest

from dragoman.errors import UsageError
from dragoman.relation import PairSpanError, checked_pairs

TEXT = "Kenya thanked Uganda."


@pytest.mark.parametrize(
    ("actor", "recipient", "why"),
    [
        pytest.param((0, 99), (14, 20), "empty or outside the text", id="outside"),
        pytest.param((-1, 5), (14, 20), "empty or outside the text", id="before-the-text"),
        pytest.param((5, 5), (14, 20), "empty or outside the text", id="empty"),
        pytest.param((0, 15), (14, 20), "the spans overlap", id="overlapping"),
        pytest.param((5, 6), (14, 20), "holds no word", id="a-space"),
        pytest.param(None, (14, 20), "a span is missing", id="missing"),
    ],
)
def test_a_pair_that_does_not_fit(actor: tuple[int, int] | None, recipient: tuple[int, int], why: str) -> None:
    with pytest.raises(PairSpanError) as caught:
        checked_pairs([TEXT], [actor], [recipient])
    message = str(caught.value)
    assert why in message
    assert str(actor) in message
    assert str(recipient) in message


def test_a_pair_that_fits() -> None:
    (pair,) = checked_pairs([TEXT], [(0, 5)], [(14, 20)])
    assert (pair.actor, pair.recipient) == ((0, 5), (14, 20))


def test_lists_of_unlike_length_are_refused() -> None:
    with pytest.raises(UsageError, match="1 texts, 2 actors and 1 recipients"):
        checked_pairs([TEXT], [(0, 5), (0, 5)], [(14, 20)])
