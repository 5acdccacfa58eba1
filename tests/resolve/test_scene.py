"""Which of the countries that a report tells of words mean that name none."""

from __future__ import annotations

import pytest

from dragoman.resolve import Resolver
from tests.resolve.building import reading_of, said


@pytest.mark.parametrize(
    ("lines", "words", "name", "country"),
    [
        pytest.param(
            ["[Kenya|state] accused [Turkey|state].", "[The minister|office] met [Welmora Foods|company]."],
            "Welmora Foods", "Welmora Foods", None, id="a-firm-is-not-of-the-country-it-is-spoken-of-in",
        ),
        pytest.param(
            ["[Kenya|state] accused [Turkey|state].", "[The National Assembly|igo] voted."],
            "The National Assembly", "The National Assembly", "KEN", id="a-parliament-is-no-international-body",
        ),
        pytest.param(
            ["[Kenya|state] accused [Turkey|state].", "[Foreign ministers of several member states|office] met."],
            "Foreign ministers of several member states", None, None, id="ministers-of-several-states",
        ),
        pytest.param(
            ["[Kenya|state] met [Turkey|state].", "[The ministry|institution] summoned [Kenya's ambassador|office]."],
            "The ministry", None, "TUR", id="a-ministry-does-not-summon-its-own-ambassador",
        ),
        pytest.param(
            ["[The United States|state] met [Syria|state] and [Iraq|state].", "[Kurdish fighters|armed-group] left [Iraq|state]."],
            "Kurdish fighters", None, "IRQ", id="a-people-is-of-its-homes",
        ),
        pytest.param(
            ["[Islamic State|armed-group] fled [Syria|state].", "[The government|institution] denied it."],
            "The government", None, "SYR", id="no-government-of-an-armed-group",
        ),
        pytest.param(
            ["[Syria|state] met [Turkey|state].", "[The Middle East|other] met [Iraq|state]."],
            "The Middle East", None, None, id="a-part-of-the-world-is-of-no-state",
        ),
        pytest.param(
            ["[The United States|state] accused [Canada|state].", "[Eighteen states|state] left [Canada|state]."],
            "Eighteen states", None, "USA", id="states-of-a-federation",
        ),
        pytest.param(
            ["[Pakistan|state] accused [India|state].", "[The Foreign Office|institution] summoned [the Indian envoy|office]."],
            "The Foreign Office", "The Foreign Office", "PAK", id="a-foreign-office-elsewhere",
        ),
    ],
)  # fmt: skip
def test_what_the_report_lends(
    resolver: Resolver, lines: list[str], words: str, name: str | None, country: str | None
) -> None:
    (actor,) = said(resolver.resolve(reading_of(*lines)), words).actors
    assert actor.country == country
    assert name is None or actor.name == name


@pytest.mark.parametrize(
    ("line", "actor", "country"),
    [
        ("[The government|institution] accused [Iran|state].", "The government", None),
        ("[The foreign minister|office] visited [Turkey|state].", "The foreign minister", None),
        ("[Police|institution] left protesters in [Nairobi|place].", "Police", "KEN"),
    ],
)
def test_a_country_that_is_only_dealt_with_is_not_lent(
    resolver: Resolver, line: str, actor: str, country: str | None
) -> None:
    assert said(resolver.resolve(reading_of(line)), actor).actors[0].country == country
