"""Temperatures: one number per head by which its scores are divided, so that probabilities mean what they say."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from dragoman.read.heads import SPANS
from training.batches import NOTHING, Batch, Encoding, buckets
from training.examples import Example
from training.losses import party_scores
from training.model import Form, Meaning, Reader


@dataclass(frozen=True, slots=True)
class Sample:
    """Scores and targets of one head: (N, labels) and (N,) for a choice, (N,) and (N,) for yes or no."""

    scores: Tensor
    targets: Tensor

    @property
    def choice(self) -> bool:
        """Is it a choice among labels rather than yes or no?"""
        return self.scores.dim() == 2

    def loss(self, temperature: float) -> float:
        """Mean negative log-likelihood at a temperature."""
        cooled = self.scores / temperature
        if self.choice:
            return float(F.cross_entropy(cooled, self.targets))
        return float(F.binary_cross_entropy_with_logits(cooled, self.targets.float()))

    def error(self, temperature: float, bins: int = 10) -> float:
        """Expected calibration error: mean gap between stated probability and share of right ones, over equal bins."""
        cooled = self.scores / temperature
        if self.choice:
            stated, label = cooled.softmax(-1).max(-1)
            right = (label == self.targets).float()
        else:
            stated, right = cooled.sigmoid(), self.targets.float()
        place = (stated * bins).long().clamp(max=bins - 1)
        gaps = 0.0
        for number in range(bins):
            inside = place == number
            if inside.any():
                gaps += float((stated[inside].mean() - right[inside].mean()).abs() * inside.sum())
        return gaps / len(stated)


def gather(model: Reader, encoding: Encoding, examples: Sequence[Example]) -> dict[str, Sample]:
    """Scores and targets of every head over development sentences."""
    found: dict[str, list[tuple[Tensor, Tensor]]] = defaultdict(list)
    with torch.inference_mode():
        for group in buckets(examples, [encoding.length(e) for e in examples], 3000):
            batch = encoding.batch(group)
            lower = model.encoder(batch.ids, batch.shapes)
            states = model.meaning_states(lower)
            if batch.markers is not None and batch.pair_types is not None and batch.pair_statuses is not None:
                types, statuses = model.relation(states, batch.markers)
                _choice(found["pair_types"], types, batch.pair_types)
                _choice(found["pair_statuses"], statuses, batch.pair_statuses)
                continue
            _form(found, model.form(model.form_states(lower), batch.firsts), batch)
            _meaning(found, model.meaning(states, batch.firsts), batch)
    return {
        name: Sample(torch.cat([s for s, _ in rows]), torch.cat([t for _, t in rows]))
        for name, rows in found.items()
        if sum(len(t) for _, t in rows) >= 50
    }


Rows = list[tuple[Tensor, Tensor]]


def _choice(rows: Rows, scores: Tensor, targets: Tensor) -> None:
    known = targets != NOTHING
    rows.append((scores[known], targets[known]))


def _yes_no(rows: Rows, scores: Tensor, targets: Tensor) -> None:
    """Only cases that are true or have some chance: the mass of sure noes says nothing about the probabilities we use."""
    known = (targets >= 0) & ((targets > 0) | (scores > -4.0))
    rows.append((scores[known], targets[known]))


def _form(found: dict[str, Rows], scores: Form, batch: Batch) -> None:
    if batch.predicates is not None:
        _yes_no(found["predicates"], scores.predicates, batch.predicates)
    if batch.roles is not None:
        sentence, word, target = batch.roles
        chosen = scores.roles[sentence, word]
        told = (target > 0) | ((chosen.argmax(-1) > 0) & (target != NOTHING))
        found["roles"].append((chosen[told], target[told]))


def _meaning(found: dict[str, Rows], scores: Meaning, batch: Batch) -> None:
    if batch.spans is not None:
        gold, known = batch.spans
        targets = torch.where(known[:, None, None, :] > 0, gold, -1.0)
        beyond = torch.arange(gold.shape[1])[None] > batch.lengths[:, None]
        targets = targets.masked_fill(beyond[:, None, :, None] | beyond[:, :, None, None], -1.0)
        _yes_no(found["spans"], scores.spans[..., : len(SPANS)], targets[..., : len(SPANS)])
    if batch.actors is not None:
        row, start, end, label = batch.actors
        _choice(found["actors"], scores.actor_start[row, start] + scores.actor_end[row, end], label)
    if batch.types is not None:
        told = (batch.types > 0) | ((batch.types == 0) & (scores.types.softmax(-1)[..., 0] < 0.98))
        found["types"].append((scores.types[told], batch.types[told]))
    if batch.events is not None:
        events = batch.events
        _yes_no(found["modes"], scores.modes[events.at], events.modes)
        _yes_no(found["contexts"], scores.contexts[events.at], events.contexts)
        _choice(found["statuses"], scores.statuses[events.at], events.statuses)
        _yes_no(found["cues"], scores.cues[events.at], events.cues)
        _yes_no(found["parties"], party_scores(scores, events), events.parties)


def temperatures(samples: dict[str, Sample]) -> dict[str, float]:
    """The temperature of least loss for each head, to two decimals, between 0.4 and 4."""
    return {name: round(_least(sample.loss, 0.4, 4.0), 2) for name, sample in samples.items()}


def _least(loss: Callable[[float], float], low: float, high: float) -> float:
    """Golden-section search on the logarithm of the argument."""
    a, b = math.log(low), math.log(high)
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(30):
        left, right = b - ratio * (b - a), a + ratio * (b - a)
        if loss(math.exp(left)) < loss(math.exp(right)):
            b = right
        else:
            a = left
    return math.exp((a + b) / 2)
