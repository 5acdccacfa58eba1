"""What a phrase names by itself: country, body, office, person, crowd; nothing of its context yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.known import Hit, Person, Role
from dragoman.resolve.normalise import normalise

_DETERMINER = re.compile(
    r"^(?:the|a|an|some|several|many|two|three|four|five|six|dozens of|hundreds of|thousands of|its|their|his|her|our|my|this|that|these|those|both|all)\s+",
    re.I,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_WORD = re.compile(r"[^\s,;]+")


@dataclass(frozen=True, slots=True)
class Naming:
    """What the words say.

    Attributes:
        country: Knowledge code of a country that the words name (adjective, possessive, "of ..."), or None.
        country_how: How it was named ("adjective", "capital", ...).
        body: Id of a known body, or None; `generic` a body every state has (type, sectors).
        role: The role phrase found ("deputy foreign minister"), or None.
        person: Ids of persons whose name stands in the words; several when the name is shared.
        name: The proper name in the words, as written, or None.
        rest: Words that nothing explains.
    """

    country: str | None = None
    country_how: str | None = None
    body: str | None = None
    generic: tuple[str, tuple[str, ...]] | None = None
    role: Role | None = None
    role_text: str | None = None
    persons: tuple[str, ...] = ()
    name: str | None = None
    rest: tuple[str, ...] = ()


class Namer:
    """Reads phrases against the knowledge; built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._k = knowledge
        self._generic = {normalise(g.phrase): g for g in knowledge.generic_bodies}
        self._longest = 8

    def read(self, words: str, on: date | None) -> Naming:
        """What a mention's words name on a day."""
        core = _DETERMINER.sub("", words.strip())
        whole = self._whole(_POSSESSIVE.sub("", core), on)
        if whole is not None:
            return whole
        return self._parts(core, on)

    def _whole(self, words: str, on: date | None) -> Naming | None:
        hits = self._k.lookup(words, on) or self._k.lookup(words)
        if not hits:
            role = self._role(words, None)
            return Naming(role=role, role_text=words) if role else self._generic_whole(words)
        countries = [h for h in hits if h.kind == "country"]
        if countries:
            best = self._best_country(countries)
            return Naming(country=best.id, country_how=best.how)
        bodies = [h for h in hits if h.kind == "body"]
        if bodies:
            return Naming(body=bodies[0].id, country=None)
        persons = tuple(dict.fromkeys(h.id for h in hits if h.kind == "person"))
        role = self._role(words, None) if not words[:1].isupper() else None
        if role:
            return Naming(role=role, role_text=words)
        return Naming(persons=persons, name=words)

    def _generic_whole(self, words: str) -> Naming | None:
        generic = self._generic.get(normalise(words))
        return Naming(generic=(generic.type, generic.sectors)) if generic else None

    def _best_country(self, hits: Iterable[Hit]) -> Hit:
        order = ("name", "short", "official", "abbreviation", "adjective", "demonym", "capital", "seat", "metonym")
        kinds = {code: c.kind for code, c in self._k.countries.items()}
        return min(
            hits, key=lambda h: (kinds.get(h.id) == "historical", order.index(h.how) if h.how in order else 9, h.id)
        )

    def _role(self, words: str, country: str | None) -> Role | None:
        return self._k.role_for(words, country)

    def _parts(self, words: str, on: date | None) -> Naming:
        """Left to right, longest first: country, role, body, name; then an "of ..." tail."""
        tokens = [m.group() for m in _WORD.finditer(words)]
        country = how = body = role_text = None
        role: Role | None = None
        generic: tuple[str, tuple[str, ...]] | None = None
        names: list[str] = []
        rest: list[str] = []
        i = 0
        while i < len(tokens):
            step = self._longest_at(tokens, i, on, country)
            if step is None:
                word = _POSSESSIVE.sub("", tokens[i])
                (
                    names
                    if word[:1].isupper() or (names and word in ("al", "bin", "de", "van", "von", "da", "del", "el"))
                    else rest
                ).append(word)
                i += 1
                continue
            length, what, value = step
            text = " ".join(tokens[i : i + length])
            if what == "country":
                hit: Hit = value  # type: ignore[assignment]
                country, how = (country, how) if country else (hit.id, hit.how)
            elif what == "role" and (role is None or value.rank <= role.rank or role.kind == "group"):  # type: ignore[attr-defined]
                role, role_text = value, f"{role_text} {text}" if role_text and not names else text  # type: ignore[assignment]
            elif what == "generic":
                generic = value  # type: ignore[assignment]
            elif what == "body":
                body = value  # type: ignore[assignment]
            i += length
        name = " ".join(names) or None
        persons = self._persons(name, on) if name else ()
        if role and role_text:
            role = self._k.role_for(role_text, country) or role
        return Naming(country, how, body, generic, role, role_text, persons, name, tuple(rest))

    def _longest_at(
        self, tokens: list[str], i: int, on: date | None, country: str | None
    ) -> tuple[int, str, object] | None:
        for length in range(min(self._longest, len(tokens) - i), 0, -1):
            text = _POSSESSIVE.sub("", " ".join(tokens[i : i + length]))
            if length == 1 and text.lower() in ("of", "for", "in", "on", "and", "to", "the", "from", "at"):
                return None
            hits = self._k.lookup(text, on)
            countries = [h for h in hits if h.kind == "country"]
            if countries and text[:1].isupper():
                return length, "country", self._best_country(countries)
            role = self._k.role_for(text, country) or next(iter(self._k.roles(text)), None)
            if role:
                return length, "role", role
            generic = self._generic.get(normalise(text))
            if generic:
                return length, "generic", (generic.type, generic.sectors)
            bodies = [h for h in hits if h.kind == "body" and text[:1].isupper()]
            if bodies:
                return length, "body", bodies[0].id
        return None

    def _persons(self, name: str, on: date | None) -> tuple[str, ...]:
        hits = [h for h in self._k.lookup(name, on) if h.kind == "person"]
        return tuple(dict.fromkeys(h.id for h in hits))


def in_office(knowledge: Knowledge, persons: Iterable[str], on: date | None) -> list[Person]:
    """Those of the persons that held some office on the day."""
    return [knowledge.people[p] for p in persons if knowledge.spells_on(p, on)]
