"""What fills the slots of a word: subject, object, infinitives and clauses, and phrases by their preposition."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dragoman.coding.doers import doer_before, noun_subject, owners
from dragoman.coding.grammar import Grammar
from dragoman.coding.light_verbs import light_verb
from dragoman.coding.reached import reached, with_preposition

Filler = Callable[[Grammar, int], list[int]]
"""From a word to the heads of what fills one of its slots."""


def fill(g: Grammar, token: int, slot: str) -> list[int]:
    """Heads of what fills a slot of the word; empty when nothing does.

    Args:
        slot: A name out of `VERB_SLOTS` or `NOUN_SLOTS`; any other is a preposition.
    """
    known = g.filled.get((token, slot))
    if known is None:
        known = g.filled[token, slot] = tuple(_filling(g, token, slot))
    return list(known)


def _filling(g: Grammar, token: int, slot: str) -> list[int]:
    if g.is_verb(token):
        filler = VERB_SLOTS.get(slot)
        return filler(g, token) if filler else with_preposition(g, token, slot)
    filler = NOUN_SLOTS.get(slot)
    return filler(g, token) if filler else _beside_noun(g, token, slot)


def _gerunds(g: Grammar, verb: int) -> list[int]:
    return [
        c
        for c in g.children[verb]
        if g.is_verb(c)
        and g.tokens[c].text.lower().endswith("ing")
        and g.tokens[c].deprel in ("xcomp", "advcl", "ccomp", "obl")
    ]


def _predicatives(g: Grammar, verb: int) -> list[int]:
    """What somebody is called or made: "named him envoy"; a bare name without an object beside it is no such thing."""
    objects = g.objects(verb)
    bare = g.child(verb, "obj", "iobj", "nsubj:pass") is None
    found = [
        c
        for c in g.children[verb]
        if not g.is_verb(c)
        and c not in objects
        and not (g.tokens[c].upos == "PROPN" and bare)
        and (g.tokens[c].deprel == "xcomp" or (g.tokens[c].deprel == "obl" and not g.case(c) and not g.is_time(c)))
    ]
    return g.spread(found)


def _with_relation(g: Grammar, token: int, *relations: str) -> list[int]:
    return [c for c in g.children[token] if g.tokens[c].deprel in relations]


def _clause_subjects(g: Grammar, token: int) -> list[int]:
    return [s for v in g.clauses(token) for s in g.subject(v)]


def _reached_by_infinitives(g: Grammar, token: int) -> list[int]:
    return [o for v in g.infinitives(token) for o in reached(g, v)]


VERB_SLOTS: Mapping[str, Filler] = {
    "subj": lambda g, verb: doer_before(g, verb) or g.subject(verb),
    "obj": lambda g, verb: g.objects(verb),
    "iobj": lambda g, verb: g.spread(_with_relation(g, verb, "iobj")),
    "inf": lambda g, verb: g.infinitives(verb),
    "infobj": _reached_by_infinitives,
    "that": lambda g, verb: g.clauses(verb),
    "thatsubj": _clause_subjects,
    "thatobj": lambda g, verb: [o for v in g.clauses(verb) for o in reached(g, v)],
    "ing": _gerunds,
    "pred": _predicatives,
    "poss": lambda g, verb: [p for o in g.objects(verb) for p in owners(g, o)],
    "pass": lambda g, verb: [verb] if g.passive(verb) else [],
    "comp": lambda g, verb: [c for o in g.objects(verb) for c in _with_relation(g, o, "compound", "amod")],
}
"""Slots of a verb that are no preposition."""


def _noun_objects(g: Grammar, noun: int) -> list[int]:
    return g.phrases(noun, "of") or g.phrases(noun, "on") or g.phrases(noun, "against")


def _copula_subjects(g: Grammar, noun: int) -> list[int]:
    return g.surface_subject(noun) if g.child(noun, "cop") is not None else []


def _carrier(g: Grammar, noun: int) -> list[int]:
    light = light_verb(g, noun)
    return [light] if light is not None else []


def _beside_noun(g: Grammar, noun: int, preposition: str) -> list[int]:
    """Phrases of the noun with this preposition; where it has none, those of the verb that carries it or is its own."""
    found = g.phrases(noun, preposition)
    light = light_verb(g, noun)
    if not found and light is not None:
        found = g.phrases(light, preposition)
    if not found and g.tokens[noun].deprel == "nsubj" and g.tokens[noun].head >= 0:
        found = g.phrases(g.tokens[noun].head, preposition)
    return found


def _nothing(g: Grammar, noun: int) -> list[int]:
    return []


NOUN_SLOTS: Mapping[str, Filler] = {
    "subj": lambda g, noun: noun_subject(g, noun, light_verb(g, noun)),
    "obj": _noun_objects,
    "lv": _carrier,
    "comp": lambda g, noun: _with_relation(g, noun, "compound", "amod", "nmod:desc"),
    "poss": owners,
    "cop": _copula_subjects,
    "inf": lambda g, noun: g.infinitives(noun),
    "infobj": _reached_by_infinitives,
    "that": lambda g, noun: g.clauses(noun),
    "thatsubj": _clause_subjects,
    "thatobj": _nothing,
    "ing": _nothing,
    "iobj": _nothing,
    "pred": _nothing,
    "pass": _nothing,
}
"""Slots of a noun that are no preposition; those of verbs alone hold nothing."""
