"""Whom an act reaches that a complement names: "offered to send troops to help Mali" reaches Mali."""

from __future__ import annotations

from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import lexicon

TOWARDS = ("to", "with", "for", "against", "from", "on")
"""Prepositions before whom an act is meant for."""


def reached(g: Grammar, verb: int, depth: int = 0) -> list[int]:
    """Whom the act of a complement verb would reach: its objects, else its phrases with to, with, for, against, from, on.

    What is given, sent or moved ("troops", "aid") is nobody; whom it is meant for comes after it ("to send troops to help Mali").
    """
    found = g.spread([c for c in g.children[verb] if g.tokens[c].deprel == "iobj"])
    found += [p for name in TOWARDS for p in with_preposition(g, verb, name)]
    things = things_given()
    found += [o for o in g.objects(verb) if o not in found and g.lemmas[o] not in things]
    if not found and depth < 2:
        found = [p for v in g.infinitives(verb) for p in reached(g, v, depth + 1)]
    return found or g.objects(verb)


def with_preposition(g: Grammar, verb: int, preposition: str) -> list[int]:
    """Phrases of the verb with this preposition; where it has none, those of its objects ("the arrest of three was ordered")."""
    found = g.phrases(verb, preposition)
    if found:
        return found
    return [
        p for o in g.children[verb] if g.tokens[o].deprel in ("obj", "xcomp", "nsubj:pass") for p in g.phrases(o, preposition)
    ]  # fmt: skip


@lru_cache(maxsize=1)
def things_given() -> frozenset[str]:
    """Words for forces, arms, relief and money, by the lexicon's sets; read once."""
    sets = lexicon().sets
    return frozenset(w for name in ("force", "arms", "aid", "money") for w in sets.get(name, ()))
