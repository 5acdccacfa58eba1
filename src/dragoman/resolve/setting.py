"""What a story lends to the words that name its actors, and why a mention has the country that it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dragoman.records import Actor
from dragoman.resolve.naming import Naming

SUPRANATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
OF_STATES = frozenset({"IGO", "UNO", "EUR"})
"""Codes of organisations of states, which words without a name may take up ("the mission", "the agency")."""

Known = tuple[Actor, str]
"""An actor, and why in words."""

FROM_STORY = "the country comes from the story"
UNKNOWN = f"nobody known; {FROM_STORY}"
UNKNOWN_NAME = "the name is not known"
NOT_NAMED = "no country is named"
OF_WHOSE = "of whose they are"

_SENT = frozenset(["inspectors", "observers", "monitors", "peacekeepers", "helmets"])
"""Whom organisations send, where the story tells of one."""
_FROM_ANYWHERE = frozenset(["company", "state", "media"])
"""Labels of names that stories take from anywhere in the world: a firm is not of the country that it is talked about in."""
_OF_SEVERAL = re.compile(
    r"\b(?:of|from|in) (?:the )?(?:both|two|three|four|five|six|seven|eight|nine|ten|several|some|many|most|various|other|member|\d+)\b"
    r".*\b(?:countries|states|nations|capitals|governments)\b",
    re.IGNORECASE,
)
_SEVERAL = frozenset(
    [
        "governments",
        "ministries",
        "parliaments",
        "capitals",
        "delegations",
        "embassies",
        "powers",
        "others",
        "states",
        "countries",
        "nations",
        "democracies",
        "republics",
        "neighbours",
        "neighbors",
        "allies",
        "backers",
    ]
)
"""What a state has one of: in the plural they are of several states."""
_REGIONAL = re.compile(
    r"(?:the |some |other |many |most |several |senior |top |key )*(?:[Ww]estern|European|African|Asian|Arab|Gulf|Nordic|Baltic|Balkan|Caribbean|Latin American|South American|Central American|South-?[Ee]ast Asian|Scandinavian|Middle Eastern|regional|world|global|international|foreign) "
    r"(?:leaders|governments|states|countries|nations|capitals|powers|allies|officials|diplomats|envoys|ministers|heads|partners|donors|democracies|ambassadors|embassies)\b"
)
"""Of a part of the world, not of the story's country."""
_OTHERS = frozenset(["ally", "allies", "neighbours", "neighbors", "adversary", "adversaries", "rivals"])
"""Whom one has, but is not: "Britain's allies" are not British."""
_OPPOSITE = frozenset(
    ["neighbour", "neighbor", "rival", "enemy", "enemies", "foe", "foes", "nemesis", "arch-nemesis", "archenemy", "arch-enemy", "opponent",
     "opponents", "critic", "critics", "detractors", "friend", "friends", "partner", "partners", "backer", "backers", "patron", "patrons",
     "sponsor", "sponsors", "proxy", "proxies", "competitor", "competitors", "accusers", "tormentors", "captors", "invaders", "occupiers"]
)  # fmt: skip
"""The same of words that an adjective makes one's own: "Iran's enemies" are not Iranian, "Iranian critics" are."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a story lends to words that name no country.

    Attributes:
        country: The country spoken of, by the knowledge's code, or None.
        countries: How often each country is named in the story.
        city: A place name to its country's code, or None.
        owned: The country is that of the possessor in or before the words ("its embassy"), not a guess from the story.
        body: Code of the organisation of states that was named last (UNO, EUR, IGO), or None.
        federal: Countries whose parts are called states.
    """

    country: str | None
    countries: Mapping[str, float]
    city: Callable[[str], str | None]
    owned: bool = False
    body: str | None = None
    federal: frozenset[str] = frozenset()

    def by_place(self, naming: Naming) -> str | None:
        """The country of a place in the words; of one right before the head only when the story tells of that country."""
        inside = next((c for name in naming.where if (c := self.city(name))), None)
        if inside:
            return inside
        near = [c for name in naming.near if (c := self.city(name))]
        return next((c for c in near if self.countries.get(c, 0) > 0 or not self.countries), None)

    def lent_to(self, label: str) -> str | None:
        """The country that the story lends to a strange name: whose it is, or its own for what acts at home, never for firms."""
        return self.country if self.owned or label not in _FROM_ANYWHERE else None

    def country_of(self, naming: Naming, label: str = "", *, one_each: bool = False) -> tuple[str | None, float, str]:
        """(country, confidence, from where) of words that belong to one.

        Args:
            one_each: The words name an office of which every state has one.
        """
        if (naming.head in _OTHERS and (naming.country or self.owned)) or (naming.head in _OPPOSITE and self.owned):
            return None, 0.4, "they are others than those whose they are"
        if naming.country:
            return naming.country, 0.9, "the words name the country"
        if found := self.by_place(naming):
            return found, 0.8, "by the place in the words"
        if naming.role is not None and naming.role.country:
            return naming.role.country, 0.8, "the title is that country's"
        if self.country and self.owned:
            return self.country, 0.8, OF_WHOSE
        if naming.head == "west" or (naming.plural and _REGIONAL.match(naming.words)):
            return None, 0.4, "they are of several states"
        if naming.head == "helmets":
            return "UNO", 0.8, "the United Nations' soldiers"
        if naming.head in ("ngo", "ngos"):
            return "NGO", 0.6, "a non-governmental organisation"
        if label == "igo" or naming.head == "bloc":
            return self.body or "IGO", 0.6, "an organisation of states"
        if self.body and naming.head in _SENT:
            return self.body, 0.6, "of the organisation that the story tells of"
        members = (
            naming.head == "states" and self.country in self.federal and not naming.modifiers
        )  # "eighteen states sued"
        if not members and (
            (naming.plural and (one_each or naming.head in _SEVERAL)) or _OF_SEVERAL.search(naming.words)
        ):
            return None, 0.4, "they are of several states"
        if self.country:
            return self.country, 0.6, FROM_STORY
        return None, 0.4, NOT_NAMED


NOWHERE = Setting(None, {}, lambda _: None)
