"""What the reports themselves teach about persons: names, offices and countries seen, with the words that show it.

The same whatever the order of the reports and the number of processes: sightings are sorted before anything is decided,
and whether two are one person depends on the two alone. Nothing is overwritten: a profile lists every sighting that it
rests on, and the pairs that joined them with their reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from dragoman.records import EventMention, Party
from dragoman.resolve.people import Finding, Named, name_key, parts, same_person, sound

__all__ = ["Dossier", "Finding", "Named", "Profile", "Sighting", "learn", "same_person"]


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """A person as one report names him or her.

    Attributes:
        name: As written or as resolved, the longer.
        office, country: As the report says or knowledge has it; "" when nothing is said.
        actor_id: As resolved, "" when it was not.
        report_id, start, end: The words, as characters of that report's text.
        text, sentence: The words and the sentence around them.
        day: ISO publication day, "" when unknown.
    """

    name: str
    office: str
    country: str
    actor_id: str
    report_id: str
    start: int
    end: int
    text: str
    sentence: str
    day: str

    @property
    def named(self) -> Named:
        """What the clues look at."""
        return Named(self.name, self.office or None, self.country or None)


@dataclass(frozen=True, slots=True)
class Profile:
    """One person of the reports.

    Attributes:
        actor_id: The known id, else one made of the name.
        name: The fullest spelling, the most frequent of equals.
        names, offices, countries: As seen, the most frequent first.
        sightings: The evidence, in order of day.
        joined: (spelling, spelling, why) of the pairs of spellings that were taken for one person.
    """

    actor_id: str
    name: str
    names: tuple[str, ...]
    offices: tuple[str, ...]
    countries: tuple[str, ...]
    sightings: tuple[Sighting, ...]
    joined: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """Every person learnt from the reports."""

    profiles: tuple[Profile, ...]

    def find(self, name: str) -> tuple[Profile, ...]:
        """Profiles of that name or of another spelling of it; by family name when one word is given; the most seen first."""
        wanted = parts(name)
        exact = [p for p in self.profiles if any(_asked_for(wanted, n) for n in p.names)]
        return tuple(sorted(exact, key=lambda p: (-len(p.sightings), p.name)))

    def who(self, party: Party) -> Profile | None:
        """Whom a bare family name means: the one person of that name and country, and of that office where one is told."""
        words = parts(party.name)
        if party.actor_id or len(words) != 1:
            return None
        fits = [
            p for p in self.profiles
            if any(words[0] in (parts(n)[0], parts(n)[-1]) for n in p.names if len(parts(n)) > 1)
            and (not party.country or not p.countries or party.country in p.countries)
        ]  # fmt: skip
        if party.office and len(fits) > 1:
            fits = [p for p in fits if party.office in p.offices]
        return fits[0] if len(fits) == 1 else None

    def taught(self, mention: EventMention) -> EventMention:
        """The mention with its bare family names resolved to the persons learnt; itself when there are none."""
        actors = tuple(self._taught(p) for p in mention.actors)
        recipients = tuple(self._taught(p) for p in mention.recipients)
        if actors == mention.actors and recipients == mention.recipients:
            return mention
        return replace(mention, actors=actors, recipients=recipients)

    def _taught(self, party: Party) -> Party:
        profile = self.who(party) if party.kind in ("person", "office", "other") else None
        if profile is None:
            return party
        office = party.office or (profile.offices[0] if profile.offices else None)
        country = party.country or (profile.countries[0] if profile.countries else None)
        return replace(
            party, actor_id=profile.actor_id, name=profile.name, office=office, country=country, kind="person"
        )


def _asked_for(wanted: Sequence[str], name: str) -> bool:
    have = parts(name)
    if len(wanted) == 1:
        return any(sound(wanted[0]) == sound(w) for w in have)
    return same_person(Named(" ".join(wanted)), Named(name)).same


def sightings_of(mentions: Iterable[EventMention]) -> Iterator[Sighting]:
    """Persons among the parties of event mentions, each place of a text once."""
    for mention in mentions:
        for party in (*mention.actors, *mention.recipients):
            if party.kind == "person" and parts(party.name) and party.span:
                yield Sighting(
                    party.name, party.office or "", party.country or "", party.actor_id or "", mention.report_id, *party.span, party.text,
                    mention.sentence, _iso(mention.published),
                )  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def learn(mentions: Iterable[EventMention]) -> Dossier:
    """The persons of the mentions, spellings met, namesakes apart."""
    seen = sorted(set(sightings_of(mentions)))
    full = [s for s in seen if len(parts(s.name)) > 1 or s.actor_id]
    groups, joined = _joined(full)
    return Dossier(tuple(sorted((_profile(g, joined) for g in groups), key=lambda p: p.actor_id)))


def _joined(seen: Sequence[Sighting]) -> tuple[list[list[Sighting]], dict[frozenset[str], tuple[str, str, str]]]:
    """Sightings by person: same id, or names that the clues hold for one; two known ids never meet."""
    by_identity: dict[tuple[str, str, str], list[Sighting]] = defaultdict(list)
    for s in seen:
        known = s.actor_id if s.actor_id.startswith("per:") else ""
        by_identity[(known, "", "") if known else ("", s.name, s.country)].append(s)
    keys = sorted(by_identity)
    parent = {k: k for k in keys}

    def root(k: tuple[str, str, str]) -> tuple[str, str, str]:
        while parent[k] != k:
            k = parent[k]
        return k

    reasons: dict[frozenset[str], tuple[str, str, str]] = {}
    for one, two in sorted(_candidates(by_identity)):
        first, second = sorted((root(one), root(two)), reverse=True)
        if first == second or (first[0] and second[0]):
            continue
        a, b = by_identity[one][0], by_identity[two][0]
        finding = same_person(a.named, b.named)
        if finding.same:
            parent[second] = first
            reasons[frozenset((a.name, b.name))] = (a.name, b.name, "; ".join(finding.because))
    groups: dict[tuple[str, str, str], list[Sighting]] = defaultdict(list)
    for k in keys:
        groups[root(k)].extend(by_identity[k])
    return [groups[k] for k in sorted(groups)], reasons


def _candidates(
    by_identity: dict[tuple[str, str, str], list[Sighting]],
) -> set[tuple[tuple[str, str, str], tuple[str, str, str]]]:
    """Pairs that share the sound of a word of their names."""
    blocks: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for key, members in by_identity.items():
        for word in {sound(w) for w in parts(members[0].name)} | {name_key(members[0].name)}:
            blocks[word].append(key)
    return {pair for block in blocks.values() if len(block) <= 400 for pair in combinations(sorted(block), 2)}


def _profile(group: Sequence[Sighting], joined: dict[frozenset[str], tuple[str, str, str]]) -> Profile:
    names = _frequent(s.name for s in group)
    known = sorted({s.actor_id for s in group if s.actor_id}, key=lambda i: (not i.startswith("per:"), i))
    name = max(names, key=lambda n: (len(parts(n)), -names.index(n)))
    why = tuple(sorted(r for pair, r in joined.items() if pair <= set(names)))
    return Profile(
        known[0] if known else f"new:{name_key(name)}", name, names, _frequent(s.office for s in group if s.office),
        _frequent(s.country for s in group if s.country), tuple(sorted(group, key=lambda s: (s.day, s.report_id, s.start))), why,
    )  # fmt: skip


def _frequent(values: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return tuple(sorted(counts, key=lambda v: (-counts[v], v)))
