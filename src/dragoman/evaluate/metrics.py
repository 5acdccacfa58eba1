"""The measures of the field, in percent, each defined where it is computed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

import numpy as np

Label = Hashable
Cluster = frozenset[Hashable]


def prf(right: float, found: float, gold: float) -> tuple[float, float, float]:
    """(precision, recall, F1) in percent from counts; 0 where a denominator is 0."""
    p = 100 * right / found if found else 0.0
    r = 100 * right / gold if gold else 0.0
    return p, r, (2 * p * r / (p + r) if p + r else 0.0)


def accuracy(gold: Sequence[Label], found: Sequence[Label]) -> float:
    """Share of equal pairs, in percent."""
    return 100 * sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold) if gold else 0.0


def per_class_f1(gold: Sequence[Label], found: Sequence[Label]) -> dict[Label, float]:
    """F1 of every label that occurs in gold or found, in percent."""
    right: Counter[Label] = Counter(g for g, f in zip(gold, found, strict=True) if g == f)
    in_gold, in_found = Counter(gold), Counter(found)
    return {label: prf(right[label], in_found[label], in_gold[label])[2] for label in {*in_gold, *in_found}}


def macro_f1(gold: Sequence[Label], found: Sequence[Label], labels: Iterable[Label] | None = None) -> float:
    """Mean of the per-class F1, in percent.

    `labels` None averages over the labels that occur in gold; a label found but never gold costs its class precision.
    """
    scores = per_class_f1(gold, found)
    chosen = sorted({*gold}, key=str) if labels is None else list(labels)
    return sum(scores.get(label, 0.0) for label in chosen) / len(chosen) if chosen else 0.0


def confusion(gold: Sequence[str], found: Sequence[str]) -> dict[str, dict[str, int]]:
    """Gold label -> found label -> count."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for g, f in zip(gold, found, strict=True):
        table[g][f] += 1
    return {g: dict(row) for g, row in table.items()}


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error (Guo et al. 2017): weighted mean of |accuracy - confidence| over equal-width bins; 0 to 1."""
    total, error = len(confidences), 0.0
    if not total:
        return 0.0
    index = [min(bins - 1, int(c * bins)) for c in confidences]
    for b in range(bins):
        members = [i for i in range(total) if index[i] == b]
        if members:
            mean = sum(confidences[i] for i in members) / len(members)
            hits = sum(right[i] for i in members) / len(members)
            error += len(members) / total * abs(mean - hits)
    return error


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on a sphere of 6,371 km (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(h)))


def _links(clusters: Iterable[Cluster], others: Sequence[Cluster]) -> tuple[int, int]:
    where = {m: i for i, c in enumerate(others) for m in c}
    right = total = 0
    for cluster in clusters:
        parts = {where[m] for m in cluster if m in where}
        missing = sum(m not in where for m in cluster)
        right += len(cluster) - (len(parts) + missing)
        total += len(cluster) - 1
    return right, total


def muc(gold: Sequence[Cluster], found: Sequence[Cluster]) -> tuple[float, float, float]:
    """Link-based coreference score (Vilain et al. 1995), in percent."""
    right_r, total_r = _links(gold, found)
    right_p, total_p = _links(found, gold)
    p = 100 * right_p / total_p if total_p else 0.0
    r = 100 * right_r / total_r if total_r else 0.0
    return p, r, (2 * p * r / (p + r) if p + r else 0.0)


def b_cubed(gold: Sequence[Cluster], found: Sequence[Cluster]) -> tuple[float, float, float]:
    """Mention-based coreference score (Bagga and Baldwin 1998), in percent."""

    def one_way(a: Sequence[Cluster], b: Sequence[Cluster]) -> float:
        where = {m: c for c in b for m in c}
        scores = [len(c & where.get(m, frozenset())) / len(c) for c in a for m in c]
        return 100 * sum(scores) / len(scores) if scores else 0.0

    p, r = one_way(found, gold), one_way(gold, found)
    return p, r, (2 * p * r / (p + r) if p + r else 0.0)


def ceaf_e(gold: Sequence[Cluster], found: Sequence[Cluster]) -> tuple[float, float, float]:
    """Entity-based CEAF with phi4 (Luo 2005), in percent, over the best one-to-one alignment."""
    if not gold or not found:
        return 0.0, 0.0, 0.0
    total = sum(_assign(_similarities(part_g, part_f)) for part_g, part_f in _components(gold, found))
    return prf(total, len(found), len(gold))


def _similarities(gold: Sequence[Cluster], found: Sequence[Cluster]) -> np.ndarray:
    return np.array([[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold])


def _components(gold: Sequence[Cluster], found: Sequence[Cluster]) -> list[tuple[list[Cluster], list[Cluster]]]:
    """Clusters grouped so that only those of one group can share a mention; keeps the assignment small."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(x: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    where = {m: i for i, c in enumerate(found) for m in c}
    for i, cluster in enumerate(gold):
        for m in cluster:
            if m in where:
                parent[root(("g", i))] = root(("f", where[m]))
    groups: dict[tuple[str, int], tuple[list[Cluster], list[Cluster]]] = defaultdict(lambda: ([], []))
    for i, cluster in enumerate(gold):
        groups[root(("g", i))][0].append(cluster)
    for i, cluster in enumerate(found):
        groups[root(("f", i))][1].append(cluster)
    return [pair for pair in groups.values() if pair[0] and pair[1]]


def _assign(weights: np.ndarray) -> float:
    """Largest total weight of a one-to-one assignment (Hungarian method, shortest augmenting paths), shape (rows, columns)."""
    cost = -weights if weights.shape[0] <= weights.shape[1] else -weights.T
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    match = np.zeros(m + 1, dtype=int)
    for i in range(1, n + 1):
        match[0] = i
        j0, least, way = 0, np.full(m + 1, np.inf), np.zeros(m + 1, dtype=int)
        used = np.zeros(m + 1, dtype=bool)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], np.inf, 0
            for j in range(1, m + 1):
                if used[j]:
                    continue
                reduced = cost[i0 - 1, j - 1] - u[i0] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, j0
                if least[j] < delta:
                    delta, j1 = least[j], j
            u[match[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            j0 = j1
            if match[j0] == 0:
                break
        while j0:
            match[j0] = match[way[j0]]
            j0 = way[j0]
    return float(-sum(cost[match[j] - 1, j - 1] for j in range(1, m + 1) if match[j]))
