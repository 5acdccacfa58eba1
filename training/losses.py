"""One number per task from scores and targets, and their weighted sum."""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from training.batches import NOTHING, Batch, Events
from training.model import Form, Happening, Meaning, Reader

# Weight of each task's mean loss, and how many items a batch needs for the mean to count in full: where fewer are
# annotated, the sum is divided by this number, so that a lone item does not shout.
WEIGHTS: Mapping[str, tuple[float, int]] = {
    "upos": (1.0, 150),
    "arcs": (1.2, 150),
    "relations": (1.2, 150),
    "predicates": (1.0, 200),
    "roles": (1.0, 25),
    "spans": (3.0, 300),
    "actors": (0.5, 40),
    "types": (15.0, 300),
    "modes": (0.5, 20),
    "contexts": (0.2, 20),
    "statuses": (1.0, 20),
    "parties": (3.0, 20),
    "cues": (1.0, 20),
    "pair_types": (1.5, 8),
    "pair_statuses": (0.3, 8),
}


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Weighted loss of every task that the batch has targets for."""
    lower = model.encoder(batch.ids, batch.shapes)
    if batch.markers is not None:
        return weighed(_pair_losses(model, model.meaning_states(lower), batch))
    raw: Raw = {}
    if batch.upos is not None or batch.predicates is not None:
        form = model.form(model.form_states(lower), batch.firsts)
        raw |= _tree_losses(form, batch) | _frame_losses(form, batch)
    if batch.spans is not None or batch.types is not None:
        meaning = model.meaning(model.meaning_states(lower), batch.firsts)
        raw |= _span_losses(meaning, batch) | event_losses(meaning, batch)
    return weighed(raw)


Raw = dict[str, tuple[Tensor, int]]
"""Task to (summed loss, number of items)."""


def weighed(raw: Raw) -> dict[str, Tensor]:
    """The losses by task, each by its weight and its number of items."""
    return {name: WEIGHTS[name][0] * total / max(count, WEIGHTS[name][1]) for name, (total, count) in raw.items()}


def _cross_entropy(scores: Tensor, target: Tensor) -> tuple[Tensor, int]:
    total = F.cross_entropy(scores.float().flatten(0, -2), target.flatten(), ignore_index=NOTHING, reduction="sum")
    return total, int((target != NOTHING).sum())


def _binary(scores: Tensor, target: Tensor) -> Tensor:
    """Summed binary cross-entropy where the target is 0 or 1; -1 is unknown."""
    known = target >= 0
    return F.binary_cross_entropy_with_logits(scores.float()[known], target[known], reduction="sum")


def _tree_losses(scores: Form, batch: Batch) -> Raw:
    if batch.heads is None or batch.upos is None or batch.relations is None:
        return {}
    arcs = scores.arcs.float()
    places = torch.arange(arcs.shape[2])
    arcs = arcs.masked_fill((places > batch.lengths[:, None])[:, None, :], -1e4)
    heads = batch.heads.clamp(min=0)
    chosen = scores.relations.gather(2, heads[:, :, None, None].expand(-1, -1, 1, scores.relations.shape[-1])).squeeze(
        2
    )
    return {
        "upos": _cross_entropy(scores.upos, batch.upos),
        "arcs": _cross_entropy(arcs, batch.heads),
        "relations": _cross_entropy(chosen, batch.relations),
    }


def _frame_losses(scores: Form, batch: Batch) -> Raw:
    raw: Raw = {}
    if batch.predicates is not None:
        raw["predicates"] = _binary(scores.predicates, batch.predicates), int((batch.predicates >= 0).sum())
    if batch.roles is not None:
        sentence, word, target = batch.roles
        total, _ = _cross_entropy(scores.roles[sentence, word], target)
        raw["roles"] = total, len(word)
    return raw


def _span_losses(scores: Meaning, batch: Batch) -> Raw:
    if batch.spans is None:
        return {}
    gold, known = batch.spans
    n = gold.shape[1]
    first, last = torch.triu_indices(n - 1, n - 1) + 1
    inside = (last[None] <= batch.lengths[:, None]).float()
    each = F.binary_cross_entropy_with_logits(
        scores.spans[:, first, last].float(), gold[:, first, last], reduction="none"
    )
    total = (each * inside[..., None] * known[:, None, :]).sum()
    words = int(batch.lengths[known.any(1)].sum())
    raw: Raw = {"spans": (total, words)}
    if batch.actors is not None:
        row, start, end, label = batch.actors
        raw["actors"] = _cross_entropy(scores.actor_start[row, start] + scores.actor_end[row, end], label)
    return raw


def event_losses(scores: Happening, batch: Batch) -> Raw:
    """Summed losses of the event heads, for the batch's events."""
    if batch.types is None:
        return {}
    raw: Raw = {"types": _cross_entropy(scores.types, batch.types)}
    events = batch.events
    if events is None:
        return raw
    count = len(events.statuses)
    raw["modes"] = _binary(scores.modes[events.at], events.modes), count
    raw["contexts"] = _binary(scores.contexts[events.at], events.contexts), count
    raw["statuses"] = _cross_entropy(scores.statuses[events.at], events.statuses)
    raw["cues"] = _binary(scores.cues[events.at], events.cues), count
    raw["parties"] = _binary(party_scores(scores, events), events.parties), count
    return raw


def party_scores(scores: Happening, events: Events) -> Tensor:
    """Scores (M, roles) of each candidate mention in each role of each gold trigger."""
    row, word, first, last = events.pairs
    return scores.event_start[row, word, first] + scores.event_end[row, word, last]


def _pair_losses(model: Reader, states: Tensor, batch: Batch) -> Raw:
    assert batch.markers is not None
    assert batch.pair_types is not None
    assert batch.pair_statuses is not None
    types, statuses = model.relation(states, batch.markers)
    return {
        "pair_types": _cross_entropy(types, batch.pair_types),
        "pair_statuses": _cross_entropy(statuses, batch.pair_statuses),
    }
