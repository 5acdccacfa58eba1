"""Event mentions that somebody else has marked, clustered across documents: first which documents tell one story, then
which words in them name one act.

Documents meet by the words that are rare among them (tf-idf cosine, average link); within a story, mentions whose head
has the same lemma are one event. It is what the merging of coded events does, without its parties, places and dates,
which such files do not give.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STORY_THRESHOLD = 0.12
"""Mean cosine above which groups of documents tell one story; chosen on the train topics of ECB+ (0.10 to 0.15 are level)."""

_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "to",
        "in",
        "for",
        "on",
        "with",
        "that",
        "is",
        "was",
        "were",
        "are",
        "has",
        "have",
        "had",
        "be",
        "been",
        "by",
        "at",
        "from",
        "it",
        "its",
        "his",
        "her",
        "as",
        "he",
        "she",
        "they",
        "this",
        "not",
        "will",
        "said",
        "who",
        "which",
        "after",
        "about",
        "but",
        "or",
        "their",
    ]
)


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A marked mention: its key, its document, its sentence's words, the positions of its own words, the sentence's number."""

    key: Hashable
    document: str
    words: tuple[str, ...]
    positions: tuple[int, ...]
    sentence: int


def cluster_marked(
    mentions: Sequence[MarkedMention], documents: Mapping[str, Sequence[Sequence[str]]], lemma: Callable[[str], str]
) -> list[set[Hashable]]:
    """Groups of keys; `documents` gives each document's sentences as words, `lemma` folds a word's forms."""
    story = stories({name: [w for s in sentences for w in s] for name, sentences in documents.items()}, lemma)
    groups: dict[tuple[int, str], set[Hashable]] = defaultdict(set)
    for mention in mentions:
        groups[story[mention.document], head_lemma(mention, lemma)].add(mention.key)
    return list(groups.values())


def head_lemma(mention: MarkedMention, lemma: Callable[[str], str]) -> str:
    """The lemma of the first content word of a mention."""
    own = [mention.words[i] for i in mention.positions]
    content = [w for w in own if w.lower() not in _STOP]
    return lemma((content or own)[0].lower())


def stories(documents: Mapping[str, Sequence[str]], lemma: Callable[[str], str]) -> dict[str, int]:
    """Document -> number of the story it tells."""
    names = sorted(documents)
    counts = [Counter(lemma(w.lower()) for w in documents[n] if w.isalpha() and w.lower() not in _STOP) for n in names]
    frequency = Counter(word for count in counts for word in count)
    column = {word: i for i, word in enumerate(sorted(frequency))}
    vectors = np.zeros((len(names), max(1, len(column))))
    for row, count in enumerate(counts):
        for word, times in count.items():
            vectors[row, column[word]] = (1 + math.log(times)) * math.log((len(names) + 1) / frequency[word])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return dict(zip(names, _average_link(vectors @ vectors.T, STORY_THRESHOLD), strict=True))


def _average_link(similarity: NDArray[np.float64], threshold: float) -> list[int]:
    """Agglomerative clustering by mean similarity, shape (n, n); label per row."""
    n = len(similarity)
    near, size, label = similarity.copy(), np.ones(n), list(range(n))
    np.fill_diagonal(near, -1)
    while n > 1:
        i, j = divmod(int(near.argmax()), n)
        if near[i, j] < threshold:
            break
        near[i] = (near[i] * size[i] + near[j] * size[j]) / (size[i] + size[j])
        near[:, i] = near[i]
        near[i, i] = near[j] = near[:, j] = -1
        size[i] += size[j]
        label = [i if x == j else x for x in label]
    return label
