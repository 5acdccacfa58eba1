"""Arc scores to a dependency tree with one root, and the phrase that a word heads.

Words count from 0 here and -1 stands for the root.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def tree(scores: Floats) -> list[int]:
    """Heads of the best tree with exactly one root.

    Args:
        scores: (words, words + 1); row i scores the heads of word i, column 0 the root, column j + 1 word j.
    Returns:
        Head of each word, -1 for the root's child.
    """
    count = scores.shape[0]
    if count == 1:
        return [-1]
    exact = scores.astype(np.float64)
    exact[np.arange(count), np.arange(count) + 1] = -np.inf
    heads = [int(h) - 1 for h in exact.argmax(1)]
    if heads.count(-1) == 1 and acyclic(heads):
        return heads
    return _spanning(exact)


def acyclic(heads: Sequence[int]) -> bool:
    """Whether every word leads to the root."""
    state = [0] * len(heads)  # 0 unseen, 1 on the way, 2 reaches the root
    for start in range(len(heads)):
        way, word = [], start
        while word != -1 and state[word] == 0:
            state[word] = 1
            way.append(word)
            word = heads[word]
        if word != -1 and state[word] == 1:
            return False
        for passed in way:
            state[passed] = 2
    return True


def _spanning(scores: NDArray[np.float64]) -> list[int]:
    """The best tree over all choices of its one root, the most promising first.

    With a given root, every other word takes its best head at most: once a tree reaches what the next root promises, it is best.
    """
    count = scores.shape[0]
    best = scores[:, 1:].max(1)
    promised = scores[:, 0] + (best.sum() - best)
    found: list[int] = []
    value = -np.inf
    for root in np.argsort(-promised, kind="stable").tolist():
        if value >= promised[root] - 1e-9:
            break
        heads = _rooted(scores, root)
        reached = float(scores[np.arange(count), np.asarray(heads) + 1].sum())
        if reached > value:
            found, value = heads, reached
    return found


def _rooted(scores: NDArray[np.float64], root: int) -> list[int]:
    """Heads of the best tree with this root, by Chu-Liu-Edmonds where the best heads alone make no tree."""
    heads: list[int] = scores[:, 1:].argmax(1).tolist()
    heads[root] = -1
    if acyclic(heads):
        return heads
    count = scores.shape[0]
    matrix = np.full((count + 1, count + 1), -np.inf)  # matrix[dependent, head], node 0 the root
    matrix[1:, 1:] = scores[:, 1:]
    matrix[root + 1] = -np.inf
    matrix[root + 1, 0] = 0.0
    return [h - 1 for h in _edmonds(matrix)[1:]]


def _edmonds(matrix: NDArray[np.float64]) -> list[int]:
    """Heads of the maximum spanning arborescence rooted in node 0; matrix[dependent, head], -inf where forbidden."""
    heads = matrix.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return [int(h) for h in heads]
    size = matrix.shape[0]
    inside = np.zeros(size, bool)
    inside[cycle] = True
    outer = [n for n in range(size) if not inside[n]]
    own = matrix[cycle, heads[cycle]]
    # The cycle becomes one node, the last of the smaller graph.
    small = np.full((len(outer) + 1, len(outer) + 1), -np.inf)
    small[:-1, :-1] = matrix[np.ix_(outer, outer)]
    leaving = matrix[np.ix_(outer, cycle)]
    small[:-1, -1] = leaving.max(1)
    entering = matrix[np.ix_(cycle, outer)] - own[:, None]
    small[-1, :-1] = entering.max(0)
    small_heads = _edmonds(small)
    result = [int(h) for h in heads]
    for i, node in enumerate(outer[1:], 1):
        head = small_heads[i]
        result[node] = cycle[int(leaving[i].argmax())] if head == len(outer) else outer[head]
    entry = small_heads[-1]
    broken = int(entering[:, entry].argmax())
    result[cycle[broken]] = outer[entry]
    return result


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    """Nodes of one cycle, [] when there is none."""
    state = np.zeros(len(heads), np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        way, node = [], start
        while state[node] == 0:
            state[node] = 1
            way.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return way[way.index(node) :]
        state[way] = 2
    return []


def children(heads: Sequence[int]) -> list[list[int]]:
    """Dependents of each word, in order."""
    found: list[list[int]] = [[] for _ in heads]
    for word, head in enumerate(heads):
        if head >= 0:
            found[head].append(word)
    return found


def span_head(start: int, end: int, heads: Sequence[int], upos: Sequence[str]) -> int:
    """The word of [start, end) whose head lies outside it; not a punctuation mark unless there is nothing else."""
    tops = [w for w in range(start, end) if not start <= heads[w] < end]
    return next((w for w in tops if upos[w] != "PUNCT"), tops[0] if tops else end - 1)
