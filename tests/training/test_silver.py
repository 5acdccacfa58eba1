"""Names for treebank sentences: the tags say where, the reader says what."""

import numpy as np
import pytest

from dragoman.read.heads import SPANS
from training.examples import Example, Tree
from training.silver import _decided, runs

WORDS = ("The", "Bank", "of", "Japan", "hired", "Sue", "in", "May")
TREE = Tree(
    ("DET", "PROPN", "ADP", "PROPN", "VERB", "PROPN", "ADP", "PROPN"),
    (2, 5, 4, 2, 0, 5, 8, 5),
    ("det", "nsubj", "case", "nmod", "root", "obj", "case", "obl"),
)


def chances(**spans: tuple[tuple[int, int], float]) -> dict[str, np.ndarray]:
    scores = np.zeros((9, 9, len(SPANS)))
    for label, (span, chance) in spans.items():
        scores[(*span, SPANS.index(label))] = chance
    return {"spans": scores}


@pytest.mark.parametrize(
    ("scores", "wanted"),
    [
        pytest.param(
            chances(ORG=((2, 4), 0.9), LOC=((4, 4), 0.5), PER=((6, 6), 0.8)),
            [((2, 4), "ORG"), ((6, 6), "PER")],
            id="a longer span that the reader is sure of takes in its runs; a month is no name",
        ),
        pytest.param(
            chances(LOC=((4, 4), 0.5), PER=((6, 6), 0.2)), None, id="one run in doubt, and nothing is learned"
        ),
        pytest.param(chances(), [], id="no run is a name"),
    ],
)
def test_each_run_of_proper_nouns_is_decided_or_the_sentence_left_alone(
    scores: dict[str, np.ndarray], wanted: list[tuple[tuple[int, int], str]] | None
) -> None:
    assert _decided(Example("s", "ewt", WORDS, TREE), scores) == wanted


def test_runs_are_unbroken() -> None:
    assert list(runs(TREE)) == [(2, 2), (4, 4), (6, 6), (8, 8)]
