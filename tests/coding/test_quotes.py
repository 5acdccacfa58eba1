"""Stretches in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.quotes import Quoted, quoted


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "no" and left.', ["no"]),
        ("He said “no” and “never”.", ["no", "never"]),
        ("“A long one.\n\n“And its second paragraph.”", ["A long one.", "And its second paragraph."]),
        ("''Two single marks,'' he said.", ["Two single marks,"]),
        ("It's the ministers' own affair.", []),
        ("An empty “” pair.", []),
    ],
)
def test_quoted(text: str, inside: list[str]) -> None:
    assert [text[a:b] for a, b in quoted(text)] == inside


@given(st.text(alphabet="ab \n\"“”'’", max_size=80))
def test_spans_are_ordered_and_inside(text: str) -> None:
    spans = quoted(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert spans == sorted(spans)
    asked = Quoted(text)
    assert all(asked.at(a) == (a, b) for a, b in spans)
