"""Folding of names, and the part of a person's name that stands for the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.resolve.normalise import is_acronym, normalise, singular, slug
from dragoman.resolve.person_names import short_names


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Côte d’Ivoire", "cote divoire"),
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("İstanbul", "istanbul"),
        ("Al-Shabaab", "al shabaab"),
        ("U.S.", "us"),
        ("Russia's", "russia"),
        ("United States'", "united states"),
        ("Lars Løkke Rasmussen", "lars lokke rasmussen"),
        ("AT&T", "at and t"),
        ("the", ""),
        ("—", ""),
    ],
)
def test_spellings_meet_in_one_key(name: str, key: str) -> None:
    assert normalise(name) == key


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(name: str) -> None:
    once = normalise(name)
    assert normalise(once) == once or once.startswith("the ")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("WHO", True), ("U.S.", True), ("G20", True), ("Xi", False), ("Hamas", False)],
)
def test_acronyms(name: str, expected: bool) -> None:
    assert is_acronym(name) is expected


def test_slugs_are_plain() -> None:
    assert slug("Tô Lâm") == "to-lam"


@pytest.mark.parametrize(
    ("plural", "one"),
    [("foreign ministers", "foreign minister"), ("deputies", "deputy"), ("gunmen", "gunman"), ("press", "press")],
)
def test_singulars(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Sergei Lavrov", "RUS", ("Lavrov",)),
        ("Xi Jinping", "CHN", ("Xi",)),
        ("Leung Chun-ying", "HKG", ("Leung",)),
        ("Carrie Lam", "HKG", ("Lam",)),
        ("Lee Hsien Loong", "SGP", ("Lee",)),
        ("Vivian Balakrishnan", "SGP", ("Balakrishnan",)),
        ("Abdel Fattah al-Sisi", "EGY", ("al-Sisi", "Sisi")),
        ("Ursula von der Leyen", "DEU", ("von der Leyen",)),
        ("Mohammed bin Salman", "SAU", ("bin Salman",)),
        ("Abiy Ahmed", "ETH", ("Abiy", "Ahmed")),
        ("Charles III", "GBR", ("Charles III",)),
        ("Ferdinand Marcos Jr.", "PHL", ("Marcos",)),
        ("Francis", "VAT", ("Francis",)),
    ],
)
def test_the_part_that_stands_for_the_whole(name: str, country: str, expected: tuple[str, ...]) -> None:
    assert short_names(name, country) == expected
