"""Trees by model for sentences that have none: only to find the head word of a span, never to learn parsing from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.read.runtime import Reader
from training.examples import Example, Tree, head_of


def with_trees(examples: Sequence[Example], reader: Reader) -> list[Example]:
    """The examples; those that need heads (roles, triggers) and have no tree get one from the reader."""
    wanting = [i for i, e in enumerate(examples) if e.tree is None and (e.frames is not None or e.events)]
    found = reader.analyse([examples[i].words for i in wanting])
    out = [_headed(e, e.tree) if e.tree is not None else e for e in examples]
    for i, analysis in zip(wanting, found, strict=True):
        tree = Tree(analysis.upos, tuple(h + 1 for h in analysis.heads), analysis.relations)
        out[i] = _headed(examples[i].with_tree(tree), tree)
    return out


def _headed(example: Example, tree: Tree) -> Example:
    """Put each event on the syntactic head of its trigger."""
    if not example.events:
        return example
    return replace(example, events=tuple(replace(e, word=head_of(e.trigger, tree)) for e in example.events))
