"""Trees from scores: always a tree with one root, the best one where it can be checked."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.read.trees import children, span_head, tree


def is_tree(heads: list[int]) -> bool:
    if heads.count(-1) != 1:
        return False
    for start in range(len(heads)):
        word, steps = start, 0
        while word != -1:
            word, steps = heads[word], steps + 1
            if steps > len(heads):
                return False
    return True


SCORES = st.integers(1, 9).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-20, 20, width=32)))


@given(SCORES)
def test_scores_become_a_tree(scores: np.ndarray) -> None:
    assert is_tree(tree(scores))


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.integers(-50, 50).map(float))))
def test_no_tree_scores_better(scores: np.ndarray) -> None:
    count = len(scores)

    def value(heads: list[int]) -> float:
        return float(sum(scores[d, h + 1] for d, h in enumerate(heads)))

    every = (list(h) for h in product(range(-1, count), repeat=count) if all(a != b for a, b in enumerate(h)))
    assert value(tree(scores)) == max(value(h) for h in every if is_tree(h))


def test_the_head_of_a_span_is_the_word_that_hangs_outside() -> None:
    heads, upos = [2, 2, 3, -1, 3], ["DET", "ADJ", "NOUN", "VERB", "PUNCT"]
    assert span_head(0, 3, heads, upos) == 2
    assert children(heads)[2] == [0, 1]
