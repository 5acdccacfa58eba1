"""Examples to batches of tensors: inputs for the network and targets for each layer, with -100 where nothing is known."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dragoman.read.heads import ACTORS, CONTEXTS, MARKERS, MODE_LABELS, ROLES, STATUSES, TYPES, UPOS
from dragoman.read.wordpiece import WordPieces
from training.examples import Example, Happening, LabelSets, head_of

NOTHING = -100  # torch's own mark for "no target"
NULL_ROLE = 0


@dataclass(slots=True)
class Batch:
    """Inputs and targets; targets of a layer that no sentence here has are None.

    Attributes:
        ids, shapes: (B, S) int64.
        firsts: (B, W) int64, first piece of each word, 0 for the root and for padding.
        lengths: (B,) int64, words.
    """

    examples: Sequence[Example]
    ids: Tensor
    shapes: Tensor
    firsts: Tensor
    lengths: Tensor
    upos: Tensor | None = None
    heads: Tensor | None = None
    relations: Tensor | None = None
    predicates: Tensor | None = None
    roles: tuple[Tensor, Tensor, Tensor] | None = None
    spans: tuple[Tensor, Tensor] | None = None
    actors: tuple[Tensor, Tensor, Tensor, Tensor] | None = None
    types: Tensor | None = None
    events: Events | None = None
    markers: Tensor | None = None
    pair_types: Tensor | None = None
    pair_statuses: Tensor | None = None

    def forget_form(self) -> None:
        """Drop the targets of trees, roles and mentions: those of events are wanted alone."""
        self.upos = self.heads = self.relations = self.predicates = self.roles = self.spans = self.actors = None


@dataclass(frozen=True, slots=True)
class Events:
    """Gold triggers of a batch, N in all, and candidate mentions for each, M in all."""

    at: tuple[Tensor, Tensor]  # sentence, word: (N,), (N,)
    modes: Tensor  # (N, modes) 0, 1, or -1 where the type has no such mode
    contexts: Tensor  # (N, contexts)
    statuses: Tensor  # (N,)
    cues: Tensor  # (N, W) 0, 1 or -1
    pairs: tuple[Tensor, Tensor, Tensor, Tensor]  # sentence, trigger, first word, last word: (M,) each
    parties: Tensor  # (M, roles) 0, 1 or -1


class Encoding:
    """Turns examples into batches with one vocabulary and one choice of labels."""

    def __init__(self, pieces: WordPieces, labels: LabelSets) -> None:
        self.pieces, self.labels = pieces, labels
        self.relation = {label: i for i, label in enumerate(labels.relations)}
        self.role = {label: i for i, label in enumerate(labels.roles)}
        self.span = {label: i for i, label in enumerate(labels.spans)}

    def length(self, example: Example) -> int:
        """Pieces of a sentence, [CLS] and [SEP] included."""
        return 2 + sum(len(self.pieces.pieces(word)[0]) for word in example.words)

    def batch(self, examples: Sequence[Example]) -> Batch:
        """Tensors of some sentences."""
        rows = [self._row(e.words) for e in examples]
        width, words = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
        batch = Batch(
            examples,
            ids=_padded([r[0] for r in rows], width),
            shapes=_padded([r[1] for r in rows], width),
            firsts=_padded([r[2] for r in rows], words),
            lengths=torch.tensor([len(e.words) for e in examples]),
        )
        if all(e.relation is not None for e in examples):
            self._pairs(batch, rows)
            return batch
        self._trees(batch, words)
        self._frames(batch, words)
        self._spans(batch, words)
        self._events(batch, words)
        return batch

    def _row(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        ids, shapes, firsts = [self.pieces.cls], [0], [0]
        for word in words:
            numbers, shape = self.pieces.pieces(word)
            firsts.append(len(ids))
            ids += numbers
            shapes += [shape] * len(numbers)
        return [*ids, self.pieces.sep], [*shapes, 0], firsts

    def _pairs(self, batch: Batch, rows: list[tuple[list[int], list[int], list[int]]]) -> None:
        opening = [self.pieces.ids[MARKERS[0]], self.pieces.ids[MARKERS[2]]]
        batch.markers = torch.tensor([[r[0].index(m) for m in opening] for r in rows])
        answers = [e.relation or ("none", None) for e in batch.examples]
        batch.pair_types = torch.tensor([TYPES.index(kind) for kind, _ in answers])
        batch.pair_statuses = torch.tensor([NOTHING if s is None else STATUSES.index(s) for _, s in answers])

    def _trees(self, batch: Batch, words: int) -> None:
        if not any(e.tree and e.gold_tree for e in batch.examples):
            return
        size = (len(batch.examples), words)
        batch.upos, batch.heads, batch.relations = (torch.full(size, NOTHING) for _ in range(3))
        for row, example in enumerate(batch.examples):
            tree = example.tree
            if tree is None or not example.gold_tree:
                continue
            n = len(example.words) + 1
            batch.upos[row, 1:n] = torch.tensor([UPOS.index(u) if u in UPOS else NOTHING for u in tree.upos])
            batch.heads[row, 1:n] = torch.tensor(tree.heads)
            batch.relations[row, 1:n] = torch.tensor([self.relation.get(r, NOTHING) for r in tree.relations])

    def _frames(self, batch: Batch, words: int) -> None:
        if not any(e.frames for e in batch.examples):
            return
        batch.predicates = torch.full((len(batch.examples), words), -1.0)
        sentence, word, targets = [], [], []
        for row, example in enumerate(batch.examples):
            if example.frames is None:
                continue
            n = len(example.words)
            known = example.frames.known
            if known is None:
                batch.predicates[row, 1 : n + 1] = 0.0
            elif len(known) > 1:
                batch.predicates[row, list(known)] = 0.0
            for frame in example.frames.frames:
                if not frame.auxiliary and batch.predicates[row, frame.word] >= 0:
                    batch.predicates[row, frame.word] = 1.0
                if frame.auxiliary or example.tree is None:
                    continue
                target = torch.full((words,), NOTHING)
                target[1 : n + 1] = NULL_ROLE
                for role, span in frame.arguments:
                    target[head_of(span, example.tree)] = self.role.get(role, NULL_ROLE)
                sentence.append(row)
                word.append(frame.word)
                targets.append(target)
        if targets:
            batch.roles = torch.tensor(sentence), torch.tensor(word), torch.stack(targets)

    def _spans(self, batch: Batch, words: int) -> None:
        if not any(e.layers for e in batch.examples):
            return
        known = torch.zeros((len(batch.examples), len(self.labels.spans)))
        gold = torch.zeros((len(batch.examples), words, words, len(self.labels.spans)))
        actor: tuple[list[int], ...] = ([], [], [], [])
        for row, example in enumerate(batch.examples):
            for layer in example.layers:
                if layer in self.span:
                    known[row, self.span[layer]] = 1.0
            for (first, last), label in example.spans:
                if label in self.span:
                    gold[row, first, last, self.span[label]] = 1.0
            for (first, last), label in example.actors:
                for column, value in zip(actor, (row, first, last, ACTORS.index(label)), strict=True):
                    column.append(value)
        batch.spans = gold, known
        if actor[0]:
            batch.actors = tuple(torch.tensor(c) for c in actor)  # type: ignore[assignment]

    def _events(self, batch: Batch, words: int) -> None:
        if all(e.events is None for e in batch.examples):
            return
        batch.types = torch.full((len(batch.examples), words), NOTHING)
        table = _EventTable(words)
        for row, example in enumerate(batch.examples):
            if example.events is None:
                continue
            batch.types[row, 1 : len(example.words) + 1] = 0
            seen: set[int] = set()
            for event in example.events:
                if event.word not in seen:  # two events on one word: the first one is learned
                    seen.add(event.word)
                    batch.types[row, event.word] = TYPES.index(event.type)
                    table.add(row, example, event)
        batch.events = table.tensors()


class _EventTable:
    """Rows of an `Events` being gathered."""

    def __init__(self, words: int) -> None:
        self.words = words
        self.at: tuple[list[int], list[int]] = ([], [])
        self.pairs: tuple[list[int], ...] = ([], [], [], [])
        self.modes: list[Tensor] = []
        self.contexts: list[Tensor] = []
        self.statuses: list[int] = []
        self.cues: list[Tensor] = []
        self.parties: list[Tensor] = []

    def add(self, row: int, example: Example, event: Happening) -> None:
        self.at[0].append(row)
        self.at[1].append(event.word)
        self.modes.append(
            torch.tensor([-1.0 if not m.startswith(event.type + "/") else float(m in event.modes) for m in MODE_LABELS])
        )
        self.contexts.append(torch.tensor([float(c in event.contexts) for c in CONTEXTS]))
        self.statuses.append(STATUSES.index(event.status))
        cue = torch.full((self.words,), -1.0)
        cue[1 : len(example.words) + 1] = 0.0
        for first, _ in event.cues:
            cue[first] = 1.0
        self.cues.append(cue)
        mentions = {span for span, label in example.spans if label not in {"trigger", "cue"}}
        for span in sorted(mentions | {p.span for p in event.parties}):
            target = torch.zeros(len(ROLES))
            for party in event.parties:
                if span in party.others and target[ROLES.index(party.role)] == 0:
                    target[ROLES.index(party.role)] = -1.0
            for party in event.parties:
                if span == party.span:
                    target[ROLES.index(party.role)] = 1.0
            for column, value in zip(self.pairs, (row, event.word, *span), strict=True):
                column.append(value)
            self.parties.append(target)

    def tensors(self) -> Events | None:
        if not self.modes:
            return None
        return Events(
            at=(torch.tensor(self.at[0]), torch.tensor(self.at[1])),
            modes=torch.stack(self.modes),
            contexts=torch.stack(self.contexts),
            statuses=torch.tensor(self.statuses),
            cues=torch.stack(self.cues),
            pairs=tuple(torch.tensor(c, dtype=torch.long) for c in self.pairs),  # type: ignore[arg-type]
            parties=torch.stack(self.parties) if self.parties else torch.zeros((0, len(ROLES))),
        )


def _padded(rows: Sequence[Sequence[int]], width: int) -> Tensor:
    out = torch.zeros((len(rows), width), dtype=torch.long)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row)
    return out


Layers = tuple[bool, bool, bool]


def layers(example: Example) -> Layers:
    """What an example has targets for: a relation, form, meaning. Batches of one kind spare the upper layers of the other."""
    form = example.frames is not None or (example.tree is not None and example.gold_tree)
    return example.relation is not None, form, bool(example.layers) or example.events is not None


def buckets(
    examples: Sequence[Example],
    lengths: Sequence[int],
    budget: int,
    chance: random.Random | None = None,
    together: int = 1,
) -> Iterator[list[Example]]:
    """Groups of sentences of like length and with like layers whose padded pieces stay within the budget.

    With `chance` the groups come in random order and like lengths are mixed anew each time; `together` groups that follow each
    other are alike, so that as many processes need about as long for theirs.
    """

    def key(i: int) -> tuple[Layers, float]:
        return layers(examples[i]), lengths[i] + (chance.uniform(-2, 2) if chance else 0.0)

    order = sorted(range(len(examples)), key=key)
    groups: list[list[Example]] = [[]]
    longest = 0
    for i in order:
        full = (len(groups[-1]) + 1) * max(longest, lengths[i]) > budget
        other = groups[-1] and layers(groups[-1][-1]) != layers(examples[i])
        if groups[-1] and (full or other):
            groups.append([])
            longest = 0
        groups[-1].append(examples[i])
        longest = max(longest, lengths[i])
    packs = [groups[i : i + together] for i in range(0, len(groups), together)]
    if chance:
        chance.shuffle(packs)
    yield from (g for pack in packs for g in pack if g)
