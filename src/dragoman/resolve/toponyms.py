"""Finding names of places in running text: what the reader marked, and names of the gazetteer where a place is to be expected."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.records import Reading, Sentence
from dragoman.resolve.phrase import Phrases
from dragoman.resolve.places import Places, Toponym, container_of

_LOCATIVE = frozenset("in at near from to around outside across through toward towards into via between of over inside off against with".split())
LONGEST = 4


def toponyms_in(reading: Reading, phrases: Phrases, places: Places) -> list[Toponym]:
    """Names of places in order, none overlapping."""
    text, on = reading.report.text, reading.report.published
    found: dict[int, Toponym] = {}
    for sentence in reading.sentences:
        for start, end in _spans(sentence, text, phrases, places):
            if all(end <= t.start or start >= t.end for t in found.values() if abs(t.start - start) < 80):
                found[start] = Toponym(start, end, text[start:end], container_of(text, end))
    return [found[start] for start in sorted(found)]


def _spans(sentence: Sentence, text: str, phrases: Phrases, places: Places) -> Iterator[tuple[int, int]]:
    named = [(m.start, m.end) for m in sentence.mentions if m.name_type == "LOC"]
    yield from sorted(named)
