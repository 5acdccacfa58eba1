"""What one sentence says, before anything is known of the world."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records.report import Report


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    Attributes:
        start, end: Characters in `Report.text`.
        text: `report.text[start:end]`.
        lemma: Dictionary form, lower case but for proper nouns.
        upos: Universal part of speech, e.g. "VERB".
        head: Index of the head token in the sentence; -1 for the root.
        deprel: Universal Dependencies relation to the head, e.g. "nsubj:pass"; "root" for the root.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a predicate.

    Attributes:
        role: PropBank role, e.g. "ARG0", "ARGM-TMP", "R-ARG1".
        start, end: Token span in the sentence, end-exclusive.
        head: Token index of its syntactic head.
        probability: Calibrated, in [0, 1].
    """

    role: str
    start: int
    end: int
    head: int
    probability: float


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verbal or nominal predicate: token index, its lemma, its arguments in textual order."""

    token: int
    lemma: str
    arguments: tuple[Argument, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an actor, a place, a time or a quantity.

    Attributes:
        kind: "actor", "place", "time" or "quantity".
        label: Finer type, one of `dragoman.read.heads`: for actors "person", "office", "state", "institution", "igo",
            "armed-group", "party", "company", "media", "ngo", "crowd", "other", "pronoun", "group"; for places and times
            the same word as `kind` when nothing finer is known; for quantities "killed", "money", ...
        start, end: Characters in `Report.text`.
        token_start, token_end: Tokens of the sentence, end-exclusive.
        head: Token index of its syntactic head.
        name_type: "PER", "ORG", "LOC" when the span holds a proper name, else None.
        probability: Calibrated, in [0, 1].
    """

    kind: str
    label: str
    start: int
    end: int
    token_start: int
    token_end: int
    head: int
    name_type: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class Role:
    """One role in an event: "actor", "recipient", "place", "time", "speaker", "quantity"; `mention` indexes `Sentence.mentions`."""

    role: str
    mention: int
    probability: float


@dataclass(frozen=True, slots=True)
class EventReading:
    """One event trigger as the model reads it.

    Attributes:
        tokens: Trigger tokens, first is the head word.
        types: (PLOVER base type, probability), best first, at least one; probabilities of the real types and
            of "none" sum to one, "none" itself is left out.
        modes: (mode, probability) above the model's reporting floor, best first; modes of the best type only.
        contexts: (context, probability) above the floor, best first.
        statuses: (status, probability), best first.
        roles: Who and what takes part.
        cue: Token index of the cue of attribution, or None.
    """

    tokens: tuple[int, ...]
    types: tuple[tuple[str, float], ...]
    modes: tuple[tuple[str, float], ...]
    contexts: tuple[tuple[str, float], ...]
    statuses: tuple[tuple[str, float], ...]
    roles: tuple[Role, ...]
    cue: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report. `index` counts from 0; `paragraph` counts from 0; offsets in `Report.text`."""

    index: int
    paragraph: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    predicates: tuple[Predicate, ...]
    mentions: tuple[Mention, ...]
    events: tuple[EventReading, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A report and what its sentences say."""

    report: Report
    sentences: tuple[Sentence, ...]
