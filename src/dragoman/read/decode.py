"""Scores to what a sentence says: trees, predicates, mentions, events. Words count from 0, the root is -1.

Nothing here knows of characters or of the model's file; `runtime` calls it with one sentence's arrays at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.read.heads import (
    ACTORS,
    CONTEXTS,
    MODE_LABELS,
    NAMES,
    QUANTITIES,
    ROLES,
    SPANS,
    STATUSES,
    TYPES,
    UPOS,
    Contract,
)
from dragoman.read.phrases import Parsed, Phrases
from dragoman.read.punctuation import replaced
from dragoman.read.trees import span_head, tree

Arrays = Mapping[str, NDArray[Any]]

# Chosen on the development parts (docs/model-card.md), NAME on the names in GUM before they were learned from; each is a probability.
PREDICATE = 0.5
ROLE = 0.35
SPAN = 0.4
NAME = 0.35
TRIGGER = 0.55
TRIGGER_EXTENT = 0.3
PARTY: Mapping[str, float] = dict.fromkeys(ROLES, 0.5) | {"actor": 0.55, "speaker": 0.55}
CUE = 0.5
FLOOR = 0.3  # modes and contexts below it are not reported
KEEP = 0.02  # types and statuses below it are not reported, the best one always is

_CORE = frozenset({"ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARG5"})
_KINDS: Mapping[str, str] = {
    "actor": "actor",
    "place": "place",
    "time": "time",
    **dict.fromkeys(QUANTITIES, "quantity"),
}
_MENTIONS = tuple(SPANS.index(label) for label in _KINDS)
_NAMES = tuple(SPANS.index(label) for label in NAMES)
_TRIGGERS = SPANS.index("trigger")
_MODES = {kind: [i for i, m in enumerate(MODE_LABELS) if m.startswith(kind + "/")] for kind in TYPES}


UNFIT = {
    ("case", "SCONJ"): "ADP", ("case", "INTJ"): "ADP", ("case", "PROPN"): "ADP", ("det", "SCONJ"): "DET", ("det", "PROPN"): "DET",
    ("discourse", "DET"): "INTJ", ("advmod", "CCONJ"): "ADV",
}  # fmt: skip
"""(relation, part of speech) that less than one in 5,000 words of the relation has in EWT's train part, and what they have."""


@dataclass(frozen=True, slots=True)
class FoundArgument:
    """A role of a predicate: the argument's head word."""

    role: str
    head: int
    probability: float


@dataclass(frozen=True, slots=True)
class FoundPredicate:
    """A predicate and its arguments, in order of their heads."""

    word: int
    probability: float
    arguments: tuple[FoundArgument, ...]


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A labelled span [start, end) of words."""

    start: int
    end: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention; `kind` and `label` as in `dragoman.records.reading.Mention`."""

    start: int
    end: int
    kind: str
    label: str
    head: int
    name_type: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event; `roles` are (role, position in the analysis's mentions, probability)."""

    words: tuple[int, ...]
    types: tuple[tuple[str, float], ...]
    modes: tuple[tuple[str, float], ...]
    contexts: tuple[tuple[str, float], ...]
    statuses: tuple[tuple[str, float], ...]
    roles: tuple[tuple[str, int, float], ...]
    cue: int | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the scores of one sentence (or one window of a long one) say."""

    words: tuple[str, ...]
    upos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    predicates: tuple[FoundPredicate, ...]
    mentions: tuple[FoundMention, ...]
    names: tuple[FoundSpan, ...]
    events: tuple[FoundEvent, ...]

    def phrases(self) -> Phrases:
        """Spans of arguments by this tree."""
        return Phrases(Parsed(self.words, self.upos, self.heads, self.relations))


def _fitting(upos: str, relation: str) -> str:
    """The part of speech, or the one that goes with the relation where the two do not go together."""
    return UNFIT.get((relation, upos), upos)


class Decoder:
    """Reads one model's scores; holds the label sets that come with the model."""

    def __init__(self, contract: Contract) -> None:
        self.relations, self.roles = contract.labels("relations"), contract.labels("roles")
        self.core = tuple(r in _CORE for r in self.roles)

    def analyse(self, words: Sequence[str], scores: Arrays) -> Analysis:
        """Read the scores of one sentence.

        Args:
            words: Its n words.
            scores: Output name to array without the sentence axis, cut to the sentence: (n + 1,), (n + 1, n + 1), ...;
                position 0 is the root.
        """
        heads = tree(scores["arcs"][1:])
        rows = np.arange(1, len(words) + 1)
        codes = scores["relations"][rows, np.asarray(heads) + 1]
        relations = self._relations(heads, codes)
        upos = tuple(_fitting(UPOS[u], relation) for u, relation in zip(scores["upos"][1:], relations, strict=True))
        heads = replaced(words, heads, [r == "punct" for r in relations], scores["arcs"][1:])
        mentions, names = self._mentions(scores, heads, upos)
        return Analysis(
            tuple(words),
            upos,
            tuple(heads),
            relations,
            self._predicates(scores, relations),
            mentions,
            names,
            self._events(scores, mentions),
        )

    def _relations(self, heads: Sequence[int], codes: NDArray[np.uint8]) -> tuple[str, ...]:
        """Labels of the arcs; "root" goes with the root and with nothing else."""
        found = []
        for head, code in zip(heads, codes.tolist(), strict=True):
            label = self.relations[code]
            found.append("root" if head < 0 else "dep" if label == "root" else label)
        return tuple(found)

    def _predicates(self, scores: Arrays, relations: Sequence[str]) -> tuple[FoundPredicate, ...]:
        sure = scores["predicates"][1:]
        positions = [p for p in np.nonzero(sure >= PREDICATE)[0].tolist() if not relations[p].startswith("aux")]
        if not positions:
            return ()
        roles, probabilities = scores["roles"][1:, 1:][positions], scores["role_probabilities"][1:, 1:][positions]
        rows, words = np.nonzero((roles > 0) & (probabilities >= ROLE))
        told: list[list[tuple[int, int, float]]] = [[] for _ in positions]
        for row, *one in zip(
            rows.tolist(), words.tolist(), roles[rows, words].tolist(), probabilities[rows, words].tolist(), strict=True
        ):
            told[row].append((one[0], one[1], one[2]))
        return tuple(
            FoundPredicate(p, float(sure[p]), self._chosen(some)) for p, some in zip(positions, told, strict=True)
        )

    def arguments(self, roles: NDArray[np.uint8], probabilities: NDArray[np.float32]) -> tuple[FoundArgument, ...]:
        """Arguments of one predicate: probable enough, and one of each core role, the best."""
        words = np.nonzero((roles > 0) & (probabilities >= ROLE))[0]
        told = zip(words.tolist(), roles[words].tolist(), probabilities[words].tolist(), strict=True)
        return self._chosen(list(told))

    def _chosen(self, told: Sequence[tuple[int, int, float]]) -> tuple[FoundArgument, ...]:
        """Arguments from (word, role, probability) in order of the words."""
        best: dict[int, tuple[int, int, float]] = {}
        kept = []
        for one in told:
            _, role, probability = one
            if not self.core[role]:
                kept.append(one)
            elif role not in best or best[role][2] < probability:
                best[role] = one
        return tuple(FoundArgument(self.roles[role], word, p) for word, role, p in sorted([*kept, *best.values()]))

    def _mentions(
        self, scores: Arrays, heads: Sequence[int], upos: Sequence[str]
    ) -> tuple[tuple[FoundMention, ...], tuple[FoundSpan, ...]]:
        spans = scores["spans"][1:, 1:]
        candidates = spans_above(spans, min(NAME, SPAN))
        names = chosen_spans(candidates, _NAMES, NAME, nested=False)
        mentions = []
        for span in chosen_spans(candidates, _MENTIONS, SPAN, nested=True):
            kind = _KINDS[span.label]
            label = span.label
            if kind == "actor":
                logits = scores["actor_start_logits"][span.start + 1] + scores["actor_end_logits"][span.end]
                label = ACTORS[int(logits.argmax())]
            head = span_head(span.start, span.end, heads, upos)
            name = _name_in(span, head, names) if kind in {"actor", "place"} else None
            mentions.append(FoundMention(span.start, span.end, kind, label, head, name, span.probability))
        return tuple(mentions), names

    def _events(self, scores: Arrays, mentions: Sequence[FoundMention]) -> tuple[FoundEvent, ...]:
        happening = 1.0 - scores["types"][1:, 0]
        words = np.nonzero(happening >= TRIGGER)[0]
        if not len(words):
            return ()
        taken: set[int] = set()
        found = []
        for word in sorted(words.tolist(), key=lambda w: (-float(happening[w]), w)):
            if word in taken:
                continue
            extent = _extent(scores["spans"][1:, 1:, _TRIGGERS], word)
            taken.update(extent)
            found.append(self._event(scores, word, extent, mentions))
        return tuple(_said(sorted(found, key=lambda e: e.words[0])))

    def _event(self, scores: Arrays, word: int, extent: range, mentions: Sequence[FoundMention]) -> FoundEvent:
        at = word + 1
        types = _ranked(TYPES[1:], scores["types"][at, 1:], KEEP)
        modes = [(MODE_LABELS[i].split("/")[1], float(scores["modes"][at, i])) for i in _MODES[types[0][0]]]
        cues = scores["cues"][at, 1:]
        cue = int(cues.argmax())
        return FoundEvent(
            (word, *(w for w in extent if w != word)),
            types,
            tuple(sorted(((m, p) for m, p in modes if p >= FLOOR), key=lambda x: -x[1])),
            tuple((c, p) for c, p in _ranked(CONTEXTS, scores["contexts"][at], FLOOR) if p >= FLOOR),
            _ranked(STATUSES, scores["statuses"][at], KEEP),
            _parties(scores, at, mentions),
            cue if cues[cue] >= CUE else None,
        )


_FITTING: Mapping[str, frozenset[str]] = {
    "actor": frozenset({"actor"}),
    "recipient": frozenset({"actor"}),
    "place": frozenset({"place", "actor"}),
    "time": frozenset({"time"}),
    "speaker": frozenset({"actor"}),
    "quantity": frozenset({"quantity"}),
}
"""Which kinds of mention a role can take."""


def _said(events: Sequence[FoundEvent]) -> Iterator[FoundEvent]:
    """The events, each with one speaker at most; where none was found for one whose cue is another's too, with that one's.

    Who is heard in a sentence vouches for all of what he says (decision 0305), so that one word of saying has one speaker.
    """
    own = [max((r for r in e.roles if r[0] == "speaker"), key=lambda r: r[2], default=None) for e in events]
    surest: dict[int, tuple[str, int, float]] = {}
    for event, speaker in zip(events, own, strict=True):
        if event.cue is not None and speaker and (event.cue not in surest or surest[event.cue][2] < speaker[2]):
            surest[event.cue] = speaker
    for event, speaker in zip(events, own, strict=True):
        if speaker is None and event.cue in surest:
            speaker = (*surest[event.cue][:2], PARTY["speaker"])
        yield replace(event, roles=tuple(r for r in event.roles if r[0] != "speaker") + ((speaker,) if speaker else ()))


def _parties(scores: Arrays, at: int, mentions: Sequence[FoundMention]) -> tuple[tuple[str, int, float], ...]:
    if not mentions:
        return ()
    starts = [m.start + 1 for m in mentions]
    ends = [m.end for m in mentions]
    logits = scores["event_start_logits"][at, starts] + scores["event_end_logits"][at, ends]
    probabilities = 1.0 / (1.0 + np.exp(-logits.astype(np.float64)))
    found = [
        (ROLES[role], number, float(probabilities[number, role]))
        for number, role in np.argwhere(probabilities >= [PARTY[role] for role in ROLES]).tolist()
        if mentions[number].kind in _FITTING[ROLES[role]]
    ]
    return tuple(f for f in found if not any(_shadows(g, f, mentions) for g in found))


def _shadows(one: tuple[str, int, float], other: tuple[str, int, float], mentions: Sequence[FoundMention]) -> bool:
    """Are both the same role, one mention inside the other, and `one` the more probable reading?"""
    a, b = mentions[one[1]], mentions[other[1]]
    if one[0] != other[0] or one[1] == other[1] or a.end <= b.start or b.end <= a.start:
        return False
    return (one[2] * a.probability, -one[1]) > (other[2] * b.probability, -other[1])


def _ranked(labels: Sequence[str], values: NDArray[np.float32], floor: float) -> tuple[tuple[str, float], ...]:
    """Labels with their values, best first; those under the floor are dropped but for the best one."""
    listed = values.tolist()
    order = sorted(range(len(listed)), key=lambda i: -listed[i])
    return tuple((labels[i], listed[i]) for n, i in enumerate(order) if n == 0 or listed[i] >= floor)


Candidate = tuple[float, int, int, int]
"""A span that may be chosen: minus its probability, first word, last word less first, number in `SPANS`."""


def spans_above(probabilities: NDArray[np.float32], floor: float) -> list[Candidate]:
    """Spans with at least this probability, the most probable first, then by place, shorter first.

    Args:
        probabilities: (n, n, labels): first word, last word, label.
    """
    starts, ends, labels = np.nonzero(probabilities >= floor)
    values = -probabilities[starts, ends, labels]
    found = zip(values.tolist(), starts.tolist(), (ends - starts).tolist(), labels.tolist(), strict=True)
    return sorted(f for f in found if f[2] >= 0)


def chosen_spans(
    candidates: Sequence[Candidate], columns: Sequence[int], floor: float, *, nested: bool
) -> tuple[FoundSpan, ...]:
    """Spans of some labels, best first where they clash: the same span twice, crossing, or (unless nested) overlapping.

    Args:
        columns: Labels to look at, numbers in `SPANS`.
        floor: Least probability.
    """
    kept: list[FoundSpan] = []
    for minus, start, more, label in candidates:
        if label not in columns or -minus < floor:
            continue
        end = start + more + 1
        if not any(_clash(start, end, k, nested) for k in kept):
            kept.append(FoundSpan(start, end, SPANS[label], -minus))
    return tuple(sorted(kept, key=lambda s: (s.start, -s.end)))


def _clash(start: int, end: int, other: FoundSpan, nested: bool) -> bool:
    if end <= other.start or other.end <= start:
        return False
    if not nested or (start, end) == (other.start, other.end):
        return True
    return not ((start <= other.start and other.end <= end) or (other.start <= start and end <= other.end))


def _name_in(span: FoundSpan, head: int, names: Sequence[FoundSpan]) -> str | None:
    """Type of the proper name that the mention's head is part of, or that is the mention but for its first words."""
    for name in names:
        inside = span.start <= name.start and name.end <= span.end
        if inside and (name.start <= head < name.end or name.end == span.end):
            return name.label
    return None


def _extent(triggers: NDArray[np.float32], word: int) -> range:
    """Words of the trigger around its head: the most probable trigger span that holds it, else the word alone."""
    block = triggers[: word + 1, word:]
    first, last = np.unravel_index(int(block.argmax()), block.shape)
    if block[first, last] < TRIGGER_EXTENT:
        return range(word, word + 1)
    return range(int(first), word + int(last) + 1)
