"""The stage as one verb: a reading in, its mentions resolved out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dragoman.records import Actor, Mention, Place, Reading, ResolvedMention, ResolvedReading, Sentence, Step, When
from dragoman.resolve.actors import Actors
from dragoman.resolve.knowledge import Knowledge, load_knowledge
from dragoman.resolve.times import find_times, when_of

PRONOUNS_PERSON = frozenset(["he", "him", "his", "she", "her", "hers", "himself", "herself"])
PRONOUNS_GROUP = frozenset(["they", "them", "their", "theirs", "themselves", "we", "us", "our"])
PRONOUNS_THING = frozenset(["it", "its", "itself"])
BOTH = frozenset(
    ["both sides", "the two countries", "both countries", "the two sides", "the sides", "the two leaders", "both leaders", "the two ministers", "both", "the parties", "the two", "the two presidents"]
)


class Resolver:
    """Resolves the mentions of a report; made once, used for many."""

    def __init__(self, knowledge: Knowledge, fingerprint: str) -> None:
        self._actors = Actors(knowledge)
        self.knowledge = knowledge
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, extra: Path | None = None) -> Resolver:
        """The shipped knowledge, with a user's folder of files merged on top."""
        knowledge = load_knowledge([extra] if extra else [])
        digest = hashlib.sha256()
        folder = Path(__file__).parent.parent / "knowledge" / "compiled"
        for file in sorted([*folder.glob("*.gz"), *(sorted(extra.rglob("*.tsv")) if extra else [])]):
            digest.update(file.read_bytes())
        return cls(knowledge, digest.hexdigest()[:16])

    def resolve(self, reading: Reading) -> ResolvedReading:
        """The reading with its mentions resolved."""
        return _Story(reading, self._actors).resolved()

    def resolve_span(self, reading: Reading, span: tuple[int, int]) -> Actor | None:
        """Who a marked span names; None when nothing is known of it."""
        resolved = self.resolve(reading)
        best: ResolvedMention | None = None
        for row in resolved.mentions:
            for m in row:
                if (
                    m.mention.start < span[1]
                    and span[0] < m.mention.end
                    and m.actors
                    and (m.mention.start, m.mention.end) == span
                ):
                    best = m
        if best:
            return best.actors[0]
        actor, _ = self._actors.identify(
            reading.report.text[slice(*span)], reading.report.published, country=_main_country(resolved)
        )
        return actor if actor.country or actor.actor_id else None

    def resolve_toponyms(self, reading: Reading, spans: Sequence[tuple[int, int]]) -> list[Place | None]:
        """The place of each marked span."""
        return [self._place(reading.report.text[a:b], reading.report.published) for a, b in spans]

    def find_toponyms(self, reading: Reading) -> list[tuple[int, int, Place]]:
        """Every place name found, with its place."""
        found = []
        for sentence in reading.sentences:
            for mention in sentence.mentions:
                if mention.kind == "place":
                    place = self._place(reading.report.text[mention.start : mention.end], reading.report.published)
                    if place:
                        found.append((mention.start, mention.end, place))
        return found

    def _place(self, words: str, on: date | None) -> Place | None:
        return country_place(self.knowledge, words, on)


def country_place(knowledge: Knowledge, words: str, on: date | None) -> Place | None:
    """A country as a place."""
    hits = [
        h for h in knowledge.lookup(words, on) if h.kind == "country" and h.how not in ("capital", "seat", "metonym")
    ]
    if not hits:
        return None
    known = knowledge.countries[hits[0].id]
    return Place(known.name, known.coded_as, None, known.lat, known.lon, None, "country", 0.95)


def _main_country(resolved: ResolvedReading) -> str | None:
    counts = Counter(
        a.country for row in resolved.mentions for m in row for a in m.actors if a.country and len(a.country) == 3
    )
    return counts.most_common(1)[0][0] if counts else None


class _Story:
    """One report while it is being resolved: who was named so far, in order."""

    def __init__(self, reading: Reading, actors: Actors) -> None:
        self.reading, self.actors = reading, actors
        self.on = reading.report.published
        self.entities: dict[str, int] = {}
        self.known: list[tuple[int, Actor, str]] = []  # (entity, actor, words) in order of mention
        self.times = {(t.start, t.end): t for t in find_times(reading, self.on)}

    def resolved(self) -> ResolvedReading:
        rows = tuple(tuple(self._mention(s, i, m) for i, m in enumerate(s.mentions)) for s in self.reading.sentences)
        setting = next((m.place for row in rows[:2] for m in row if m.place), None)
        return ResolvedReading(self.reading, rows, setting, self.on)

    def _mention(self, sentence: Sentence, index: int, mention: Mention) -> ResolvedMention:
        words = self.reading.report.text[mention.start : mention.end]
        if mention.kind in ("actor", "place") and self._in_dateline(sentence):
            place = country_place(self.actors.knowledge, words, self.on)
            return ResolvedMention(sentence.index, index, mention, self._entity(f"place:{words.casefold()}"), (), place, None, "none")
        if mention.kind == "time":
            when, why = self._when(mention)
            return ResolvedMention(
                sentence.index, index, mention, self._entity(f"time:{mention.start}"), (), None, when, "time", why
            )
        if mention.kind == "quantity":
            return ResolvedMention(
                sentence.index, index, mention, self._entity(f"quantity:{mention.start}"), (), None, None, "quantity"
            )
        if mention.kind == "place":
            place = country_place(self.actors.knowledge, words, self.on)
            return ResolvedMention(
                sentence.index, index, mention, self._entity(f"place:{words.casefold()}"), (), place, None, "place"
            )
        found, entity, why = self._actor(words, mention)
        return ResolvedMention(
            sentence.index, index, mention, entity, found, None, None, "actor", (Step("actors", "knowledge", why),)
        )

    def _in_dateline(self, sentence: Sentence) -> bool:
        """A dateline ends in a dash and stands in the first paragraphs; who and what it names takes no part in the story."""
        words = self.reading.report.text[sentence.start : sentence.end]
        return sentence.paragraph <= 2 and words[-1:] in "-–—" and len(sentence.tokens) <= 20

    def _when(self, mention: Mention) -> tuple[When | None, tuple[Step, ...]]:
        for (start, end), found in self.times.items():
            if start < mention.end and mention.start < end:
                when = when_of(found)
                return when, (Step("date", f"rule:{found.pattern}", f"{found.value} counted from {found.anchor}"),)
        return None, ()

    def _entity(self, key: str) -> int:
        return self.entities.setdefault(key, len(self.entities))

    def _actor(self, words: str, mention: Mention) -> tuple[tuple[Actor, ...], int, str]:
        lower = words.lower()
        if lower in PRONOUNS_PERSON | PRONOUNS_GROUP | PRONOUNS_THING:
            back = self._antecedent(lower)
            if back:
                return (back[1],), back[0], f"{words!r} stands for {back[1].name}"
            return (
                (Actor(None, words, "other", None, (), None, 0.1),),
                self._entity(f"pronoun:{mention.start}"),
                "a pronoun without antecedent",
            )
        if lower in BOTH:
            last: dict[int, Actor] = {}
            for entity, actor, _ in reversed(self.known):
                last.setdefault(entity, actor)
                if len(last) == 2:
                    break
            if last:
                return (
                    tuple(reversed(last.values())),
                    self._entity("group:" + "+".join(map(str, sorted(last)))),
                    f"{words!r} are the two named last",
                )
        actor, why = self.actors.identify(words, self.on, country=self._country(), label=mention.label)
        earlier = self._earlier(words, actor)
        if earlier:
            entity, known = earlier
            actor = (
                known
                if known.confidence >= actor.confidence
                else replace(actor, name=known.name if len(known.name) > len(actor.name) else actor.name)
            )
            why = f"{words!r} was named before as {known.name}"
        else:
            entity = self._entity(actor.actor_id or f"words:{actor.name.casefold()}")
        self.known.append((entity, actor, words))
        return (actor,), entity, why

    def _earlier(self, words: str, actor: Actor) -> tuple[int, Actor] | None:
        """An earlier actor that these words take up: the same identity, a surname, "the ministry"."""
        tail = words.lower().split()[-1]
        for entity, known, said in reversed(self.known):
            if actor.actor_id and known.actor_id == actor.actor_id:
                return entity, known
            if (
                known.kind == "person"
                and actor.kind == "person"
                and not actor.actor_id
                and words.split()[-1] in known.name.split()
            ):
                return entity, known
            if (
                words.lower().startswith("the ")
                and len(words.split()) == 2
                and said.lower().split()[-1].rstrip("s") == tail.rstrip("s")
            ):
                return entity, known
            if words.lower().startswith("the ") and known.office and tail in known.office.lower().split()[-1:]:
                return entity, known
        return None

    def _antecedent(self, pronoun: str) -> tuple[int, Actor] | None:
        wanted = (
            ("person", "office")
            if pronoun in PRONOUNS_PERSON
            else ("crowd", "armed-group", "institution", "state")
            if pronoun in PRONOUNS_GROUP
            else ("state", "institution", "igo", "armed-group", "company", "party", "media", "ngo")
        )
        return next(((e, a) for e, a, _ in reversed(self.known) if a.kind in wanted), None)

    def _country(self) -> str | None:
        """The country of the actor named last that has one: what "the foreign minister" of a story means."""
        return next(
            (
                a.country
                for _, a, _ in reversed(self.known)
                if a.country and a.country not in ("IGO", "UNO", "NGO", "IMG", "MNC", "ISM")
            ),
            None,
        )
