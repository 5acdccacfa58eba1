"""Mentions that name several."""

from __future__ import annotations

import pytest

from dragoman.resolve.actors import Actors
from dragoman.resolve.knowledge import load_knowledge
from dragoman.resolve.together import parts_of


@pytest.fixture(scope="module")
def actors() -> Actors:
    return Actors(load_knowledge())


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Armenia, Azerbaijan and Georgia", ["Armenia", "Azerbaijan", "Georgia"]),
        ("North and South Korea", ["North Korea", "South Korea"]),
        (
            "The leaders of France, Germany and Poland",
            ["The leaders of France", "The leaders of Germany", "The leaders of Poland"],
        ),
        ("officials from Japan and the United States", ["officials from Japan", "officials from the United States"]),
        ("Indian and Chinese troops", ["Indian troops", "Chinese troops"]),
        ("US and Israeli officials", ["US officials", "Israeli officials"]),
        ("The French, German and Polish ambassadors", ["The French ambassadors", "German ambassadors", "Polish ambassadors"]),
        ("The Russian and Turkish presidents", ["The Russian president", "Turkish president"]),
        ("the governments of Peru, Chile, and Bolivia", ["the governments of Peru", "the governments of Chile", "the governments of Bolivia"]),
        ("Bosnia and Herzegovina", []),
        ("the army of Bosnia and Herzegovina", []),
        ("Trinidad and Tobago police", []),
        ("the Ministry of Trade and Industry", []),
        ("Serbian police and army", []),
        ("the United States and its allies", []),
    ],
)  # fmt: skip
def test_parts(words: str, parts: list[str], actors: Actors) -> None:
    found = parts_of(words, actors.namer, actors.knowledge, None)
    assert [p.words for p in found] == parts
    assert all(set(_stems(words[p.start : p.end])) <= {*_stems(p.words), "The", "the"} for p in found)


def _stems(words: str) -> list[str]:
    return [word.removesuffix("s") for word in words.split()]
