"""Who is who inside one report: names, titles and descriptions that are of one, and that are not."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.resolve import Resolver
from tests.resolve.building import reading_of, said


def test_both_sides_are_the_two_named(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of("[Armenia|state] met [Azerbaijan|state].", "[The two countries|group] signed.")
    )
    assert {a.country for a in said(resolved, "The two countries").actors} == {"ARM", "AZE"}


def test_two_of_one_surname_stay_apart(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Nawaz Sharif|person] met [Shehbaz Sharif|person]."))
    assert said(resolved, "Nawaz Sharif").entity != said(resolved, "Shehbaz Sharif").entity


def test_a_title_tells_two_of_one_name_apart(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of(
            "[North Korean leader Kim Jong Un|person] met [Russia|state].",
            "[South Korea's Unification Minister Kim Yung-ho|person] criticised [the summit|other].",
            "[Minister Kim|person] met [the Japanese ambassador|office].",
            published=date(2023, 9, 12),
        )
    )
    assert (
        said(resolved, "Minister Kim").entity == said(resolved, "South Korea's Unification Minister Kim Yung-ho").entity
    )


def test_an_ambassador_named_now_is_the_one_told_of(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of(
            "[South Korea|state] summoned [the Russian ambassador|office].", "[Ambassador Georgy Sokolov|person] left."
        )
    )
    named = said(resolved, "Ambassador Georgy Sokolov")
    assert named.entity == said(resolved, "the Russian ambassador").entity
    assert named.actors[0].country == "RUS"


@pytest.mark.parametrize(
    ("lines", "words", "name", "country"),
    [
        pytest.param(
            ["[US|state] envoys met [Syria|state].", "[The US Senate|institution] voted."],
            "The US Senate", "United States Senate", "USA", id="a-senate-is-not-its-state",
        ),
        pytest.param(
            ["[The Kenyan party's candidate, Amina Sahel|person] met [Turkey|state].", "[Sahel|person] left."],
            "Sahel", "Amina Sahel", "KEN", id="a-name-behind-the-comma",
        ),
    ],
)  # fmt: skip
def test_who_takes_up_whom(
    resolver: Resolver, lines: list[str], words: str, name: str | None, country: str | None
) -> None:
    (actor,) = said(resolver.resolve(reading_of(*lines)), words).actors
    assert actor.country == country
    assert name is None or actor.name == name
