"""The knowledge files cover the world: counts have floors, and every state has its leaders."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.resolve.knowledge import Knowledge, load_knowledge
from dragoman.resolve.packed import HERE, compiled_digest, digest
from dragoman.resolve.tables import BODY_TABLES

HEADS = (
    "president",
    "monarch",
    "acting_president",
    "supreme_leader",
    "transitional_leader",
    "head_of_state",
    "head_of_government",
    "general_secretary",
    "presidency_member",
    "prime_minister",
    "acting_prime_minister",
    "pope",
)
# Years of interim administrations and gaps that the files leave open rather than guess.
NO_HEAD_ON_FIRST_OF_JULY = {
    ("FJI", 2000),
    ("KIR", 2003),
    ("SRB", 2000),  # Yugoslavia's president counts for YUG
    ("SOM", 2000),
    ("TLS", 2000),
    ("TLS", 2001),
    ("KOS", 2000),
    ("KOS", 2001),
} | {("SMR", year) for year in range(2000, 2020)}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


def bodies_of(known: Knowledge, kind: str) -> int:
    return sum(body.kind == kind for body in known.bodies.values())


def test_the_shipped_copy_is_current() -> None:
    assert compiled_digest() == digest(), "run python tools/compile_knowledge.py"


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        ("institutions", 600),
        ("organisations", 250),
        ("armed_groups", 300),
        ("parties", 300),
        ("media", 150),
        ("companies", 200),
    ],
)
def test_bodies_reach_their_floors(known: Knowledge, kind: str, floor: int) -> None:
    assert kind in BODY_TABLES
    assert bodies_of(known, kind) >= floor


def test_countries_roles_and_people_reach_their_floors(known: Knowledge) -> None:
    members = [c for c in known.countries.values() if c.kind == "member"]
    assert len(members) == 193
    assert sum(1 for _ in known.role_keys()) >= 1_200
    assert sum(len(person.spells) for person in known.people.values()) >= 3_000
    assert sum(body.is_agency for body in known.bodies.values()) >= 60
    assert len(known.extra_places()) >= 400


def test_every_state_has_its_codes(known: Knowledge) -> None:
    for country in known.countries.values():
        if country.kind == "member":
            assert all((country.iso2, country.fips, country.cow, country.cow_abbr)), country
            assert country.capital, country
            assert known.lookup(country.capital), country


def test_every_state_has_a_head_since_2000(known: Knowledge) -> None:
    missing = {
        (country.code, year)
        for country in known.countries.values()
        if country.kind in {"member", "observer", "partial"}
        for year in range(2000, 2026)
        if country.period.covers(date(year, 7, 1))
        if not any(known.holders(head, country.code, date(year, 7, 1)) for head in HEADS)
        and not known.holders("governor_general", country.code, date(year, 7, 1))
    }
    assert missing <= NO_HEAD_ON_FIRST_OF_JULY


def test_most_states_have_foreign_ministers(known: Knowledge) -> None:
    members = [c.code for c in known.countries.values() if c.kind == "member"]
    assert sum(bool(known.holders("foreign_minister", code)) for code in members) >= 170
    assert sum(bool(known.holders("defence_minister", code)) for code in members) >= 60


def test_a_single_office_changes_hands_cleanly(known: Knowledge) -> None:
    """Two holders of one office may share a day of change, but hardly ever more."""
    doubled = []
    for office in ("foreign_minister", "prime_minister", "president", "secretary_general"):
        for country in [*known.countries, "UNO", "IGO", "EUR"]:
            spells = known.holders(office, country)
            for first, second in pairwise(spells):
                end, start = first.period.end or "9999", second.period.start or ""
                shared = min(len(end), len(start))
                if first.body == second.body and end[:shared] > start[:shared]:
                    doubled.append((office, country, first.person, second.person))
    # Rival governments (Libya, Côte d'Ivoire 2010, The Gambia 2017, Madagascar 2002) and co-presidents.
    assert len(doubled) <= 15, doubled


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.tsv")), ids=lambda path: path.stem)
def test_every_file_names_its_source(path: Path) -> None:
    opening = path.read_text(encoding="utf-8").split("\n")[:5]
    assert any(line.startswith("# Source: ") for line in opening)
