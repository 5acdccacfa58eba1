"""What a classifier of a user's own labels sees of a marked pair: the encoder's states, the words around the pair, the events coded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.grammar import Grammar
from dragoman.coding.pairs import FLOOR, distribution, evidence, votes, weights, where
from dragoman.ontology import plover
from dragoman.pipeline import Tools
from dragoman.read import Pair
from dragoman.read import Relation as Scored
from dragoman.records import EventMention, Sentence
from dragoman.relation import Span, bare_report, checked_pairs

Floats = NDArray[np.float32]

DEPENDENTS = frozenset(
    {"obj", "nsubj", "nsubj:pass", "obl", "nmod", "compound", "compound:prt", "xcomp", "ccomp", "advmod", "aux", "amod"}
)
"""Relations whose two words are looked at together."""

STEPS_UP = 4
"""How far up the tree from each marked span words are looked at."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is seen of some pairs; one row or entry per pair, in order.

    Attributes:
        states: The encoder's states, shape (pairs, features).
        numbers: The model's own answer and the surest event of each type by place, shape (pairs, 17 + 3 * 16).
        answers: Log probabilities of the types and "none" by `dragoman.relation`, shape (pairs, 17).
        words: Words, runs of words and pairs of tied words, the marked spans replaced by signs.
        signs: The coded events: their types, codes, frames, and which sides they share with the pair.
    """

    states: Floats
    numbers: Floats
    answers: Floats
    words: tuple[frozenset[str], ...]
    signs: tuple[frozenset[str], ...]

    def __len__(self) -> int:
        return len(self.words)

    def rows(self, chosen: Sequence[int]) -> Features:
        """Some of the pairs."""
        index = np.asarray(chosen, dtype=np.int64)
        return Features(
            self.states[index],
            self.numbers[index],
            self.answers[index],
            tuple(self.words[i] for i in chosen),
            tuple(self.signs[i] for i in chosen),
        )


def features_of(
    tools: Tools,
    texts: Sequence[str],
    actors: Sequence[Span | None],
    recipients: Sequence[Span | None],
    *,
    strict: bool = True,
) -> Features:
    """The features of marked pairs; each text is read once.

    Raises:
        PairSpanError: as `dragoman.relation.relate`.
    """
    pairs = checked_pairs(texts, actors, recipients, strict=strict)
    coder = replace(tools.coder, floor=0.0)
    distinct = list(dict.fromkeys(pair.text for pair in pairs))
    sentences: dict[str, Sequence[Sentence]] = {}
    told: dict[str, tuple[EventMention, ...]] = {}
    for text, reading in zip(distinct, tools.reader.read_all([bare_report(t) for t in distinct]), strict=True):
        sentences[text] = reading.sentences
        told[text] = coder.code(tools.resolver.resolve(reading))
    scored = tools.reader.relation(pairs)
    numbers = [_numbers(pair, told[pair.text], found) for pair, found in zip(pairs, scored, strict=True)]
    answers = [_answer(pair, told[pair.text], found) for pair, found in zip(pairs, scored, strict=True)]
    return Features(
        tools.reader.pair_states(pairs),
        np.array(numbers, dtype=np.float32),
        np.array(answers, dtype=np.float32),
        tuple(frozenset(_words(pair, sentences[pair.text])) for pair in pairs),
        tuple(frozenset(_signs(pair, told[pair.text])) for pair in pairs),
    )


_PLACES = {"both": 0, "actor": 1, "recipient": 1, "turned round": 2, "wrong side": 2, "text": 2}


def _numbers(pair: Pair, told: Sequence[EventMention], scored: Scored) -> list[float]:
    kinds = [t.code for t in plover().types]
    surest = dict.fromkeys(((place, kind) for place in range(3) for kind in kinds), 0.0)
    for mention in told:
        key = (_PLACES[where(mention, pair.actor, pair.recipient)], mention.event_type)
        surest[key] = max(surest[key], mention.confidence)
    model = dict(scored.types)
    return [*(log(max(model.get(k, 0.0), FLOOR)) for k in (*kinds, "none")), *surest.values()]


def _answer(pair: Pair, told: Sequence[EventMention], scored: Scored) -> list[float]:
    """What the program itself would answer for the pair."""
    types = distribution(evidence(pair.actor, pair.recipient, told, dict(scored.types)), weights())
    return [log(max(types.get(k, 0.0), FLOOR)) for k in (*(t.code for t in plover().types), "none")]


def _signs(pair: Pair, told: Sequence[EventMention]) -> Iterator[str]:
    for mention in told:
        place = where(mention, pair.actor, pair.recipient)
        frame = next((s.by for s in mention.trail if s.field == "base_type"), "")
        said = (
            mention.event_type, f"{mention.base_type}|{mention.status}", f"{mention.event_type}|{mention.mode}",
            f"cameo {mention.cameo}", f"family {(mention.cameo or '')[:2]}", frame,
        )  # fmt: skip
        yield from said
        yield from (f"{place}|{s}" for s in said)
        yield from (f"{place}|{how}|{kind}" for how, kind in votes(mention))


def _words(pair: Pair, sentences: Sequence[Sentence]) -> Iterator[str]:
    first, last = min(pair.actor[0], pair.recipient[0]), max(pair.actor[1], pair.recipient[1])
    sequence: list[str] = []
    for sentence in sentences:
        if sentence.start >= last or sentence.end <= first:
            continue
        g = Grammar(sentence)
        marks = {**_under(sentence, pair.recipient, "<recipient>"), **_under(sentence, pair.actor, "<actor>")}
        sequence += _sequence(g, marks)
        yield from _tied(g, marks)
        yield from _above(g, marks)
    yield from (f"1 {w}" for w in sequence)
    for size in (2, 3):
        yield from (f"{size} {' '.join(run)}" for run in zip(*(sequence[i:] for i in range(size)), strict=False))
    if "<actor>" in sequence and "<recipient>" in sequence:
        one, two = sorted((sequence.index("<actor>"), sequence.index("<recipient>")))
        yield from (f"between {w}" for w in sequence[one + 1 : two])


def _under(sentence: Sentence, span: Span, sign: str) -> dict[int, str]:
    return {i: sign for i, t in enumerate(sentence.tokens) if t.start < span[1] and span[0] < t.end}


def _sequence(g: Grammar, marks: Mapping[int, str]) -> list[str]:
    """Lemmas with signs for the marked spans, for names and for numbers; runs of one sign once."""
    found: list[str] = []
    for i, token in enumerate(g.tokens):
        word = marks.get(i) or {"PROPN": "<name>", "NUM": "<number>"}.get(token.upos, g.lemmas[i])
        if not (found and word == found[-1] and word.startswith("<")):
            found.append(word)
    return found


def _tied(g: Grammar, marks: Mapping[int, str]) -> Iterator[str]:
    """Pairs of words of which one hangs from the other."""
    for i, token in enumerate(g.tokens):
        if i in marks or token.upos not in ("VERB", "NOUN", "ADJ"):
            continue
        for child in g.children[i]:
            if g.tokens[child].deprel in DEPENDENTS:
                yield f"tied {g.lemmas[i]} {g.tokens[child].deprel} {marks.get(child) or g.lemmas[child]}"


def _above(g: Grammar, marks: Mapping[int, str]) -> Iterator[str]:
    """The words from which the marked spans hang, directly or not."""
    for sign in ("<actor>", "<recipient>"):
        top = next((i for i, s in marks.items() if s == sign and marks.get(g.tokens[i].head) != sign), None)
        if top is None:
            continue
        below = top
        for number, above in enumerate(g.ancestors(top)):
            if number == STEPS_UP:
                break
            yield f"above {sign} {g.tokens[below].deprel} {g.case(below)} {g.lemmas[above]}"
            yield f"above {sign} {g.lemmas[above]}"
            below = above
