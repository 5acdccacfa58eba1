"""Names and offices lead to the right countries, bodies and persons on a day."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.resolve.knowledge import Knowledge, load_knowledge


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


def ids(known: Knowledge, name: str, on: date | None = None) -> set[str]:
    return {hit.id for hit in known.lookup(name, on)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Downing Street", "GBR"),
        ("the Élysée", "FRA"),
        ("Elysee", "FRA"),
        ("Cheong Wa Dae", "KOR"),
        ("Blue House", "KOR"),
        ("Foggy Bottom", "USA"),
        ("Gulf kingdom", "SAU"),
        ("Zhongnanhai", "CHN"),
        ("Viet Nam", "VNM"),
        ("Ivory Coast", "CIV"),
        ("cote d'ivoire", "CIV"),
        ("Burma", "MMR"),
        ("Emirati", "ARE"),
        ("Dutch", "NLD"),
        ("U.S.", "USA"),
        ("DPRK", "PRK"),
        ("State Department", "department-of-state"),
        ("Knesset", "knesset"),
        ("Revolutionary Guards", "islamic-revolutionary-guard-corps"),
        ("Rosatom", "rosatom"),
        ("Shin Bet", "shin-bet"),
        ("Inter-Services Intelligence", "inter-services-intelligence"),
        ("WHO", "who"),
        ("Hezbollah", "hezbollah"),
        ("Hizbollah", "hezbollah"),
        ("Yonhap", "yonhap"),
        ("MBS", "mohammed-bin-salman"),
        ("AMLO", "andres-manuel-lopez-obrador"),
        ("Xi", "xi-jinping"),
        ("Andrey Rudenko", "andrei-rudenko"),
        ("Hakan Fidan", "hakan-fidan"),
        ("von der Leyen", "ursula-von-der-leyen"),
        ("Sisi", "abdel-fattah-al-sisi"),
    ],
)
def test_a_name_finds_its_actor(known: Knowledge, name: str, expected: str) -> None:
    assert expected in ids(known, name)


@pytest.mark.parametrize("word", ["who", "us", "is", "pace", "quad of", "it", "the"])
def test_an_acronym_needs_its_capitals(known: Knowledge, word: str) -> None:
    assert not any(hit.exact for hit in known.lookup(word))


@pytest.mark.parametrize(
    ("office", "country", "day", "person"),
    [
        ("foreign_minister", "RUS", date(2023, 9, 12), "sergei-lavrov"),
        ("foreign_minister", "RUS", date(1999, 5, 1), "igor-ivanov"),
        ("prime_minister", "GBR", date(2022, 10, 1), "liz-truss"),
        ("president", "KOR", date(2024, 11, 1), "yoon-suk-yeol"),
        ("foreign_minister", "CHN", date(2023, 5, 1), "qin-gang"),
        ("foreign_minister", "USA", date(2013, 6, 1), "john-kerry"),
        ("prime_minister", "IND", date(2010, 1, 1), "manmohan-singh"),
        ("supreme_leader", "PRK", date(2015, 1, 1), "kim-jong-un"),
    ],
)
def test_an_office_is_held_by_date(known: Knowledge, office: str, country: str, day: date, person: str) -> None:
    assert [spell.person for spell in known.holders(office, country, day)] == [person]


def test_an_office_of_a_body_is_told_from_its_namesakes(known: Knowledge) -> None:
    day = date(2020, 1, 1)
    nato = known.holders("secretary_general", "IGO", day, body="nato")
    league = known.holders("secretary_general", "IGO", day, body="arab-league")
    assert [s.person for s in nato] == ["jens-stoltenberg"]
    assert [s.person for s in league] == ["ahmed-aboul-gheit"]


def test_the_head_of_a_party_has_the_partys_sector(known: Knowledge) -> None:
    [nasrallah] = known.spells_on("hassan-nasrallah", date(2010, 1, 1))
    assert nasrallah.sectors[0] == "REB"


@pytest.mark.parametrize(
    ("name", "day", "expected", "absent"),
    [
        ("Zaire", date(1980, 1, 1), "ZAR", None),
        ("Zaire", date(2005, 1, 1), None, "ZAR"),
        ("Islamic State", date(2015, 1, 1), "islamic-state", None),
        ("Taliban", date(2023, 1, 1), "taliban-government", "taliban"),
        ("Taliban", date(2010, 1, 1), "taliban", "taliban-government"),
    ],
)
def test_a_name_means_what_it_meant_that_day(
    known: Knowledge, name: str, day: date, expected: str | None, absent: str | None
) -> None:
    found = ids(known, name, day)
    assert expected is None or expected in found
    assert absent is None or absent not in found


@pytest.mark.parametrize(
    ("code", "coded", "sectors"),
    [
        ("PRI", "USA", ()),
        ("HKG", "HKG", ()),
        ("ABK", "GEO", ("PRE",)),
        ("SML", "SOM", ("PRE",)),
        ("ZAR", "COD", ()),
        ("KOS", "KOS", ()),
        ("DEU", "DEU", ()),
    ],
)
def test_territories_are_counted_with_their_sovereign(
    known: Knowledge, code: str, coded: str, sectors: tuple[str, ...]
) -> None:
    assert (known.code_of(code), known.countries[code].sectors) == (coded, sectors)


@pytest.mark.parametrize(
    ("phrase", "country", "office"),
    [
        ("foreign secretary", "GBR", "foreign_minister"),
        ("foreign secretary", "IND", "deputy_foreign_minister"),
        ("secretary of state", "USA", "foreign_minister"),
        ("chancellor", "DEU", "prime_minister"),
        ("chancellor", "GBR", "finance_minister"),
        ("vice foreign minister", None, "deputy_foreign_minister"),
        ("foreign ministers", None, None),
        ("defence ministers of", None, "unknown"),
        ("top diplomat", "KEN", "foreign_minister"),
    ],
)
def test_a_role_means_its_countrys_office(
    known: Knowledge, phrase: str, country: str | None, office: str | None
) -> None:
    role = known.role_for(phrase, country)
    assert (role.office if role else "unknown") == office


@pytest.mark.parametrize(
    ("phrase", "sector", "kind"),
    [
        ("protesters", "CVL", "group"),
        ("rebels", "REB", "group"),
        ("refugees", "REF", "group"),
        ("police officers", "COP", "occupation"),
        ("lawmakers", "LEG", "office"),
        ("farmers", "AGR", "occupation"),
        ("students", "EDU", "occupation"),
        ("paramedics", "MED", "occupation"),
        ("former president", "ELI", "group"),
        ("gunmen", "UAF", "group"),
    ],
)
def test_a_crowd_has_its_sector(known: Knowledge, phrase: str, sector: str, kind: str) -> None:
    role = known.role_for(phrase, None)
    assert role is not None
    assert (role.sectors[0], role.kind) == (sector, kind)
