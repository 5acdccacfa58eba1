"""Persons and holders of offices: by name, by title and day, by the sound of another spelling."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.records import Actor
from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.known import Body, Role, Spell
from dragoman.resolve.naming import Naming
from dragoman.resolve.normalise import normalise
from dragoman.resolve.people import name_key, parts
from dragoman.resolve.setting import SUPRANATIONAL, UNKNOWN_NAME, Known, Setting

_HONOURS = frozenset({"REL", "MIL", "ELI", "EDU"})
"""Sectors of ranks and orders that go with a name for life: a cardinal may be prime minister."""


class Persons:
    """Finds who bears a name or holds an office on a day."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._sounds: dict[str, list[str]] = {}

    def holders(
        self, role: Role, country: str | None, body: Body | None, on: date | None, naming: Naming
    ) -> tuple[Spell, ...]:
        if not role.office or on is None or naming.former or naming.indefinite or naming.plural or not country:
            return ()
        if not self.knowledge.offices[role.office].single or role.office in ("minister",):
            return ()
        if (
            naming.generic is not None
            and role.kind == "office"
            and naming.generic.type not in ("ministry", "government")
        ):
            return ()
        held = self.knowledge.holders(role.office, country, on, body=body.id if body else None)
        if not held and body is None and "head_of_state" in (role.office, role.phrase.replace(" ", "_")):
            held = self._at_the_head(country, on, leads=role.phrase == "leader")
        return held if len({s.person for s in held}) == 1 else ()

    def _at_the_head(self, country: str, on: date | None, *, leads: bool) -> tuple[Spell, ...]:
        """The head of state; for "the German leader" who governs: the prime minister where the head of state does not."""
        heads: tuple[str, ...] = ("supreme_leader", "president", "monarch")
        governs = country in self.knowledge.led_by_head_of_state
        if leads and not governs and not self.knowledge.holders("supreme_leader", country, on):
            heads = ("prime_minister", *heads)
        return next((held for office in heads if (held := self.knowledge.holders(office, country, on))), ())

    def holder_of(self, naming: Naming, country: str | None, on: date | None) -> Actor | None:
        """Who holds the office that the words name in a country on a day; None when they name none or several hold it."""
        role = naming.role
        if role is None or naming.bodies or country is None:
            return None
        role = self.knowledge.role_for(naming.role_text or role.phrase, country) or role
        held = self.holders(role, country, None, on, naming)
        return self.holder(held[0], naming.role_text, 0.7) if held else None

    def holder(self, spell: Spell, office: str | None, confidence: float) -> Actor:
        person = self.knowledge.people[spell.person]
        return Actor(
            f"per:{person.id}",
            person.name,
            "person",
            self.knowledge.coded(spell.country),
            spell.sectors,
            office,
            confidence,
        )

    def known(self, naming: Naming, on: date | None, setting: Setting) -> Known | None:
        name = naming.name or ""
        named = naming.persons or self._by_sound(name) or self._by_sound(_without_initials(name))
        known = [p for p in named if self._fits(p, naming, on, setting)]
        if not known and naming.name and naming.role is not None:
            known = self._by_surname_and_office(naming, on, setting)
        if len(known) > 1:
            known = self._narrowed(known, naming, on, setting)
        if len(known) != 1:
            return None
        person = self.knowledge.people[known[0]]
        spells = self.knowledge.spells_on(person.id, on)
        if spells:
            own = [s for s in spells if s.country == naming.country] or spells  # "Canada's King Charles" is Canada's
            spell = next((s for s in own if naming.role and s.office == naming.role.office), own[0])
            title = self.knowledge.offices[spell.office].title
            actor = self.holder(spell, naming.role_text or title, 0.93)
            return _as_titled(actor, naming.role), f"{person.name}, {title} on {on}"
        latest = max(person.spells, key=lambda s: s.period.start or "")
        begun = [s for s in person.spells if on is None or (s.period.start or "") <= on.isoformat()]
        later = not begun
        if (
            later
            and on is not None
            and (person.spells[0].period.start or "9") <= (on + timedelta(days=200)).isoformat()
        ):
            latest = person.spells[0]  # elected or named, about to take office
            return self.holder(latest, naming.role_text, 0.8), f"{person.name}, soon in office"
        sectors = (
            naming.role.sectors if naming.role and not naming.former else latest.sectors if on is None else ("ELI",)
        )
        if naming.bodies and naming.role and self.knowledge.bodies[naming.bodies[0]].kind == "parties":
            sectors = ("PTY",)  # "CDU leader Friedrich Merz"
        country: str | None = latest.country
        if country in SUPRANATIONAL:  # who led a body once is no longer of it
            homes = [s.country for s in person.spells if s.country not in SUPRANATIONAL]
            country = naming.country or (homes[-1] if homes else None)
        return Actor(
            f"per:{person.id}", person.name, "person", self.knowledge.coded(country), sectors, naming.role_text, 0.8
        ), f"{person.name}, {'not yet' if later else 'no longer'} in office on {on}"  # fmt: skip

    def country_of_all(self, naming: Naming, on: date | None, setting: Setting) -> str | None:
        """The country of those whom a name may mean, in office or (where none is) once: the only one, or the only one told of."""
        countries = {s.country for p in naming.persons for s in self.knowledge.spells_on(p, on)}
        countries = countries or {s.country for p in naming.persons for s in self.knowledge.people[p].spells}
        told = {c for c in countries if setting.countries.get(c, 0) > 0}
        return next(iter(told or countries)) if len(told or countries) == 1 else None

    def unknown(self, naming: Naming) -> str:
        """That a name is not known, or whose it may be."""
        names = [self.knowledge.people[p].name for p in naming.persons]
        several = (
            f": it may be {', '.join(names[:3])}{' and others' if len(names) > 3 else ''}" if len(names) > 1 else ""
        )
        return UNKNOWN_NAME + several

    def _by_sound(self, name: str) -> tuple[str, ...]:
        """Persons of whose full name this is another spelling."""
        if len(parts(name)) < 2:
            return ()
        if not self._sounds:
            for person in self.knowledge.people.values():
                for spelling in (person.name, *person.aliases):
                    if " " in spelling:
                        self._sounds.setdefault(name_key(spelling), []).append(person.id)
        return tuple(dict.fromkeys(self._sounds.get(name_key(name), ())))

    def _by_surname_and_office(self, naming: Naming, on: date | None, setting: Setting) -> list[str]:
        """A title and a name of which one word is the family name of its holder on the day."""
        role = naming.role
        country = naming.country or (role.country if role else None) or setting.country
        if role is None or not role.office or not country or on is None or naming.former:
            return []
        words = set(parts(naming.name or ""))
        held = self.knowledge.holders(role.office, country, on)
        return [s.person for s in held if set(parts(self.knowledge.people[s.person].family)) & words]

    def _narrowed(self, known: Sequence[str], naming: Naming, on: date | None, setting: Setting) -> list[str]:
        """Of namesakes: who bears the very title, whose country the story tells of, who is in office, who ranks highest."""
        people = self.knowledge.people

        def score(person: str) -> tuple[int, float, int]:
            spells = self.knowledge.spells_on(person, on)
            title = naming.role is not None and any(s.office == naming.role.office for s in spells)
            told = max((setting.countries.get(s.country, 0) for s in people[person].spells), default=0)
            return (int(title), told, -min((s.rank for s in spells), default=9))

        ranked = sorted(known, key=score, reverse=True)
        (title, told, best), (other_title, other_told, second) = score(ranked[0]), score(ranked[1])
        if naming.role is None and len(parts(naming.name or "")) == 1 and (title, told) == (other_title, other_told):
            clear = (
                -best <= 2 and best - second >= 2
            )  # "Kim" is the head of state beside an envoy, not beside a minister
        else:
            clear = (title, told, best) > (other_title, other_told, second)
        return ranked[:1] if clear else list(known)

    def _fits(self, person: str, naming: Naming, on: date | None, setting: Setting) -> bool:
        """A surname alone needs an office held on the day; a title must not contradict the offices."""
        known = self.knowledge.people[person]
        countries = {s.country for s in known.spells}
        if (
            naming.country
            and naming.country not in countries
            and self.knowledge.coded(naming.country) not in {self.knowledge.coded(c) for c in countries}
        ):
            return False
        started = [s for s in known.spells if on is None or (s.period.start or "")[:4] <= str(on.year + 12)]
        if not started:
            return False
        held = self.knowledge.spells_on(person, on)
        if (
            naming.role is not None
            and naming.role.office
            and not naming.former
            and held
            and not any(self._title_fits(role, held) for role in self._senses(naming))
        ):
            return False
        full = " " in (naming.name or "") or normalise(naming.name or "") == normalise(known.name)
        if full:
            return True
        soldier = naming.role is not None and naming.role.rank >= 7 and naming.role.sectors[:1] == ("MIL",)
        if soldier and not any("MIL" in s.sectors for s in held):
            return False  # "Lt. Johnson" is not the foreign secretary
        if not held:
            return naming.former and bool(setting.countries.keys() & countries)
        return (
            held[0].rank <= 4
            or bool(countries & setting.countries.keys())
            or (naming.role is not None and naming.country is not None)
        )

    def _senses(self, naming: Naming) -> Sequence[Role]:
        """What the title may mean: a chancellor heads the government in Berlin, keeps the purse in London."""
        assert naming.role is not None
        return [naming.role, *self.knowledge.roles(naming.role_text or naming.role.phrase)]

    def _title_fits(self, role: Role, held: Sequence[Spell]) -> bool:
        if role.rank >= 8 or role.sectors[:1] in [(s,) for s in _HONOURS]:
            return True
        return any(s.office == role.office or abs(s.rank - role.rank) <= 1 for s in held)


def _without_initials(name: str) -> str:
    """ "Vladimir V. Putin" without what stands between his names."""
    first, *middle = name.split()[:-1] or [""]
    return " ".join([first, *(w for w in middle if len(w.rstrip(".")) > 1), *name.split()[-1:]])


def _as_titled(actor: Actor, role: Role | None) -> Actor:
    """A general who is minister acts as a general where the words call him so."""
    first = role.sectors[0] if role is not None and role.sectors else ""
    if first not in actor.sectors[1:]:
        return actor
    return replace(actor, sectors=(first, *(s for s in actor.sectors if s != first)))


def person_id(name: str, country: str | None) -> str | None:
    """An id for a person learnt from reports: the same for all usual spellings of a full name; None for a single word."""
    if len(parts(name)) < 2:
        return None
    key = f"{name_key(name)}|{country or ''}"
    return f"new:{digest(key)}"


def digest(text: str) -> str:
    """A short id of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
