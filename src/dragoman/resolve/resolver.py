"""The stage as one verb: a reading in, its mentions resolved out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dragoman.records import Actor, Mention, Place, Reading, ResolvedMention, ResolvedReading, Sentence, Step, When
from dragoman.resolve.actors import Actors
from dragoman.resolve.knowledge import Knowledge, load_knowledge
from dragoman.resolve.missed import with_dates, with_missed
from dragoman.resolve.places import Places, Toponym
from dragoman.resolve.story import Found, Story
from dragoman.resolve.times import FoundTime, find_times, when_of
from dragoman.resolve.toponyms import toponyms_in


class Resolver:
    """Resolves the mentions of a report; made once, used for many."""

    def __init__(self, knowledge: Knowledge, fingerprint: str) -> None:
        self.actors = Actors(knowledge)
        self.places = Places(knowledge)
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
        return _Resolution(self, with_missed(reading, self.actors.phrases)).resolved()

    def resolve_span(self, reading: Reading, span: tuple[int, int]) -> Actor | None:
        """Who a marked span names; None when nothing is known of it."""
        marked, key = _with_mention(reading, span)
        marked = with_missed(marked, self.actors.phrases)
        if key is None:
            actor, _ = self.actors.identify(reading.report.text[slice(*span)], reading.report.published)
            return actor if actor.country or actor.actor_id else None
        found = Story(marked, self.actors, self.places, frozenset()).resolve().get(key)
        return _together(found.actors, reading.report.text[slice(*span)]) if found and found.actors else None

    def resolve_toponyms(self, reading: Reading, spans: Sequence[tuple[int, int]]) -> list[Place | None]:
        """The place of each marked span, read together with the other place names of the report."""
        text, on = reading.report.text, reading.report.published
        names = [Toponym(a, b, text[a:b], self.places.container_of(text, b)) for a, b in spans]
        chosen = self.places.choose_all(text, names, on)
        return [self.places.place(e) if e else None for e in chosen]

    def find_toponyms(self, reading: Reading) -> list[tuple[int, int, Place]]:
        """Every place name found, with its place."""
        names = toponyms_in(reading, self.actors.phrases, self.places)
        chosen = self.places.choose_all(reading.report.text, names, reading.report.published)
        return [(n.start, n.end, self.places.place(e)) for n, e in zip(names, chosen, strict=True) if e]


def _with_mention(reading: Reading, span: tuple[int, int]) -> tuple[Reading, tuple[int, int] | None]:
    """The reading with a mention of exactly that span, and its (sentence, index); crossing ones give way."""
    for sentence in reading.sentences:
        for i, m in enumerate(sentence.mentions):
            if (m.start, m.end) == span and m.kind == "actor":
                return reading, (sentence.index, i)
        tokens = [i for i, t in enumerate(sentence.tokens) if t.start < span[1] and span[0] < t.end]
        if not tokens:
            continue
        first, last = tokens[0], tokens[-1] + 1
        head = next((i for i in tokens if not first <= sentence.tokens[i].head < last), tokens[-1])
        kept = [m for m in sentence.mentions if not _crosses(m, span)]
        like = next((m.label for m in sentence.mentions if m.kind == "actor" and m.head == head), "")
        mention = Mention("actor", like, span[0], span[1], first, last, head, None, 1.0)
        row = (*kept, mention)
        changed = tuple(replace(s, mentions=row) if s.index == sentence.index else s for s in reading.sentences)
        return replace(reading, sentences=changed), (sentence.index, len(row) - 1)
    return reading, None


def _together(actors: tuple[Actor, ...], words: str) -> Actor:
    """One actor for a mention: itself, or the group that it names, of a country only where all are of one."""
    if len(actors) == 1:
        return actors[0]
    countries, sectors = {a.country for a in actors}, {a.sectors for a in actors}
    return Actor(
        None, words, "group", actors[0].country if len(countries) == 1 else None,
        actors[0].sectors if len(sectors) == 1 else (), None, min(a.confidence for a in actors),
    )  # fmt: skip


def _crosses(m: Mention, span: tuple[int, int]) -> bool:
    if (m.start, m.end) == span:
        return True
    overlaps = m.start < span[1] and span[0] < m.end
    nested = (m.start <= span[0] and span[1] <= m.end) or (span[0] <= m.start and m.end <= span[1])
    return overlaps and not nested


COUNTED_FROM = {
    "absolute": "",
    "published": ", counted from the day of publication",
    "story": ", counted from the day that the story told last",
}


_KIND_OF_PLACE = re.compile(r"^(?:[Tt]he )?(?:(?:[a-z-]+ )+of )?")
"""What stands before a place's own name: "the northern town of"."""


def _unknown(words: str) -> Place | None:
    """A place that is named and that no gazetteer has: its name, without a point on the map; None of "the border area"."""
    name = _KIND_OF_PLACE.sub("", words)
    if not name[:1].isupper() or name.isupper():
        return None
    return Place(name, None, None, None, None, None, "site", 0.5)


class _Resolution:
    """One report on its way."""

    def __init__(self, resolver: Resolver, reading: Reading) -> None:
        self.resolver = resolver
        self.on = reading.report.published
        self.text = reading.report.text
        self.times = find_times(reading, self.on)
        self.reading = with_dates(reading, self.times)
        self.aside = frozenset(s.index for s in reading.sentences if self._is_dateline(s))

    def resolved(self) -> ResolvedReading:
        actors = Story(self.reading, self.resolver.actors, self.resolver.places, self.aside).resolve()
        self.offset = 1 + max((f.entity for f in actors.values()), default=0)
        self.entities: dict[str, int] = {}
        self.chosen = self._places()
        rows = tuple(
            tuple(self._mention(s, i, m, actors.get((s.index, i))) for i, m in enumerate(s.mentions))
            for s in self.reading.sentences
        )
        setting = next((p for p in self.chosen.values() if p.precision != "country"), None) or next(
            iter(self.chosen.values()), None
        )
        return ResolvedReading(self.reading, rows, setting, self.on)

    def _is_dateline(self, sentence: Sentence) -> bool:
        """A dateline ends in a dash and stands in the first paragraphs; who and what it names takes no part in the story."""
        words = self.text[sentence.start : sentence.end].rstrip()
        return sentence.paragraph <= 2 and words[-1:] in ("-", "–", "—") and len(sentence.tokens) <= 20

    def _places(self) -> dict[tuple[int, int], Place]:
        """Place of each place mention by its span."""
        spans = [
            (m.start, m.end)
            for s in self.reading.sentences
            for m in s.mentions
            if m.kind == "place" or (m.kind == "actor" and s.index in self.aside)
        ]
        spans = sorted(set(spans))
        found = self.resolver.resolve_toponyms(self.reading, spans) if spans else []
        return {span: place for span, place in zip(spans, found, strict=True) if place}

    def _mention(self, sentence: Sentence, index: int, mention: Mention, found: Found | None) -> ResolvedMention:
        span = (mention.start, mention.end)
        if found is not None:
            trail = (Step("actors", "knowledge", found.why, found.actors[0].confidence if found.actors else None),)
            return ResolvedMention(
                sentence.index, index, mention, found.entity, found.actors, None, None, "actor", trail
            )
        words = self.text[slice(*span)]
        if mention.kind == "time":
            when, why = self._when(mention)
            return ResolvedMention(
                sentence.index, index, mention, self._entity(f"time:{span}"), (), None, when, "time", why
            )
        if mention.kind == "quantity":
            return ResolvedMention(
                sentence.index, index, mention, self._entity(f"quantity:{span}"), (), None, None, "quantity"
            )
        place = self.chosen.get(span) or _unknown(words)
        key = f"place:{place.name}:{place.country}" if place else f"place:{words.casefold()}"
        role = "none" if sentence.index in self.aside else "place"
        steps: tuple[Step, ...] = ()
        if place and span in self.chosen:
            says = f"{words!r} is {place.name}, {place.admin1 or place.country or 'no country'}"
            steps = (Step("place", "gazetteer", says),)
        elif place:
            steps = (Step("place", "name", f"no gazetteer has {words!r}: it is known by its name alone"),)
        return ResolvedMention(sentence.index, index, mention, self._entity(key), (), place, None, role, steps)

    def _when(self, mention: Mention) -> tuple[When | None, tuple[Step, ...]]:
        best: FoundTime | None = None
        for found in self.times:
            if found.start < mention.end and mention.start < found.end:
                overlap = min(found.end, mention.end) - max(found.start, mention.start)
                if best is None or overlap > min(best.end, mention.end) - max(best.start, mention.start):
                    best = found
        if best is None:
            return None, ()
        words, counted = self.text[best.start : best.end], COUNTED_FROM[best.anchor]
        says = f"{words!r} is {best.value}{counted}" if best.value else f"{words!r} tells no day"
        return when_of(best), (Step("date", f"rule:{best.pattern}", says),)

    def _entity(self, key: str) -> int:
        return self.offset + self.entities.setdefault(key, len(self.entities))
