"""Sizes: people killed, injured, arrested, taking part, driven out; and sums of money. As min and max, with their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.grammar import Grammar
from dragoman.coding.numbers import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    CURRENCIES,
    DIGITS,
    SCALES,
    UNITS,
    currency_of,
    number,
)
from dragoman.records import Quantity

KILLED = frozenset(
    [
        "kill",
        "die",
        "murder",
        "perish",
        "slay",
        "massacre",
        "execute",
        "behead",
        "lynch",
        "drown",
        "assassinate",
        "slaughter",
        "gun",
    ]
)
DEAD_WORDS = frozenset(["dead", "death", "killed", "killing", "fatality", "toll", "life"])
INJURED = frozenset(["injure", "wound", "hurt", "maim", "burn", "hospitalise", "hospitalize"])
ARRESTED = frozenset(
    ["arrest", "detain", "jail", "imprison", "apprehend", "capture", "seize", "nab", "hold", "round", "book", "charge"]
)
DISPLACED = frozenset(["displace", "flee", "evacuate", "uproot", "evict", "expel", "homeless", "leave", "relocate"])
TAKE_PART = frozenset(
    [
        "protest",
        "march",
        "rally",
        "demonstrate",
        "gather",
        "attend",
        "participate",
        "join",
        "riot",
        "strike",
        "assemble",
        "picket",
        "turn",
        "take",
        "mass",
        "deploy",
        "train",
        "exercise",
        "throng",
        "flock",
        "pack",
        "crowd",
    ]
)
CROWD_NOUNS = frozenset(
    [
        "protester",
        "protestor",
        "demonstrator",
        "marcher",
        "striker",
        "rioter",
        "participant",
        "activist",
        "supporter",
        "worker",
        "student",
        "people",
        "person",
        "resident",
        "teacher",
        "miner",
        "farmer",
        "nurse",
        "doctor",
        "driver",
        "troop",
        "soldier",
        "police",
        "policeman",
        "officer",
        "delegate",
        "villager",
        "member",
        "opponent",
    ]
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number found in words: low and high (None: open), the tokens it spans."""

    low: float
    high: float | None
    first: int
    last: int


def in_sentence(g: Grammar, text: str) -> list[Quantity]:
    """All quantities of the sentence, with what they count; numbers of other things are left out."""
    found = list(_from_mentions(g, text))
    taken = [q.span for q in found]
    for quantity in _from_words(g, text):
        if not any(quantity.span[0] < b and a < quantity.span[1] for a, b in taken):
            found.append(quantity)
            taken.append(quantity.span)
    return sorted(found, key=lambda q: q.span)


def _from_mentions(g: Grammar, text: str) -> Iterator[Quantity]:
    for mention in g.sentence.mentions:
        if mention.kind != "quantity":
            continue
        words = text[mention.start : mention.end]
        value = number(words)
        if value is None:
            continue
        if mention.label == "money":
            currency = currency_of(words)
            if currency:
                yield Quantity("money", value[0], value[1], words, (mention.start, mention.end), currency)
        elif not currency_of(words):
            kind = _counted(g, mention.token_start, mention.token_end - 1) or mention.label
            yield Quantity(kind, value[0], value[1], words, (mention.start, mention.end))


def _from_words(g: Grammar, text: str) -> Iterator[Quantity]:
    """Numbers that the model has not marked: number words, digits, vague words."""
    for first, last in _runs(g):
        span = g.span(first, last)
        words = text[span[0] : span[1]]
        value = number(words)
        if value is None:
            continue
        currency = currency_of(words)
        if currency:
            yield Quantity("money", value[0], value[1], words, span, currency)
            continue
        kind = _counted(g, first, last)
        if kind and value[0] < 50_000_000:
            yield Quantity(kind, value[0], value[1], words, span)


def _runs(g: Grammar) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that make up a number with its modifiers and currency."""
    index = 0
    tokens = g.tokens
    while index < len(tokens):
        if not _numeric(g, index):
            index += 1
            continue
        first, last = index, index
        while first > 0 and (
            tokens[first - 1].text.lower() in CURRENCIES
            or (tokens[first - 1].text.lower() in ("a", "few", "some", "half") and tokens[first - 1].deprel != "punct")
        ):
            first -= 1
        while last + 1 < len(tokens) and (
            _numeric(g, last + 1)
            or (
                tokens[last + 1].text.lower() in ("of", "and", "to", "-", "–", "or")
                and last + 2 < len(tokens)
                and _numeric(g, last + 2)
            )
        ):
            last += 1
        nxt = [t.text.lower() for t in tokens[last + 1 : last + 3]]
        if nxt and nxt[0] in CURRENCIES:
            last += 1
        elif len(nxt) == 2 and nxt[1] in CURRENCIES and tokens[last + 1].upos in ("ADJ", "PROPN"):
            last += 2
        before = [t.text.lower() for t in tokens[max(0, first - 3) : first]]
        for size in (3, 2, 1):
            lead = " ".join(before[-size:])
            if len(before) >= size and (lead in AT_LEAST or lead in AT_MOST or lead in ABOUT or lead == "between"):
                first -= size
                break
        yield first, last
        index = last + 1


def _numeric(g: Grammar, index: int) -> bool:
    word = g.tokens[index].text.lower()
    if DIGITS.fullmatch(word):
        return not _dated(g, index)
    return (
        word in SCALES
        or (word in UNITS and word not in ("one", "zero"))
        or word
        in ("dozens", "scores", "hundreds", "thousands", "millions", "several", "dozen", "tens", "billions", "handful")
        or bool(re.fullmatch(r"[a-z]+-[a-z]+", word) and all(p in UNITS for p in word.split("-")))
        or bool(re.fullmatch(r"[$€£¥₹]?\d[\d,.]*(?:m|mn|bn|tn|k)?", word))
    )


def _dated(g: Grammar, index: int) -> bool:
    return any(m.kind == "time" and m.token_start <= index < m.token_end for m in g.sentence.mentions)


def _counted(g: Grammar, first: int, last: int) -> str | None:
    """What the number counts, by its noun and the verb above it."""
    head = last
    for index in range(first, last + 1):
        if not first <= g.tokens[index].head <= last:
            head = index
    noun = (
        g.tokens[head].head
        if g.tokens[head].deprel in ("nummod", "amod", "nmod", "det", "compound") and g.tokens[head].head >= 0
        else head
    )
    if noun == head:
        below = [c for c in g.children[head] if g.tokens[c].deprel == "nmod" and g.case(c) == "of"]
        noun = below[0] if below else head
        anchor = head
    else:
        anchor = noun
    lemma = g.lemmas[noun]
    bare = first <= noun <= last
    if not bare and not _people(lemma):
        return "killed" if lemma in DEAD_WORDS - {"toll"} else None
    at = anchor
    for _ in range(3):
        token = g.tokens[at]
        above = token.head
        for child in g.children[at]:
            kind = _kind_of(g.lemmas[child]) if g.tokens[child].deprel in ("acl", "amod", "acl:relcl") else None
            if kind:
                return kind
        if above < 0:
            break
        if g.lemmas[at] in ("dead", "wounded", "injured"):
            return "killed" if g.lemmas[at] == "dead" else "injured"
        kind = _kind_of(g.lemmas[above])
        if kind and token.deprel in ("obj", "nsubj", "nsubj:pass", "xcomp", "conj", "nmod", "obl"):
            if kind == "participants":
                return (
                    kind
                    if token.deprel in ("nsubj", "conj", "nmod") or g.lemmas[above] in ("deploy", "mass", "train")
                    else None
                )
            if kind == "arrested" and g.tokens[above].text.lower() in ("left", "charge"):
                return None
            return kind
        if g.lemmas[above] == "leave":
            return next(
                (
                    k
                    for c in g.children[above]
                    if g.tokens[c].deprel in ("xcomp", "obj", "conj") and (k := _kind_of(g.lemmas[c]))
                ),
                None,
            )
        if token.deprel not in ("conj", "nmod", "obj", "nummod", "appos", "compound"):
            break
        at = above
    if lemma in ("protester", "protestor", "demonstrator", "marcher", "striker", "rioter"):
        return "participants"
    return None


def _people(lemma: str) -> bool:
    from dragoman.coding.lexicon import lexicon

    return (
        lemma in CROWD_NOUNS
        or lemma in lexicon().sets.get("people", frozenset())
        or lemma
        in (
            "man",
            "woman",
            "child",
            "civilian",
            "other",
            "migrant",
            "refugee",
            "family",
            "suspect",
            "militant",
            "hostage",
            "life",
            "body",
        )
    )


def _kind_of(lemma: str) -> str | None:
    for kind, words in (
        ("killed", KILLED | {"dead", "death"}),
        ("injured", INJURED | {"injury", "wounded", "injured"}),
        ("arrested", ARRESTED - {"seize", "hold", "round", "charge", "book"}),
        ("displaced", DISPLACED - {"leave", "expel"}),
        ("participants", TAKE_PART - {"take", "turn", "pack"}),
    ):
        if lemma in words:
            return kind
    return None
