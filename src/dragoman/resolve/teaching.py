"""What one report teaches about the persons of another: "Chung Byung-won" of the first is the "Chung" of the second.

A pure function of all mentions: their order, and the number of processes that coded them, make no difference. Nothing is
overwritten: what was taught is laid over a mention as it was coded, with a step in its trail, and a decision takes it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.records import EventMention, Party, Step
from dragoman.resolve.dossier import UNDECIDED, Dossier, Profile, Sighting, Verdicts, dossier_of, sightings_of
from dragoman.resolve.people import parts

REMEMBERED = timedelta(days=3 * 365)
"""How long before or after a report a full name tells who its family name means."""

_KINDS = frozenset({"person", "office", "other"})


@dataclass(frozen=True, slots=True)
class Taught:
    """The parties of a mention as other reports explain them, and the steps of its trail that say so."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    steps: tuple[Step, ...]

    def laid_over(self, mention: EventMention) -> EventMention:
        """The mention with these parties and the further steps."""
        return replace(mention, actors=self.actors, recipients=self.recipients, trail=(*mention.trail, *self.steps))


def teach(mentions: Iterable[EventMention], verdicts: Verdicts = UNDECIDED) -> list[EventMention]:
    """The mentions, in their order, with what they teach each other."""
    everyone = list(mentions)
    found = lessons(everyone, verdicts)
    return [found[m.mention_id].laid_over(m) if m.mention_id in found else m for m in everyone]


@dataclass(frozen=True, slots=True)
class Heard:
    """What some mentions bring to the lessons: the persons seen, and the mentions that may learn something, as
    (id, publication day, actors, recipients)."""

    seen: frozenset[Sighting]
    pupils: tuple[tuple[str, date | None, tuple[Party, ...], tuple[Party, ...]], ...]


def heard(mentions: Iterable[EventMention]) -> Heard:
    """What these mentions bring."""
    seen: set[Sighting] = set()
    pupils = []
    for mention in mentions:
        seen.update(map(_without_words, sightings_of([mention])))
        if any(map(_teachable, (*mention.actors, *mention.recipients))):
            pupils.append((mention.mention_id, mention.published, mention.actors, mention.recipients))
    return Heard(frozenset(seen), tuple(pupils))


def lessons(mentions: Iterable[EventMention], verdicts: Verdicts = UNDECIDED) -> dict[str, Taught]:
    """Mention id -> what the others teach about its parties; only those to whom anything is said."""
    return lessons_of([heard(mentions)], verdicts)


def lessons_of(parts_heard: Iterable[Heard], verdicts: Verdicts = UNDECIDED) -> dict[str, Taught]:
    """The same from what parts of the mentions bring."""
    seen: set[Sighting] = set()
    pupils: list[tuple[str, date | None, tuple[Party, ...], tuple[Party, ...]]] = []
    for part in parts_heard:
        seen |= part.seen
        pupils += part.pupils
    register = Register(dossier_of(seen, verdicts), verdicts)
    found: dict[str, Taught] = {}
    for ident, day, actors, recipients in pupils:
        steps: list[Step] = []
        doers = tuple(register.explain(p, day, "actors", steps) for p in actors)
        others = tuple(register.explain(p, day, "recipients", steps) for p in recipients)
        if steps:
            found[ident] = Taught(doers, others, tuple(dict.fromkeys(steps)))
    return found


def _without_words(seen: Sighting) -> Sighting:
    """What counts for learning, so that a thousand tellings are one."""
    return replace(seen, report_id="", start=0, end=0, text="", sentence="")


def _teachable(party: Party) -> bool:
    """A person by a family name only, or one that the knowledge lacks."""
    if party.kind not in _KINDS:
        return False
    return len(parts(party.name)) == 1 if party.actor_id is None else party.actor_id.startswith("new:")


class Register:
    """The persons learnt, by family name and by the ids that reports gave them."""

    def __init__(self, dossier: Dossier, verdicts: Verdicts = UNDECIDED) -> None:
        self._apart = verdicts.apart
        self._by_word: dict[str, list[Profile]] = defaultdict(list)
        self._by_id: dict[str, Profile] = {}
        for profile in dossier.profiles:
            for word in sorted({w for n in profile.names for w in _family_words(n)}):
                self._by_word[word].append(profile)
            for sighting in profile.sightings:
                if sighting.actor_id and sighting.actor_id != profile.actor_id:
                    self._by_id[sighting.actor_id] = profile

    def explain(self, party: Party, day: date | None, side: str, steps: list[Step]) -> Party:
        """The party as the person whom it means; itself when that is unknown or open. Says why in `steps`."""
        if not _teachable(party):
            return party
        if party.actor_id is not None:
            profile = self._by_id.get(party.actor_id)
            if profile is None:
                return party
            steps.append(Step(side, "dossier", f"{party.name!r} is another spelling of {profile.name}"))
            return replace(party, actor_id=profile.actor_id, name=profile.name)
        fits = list(self._meant(party, day))
        if len(fits) > 1:
            names = " or ".join(sorted(p.name for p in fits)[:3])
            steps.append(Step(side, "dossier", f"{party.text!r} may be {names}: left open"))
        if len(fits) != 1:
            return party
        return _as(fits[0], party, side, steps)

    def _meant(self, party: Party, day: date | None) -> Iterator[Profile]:
        """Persons of that family name, of the party's country and office where the words tell, named within a few years."""
        (word,) = parts(party.name)
        fits = [
            p for p in self._by_word.get(word, ())
            if (not party.country or not p.countries or party.country in p.countries) and _remembered(p, day)
            and not any(frozenset(((word,), parts(n))) in self._apart for n in p.names)
        ]  # fmt: skip
        if len(fits) > 1 and party.office:
            fits = [p for p in fits if _office(party.office) in map(_office, p.offices)] or fits
        yield from fits


def _as(profile: Profile, party: Party, side: str, steps: list[Step]) -> Party:
    office = party.office or next(iter(profile.offices), None)
    country = party.country or next(iter(profile.countries), None)
    steps.append(Step(side, "dossier", f"{party.text!r} is {profile.name}, named in full in another report"))
    return replace(party, actor_id=profile.actor_id, name=profile.name, office=office, country=country, kind="person")


def _family_words(name: str) -> tuple[str, ...]:
    """The words of a full name that may stand for it: the first and the last."""
    words = parts(name)
    return (words[0], words[-1]) if len(words) > 1 else ()


def _office(words: str) -> str:
    return " ".join(words.lower().replace("-", " ").split())


def _remembered(profile: Profile, day: date | None) -> bool:
    days = [date.fromisoformat(s.day) for s in profile.sightings if s.day]
    if day is None or not days:
        return True
    return min(days) - REMEMBERED <= day <= max(days) + REMEMBERED


def verdicts_of(same: Mapping[str, str] | Iterable[tuple[str, str]], apart: Iterable[tuple[str, str]]) -> Verdicts:
    """Verdicts from pairs of names as written."""
    pairs = same.items() if isinstance(same, Mapping) else same
    return Verdicts(
        frozenset(frozenset((parts(a), parts(b))) for a, b in pairs),
        frozenset(frozenset((parts(a), parts(b))) for a, b in apart),
    )
