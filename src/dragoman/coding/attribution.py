"""Who says what: source, cue and content of reported speech and thought, and for each event the chain of those who vouch for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from dragoman.coding.cues import in_sentence
from dragoman.coding.grammar import Grammar
from dragoman.coding.quotation import Quotation, table
from dragoman.coding.quotes import Quoted, Span
from dragoman.coding.saying import beside
from dragoman.records import Reading, Sentence

__all__ = ["ASSERTING", "Quotation", "in_sentence", "quotations", "speaker_kind", "voices"]


def quotations(reading: Reading) -> tuple[Quotation, ...]:
    """Reported speech and thought of a report, outermost only, in order of their cues; quotations that run on over
    further sentences belong to the cue of their paragraph.
    """
    text = reading.report.text
    quoted = Quoted(text)
    per_sentence = []
    for sentence in reading.sentences:
        g = Grammar(sentence)
        inside = in_sentence(g, quoted)
        per_sentence.append(_outer(inside or list(beside(g, quoted))))
    found = [
        q for s, quotes in zip(reading.sentences, per_sentence, strict=True) for q in quotes
        if not _inside_quote(s, q, quoted)
    ]  # fmt: skip
    return tuple(_running_on(reading.sentences, found, quoted))


def _outer(found: Sequence[Quotation]) -> list[Quotation]:
    """Without those whose cue stands in what another says; clauses that are said with a speaker of their own are kept."""
    return [
        q
        for q in found
        if (
            q.cue_kind == "say"
            and q.source
            and not q.direct
            and len(q.content_tokens) > 5
            and not any(o.cue_kind == "colon" for o in found)
        )
        or not any(
            o is not q
            and q.cue_token in o.content_tokens
            and o.cue_token not in q.content_tokens
            and not (q.direct and not o.direct)
            for o in found
        )
    ]


def _inside_quote(sentence: Sentence, q: Quotation, quoted: Quoted) -> bool:
    """Whether the cue itself is quoted words."""
    return q.cue_kind != "colon" and quoted.at(sentence.tokens[q.cue_token].start) is not None


def _running_on(sentences: Sequence[Sentence], found: Sequence[Quotation], quoted: Quoted) -> Iterator[Quotation]:
    """Give sentences that are quoted throughout to the nearest cue with a quotation in their paragraph."""
    taken = {q.sentence for q in found if q.content_tokens}
    extra: dict[int, list[Span]] = {}
    for sentence in sentences:
        spans = quoted.within(sentence.start, sentence.end)
        if sentence.index in taken or not spans:
            continue
        covered = sum(min(b, sentence.end) - max(a, sentence.start) for a, b in spans)
        if covered < 0.7 * (sentence.end - sentence.start):
            continue
        near = [
            n for n, q in enumerate(found)
            if (q.direct or q.cue_kind in ("say", "according")) and abs(q.sentence - sentence.index) <= 4
            and abs(sentences[q.sentence].paragraph - sentence.paragraph) <= 1
        ]  # fmt: skip
        if near:
            best = min(
                near,
                key=lambda n: (
                    sentences[found[n].sentence].paragraph != sentence.paragraph,
                    not found[n].direct,
                    found[n].sentence > sentence.index,
                    abs(found[n].sentence - sentence.index),
                ),
            )
            extra.setdefault(best, []).append((max(spans[0][0], sentence.start), min(spans[-1][1], sentence.end)))
    for number, q in enumerate(found):
        yield replace(q, content=tuple(sorted((*q.content, *extra[number])))) if number in extra else q


ASSERTING = frozenset({"say", "show", "accuse", "according", "noun", "colon"})
"""Kinds of cue that vouch for an event; wanting, asking and judging do not."""


def voices(found: Sequence[Quotation], trigger: Sequence[int], head: int) -> Iterator[Quotation]:
    """The quotations that the event stands in, outermost first; its own trigger is no cue of itself."""
    inside = [q for q in found if head in q.content_tokens and q.cue_token not in trigger and q.cue_kind in ASSERTING]
    yield from sorted(inside, key=lambda q: -len(q.content_tokens))


@lru_cache(maxsize=1)
def speaker_words() -> Mapping[str, frozenset[str]]:
    """Kind of speaker -> head words."""
    return table("speakers.tsv")


def speaker_kind(words: str, head: str, kind: str | None, sectors: Sequence[str], office: str | None) -> str:
    """official, agency, media, witness, unnamed: from who the speaker is, else from the words."""
    known = speaker_words()
    lower = head.lower()
    all_words = frozenset(words.lower().replace("-", " ").split())
    if kind == "media" or "JRN" in sectors:
        return "agency" if all_words & known["agency"] else "media"
    if lower in known["agency"] and lower != "agency":
        return "agency"
    for name in ("witness", "unnamed"):
        if lower in known[name] or lower.rstrip("s") in known[name]:
            return name
    if (
        any(s in ("GOV", "MIL", "COP", "LEG", "JUD", "SPY") for s in sectors)
        or office
        or kind in ("state", "institution", "igo", "office")
    ):
        return "official"
    for name in ("media", "official"):
        if lower in known[name]:
            return name
    if kind == "crowd":
        return "witness"
    return "official" if kind in ("person", "party", "armed-group", "ngo", "company") else "unnamed"
