"""Finding names of places in running text: what the reader marked, and names of the gazetteer where a place is to be expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.records import Reading, Sentence
from dragoman.resolve.naming import best_country
from dragoman.resolve.normalise import normalise
from dragoman.resolve.phrase import Phrases, Segment
from dragoman.resolve.places import Places, Toponym

_LOCATIVE = frozenset(
    ["in", "at", "near", "from", "to", "around", "outside", "across", "through", "toward", "towards", "into", "via", "between", "of", "over", "inside", "off"]
)  # fmt: skip
_NEAR = frozenset(["in", "at", "near", "outside", "around"])
"""Prepositions of place; after these even a word of somebody's name is one."""
_TOWN, _LARGE = 1_000, 100_000
"""Inhabitants from which a name is a place after a preposition of place, and without one."""
_PART = re.compile(r"[A-Z][\w.’']*")


def toponyms_in(reading: Reading, phrases: Phrases, places: Places) -> list[Toponym]:
    """Names of places in order, none overlapping."""
    text = reading.report.text
    found: dict[int, Toponym] = {}
    finder = _Finder(reading, phrases, places)
    for sentence in reading.sentences:
        taken: list[tuple[int, int]] = []
        for start, end in (*finder.of_dictionary(sentence), *finder.of_reader(sentence)):
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                found[start] = Toponym(start, end, text[start:end], places.container_of(text, end))
    return [found[start] for start in sorted(found)]


class _Finder:
    """Looks for places in one report."""

    def __init__(self, reading: Reading, phrases: Phrases, places: Places) -> None:
        self.text, self.on = reading.report.text, reading.report.published
        self.phrases, self.places = phrases, places
        self.people = self._people(reading)
        self.never, self.directions = phrases.knowledge.not_places, phrases.knowledge.directions

    def of_reader(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Names that the reader took for places, and that the gazetteer knows."""
        for m in sentence.mentions:
            if m.name_type == "LOC" or m.kind == "place":
                words = self.text[m.start : m.end]
                if words[:1].isupper() and self.places.candidates(words, None):
                    yield m.start, m.end

    def of_dictionary(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Names of the gazetteer where a place is to be expected."""
        segments = self.phrases.cut(self.text[sentence.start : sentence.end], self.on)
        proper = {t.start for t in sentence.tokens if t.upos in ("PROPN", "ADJ", "X")}
        last_end, last_located = -1, False
        for i, segment in enumerate(segments):
            start = sentence.start + segment.at
            end = start + len(segment.text)
            if self.text[start:end] != segment.text:
                continue
            located = self._located(segments, i)
            joined = last_located and self.text[last_end:start].strip() in (",", "and", ", and", "or")
            for span in self._spans(segment, start, sentence, (located, joined, start in proper), segments[:i]):
                yield span
                last_end, last_located = span[1], located or joined
            if self._is_abbreviation(segment.text, self.text[last_end:start]):
                yield start, end

    def _located(self, segments: Sequence[Segment], i: int) -> bool:
        at = i - 1
        while at >= 0 and (segments[at].kind == "determiner" or segments[at].text.lower() in self.directions):
            at -= 1
        return at >= 0 and segments[at].kind == "preposition" and segments[at].text in _LOCATIVE

    def _spans(
        self,
        segment: Segment,
        start: int,
        sentence: Sentence,
        stand: tuple[bool, bool, bool],
        before: Sequence[Segment],
    ) -> Iterator[tuple[int, int]]:
        located, joined, proper = stand
        if segment.kind == "country":
            if self._is_country(segment, sentence, start, located):
                yield start, start + len(segment.text)
        elif segment.kind in ("name", "word", "body"):
            near = located and bool(before) and before[-1].text in _NEAR
            after_role = bool(before) and before[-1].kind == "role"
            if (
                segment.kind == "name"
                and proper
                and not after_role
                and self._is_place(segment, located or joined, near)
            ):
                yield start, start + len(segment.text)
            else:
                yield from self._inside(segment, start)

    def _is_abbreviation(self, words: str, gap: str) -> bool:
        """The division's abbreviation right behind a town: "Edmonton, Ky."."""
        key = normalise(words).replace(" ", "")
        return gap.strip() == "," and words[:1].isupper() and len(words) <= 6 and self.places.is_abbreviation(key)

    def _people(self, reading: Reading) -> frozenset[str]:
        """Words of the names of persons: "Georgia" of Georgia Hale is no place, "Manitoba" of Manitoba Premier Ann Low is one."""
        named: set[str] = set()
        places: set[str] = set()
        for m in (m for s in reading.sentences for m in s.mentions):
            if m.name_type == "LOC":
                places |= set(self.text[m.start : m.end].split())
            elif m.name_type == "PER" or m.label == "person":
                segments = self.phrases.cut(self.text[m.start : m.end], self.on)
                role = max((i for i, s in enumerate(segments) if s.kind == "role"), default=-1)
                name = segments[role + 1 :]
                if role >= 0 or all(s.kind in ("name", "country") for s in name):
                    named |= {w for s in name if s.kind in ("name", "country") for w in s.text.split()}
        return frozenset(named - places)

    def _is_country(self, segment: Segment, sentence: Sentence, start: int, located: bool) -> bool:
        """Whether a country's word names the place: not its people ("Cubans"), its language, nor a person called so."""
        how = best_country(segment.hits).how
        if how == "metonym":
            options = self.places.candidates(segment.text, None)
            return bool(options) and (located or normalise(options[0].name) == normalise(segment.text))
        if segment.text in self.people and not located:
            return False
        token = next((t for t in sentence.tokens if t.start <= start < t.end), None)
        if how not in ("demonym", "adjective") or token is None:
            return True
        plural = segment.text.endswith(("s", "men")) and not segment.text.endswith("ss")
        object_ = token.deprel.startswith(("obj", "obl")) and token.upos in ("NOUN", "PROPN")
        return not plural and not object_

    def _inside(self, segment: Segment, start: int) -> Iterator[tuple[int, int]]:
        """Well-known places inside a longer name: "Texas Cowboys", "London-based", both of "Russia-Turkey"."""
        if segment.persons or not any(c.isupper() for c in segment.text):
            return
        words = segment.text.split()
        while len(words) > 1 and words[0].lower() in self.directions:
            words = words[1:]
        rest = " ".join(words)
        if rest != segment.text and self._is_large(rest):
            yield start + len(segment.text) - len(rest), start + len(segment.text)
            return
        hyphened = False
        for match in _PART.finditer(segment.text):
            if (
                match.group() != segment.text
                and match.group() not in self.people
                and self._is_part(match.group(), segment.text)
            ):
                yield start + match.start(), start + match.end()
                hyphened = True
                if "-" not in segment.text:
                    return
        if hyphened:
            return
        for name in (" ".join(segment.text.split()[:2]), segment.text.split()[0]):
            if name != segment.text and name not in self.people and self._is_large(name):
                yield start, start + len(name)
                return

    def _is_part(self, words: str, whole: str) -> bool:
        known = self.phrases.knowledge.lookup(words, self.on)
        return any(h.kind == "country" and h.how in ("name", "short", "adjective") for h in known) or (
            "-" in whole and self._is_large(words)
        )

    def _is_large(self, words: str) -> bool:
        """Whether a large place bears just that name, not one by which it once was called."""
        key = normalise(words)
        if words.rstrip(".") in self.never or words.lower() in self.directions:
            return False
        sizes = (
            e.population
            for e in self.places.candidates(words, None)[:2]
            if e.kind in ("city", "capital", "admin1") and normalise(e.name).startswith(key)
        )
        return max(sizes, default=0) >= _LARGE

    def _is_place(self, segment: Segment, located: bool, near: bool) -> bool:
        """A name of the gazetteer: any town after a preposition of place, elsewhere only one that is well known and nobody's name."""
        if segment.persons and any(h.how != "surname" for h in segment.hits):
            return False
        if segment.text.rstrip(".") in self.never or (segment.text in self.people and not near):
            return False
        options = self.places.candidates(segment.text, None)
        if not options:
            return False
        named = ("city", "capital", "admin1", "admin2")
        size = max((e.population if e.kind in named else _LARGE for e in options[:3]), default=0)
        told = located or segment.text.split()[-1].lower() in self.phrases.knowledge.division_words - {
            "city",
            "state",
            "department",
        }
        return size >= (_TOWN if told else _LARGE)
