"""What a corpus file holds, as frozen records.

All offsets are characters (Unicode code points) in `CorpusReport.text`, end-exclusive. Fields named `line` are line
numbers in the file, from 1; they say where a thing stands and take no part in equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a report; `pair` is the id of the report that tells the same story, or None."""

    id: str
    published: date
    style: str
    publisher: str
    region: str
    title: str
    pair: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span, the paragraph it stands in (from 0) and its line in the file."""

    start: int
    end: int
    paragraph: int
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor, place, time or quantity; `nested` when inside another mention."""

    id: str
    start: int
    end: int
    sentence: int
    nested: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name the act of event `id`; several with one id are one interrupted trigger.

    The id "-" marks a near miss: words that look like a trigger and are none.
    """

    id: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that carry an attribution: said, according to, a statement."""

    id: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor of the report. `country` is None when the text does not tell; `sectors` primary first."""

    id: str
    kind: str
    country: str | None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    name: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """One id that stands for several actors ("the two countries")."""

    id: str
    members: tuple[str, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `country` is None for open sea and for what the text does not tell."""

    id: str
    country: str | None
    kind: str
    name: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Time:
    """A time; `value` is an ISO date, month, year, week or interval, None when it cannot be resolved."""

    id: str
    value: str | None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count of people or a sum of money.

    `low` and `high` are decimal numbers as text (money may have decimals); None means open on that side.
    `currency` is an ISO 4217 code for money, None for people.
    """

    id: str
    kind: str
    low: str | None
    high: str | None
    currency: str | None = None
    line: int = field(default=0, compare=False)


Declaration = Entity | Group | Place | Time | Quantity


@dataclass(frozen=True, slots=True)
class Argument:
    """A declared id as party to an event; `nth` is its nth mention in the trigger's sentence (from 1), or None."""

    id: str
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One step of attribution. `speaker` None: somebody unnamed. `cue` None: no word carries it.

    A cue is the id of a cue mark, or of another event whose trigger carries the attribution ("denied").
    """

    speaker: str | None
    cue: str | None = None
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one sentence tells it; codes are of the act itself (base type)."""

    id: str
    type: str
    modes: tuple[str, ...]
    cameo: str
    status: str
    actors: tuple[Argument, ...]
    recipients: tuple[Argument, ...]
    at: str | None = None
    when: str | None = None
    by: tuple[Voice, ...] = ()
    contexts: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """One report with all its annotation; see the module for units."""

    header: Header
    text: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]
    cues: tuple[Cue, ...]
    declarations: tuple[Declaration, ...]
    events: tuple[Event, ...]
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def id(self) -> str:
        """The report's id, as in its header."""
        return self.header.id

    @property
    def entities(self) -> dict[str, Entity]:
        """Actors by id."""
        return {d.id: d for d in self.declarations if isinstance(d, Entity)}

    @property
    def groups(self) -> dict[str, Group]:
        """Groups of actors by id."""
        return {d.id: d for d in self.declarations if isinstance(d, Group)}

    @property
    def places(self) -> dict[str, Place]:
        """Places by id."""
        return {d.id: d for d in self.declarations if isinstance(d, Place)}

    @property
    def times(self) -> dict[str, Time]:
        """Times by id."""
        return {d.id: d for d in self.declarations if isinstance(d, Time)}

    @property
    def quantities(self) -> dict[str, Quantity]:
        """Quantities by id."""
        return {d.id: d for d in self.declarations if isinstance(d, Quantity)}

    def triggers_of(self, event_id: str) -> tuple[Trigger, ...]:
        """The trigger marks of an event, in order; empty when it has none."""
        return tuple(t for t in self.triggers if t.id == event_id)

    def cue_marks(self, cue_id: str) -> tuple[Cue, ...] | tuple[Trigger, ...]:
        """The marks a `Voice.cue` points to: cues, or the triggers of another event that carries the attribution."""
        return tuple(c for c in self.cues if c.id == cue_id) or self.triggers_of(cue_id)

    def words(self, span: Sentence | Mention | Trigger | Cue) -> str:
        """The words under a span."""
        return self.text[span.start : span.end]

    def mention_for(self, event_id: str, argument: Argument) -> Mention | None:
        """The mention that an event's argument points to.

        The nth one asked for, else the one nearest to the trigger in its sentence, else the last one before that
        sentence, else the first after it. A group that is never named is represented by none. None: no such words.
        """
        triggers = self.triggers_of(event_id)
        of_id = [m for m in self.mentions if m.id == argument.id]
        if not triggers or not of_id:
            return None
        head = triggers[0]
        here = [m for m in of_id if m.sentence == head.sentence]
        if argument.nth is not None:
            return here[argument.nth - 1] if 0 < argument.nth <= len(here) else None
        if here:
            return min(here, key=lambda m: (_gap(m, head), m.start))
        before = [m for m in of_id if m.sentence < head.sentence]
        return before[-1] if before else of_id[0]


def _gap(mention: Mention, trigger: Trigger) -> int:
    """Characters between a mention and a trigger; 0 when they touch or overlap."""
    return max(mention.start - trigger.end, trigger.start - mention.end, 0)
