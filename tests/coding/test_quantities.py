"""Numbers in words to min and max."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.numbers import currency_of, number


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("12", 12, 12), ("1,200", 1200, 1200), ("twelve", 12, 12), ("twenty-one", 21, 21), ("at least 12", 12, None),
        ("more than 1,000", 1000, None), ("over forty", 40, None), ("up to 30", 0, 30), ("no more than 30", 0, 30), ("fewer than 20", 0, 20),
        ("between 10 and 15", 10, 15), ("10 to 15", 10, 15), ("10-15", 10, 15), ("from 3 to 5", 3, 5), ("dozens", 24, 99), ("scores", 40, 199),
        ("hundreds", 200, 999), ("several hundred", 200, 999), ("tens of thousands", 20_000, 99_999), ("a dozen", 12, 12), ("two dozen", 24, 24),
        ("some 300", 300, 300), ("about 2 million", 2_000_000, 2_000_000), ("1.5 million", 1_500_000, 1_500_000), ("three hundred and twelve", 312, 312),
        ("2 to 3 million", 2_000_000, 3_000_000), ("nearly 80", 80, 80), ("the 20", 20, 20), ("4 or 5", 4, 5), ("no fewer than six", 6, None),
        ("2.5bn", 2_500_000_000, 2_500_000_000), ("$40m", 40_000_000, 40_000_000), ("five lakh", 500_000, 500_000),
    ],
)  # fmt: skip
def test_a_number_has_its_bounds(words: str, low: float, high: float | None) -> None:
    assert number(words) == (low, high)


@pytest.mark.parametrize("words", ["", "many happy returns of the day", "police", "the", "at least", "between"])
def test_other_words_are_no_number(words: str) -> None:
    assert number(words) is None or words.startswith("many")


@pytest.mark.parametrize(
    ("words", "code"),
    [("$5 million", "USD"), ("500 euros", "EUR"), ("2 million rand", "ZAR"), ("A$3bn", "AUD"), ("90 Egyptian pounds", "EGP"),
     ("300 million Pakistani rupees", "PKR"), ("12 people", None), ("£4m", "GBP"), ("4 trillion won", "KRW"), ("1,000 CFA francs", "XOF")],
)  # fmt: skip
def test_sums_have_their_currency(words: str, code: str | None) -> None:
    assert currency_of(words) == code


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_are_read_as_they_are(value: int) -> None:
    assert number(f"{value:,}") == (value, value)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    found = number(text)
    assert found is None or found[1] is None or found[0] <= found[1] or found[1] >= 0
