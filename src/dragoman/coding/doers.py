"""Who does what a noun names: its owner, its "by" phrase, the subject of its light verb, a word compounded with it."""

from __future__ import annotations

from dragoman.coding.grammar import Grammar
from dragoman.coding.light_verbs import has_doer
from dragoman.coding.noun_classes import DOERS


def noun_subject(g: Grammar, noun: int, light: int | None) -> list[int]:
    """Who does what the noun names: "by", the owner, the light verb's subject, "between", a nationality word."""
    claimed = _claimant(g, noun)
    if claimed:
        return claimed
    found = g.phrases(noun, "by") or [o for o in owners(g, noun) if g.tokens[o].upos != "PRON" or light is None]
    if light is not None and has_doer(g, light):
        found = g.subject(light) or found
    found = found or g.phrases(noun, "between") or _compounded(g, noun)
    if not found and light is not None:
        found = g.subject(light)
    return found or owners(g, noun)


def owners(g: Grammar, noun: int) -> list[int]:
    """Who has the noun for his own: "its attack", "Kyiv's offer"."""
    return g.spread([c for c in g.children[noun] if g.tokens[c].deprel == "nmod:poss"])


def doer_before(g: Grammar, verb: int) -> list[int]:
    """ "killed in police firing": the bare noun before a gerund after a preposition does it, wherever the tree hangs it."""
    named = verb > 1 and g.lemmas[verb - 1] in DOERS and g.tokens[verb - 1].upos in ("NOUN", "PROPN")
    gerund = g.tokens[verb].text.lower().endswith("ing") and not any(
        g.tokens[c].deprel.startswith("aux") for c in g.children[verb]
    )
    return [verb - 1] if named and gerund and g.tokens[verb - 2].upos in ("ADP", "SCONJ", "DET", "ADJ", "CCONJ") else []


def _compounded(g: Grammar, noun: int) -> list[int]:
    """ "police firing", "a Turkish attack": words before the noun that name an actor."""
    actors = {m.head for m in g.sentence.mentions if m.kind == "actor"}
    return [
        c for c in g.children[noun]
        if g.tokens[c].deprel in ("amod", "compound") and (g.lemmas[c] in DOERS or c in actors)
    ]  # fmt: skip


def _claimant(g: Grammar, noun: int) -> list[int]:
    """Who claims responsibility for the act: he has done it, by his own words."""
    head = g.tokens[noun].head
    stated = [k for k in g.children[noun] if g.tokens[k].deprel in ("acl", "acl:relcl") and g.lemmas[k] == "claim"]
    if stated:
        return [a for k in stated for a in g.agent(k)]
    if head >= 0 and g.lemmas[head] == "claim" and g.tokens[noun].deprel in ("obj", "nsubj:pass"):
        return g.subject(head)
    if (
        g.tokens[noun].deprel != "nmod"
        or head < 0
        or g.lemmas[head] not in ("responsibility", "credit")
        or g.case(noun) != "for"
    ):
        return []
    verb = g.tokens[head].head
    if verb >= 0 and g.lemmas[verb] in ("claim", "take", "accept", "assume", "acknowledge", "admit"):
        return g.subject(verb)
    return []
