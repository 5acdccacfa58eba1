"""Where: homonyms by what stands around them."""

from __future__ import annotations

import pytest

from dragoman.resolve.knowledge import load_knowledge
from dragoman.resolve.places import Places, Toponym


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(load_knowledge())


def placed(places: Places, text: str, *names: str) -> list[str]:
    toponyms = [
        Toponym(text.index(n), text.index(n) + len(n), n, places.container_of(text, text.index(n) + len(n)))
        for n in names
    ]
    return [f"{e.name}, {e.country}" if e else "none" for e in places.choose_all(text, toponyms, None)]


def test_a_name_by_itself_is_the_best_known(places: Places) -> None:
    assert placed(places, "He flew to Paris.", "Paris") == ["Paris, FRA"]


def test_what_stands_behind_the_comma_decides(places: Places) -> None:
    assert placed(places, "He drove to Paris, Texas.", "Paris") == ["Paris, USA"]


def test_the_story_s_country_decides(places: Places) -> None:
    text = "In Syria, Damascus and Homs were calm; Tripoli in Lebanon was not, Beirut said."
    assert placed(places, text, "Lebanon", "Beirut", "Tripoli")[-1] == "Tripoli, LBN"


def test_an_unknown_name_is_no_place(places: Places) -> None:
    assert placed(places, "He walked to Qwrtzplk.", "Qwrtzplk") == ["none"]


def test_precision_is_that_of_the_words(places: Places) -> None:
    (entry,) = places.choose_all("in Kenya", [Toponym(3, 8, "Kenya", None)], None)
    assert entry is not None
    assert places.place(entry).precision == "country"
