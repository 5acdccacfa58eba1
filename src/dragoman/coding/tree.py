"""A sentence as a dependency tree: heads, dependents, coordination, and the preposition or marker of a phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from dragoman.records import Predicate, Sentence, Token


class Tree:
    """One sentence's tree. Tokens are named by their index; nothing is computed before it is asked for."""

    __slots__ = ("__dict__", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: Sequence[Token] = sentence.tokens
        self._cases: dict[int, str] = {}

    @cached_property
    def children(self) -> list[list[int]]:
        """Dependents of each token, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if 0 <= token.head != index:
                found[token.head].append(index)
        return found

    @cached_property
    def predicates(self) -> dict[int, Predicate]:
        """Predicates by their token."""
        return {p.token: p for p in self.sentence.predicates}

    @cached_property
    def lemmas(self) -> list[str]:
        """Lower-case lemma of each token."""
        return [t.lemma.lower() for t in self.tokens]

    def ancestors(self, token: int) -> Iterator[int]:
        """Heads upwards, nearest first; stops at the root."""
        seen = {token}
        at = self.tokens[token].head
        while at >= 0 and at not in seen:
            seen.add(at)
            yield at
            at = self.tokens[at].head

    def below(self, token: int) -> list[int]:
        """The token and all under it, in order of the sentence."""
        found, waiting = {token}, [token]
        while waiting:
            for child in self.children[waiting.pop()]:
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return sorted(found)

    def is_below(self, token: int, above: int) -> bool:
        """Whether `above` is `token` or one of its heads."""
        return token == above or above in self.ancestors(token)

    def child(self, token: int, *relations: str) -> int | None:
        """The first dependent with one of the relations."""
        return next((c for c in self.children[token] if self.tokens[c].deprel in relations), None)

    def has(self, token: int, lemma: str, *relations: str) -> bool:
        """Whether a dependent with this lemma (and one of these relations, when given) is there."""
        return any(
            self.lemmas[c] == lemma and (not relations or self.tokens[c].deprel in relations)
            for c in self.children[token]
        )

    def conjuncts(self, token: int) -> list[int]:
        """The token and what is coordinated with it."""
        found = [token]
        for child in self.children[token]:
            if self.tokens[child].deprel == "conj":
                found += self.conjuncts(child)
        return found

    def first_conjunct(self, token: int) -> int:
        """The head of the coordination the token stands in."""
        seen = set()
        while self.tokens[token].deprel == "conj" and token not in seen:
            seen.add(token)
            token = self.tokens[token].head
        return token

    def case(self, token: int) -> str:
        """Preposition or marker of a phrase or clause, several joined by a space; "" when there is none."""
        known = self._cases.get(token)
        if known is None:
            known = self._cases[token] = self._case(token)
        return known

    def _case(self, token: int) -> str:
        words = [c for c in self.children[token] if self.tokens[c].deprel in ("case", "mark") and c < token]
        words += [g for c in words for g in self.children[c] if self.tokens[g].deprel == "fixed"]
        return " ".join(self.lemmas[c] for c in sorted(words))

    def is_verb(self, token: int) -> bool:
        """Whether the token is a verb by its tag."""
        return self.tokens[token].upos in ("VERB", "AUX")

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from the first token to the last, end-exclusive."""
        return self.tokens[first].start, self.tokens[last].end
