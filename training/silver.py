"""Names in treebank sentences that nobody marked: where they stand says the treebank's own tags, what they name says a reader.

Names of persons, organisations and places are annotated in few sentences of the web treebank's domain. Its gold tags say which
words are proper nouns, so that a reader has only to choose what each run of them names. A sentence with a run that it cannot
decide teaches nothing about names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.read.decode import Arrays
from dragoman.read.heads import NAMES, SPANS
from dragoman.read.runtime import Reader
from training.examples import Example, Span, Tree

SURE = 0.3  # least probability of the kind that a run is given
NO_NAME = 0.05  # a run whose best kind is less likely than this is no name of these kinds (a product, a month)
WIDER = 0.6  # least probability of a longer span around a run ("the Bank of Japan") that is taken in its place


def named(examples: Sequence[Example], reader: Reader) -> list[Example]:
    """The examples; those with a gold tree and no annotation of names get the layers `NAMES`, where every run is decided."""
    wanting = [i for i, e in enumerate(examples) if e.tree is not None and e.gold_tree and not e.layers & set(NAMES)]
    out = list(examples)
    pieces = [reader.piece(examples[i].words) for i in wanting]
    for number, scores in reader.scores(pieces):
        example = examples[wanting[number]]
        spans = _decided(example, scores)
        if spans is not None:
            out[wanting[number]] = replace(
                example, spans=(*example.spans, *spans), layers=example.layers | frozenset(NAMES)
            )
    return out


def _decided(example: Example, scores: Arrays) -> list[tuple[Span, str]] | None:
    """Kind and span of each run of proper nouns that is a name; None when one of them is in doubt."""
    assert example.tree is not None
    chances = scores["spans"][:, :, [SPANS.index(n) for n in NAMES]]
    found: dict[Span, str] = {}
    for first, last in runs(example.tree):
        wide = [
            (float(chances[a, b].max()), (a, b))
            for a in range(max(1, first - 4), first + 1)
            for b in range(last, min(len(example.words), last + 5) + 1)
            if (a, b) != (first, last) and chances[a, b].max() >= WIDER
        ]
        span = max(wide)[1] if wide else (first, last)
        best = float(chances[span].max())
        if NO_NAME <= best < SURE:
            return None
        if best >= SURE:
            found[span] = NAMES[int(chances[span].argmax())]
    return list(found.items())


def runs(tree: Tree) -> Iterator[Span]:
    """Unbroken runs of proper nouns, (first, last) from 1.

    >>> list(runs(Tree(("PROPN", "PROPN", "VERB", "PROPN"), (3, 1, 0, 3), ("nsubj", "flat", "root", "obj"))))
    [(1, 2), (4, 4)]
    """
    begin = 0
    for word, tag in enumerate((*tree.upos, None), 1):
        if tag == "PROPN":
            begin = begin or word
        elif begin:
            yield begin, word - 1
            begin = 0
