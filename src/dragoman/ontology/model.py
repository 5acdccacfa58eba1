"""What an ontology is made of: small frozen records, and the look-ups on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from dragoman.ontology.errors import UnknownCodeError

Recipient = Literal["optional", "required", "one-sided"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that shows a code, or shows what is not it.

    Attributes:
        text: The sentence, without its marks.
        actors, recipients: Character spans [start, end) in `text`; empty when not marked.
        event_type: The right type of the sentence; None when it tells no event.
        mode: The right mode, or None when the example does not say.
        status, base_type: As in the event record; base_type is the act before the status rules.
        shows: The code (type, "TYPE.mode", context or status) whose entry holds the sentence.
        positive: False when the sentence is easily, and wrongly, given the code it stands under.
        why: The rule that decides, for a sentence that is not the code; else "".
    """

    text: str
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    event_type: str | None
    mode: str | None
    status: str
    base_type: str | None
    shows: str
    positive: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mode:
    """How an act is done. A mode's name is unique only together with its type.

    Attributes:
        score: Conflict-cooperation score, or None when the source gives none.
        vocabularies: Which published lists have it; see `Ontology.vocabularies`.
        folds: vocabulary -> the mode of that list that stands nearest ("" for none).
        adds_context: A context that goes with the mode always, or None.
        emit: False for a mode that is read from older data and never given to an event.
        covers: Codes of PLOVER ("TYPE", "TYPE.mode", "TYPE+context") that fall here; only in other
            ontologies.
    """

    code: str
    type: str
    definition: str
    score: float | None = None
    aliases: tuple[str, ...] = ()
    vocabularies: tuple[str, ...] = ()
    folds: Mapping[str, str] = field(default_factory=dict)
    adds_context: str | None = None
    emit: bool = True
    examples: tuple[Example, ...] = ()
    covers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name that is unique: "COERCE.arrest"."""
        return f"{self.type}.{self.code}"


@dataclass(frozen=True, slots=True)
class EventType:
    """What is done.

    Attributes:
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict;
            0 for statements that are neither.
        score: Conflict-cooperation score of the type, or None in an ontology without scores.
        recipient: "required", "optional", or "one-sided" (only when the act has one doer).
        covers: As in `Mode`.
    """

    code: str
    label: str
    quad: int
    definition: str
    score: float | None = None
    recipient: Recipient = "optional"
    aliases: tuple[str, ...] = ()
    modes: tuple[Mode, ...] = ()
    examples: tuple[Example, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What an act is about; several may go with one event of any type.

    Attributes:
        spellings: vocabulary -> how that list spells the code, where it differs.
    """

    code: str
    group: str
    definition: str
    aliases: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """Whether an act has happened; `auxiliary` is PLOVER's name for it, None for a plain fact."""

    code: str
    definition: str
    auxiliary: str | None = None
    aliases: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusRule:
    """A base act of some status counts as another type.

    Attributes:
        base_mode: Only acts of this mode, or None for any.
        own_words: Only when the one who would act is the one who says so.
        mode: Mode of the new type, or None.
        why: The rule in words, for the trail.
    """

    base_type: str
    base_mode: str | None
    status: str
    own_words: bool
    event_type: str
    mode: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """A set of codes under one name and edition; both are stored with every event coded by it."""

    name: str
    edition: str
    title: str
    origin: str
    types: tuple[EventType, ...]
    contexts: tuple[Context, ...] = ()
    statuses: tuple[Status, ...] = ()
    status_rules: tuple[StatusRule, ...] = ()
    vocabularies: tuple[str, ...] = ()
    _types: Mapping[str, EventType] = field(init=False, repr=False, compare=False)
    _modes: Mapping[str, Mode] = field(init=False, repr=False, compare=False)
    _contexts: Mapping[str, Context] = field(init=False, repr=False, compare=False)
    _statuses: Mapping[str, Status] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        types = {spell(n): t for t in self.types for n in (t.code, *t.aliases)}
        modes = {f"{t.code}.{spell(n)}": m for t in self.types for m in t.modes for n in (m.code, *m.aliases)}
        contexts = {spell(n): c for c in self.contexts for n in (c.code, *c.aliases)}
        statuses = {spell(n): s for s in self.statuses for n in (s.code, *s.aliases)}
        for name, index in (
            ("_types", types), ("_modes", modes), ("_contexts", contexts), ("_statuses", statuses)
        ):  # fmt: skip
            object.__setattr__(self, name, MappingProxyType(index))

    def type(self, code: str, *, where: str = "") -> EventType:
        """The type of this code or alias, in any case. Raises UnknownCodeError."""
        found = self._types.get(spell(code))
        if found is None:
            raise UnknownCodeError(code, ontology=self.name, known=self.type_codes, where=where, kind="event type")
        return found

    def mode(self, event_type: str, code: str, *, where: str = "") -> Mode:
        """The mode of this code or alias under a type. Raises UnknownCodeError."""
        of = self.type(event_type, where=where)
        found = self._modes.get(f"{of.code}.{spell(code)}")
        if found is None:
            known = [m.code for m in of.modes]
            raise UnknownCodeError(code, ontology=f"{self.name} {of.code}", known=known, where=where, kind="mode")
        return found

    def context(self, code: str, *, where: str = "") -> Context:
        """The context of this code, alias or spelling. Raises UnknownCodeError."""
        found = self._contexts.get(spell(code))
        if found is None:
            raise UnknownCodeError(code, ontology=self.name, known=self.context_codes, where=where, kind="context")
        return found

    def status(self, code: str, *, where: str = "") -> Status:
        """The status of this code or alias. Raises UnknownCodeError."""
        found = self._statuses.get(spell(code))
        if found is None:
            known = [s.code for s in self.statuses]
            raise UnknownCodeError(code, ontology=self.name, known=known, where=where, kind="status")
        return found

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str):
            return False
        head, _, tail = code.partition(".")
        of = self._types.get(spell(head))
        return of is not None and (not tail or f"{of.code}.{spell(tail)}" in self._modes)

    def mode_as(self, vocabulary: str, event_type: str, mode: str) -> str | None:
        """The mode as one of the published lists has it; None when the list has nothing near."""
        of = self.mode(event_type, mode)
        self._must_know_vocabulary(vocabulary)
        return of.code if vocabulary in of.vocabularies else of.folds.get(vocabulary) or None

    def context_as(self, vocabulary: str, context: str) -> str:
        """The context as one of the published lists spells it."""
        of = self.context(context)
        self._must_know_vocabulary(vocabulary)
        return of.spellings.get(vocabulary, of.code)

    def _must_know_vocabulary(self, vocabulary: str) -> None:
        if vocabulary not in self.vocabularies:
            raise UnknownCodeError(vocabulary, ontology=self.name, known=self.vocabularies, kind="vocabulary")

    @property
    def type_codes(self) -> tuple[str, ...]:
        """Codes of all types, in the file's order."""
        return tuple(t.code for t in self.types)

    @property
    def mode_keys(self) -> tuple[str, ...]:
        """Keys ("TYPE.mode") of all modes, in the file's order."""
        return tuple(m.key for t in self.types for m in t.modes)

    @property
    def context_codes(self) -> tuple[str, ...]:
        """Codes of all contexts, in the file's order."""
        return tuple(c.code for c in self.contexts)

    def examples(self) -> Iterator[Example]:
        """Every example sentence of the file, types first, with what is right for it."""
        for of in self.types:
            yield from of.examples
            for mode in of.modes:
                yield from mode.examples
        for context in self.contexts:
            yield from context.examples
        for status in self.statuses:
            yield from status.examples


def spell(code: str) -> str:
    """One spelling for look-up: no case, and no difference between `-`, `_` and a space."""
    return code.strip().casefold().replace("_", "-").replace(" ", "-")
