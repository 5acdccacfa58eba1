"""Who: from what the words name to an actor of the event's date."""

from __future__ import annotations

import hashlib
from datetime import date

from dragoman.records import Actor
from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.known import Spell
from dragoman.resolve.naming import Namer, Naming
from dragoman.resolve.normalise import normalise, slug

KIND_OF_TABLE = {
    "institutions": "institution", "organisations": "igo", "armed_groups": "armed-group", "parties": "party", "media": "media", "companies": "company",
}  # fmt: skip


class Actors:
    """Turns namings into actors."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.namer = Namer(knowledge)

    def identify(
        self, words: str, on: date | None, *, country: str | None = None, label: str = ""
    ) -> tuple[Actor, str]:
        """(the actor, why in words); `country` is the context's country for words that name none."""
        naming = self.namer.read(words, on)
        return self.actor_of(naming, words, on, country=country, label=label)

    def actor_of(
        self, naming: Naming, words: str, on: date | None, *, country: str | None, label: str
    ) -> tuple[Actor, str]:
        """The actor that a naming stands for."""
        if naming.body:
            return self._body(naming, words)
        if naming.name:
            return self._person(naming, words, on, country, label)
        if naming.country and not naming.role and not naming.generic:
            return self._country(naming, words)
        if naming.generic:
            return self._generic(naming, words, country)
        if naming.role:
            return self._role(naming, words, on, country)
        return Actor(None, words, label or "other", None, (), None, 0.3), "the words name nobody known"

    def _country(self, naming: Naming, words: str) -> tuple[Actor, str]:
        known = self.knowledge.countries[naming.country or ""]
        code = known.coded_as
        sectors = known.sectors
        if naming.rest:
            return Actor(
                None, words, "other", code, sectors, None, 0.6
            ), f"{words!r} holds {known.name} ({naming.country_how})"
        return Actor(
            f"state:{known.code}", known.name, "state", code, sectors, None, 0.97
        ), f"{known.name} by its {naming.country_how}"

    def _body(self, naming: Naming, words: str) -> tuple[Actor, str]:
        body = self.knowledge.bodies[naming.body or ""]
        country = self.knowledge.code_of(body.country)
        if naming.name or naming.role:
            name, office = naming.name or words, naming.role_text
            sectors = naming.role.sectors if naming.role and body.kind == "institutions" else body.sectors
            ident = f"per:{slug(naming.name)}" if naming.name else None
            return Actor(
                ident, name, "person" if naming.name else "office", country, sectors, office, 0.85
            ), f"{office or 'someone'} of {body.name}"
        return Actor(
            f"org:{body.id}", body.name, KIND_OF_TABLE.get(body.kind, "institution"), country, body.sectors, None, 0.95
        ), f"{body.name} by name"

    def _generic(self, naming: Naming, words: str, country: str | None) -> tuple[Actor, str]:
        kind, sectors = naming.generic or ("", ())
        code = self.knowledge.code_of(naming.country) if naming.country else country
        if naming.role:
            ident = f"per:{slug(naming.name)}" if naming.name else None
            return Actor(
                ident, naming.name or words, "office", code, sectors, naming.role_text, 0.8
            ), f"{naming.role_text} of a {kind}"
        ident = f"org:{code}:{normalise(kind).replace(' ', '-')}" if code else None
        return Actor(ident, words, "institution", code, sectors, None, 0.9 if naming.country else 0.6), (
            f"a {kind} named with its country" if naming.country else f"a {kind}; the country comes from the story"
        )

    def _role(self, naming: Naming, words: str, on: date | None, country: str | None) -> tuple[Actor, str]:
        role = naming.role
        assert role is not None
        named = self.knowledge.code_of(naming.country) if naming.country else None
        code = named or (self.knowledge.code_of(role.country) if role.country else country)
        if role.kind == "group":
            return Actor(
                None, words, "crowd", code, role.sectors, None, 0.8 if named else 0.5
            ), f"{naming.role_text!r} is a group"
        if role.office and code and naming.role_text and role.rank <= 5:
            held = self.knowledge.holders(role.office, naming.country or code, on) if on else ()
            if len({s.person for s in held}) == 1 and self.knowledge.offices[role.office].single:
                return self._holder(
                    held[0], naming.role_text, 0.85 if named else 0.7
                ), f"the {naming.role_text} of {code} on {on}"
        return Actor(
            None, words, "office", code, role.sectors, naming.role_text, 0.85 if named else 0.55
        ), f"{naming.role_text!r} is an office"

    def _holder(self, spell: Spell, office: str, confidence: float) -> Actor:
        person = self.knowledge.people[spell.person]
        country = self.knowledge.code_of(spell.country)
        return Actor(f"per:{person.id}", person.name, "person", country, spell.sectors, office, confidence)

    def _person(
        self, naming: Naming, words: str, on: date | None, country: str | None, label: str
    ) -> tuple[Actor, str]:
        known = [p for p in naming.persons if self._fits(p, naming, on, country)]
        if len(known) == 1:
            person = self.knowledge.people[known[0]]
            spells = self.knowledge.spells_on(person.id, on)
            if spells:
                spell = spells[0]
                office = naming.role_text or self.knowledge.offices[spell.office].title
                return self._holder(
                    spell, office, 0.93
                ), f"{person.name}, {self.knowledge.offices[spell.office].title} on {on}"
            latest = max(person.spells, key=lambda s: s.period.start or "")
            return (
                Actor(
                    f"per:{person.id}",
                    person.name,
                    "person",
                    self.knowledge.code_of(latest.country),
                    ("ELI",),
                    naming.role_text,
                    0.8,
                ),
                f"{person.name}, out of office on {on}",
            )
        code = self.knowledge.code_of(naming.country) if naming.country else None
        if naming.role:
            ident = f"per:{slug(naming.name or words)}" if len((naming.name or "").split()) > 1 else None
            where = code or (self.knowledge.code_of(naming.role.country) if naming.role.country else country)
            return Actor(
                ident,
                naming.name or words,
                "person",
                where,
                naming.role.sectors,
                naming.role_text,
                0.85 if code else 0.6,
                tuple(f"per:{p}" for p in known),
            ), (f"a person with the title {naming.role_text!r}")
        if code:
            return Actor(None, words, label or "other", code, (), None, 0.6), f"a name with {code}"
        ident = (
            f"new:{hashlib.sha256(slug(words).encode()).hexdigest()[:10]}"
            if label == "person" and " " in words
            else None
        )
        return Actor(
            ident, naming.name or words, label or "person", None, (), None, 0.3, tuple(f"per:{p}" for p in known)
        ), "the name is not known"

    def _fits(self, person: str, naming: Naming, on: date | None, country: str | None) -> bool:
        """A surname alone needs an office held around the day; a title must not contradict the offices."""
        known = self.knowledge.people[person]
        name = naming.name or ""
        countries = {self.knowledge.code_of(s.country) for s in known.spells}
        if naming.country and self.knowledge.code_of(naming.country) not in countries:
            return False
        if " " in name:
            return True
        held = self.knowledge.spells_on(person, on)
        if not held:
            return False
        return (
            held[0].rank <= 2
            or country in countries
            or (naming.role is not None and naming.role.office in {s.office for s in held})
        )
