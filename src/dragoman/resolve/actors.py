"""Who: from what the words name to an actor of the event's date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dragoman.records import Actor
from dragoman.resolve.bodies import Bodies, government, national
from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.known import Body, Role
from dragoman.resolve.naming import Namer, Naming
from dragoman.resolve.normalise import normalise
from dragoman.resolve.persons import Persons, digest, person_id
from dragoman.resolve.phrase import Phrases
from dragoman.resolve.setting import NOWHERE, SUPRANATIONAL, UNKNOWN, Known, Setting

KIND_OF_SECTOR = {
    "MIL": "institution", "COP": "institution", "SPY": "institution", "REB": "armed-group", "UAF": "armed-group", "CRM": "armed-group", "PRM": "armed-group",
    "PTY": "party", "BUS": "company", "JUD": "institution", "GOV": "office", "LEG": "office",
}  # fmt: skip
LABEL_SECTORS: Mapping[str, tuple[str, ...]] = {
    "crowd": ("CVL",), "armed-group": ("REB",), "party": ("PTY",), "company": ("BUS",), "media": ("JRN",), "ngo": ("SOC",), "office": ("GOV",),
}  # fmt: skip
"""The usual sector of what the reader says somebody is, where no word tells more."""
_DELEGATES = frozenset(["ambassador", "ambassadors", "envoy", "minister", "ministers", "representative"])
"""Who stands for his state at a body: "Russia's UN ambassador"."""
_CODED_REGIONS: Mapping[str, str] = {"europe": "EUR"}


class Actors:
    """Turns namings into actors."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.phrases = Phrases(knowledge)
        self.namer = Namer(self.phrases)
        self.bodies = Bodies(knowledge, self.phrases)
        self.persons = Persons(knowledge)

    def identify(self, words: str, on: date | None, *, setting: Setting = NOWHERE, label: str = "") -> Known:
        """(the actor, why in words)."""
        return self.actor_of(self.namer.read(words, on), on, setting=setting, label=label)

    def actor_of(self, naming: Naming, on: date | None, *, setting: Setting = NOWHERE, label: str = "") -> Known:
        """The actor that a naming stands for."""
        if naming.bare:
            return self._state(naming)
        if not naming.bodies and not naming.country and normalise(naming.words) in self.knowledge.regions:
            return Actor(
                None, naming.words, "other", _CODED_REGIONS.get(naming.head), (), None, 0.6
            ), "a part of the world"
        setting = self._at_home(naming, setting)
        body = self.bodies.which(naming, on, setting)
        if naming.name and not (body and not naming.role and not naming.persons):
            return self._person(naming, body, on, setting, label)
        if naming.head == "party" and body is None:
            country, sure, why = setting.country_of(naming)
            return Actor(
                None, naming.words, "party", self.knowledge.coded(country), ("PTY",), None, sure
            ), f"a party; {why}"
        if naming.head == "state" == (naming.role_text or "state").lower() and naming.country and body is None:
            return government(self.knowledge, naming.country), "the words name the country"
        if naming.role:
            return self._role(naming, body, on, setting, label)
        if body is not None:
            return self.bodies.actor(body, naming)
        if naming.generic:
            return self.bodies.generic(naming, setting, "" if label == "igo" and national(naming) else label)
        country = naming.country or setting.by_place(naming)
        if country:
            return self._thing(naming, country, label)
        lent = self.knowledge.coded(setting.country_of(naming, label)[0])
        return Actor(None, naming.words, label or "other", lent, LABEL_SECTORS.get(label, ()), None, 0.35), UNKNOWN

    def _at_home(self, naming: Naming, setting: Setting) -> Setting:
        """The setting for a people that lives in certain states: one of these that the story tells of, or none."""
        called = naming.name and not (naming.definite and normalise(naming.name) in self.knowledge.peoples)
        homes = () if called or naming.country or setting.owned else self.knowledge.homes(naming.words)
        if not homes or setting.country in homes:
            return setting
        if len(homes) == 1:
            return replace(setting, country=homes[0], owned=True)
        told = max(homes, key=lambda c: setting.countries.get(c, 0))
        return replace(setting, country=told if setting.countries.get(told, 0) else None)

    def _state(self, naming: Naming) -> Known:
        known = self.knowledge.countries[naming.country or ""]
        return Actor(
            f"state:{known.code}", known.name, "state", known.coded_as, known.sectors, None, 0.97
        ), f"{known.name} by its {naming.how}"

    def _thing(self, naming: Naming, country: str, label: str) -> Known:
        """Words with a country that nothing else explains: "a Russian drone"."""
        known = self.knowledge.countries[country]
        if naming.head in ("side", "sides", "part", "leadership"):
            return government(self.knowledge, country), f"the side of {known.name}"
        sectors = (known.sectors if not naming.name else ()) or LABEL_SECTORS.get(label, ())
        return Actor(
            None, naming.words, label or "other", known.coded_as, sectors, None, 0.7
        ), f"the words hold {known.name} ({naming.how})"

    # --- offices and groups -------------------------------------------------------------------------------------------

    def _role(self, naming: Naming, body: Body | None, on: date | None, setting: Setting, label: str) -> Known:
        role = naming.role
        assert role is not None
        office = self.knowledge.offices.get(role.office or "")
        country, sure, why = setting.country_of(naming, label, one_each=office is not None and office.single)
        sent = naming.country and (naming.head in _DELEGATES or body is None)  # "Russia's UN ambassador" is Russia's
        if body is not None and not sent and (body.country in SUPRANATIONAL or not naming.country):
            country, sure, why = body.country, 0.9, f"of {body.name}"
        role = self.knowledge.role_for(naming.role_text or role.phrase, country) or role
        sectors = self._sectors(role, body, naming)
        if sectors == ("UNK",):
            sectors = LABEL_SECTORS.get(label, sectors)
        held = self.persons.holders(role, country, body, on, naming) if sure >= 0.8 else ()
        if held:
            return self.persons.holder(
                held[0], naming.role_text, 0.9 * sure
            ), f"the {naming.role_text} of {self.knowledge.coded(country)} on {on}"
        kind = self._kind(role, sectors, naming)
        code = self.knowledge.coded(country)
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

    # --- persons ------------------------------------------------------------------------------------------------------

    def _person(self, naming: Naming, body: Body | None, on: date | None, setting: Setting, label: str) -> Known:
        known = self.persons.known(naming, on, setting)
        if known is not None:
            return known
        role = naming.role
        if role is None and label not in ("person", "office", "pronoun", "") and not naming.persons:
            return self._strange_body(naming, setting, label)
        country, sure, why = setting.country_of(naming)
        if role is None and naming.country is None and naming.persons:  # namesakes of the known: theirs, or nobody's
            country = self.persons.country_of_all(naming, on, setting)
        if body is not None and not naming.country:
            country, sure, why = body.country, 0.9, f"of {body.name}"
        if role is not None:
            role = self.knowledge.role_for(naming.role_text or role.phrase, country) or role
        sectors = self._sectors(role, body, naming) if role else body.sectors if body else ()
        code = self.knowledge.coded(country)
        ident = person_id(naming.name or "", code) if role or label == "person" else None
        candidates = tuple(f"per:{p}" for p in naming.persons)
        return Actor(
            ident, naming.name or naming.words, "person" if role or label in ("person", "office", "") else label, code, sectors, naming.role_text,
            sure * 0.9 if role else 0.35, candidates,
        ), f"a person with the title {naming.role_text!r}; {why}" if role else self.persons.unknown(naming)  # fmt: skip

    def _strange_body(self, naming: Naming, setting: Setting, label: str) -> Known:
        """A name of an organisation that the knowledge lacks."""
        country = naming.country or setting.by_place(naming)
        sector = LABEL_SECTORS.get(label, ())
        lent = country or (setting.body or "IGO" if label == "igo" else setting.lent_to(label))
        sectors = naming.generic.sectors if naming.generic else sector
        return Actor(
            f"new:{digest(normalise(naming.name or naming.words))}",
            naming.words,
            label,
            self.knowledge.coded(lent),
            sectors,
            None,
            0.55,
        ), ("a name that the knowledge lacks")
