"""Who: from what the words name to an actor of the event's date."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.records import Actor
from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.known import Body, Role, Spell
from dragoman.resolve.naming import Namer, Naming
from dragoman.resolve.normalise import normalise, slug
from dragoman.resolve.people import name_key, parts
from dragoman.resolve.phrase import Phrases

KIND_OF_TABLE = {
    "institutions": "institution", "organisations": "igo", "armed_groups": "armed-group", "parties": "party", "media": "media", "companies": "company",
}  # fmt: skip
KIND_OF_SECTOR = {
    "MIL": "institution", "COP": "institution", "SPY": "institution", "REB": "armed-group", "UAF": "armed-group", "CRM": "armed-group", "PRM": "armed-group",
    "PTY": "party", "BUS": "company", "JUD": "institution", "GOV": "office", "LEG": "office",
}  # fmt: skip
LABEL_SECTORS: Mapping[str, tuple[str, ...]] = {
    "crowd": ("CVL",), "armed-group": ("REB",), "party": ("PTY",), "company": ("BUS",), "media": ("JRN",), "ngo": ("SOC",), "office": ("GOV",),
}  # fmt: skip
"""The usual sector of what the reader says somebody is, where no word tells more."""
SUPRANATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a story lends to words that name no country.

    Attributes:
        country: The country spoken of, by the knowledge's code, or None.
        countries: How often each country is named in the story.
        city: A place name to its country's code, or None.
        owned: The country is that of the possessor in or before the words ("its embassy"), not a guess from the story.
    """

    country: str | None
    countries: Mapping[str, float]
    city: Callable[[str], str | None]
    owned: bool = False


NOWHERE = Setting(None, {}, lambda _: None)
Known = tuple[Actor, str]


_NO_STATE = frozenset(
    [
        "shadow",
        "exile",
        "exiled",
        "parallel",
        "rival",
        "rebel",
        "local",
        "regional",
        "provincial",
        "city",
        "municipal",
        "state",
    ]
)


class Actors:
    """Turns namings into actors."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.phrases = Phrases(knowledge)
        self.namer = Namer(self.phrases)
        self._own_parliaments: frozenset[str] | None = None
        self._sounds: dict[str, list[str]] = {}

    def identify(self, words: str, on: date | None, *, setting: Setting = NOWHERE, label: str = "") -> Known:
        """(the actor, why in words)."""
        return self.actor_of(self.namer.read(words, on), on, setting=setting, label=label)

    def actor_of(self, naming: Naming, on: date | None, *, setting: Setting = NOWHERE, label: str = "") -> Known:
        """The actor that a naming stands for."""
        if naming.bare:
            return self._state(naming)
        body = self._body_of(naming, on, setting)
        if naming.name and not (body and not naming.role and not naming.persons):
            return self._person(naming, body, on, setting, label)
        if naming.head == "party" and body is None:
            country, sure, why = self._country_of(naming, setting)
            return Actor(None, naming.words, "party", self.coded(country), ("PTY",), None, sure), f"a party; {why}"
        if naming.role:
            return self._role(naming, body, on, setting, label)
        if body is not None:
            return self._body(body, naming)
        if naming.generic:
            return self._generic(naming, setting)
        country = naming.country or self._by_place(naming, setting)
        if country:
            return self._thing(naming, country, label)
        lent = self.coded(setting.country)
        return Actor(
            None, naming.words, label or "other", lent, LABEL_SECTORS.get(label, ()), None, 0.35
        ), "nobody known; the country comes from the story"

    def coded(self, country: str | None) -> str | None:
        """The code that an event carries for a country."""
        return self.knowledge.code_of(country) if country else None

    def _state(self, naming: Naming) -> Known:
        known = self.knowledge.countries[naming.country or ""]
        return Actor(
            f"state:{known.code}", known.name, "state", known.coded_as, known.sectors, None, 0.97
        ), f"{known.name} by its {naming.how}"

    def government(self, country: str) -> Actor:
        """The state of a code, as an actor."""
        known = self.knowledge.countries.get(country)
        name = known.name if known else country
        return Actor(f"state:{country}", name, "state", self.coded(country), known.sectors if known else (), None, 0.8)

    def _by_place(self, naming: Naming, setting: Setting) -> str | None:
        """The country of a place in the words; of one right before the head only when the story tells of that country or place."""
        inside = next((c for name in naming.where if (c := setting.city(name))), None)
        if inside:
            return inside
        near = [c for name in naming.near if (c := setting.city(name))]
        return next((c for c in near if setting.countries.get(c, 0) > 0 or not setting.countries), None)

    def _country_of(self, naming: Naming, setting: Setting) -> tuple[str | None, float, str]:
        """(country, confidence, from where) of words that belong to one."""
        if naming.country:
            return naming.country, 0.9, "the words name the country"
        if found := self._by_place(naming, setting):
            return found, 0.8, "by the place in the words"
        if naming.role is not None and naming.role.country:
            return naming.role.country, 0.8, "the title is that country's"
        if setting.country and setting.owned:
            return setting.country, 0.8, "of whose they are"
        if setting.country:
            return setting.country, 0.6, "the country comes from the story"
        return None, 0.4, "no country is named"

    # --- bodies -------------------------------------------------------------------------------------------------------

    def _body_of(self, naming: Naming, on: date | None, setting: Setting) -> Body | None:
        """Which of the bodies of that name: of the country named, else of the story's; a plain name needs one of them."""
        bodies = [self.knowledge.bodies[b] for b in naming.bodies]
        bodies = [b for b in bodies if b.period.covers(on)] or bodies
        if not bodies:
            return None
        own = [b for b in bodies if naming.country and b.country == naming.country]
        if own:
            return own[0]
        national = [b for b in bodies if b.country not in SUPRANATIONAL]
        if naming.country and national and (naming.generic or len(national) == len(bodies)):
            if naming.generic:
                return None
            return None if self.phrases.is_plain(bodies[0].name) else bodies[0]
        place = self._by_place(naming, setting)
        here = [b for b in bodies if b.country in (place, setting.country)] if not naming.country else []
        if here:
            return max(here, key=lambda b: (b.country == place, setting.countries.get(b.country, 0)))
        told = [b for b in bodies if setting.countries.get(b.country, 0) > 0]
        if told and not place and naming.generic is None:
            return max(told, key=lambda b: setting.countries.get(b.country, 0))
        wide = [b for b in bodies if b.country in SUPRANATIONAL]
        if wide:
            return wide[0]
        if (
            naming.generic is not None
            and not naming.country
            and not place
            and self._is_foreign_parliament(naming, bodies[0], setting)
        ):
            return next((b for b in bodies if b.country == "USA"), None)
        if naming.generic is not None or (len({b.country for b in bodies}) > 1 and setting.country):
            return None
        return bodies[0]

    def _is_foreign_parliament(self, naming: Naming, body: Body, setting: Setting) -> bool:
        """A parliament by a proper name, where the story's country is known to call its own otherwise."""
        proper = any(w[:1].isupper() for w in naming.words.split() if w.lower() != "the")
        return body.type == "parliament" and proper and setting.country in self._parliaments()

    def _parliaments(self) -> frozenset[str]:
        """Countries whose parliament is known by a name of its own."""
        if self._own_parliaments is None:
            self._own_parliaments = frozenset(
                b.country for b in self.knowledge.bodies.values() if b.type == "parliament"
            )
        return self._own_parliaments

    def _body(self, body: Body, naming: Naming) -> Known:
        kind = KIND_OF_TABLE.get(body.kind, "institution")
        if body.kind == "organisations" and body.country == "NGO":
            kind = "ngo"
        sectors = body.sectors
        if naming.near or (naming.countries and body.country in SUPRANATIONAL and naming.generic):
            return Actor(
                None, naming.words, kind, self.coded(naming.country or body.country), sectors, None, 0.6
            ), f"part of {body.name}"
        return Actor(
            f"org:{body.id}", body.name, kind, self.coded(body.country), sectors, None, 0.95
        ), f"{body.name} by name"

    def _generic(self, naming: Naming, setting: Setting) -> Known:
        generic = naming.generic
        assert generic is not None
        country, sure, why = self._country_of(naming, setting)
        code = self.coded(country)
        if (
            generic.type == "government"
            and country
            and "MIL" not in generic.sectors
            and not set(naming.modifiers) & _NO_STATE
        ):
            known = self.government(country)
            return Actor(
                known.actor_id, known.name, "state", known.country, known.sectors, None, sure
            ), f"a government; {why}"
        if generic.type == "embassy":
            return self._embassy(naming, setting)
        kind = {"ngo": "ngo", "media": "media", "company": "company"}.get(generic.type, "institution")
        ident = f"org:{country}:{'-'.join(canonical(generic.phrase))}" if country and not naming.indefinite else None
        return Actor(ident, naming.words, kind, code, generic.sectors, None, sure), f"{generic.phrase}: {why}"

    def _embassy(self, naming: Naming, setting: Setting) -> Known:
        """A mission belongs to who sends it: "the embassy in Hanoi" alone does not say."""
        first = naming.country if naming.how in ("adjective", "demonym", "name", "abbreviation", "short") else None
        first = first or (setting.country if setting.owned else None)
        code = self.coded(first)
        return Actor(
            f"org:{first}:embassy" if first else None,
            naming.words,
            "institution",
            code,
            ("GOV",),
            None,
            0.85 if first else 0.4,
        ), "a mission"

    def _thing(self, naming: Naming, country: str, label: str) -> Known:
        """Words with a country that nothing else explains: "a Russian drone"."""
        known = self.knowledge.countries[country]
        if naming.head in ("side", "sides", "part", "leadership"):
            return self.government(country), f"the side of {known.name}"
        sectors = (known.sectors if not naming.name else ()) or LABEL_SECTORS.get(label, ())
        return Actor(
            None, naming.words, label or "other", known.coded_as, sectors, None, 0.7
        ), f"the words hold {known.name} ({naming.how})"

    # --- offices and groups -------------------------------------------------------------------------------------------

    def _role(self, naming: Naming, body: Body | None, on: date | None, setting: Setting, label: str) -> Known:
        role = naming.role
        assert role is not None
        country, sure, why = self._country_of(naming, setting)
        if body is not None and (body.country in SUPRANATIONAL or not naming.country):
            country, sure, why = body.country, 0.9, f"of {body.name}"
        role = self.knowledge.role_for(naming.role_text or role.phrase, country) or role
        sectors = self._sectors(role, body, naming)
        if sectors == ("UNK",):
            sectors = LABEL_SECTORS.get(label, sectors)
        held = self._holders(role, country, body, on, naming) if sure >= 0.8 else ()
        if held:
            return self._holder(
                held[0], naming.role_text, 0.9 * sure
            ), f"the {naming.role_text} of {self.coded(country)} on {on}"
        kind = self._kind(role, sectors, naming)
        code = self.coded(country)
        return Actor(
            None, naming.words, kind, code, sectors, naming.role_text if kind == "office" else None, sure * 0.95
        ), f"{naming.role_text!r}: {why}"

    def _kind(self, role: Role, sectors: Sequence[str], naming: Naming) -> str:
        if role.kind == "office" or (role.kind == "occupation" and not naming.plural):
            return "office"
        return KIND_OF_SECTOR.get(sectors[0] if sectors else "", "crowd")

    def _sectors(self, role: Role, body: Body | None, naming: Naming) -> tuple[str, ...]:
        if naming.former and role.rank <= 6:
            return ("ELI",)
        if role.sectors[:1] == ("UNK",) and not body and not naming.generic:
            return role.sectors
        if body is not None and body.country not in SUPRANATIONAL - {"IMG"} and body.sectors:
            return body.sectors
        if role.sectors[:1] == ("UNK",) and naming.generic is None:
            return role.sectors
        if naming.generic is not None and body is None and naming.generic.sectors:
            return (
                role.sectors if role.kind == "group" and naming.generic.type == "government" else naming.generic.sectors
            )
        return role.sectors

    def _holders(
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
        if not held and role.office == "head_of_state":
            held = next(
                (
                    h
                    for o in ("president", "monarch", "supreme_leader")
                    if (h := self.knowledge.holders(o, country, on))
                ),
                (),
            )
        return held if len({s.person for s in held}) == 1 else ()

    def holder_of(self, naming: Naming, country: str | None, on: date | None) -> Actor | None:
        """Who holds the office that the words name in a country on a day; None when they name none or several hold it."""
        role = naming.role
        if role is None or naming.bodies or country is None:
            return None
        role = self.knowledge.role_for(naming.role_text or role.phrase, country) or role
        held = self._holders(role, country, None, on, naming)
        return self._holder(held[0], naming.role_text, 0.7) if held else None

    def _holder(self, spell: Spell, office: str | None, confidence: float) -> Actor:
        person = self.knowledge.people[spell.person]
        return Actor(
            f"per:{person.id}", person.name, "person", self.coded(spell.country), spell.sectors, office, confidence
        )

    # --- persons ------------------------------------------------------------------------------------------------------

    def _person(self, naming: Naming, body: Body | None, on: date | None, setting: Setting, label: str) -> Known:
        known = self._known_person(naming, on, setting)
        if known is not None:
            return known
        role = naming.role
        if role is None and label not in ("person", "office", "pronoun", "") and not naming.persons:
            return self._strange_body(naming, setting, label)
        country, sure, why = self._country_of(naming, setting)
        if body is not None and not naming.country:
            country, sure, why = body.country, 0.9, f"of {body.name}"
        if role is not None:
            role = self.knowledge.role_for(naming.role_text or role.phrase, country) or role
        sectors = self._sectors(role, body, naming) if role else body.sectors if body else ()
        code = self.coded(country)
        ident = person_id(naming.name or "", code) if role or label == "person" else None
        candidates = tuple(f"per:{p}" for p in naming.persons)
        return Actor(
            ident, naming.name or naming.words, "person" if role or label in ("person", "office", "") else label, code, sectors, naming.role_text,
            sure * 0.9 if role else 0.35, candidates,
        ), f"a person with the title {naming.role_text!r}; {why}" if role else "the name is not known"  # fmt: skip

    def _strange_body(self, naming: Naming, setting: Setting, label: str) -> Known:
        """A name of an organisation that the knowledge lacks."""
        country = naming.country or self._by_place(naming, setting)
        sector = LABEL_SECTORS.get(label, ())
        lent = country or (setting.country if label != "igo" else "IGO")
        sectors = naming.generic.sectors if naming.generic else sector
        return Actor(
            f"new:{_digest(normalise(naming.name or naming.words))}",
            naming.words,
            label,
            self.coded(lent),
            sectors,
            None,
            0.55,
        ), ("a name that the knowledge lacks")

    def _known_person(self, naming: Naming, on: date | None, setting: Setting) -> Known | None:
        named = naming.persons or self._by_sound(naming.name or "")
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
            spell = next((s for s in spells if naming.role and s.office == naming.role.office), spells[0])
            title = self.knowledge.offices[spell.office].title
            return self._holder(spell, naming.role_text or title, 0.93), f"{person.name}, {title} on {on}"
        latest = max(person.spells, key=lambda s: s.period.start or "")
        begun = [s for s in person.spells if on is None or (s.period.start or "") <= on.isoformat()]
        later = not begun
        if (
            later
            and on is not None
            and (person.spells[0].period.start or "9") <= (on + timedelta(days=200)).isoformat()
        ):
            latest = person.spells[0]  # elected or named, about to take office
            return self._holder(latest, naming.role_text, 0.8), f"{person.name}, soon in office"
        sectors = (
            naming.role.sectors if naming.role and not naming.former else latest.sectors if on is None else ("ELI",)
        )
        return Actor(
            f"per:{person.id}", person.name, "person", self.coded(latest.country), sectors, naming.role_text, 0.8
        ), f"{person.name}, {'not yet' if later else 'no longer'} in office on {on}"  # fmt: skip

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
        return ranked[:1] if score(ranked[0]) > score(ranked[1]) else list(known)

    def _fits(self, person: str, naming: Naming, on: date | None, setting: Setting) -> bool:
        """A surname alone needs an office held on the day; a title must not contradict the offices."""
        known = self.knowledge.people[person]
        countries = {s.country for s in known.spells}
        if (
            naming.country
            and naming.country not in countries
            and self.coded(naming.country) not in {self.coded(c) for c in countries}
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
            and not self._title_fits(naming.role, held)
        ):
            return False
        full = " " in (naming.name or "") or normalise(naming.name or "") == normalise(known.name)
        if full:
            return True
        if not held:
            return naming.former and bool(setting.countries.keys() & countries)
        return (
            held[0].rank <= 4
            or bool(countries & setting.countries.keys())
            or (naming.role is not None and naming.country is not None)
        )

    def _title_fits(self, role: Role, held: Sequence[Spell]) -> bool:
        if role.rank >= 8:
            return True
        return any(s.office == role.office or abs(s.rank - role.rank) <= 1 for s in held)


def person_id(name: str, country: str | None) -> str | None:
    """An id for a person learnt from reports: the same for all usual spellings of a full name; None for a single word."""
    if len(parts(name)) < 2:
        return None
    key = f"{name_key(name)}|{country or ''}"
    return f"new:{_digest(key)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


_EMPTY = frozenset(["of", "the", "for", "and", "affairs", "national", "state"])


def canonical(phrase: str) -> list[str]:
    """The words of a body's name that tell it from others, sorted: "ministry of foreign affairs" is "foreign ministry"."""
    words = [w for w in slug(phrase).split("-") if w not in _EMPTY]
    swaps = {
        "defense": "defence",
        "labor": "labour",
        "department": "ministry",
        "office": "ministry",
        "coastguard": "coast",
    }
    return sorted({swaps.get(w, w) for w in words}) or [slug(phrase)]
