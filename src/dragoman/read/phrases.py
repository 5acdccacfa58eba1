"""The phrase of a semantic role: from its head word and the dependency tree to a span of words."""

# ruff: noqa: SIM905  (word lists read better as lines of words)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.read.trees import children

_ONE_WORD = frozenset({"ARGM-MOD", "ARGM-NEG", "C-V", "ARGM-PRR", "ARGM-LVB"})
_OPEN, _CLOSE = "([\"“‘'`", ")]\"”’'"
# Dependents of a clause's head that are no part of it as an argument of what stands inside or above that clause.
_CLAUSAL = frozenset(
    (
        "nsubj nsubj:pass nsubj:outer csubj csubj:pass expl cop aux aux:pass mark cc punct discourse advcl parataxis"
    ).split()
)
_LEADING = frozenset({"case", "cc", "punct"})  # before an antecedent: "in ways that ...": "ways"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence as this module needs it: one entry per word, heads from 0, -1 for the root."""

    words: Sequence[str]
    upos: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]


class Phrases:
    """Spans of arguments in one sentence."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.children = children(parsed.heads)
        self._trees: dict[int, frozenset[int]] = {}

    def below(self, word: int) -> frozenset[int]:
        """The word and all that hangs from it."""
        if word not in self._trees:
            found, waiting = {word}, [word]
            while waiting:
                for child in self.children[waiting.pop()]:
                    found.add(child)
                    waiting.append(child)
            self._trees[word] = frozenset(found)
        return self._trees[word]

    def span(self, role: str, head: int, predicate: int) -> tuple[int, int]:
        """First word and end (exclusive) of the argument headed by `head`."""
        if role in _ONE_WORD or head == predicate:
            return head, head + 1
        words = set(self.below(head))
        if predicate in words:
            words = self._without(words, head, predicate)
        first = last = head
        while first - 1 in words:
            first -= 1
        while last + 1 in words:
            last += 1
        return self._trimmed(first, last, head)

    def _without(self, words: set[int], head: int, predicate: int) -> set[int]:
        """The phrase when the predicate stands inside it: a relative clause's antecedent, a copula's complement."""
        relations = self.parsed.relations
        branch = predicate
        while self.parsed.heads[branch] != head:
            branch = self.parsed.heads[branch]
        words -= self.below(branch)
        if relations[branch] in {"cop", "aux", "aux:pass"}:
            return self._complement(words, head, branch)
        antecedent = relations[branch] in {"acl:relcl", "acl", "amod", "nmod", "compound", "nmod:poss"}
        dropped = _LEADING if antecedent else _CLAUSAL | {"case", "conj"}
        for child in self.children[head]:
            if relations[child] in dropped:
                words -= self.below(child)
        return words

    def _complement(self, words: set[int], head: int, copula: int) -> set[int]:
        """What follows a copula: without subject and adverbs of the clause, without clauses that are coordinated."""
        relations = self.parsed.relations
        nominal = self.parsed.upos[head] in {"NOUN", "PROPN"}
        for child in self.children[head]:
            relation = relations[child]
            adverb = relation == "advmod" and (child < copula or (nominal and child < head))
            clause = relation == "conj" and any(
                relations[c] in _CLAUSAL - {"cc", "punct"} for c in self.children[child]
            )
            if relation in _CLAUSAL or adverb or clause:
                words -= self.below(child)
        return words

    def _trimmed(self, first: int, last: int, head: int) -> tuple[int, int]:
        """Without punctuation at the edges, unless it is paired or part of the last word."""
        words, upos = self.parsed.words, self.parsed.upos
        while first < head and upos[first] == "PUNCT":
            if words[first] in _OPEN and words[last] in _CLOSE and words[last] not in ",":
                break
            first += 1
        while last > head and upos[last] == "PUNCT":
            inner = words[first:last]
            if words[last] in _CLOSE and any(w in _OPEN for w in inner):
                break
            last -= 1
        return first, last + 1
