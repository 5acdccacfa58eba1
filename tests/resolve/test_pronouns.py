"""Whom pronouns take up."""

from __future__ import annotations

import pytest

from dragoman.resolve import Resolver
from tests.resolve.building import reading_of, said


def test_a_pronoun_and_a_surname_take_up_the_minister(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of(
            "[Foreign Minister Ana Brnabić|person] visited [Turkey|state].",
            "[She|pronoun] said [Brnabić|person] signed.",
        )
    )
    first = said(resolved, "Foreign Minister Ana Brnabić").entity
    assert said(resolved, "She").entity == first
    assert said(resolved, "Brnabić").entity == first


@pytest.mark.parametrize(
    ("lines", "words", "name", "country"),
    [
        pytest.param(
            ["[Jalal Haddad|person] of [Syria|state] visited [Turkey|state].", "[US|state] troops left."],
            "US", "United States", "USA", id="us-is-no-pronoun",
        ),
        pytest.param(
            ["[Syria|state] met [Turkey|state].", "[SCHOLZ|person] SAID [HE|pronoun] left."], "HE", "Olaf Scholz", "DEU", id="pronouns-in-capitals",
        ),
    ],
)  # fmt: skip
def test_whom_a_pronoun_stands_for(
    resolver: Resolver, lines: list[str], words: str, name: str | None, country: str | None
) -> None:
    (actor,) = said(resolver.resolve(reading_of(*lines)), words).actors
    assert actor.country == country
    assert name is None or actor.name == name
