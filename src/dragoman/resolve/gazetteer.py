"""Names of places to places: GeoNames cities and divisions, countries, and the extra places.

Place data from GeoNames (https://www.geonames.org/), CC BY 4.0.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from dragoman.resolve.knowledge import Knowledge, load_knowledge
from dragoman.resolve.normalise import normalise
from dragoman.resolve.own_places import PlaceEntry, own_places

COMPILED = Path(__file__).parent.parent / "knowledge" / "compiled" / "gazetteer.sqlite"
SCHEMA = """
CREATE TABLE place (row INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, feature TEXT,
    country TEXT, admin1 TEXT, lat REAL, lon REAL, population INTEGER);
CREATE TABLE name (key TEXT, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID;
"""
KIND_OF_FEATURE = {"PPL": "city", "PPLC": "capital", "ADM1": "admin1", "ADM2": "admin2"}
__all__ = ["COMPILED", "SCHEMA", "Gazetteer", "PlaceEntry"]


class Gazetteer:
    """Read-only lookup of place names; opening takes no load, a lookup some tens of microseconds."""

    def __init__(self, knowledge: Knowledge | None = None, path: Path = COMPILED) -> None:
        self._file = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        knowledge = knowledge or load_knowledge()
        self._own = own_places(knowledge)
        self._division_words = knowledge.division_words
        self._found = lru_cache(maxsize=20_000)(self._look)

    def candidates(self, name: str) -> tuple[PlaceEntry, ...]:
        """All places of that name: countries and extra places first, then by prominence.

        Case, accents and punctuation are folded. "St." also finds "Saint"; a division's word
        ("Anbar province") is dropped when the whole name is unknown; an abbreviation with dots
        ("Ky.") counts only as written; a country's adjective ("Canadian") finds the country
        before little-known places of that name. Empty when nothing is known.
        """
        if abbreviated := self._own.abbreviations.get(name.strip()):
            return abbreviated
        return self._found(normalise(name))

    def _look(self, key: str) -> tuple[PlaceEntry, ...]:
        for variant in _variants(key, self._division_words):
            ranked = sorted(self._ranked(variant), key=_prominence, reverse=True)
            well_known = [place for place in ranked if _prominence(place) >= WELL_KNOWN]
            named = (*self._own.places.get(variant, ()), *well_known)
            found = (*named, *self._own.adjectives.get(variant, ()), *ranked[len(well_known) :])
            if found:
                return found
        return ()

    def _ranked(self, key: str) -> Iterator[PlaceEntry]:
        """The shipped places of a key, their divisions corrected by the knowledge files."""
        corrected = {division.country: division for division in self._own.divisions.get(key, ())}
        for place in self._shipped(key):
            own = corrected.pop(place.country, None) if place.feature == "ADM1" else None
            yield replace(place, name=own.name, lat=own.lat, lon=own.lon) if own else place
        yield from corrected.values()

    def _shipped(self, key: str) -> Iterator[PlaceEntry]:
        rows = self._file.execute("SELECT place.* FROM name JOIN place USING (row) WHERE key = ? ORDER BY row", (key,))
        for _, geonameid, name, feature, country, admin1, lat, lon, population in rows:
            kind = KIND_OF_FEATURE[feature]
            yield PlaceEntry(name, kind, country, admin1 or None, lat, lon, population, geonameid, feature)


# A division often shares the name of its city, which is what news mean: weights on population.
WELL_KNOWN = 100_000.0  # the prominence from which a place outdoes a country's adjective
PROMINENCE = {"PPLC": 10.0, "PPL": 1.0, "ADM1": 0.2, "ADM2": 0.3}


def _prominence(place: PlaceEntry) -> float:
    return PROMINENCE[place.feature] * (place.population + 1)


def _variants(key: str, division_words: frozenset[str]) -> Iterator[str]:
    yield key
    if key.startswith("st "):
        yield "saint " + key.removeprefix("st ")
    elif key.startswith("saint "):
        yield "st " + key.removeprefix("saint ")
    words = key.split()
    if len(words) > 1 and words[-1] in division_words:
        yield " ".join(words[:-1])
    if len(words) > 2 and words[0] in division_words and words[1] == "of":
        yield " ".join(words[2:])
