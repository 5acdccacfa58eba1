"""What the reader left unmarked: names that the knowledge knows (countries, bodies, holders of offices), dates that the grammar finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dragoman.records import Mention, Reading, Sentence
from dragoman.resolve.naming import best_country
from dragoman.resolve.phrase import Phrases, Segment
from dragoman.resolve.times import FoundTime

_LOCATIVE = frozenset(["in", "at", "near", "around", "outside", "across", "inside"])
_LABEL = {
    "institutions": "institution", "organisations": "igo", "armed_groups": "armed-group", "parties": "party", "media": "media", "companies": "company",
}  # fmt: skip
SURE = 0.6
"""Probability given to a mention that only the dictionary found: names are sure, that they take part is not."""


def with_missed(reading: Reading, phrases: Phrases) -> Reading:
    """The reading with the dictionary's mentions behind the reader's own, whose indices stay as they are."""
    text, on = reading.report.text, reading.report.published
    sentences = tuple(_added(s, text, phrases, on) for s in reading.sentences)
    return replace(reading, sentences=sentences)


def with_dates(reading: Reading, times: Sequence[FoundTime]) -> Reading:
    """The reading with the dates of the grammar that no mention of time covers, behind the mentions that it has."""
    sentences = []
    for sentence in reading.sentences:
        marked = [(m.start, m.end) for m in sentence.mentions if m.kind == "time"]
        found = tuple(
            m
            for t in times
            if t.value is not None
            and sentence.start <= t.start < sentence.end
            and not any(t.start < b and a < t.end for a, b in marked)
            and (m := _mention(sentence, t.start, t.end, "time", "time")) is not None
        )
        sentences.append(replace(sentence, mentions=(*sentence.mentions, *found)) if found else sentence)
    return replace(reading, sentences=tuple(sentences))


def _added(sentence: Sentence, text: str, phrases: Phrases, on: date | None) -> Sentence:
    found = tuple(_missed(sentence, text, phrases, on))
    return replace(sentence, mentions=(*sentence.mentions, *found)) if found else sentence


def _missed(sentence: Sentence, text: str, phrases: Phrases, on: date | None) -> Iterator[Mention]:
    marked = [(m.start, m.end) for m in sentence.mentions if m.kind in ("actor", "place")]
    segments = phrases.cut(text[sentence.start : sentence.end], on)
    before: Segment | None = None
    i = 0
    while i < len(segments):
        length, kind = _phrase(segments, i) or (1, _kind(segments[i], before, phrases))
        first, last = segments[i], segments[i + length - 1]
        before, i = last, i + length
        if kind is None:
            continue
        start, end = sentence.start + first.at, sentence.start + last.at + len(last.text)
        if text[end - len(last.text) : end] != last.text or any(start < b and a < end for a, b in marked):
            continue
        mention = _mention(sentence, start, end, *kind)
        if mention is not None:
            yield mention


def _phrase(segments: tuple[Segment, ...], i: int) -> tuple[int, tuple[str, str]] | None:
    """A country with what is its own, or a title with its name: "Turkey's foreign ministry", "Foreign Minister Ana Brnabić"."""
    at = i
    country = segments[at].kind == "country" and (
        segments[at].owner or best_country(segments[at].hits).how in ("adjective", "abbreviation")
    )
    if country:
        at += 1
    if at >= len(segments):
        return None
    owned = segments[at]
    if owned.kind == "generic" and country:
        following = segments[at + 1] if at + 1 < len(segments) else None
        if following is not None and following.kind == "role" and not owned.owner:
            return at - i + 2, ("actor", "office")
        return at - i + 1, ("actor", "institution")
    if owned.kind == "role" and owned.role is not None:
        following = segments[at + 1] if at + 1 < len(segments) else None
        if (
            following is not None
            and following.kind == "name"
            and owned.role.kind != "group"
            and owned.text[:1].isupper()
        ):
            return at - i + 2, ("actor", "person")
        if country:
            return at - i + 1, ("actor", "office" if owned.role.kind == "office" else "crowd")
    return None


def _kind(segment: Segment, before: Segment | None, phrases: Phrases) -> tuple[str, str] | None:
    """(kind, label) of a segment that names somebody for certain; None for all else."""
    if segment.kind == "country":
        located = before is not None and before.kind == "preposition" and before.text in _LOCATIVE
        how = best_country(segment.hits).how
        if located and how not in ("adjective", "demonym"):
            return "place", "place"
        return "actor", "state"
    if segment.kind == "body":
        bodies = [h for h in segment.hits if h.kind == "body"]
        body = bodies[0].id
        if len(segment.text) < 3 or (segment.text.isupper() and len(bodies) > 1):
            return None
        return "actor", _LABEL.get(phrases.body(body).kind, "other")
    if (
        segment.kind == "name"
        and any(h.kind == "person" and h.how != "surname" for h in segment.hits)
        and " " in segment.text
    ):
        return "actor", "person"
    return None


def _mention(sentence: Sentence, start: int, end: int, kind: str, label: str) -> Mention | None:
    tokens = [i for i, t in enumerate(sentence.tokens) if t.start < end and start < t.end]
    if not tokens or sentence.tokens[tokens[0]].start != start:
        return None
    first, last = tokens[0], tokens[-1] + 1
    if sentence.tokens[last - 1].end < end:
        return None
    head = next((i for i in tokens if not first <= sentence.tokens[i].head < last), tokens[-1])
    return Mention(kind, label, start, end, first, last, head, None, SURE)
