"""Acts that are told only to be called untrue: "Claims that the envoy was summoned do not correspond to reality".

Looked for in the order of words, as parsers hang such claims on whatever verb is near: a noun for a telling, "that", the act,
and then, as the next thing that the sentence says, that it is untrue.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.coding.grammar import Grammar
from dragoman.coding.status_words import CLEAR, NOT, Cue

TOLD_AS = frozenset({"report", "claim", "allegation", "suggestion", "rumour", "rumor", "story", "speculation"})
"""Nouns for the telling of an act: who denies the telling denies the act."""

TELLINGS = TOLD_AS | {"assertion", "accusation", "insinuation"}
"""Those whose "that" clause is judged here."""

SAYING = frozenset(["say", "tell", "add", "state", "insist", "announce", "stress", "claim", "write", "note"])
"""Verbs before the telling that do not take it out of the main clause: "Moscow said reports that ... were false"."""

UNTRUE = frozenset(
    ["false", "untrue", "baseless", "groundless", "unfounded", "fabricated", "fake", "fabrication", "fiction", "lie", "nonsense",
     "disinformation", "misinformation", "propaganda", "inaccurate", "incorrect", "wrong", "invented", "fantasy", "hoax"]
)  # fmt: skip
TRUE = frozenset(["true", "accurate", "correct", "right"])
BASIS = frozenset(["basis", "foundation", "substance"])
"""What a telling is said to be; not to be; and not to have."""

AGREE = frozenset(["correspond", "tally", "square", "conform", "accord"])
"""What it does not do with the facts."""

CALLING = frozenset(["dismiss", "reject", "describe", "brand", "call", "label", "denounce"])
"""Verbs that call it untrue with "as": "was dismissed by the ministry as nonsense"."""

NEGATING = NOT | {"without", "hardly", "nothing"}
OPEN = frozenset(["if", "whether", "may", "might", "could", "would", "can", "should"])
"""Words that leave it open."""

BETWEEN = frozenset({"ADV", "DET", "ADJ", "PUNCT", "PART", "CCONJ", "ADP"})
"""What may stand between "are" and the word for untrue: "are nothing but a complete fabrication"."""

INSERTED = 8
"""Most words of an insertion such as ", the minister said,"."""


def called_untrue(g: Grammar, act: int) -> Iterator[Cue]:
    """The cue that the telling, in whose "that" clause the act stands, is called untrue behind that clause."""
    that = next((i for i in range(act - 1, 0, -1) if g.tokens[i].text.lower() == "that"), None)
    if that is None or g.tokens[that].upos != "SCONJ" or not _telling(g, that):
        return
    verb = _next_said(g, act)
    said = None if verb is None else _untrue(g, verb)
    if said is not None:
        yield Cue("negated", "what tells it is called untrue", said, CLEAR)


def _telling(g: Grammar, that: int) -> bool:
    """Whether "that" belongs to a telling, of which the main clause or one of saying speaks: "Claims in the press that"."""
    for at in range(that - 1, -1, -1):
        if g.lemmas[at] in TELLINGS and (
            g.tokens[at].upos == "NOUN" or at == 0
        ):  # "Claims that" is often read as a verb
            before = range(at)
            return all(g.lemmas[i] in SAYING for i in before if g.is_verb(i)) and OPEN.isdisjoint(
                g.tokens[i].text.lower() for i in before
            )
        made_by = g.tokens[at + 1].text.lower() == "by"
        if g.tokens[at].upos == "AUX" or (g.is_verb(at) and not made_by) or g.tokens[at].text in (":", ";", ","):
            return False
    return False


def _next_said(g: Grammar, act: int) -> int | None:
    """The next finite verb or auxiliary behind the act that is not joined to it, past insertions; None where there is none."""
    at = act + 1
    while at < len(g.tokens):
        token = g.tokens[at]
        if token.text == "," and (end := _insertion(g, at)):
            at = end
        elif token.text in (":", ";") or token.text.lower() in ("that", "which", "who"):
            return None
        elif token.upos == "AUX" or (g.is_verb(at) and not _joined(g, at)):
            return at
        at += 1
    return None


def _insertion(g: Grammar, comma: int) -> int | None:
    """The comma that ends ", the minister said,"."""
    for end in range(comma + 2, min(len(g.tokens), comma + 2 + INSERTED)):
        if g.tokens[end].text == ",":
            verbs = [i for i in range(comma + 1, end) if g.is_verb(i)]
            return end if verbs and all(g.lemmas[i] in SAYING for i in verbs) else None
    return None


def _joined(g: Grammar, verb: int) -> bool:
    """ "and seized", "to talk", "killing": verbs that belong to the clause of the act."""
    return (
        g.is_infinitive(verb)
        or g.tokens[verb].text.lower().endswith("ing")
        or g.tokens[verb - 1].upos in ("CCONJ", "PART")
    )


def _untrue(g: Grammar, verb: int) -> int | None:
    """The word by which the clause of this verb calls its subject untrue; None where it does not, or leaves it open."""
    lemma, negated = g.lemmas[verb], False
    for at in range(verb, len(g.tokens)):
        word, text = g.lemmas[at], g.tokens[at].text.lower()
        if text in OPEN:
            return None
        if text in NEGATING:
            negated = text != "nothing"
        elif lemma == "be" and word in CALLING and g.is_verb(at) and not negated:
            return _as_untrue(g, at)
        elif at > verb and (lemma, negated, word) in _ENDS:
            return at
        elif at > verb and word not in ("be", "have", "do") and g.tokens[at].upos not in BETWEEN:
            return None
    return None


def _as_untrue(g: Grammar, calling: int) -> int | None:
    """ "dismissed by the ministry as nonsense"."""
    for at in range(calling + 1, len(g.tokens)):
        if g.lemmas[at] in UNTRUE:
            return at
        if g.is_verb(at) or g.tokens[at].text in (",", ";", ":"):
            return None
    return None


_ENDS = frozenset(
    [
        *(("be", False, word) for word in UNTRUE | {"deny"}),
        *(("be", True, word) for word in TRUE | BASIS),
        *(("have", True, word) for word in BASIS),
        *(("do", True, word) for word in AGREE),
    ]
)
"""(first verb of the clause, whether it is negated, word) that call something untrue."""
