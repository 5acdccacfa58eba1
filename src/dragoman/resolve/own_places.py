"""The places that the knowledge files themselves name: countries, extra places, divisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.known import Country
from dragoman.resolve.normalise import normalise
from dragoman.resolve.tables import Row

NAMES = frozenset({"name", "official", "short", "abbreviation"})
ADJECTIVES = frozenset({"adjective", "demonym"})
# Stands in for the population of a division that the gazetteer does not have.
USUAL_POPULATION = 3_000_000


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place a name may mean.

    Attributes:
        kind: city, capital, admin1, admin2, country, or the kind of an extra place (sea, strait,
            region, border, military-site, ...).
        country: ISO alpha-3 code as in the country table, or None for seas and shared regions.
        admin1: Name of the first-level division, or None.
        lat, lon: Degrees; the middle for areas.
        population: 0 when not known.
        geonameid: None for places that the gazetteer's sources give no id.
        feature: GeoNames feature code (PPL, PPLC, ADM1, ADM2, PCLI), empty for extra places.
    """

    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    population: int
    geonameid: int | None
    feature: str


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """Places by key: `places` come before the gazetteer's, `divisions` among them, `adjectives`
    after; `abbreviations` ("Ky.") by the name as written.
    """

    places: Mapping[str, tuple[PlaceEntry, ...]]
    divisions: Mapping[str, tuple[PlaceEntry, ...]]
    adjectives: Mapping[str, tuple[PlaceEntry, ...]]
    abbreviations: Mapping[str, tuple[PlaceEntry, ...]]


Found = defaultdict[str, list[PlaceEntry]]


def own_places(knowledge: Knowledge) -> OwnPlaces:
    """Gather all places that the knowledge files name."""
    places: Found = defaultdict(list)
    divisions: Found = defaultdict(list)
    adjectives: Found = defaultdict(list)
    abbreviations: Found = defaultdict(list)
    _gather_countries(knowledge, places, adjectives)
    for row in knowledge.extra_places():
        for text in _names(row):
            places[normalise(text)].append(_extra(row))
    for row in knowledge.divisions():
        for text in _names(row):
            by_key, key = (abbreviations, text) if text.endswith(".") else (divisions, normalise(text))
            by_key[key].append(_division(row))
    return OwnPlaces(_frozen(places), _frozen(divisions), _frozen(adjectives), _frozen(abbreviations))


def _gather_countries(knowledge: Knowledge, places: Found, adjectives: Found) -> None:
    for key, hits in knowledge.keys():  # noqa: SIM118 - not a dict
        for hit in hits:
            if hit.kind == "country" and hit.how in NAMES | ADJECTIVES:
                found = (places if hit.how in NAMES else adjectives)[key]
                entry = _country(knowledge.countries[hit.id])
                if entry not in found:
                    found.append(entry)


def _country(known: Country) -> PlaceEntry:
    kind = "region" if known.kind == "area" else "country"
    feature = "PCLI" if known.kind == "member" else ""
    return PlaceEntry(known.name, kind, known.code, None, known.lat, known.lon, 0, None, feature)


def _extra(row: Row) -> PlaceEntry:
    country = row["country"] if len(row["country"]) == 3 else None  # None: shared by several
    lat, lon = float(row["lat"]), float(row["lon"])
    return PlaceEntry(row["name"], row["kind"], country, None, lat, lon, 0, None, "")


def _division(row: Row) -> PlaceEntry:
    name, lat, lon = row["name"], float(row["lat"]), float(row["lon"])
    return PlaceEntry(name, "admin1", row["country"], name, lat, lon, USUAL_POPULATION, None, "ADM1")


def _names(row: Row) -> list[str]:
    return [text for text in (row["name"], *row["aliases"].split(";")) if text.strip()]


def _frozen(found: Found) -> dict[str, tuple[PlaceEntry, ...]]:
    return {key: tuple(entries) for key, entries in found.items() if key}
