"""How each side words the same event: quoted or reported characterisations with their speaker, side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dragoman.records.codec import Json

_QUOTES = re.compile(r"“([^”]{2,200})”|\"([^\"]{2,200})\"|(?<!\w)‘([^’]{2,200})’(?!\w)")
_CALLED = re.compile(
    r"\b(?:called|described|termed|branded|labelled|labeled|dubbed|denounced|dismissed|praised|hailed|characteri[sz]ed|condemned|rejected)\b"
    r"(?:[^.;“\"]{0,60}?\bas\s+|\s[^.;“\"]{3,60}?\s(?=an?\s))(?P<words>[\w'’-]+(?:[ ,]+(?:and\s+)?[\w'’-]+){0,7})"
)
"""Verbs that give a name to something; the words after "as", or after the thing, are how it is framed."""

AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Wording:
    """One characterisation.

    Attributes:
        words: As they stand in the report, without quotation marks.
        speaker: Who says it; the publisher where nobody is named.
        side: What `side_of` made of the speaker, or None.
        direct: Whether the words are quoted.
        start, end: Characters in the report's text.
    """

    words: str
    speaker: str
    side: str | None
    direct: bool
    report_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Framing:
    """An event and how its tellers word it; at least two speakers."""

    event_id: str
    wordings: tuple[Wording, ...]


def framings(
    events: Iterable[Json], side_of: Callable[[Json], str | None] = lambda party: party["country"]
) -> list[Framing]:
    """Events that two speakers or more characterise; `side_of` tells the side of a party (default: its country)."""
    found = []
    for event in events:
        wordings = tuple(dict.fromkeys(w for m in event["mentions"] for w in wordings_of(m, side_of)))
        if len({w.speaker for w in wordings}) > 1:
            found.append(Framing(event["event_id"], wordings))
    return found


def wordings_of(mention: Json, side_of: Callable[[Json], str | None]) -> Iterable[Wording]:
    """What the sentence of one account quotes, and the names that it reports as given."""
    parties = [*mention["actors"], *mention["recipients"]]
    said = mention["attribution"][-1] if mention["attribution"] else None
    speaking = next((p for p in parties if said and said["speaker"] in (p["text"], p["name"])), None)
    if said is None and mention["quad_class"] in (1, 3):
        speaking = next(iter(mention["actors"]), None)
    speaker = said["speaker"] if said else speaking["name"] if speaking else mention["source"] or AUTHOR
    side = side_of(speaking) if speaking else None
    at = mention["sentence_start"]
    taken: list[tuple[int, int]] = []
    for quoted in _QUOTES.finditer(mention["sentence"]):
        group = next(n for n in (1, 2, 3) if quoted[n])
        start, end = quoted.span(group)
        taken.append(quoted.span())
        yield Wording(quoted[group].strip(" ,."), speaker, side, True, mention["report_id"], at + start, at + end)
    for called in _CALLED.finditer(mention["sentence"]):
        start, end = called.span("words")
        if not any(a <= start < b for a, b in taken):
            yield Wording(called["words"].strip(" ,"), speaker, side, False, mention["report_id"], at + start, at + end)
