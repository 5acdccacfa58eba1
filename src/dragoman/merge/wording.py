"""Marked mentions compared by their wording alone: a table of named clues with weights.

Weights come from a logistic regression on the train topics of ECB+ (four folds by topic: CoNLL F1 77.7).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.merge.acts import acts

WINDOW = 6
"""Words on either side of a mention that tell who and whom."""

MOST_DOCUMENTS_AGREE = 0.5
"""Cosine of two documents above which more likeness says no more; also what mentions of one document are given."""

REPORTING = frozenset(
    [
        "say",
        "tell",
        "report",
        "accord",
        "announce",
        "confirm",
        "state",
        "statement",
        "add",
        "note",
        "claim",
        "declare",
        "reveal",
        "inform",
        "explain",
        "comment",
    ]
)
LIGHT = frozenset("be have do make take get give go come set put keep it this that".split())  # noqa: SIM905
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A mention as the clues see it; words as lemmas.

    Attributes:
        head: Lemma of its first content word; `own` all its lemmas; `text` its words.
        left, right: Content words within WINDOW before and after; `sentence` all of the sentence but its own.
        capitals: Capitalised words of the sentence but the first; `numbers` figures within eight words.
    """

    document: str
    number: int
    head: str
    own: Words
    text: str
    left: Words
    right: Words
    sentence: Words
    capitals: Words
    numbers: Words

    @property
    def window(self) -> Words:
        """Both sides together."""
        return self.left | self.right


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the documents as a whole tell: likeness of documents, shape (documents, documents), and the rarity of words."""

    place: Mapping[str, int]
    likeness: NDArray[np.float64]
    frequency: Mapping[str, int]

    def rarity(self, word: str) -> float:
        """Inverse document frequency."""
        return math.log((len(self.place) + 1) / (self.frequency.get(word, 0) + 0.5))

    def alike(self, a: Words, b: Words) -> float:
        """Cosine of two sets of words, each weighted by its rarity."""
        if not a or not b:
            return 0.0
        one, two, both = (sum(self.rarity(w) ** 2 for w in words) for words in (a, b, a & b))
        return both / math.sqrt(one * two) if one and two else 0.0


def shown(
    document: str,
    number: int,
    words: Sequence[str],
    positions: Sequence[int],
    lemma: Callable[[str], str],
    stop: frozenset[str],
) -> Shown:
    """What the clues need of a mention at `positions` of the sentence `words`."""
    lemmas, own = [lemma(w.lower()) for w in words], set(positions)
    content = [i for i, w in enumerate(words) if w.lower() not in stop and w[0].isalnum() and i not in own]
    first, last = min(own), max(own)
    named = [i for i in positions if words[i].lower() not in stop] or list(positions)
    return Shown(
        document, number, lemmas[named[0]], frozenset(lemmas[i] for i in own if words[i].lower() not in stop),
        " ".join(words[i].lower() for i in sorted(own)), frozenset(lemmas[i] for i in content if first - WINDOW <= i < first),
        frozenset(lemmas[i] for i in content if last < i <= last + WINDOW), frozenset(lemmas[i] for i in content),
        frozenset(w.lower() for i, w in enumerate(words) if w[0].isupper() and i > 0 and i not in own),
        frozenset(w for i, w in enumerate(words) if w[0].isdigit() and abs(i - first) < 8),
    )  # fmt: skip


def log_odds(a: Shown, b: Shown, corpus: Corpus) -> float:
    """Log-odds that two mentions of documents of one story are one event."""
    return BIAS + sum(WEIGHTS[name] * strength for name, strength in _found(a, b, corpus).items() if strength)


def _found(a: Shown, b: Shown, corpus: Corpus) -> dict[str, float]:
    same = a.head == b.head
    synonym = not same and bool(acts().get(a.head, frozenset()) & acts().get(b.head, frozenset()))
    stem = not same and _one_stem(a.head, b.head)
    common = bool(a.own & b.own) and not same
    akin = same or synonym or stem or common
    reporting, light = a.head in REPORTING and b.head in REPORTING, same and a.head in LIGHT
    window, sentence = corpus.alike(a.window, b.window), corpus.alike(a.sentence, b.sentence)
    left, right = corpus.alike(a.left, b.left), corpus.alike(a.right, b.right)
    here = a.document == b.document
    near = here and a.number == b.number
    story = MOST_DOCUMENTS_AGREE if here else min(MOST_DOCUMENTS_AGREE, float(corpus.likeness[corpus.place[a.document], corpus.place[b.document]]))  # fmt: skip
    capitals = (
        len(a.capitals & b.capitals) / math.sqrt(len(a.capitals) * len(b.capitals))
        if a.capitals and b.capitals
        else 0.0
    )
    numbers = bool(a.numbers & b.numbers)
    return {
        "same head": same, "synonyms": synonym, "one stem": stem, "a word in common": common, "same text": a.text == b.text,
        "both report": reporting, "both report, like windows": reporting * window, "both report, like words before": reporting * left,
        "light verb": light, "light verb, like windows": light * window, "like windows": window, "like sentences": sentence,
        "like words before": left, "like words after": right, "same head, like windows": same * window, "same head, like sentences": same * sentence,
        "synonyms, like windows": synonym * window, "synonyms, like sentences": synonym * sentence, "one document": here, "one sentence": near,
        "one document, same head": here and same, "one sentence, same head": near and same, "one document, akin": here and (synonym or stem),
        "not akin, like windows": (not akin) * window, "not akin, like sentences": (not akin) * sentence, "short head": same and len(a.head) < 4,
        "a figure": a.head[0].isdigit() or b.head[0].isdigit(), "rare head": same * corpus.rarity(a.head) / 7, "one word of report": same and reporting,
        "like documents": story, "like documents, same head": story * same, "like documents, akin": story * (synonym or stem or bool(a.own & b.own)),
        "like documents, like windows": story * window, "two documents, same head": same and not here, "same head, same names": same * capitals,
        "same names": capitals, "same figures": numbers, "same head, other figures": same and bool(a.numbers and b.numbers) and not numbers,
    }  # fmt: skip


def _one_stem(a: str, b: str) -> bool:
    """Whether they begin alike: "negotiate" and "negotiation"."""
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 4 and shared >= 0.6 * min(len(a), len(b))


BIAS = -4.63
WEIGHTS: Mapping[str, float] = {
    "same head": 1.67, "synonyms": 2.25, "one stem": 0.54, "a word in common": 3.09, "same text": 0.45, "both report": -2.14,
    "both report, like windows": 4.37, "both report, like words before": 0.31, "light verb": -1.06, "light verb, like windows": 1.29,
    "like windows": 0.29, "like sentences": 0.35, "like words before": 0.33, "like words after": 1.09, "same head, like windows": -0.83,
    "same head, like sentences": 1.04, "synonyms, like windows": 0.68, "synonyms, like sentences": -0.54, "one document": 0.12, "one sentence": -1.82,
    "one document, same head": 2.09, "one sentence, same head": -2.1, "one document, akin": -0.51, "not akin, like windows": 3.03,
    "not akin, like sentences": -1.05, "short head": 0.6, "a figure": -0.21, "rare head": -3.4, "one word of report": -0.45, "like documents": 1.81,
    "like documents, same head": 2.84, "like documents, akin": 3.7, "like documents, like windows": -2.12, "two documents, same head": 1.64,
    "same head, same names": -0.07, "same names": -0.2, "same figures": 0.19, "same head, other figures": -0.21,
}  # fmt: skip


def frequencies(documents: Mapping[str, Sequence[str]], lemma: Callable[[str], str]) -> Counter[str]:
    """In how many documents each lemma stands."""
    return Counter(word for words in documents.values() for word in {lemma(w.lower()) for w in words if w.isalpha()})
