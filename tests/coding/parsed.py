"""Sentences parsed by hand, so that coding can be tested without a model.

    sentence("Seoul:PROPN:nsubj:1 summoned=summon:VERB:root:-1 the:DET:det:4 Russian:ADJ:amod:4 envoy:NOUN:obj:1")

A word is `form[=lemma]:UPOS:relation:head`; a subtype is written with a dot (`nsubj.pass`). Mentions: `actor("the Russian envoy", label, country)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.records import (
    Actor,
    EventReading,
    Mention,
    Origin,
    Place,
    Reading,
    Report,
    ResolvedMention,
    ResolvedReading,
    Sentence,
    Token,
    When,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A mention to be laid on a sentence: its words and what they are."""

    words: str
    label: str = "state"
    actor: Actor | None = None
    place: Place | None = None
    when: When | None = None


def actor(
    words: str,
    country: str | None = None,
    *,
    kind: str = "state",
    name: str | None = None,
    sectors: tuple[str, ...] = (),
) -> Named:
    """A mention of an actor."""
    known = Actor(f"{kind}:{country or words}", name or words, kind, country, sectors)
    return Named(words, kind, known)


def place(words: str, country: str, precision: str = "city") -> Named:
    """A mention of a place."""
    return Named(words, "place", place=Place(words, country, None, 1.0, 2.0, 7, precision))


def time(words: str, start: date, end: date | None = None, precision: str = "day") -> Named:
    """A mention of a time."""
    return Named(words, "time", when=When(start, end or start, precision))


def tokens_of(text: str) -> tuple[str, list[Token]]:
    """Plain text and tokens of the notation."""
    made: list[Token] = []
    plain = ""
    for word in text.split():
        form, upos, relation, head = word.rsplit(":", 3)
        form, _, lemma = form.partition("=") if "=" in form and form != "=" else (form, "", "")

        if plain and form not in ".,;:?!" and not form.startswith("'"):
            plain += " "
        relation = relation.replace(".", ":")
        made.append(
            Token(
                len(plain),
                len(plain) + len(form),
                form,
                lemma or (form if upos == "PROPN" else form.lower()),
                upos,
                int(head),
                relation,
            )
        )
        plain += form
    return plain, made


def resolved(
    text: str,
    named: Sequence[Named] = (),
    *,
    published: date | None = date(2024, 3, 8),
    events: Sequence[EventReading] = (),
) -> ResolvedReading:
    """A report of one sentence, read and resolved."""
    plain, tokens = tokens_of(text)
    report = Report(
        "0" * 16, plain, None, "Wire", None, published, "metadata" if published else None, "en", (Origin("-"),)
    )
    mentions, found = [], []
    for number, name in enumerate(named):
        start = plain.index(name.words)
        end = start + len(name.words)
        inside = [i for i, t in enumerate(tokens) if start <= t.start and t.end <= end]
        head = next(i for i in inside if tokens[i].head not in inside)
        kind = "place" if name.place else "time" if name.when else "actor"
        mention = Mention(kind, name.label, start, end, inside[0], inside[-1] + 1, head, None, 0.9)
        mentions.append(mention)
        found.append(
            ResolvedMention(
                0, number, mention, number, (name.actor,) if name.actor else (), name.place, name.when, kind
            )
        )
    sentence = Sentence(0, 0, 0, len(plain), tuple(tokens), (), tuple(mentions), tuple(events))
    return ResolvedReading(Reading(report, (sentence,)), (tuple(found),), None, published)
