"""Marked mentions compared by their wording alone: a table of named clues with weights.

The weights are set by hand, in halves; the train topics of ECB+ were used to choose between them (CoNLL F1 76.6 there),
not to learn them: docs/decisions/0204.
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
    return BIAS + sum(WEIGHTS[name] * strength for name, strength in found(a, b, corpus).items() if strength)


def found(a: Shown, b: Shown, corpus: Corpus) -> dict[str, float]:
    """The strength of every clue, most in [0, 1]."""
    same = a.head == b.head
    synonym = not same and bool(acts().get(a.head, frozenset()) & acts().get(b.head, frozenset()))
    stem = not same and _one_stem(a.head, b.head)
    word = bool(a.own & b.own)
    report, light = a.head in REPORTING and b.head in REPORTING, same and a.head in LIGHT
    window = corpus.alike(a.window, b.window)
    here = a.document == b.document
    story = MOST_DOCUMENTS_AGREE
    if not here:
        story = min(story, float(corpus.likeness[corpus.place[a.document], corpus.place[b.document]]))
    return {
        "same head": same, "synonyms": synonym, "one stem": stem, "a word in common": word and not same, "same text": a.text == b.text,
        "both report": report, "both report, like windows": report * window, "light verb": light, "light verb, like windows": light * window,
        "like windows": window, "like sentences": corpus.alike(a.sentence, b.sentence), "like words before": corpus.alike(a.left, b.left),
        "like words after": corpus.alike(a.right, b.right), "one sentence": here and a.number == b.number, "one document, same head": here and same,
        "like documents": story, "like documents, same head": story * same, "like documents, akin": story * (synonym or stem or word),
        "same names": _names_in_common(a.capitals, b.capitals), "same figures": bool(a.numbers & b.numbers),
    }  # fmt: skip


def _names_in_common(a: Words, b: Words) -> float:
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def _one_stem(a: str, b: str) -> bool:
    """Whether they begin alike: "negotiate" and "negotiation"."""
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 4 and shared >= 0.6 * min(len(a), len(b))


BIAS = -4.0
WEIGHTS: Mapping[str, float] = {
    "same head": 2.0, "synonyms": 2.0, "one stem": 1.0, "a word in common": 2.0, "same text": 0.5,
    "both report": -2.0, "both report, like windows": 4.0,  # "said" is one event only where the same is said
    "light verb": -1.0, "light verb, like windows": 1.0,  # so with "take" and "make"
    "like windows": 1.0, "like sentences": 1.0, "like words before": 0.5, "like words after": 0.5,
    "one sentence": -1.5, "one document, same head": 1.0,
    "like documents": 1.0, "like documents, same head": 2.0, "like documents, akin": 2.0, "same names": 0.5, "same figures": 0.5,
}  # fmt: skip


def frequencies(documents: Mapping[str, Sequence[str]], lemma: Callable[[str], str]) -> Counter[str]:
    """In how many documents each lemma stands."""
    return Counter(word for words in documents.values() for word in {lemma(w.lower()) for w in words if w.isalpha()})
