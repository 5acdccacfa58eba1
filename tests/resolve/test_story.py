"""One report from its mentions to its actors."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.resolve import Resolver
from dragoman.resolve.setting import Setting
from tests.resolve.building import reading_of, said


@pytest.mark.parametrize(
    ("lines", "words", "name", "country"),
    [
        pytest.param(
            ["[Deputy Minister of the Republic of Kenya Amina Sahel|person] met [Turkey|state]."],
            "Deputy Minister of the Republic of Kenya Amina Sahel", "Amina Sahel", "KEN", id="a-name-behind-the-country",
        ),
        pytest.param(
            ["[Kenya|state] accused [Turkey|state].", "[Envoys|office] of the South [American bloc|igo] met."],
            "American bloc", None, "IGO", id="a-continent-is-no-country",
        ),
        pytest.param(
            ["[Kenya|state] accused [Turkey|state].", "[Envoys|office] of the South [American bloc|crowd] met."],
            "American bloc", "South American bloc", "IGO", id="a-bloc-is-of-several-states",
        ),
        pytest.param(
            ["[Russia|state] said that the North [Korean envoy|office] left."], "Korean envoy", None, "PRK", id="half-of-korea",
        ),
        pytest.param(
            ["[Brussels|igo] met [Kenya|state]."], "Brussels", "European Union", "EUR", id="brussels-as-an-organisation",
        ),
        pytest.param(
            ["[Kenya|state] met [the state news agency IRNA|media]."], "the state news agency IRNA", "IRNA", "IRN", id="an-agency-by-name",
        ),
    ],
)  # fmt: skip
def test_who_it_is(resolver: Resolver, lines: list[str], words: str, name: str | None, country: str | None) -> None:
    (actor,) = said(resolver.resolve(reading_of(*lines)), words).actors
    assert actor.country == country
    assert name is None or actor.name == name


def test_a_place_that_no_gazetteer_has_is_known_by_its_name(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Kenya|state] met [Uganda|state] in [the village of Qwertybad|place]."))
    place = said(resolved, "the village of Qwertybad").place
    assert place is not None
    assert (place.name, place.country, place.lat, place.geonameid) == ("Qwertybad", None, None, None)
    vague = resolver.resolve(reading_of("[Kenya|state] met [Uganda|state] in [the border area|place]."))
    assert said(vague, "the border area").place is None


def test_a_date_that_the_reader_missed_is_added(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Kenya|state] accused [Uganda|state] at the end of 2013 ."))
    found = said(resolved, "the end of 2013")
    assert found.when is not None
    assert (found.when.start, found.when.end) == (date(2013, 12, 1), date(2013, 12, 31))


@pytest.mark.parametrize(
    ("words", "country"),
    [("its enemies", None), ("its arch-nemesis", None), ("its allies", None), ("its foreign minister", "KEN")],
)
def test_whom_one_has_is_not_ones_own(resolver: Resolver, words: str, country: str | None) -> None:
    kenyas = Setting("KEN", {}, lambda _: None, owned=True)
    assert kenyas.country_of(resolver.actors.namer.read(words, None))[0] == country


def test_a_coordination_is_several_actors(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Armenia and Azerbaijan|state] signed."))
    assert [a.country for a in said(resolved, "Armenia and Azerbaijan").actors] == ["ARM", "AZE"]


def test_a_capital_that_acts_is_its_state(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of("[Moscow|state] accused [Georgia|state].", "[Russia|state] said so in [Moscow|place].")
    )
    assert said(resolved, "Moscow").entity == said(resolved, "Russia").entity
    place = said(resolved, "Moscow", 1)
    assert (place.role_here, place.actors) == ("place", ())
    assert place.place is not None
    assert place.place.precision == "city"


def test_what_the_reader_missed_is_added_behind_its_own_mentions(resolver: Resolver) -> None:
    reading = reading_of("[The envoy|office] left Kenya.")
    resolved = resolver.resolve(reading)
    assert resolved.reading.sentences[0].mentions[0] == reading.sentences[0].mentions[0]
    assert said(resolved, "Kenya").actors[0].country == "KEN"


def test_rows_fit_the_sentences(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of("[Kyiv|state] urged [the army|institution].", "Nothing here.", published=None)
    )
    for sentence, row in zip(resolved.reading.sentences, resolved.mentions, strict=True):
        assert [m.mention for m in row] == list(sentence.mentions)
        assert all(m.sentence == sentence.index for m in row)


def test_a_country_is_not_its_capital(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Kenya|state] met [Turkey|state] in [Mexico|place]."))
    place = said(resolved, "Mexico").place
    assert place is not None
    assert (place.name, place.precision) == ("Mexico", "country")


def test_those_who_share_a_title_are_several_actors(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[The leaders of France, Germany and Poland|office] met."))
    actors = said(resolved, "The leaders of France, Germany and Poland").actors
    assert [a.country for a in actors] == ["FRA", "DEU", "POL"]


def test_presidents_of_two_states_are_the_president_of_each(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[The Russian and Turkish presidents|office] met."))
    actors = said(resolved, "The Russian and Turkish presidents").actors
    assert [a.name for a in actors] == ["Vladimir Putin", "Recep Tayyip Erdoğan"]
