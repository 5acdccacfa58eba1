"""Words and their marks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.web.show import data_block, lag, pieces, plain, safe_url, tellers, told

SPAN = st.tuples(
    st.integers(-5, 40),
    st.integers(0, 12),
    st.sampled_from(["actors", "trigger", "date", "place"]),
    st.none() | st.integers(0, 3),
)


@given(st.text(max_size=30), st.integers(0, 10), st.lists(SPAN, max_size=8))
def test_cutting_loses_no_word_and_marks_only_what_is_marked(
    text: str, base: int, spans: list[tuple[int, int, str, int | None]]
) -> None:
    given_ = [(s, s + n, f, k) for s, n, f, k in spans]
    found = pieces(text, base, given_)
    assert "".join(p.text for p in found) == "".join(plain(c) for c in text)
    if text == plain(text):
        at = base
        for piece in found:
            inside = {f for s, e, f, _ in given_ if s <= at and at + len(piece.text) <= e and s < e}
            assert set(piece.fields) == inside
            at += len(piece.text)


@given(st.text())
def test_shown_text_turns_nothing_and_controls_nothing(text: str) -> None:
    shown = plain(text)
    assert not any(c in shown for c in "\x00\x07\x1b\u202a\u202e\u2066\u2069\u200f")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
        max_leaves=10,
    )
)
def test_a_data_block_cannot_be_left(value: object) -> None:
    block = str(data_block(value))
    assert "<" not in block
    assert ">" not in block
    assert json.loads(block) == value


@pytest.mark.parametrize(("url", "fine"), [
    ("https://news.example/a?b=c", True), ("http://news.example", True), ("javascript:alert(1)", False), (" JaVaScript:alert(1)", False), ("data:text/html,x", False),
    ("//evil.example", False), ("/etc/passwd", False), ("https://", False), ("http://[::1", False), ("https://a.example/\u202egnp", False), (None, False), ("", False),
])  # fmt: skip
def test_only_plain_addresses_are_linked(url: str | None, fine: bool) -> None:
    assert (safe_url(url) is not None) is fine


@pytest.mark.parametrize(("days", "words"), [(0, "the same day"), (1, "1 day after"), (-3, "3 days before")])
def test_a_lag_in_words(days: int, words: str) -> None:
    assert lag(days) == words


@pytest.mark.parametrize(("value", "field", "words"), [
    ("negated", "status", "denied"), ("CONSULT", "event_type", "Consult"), ("Seoul", "place", "Seoul"), (None, "date", "nothing"), ("", "status", "nothing"),
])  # fmt: skip
def test_what_a_side_says_in_words(value: str | None, field: str, words: str) -> None:
    assert told(value, field) == words


def test_a_report_without_a_source_is_named_by_its_title() -> None:
    assert (
        tellers(["report 00ff", "Peskov", "report 11aa"], {"00ff": "Talks put off", "11aa": None})
        == "“Talks put off”, Peskov, report 11aa"
    )
