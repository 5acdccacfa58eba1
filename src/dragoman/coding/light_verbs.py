"""Light verbs: the verb that carries a noun for an act, as in "held a round of talks" or "arrived for a visit"."""

from __future__ import annotations

from dragoman.coding.grammar import Grammar
from dragoman.coding.noun_classes import CONTAINERS
from dragoman.coding.verb_classes import LIGHT, LIGHT_BY_PREPOSITION, NOT_DOER


def light_verb(g: Grammar, noun: int) -> int | None:
    """The verb that carries the noun as its object (or passive subject), through containers ("held a round of talks")."""
    at = noun
    for _ in range(3):
        token = g.tokens[at]
        head = token.head
        if head < 0:
            return None
        if g.is_verb(head) and g.tokens[head].deprel != "amod":
            if token.deprel in ("obl", "nmod") and (g.lemmas[head], g.case(at)) in LIGHT_BY_PREPOSITION:
                return head
            return head if token.deprel in ("obj", "nsubj:pass", "conj") and g.lemmas[head] in LIGHT else None
        contained = token.deprel == "nmod" and g.case(at) == "of" and g.lemmas[head] in CONTAINERS
        if token.deprel != "conj" and not contained:
            return None
        at = head
    return None


def has_doer(g: Grammar, light: int) -> bool:
    """Whether the subject of the light verb is the doer of what it carries: of "held a visit", and not of "called off"."""
    return g.lemmas[light] not in NOT_DOER and g.phrasal(light) not in NOT_DOER
