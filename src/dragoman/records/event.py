"""Events: as one sentence tells them, and as they happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dragoman.records.trail import Trail

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient of an event: the words and who they name (design: `actors`, `recipients`)."""

    text: str
    name: str
    actor_id: str | None
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    office: str | None
    span: Span | None = field(default=None)


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """Where: name as resolved, codes and coordinates; `precision` as in `Place`; `found` says from where
    ("argument"; earlier records also have "clause" and "story")."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: str
    span: Span | None = None
    found: str = "argument"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so. `kind`: official, agency, media, witness, unnamed, author. Outermost speaker first in a list."""

    speaker: str
    kind: str
    cue: str | None
    direct: bool
    span: Span | None = None
    cue_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its words.

    Attributes:
        kind: "killed", "injured", "arrested", "participants", "displaced" or "money".
        min, max: Inclusive; max None means "at least".
        currency: ISO 4217 for money, else None.
        speaker: Who gives the number, or None for the report's own voice.
    """

    kind: str
    min: float
    max: float | None
    text: str
    span: Span
    currency: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One event as one sentence of one report tells it.

    Attributes:
        mention_id: Hash of report id, trigger span and base type.
        sentence_index: Which sentence of the report, from 0.
        trigger: Character span of the trigger's head stretch in `Report.text`.
        spans: field name -> character spans of its evidence in `Report.text`.
        date_precision: "day", "week", "month", "year" or None with the dates.
        date_found: "argument", "clause" (a time before a coordination), "import" or None; earlier records also have "sentence" and "story".
        confidence: Calibrated probability that type and parties are right.
    """

    mention_id: str
    report_id: str
    source: str | None
    url: str | None
    published: date | None
    sentence_index: int
    sentence: str
    sentence_start: int
    sentence_end: int
    trigger_text: str
    trigger: Span
    event_type: str
    base_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad_class: int
    plover_score: float
    goldstein: float | None
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    date_found: str | None
    place: PlaceRef | None
    attribution: tuple[Attribution, ...]
    quantities: tuple[Quantity, ...]
    confidence: float
    spans: Mapping[str, tuple[Span, ...]]
    trail: Trail


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field on which the accounts differ: each side's value, who says it (mention ids and source)."""

    field: str
    sides: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    """(value as text, sources or speakers, mention ids)"""


@dataclass(frozen=True, slots=True)
class Event:
    """The real-world event: all mentions judged to be the same; fields as in the design's table.

    `representative` is the mention whose fields stand for the event where the accounts agree; `merged_because`
    says for each further mention why it was joined.
    """

    event_id: str
    event_type: str
    base_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad_class: int
    plover_score: float
    goldstein: float | None
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    place: PlaceRef | None
    attribution: tuple[Attribution, ...]
    casualties: tuple[Quantity, ...]
    amounts: tuple[Quantity, ...]
    confidence: float
    first_seen: date | None
    novelty_days: int | None
    n_mentions: int
    n_reports: int
    n_sources: int
    disputes: tuple[Dispute, ...]
    mentions: tuple[EventMention, ...]
    merged_because: tuple[tuple[str, str], ...] = ()
    """(mention id, reason in words)"""

    @property
    def representative(self) -> EventMention:
        """The first mention that tells the event as its fields have it; the first of all where they come from several."""
        own = (self.base_type, self.cameo, self.actors, self.recipients)
        return next(
            (m for m in self.mentions if (m.base_type, m.cameo, m.actors, m.recipients) == own), self.mentions[0]
        )
