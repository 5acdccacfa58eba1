"""Nouns and adjectives of speech and thought: "the claim that ...", "his criticism of ...", "is confident that ..."."""

from __future__ import annotations

from dragoman.coding.grammar import Grammar
from dragoman.coding.quotation import Quotation, cases, cue_words, quotation, source_phrase
from dragoman.coding.quotes import Quoted

ABOUT = ("of", "for", "about", "on", "against", "to", "over", "with", "toward", "towards", "in")
"""Prepositions between a noun of speech and what it is about."""
MINDED = ("of", "about", "that", "by", "with", "to", "over", "at", "in", "on")


IMPERSONAL = frozenset(
    ["question", "concern", "criticism", "support", "opposition", "endorsement", "doubt", "praise", "complaint", "defense", "defence"]
)  # fmt: skip
"""Nouns of speech that often have nobody who is named: "questions about his health"."""


def nominal(g: Grammar, noun: int, quoted: Quoted) -> Quotation | None:
    """ "the claim that ...", "its plan to ...", "criticism of X": nouns of saying with what is said."""
    if g.lemmas[noun] not in cue_words()["noun"]:
        return None
    content, cue = noun_content(g, noun)
    if not content:
        return None
    owners = (
        g.spread([c for c in g.children[noun] if g.tokens[c].deprel == "nmod:poss"])
        or g.phrases(noun, "by")
        or g.phrases(noun, "from")
    )
    if not owners and g.lemmas[noun] not in IMPERSONAL and not any(g.is_verb(t) for t in content):
        return None
    at = noun - 1
    while at >= 0 and g.tokens[at].head == noun and g.tokens[at].deprel in ("amod", "compound"):
        cue.add(at)
        at -= 1
    words = [t for t in source_phrase(g, owners, content, noun) if t not in cue]
    return quotation(g, quoted, "noun", noun, sources=owners, words=words, cue=cue - content, content=content)


def noun_content(g: Grammar, noun: int) -> tuple[set[int], set[int]]:
    """What a noun of speech says, and the tokens of its cue."""
    for child in g.children[noun]:
        if (
            g.tokens[child].deprel in ("acl", "ccomp")
            and child > noun
            and (g.is_infinitive(child) or g.case(child).startswith("that") or g.tokens[child].deprel == "ccomp")
        ):
            return set(g.below(child)), {noun}
    for child in g.children[noun]:
        if g.tokens[child].deprel in ("nmod", "acl") and child > noun and g.case(child) in ABOUT:
            lead = cases(g, child)
            return set(g.below(child)) - lead, {noun, *lead}
    return set(), {noun}


def adjective(g: Grammar, index: int, quoted: Quoted) -> Quotation | None:
    """ "is confident that ...", "are wary of ...": a state of mind and what it is about."""
    if g.lemmas[index] not in cue_words()["adjective"] or g.child(index, "cop") is None:
        return None
    content: set[int] = set()
    extra: set[int] = set()
    for child in g.children[index]:
        relation = g.tokens[child].deprel
        if child < index:
            continue
        if relation in ("ccomp", "xcomp", "advcl", "acl", "csubj") and (g.is_verb(child) or relation == "ccomp"):
            content |= set(g.below(child))
        elif relation in ("obl", "nmod") and g.case(child) in MINDED:
            content |= set(g.below(child)) - cases(g, child)
            extra |= cases(g, child)
    sources = [s for s in g.surface_subject(index) if s not in content]
    if not content or not sources:
        return None
    before = {c for c in g.children[index] if g.tokens[c].deprel in ("cop", "aux", "advmod") and c < index}
    return quotation(
        g, quoted, "think", index, sources=sources, cue={index, *extra, *before} - content, content=content
    )
