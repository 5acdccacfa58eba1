"""Candidate events of a sentence: what the lexicon and the reading model see, joined where they see the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import Lexicon
from dragoman.coding.light_verbs import has_doer, light_verb
from dragoman.coding.match import Match, matches
from dragoman.coding.refusal import refuses
from dragoman.coding.rules import allowed
from dragoman.records import EventReading, Quantity, ResolvedMention


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible event.

    Attributes:
        head: The trigger's head token; tokens: all of it, in order.
        match: The frame that fits, or None; reading: the model's view, or None. At least one is there.
        toll: A frame of killing or wounding that was told beside it and is part of it.
        refused: Whether its doer says that he will not do it, which is an act of refusal.
    """

    head: int
    tokens: tuple[int, ...]
    match: Match | None
    reading: EventReading | None
    g: Grammar
    toll: Match | None = None
    refused: bool = False

    def roles(self, *names: str) -> list[int]:
        """Indices of the mentions that the model gives these roles, surest first."""
        if self.reading is None:
            return []
        ranked = sorted((r for r in self.reading.roles if r.role in names), key=lambda r: -r.probability)
        return [r.mention for r in ranked]

    def owns(self, g: Grammar, quantity: Quantity, mentions: Sequence[ResolvedMention]) -> bool:
        """Whether the quantity is this event's: by the model's roles, else by standing under the trigger or its clause."""
        for index in self.roles("quantity"):
            m = g.sentence.mentions[index]
            if m.start < quantity.span[1] and quantity.span[0] < m.end:
                return True
        token = next((i for i, t in enumerate(g.tokens) if t.start <= quantity.span[0] < t.end), None)
        if token is None:
            return False
        chain = [token, *g.ancestors(token)]
        if self.head in chain:
            return True
        tops = {t for t in self.tokens if g.is_verb(t)}
        return bool(tops & set(chain)) or (
            g.tokens[self.head].deprel in ("advcl", "obl", "nmod", "nsubj", "nsubj:pass")
            and g.tokens[self.head].head in chain
        )


def candidates(g: Grammar, lexicon: Lexicon, *, use_model: bool = True, use_lexicon: bool = True) -> list[Candidate]:
    """All candidates of a sentence after the codebook's exceptions; in order of their heads."""
    found = matches(g, lexicon) if use_lexicon else []
    readings = list(g.sentence.events) if use_model else []
    made: list[Candidate] = []
    used: set[int] = set()
    for match in found:
        partner = next((n for n, r in enumerate(readings) if n not in used and _same(g, match, r)), None)
        if partner is not None:
            used.add(partner)
        reading = readings[partner] if partner is not None else None
        if match.frame.event_type == "none":
            continue
        refused = refuses(g, match.trigger, match.frame.event_type)
        made.append(Candidate(match.token, match.trigger, match, reading, g, refused=refused))
    for number, reading in enumerate(readings):
        if number not in used:
            refused = refuses(g, reading.tokens, reading.types[0][0])
            made.append(Candidate(reading.tokens[0], tuple(sorted(reading.tokens)), None, reading, g, refused=refused))
    return allowed(g, _distinct(g, sorted(made, key=lambda c: c.head)))


def _same(g: Grammar, match: Match, reading: EventReading) -> bool:
    """Whether a frame and a reading have the same words as trigger."""
    if match.token in reading.tokens or reading.tokens[0] in match.trigger:
        return True
    light = light_verb(g, match.token) if not g.is_verb(match.token) else None
    return light is not None and light == reading.tokens[0]


def _distinct(g: Grammar, found: list[Candidate]) -> list[Candidate]:
    """One candidate per trigger: of two that share words the one with frame and reading, then the more exacting frame."""
    kept: list[Candidate] = []
    found = [
        c
        for c in found
        if not any(_carried(g, c, other) or _worded(g, other, c) or _ended(g, c, other) for other in found)
    ]
    for c in sorted(
        found,
        key=lambda c: (
            -(c.match is not None and c.reading is not None),
            -(c.match.frame.exactness if c.match else 0),
            c.head,
        ),
    ):
        if not any(set(c.tokens) & set(k.tokens) for k in kept):
            kept.append(c)
    return sorted(kept, key=lambda c: c.head)


def _carried(g: Grammar, c: Candidate, other: Candidate) -> bool:
    """Whether `c` is only the light verb that carries the act `other` names ("offered criticism", "launched an attack")."""
    if other.head == c.head or g.is_verb(other.head) or not g.is_verb(c.head) or other.match is None:
        return False
    if light_verb(g, other.head) != c.head or not has_doer(g, c.head) or _worded(g, c, other):
        return False
    return c.match is None or not any("obj" in condition.slots for condition in c.match.frame.conditions)


ENDING = frozenset({"CONCEDE", "RETREAT"})


def _ended(g: Grammar, noun: Candidate, verb: Candidate) -> bool:
    """Whether the verb's frame names the noun as what is ended ("lifted the embargo", "called off a strike"): the noun tells no act again."""
    if (
        verb.match is None
        or verb.match.frame.event_type not in ENDING
        or not g.is_verb(verb.head)
        or g.is_verb(noun.head)
    ):
        return False
    if g.tokens[noun.head].head != verb.head or g.tokens[noun.head].deprel not in ("obj", "nsubj:pass"):
        return False
    words = {w for c in verb.match.frame.conditions if "obj" in c.slots and not c.absent for w in c.words}
    return g.lemmas[noun.head] in words or g.tokens[noun.head].text.lower() in words


def _worded(g: Grammar, verb: Candidate, noun: Candidate) -> bool:
    """Whether the verb's frame names the noun beside a preposition ("went on strike"): the noun is no act of its own."""
    if verb.match is None or verb.head == noun.head or not g.is_verb(verb.head) or g.is_verb(noun.head):
        return False
    if g.tokens[noun.head].head != verb.head or g.tokens[noun.head].deprel not in ("obl", "nmod"):
        return False
    case = g.case(noun.head)
    return any(
        case in condition.slots and g.lemmas[noun.head] in condition.words
        for condition in verb.match.frame.conditions
        if not condition.absent
    )
