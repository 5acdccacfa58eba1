"""Acts that are told only to be called untrue: "Claims that the envoy was summoned do not correspond to reality".

Looked for in the order of words: parsers hang such claims on whatever verb is near, and the act's clause on that.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.coding.grammar import Grammar
from dragoman.coding.status_words import CLEAR, Cue

TOLD_AS = frozenset(
    ["report", "claim", "allegation", "suggestion", "rumour", "rumor", "story", "speculation", "assertion", "statement", "information", "accusation"]
)  # fmt: skip
"""Nouns for the telling of an act: who denies the telling denies the act."""

UNTRUE = frozenset(
    ["false", "untrue", "baseless", "groundless", "unfounded", "fabricated", "fake", "fabrication", "fiction", "lie", "nonsense",
     "disinformation", "misinformation", "propaganda", "inaccurate", "incorrect", "wrong", "invented", "mistaken", "fantasy", "hoax"]
)  # fmt: skip
"""What such a telling is said to be."""

AGREES, FACTS = (
    frozenset(["correspond", "tally", "square", "conform", "accord"]),
    frozenset(["reality", "fact", "truth"]),
)
BASIS = frozenset(["basis", "foundation", "ground", "truth", "substance"])
NOT = frozenset(["not", "n't", "n’t", "no", "without", "nothing"])
THROUGH = frozenset({"ADV", "ADJ", "DET", "PART", "AUX", "CCONJ", "PUNCT", "ADP", "NOUN", "PROPN"})
CALLING = frozenset(["dismiss", "reject", "deny", "describe", "brand", "call", "label", "denounce"])
"""What may stand between "are" and the word for untrue: "are nothing but a lie", "was dismissed by the ministry as false"."""

FAR = 9
"""Words from the finite verb to the word that says it is untrue."""


def called_untrue(g: Grammar, act: int) -> Iterator[Cue]:
    """The cue that the telling, in whose "that" clause the act stands, is called untrue behind that clause."""
    that = _that(g, act)
    if that is None or not _telling(g, that):
        return
    for at in range(act + 1, len(g.tokens)):
        if g.tokens[at].text in (":", ";"):
            return
        if _denies(g, at):
            yield Cue("negated", "what tells it is called untrue", at, CLEAR)
            return


def _that(g: Grammar, act: int) -> int | None:
    """The nearest "that" before the act."""
    return next((i for i in range(act - 1, 0, -1) if g.tokens[i].text.lower() == "that"), None)


def _telling(g: Grammar, that: int) -> bool:
    """Whether a noun for a telling opens the clause before "that", with no verb between them."""
    for at in range(that - 1, -1, -1):
        if g.tokens[at].upos in ("VERB", "AUX") or g.tokens[at].text in (":", ";"):
            return False
        if g.lemmas[at] in TOLD_AS:
            return not any(g.is_verb(i) for i in range(at))
    return False


def _denies(g: Grammar, at: int) -> bool:
    """Whether the word ends "do not correspond to reality", "are false", "have no basis", "are without foundation"."""
    lemma = g.lemmas[at]
    before = range(max(0, at - FAR), at)
    lemmas = [g.lemmas[i] for i in before]
    negated = not NOT.isdisjoint(lemmas)
    if lemma in FACTS and negated and not AGREES.isdisjoint(lemmas):
        return True
    if lemma in BASIS and negated:
        return "be" in lemmas or "have" in lemmas
    return lemma in UNTRUE and not (negated and "nothing" not in lemmas) and _is_said_of(g, at)


def _is_said_of(g: Grammar, at: int) -> bool:
    """Whether "are" stands before the word, with nothing but what may stand between."""
    for i in range(at - 1, max(-1, at - 1 - FAR), -1):
        if g.lemmas[i] == "be":
            return True
        if g.tokens[i].upos not in THROUGH and g.lemmas[i] not in CALLING:
            return False
    return False
