"""Punctuation where the rules put it: on the phrase that it sets off, and never so that the tree is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.punctuation import GAIN, punctuated, replaced

MARKS = [".", ",", "(", ")", '"', "-", "...", ";"]


def drawn(words: str) -> tuple[list[str], list[int], list[bool]]:
    """`word<head` pairs, heads counted from 1 and 0 for the root; marks are those without a letter, their head is left out."""
    pairs = [word.rpartition("<") if "<" in word else (word, "", "1") for word in words.split()]
    names = [w for w, _, _ in pairs]
    return names, [int(h) - 1 for *_, h in pairs], [not any(c.isalpha() for c in w) for w in names]


@pytest.mark.parametrize(
    ("words", "mark", "head"),
    [
        ("Troops<2 left<0 .", ".", "left"),
        ("In<2 Goma<5 , rebels<5 fired<0 .", ",", "Goma"),
        ("Kim<0 , Li<1 and<5 Wu<1", ",", "Li"),
        ("He<2 left<0 , and<6 she<6 stayed<2 .", ",", "stayed"),
        ("Oslo<6 ( the<4 capital<1 ) fell<0", ")", "capital"),
        ('" Go<5 now<2 " said<0 Kim<5', '"', "Go"),
        ("Kim<5 , who<4 spoke<1 left<0 .", ",", "spoke"),
    ],
)
def test_a_mark_hangs_on_what_it_sets_off(words: str, mark: str, head: str) -> None:
    names, heads, marks = drawn(words)
    heads = [heads[i] if not m else heads.index(-1) for i, m in enumerate(marks)]
    found = punctuated(names, heads, marks)
    assert {names[found[i]] for i, w in enumerate(names) if w == mark} == {head}


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[str], list[int], list[bool]]:
    count = draw(st.integers(1, 12))
    order = draw(st.permutations(range(count)))
    heads = [-1] * count
    for n, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, n - 1))]
    marks = [draw(st.booleans()) for _ in range(count)]
    return [draw(st.sampled_from(MARKS)) if m else "word" for m in marks], heads, marks


@given(trees())
def test_what_comes_out_is_a_tree_and_other_words_stay(given_: tuple[list[str], list[int], list[bool]]) -> None:
    words, heads, marks = given_
    found = punctuated(words, heads, marks)
    assert [h for h, m in zip(found, marks, strict=True) if not m] == [
        h for h, m in zip(heads, marks, strict=True) if not m
    ]
    assert found.count(-1) == 1
    for start in range(len(words)):
        at, steps = start, 0
        while at >= 0:
            at, steps = found[at], steps + 1
            assert steps <= len(words)


def test_a_parser_that_is_sure_is_left_alone() -> None:
    words, heads, marks = ["Oslo", ",", "they", "say", "fell"], [4, 4, 3, 4, -1], [False, True, False, False, False]
    ruled = punctuated(words, heads, marks)
    assert ruled[1] != 4
    arcs = np.zeros((5, 6), dtype=np.float32)
    assert replaced(words, heads, marks, arcs) == ruled
    arcs[1, 5] = GAIN + 0.1
    assert replaced(words, heads, marks, arcs) == heads
