"""Readings made by hand: a text with marks, no model.

`[words|kind]` marks a mention ("actor" kinds: person, office, state, ...; "place", "time"); tokens are split at spaces
and marks of punctuation, the parse is left flat but for what a test gives.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.read.lemmas import lemma
from dragoman.records import Mention, Reading, ResolvedMention, ResolvedReading, Sentence, Token
from tests.conftest import make_report

_MARK = re.compile(r"\[([^|\]]+)\|(\w+(?:-\w+)?)\]")
_TOKEN = re.compile(r"[\w'’.-]*\w|[^\w\s]")
_VERBS = frozenset(
    [
        "met",
        "said",
        "summoned",
        "left",
        "told",
        "denied",
        "visited",
        "criticised",
        "arrived",
        "voted",
        "signed",
        "fled",
        "announced",
        "accused",
        "urged",
    ]
)


def reading_of(*lines: str, published: date | None = date(2024, 2, 3)) -> Reading:
    """A reading of one sentence per line; subjects are the marks before the first verb."""
    text, spans = "", []
    for line in lines:
        start = len(text)
        marks = []
        position = 0
        plain = ""
        for match in _MARK.finditer(line):
            plain += line[position : match.start()]
            marks.append((start + len(plain), start + len(plain) + len(match[1]), match[2]))
            plain += match[1]
            position = match.end()
        plain += line[position:]
        text += plain + " "
        spans.append((start, start + len(plain), marks))
    text = text.rstrip()
    sentences = tuple(_sentence(i, text, *span) for i, span in enumerate(spans))
    return Reading(make_report(text, published=published), sentences)


def said(resolved: ResolvedReading, words: str, nth: int = 0) -> ResolvedMention:
    """The resolved mention of just these words; the first, unless said which."""
    text = resolved.reading.report.text
    return [m for row in resolved.mentions for m in row if text[m.mention.start : m.mention.end] == words][nth]


def _sentence(index: int, text: str, start: int, end: int, marks: list[tuple[int, int, str]]) -> Sentence:
    raw = [(start + m.start(), start + m.end()) for m in _TOKEN.finditer(text[start:end])]
    verb = next((i for i, (a, b) in enumerate(raw) if text[a:b] in _VERBS), 0)
    tokens = tuple(
        Token(
            a,
            b,
            text[a:b],
            lemma(text[a:b].lower(), "VERB") if i == verb else text[a:b].lower(),
            "VERB" if i == verb else "NOUN",
            -1 if i == verb else verb,
            "root" if i == verb else "nsubj" if i < verb else "obj",
        )
        for i, (a, b) in enumerate(raw)
    )
    mentions = tuple(_mention(tokens, *mark) for mark in marks)
    return Sentence(index, index, start, end, tokens, (), mentions, ())


def _mention(tokens: tuple[Token, ...], start: int, end: int, label: str) -> Mention:
    inside = [i for i, t in enumerate(tokens) if t.start < end and start < t.end]
    kind = label if label in ("place", "time") else "actor"
    return Mention(kind, label, start, end, inside[0], inside[-1] + 1, inside[-1], None, 1.0)
