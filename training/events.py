"""The event heads alone, taught on the states of the network as it is: `python -m training --events`.

Triggers, types, modes, contexts, statuses, parties and cues are read by small heads on the states of the upper layers for meaning.
When the corpus has grown, these heads learn from it in minutes, and all else that the file reads stays as it is: the states are
worked out once and kept.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from corpus.records import CorpusReport
from training import own
from training.batches import Batch, Encoding, buckets
from training.config import Heads
from training.examples import Example
from training.losses import event_losses, weighed
from training.model import Reader

log = logging.getLogger("training")

NAMES = (
    "event", "types", "modes", "contexts", "statuses", "trigger", "party_start", "party_end", "cue_word", "cues", "event_start", "event_end",
)  # fmt: skip
"""Modules of the network that learn."""


@dataclass(frozen=True, slots=True)
class Kept:
    """States of the words of some sentences (B, W, H), in halves, and what the heads are to say of them."""

    states: Tensor
    batch: Batch


def states_of(model: Reader, encoding: Encoding, examples: Sequence[Example], *, budget: int = 2500) -> list[Kept]:
    """The states of sentences, in batches of about as many word-pieces as `budget`."""
    model.eval()
    kept = []
    with torch.no_grad():
        for group in buckets(examples, [encoding.length(e) for e in examples], budget, random.Random(1)):
            batch = encoding.batch(group)
            states = model.words(model.meaning_states(model.encoder(batch.ids, batch.shapes)), batch.firsts)
            batch.forget_form()
            kept.append(Kept(states.half(), batch))
    return kept


def learn(model: Reader, plain: Sequence[Kept], dense: Sequence[Kept], plan: Heads) -> None:
    """Teach the heads; the model ends with the mean of their running average and of what they were."""
    learning = {n: p for n, p in model.named_parameters() if n.startswith(tuple(f"{name}." for name in NAMES))}
    for name, weight in model.named_parameters():
        weight.requires_grad = name in learning
    start = {n: p.detach().clone() for n, p in learning.items()}
    average = {n: p.detach().clone() for n, p in learning.items()}
    optimiser = torch.optim.AdamW(learning.values(), lr=plan.rate, weight_decay=0.01)
    chance = random.Random(plan.seed)
    model.set_dropout(None, plan.dropout)
    model.train()
    step, steps = 0, plan.epochs * (len(plain) + plan.dense * len(dense))
    for epoch in range(1, plan.epochs + 1):
        order = [*plain, *(k for _ in range(plan.dense) for k in dense)]
        chance.shuffle(order)
        total = 0.0
        for kept in order:
            for group in optimiser.param_groups:
                group["lr"] = plan.rate * min(1.0, step / plan.warm_up) * (1 - step / steps)
            total += _step(model, kept, optimiser, list(learning.values()))
            step += 1
            with torch.no_grad():
                for name, weight in learning.items():
                    average[name].lerp_(weight, plan.average)
        log.info("events, epoch %d: loss %.3f", epoch, total / len(order))
    with torch.no_grad():
        for name, weight in learning.items():
            weight.copy_(average[name].lerp(start[name], plan.start))
    model.eval()


def _step(model: Reader, kept: Kept, optimiser: torch.optim.Optimizer, learning: list[nn.Parameter]) -> float:
    found = weighed(event_losses(model.happening(model.drop(kept.states.float())), kept.batch))
    loss = torch.stack([*found.values()]).sum()
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(learning, 2.0)
    optimiser.step()
    return float(loss.item())


def triggers(model: Reader, kept: Sequence[Kept], count: int = 40_000) -> NDArray[np.float32]:
    """What the layer for triggers gives for words of these sentences, shape (words, width)."""
    rows = []
    with torch.no_grad():
        for k in kept:
            found = model.trigger(k.states.float())
            inside = torch.arange(found.shape[1])[None] <= k.batch.lengths[:, None]
            rows.append(found[inside].numpy())
            if sum(map(len, rows)) >= count:
                break
    return np.concatenate(rows)


def examples_of(reports: Sequence[CorpusReport]) -> tuple[list[Example], list[Example]]:
    """(sentences of plain reports, sentences of dense ones)."""
    plain: list[Example] = []
    dense: list[Example] = []
    for report in reports:
        (dense if own.is_dense(report) else plain).extend(own.sentences(report))
    return plain, dense
