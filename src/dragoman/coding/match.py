"""Frames laid on a sentence: which words are triggers of what, and which phrases stand in their slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.content import find_content
from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import Condition, Frame, Lexicon, Slots
from dragoman.coding.light_verbs import has_doer, light_verb
from dragoman.coding.persons import is_person_word
from dragoman.coding.slots import fill

_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a", "ADV": "a"}


MEASURES = frozenset(
    [
        "package",
        "ton",
        "tonne",
        "dozen",
        "hundred",
        "thousand",
        "million",
        "billion",
        "number",
        "series",
        "set",
        "kilo",
        "kilogram",
        "litre",
        "liter",
        "shipment",
        "consignment",
        "batch",
        "convoy",
        "load",
        "truckload",
        "planeload",
        "percent",
        "%",
        "piece",
        "worth",
        "part",
        "amount",
        "round",
        "wave",
        "lot",
        "team",
        "group",
        "kind",
        "form",
        "type",
        "sort",
        "range",
        "%",
        "share",
        "supply",
        "quantity",
        "stock",
        "half",
        "third",
        "quarter",
        "majority",
        "list",
        "box",
        "sack",
        "bag",
        "barrel",
        "metre",
        "meter",
        "item",
        "cache",
        "pair",
        "trio",
        "tranche",
        "instalment",
        "installment",
    ]
)
"""Nouns that measure or hold what stands behind their "of"."""


PERSON = "<person>"
"""Stands in frames for whoever the model reads as a person or holder of an office."""

Places = tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found in a sentence.

    Attributes:
        token: The frame's head word.
        trigger: Tokens of the trigger in order: head, particles, light verb, the noun of an idiom.
        actors, recipients: For each joined group of the frame's party slots, the heads in each slot that is filled, in order of trial.
        about: Heads of what the act is about (the demand, the promise), for the content table.
    """

    frame: Frame
    token: int
    trigger: tuple[int, ...]
    actors: Places
    recipients: Places
    about: tuple[int, ...] = ()


def matches(g: Grammar, lexicon: Lexicon) -> list[Match]:
    """The best frame of every word that has one, "none" frames included; in order of the sentence."""
    found = []
    for index, token in enumerate(g.tokens):
        pos = _POS.get(token.upos)
        if pos is None or token.deprel.startswith("aux"):
            continue
        best = _best(g, index, _frames(g, index, pos, lexicon))
        if best is not None:
            found.append(best)
    return found


def _frames(g: Grammar, index: int, pos: str, lexicon: Lexicon) -> tuple[Frame, ...]:
    lemma = g.lemmas[index]
    frames = lexicon.frames.get((lemma, pos), ())
    if not frames and pos == "n":
        frames = lexicon.frames.get((g.tokens[index].text.lower(), "n"), ())
    if not frames and pos == "n" and g.tokens[index].text.lower().endswith("ing"):
        return ()
    return frames


def _best(g: Grammar, index: int, frames: tuple[Frame, ...]) -> Match | None:
    for frame in frames:
        extra = _extra(g, index, frame)
        if extra is not None:
            about = tuple(h for slot in frame.about for h in fill(g, index, slot))
            if frame.needs and not _needed(g, index, frame, about):
                continue
            trigger = _trigger(g, index, extra)
            return Match(frame, index, trigger, places(g, trigger, index, frame.actors), places(g, trigger, index, frame.recipients), about)  # fmt: skip
    return None


EMPTY = frozenset(
    [
        "lodge",
        "pay",
        "hold",
        "give",
        "hand",
        "make",
        "take",
        "put",
        "open",
        "declare",
        "order",
        "impose",
        "set",
        "issue",
        "launch",
        "conduct",
        "stage",
        "file",
        "submit",
        "deliver",
        "carry",
        "mount",
        "express",
        "voice",
        "extend",
        "lay",
        "reach",
        "strike",
        "do",
        "have",
        "raise",
        "exchange",
        "lift",
        "bring",
        "place",
        "slap",
        "press",
        "wage",
        "offer",
        "announce",
        "start",
        "begin",
        "roll",
        "break",
        "turn",
    ]
)
"""Verbs that say little without their object: it belongs to the trigger ("lodged a protest"), as the codebook has it."""

OBLIGING = frozenset({"must", "should", "ought"})


def _needed(g: Grammar, index: int, frame: Frame, about: tuple[int, ...]) -> bool:
    """Whether the frame's need is met: a known content, or somebody else who must."""
    if frame.needs == "content":
        content, _ = find_content(g, about)
        return content is not None and frame.column in content.codes
    speakers = set(fill(g, index, "subj"))
    for clause in fill(g, index, "that"):
        obliged = any(
            g.lemmas[c] in OBLIGING or g.tokens[c].text.lower() in OBLIGING
            for c in g.children[clause]
            if g.tokens[c].deprel.startswith("aux")
        )
        doers = g.subject(clause) if not g.passive(clause) else g.objects(clause)
        if (
            obliged
            and doers
            and not set(doers) & speakers
            and all(
                g.lemmas[d] not in ("it", "we", "i", "he", "she", "they", "there", "this", "that", "you", "one")
                for d in doers
            )
        ):
            return True
    return False


def _extra(g: Grammar, index: int, frame: Frame) -> list[int] | None:
    """Tokens that the conditions add to the trigger; None when the frame does not fit."""
    extra: list[int] = []
    for condition in frame.conditions:
        found = list(_meet(g, index, condition))
        if bool(found) == condition.absent:
            return None
        if not condition.absent and (
            condition.slots[0] == "+" or (condition.words and condition.slots[0] == "obj" and g.lemmas[index] in EMPTY)
        ):
            extra.append(found[0])
    return extra


def _meet(g: Grammar, index: int, condition: Condition) -> Iterator[int]:
    if condition.slots[0] == "+":
        for child in g.children[index]:
            if g.lemmas[child] in condition.words and g.tokens[child].deprel in (
                "compound:prt", "advmod", "case", "obl", "mark", "advcl", "obj", "amod", "xcomp", "fixed", "compound", "det", "dep",
            ):  # fmt: skip
                yield child
        yield from (p for p in g.particles(index) if g.lemmas[p] in condition.words)
        return
    for head in (h for slot in condition.slots for h in fill(g, index, slot)):
        if not condition.words or _named(g, head, condition.words):
            yield head


def _named(g: Grammar, head: int, words: frozenset[str]) -> bool:
    """Whether the phrase is headed by one of the words, through "a package of", "two tonnes of", "$2 million in"."""
    if g.lemmas[head] in words or g.tokens[head].text.lower() in words:
        return True
    if PERSON in words and _is_person(g, head):
        return True
    for child in g.children[head]:
        token = g.tokens[child]
        pair = f"{g.lemmas[child]} {g.lemmas[head]}"
        if token.deprel in ("compound", "amod", "flat") and (pair in words or pair.replace(" ", "-") in words):
            return True
        if token.deprel in ("nmod:desc", "flat", "appos") and g.lemmas[child] in words:
            return True
        if (
            token.deprel == "nmod"
            and (g.lemmas[head] in MEASURES or g.tokens[head].upos in ("NUM", "SYM"))
            and g.case(child) in ("of", "in", "worth of")
        ) and g.lemmas[child] in words:
            return True
    return False


def _is_person(g: Grammar, head: int) -> bool:
    """Whether the word is the name of a person or an office: by the model's label, else by the title before it."""
    if any(m.head == head and m.kind == "actor" and m.label in ("person", "office") for m in g.sentence.mentions):
        return True
    return g.tokens[head].upos == "PROPN" and any(
        g.tokens[c].deprel in ("nmod:desc", "compound", "appos") and is_person_word(g.lemmas[c])
        for c in g.children[head]
    )


def _trigger(g: Grammar, index: int, extra: list[int]) -> tuple[int, ...]:
    """Head, particles, the idiom's noun when near, and the light verb of a noun when near."""
    tokens = {index} | {e for e in extra if abs(e - index) <= 4 and not _is_party(g, e)}
    if g.tokens[index].upos in ("NOUN", "PROPN"):
        light = light_verb(g, index)
        if light is not None and 0 < index - light <= 4 and g.tokens[index].deprel == "obj" and has_doer(g, light):
            tokens.add(light)
    return tuple(sorted(tokens))


def _is_party(g: Grammar, token: int) -> bool:
    return is_person_word(g.lemmas[token]) or any(m.kind == "actor" and m.head == token for m in g.sentence.mentions)


def places(g: Grammar, trigger: tuple[int, ...], index: int, slots: Slots) -> Places:
    """Heads in the slots, group by group; words of the trigger and empty slots left out."""
    return tuple(
        tuple(heads for slot in group if (heads := tuple(h for h in fill(g, index, slot) if h not in trigger)))
        for group in slots
    )
