"""Whose it is: by a possessive, by the name of who leads it, by whom it is of."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.resolve import Resolver
from tests.resolve.building import reading_of, said


@pytest.mark.parametrize(
    ("lines", "words", "name", "country"),
    [
        pytest.param(
            ["[Syria|state] accused [Turkey|state].", "[Erdoğan's government|institution] denied it."],
            "Erdoğan's government", "Turkey", "TUR", id="a-government-by-its-leader",
        ),
        pytest.param(
            ["[Syria|state] accused [Turkey|state].", "[The Biden administration|institution] denied it."],
            "The Biden administration", "United States", "USA", id="an-administration-by-its-leader",
        ),
        pytest.param(
            ["[The Biden administration|institution] met [Syria|state].", "[The Maduro government|institution] denied it."],
            "The Maduro government", "Venezuela", "VEN", id="not-the-government-told-of",
        ),
        pytest.param(
            ["[Turkey|state] met [Syria|state].", "[Olaf Scholz's government|institution] denied it."],
            "Olaf Scholz's government", "Germany", "DEU", id="a-government-by-its-leader-s-full-name",
        ),
        pytest.param(
            ["[The United States|state] met [Canada|state].", "[Smith's family|crowd] left."],
            "Smith's family", None, "USA", id="not-of-a-namesake-in-office",
        ),
        pytest.param(
            ["[China|state] said [its government|institution] denied it."], "its government", "China", "CHN", id="its-government-is-itself",
        ),
    ],
)  # fmt: skip
def test_whose_it_is(resolver: Resolver, lines: list[str], words: str, name: str | None, country: str | None) -> None:
    (actor,) = said(resolver.resolve(reading_of(*lines)), words).actors
    assert actor.country == country
    assert name is None or actor.name == name


def test_his_counterpart_holds_the_like_office(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of(
            "[Foreign Minister Sergey Lavrov|person] met [[his|pronoun] Turkish counterpart|office].".replace(
                "[[his|pronoun] ", "[his "
            ),
            published=date(2024, 2, 3),
        )
    )
    assert said(resolved, "his Turkish counterpart").actors[0].actor_id == "per:hakan-fidan"


def test_his_minister_is_not_himself(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of(
            "[Jalal Haddad|person] met [the president|office] and [his secretary of state|office], [Ann Lee|person]."
        )
    )
    assert said(resolved, "Ann Lee").entity != said(resolved, "Jalal Haddad").entity
