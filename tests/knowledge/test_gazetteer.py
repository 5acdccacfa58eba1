"""Place names lead to their places, the likeliest first, quickly."""

from __future__ import annotations

import time

import pytest

from dragoman.resolve.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("name", "kind", "country", "near"),
    [
        ("Paris", "capital", "FRA", (48.9, 2.4)),
        ("Moscow", "capital", "RUS", (55.8, 37.6)),
        ("São Paulo", "city", "BRA", (-23.5, -46.6)),
        ("Bavaria", "admin1", "DEU", (48.9, 11.3)),
        ("Anbar province", "admin1", "IRQ", (33.9, 42.2)),
        ("Cook County", "admin2", "USA", (41.8, -87.8)),
        ("Georgia", "country", "GEO", (42.3, 43.4)),
        ("Canadian", "country", "CAN", (60.1, -113.6)),
        ("Ky.", "admin1", "USA", (38.2, -84.9)),
        ("Zhejiang province", "admin1", "CHN", (29.0, 120.0)),
        ("Nineveh", "admin1", "IRQ", (36.0, 42.5)),
        ("South China Sea", "sea", None, (12.0, 114.0)),
        ("Strait of Hormuz", "strait", None, (26.6, 56.3)),
        ("the DMZ", "border", None, (38.0, 127.3)),
        ("Fordow", "site", "IRN", (34.9, 51.0)),
        ("Leningrad", "historical", "RUS", (59.9, 30.3)),
        ("St. Petersburg", "city", "RUS", (59.9, 30.3)),
    ],
)
def test_the_likeliest_place_comes_first(
    gazetteer: Gazetteer, name: str, kind: str, country: str | None, near: tuple[float, float]
) -> None:
    place = gazetteer.candidates(name)[0]
    assert (place.kind, place.country) == (kind, country)
    assert abs(place.lat - near[0]) < 1
    assert abs(place.lon - near[1]) < 1


def test_homonyms_are_all_given(gazetteer: Gazetteer) -> None:
    assert len({(p.country, p.admin1) for p in gazetteer.candidates("Springfield")}) > 10
    assert {p.country for p in gazetteer.candidates("Georgia")} >= {"GEO", "USA"}


@pytest.mark.parametrize("name", ["", "the", "Xyzzyqux", "'; DROP TABLE place; --", "\x00"])
def test_an_unknown_name_has_no_candidates(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == ()


def test_a_country_has_one_capital(gazetteer: Gazetteer) -> None:
    capitals = [p for p in gazetteer.candidates("Washington") if p.kind == "capital"]
    assert [(p.country, round(p.lat)) for p in capitals] == [("USA", 39)]


def test_lookups_are_fast(gazetteer: Gazetteer) -> None:
    names = ["Kyiv", "Jerusalem", "Nairobi", "San José", "Aleppo"]
    start = time.process_time()
    for number in range(200):
        gazetteer.candidates(f"{names[number % 5]}{' ' * number}x{number}")
        gazetteer.candidates(names[number % 5])
    assert (time.process_time() - start) / 400 < 0.002  # seconds; some 0.05 ms when idle
