"""Bodies: which of several of a name is meant, and bodies that every state has."""

from __future__ import annotations

import re
from datetime import date

from dragoman.records import Actor
from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.known import Body
from dragoman.resolve.naming import Naming
from dragoman.resolve.normalise import normalise, slug
from dragoman.resolve.phrase import Phrases
from dragoman.resolve.phrasewords import SHARED_NAMES
from dragoman.resolve.setting import SUPRANATIONAL, Known, Setting

KIND_OF_TABLE = {
    "institutions": "institution", "organisations": "igo", "armed_groups": "armed-group", "parties": "party", "media": "media", "companies": "company",
}  # fmt: skip
_OF_COUNTRY = re.compile(r" \(.*\)$")
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


class Bodies:
    """Turns namings of bodies into actors."""

    def __init__(self, knowledge: Knowledge, phrases: Phrases) -> None:
        self.knowledge, self.phrases = knowledge, phrases
        self._own_parliaments: frozenset[str] | None = None

    def which(self, naming: Naming, on: date | None, setting: Setting) -> Body | None:
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
            elsewhere = bodies[0].kind == "parties"  # "the Syrian Democratic Front" is not Montenegro's
            return None if elsewhere or self.phrases.is_plain(bodies[0].name) else bodies[0]
        place = setting.by_place(naming)
        here = [b for b in bodies if b.country in (place, setting.country)] if not naming.country else []
        if here:
            return max(here, key=lambda b: (b.country == place, setting.countries.get(b.country, 0)))
        shared = normalise(naming.words) in SHARED_NAMES and bool(setting.countries)
        named = not shared and not self.phrases.is_plain(_OF_COUNTRY.sub("", bodies[0].name))
        told_of = setting.countries.get(bodies[0].country, 0) > 0
        if len(bodies) == 1 and naming.generic and not naming.country and (named or told_of):
            return bodies[0]  # "the state news agency IRNA" is IRNA, wherever the story plays
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
        words = normalise(naming.words).split()
        anywhere = bodies[0].kind == "parties" and len(words) > 1 and self.knowledge.party_words.issuperset(words)
        return None if anywhere else bodies[0]  # "the Liberal party" is that of some state

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

    def actor(self, body: Body, naming: Naming) -> Known:
        kind = KIND_OF_TABLE.get(body.kind, "institution")
        if body.kind == "organisations" and body.country == "NGO":
            kind = "ngo"
        sectors = body.sectors
        if naming.near or (naming.countries and body.country in SUPRANATIONAL and naming.generic):
            return Actor(
                None, naming.words, kind, self.knowledge.coded(naming.country or body.country), sectors, None, 0.6
            ), f"part of {body.name}"
        return Actor(
            f"org:{body.id}", body.name, kind, self.knowledge.coded(body.country), sectors, None, 0.95
        ), f"{body.name} by name"

    def generic(self, naming: Naming, setting: Setting, label: str) -> Known:
        generic = naming.generic
        assert generic is not None
        country, sure, why = setting.country_of(naming, label)
        code = self.knowledge.coded(country)
        if (
            generic.type == "government"
            and country
            and "MIL" not in generic.sectors
            and not set(naming.modifiers) & _NO_STATE
        ):
            known = government(self.knowledge, country)
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
        code = self.knowledge.coded(first)
        return Actor(
            f"org:{first}:embassy" if first else None,
            naming.words,
            "institution",
            code,
            ("GOV",),
            None,
            0.85 if first else 0.4,
        ), "a mission"


_OF_STATES_ALONE = frozenset(
    {"parliament", "ministry", "government", "police", "army", "court", "central-bank", "intelligence"}
)


def national(naming: Naming) -> bool:
    """Whether the words name a body such as states have, whatever the reader took it for: "the National Assembly"."""
    generic = naming.generic
    return generic is not None and generic.type in _OF_STATES_ALONE


def government(knowledge: Knowledge, country: str) -> Actor:
    """The state of a code, as an actor."""
    known = knowledge.countries.get(country)
    name = known.name if known else country
    sectors = known.sectors if known else ()
    return Actor(f"state:{country}", name, "state", knowledge.coded(country), sectors, None, 0.8)


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
