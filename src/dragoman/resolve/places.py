"""Where: names of places to places, by what else the report names."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.records import Place
from dragoman.resolve.gazetteer import Gazetteer, PlaceEntry
from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.normalise import normalise

PRECISION = {"city": "city", "capital": "city", "admin1": "admin1", "admin2": "admin1", "country": "country"}
# The weights of context are the strongest that do not lose on GeoVirus (gold spans), whose reports are of world news:
# local news need them.
COUNTRY_TOLD, DIVISION_TOLD, SPELT_SO = 1.6, 2.0, 0.6
OTHER_NAME, COUNTY = 1.2, 0.5
"""Taken off a place whose own name shares no word with the one written: old and foreign names are seldom meant.
How much the size of a county counts, of what a town's does: its own report means the near one, not the large one."""
_CONTAINER = re.compile(
    r"(?:\s?[,(]\s?(?:in\s|the\s)?|\sin\s(?:the\s)?)((?:[A-Z][\w.'’-]*\.?)(?:\s[A-Z][\w'’-]+){0,3})"
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place where it stands; `container` the name that follows after a comma or "in", or None."""

    start: int
    end: int
    text: str
    container: str | None


class Places:
    """Chooses among the places of a name; the gazetteer is opened on first use."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._gazetteer: Gazetteer | None = None

    @property
    def gazetteer(self) -> Gazetteer:
        """The shipped gazetteer with the knowledge's own places."""
        if self._gazetteer is None:
            self._gazetteer = Gazetteer(self.knowledge)
        return self._gazetteer

    def country_of_city(self, name: str) -> str | None:
        """The country of a well-known place by its name alone, None when unknown, small or shared."""
        found = [e for e in self.candidates(name, None) if e.country]
        if not found or name.lower() in self.knowledge.directions:
            return None
        first = found[0]
        if first.kind in ("city", "admin2") and first.population < 30_000:
            return None
        return first.country

    def candidates(self, name: str, on: date | None) -> tuple[PlaceEntry, ...]:
        """Places of the name; for an adjective or demonym the country; those spelt so before those called so."""
        key = normalise(name)
        found = self.gazetteer.candidates(name)
        countries = tuple(
            self._country(h.id)
            for h in self.knowledge.lookup(name, on)
            if h.kind == "country" and h.how not in ("capital", "seat", "metonym")
        )
        if not countries and " " in name and (seat := self._seat_of(name, on)):
            found = seat
        if not found and not countries:
            found = self._without_direction(name)
        own = [c for c in countries if all(c.country != f.country or f.kind != "country" for f in found)]
        ranked = sorted(found, key=lambda e: normalise(e.name) != key) if found else []
        return (*own, *ranked)

    def _seat_of(self, name: str, on: date | None) -> tuple[PlaceEntry, ...]:
        """Where a body that a place's name stands for has its seat: the White House is in Washington."""
        for hit in self.knowledge.lookup(name, on):
            country = (
                hit.id
                if hit.kind == "country"
                else self.knowledge.bodies[hit.id].country
                if hit.kind == "body"
                else None
            )
            known = self.knowledge.countries.get(country or "")
            if known is not None and known.capital:
                return tuple(e for e in self.gazetteer.candidates(known.capital) if e.country == country)[:1]
        return ()

    def _without_direction(self, name: str) -> tuple[PlaceEntry, ...]:
        """ "Northern Iraq", "Greater Toronto Area": the place without the word that says which part; of adjectives the continent."""
        words = name.split()
        if words and words[0].lower().strip("-") in self.knowledge.directions and len(words) > 1:
            rest = [w for w in words[1:] if w.lower() not in ("area", "region")]
            return self.candidates(" ".join(rest), None) if rest else ()
        continent = self.knowledge.region_adjectives.get(normalise(name))
        return self.gazetteer.candidates(continent) if continent else ()

    def _country(self, code: str) -> PlaceEntry:
        known = self.knowledge.countries[code]
        return PlaceEntry(known.name, "country", code, None, known.lat, known.lon, 0, None, "PCLI")

    def choose_all(self, text: str, names: Sequence[Toponym], on: date | None) -> list[PlaceEntry | None]:
        """A place for each name: first those that leave no doubt, then the others by the countries and divisions told."""
        options = [self.candidates(n.text, on) or self._abbreviated(n.text) for n in names]
        told = self._evidence(options)
        chosen = [self._choose(n, o, told) for n, o in zip(names, options, strict=True)]
        for key, count in self._counted(chosen).items():
            told[key] += 0.5 * count
        final = [self._choose(n, o, told) for n, o in zip(names, options, strict=True)]
        return self._one_sense(names, final)

    def _one_sense(self, names: Sequence[Toponym], chosen: list[PlaceEntry | None]) -> list[PlaceEntry | None]:
        """A name once placed by what stands behind it ("Paris, Texas") means the same place when it comes again."""
        sure = {normalise(n.text): c for n, c in zip(names, chosen, strict=True) if n.container and c is not None}
        return [sure.get(normalise(n.text), c) if not n.container else c for n, c in zip(names, chosen, strict=True)]

    def _evidence(self, options: Sequence[Sequence[PlaceEntry]]) -> dict[str, float]:
        told: dict[str, float] = defaultdict(float)
        for found in options:
            if not found:
                continue
            countries = {e.country for e in found if e.country}
            divisions = {(e.country, e.admin1) for e in found}
            first = found[0]
            if first.kind == "country" and first.country:
                told[first.country] += 1.0
            elif len(countries) == 1 and first.country:
                told[first.country] += 0.7
                if len(divisions) == 1 and first.admin1 and first.kind != "admin1":
                    told[f"{first.country}/{first.admin1}"] += 0.7
            if first.kind == "admin1" and first.country:
                told[f"{first.country}/{first.admin1}"] += 1.0
                told[first.country] += 0.7
            elif first.population > 1_000_000 and first.country:
                told[first.country] += 0.3
                told[f"{first.country}/{first.admin1}"] += 0.3
        return told

    def _counted(self, chosen: Iterable[PlaceEntry | None]) -> dict[str, float]:
        told: dict[str, float] = defaultdict(float)
        for entry in chosen:
            if entry is not None and entry.country:
                told[entry.country] += 0.5
                if entry.admin1:
                    told[f"{entry.country}/{entry.admin1}"] += 0.5
        return told

    def _choose(self, name: Toponym, options: Sequence[PlaceEntry], told: Mapping[str, float]) -> PlaceEntry | None:
        if not options:
            return None
        if name.container:
            within = self._within(options, name.container)
            if within:
                return within[0]
            if options[0].kind in ("city", "admin2") and (outer := self._division(name.container)):
                return outer  # a small place of that division that the gazetteer lacks: no finer than what is sure
        key = normalise(name.text)
        states = {e.country for e in options if e.kind == "country" and normalise(e.name) == key}
        if states:  # "Mexico" is not Mexico City, though people call it so; Georgia in America stays an option
            options = [e for e in options if e.country not in states or normalise(e.name) == key]
        return max(options, key=lambda e: (self._score(e, key, told), -options.index(e)))

    def _abbreviated(self, name: str) -> tuple[PlaceEntry, ...]:
        """The division of an abbreviation as it stands behind a town: "KY", "Alta"."""
        division = self._division(name) if name[:1].isupper() and len(name) <= 5 else None
        return (division,) if division else ()

    def _division(self, container: str) -> PlaceEntry | None:
        """The first-level division of that name or abbreviation, where nothing else bears the name."""
        found = self.candidates(self._written_out(container), None)
        return found[0] if found and found[0].kind == "admin1" else None

    def _within(self, options: Sequence[PlaceEntry], container: str) -> list[PlaceEntry]:
        """Those options that lie in the place named behind them."""
        outer = self.candidates(self._written_out(container), None)
        countries = {e.country for e in outer if e.kind == "country"}
        divisions = {
            (e.country, e.admin1) for e in outer if e.kind in ("admin1", "city", "capital", "admin2") and e.admin1
        }
        exact = [e for e in options if (e.country, e.admin1) in divisions and e.kind != "admin1"]
        return exact or [e for e in options if e.country in countries and e.kind != "country"]

    def _score(self, entry: PlaceEntry, key: str, told: Mapping[str, float]) -> float:
        """Prominence, and how much the report speaks of the place's country and division; weights set by reading GeoVirus."""
        if entry.kind == "country":
            size = 8.0
        elif entry.kind in PRECISION:
            size = math.log10(entry.population + 300) * (COUNTY if entry.kind == "admin2" else 1.0)
        else:
            size = 7.0
        score = size + (1.0 if entry.kind == "capital" else 0.0)
        score += _spelling(normalise(entry.name), key)
        if entry.country:
            score += COUNTRY_TOLD * math.log1p(told.get(entry.country, 0.0))
            if entry.admin1:
                score += DIVISION_TOLD * math.log1p(told.get(f"{entry.country}/{entry.admin1}", 0.0))
        if entry.kind in ("admin1", "admin2"):
            score -= 0.6
        return score

    def container_of(self, text: str, end: int) -> str | None:
        """The name right behind a comma or bracket after the place: "Paris, Texas", "Aleppo (Syria)"."""
        found = _CONTAINER.match(text, end)
        if found is None:
            return None
        words = found[1].split()
        for i, word in enumerate(words[:-1]):  # the stop of a sentence, not of an abbreviation
            if word.endswith(".") and not self.is_abbreviation(word[:-1].lower().replace(".", "")):
                return " ".join(words[: i + 1]).rstrip(".")
            if word.endswith("."):
                return " ".join(words[: i + 1])
        return found[1]

    def is_abbreviation(self, key: str) -> bool:
        """Whether news put the word, in small letters without stops, behind a town for its division."""
        return key in self.knowledge.division_abbreviations

    def _written_out(self, container: str) -> str:
        """A division by its name where it is abbreviated; what is no abbreviation as it is."""
        return self.knowledge.division_abbreviations.get(normalise(container).replace(" ", ""), container)

    def place(self, entry: PlaceEntry, confidence: float = 0.85) -> Place:
        """The record of an entry, under the code that events carry."""
        code = self.knowledge.code_of(entry.country) if entry.country else None
        admin1 = entry.admin1 if entry.kind != "country" else None
        return Place(
            entry.name, code, admin1, entry.lat, entry.lon, entry.geonameid, self._precision(entry.kind), confidence
        )

    def _precision(self, kind: str) -> str:
        """city, admin1, country, sea, site or region."""
        return PRECISION.get(kind) or self.knowledge.place_kinds.get(kind, "region")


def _spelling(own: str, written: str) -> float:
    """What the likeness of a place's own name to the written one is worth: "New York City" is near to "New York"."""
    if own == written:
        return SPELT_SO
    return 0.0 if set(written.split()) & set(own.split()) or own[:3] == written[:3] else -OTHER_NAME
