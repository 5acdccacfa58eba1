"""Names of places to places: GeoNames cities and divisions, countries, and the extra places.

Place data from GeoNames (https://www.geonames.org/), CC BY 4.0.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.resolve.knowledge import Knowledge, load_knowledge
from dragoman.resolve.normalise import normalise

COMPILED = Path(__file__).parent.parent / "knowledge" / "compiled" / "gazetteer.sqlite"
SCHEMA = """
CREATE TABLE place (row INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, feature TEXT,
    country TEXT, admin1 TEXT, lat REAL, lon REAL, population INTEGER);
CREATE TABLE name (key TEXT, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID;
"""
KIND_OF_FEATURE = {"PPL": "city", "PPLC": "capital", "ADM1": "admin1", "ADM2": "admin2"}
# Words that say what sort of division a name is; "Anbar province" is looked up as "anbar" too.
DIVISION_WORDS = frozenset(
    [
        "province",
        "region",
        "oblast",
        "state",
        "governorate",
        "prefecture",
        "county",
        "district",
        "municipality",
        "department",
        "krai",
        "republic",
        "canton",
        "raion",
        "city",
        "territory",
        "division",
        "voivodeship",
    ]
)


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


class Gazetteer:
    """Read-only lookup of place names; opening takes no load, a lookup some tens of microseconds."""

    def __init__(self, knowledge: Knowledge | None = None, path: Path = COMPILED) -> None:
        self._file = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._own = _entries_by_key(knowledge or load_knowledge())
        self._found = lru_cache(maxsize=20_000)(self._look)

    def candidates(self, name: str) -> tuple[PlaceEntry, ...]:
        """All places of that name: countries and extra places first, then by prominence.

        Case, accents and punctuation are folded. "St." also finds "Saint"; a division's word
        ("Anbar province") is dropped when the whole name is unknown. Empty when nothing is known.
        """
        return self._found(normalise(name))

    def _look(self, key: str) -> tuple[PlaceEntry, ...]:
        for variant in _variants(key):
            shipped = sorted(self._shipped(variant), key=_prominence, reverse=True)
            found = (*self._own.get(variant, ()), *shipped)
            if found:
                return found
        return ()

    def _shipped(self, key: str) -> Iterator[PlaceEntry]:
        rows = self._file.execute("SELECT place.* FROM name JOIN place USING (row) WHERE key = ? ORDER BY row", (key,))
        for _, geonameid, name, feature, country, admin1, lat, lon, population in rows:
            yield PlaceEntry(
                name,
                KIND_OF_FEATURE[feature],
                country,
                admin1 or None,
                lat,
                lon,
                population,
                geonameid,
                feature,
            )


# A division often shares the name of its city, which is what news mean: weights on population.
PROMINENCE = {"PPLC": 10.0, "PPL": 1.0, "ADM1": 0.2, "ADM2": 0.3}


def _prominence(place: PlaceEntry) -> float:
    return PROMINENCE[place.feature] * (place.population + 1)


def _variants(key: str) -> Iterator[str]:
    yield key
    if key.startswith("st "):
        yield "saint " + key.removeprefix("st ")
    elif key.startswith("saint "):
        yield "st " + key.removeprefix("saint ")
    words = key.split()
    if len(words) > 1 and words[-1] in DIVISION_WORDS:
        yield " ".join(words[:-1])
    if len(words) > 2 and words[0] in DIVISION_WORDS and words[1] == "of":
        yield " ".join(words[2:])


def _entries_by_key(knowledge: Knowledge) -> dict[str, tuple[PlaceEntry, ...]]:
    entries: dict[str, list[PlaceEntry]] = defaultdict(list)
    for key, hits in knowledge.keys():  # noqa: SIM118 - not a dict
        for hit in hits:
            if hit.kind == "country" and hit.how in {"name", "official", "short", "abbreviation"}:
                known = knowledge.countries[hit.id]
                entry = PlaceEntry(
                    known.name,
                    "country" if known.kind != "area" else "region",
                    known.code,
                    None,
                    known.lat,
                    known.lon,
                    0,
                    None,
                    "PCLI" if known.kind == "member" else "",
                )
                if entry not in entries[key]:
                    entries[key].append(entry)
    for row in knowledge.extra_places():
        codes = row["country"].split(";")
        entry = PlaceEntry(
            row["name"],
            row["kind"],
            codes[0] if len(codes) == 1 and codes[0] else None,
            None,
            float(row["lat"]),
            float(row["lon"]),
            0,
            None,
            "",
        )
        for text in (row["name"], *row["aliases"].split(";")):
            if key := normalise(text):
                entries[key].append(entry)
    return {key: tuple(found) for key, found in entries.items()}
