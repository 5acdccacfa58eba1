"""Finding names of places in running text: what the reader marked, and names of the gazetteer where a place is to be expected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.records import Reading, Sentence
from dragoman.resolve.naming import best_country
from dragoman.resolve.phrase import Phrases, Segment
from dragoman.resolve.places import Places, Toponym, container_of

_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "around",
        "outside",
        "across",
        "through",
        "toward",
        "towards",
        "into",
        "via",
        "between",
        "of",
        "over",
        "inside",
        "off",
    ]
)
_TOWN, _LARGE = 1_000, 100_000
"""Inhabitants from which a name is a place after a preposition of place, and without one."""


def toponyms_in(reading: Reading, phrases: Phrases, places: Places) -> list[Toponym]:
    """Names of places in order, none overlapping."""
    text = reading.report.text
    found: dict[int, Toponym] = {}
    for sentence in reading.sentences:
        taken: list[tuple[int, int]] = []
        for start, end in (*_of_dictionary(sentence, reading, phrases, places), *_of_reader(sentence, text, places)):
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                found[start] = Toponym(start, end, text[start:end], container_of(text, end))
    return [found[start] for start in sorted(found)]


def _of_reader(sentence: Sentence, text: str, places: Places) -> Iterator[tuple[int, int]]:
    """Names that the reader took for places, and that the gazetteer knows."""
    for m in sentence.mentions:
        if m.name_type == "LOC" or m.kind == "place":
            words = text[m.start : m.end]
            if words[:1].isupper() and places.candidates(words, None):
                yield m.start, m.end


def _of_dictionary(sentence: Sentence, reading: Reading, phrases: Phrases, places: Places) -> Iterator[tuple[int, int]]:
    text, on = reading.report.text, reading.report.published
    segments = phrases.cut(text[sentence.start : sentence.end], on)
    people = _people(reading)
    proper = {t.start for t in sentence.tokens if t.upos in ("PROPN", "ADJ", "X")}
    for i, segment in enumerate(segments):
        start = sentence.start + segment.at
        if text[start : start + len(segment.text)] != segment.text:
            continue
        if segment.kind == "country" and best_country(segment.hits).how != "metonym":
            yield start, start + len(segment.text)
        elif segment.kind in ("name", "word", "body"):
            located = i > 0 and segments[i - 1].kind == "preposition" and segments[i - 1].text in _LOCATIVE
            after_role = i > 0 and segments[i - 1].kind == "role"
            if (
                segment.kind == "name"
                and start in proper
                and not after_role
                and _is_place(segment, located, people, places)
            ):
                yield start, start + len(segment.text)
            else:
                yield from _inside(segment, start, people, phrases, places, reading)


def _people(reading: Reading) -> frozenset[str]:
    """Words of the names of persons: "Georgia" of Georgia Hale is no place."""
    text = reading.report.text
    named = (
        text[m.start : m.end]
        for s in reading.sentences
        for m in s.mentions
        if m.name_type == "PER" or m.label == "person"
    )
    return frozenset(w for words in named for w in words.split() if w[:1].isupper())


def _inside(
    segment: Segment, start: int, people: frozenset[str], phrases: Phrases, places: Places, reading: Reading
) -> Iterator[tuple[int, int]]:
    """Well-known places inside a longer name: "Texas Cowboys", "London-based", "Russia-Turkey"."""
    if segment.persons or not any(c.isupper() for c in segment.text):
        return
    for match in _PART.finditer(segment.text):
        words = match.group()
        if words == segment.text or words in people:
            continue
        known = phrases.knowledge.lookup(words, reading.report.published)
        if any(h.kind == "country" and h.how in ("name", "short", "adjective") for h in known) or (
            "-" in segment.text and _is_large(words, places)
        ):
            yield start + match.start(), start + match.end()
            return
    first = " ".join(segment.text.split()[:2])
    for words in (first, segment.text.split()[0]):
        if words != segment.text and words not in people and words not in _NEVER and _is_large(words, places):
            yield start, start + len(words)
            return


_PART = re.compile(r"[A-Z][\w.’']*")
_NEVER = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Nov",
        "Dec",
        "Oct",
        "Sept",
        "Aug",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Christmas",
        "Easter",
        "Olympic",
        "Real",
        "Western",
        "Eastern",
        "Northern",
        "Southern",
        "Centre",
        "Center",
        "Police",
        "University",
        "College",
        "School",
        "Board",
        "Union",
        "Law",
        "Independence",
        "Victory",
        "Liberty",
        "Commerce",
        "Reading",
        "Enterprise",
        "Mobile",
        "Nice",
        "Deal",
        "Orange",
        "Amazon",
        "Phoenix",
        "Bath",
        "Sandy",
        "Bush",
        "Clinton",
        "Lincoln",
        "Trump",
        "King",
        "Prince",
        "Queen",
        "Santa",
        "San",
        "New",
        "Saint",
        "Times",
        "Post",
        "Star",
        "Sun",
        "Order",
        "Republic",
        "Liberal",
        "Democrat",
        "Republican",
        "Conservative",
        "Labour",
        "Green",
        "Islamic",
        "Muslim",
        "Christian",
        "Jewish",
        "Catholic",
        "Orthodox",
        "Church",
        "National",
        "General",
    ]
)


def _is_large(words: str, places: Places) -> bool:
    options = places.candidates(words, None)
    return (
        bool(options)
        and max((e.population for e in options[:2] if e.kind in ("city", "capital", "admin1")), default=0) >= _LARGE
    )


def _is_place(segment: Segment, located: bool, people: frozenset[str], places: Places) -> bool:
    """A name of the gazetteer: any town after a preposition of place, elsewhere only one that is well known and nobody's name."""
    if segment.persons and any(h.how != "surname" for h in segment.hits):
        return False
    if segment.text in _NEVER or (segment.text in people and not located):
        return False
    options = places.candidates(segment.text, None)
    if not options:
        return False
    size = max(
        (e.population if e.kind in ("city", "capital", "admin1", "admin2") else _LARGE for e in options[:3]), default=0
    )
    return size >= (_TOWN if located else _LARGE)
