"""What does this actor do to that recipient? The answer for pairs that the caller has marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.pairs import distribution, evidence, weights
from dragoman.errors import UsageError
from dragoman.ingest.clean import content_id
from dragoman.ontology import plover
from dragoman.pipeline import Tools, code_reports
from dragoman.read import Pair
from dragoman.read import Relation as Scored
from dragoman.records import EventMention, Origin, Report

Span = tuple[int, int]


class PairSpanError(UsageError):
    """A marked pair does not fit its text."""

    def __init__(self, text: str, actor: object, recipient: object, why: str, *, index: int) -> None:
        super().__init__(
            f"pair {index}: {why}: actor {actor!r}, recipient {recipient!r} in a text of {len(text)} characters "
            f"({text[:60]!r}). Spans are (start, end), counted from 0, end-exclusive."
        )
        self.actor, self.recipient, self.index = actor, recipient, index


@dataclass(frozen=True, slots=True)
class Relation:
    """The distribution for one marked pair.

    Attributes:
        types: PLOVER type, or "none", -> probability; sums to one.
        quad_class: 1 to 4 -> probability, 0 for none; sums to one.
        statuses: Status -> probability; sums to one.
    """

    types: Mapping[str, float]
    quad_class: Mapping[int, float]
    statuses: Mapping[str, float]

    @property
    def event_type(self) -> str:
        """The likeliest real type."""
        return max((t for t in self.types if t != "none"), key=lambda t: self.types[t])


def relate(
    tools: Tools,
    texts: Sequence[str],
    actors: Sequence[Span | None],
    recipients: Sequence[Span | None],
    *,
    strict: bool = True,
) -> list[Relation]:
    """One distribution per text.

    Args:
        actors, recipients: One span per text. None is refused when `strict`; otherwise that side is left open
            (the widest stretch beside the other span stands for it).

    Raises:
        PairSpanError: a span is empty, outside its text, or overlaps the other.
    """
    pairs = checked_pairs(texts, actors, recipients, strict=strict)
    told = _told(tools, [pair.text for pair in pairs])
    return [
        _relation(scored, pair, told[pair.text])
        for scored, pair in zip(tools.reader.relation(pairs), pairs, strict=True)
    ]


def _told(tools: Tools, texts: Iterable[str]) -> dict[str, tuple[EventMention, ...]]:
    """The events that the coder itself finds in each text, however sure, each text coded once."""
    reports = {text: bare_report(text) for text in dict.fromkeys(texts)}
    coded = code_reports(reports.values(), replace(tools, coder=replace(tools.coder, floor=0.0)))
    return {text: found.mentions for text, found in zip(reports, coded, strict=True)}


def checked_pairs(
    texts: Sequence[str], actors: Sequence[Span | None], recipients: Sequence[Span | None], *, strict: bool = True
) -> list[Pair]:
    """The marked pairs, checked; parameters and errors as `relate`."""
    if not len(texts) == len(actors) == len(recipients):
        raise UsageError(
            f"{len(texts)} texts, {len(actors)} actors and {len(recipients)} recipients: give one of each."
        )
    pairs = []
    for index, (text, actor, recipient) in enumerate(zip(texts, actors, recipients, strict=True)):
        if not strict:
            actor, recipient = _opened(text, actor, recipient)
        pairs.append(_checked(text, actor, recipient, index))
    return pairs


def _checked(text: str, actor: Span | None, recipient: Span | None, index: int) -> Pair:
    if actor is None or recipient is None:
        raise PairSpanError(text, actor, recipient, "a span is missing", index=index)
    for span in (actor, recipient):
        if not 0 <= span[0] < span[1] <= len(text):
            raise PairSpanError(text, actor, recipient, "a span is empty or outside the text", index=index)
        if not any(c.isalnum() for c in text[span[0] : span[1]]):
            raise PairSpanError(text, actor, recipient, "a span holds no word", index=index)
    if actor[0] < recipient[1] and recipient[0] < actor[1]:
        raise PairSpanError(text, actor, recipient, "the spans overlap", index=index)
    return Pair(text, (actor[0], actor[1]), (recipient[0], recipient[1]))


def _opened(text: str, actor: Span | None, recipient: Span | None) -> tuple[Span | None, Span | None]:
    """A missing side becomes the last or first word of the text that lies clear of the other side."""
    words = [m.span() for m in re.finditer(r"\w+", text)]
    if actor is None and recipient is not None:
        actor = next((w for w in words if w[1] <= recipient[0] or w[0] >= recipient[1]), None)
    if recipient is None and actor is not None:
        recipient = next((w for w in reversed(words) if w[1] <= actor[0] or w[0] >= actor[1]), None)
    if actor is None and recipient is None and len(words) > 1:
        actor, recipient = words[0], words[-1]
    return actor, recipient


def _relation(scored: Scored, pair: Pair, told: Sequence[EventMention]) -> Relation:
    """The model's answer for the marked pair and the coder's events, log-linearly combined."""
    types = distribution(evidence(pair.actor, pair.recipient, told, dict(scored.types)), weights())
    quads: dict[int, float] = dict.fromkeys(range(5), 0.0)
    for name, probability in types.items():
        quads[plover().type(name).quad if name != "none" else 0] += probability
    return Relation(types, quads, dict(scored.statuses))


def bare_report(text: str) -> Report:
    """A text as a report of its own, untouched, so that its offsets are the caller's."""
    return Report(content_id(text), text, None, None, None, None, None, "en", (Origin("text"),))
