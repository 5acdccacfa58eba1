"""The codebook's exceptions as named rules: candidates that are no events of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.grammar import Grammar

if TYPE_CHECKING:
    from dragoman.coding.candidates import Candidate
    from dragoman.coding.match import Match

SPEECH_ACTS = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})
"""Types whose content (what is asked, offered, threatened, refused) is part of them."""


def kind_of(c: Candidate) -> str:
    """The type a candidate most probably has, before all is weighed."""
    if c.refused:
        return "REJECT"
    if c.match is not None:
        return c.match.frame.event_type
    assert c.reading is not None
    return c.reading.types[0][0]


def content_of_demand(g: Grammar, c: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """What is only demanded, offered, threatened or refused is part of that act and no event of its own."""
    for other in others:
        if other is c or kind_of(other) not in SPEECH_ACTS or c.head == other.head:
            continue
        if g.lemmas[other.head] in DENIALS or _called_off(g, c, other) or _not_excluded(g, other):
            continue
        if other.match is None and (other.reading is None or other.reading.types[0][1] < 0.5):
            continue
        if c.head in _content(g, other):
            return other
    return None


DENIALS = frozenset({"deny", "disclaim"})
CALLING_OFF = frozenset({"cancel", "call", "scrap", "axe", "abort"})
"""Verbs of refusal whose object is an act that was planned: it is told too, as cancelled (codebook: "cancelled the visit")."""


def _called_off(g: Grammar, c: Candidate, other: Candidate) -> bool:
    return (
        g.lemmas[other.head] in CALLING_OFF
        and kind_of(other) == "REJECT"
        and g.tokens[c.head].head == other.head
        and g.tokens[c.head].deprel in ("obj", "nsubj:pass")
    )


def _not_excluded(g: Grammar, other: Candidate) -> bool:
    """ "did not rule out visiting": what is not refused may yet be done."""
    return g.lemmas[other.head] in ("rule", "exclude") and any(
        g.lemmas[k] in ("not", "n't", "never") for k in g.children[other.head]
    )


def denial_of_an_act(g: Grammar, c: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """ "denied having fired": the act denied is the event; the denial is one only where it names no act."""
    if g.lemmas[c.head] not in DENIALS:
        return None
    named = g.child(c.head, "obj") is not None
    clauses = {
        t
        for child in g.children[c.head]
        if g.tokens[child].deprel in ("xcomp", "ccomp", "advcl") and not (named and g.tokens[child].deprel == "advcl")
        for t in g.below(child)
    }
    return next((o for o in others if o is not c and o.head in clauses), None)


def _content(g: Grammar, c: Candidate) -> set[int]:
    """Tokens of the complement of a speech act."""
    found: set[int] = set()
    for child in g.children[c.head]:
        relation = g.tokens[child].deprel
        if child in c.tokens or relation in (
            "nsubj",
            "nsubj:pass",
            "advcl",
            "conj",
            "parataxis",
            "acl:relcl",
            "nmod:poss",
            "obl:agent",
        ):
            if relation == "advcl" and g.is_infinitive(child) and kind_of(c) in ("REQUEST", "REJECT", "THREATEN"):
                found.update(g.below(child))
            continue
        if relation in ("ccomp", "xcomp", "obj", "obl", "acl", "nmod", "iobj"):
            found.update(g.below(child))
    for token in c.tokens:
        if token != c.head:
            found.update(
                t for child in g.children[token] if g.tokens[child].deprel in ("acl", "nmod") for t in g.below(child)
            )
    return found - {
        t for child in sorted(found) if g.tokens[child].deprel in ("acl:relcl", "parataxis") for t in g.below(child)
    }


def toll_of_an_attack(g: Grammar, c: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """Killing and wounding told beside the attack that did it is that attack's toll and no second event."""
    if kind_of(c) != "ASSAULT" or g.lemmas[c.head] not in TOLL:
        return None
    for other in others:
        if other is c or kind_of(other) != "ASSAULT" or g.lemmas[other.head] in TOLL:
            continue
        subjects = g.subject(c.head) if g.is_verb(c.head) else []
        under = g.tokens[c.head].deprel in ("advcl", "conj", "xcomp") and g.tokens[c.head].head in other.tokens
        over = (
            g.tokens[other.head].deprel in ("advcl", "obl", "nmod", "nsubj", "nmod:poss")
            and g.tokens[other.head].head == c.head
        )
        if under or over or other.head in subjects:
            return other
    return None


TOLL = frozenset(["kill", "wound", "injure", "die", "leave", "claim", "hurt"])


def mere_attribute(g: Grammar, c: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """A participle before or behind its noun ("Russian-backed militias", "a suspected militant", "men accused of theft") tells no event unless the model reads one."""
    if c.reading is not None or (not g.is_verb(c.head) and g.tokens[c.head].upos != "ADJ"):
        return None
    relation = g.tokens[c.head].deprel
    if relation == "amod" and g.is_verb(c.head) and g.child(c.head, "obj") is not None:
        return None  # a full clause that the parser took for an attribute
    if relation in ("amod", "compound") or (relation == "acl" and g.passive(c.head) and not g.agent(c.head)):
        return c
    return None


SAYING = frozenset(
    ["say", "announce", "declare", "state", "tell", "add", "assert", "note", "report", "confirm", "reveal", "stress", "claim", "insist", "reiterate", "write", "reply", "respond", "answer"]
)  # fmt: skip
"""Verbs that only carry what is said."""

SURE = 0.6
"""The model's probability from which a verb of saying counts as an act by itself."""


def mere_saying(g: Grammar, c: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """ "said it will release": the saying is no act where what is said tells one and no frame names the saying."""
    if c.match is not None or c.reading is None or g.lemmas[c.head] not in SAYING or c.reading.types[0][1] >= SURE:
        return None
    said = {t for child in g.children[c.head] if g.tokens[child].deprel in ("ccomp", "xcomp") for t in g.below(child)}
    return next((o for o in others if o is not c and o.match is not None and o.head in said), None)


Rule = Callable[[Grammar, "Candidate", Sequence["Candidate"]], "Candidate | None"]
RULES: tuple[Rule, ...] = (content_of_demand, denial_of_an_act, mere_attribute)


def allowed(g: Grammar, found: list[Candidate]) -> list[Candidate]:
    """The candidates that no rule takes away; an attack keeps the frame of its toll."""
    kept = []
    found = [c for c in found if not mere_saying(g, c, found)]
    tolls: dict[int, Match] = {}
    for c in found:
        attack = toll_of_an_attack(g, c, found)
        if attack is not None and c.match is not None:
            tolls.setdefault(attack.head, c.match)
        if attack is None and not any(rule(g, c, found) for rule in RULES):
            kept.append(c)
    return [replace(c, toll=tolls[c.head]) if c.head in tolls else c for c in kept]
