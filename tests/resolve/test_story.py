"""Who is who inside one report."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.records import ResolvedMention, ResolvedReading
from dragoman.resolve import Resolver
from tests.resolve.building import reading_of


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver.load()


def said(resolved: ResolvedReading, words: str, nth: int = 0) -> ResolvedMention:
    text = resolved.reading.report.text
    return [m for row in resolved.mentions for m in row if text[m.mention.start : m.mention.end] == words][nth]


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


def test_both_sides_are_the_two_named(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of("[Armenia|state] met [Azerbaijan|state].", "[The two countries|group] signed.")
    )
    assert {a.country for a in said(resolved, "The two countries").actors} == {"ARM", "AZE"}


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


def test_two_of_one_surname_stay_apart(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Nawaz Sharif|person] met [Shehbaz Sharif|person]."))
    assert said(resolved, "Nawaz Sharif").entity != said(resolved, "Shehbaz Sharif").entity


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


@pytest.mark.parametrize(
    ("lines", "words", "name", "country"),
    [
        pytest.param(
            ["[The Kenyan party's candidate, Amina Sahel|person] met [Turkey|state].", "[Sahel|person] left."],
            "Sahel", "Amina Sahel", "KEN", id="a-name-behind-the-comma",
        ),
        pytest.param(
            ["[Deputy Minister of the Republic of Kenya Amina Sahel|person] met [Turkey|state]."],
            "Deputy Minister of the Republic of Kenya Amina Sahel", "Amina Sahel", "KEN", id="a-name-behind-the-country",
        ),
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
            ["[Kenya|state] met [Turkey|state].", "[The ministry|institution] summoned [Kenya's ambassador|office]."],
            "The ministry", None, "TUR", id="a-ministry-does-not-summon-its-own-ambassador",
        ),
        pytest.param(
            ["[Brussels|igo] met [Kenya|state]."], "Brussels", "European Union", "EUR", id="brussels-as-an-organisation",
        ),
        pytest.param(
            ["[Kenya|state] met [the state news agency IRNA|media]."], "the state news agency IRNA", "IRNA", "IRN", id="an-agency-by-name",
        ),
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
            ["[Jalal Haddad|person] of [Syria|state] visited [Turkey|state].", "[US|state] troops left."],
            "US", "United States", "USA", id="us-is-no-pronoun",
        ),
        pytest.param(
            ["[Syria|state] met [Turkey|state].", "[SCHOLZ|person] SAID [HE|pronoun] left."], "HE", "Olaf Scholz", "DEU", id="pronouns-in-capitals",
        ),
        pytest.param(
            ["[The United States|state] met [Syria|state] and [Iraq|state].", "[Kurdish fighters|armed-group] left [Iraq|state]."],
            "Kurdish fighters", None, "IRQ", id="a-people-is-of-its-homes",
        ),
        pytest.param(
            ["[US|state] envoys met [Syria|state].", "[The US Senate|institution] voted."],
            "The US Senate", "United States Senate", "USA", id="a-senate-is-not-its-state",
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
            ["[The United States|state] met [Canada|state].", "[Smith's family|crowd] left."],
            "Smith's family", None, "USA", id="not-of-a-namesake-in-office",
        ),
        pytest.param(
            ["[China|state] said [its government|institution] denied it."], "its government", "China", "CHN", id="its-government-is-itself",
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
def test_whose_they_are(
    resolver: Resolver, lines: list[str], words: str, name: str | None, country: str | None
) -> None:
    (actor,) = said(resolver.resolve(reading_of(*lines)), words).actors
    assert actor.country == country
    assert name is None or actor.name == name


def test_his_minister_is_not_himself(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of(
            "[Jalal Haddad|person] met [the president|office] and [his secretary of state|office], [Ann Lee|person]."
        )
    )
    assert said(resolved, "Ann Lee").entity != said(resolved, "Jalal Haddad").entity


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


def test_a_country_is_not_its_capital(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Kenya|state] met [Turkey|state] in [Mexico|place]."))
    place = said(resolved, "Mexico").place
    assert place is not None
    assert (place.name, place.precision) == ("Mexico", "country")


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


def test_those_who_share_a_title_are_several_actors(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[The leaders of France, Germany and Poland|office] met."))
    actors = said(resolved, "The leaders of France, Germany and Poland").actors
    assert [a.country for a in actors] == ["FRA", "DEU", "POL"]


def test_presidents_of_two_states_are_the_president_of_each(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[The Russian and Turkish presidents|office] met."))
    actors = said(resolved, "The Russian and Turkish presidents").actors
    assert [a.name for a in actors] == ["Vladimir Putin", "Recep Tayyip Erdoğan"]
