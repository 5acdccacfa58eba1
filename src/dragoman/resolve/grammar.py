"""What the parse says of a mention: subject or not, of which verb, in apposition or coordination to what."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Mention, Sentence


@dataclass(frozen=True, slots=True)
class Stand:
    """How a mention stands in its sentence.

    Attributes:
        subject: It is the subject of a verb, joined to one, or whose the subject is; `passive` of a passive one.
        verb: Token of the verb or noun that governs it, -1 for none.
        owner: It stands as a possessive.
        apposed: Token that it is in apposition to, or None; `joined` the token it is coordinated with, or None.
        preposition: The preposition before it, lower case, or "".
        quoted: It stands between quotation marks.
    """

    subject: bool
    passive: bool
    verb: int
    owner: bool
    apposed: int | None
    joined: int | None
    preposition: str
    quoted: bool


def stand_of(sentence: Sentence, mention: Mention) -> Stand:
    """Read a mention's place off the tree."""
    tokens = sentence.tokens
    head = _head(sentence, mention)
    relation = tokens[head].deprel
    joined = tokens[head].head if relation == "conj" else None
    base = head
    for _ in range(6):
        if tokens[base].deprel != "conj":
            break
        base = tokens[base].head
    base_relation = tokens[base].deprel
    preposition = next(
        (t.text.lower() for t in tokens if t.head == head and t.deprel == "case" and t.text[:1] not in "'’"), ""
    )
    return Stand(
        subject=base_relation.startswith("nsubj") or _of_subject(sentence, base), passive="pass" in base_relation,
        verb=_governor(sentence, base), owner=relation == "nmod:poss",
        apposed=tokens[head].head if relation in ("appos",) else None, joined=joined, preposition=preposition,
        quoted=_quoted(sentence, mention),
    )  # fmt: skip


def _of_subject(sentence: Sentence, token: int) -> bool:
    """Whether it owns or qualifies the subject: "Turkey" of "Turkey's ministry recalled ..."."""
    tokens = sentence.tokens
    above = tokens[token].head
    return (
        above >= 0
        and tokens[token].deprel in ("nmod:poss", "amod", "compound")
        and tokens[above].deprel.startswith("nsubj")
    )


def _head(sentence: Sentence, mention: Mention) -> int:
    return min(max(mention.head, 0), len(sentence.tokens) - 1)


def _governor(sentence: Sentence, token: int) -> int:
    """The verb over a token, through nouns: of "his" in "his ministry said" it is "said"."""
    tokens = sentence.tokens
    at = tokens[token].head
    for _ in range(12):
        if at < 0 or tokens[at].upos in ("VERB", "AUX"):
            return at
        at = tokens[at].head
    return at


def _quoted(sentence: Sentence, mention: Mention) -> bool:
    opened = 0
    for token in sentence.tokens[: mention.token_start]:
        if token.text in ("“", "``", "‘‘"):
            opened += 1
        elif token.text in ("”", "''", "’’"):
            opened = max(0, opened - 1)
        elif token.text == '"':
            opened = 1 - opened
    return opened > 0
