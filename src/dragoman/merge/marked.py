"""Event mentions that somebody else has marked, clustered across documents: first which documents tell one story, then
which words in them name one act.

Documents meet by the words that are rare among them (tf-idf cosine, average link); within a story, mentions are joined
by the clues of `merge.wording`, again by average link. It is what the merging of coded events does, without its parties,
places and dates, which such files do not give.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dragoman.merge.wording import Corpus, Shown, frequencies, log_odds, shown

STORY_THRESHOLD = 0.14
"""Mean cosine above which groups of documents tell one story: loose, as the clues look at the likeness of documents again."""

EVENT_THRESHOLD = 0.42
"""Mean probability above which groups of mentions are one event. Both chosen on the train topics of ECB+."""

NAME_WEIGHT, NAME_SHARE = 1.5, 0.7
"""Words that are capitalised in this share of their uses weigh so much more for what a document is about."""

STOP = frozenset(
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
    folded = cache(lemma)
    flat = {name: [w for s in sentences for w in s] for name, sentences in documents.items()}
    names, likeness = compared(flat, folded)
    corpus = Corpus({name: i for i, name in enumerate(names)}, likeness, frequencies(flat, folded))
    story = dict(zip(names, _average_link(likeness, STORY_THRESHOLD), strict=True))
    told: dict[int, list[MarkedMention]] = defaultdict(list)
    for mention in mentions:
        told[story[mention.document]].append(mention)
    groups: dict[tuple[int, int], set[Hashable]] = defaultdict(set)
    for number, members in told.items():
        seen = [shown(m.document, m.sentence, m.words, m.positions, folded, STOP) for m in members]
        for mention, label in zip(members, _average_link(_probabilities(seen, corpus), EVENT_THRESHOLD), strict=True):
            groups[number, label].add(mention.key)
    return list(groups.values())


def _probabilities(seen: Sequence[Shown], corpus: Corpus) -> NDArray[np.float64]:
    """Of every two mentions, shape (mentions, mentions)."""
    found = np.zeros((len(seen), len(seen)))
    for i, a in enumerate(seen):
        for j in range(i):
            found[i, j] = found[j, i] = 1 / (1 + math.exp(-log_odds(a, seen[j], corpus)))
    return found


def compared(
    documents: Mapping[str, Sequence[str]], lemma: Callable[[str], str]
) -> tuple[list[str], NDArray[np.float64]]:
    """(names of the documents, cosine of every two, shape (documents, documents)); words of one document alone do not count."""
    names = sorted(documents)
    counts = [Counter(word for w in documents[n] if (word := _term(w, lemma))) for n in names]
    frequency = Counter(word for count in counts for word in count)
    kept = sorted(word for word, n in frequency.items() if n > 1)
    column = {word: i for i, word in enumerate(kept)}
    used = Counter(_term(w, lemma) for words in documents.values() for w in words)
    raised = Counter(_term(w, lemma) for words in documents.values() for w in words if w[:1].isupper())
    vectors = np.zeros((len(names), max(1, len(kept))))
    for row, count in enumerate(counts):
        for word in count.keys() & column.keys():
            rarity = math.log((len(names) + 1) / frequency[word])
            named = NAME_WEIGHT if raised[word] > NAME_SHARE * used[word] else 1.0
            vectors[row, column[word]] = (1 + math.log(count[word])) * rarity * named
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return names, vectors @ vectors.T


def _term(word: str, lemma: Callable[[str], str]) -> str:
    """A word as documents are compared by it: its lemma, or the figure; "" for those that say nothing."""
    if word.lower() in STOP:
        return ""
    return lemma(word.lower()) if word.isalpha() else word if any(c.isdigit() for c in word) else ""


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
