"""Scores of readings against gold: plain counting, no torch.

Every function takes gold `Example`s (words from 1) and what was read (words from 0), in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.read.decode import Analysis, Decoder, FoundEvent
from dragoman.read.heads import NAMES, STATUSES, TYPES
from training.examples import Example, Happening, Span, head_of

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, found and wanted items."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the found that is right, in percent."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found, in percent."""
        return 100 * self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        total = self.found + self.wanted
        return 200 * self.right / total if total else 0.0


def counts(pairs: Iterable[tuple[set[Any], set[Any]]]) -> Counts:
    """Sum over sentences of (gold set, found set)."""
    right = found = wanted = 0
    for gold, ours in pairs:
        right, found, wanted = right + len(gold & ours), found + len(ours), wanted + len(gold)
    return Counts(right, found, wanted)


def parsing(gold: Sequence[Example], ours: Sequence[Analysis]) -> dict[str, float]:
    """UAS, LAS and UPOS in percent of all words, punctuation included, on gold words; marks: UAS of punctuation alone."""
    words = heads = labelled = tags = marks = placed = 0
    for example, found in zip(gold, ours, strict=True):
        assert example.tree is not None
        rows = zip(
            example.tree.heads,
            example.tree.relations,
            example.tree.upos,
            found.heads,
            found.relations,
            found.upos,
            strict=True,
        )
        for head, relation, upos, our_head, our_relation, our_upos in rows:
            words += 1
            tags += upos == our_upos
            marks += relation == "punct"
            placed += relation == "punct" and head == our_head + 1
            if head == our_head + 1:
                heads += 1
                labelled += relation == our_relation
    told = {"UAS": heads / words, "LAS": labelled / words, "UPOS": tags / words, "marks": placed / max(1, marks)}
    return {name: 100 * share for name, share in told.items()}


def role_heads(gold: Sequence[Example], ours: Sequence[Analysis]) -> Counts:
    """(predicate, argument head, role) with predicted predicates; sentences without PropBank are left out."""
    pairs = []
    for example, found in zip(gold, ours, strict=True):
        if example.frames is None or example.tree is None:
            continue
        wanted = {
            (f.word, head_of(span, example.tree), role) for f in example.frames.frames for role, span in f.arguments
        }
        pairs.append((wanted, {(p.word + 1, a.head + 1, a.role) for p in found.predicates for a in p.arguments}))
    return counts(pairs)


def role_spans(gold: Sequence[Example], ours: Sequence[Analysis], scores: Sequence[Arrays], decoder: Decoder) -> Counts:
    """(predicate, span, role) exact, predicates given."""
    pairs = []
    for example, found, arrays in zip(gold, ours, scores, strict=True):
        if example.frames is None:
            continue
        phrases = found.phrases()
        wanted, got = set(), set()
        for frame in example.frames.frames:
            if frame.auxiliary:
                continue
            wanted |= {(frame.word, span, role) for role, span in frame.arguments}
            arguments = decoder.arguments(arrays["roles"][frame.word, 1:], arrays["role_probabilities"][frame.word, 1:])
            for a in arguments:
                start, end = phrases.span(a.role, a.head, frame.word - 1)
                got.add((frame.word, (start + 1, end), a.role))
        pairs.append((wanted, got))
    return counts(pairs)


def names(gold: Sequence[Example], ours: Sequence[Analysis]) -> Counts:
    """Named spans with type, exact."""
    return counts(
        ({x for x in example.spans if x[1] in NAMES}, {((n.start + 1, n.end), n.label) for n in found.names})
        for example, found in zip(gold, ours, strict=True)
    )


def mentions(gold: Sequence[Example], ours: Sequence[Analysis], kind: str) -> Counts:
    """Spans of one kind of mention ("actor", "place", "time"), exact."""
    return counts(
        (
            {s for s, label in example.spans if label == kind},
            {(m.start + 1, m.end) for m in found.mentions if m.kind == kind},
        )
        for example, found in zip(gold, ours, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Matched:
    """Gold and found events of a sentence, paired where a found trigger's head lies in a gold trigger."""

    pairs: tuple[tuple[Happening, FoundEvent], ...]
    missed: tuple[Happening, ...]
    invented: tuple[FoundEvent, ...]


def match(example: Example, found: Analysis, *, typed: bool) -> Matched:
    """Pair events; with `typed` the types must agree."""
    left = list(example.events or ())
    pairs, invented = [], []
    for event in found.events:
        at = event.words[0] + 1
        fitting = [g for g in left if g.trigger[0] <= at <= g.trigger[1] and (not typed or g.type == event.types[0][0])]
        if fitting:
            pairs.append((fitting[0], event))
            left.remove(fitting[0])
        else:
            invented.append(event)
    return Matched(tuple(pairs), tuple(left), tuple(invented))


def triggers(gold: Sequence[Example], ours: Sequence[Analysis], *, typed: bool = True) -> Counts:
    """Events found: trigger, and with `typed` type."""
    right = found = wanted = 0
    for example, analysis in zip(gold, ours, strict=True):
        matched = match(example, analysis, typed=typed)
        right += len(matched.pairs)
        found += len(matched.pairs) + len(matched.invented)
        wanted += len(matched.pairs) + len(matched.missed)
    return Counts(right, found, wanted)


def parties(gold: Sequence[Example], ours: Sequence[Analysis], roles: set[str], *, typed: bool = True) -> Counts:
    """(event, role, who) for events found; who is right when any mention of the same one in the sentence is given.

    Only parties that the sentence names are wanted. Parties of invented events are wrong, those of missed ones missed.
    """
    right = found = wanted = 0
    for example, analysis in zip(gold, ours, strict=True):
        matched = match(example, analysis, typed=typed)
        wanted += sum(p.role in roles for e in matched.missed for p in e.parties)
        found += sum(role in roles for e in matched.invented for role, _, _ in e.roles)
        for happening, event in matched.pairs:
            open_ = [p for p in happening.parties if p.role in roles]
            wanted += len(open_)
            seen: set[tuple[str, Span]] = set()
            for role, number, _ in event.roles:
                if role not in roles:
                    continue
                mention = analysis.mentions[number]
                span = (mention.start + 1, mention.end)
                same = [p for p in open_ if p.role == role and (span == p.span or span in p.others)]
                if same and (role, same[0].span) in seen:
                    continue  # the same one named twice counts once
                found += 1
                if same:
                    seen.add((role, same[0].span))
                    right += 1
    return Counts(right, found, wanted)


def statuses(gold: Sequence[Example], scores: Sequence[Arrays]) -> float:
    """Accuracy in percent on gold triggers."""
    return _accuracy(
        (event.status, STATUSES[int(arrays["statuses"][event.word].argmax())])
        for example, arrays in zip(gold, scores, strict=True)
        for event in example.events or ()
    )


def types_of_gold(gold: Sequence[Example], scores: Sequence[Arrays]) -> float:
    """Accuracy of the type on gold triggers, in percent."""
    return _accuracy(
        (event.type, TYPES[1 + int(arrays["types"][event.word, 1:].argmax())])
        for example, arrays in zip(gold, scores, strict=True)
        for event in example.events or ()
    )


def modes(gold: Sequence[Example], ours: Sequence[Analysis]) -> Counts:
    """Modes of events whose trigger and type are right, at the reporting floor of 0.5."""
    pairs = []
    for example, analysis in zip(gold, ours, strict=True):
        for happening, event in match(example, analysis, typed=True).pairs:
            wanted = {m.split("/")[1] for m in happening.modes}
            pairs.append((wanted, {m for m, p in event.modes if p >= 0.5}))
    return counts(pairs)


def contexts(gold: Sequence[Example], ours: Sequence[Analysis]) -> Counts:
    """Contexts of events whose trigger is right, at 0.5."""
    pairs = []
    for example, analysis in zip(gold, ours, strict=True):
        for happening, event in match(example, analysis, typed=False).pairs:
            pairs.append((set(happening.contexts), {c for c, p in event.contexts if p >= 0.5}))
    return counts(pairs)


def _accuracy(pairs: Iterable[tuple[str, str]]) -> float:
    rows = [a == b for a, b in pairs]
    return 100 * float(np.mean(rows)) if rows else 0.0
