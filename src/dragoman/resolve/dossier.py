"""What the reports themselves say about persons: names, offices and countries seen, with the words that show it.

The same whatever the order of the reports and the number of processes: sightings are sorted before anything is decided,
and whether two are one person depends on the two alone. Nothing is overwritten: a profile lists every sighting that it
rests on, and the pairs that joined them with their reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dragoman.records import EventMention
from dragoman.resolve.people import Finding, Named, name_key, parts, same_person, sound

__all__ = ["UNDECIDED", "Dossier", "Finding", "Named", "Profile", "Sighting", "Verdicts", "learn", "same_person"]

Name = tuple[str, ...]
"""The folded words of a name."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was decided by hand about names: pairs that are one person, pairs that are two."""

    same: frozenset[frozenset[Name]] = frozenset()
    apart: frozenset[frozenset[Name]] = frozenset()


UNDECIDED = Verdicts()


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


def learn(mentions: Iterable[EventMention], verdicts: Verdicts = UNDECIDED) -> Dossier:
    """The persons of the mentions, spellings met, namesakes apart."""
    return dossier_of(sightings_of(mentions), verdicts)


def dossier_of(sightings: Iterable[Sighting], verdicts: Verdicts = UNDECIDED) -> Dossier:
    """The persons of the sightings, whatever their order."""
    seen = sorted(set(sightings))
    full = [s for s in seen if len(parts(s.name)) > 1 or s.actor_id]
    groups, joined = _joined(full, verdicts)
    return Dossier(tuple(sorted((_profile(g, joined) for g in groups), key=lambda p: p.actor_id)))


Key = tuple[str, str, str]
"""Whom a sighting names as it stands: the known id, else name and country."""


def _joined(
    seen: Sequence[Sighting], verdicts: Verdicts
) -> tuple[list[list[Sighting]], dict[frozenset[str], tuple[str, str, str]]]:
    """Sightings by person: same id, or names that the clues hold for one; two known ids never meet."""
    by_identity: dict[Key, list[Sighting]] = defaultdict(list)
    for s in seen:
        known = s.actor_id if s.actor_id.startswith("per:") else ""
        by_identity[(known, "", "") if known else ("", s.name, s.country)].append(s)
    keys = sorted(by_identity)
    group_of: dict[Key, list[Key]] = {k: [k] for k in keys}
    reasons: dict[frozenset[str], tuple[str, str, str]] = {}
    for one, two in sorted(_candidates(by_identity, verdicts)):
        mine, other = group_of[one], group_of[two]
        if mine is other or (_known(mine) and _known(other)) or _apart(mine, other, by_identity, verdicts):
            continue
        a, b = by_identity[one][0], by_identity[two][0]
        because = _same(a, b, verdicts)
        if because:
            mine += other
            for key in other:
                group_of[key] = mine
            reasons[frozenset((a.name, b.name))] = (a.name, b.name, because)
    groups = {id(g): sorted(g) for g in group_of.values()}
    return [[s for k in g for s in by_identity[k]] for g in sorted(groups.values())], reasons


def _same(a: Sighting, b: Sighting, verdicts: Verdicts) -> str:
    """Why two sightings are one person; "" when they are not."""
    if frozenset((parts(a.name), parts(b.name))) in verdicts.same:
        return "decided by hand"
    finding = same_person(a.named, b.named)
    return "; ".join(finding.because) if finding.same else ""


def _known(group: Iterable[Key]) -> bool:
    return any(key[0] for key in group)


def _apart(
    mine: Iterable[Key], other: Iterable[Key], by_identity: Mapping[Key, list[Sighting]], verdicts: Verdicts
) -> bool:
    """Whether a name of the one was decided not to be a name of the other."""
    if not verdicts.apart:
        return False
    names = [{parts(s.name) for k in group for s in by_identity[k]} for group in (mine, other)]
    return any(frozenset((a, b)) in verdicts.apart for a in names[0] for b in names[1])


def _candidates(by_identity: Mapping[Key, list[Sighting]], verdicts: Verdicts) -> set[tuple[Key, Key]]:
    """Pairs that share the sound of a word of their names, or that were decided to be one."""
    blocks: dict[str, list[Key]] = defaultdict(list)
    decided = {name for pair in verdicts.same for name in pair}
    for key, members in by_identity.items():
        name = members[0].name
        for word in {sound(w) for w in parts(name)} | {name_key(name)}:
            blocks[word].append(key)
        if parts(name) in decided:
            blocks[""].append(key)
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
