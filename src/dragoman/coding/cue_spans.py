"""How far a verb of speech reaches as a cue: its auxiliaries, what leads up to it, what follows closely."""

from __future__ import annotations

from collections.abc import Collection

from dragoman.coding.grammar import Grammar
from dragoman.coding.quotation import cue_words, is_time

BETWEEN = frozenset(["to", "not", "n't", "on", "out", "back", "yet", "also", "even", "again", "only", "still", "never"])
"""Words that may stand between "went" and "say" in "went on to say"."""
FAR = 8
"""Tokens between "issued" and "saying" in "issued a statement on Monday, saying"."""


def cue_of(g: Grammar, verb: int, content: Collection[int], extra: Collection[int]) -> set[int]:
    """The verb with what belongs to it; `extra` are prepositions that lead to the content."""
    found = _leftwards(g, verb, content)
    at = verb
    while (above := lead(g, at)) is not None:
        found |= set(range(above, at)) | _leftwards(g, above, content)
        at = above
    carrier = carrier_of(g, verb)
    if carrier is not None:
        found |= set(range(carrier, verb)) | _leftwards(g, carrier, content)
    found |= _rightwards(g, verb, content)
    found |= set(extra)
    return _closed(g, verb, found - set(content), content)


def _closed(g: Grammar, verb: int, found: set[int], content: Collection[int]) -> set[int]:
    """With the adverbs that follow at once ("said explicitly"), and the colon that opens what is said."""
    at = max(found, default=verb) + 1
    while at < len(g.tokens) and at not in content and g.tokens[at].head == verb and g.tokens[at].deprel == "advmod":
        found.add(at)
        at += 1
    if at < len(g.tokens) and g.tokens[at].text == ":":
        found.add(at)
    return found


def lead(g: Grammar, verb: int) -> int | None:
    """The word that leads up to the cue and is part of it: "continued" of "continued to argue", "quick" of "was quick to say"."""
    token = g.tokens[verb]
    above = token.head
    if above < 0 or above >= verb or token.deprel not in ("xcomp", "advcl", "ccomp", "acl", "csubj"):
        return None
    if any(g.lemmas[t] not in BETWEEN for t in range(above + 1, verb) if not g.tokens[t].deprel.startswith("aux")):
        return None
    words = cue_words()
    if g.is_verb(above):
        return above if g.lemmas[above] in words["catenative"] else None
    return above if g.lemmas[above] in words["lead_adjective"] and g.child(above, "cop") is not None else None


def carrier_of(g: Grammar, verb: int) -> int | None:
    """ "issued" of "issued a statement saying": the verb that sends out the product which speaks."""
    token = g.tokens[verb]
    above = token.head
    if above < 0 or above > verb or verb - above > FAR or token.deprel not in ("advcl", "acl", "acl:relcl", "xcomp"):
        return None
    words = cue_words()
    if g.is_verb(above):
        noun = g.child(above, "obj")
        if noun is not None and g.lemmas[noun] in words["product"] and g.lemmas[above] in words["carrier"]:
            return above if noun < verb else None
        return None
    holder = g.tokens[above].head
    if (
        g.lemmas[above] in words["product"] and holder >= 0 and verb - holder <= FAR
        and g.tokens[above].deprel == "obj" and g.lemmas[holder] in words["carrier"] and holder < above
    ):  # fmt: skip
        return holder
    return None


def _leftwards(g: Grammar, verb: int, content: Collection[int]) -> set[int]:
    """The verb and the auxiliaries, negations and adverbs that stand close before it."""
    found = {verb}
    for at in range(verb - 1, -1, -1):
        token = g.tokens[at]
        mine = token.head == verb or (token.head in found and token.deprel == "advmod")
        if (
            at in content
            or not mine
            or g.lemmas[at] in ("when", "where", "why", "how", "while")
            or not (token.deprel.startswith(("aux", "cop", "advmod")) or (token.deprel == "mark" and g.lemmas[at] == "to"))
        ):  # fmt: skip
            break
        found.add(at)
    return found


def _rightwards(g: Grammar, verb: int, content: Collection[int]) -> set[int]:
    """Particle, then a time or medium that follows at once: "said on Monday", "said in a statement"."""
    found = {c for c in g.children[verb] if g.tokens[c].deprel == "compound:prt"}
    at = max([verb, *found]) + 1
    for child in g.children[verb]:
        below = g.below(child)
        if child in content or below[0] != at or not g.tokens[child].deprel.startswith(("obl", "nmod", "advmod")):
            continue
        medium = g.case(child) in ("in", "on", "at", "during", "via", "by") and g.lemmas[child] in cue_words()["medium"]
        if (is_time(g, child) and len(below) <= 5) or (medium and len(below) <= 8):
            found.update(t for t in below if t not in content)
            at = max(found) + 1
    return found
