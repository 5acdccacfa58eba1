"""Who: phrases to actors, by the date."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.resolve.actors import Actors
from dragoman.resolve.knowledge import load_knowledge
from dragoman.resolve.setting import Setting

DAY = date(2023, 9, 12)


@pytest.fixture(scope="module")
def actors() -> Actors:
    return Actors(load_knowledge())


@pytest.mark.parametrize(("words", "country", "sector", "ident"), [
    ("Moscow", "RUS", None, "state:RUS"),
    ("the Russian Foreign Ministry", "RUS", "GOV", None),
    ("South Korea's deputy foreign minister", "KOR", "GOV", None),
    ("the US Secretary of State Antony Blinken", "USA", "GOV", "per:antony-blinken"),
    ("Seoul's envoy to Moscow", "KOR", "GOV", None),
    ("Syrian rebels", "SYR", "REB", None),
    ("Iranian police", "IRN", "COP", None),
    ("NATO", "IGO", None, "org:nato"),
    ("the Kenyan parliament", "KEN", "LEG", None),
    ("Abkhazia", "GEO", "PRE", None),
    ("Capitol police", "USA", "COP", None),
    ("Nato", "IGO", None, "org:nato"),
    ("the Soviet Union", "RUS", None, None),
    ("Soviet troops", "RUS", "MIL", None),
    ("the US-led coalition", "IMG", "MIL", None),
    ("the Syrian Democratic Front", "SYR", None, None),
    ("Europe", "EUR", None, None),
    ("Tibetan monks", "CHN", "REL", None),
    ("Palestinian militants", "PSE", "REB", None),
    ("Kurdish fighters", None, "REB", None),
    ("Britain's allies", None, None, None),
    ("Lt. Gen. Amos Field", None, "MIL", None),
    ("Rep. Amos Field", None, "LEG", None),
    ("London", "GBR", None, "state:GBR"),
    ("a White House aide", "USA", "GOV", None),
    ("a State Department official", "USA", "GOV", None),
    ("Mossad chief", "ISR", "SPY", None),
    ("National police chief", None, "COP", None),
    ("Labour leader", None, "PTY", None),
    ("National Assembly speaker", None, "LEG", None),
    ("the blue helmets", "UNO", "MIL", None),
    ("Mr Çavuşoğlu", "TUR", None, None),
    ("Mr Lavrov", "RUS", "GOV", "per:sergei-lavrov"),
    ("Vladimir V. Putin", "RUS", "GOV", "per:vladimir-putin"),
    ("seven Latin American countries", None, None, None),
    ("Western leaders", None, None, None),
    ("the head of the IAEA", "UNO", "GOV", None),
    ("the Russian state", "RUS", None, "state:RUS"),
    ("the world body", "UNO", "GOV", "org:un"),
    ("former prime minister Tony Blair", "GBR", "ELI", "per:tony-blair"),
    ("the German leader", "DEU", "GOV", "per:olaf-scholz"),
    ("the French leader", "FRA", "GOV", "per:emmanuel-macron"),
    ("the Hamas leader", "PSE", "REB", None),
    ("Amartya Sen", None, None, None),
    ("Volkswagen AG", "MNC", "BUS", "org:volkswagen"),
    ("Ted Hui", None, None, None),
    ("Lt. Lavrov", None, "MIL", None),
    ("Russia's UN ambassador", "RUS", "GOV", None),
    ("his Turkish counterparts", "TUR", None, None),
    ("the Liberal party", None, "PTY", None),
    ("Isis fighters", "IMG", "REB", None),
    ("the European parliament", "EUR", "LEG", None),
    ("the shadow foreign secretary", "GBR", "OPP", None),
    ("the US", "USA", None, "state:USA"),
    ("the WHO", "UNO", None, "org:who"),
])  # fmt: skip
def test_words_name_an_actor(actors: Actors, words: str, country: str, sector: str | None, ident: str | None) -> None:
    actor, why = actors.identify(words, DAY)
    assert actor.country == country, why
    assert sector is None or actor.sectors[:1] == (sector,), why
    assert ident is None or actor.actor_id == ident, why


def test_an_office_is_held_by_another_person_on_another_day(actors: Actors) -> None:
    now, _ = actors.identify("the Russian foreign minister", DAY)
    then, _ = actors.identify("the Russian foreign minister", date(1999, 5, 1))
    assert now.actor_id == "per:sergei-lavrov"
    assert then.actor_id != now.actor_id
    assert then.country == "RUS"


def test_a_generic_body_takes_the_story_s_country_and_never_a_foreign_namesake(actors: Actors) -> None:
    venezuela = Setting("VEN", {"VEN": 3}, lambda _: None)
    actor, _ = actors.identify("the National Assembly", DAY, setting=venezuela)
    assert actor.country == "VEN"
    assert actor.sectors[:1] == ("LEG",)


def test_words_that_name_nobody_stay_unresolved(actors: Actors) -> None:
    actor, _ = actors.identify("a wooden boat", DAY)
    assert actor.actor_id is None
    assert actor.country is None
    assert actor.confidence < 0.5


def test_a_former_minister_is_no_minister(actors: Actors) -> None:
    actor, _ = actors.identify("the former French foreign minister", DAY)
    assert actor.actor_id is None
    assert actor.sectors == ("ELI",)


def test_a_family_name_of_two_in_office_is_left_open() -> None:
    actors = Actors(load_knowledge())
    setting = Setting("KOR", {"KOR": 2.0, "CHN": 1.0}, lambda _: None)
    found, _ = actors.identify("Kim", date(2024, 3, 16), setting=setting, label="person")
    assert found.actor_id is None
    assert len(found.candidates) > 1


@pytest.mark.parametrize(
    ("words", "day", "ident", "country"),
    [
        pytest.param("King Charles III", date(2023, 5, 6), "per:charles-iii", "GBR", id="king-of-the-united-kingdom"),
        pytest.param("Queen Elizabeth II", date(2010, 5, 6), "per:elizabeth-ii", "GBR", id="queen-before-him"),
        pytest.param("Australia's head of state", date(2023, 5, 6), "per:charles-iii", "AUS", id="head-of-a-realm"),
        pytest.param("the head of state of Jamaica", date(2010, 5, 6), "per:elizabeth-ii", "JAM", id="a-realm-by-date"),
    ],
)
def test_realms_share_a_head_of_state(actors: Actors, words: str, day: date, ident: str, country: str) -> None:
    actor, _ = actors.identify(words, day)
    assert (actor.actor_id, actor.country) == (ident, country)


def test_the_islamic_republic_is_iran(actors: Actors) -> None:
    actor, _ = actors.identify("the Foreign Ministry of the Islamic Republic", DAY)
    assert actor.country == "IRN"
    assert actors.identify("the Islamic Republic of Pakistan", DAY)[0].country == "PAK"
