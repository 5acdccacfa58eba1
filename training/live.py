"""Scores from the network while it is still being trained: the same arrays as from the exported file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch

from dragoman.read.decode import Arrays
from dragoman.read.heads import Contract, heads
from dragoman.read.runtime import cut_to
from training.batches import Encoding, buckets
from training.examples import Example, LabelSets
from training.export import Exported
from training.model import Reader
from training.scoring import Scorer


def torch_scorer(model: Reader, labels: LabelSets, encoding: Encoding, temperatures: Mapping[str, float]) -> Scorer:
    """Scores from a torch model, in fp32."""
    contract = Contract(heads(relations=labels.relations, roles=labels.roles), (), "")
    exported = Exported(model, labels, temperatures)

    def score(examples: Sequence[Example]) -> list[Arrays]:
        found: dict[int, Arrays] = {}
        numbered = {id(e): i for i, e in enumerate(examples)}
        with torch.inference_mode():
            for group in buckets(examples, [encoding.length(e) for e in examples], 3000):
                batch = encoding.batch(group)
                markers = batch.markers if batch.markers is not None else torch.zeros((len(group), 2), dtype=torch.long)
                outputs = exported(batch.ids, batch.shapes, batch.firsts, markers)
                for row, example in enumerate(group):
                    size = len(example.words) + 1
                    found[numbered[id(example)]] = {
                        head.name: cut_to(head.name, output[row].numpy(), size)
                        for head, output in zip(contract.heads, outputs, strict=True)
                    }
        return [found[i] for i in range(len(examples))]

    return score
