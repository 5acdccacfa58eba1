"""The countries that a report tells of, and which of them words mean that name none."""

from __future__ import annotations

from collections import Counter

from dragoman.records import Reading, Sentence
from dragoman.resolve.actors import Actors
from dragoman.resolve.entities import Spot, View
from dragoman.resolve.known import Country
from dragoman.resolve.lent import Features, Lenders, kind_of, lent_score
from dragoman.resolve.naming import Naming
from dragoman.resolve.places import Places
from dragoman.resolve.setting import OF_STATES, Setting
from dragoman.resolve.told import countries_told
from dragoman.resolve.words import NEIGHBOURS

HALVES = {"south": "KOR", "north": "PRK"}
ENVOYS = frozenset({"ambassador", "special_envoy"})
"""Offices of those whom a ministry summons: they are another state's."""


class Scene:
    """What one report tells of countries.

    Attributes:
        told: Every country that it names, in order of the text; `bodies_told` organisations of states by their codes.
        counts: How often each country is named.
    """

    def __init__(self, reading: Reading, actors: Actors, places: Places) -> None:
        self.actors, self.places = actors, places
        self.on, self.text = reading.report.published, reading.report.text
        told = list(countries_told(reading, actors, places))
        self.bodies_told = [t for t in told if t.country in OF_STATES]
        self.told = [t for t in told if t.country not in OF_STATES]
        self.counts: Counter[str] = Counter(t.country for t in self.told)
        self.lenders = Lenders(self.told)

    def lenders_of(self, view: View) -> dict[str, Features]:
        """What speaks for each country that the report could lend to a mention."""
        return self.lenders.features(view.sentence, view.start, kind_of(view.naming, view.label))

    def lends_nobody(self, view: View) -> Features:
        """What speaks against all of them."""
        return self.lenders.nobody(kind_of(view.naming, view.label))

    def country_here(self, naming: Naming, spot: Spot) -> str | None:
        """The country that words without one most likely mean, from what the report names around them; None where none of them is likely."""
        kind = kind_of(naming, spot.mention.label)
        but = self._dealt_with(naming, spot.sentence)
        options = {
            c: f
            for c, f in self.lenders.features(spot.sentence.index, spot.mention.start, kind).items()
            if c not in but and (kind == "local" or not f["only_faced"])  # "the minister rejected talks with Iran"
        }
        best = max(options, key=lambda c: lent_score(options[c]), default=None)
        if best is None or lent_score(options[best]) < lent_score(self.lenders.nobody(kind)):
            return None
        return best

    def _dealt_with(self, naming: Naming, sentence: Sentence) -> frozenset[str]:
        """Whose ambassador a sentence names beside "the ministry", which is then not that country's."""
        if naming.generic is None or naming.generic.type != "ministry" or naming.country:
            return frozenset()
        others = (
            self.actors.namer.read(self.text[m.start : m.end], self.on) for m in sentence.mentions if m.kind == "actor"
        )
        return frozenset(o.country for o in others if o.country and o.role is not None and o.role.office in ENVOYS)

    def setting(self, country: str | None, start: int, *, owned: bool) -> Setting:
        """What the report lends to words at a place of the text.

        Args:
            country: The country that the words mean; `owned` when it is that of whose they are.
        """
        federal = self.actors.knowledge.federal
        return Setting(country, self.counts, self._city, owned, self._body_before(start), federal)

    def half_of_korea(self, name: str) -> str | None:
        """ "The South" and "the North", where the report tells of Korea."""
        half = HALVES.get(name.lower().removeprefix("the "))
        return half if self.counts["KOR"] or self.counts["PRK"] else None

    def _city(self, name: str) -> str | None:
        """The country of a place name; of the halves of Korea their own."""
        if name.lower().removeprefix("the ") in HALVES:
            return self.half_of_korea(name)
        return self.places.country_of_city(name)

    def _body_before(self, start: int) -> str | None:
        """The organisation of states that was named last; the report's first, before any."""
        codes = [t.country for t in self.bodies_told if t.start < start and t.sentence >= 0]
        return codes[-1] if codes else next((t.country for t in self.bodies_told), None)

    def beside(self, country: str, naming: Naming, start: int) -> str | None:
        """ "Its western neighbour", "its ally": the one other state that the story told of before, if there is but one that fits."""
        countries = self.actors.knowledge.countries
        others = dict.fromkeys(t.country for t in self.told if t.start < start and t.country != country)
        home = countries.get(country)
        if naming.head in NEIGHBOURS and home is not None:
            others = {c: None for c in others if c in home.neighbours and _lies(countries[c], home, naming.modifiers)}
        return next(iter(others)) if len(others) == 1 else None


def _lies(one: Country, other: Country, modifiers: tuple[str, ...]) -> bool:
    """Whether one country lies where the words say: "western", "south-eastern" of the other."""
    words = " ".join(modifiers)
    return (
        not ("north" in words and one.lat < other.lat)
        and not ("south" in words and one.lat > other.lat)
        and not ("east" in words and one.lon < other.lon)
        and not ("west" in words and one.lon > other.lon)
    )
