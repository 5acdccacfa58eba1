"""Word pieces and word shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.runtime import VOCABULARY
from dragoman.read.wordpiece import MOST_PIECES, SHAPES, WordPieces, shape

PIECES = WordPieces.load(VOCABULARY)
NAMES = {number: piece for piece, number in PIECES.ids.items()}


def spelled(word: str) -> list[str]:
    return [NAMES[number] for number in PIECES.pieces(word)[0]]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("minister", ["minister"]),
        ("Moscow", ["moscow"]),
        ("Zelenskiy", ["ze", "##len", "##ski", "##y"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("北京", ["北", "京"]),
        ("🙂", ["[UNK]"]),
        ("[unused1]", ["[unused1]"]),
    ],
)
def test_a_word_is_cut_into_the_longest_known_pieces(word: str, expected: list[str]) -> None:
    assert spelled(word) == expected


@given(st.text(min_size=1, max_size=400))
def test_every_word_has_some_pieces_and_not_many(word: str) -> None:
    numbers, kind = PIECES.pieces(word)
    assert 1 <= len(numbers) <= MOST_PIECES
    assert 0 < kind < len(SHAPES)
    assert PIECES.pieces(word) == (numbers, kind)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("talks", "lower"),
        ("Seoul", "initial"),
        ("NATO", "capitals"),
        ("McCain", "mixed"),
        ("2024", "digits"),
        ("F-16", "with-digit"),
        (",", "mark"),
    ],
)
def test_the_shape_keeps_what_an_uncased_vocabulary_forgets(word: str, expected: str) -> None:
    assert SHAPES[shape(word)] == expected
