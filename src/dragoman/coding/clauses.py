"""The clauses and phrases of a tree: voice, infinitives and gerunds, complements, and what relative words stand for."""

from __future__ import annotations

from dragoman.coding.noun_classes import CALENDAR
from dragoman.coding.tree import Tree
from dragoman.coding.verb_classes import PARTICLES, UNCHANGED_PARTICIPLES
from dragoman.records import Sentence

RELATIVE_WORDS = frozenset({"who", "which", "that", "whom", "whose"})
COMPLEMENTS = frozenset(
    ["obl", "nmod", "advcl", "acl", "xcomp", "ccomp", "dep", "obj", "iobj", "parataxis"]
)  # fmt: skip
"""Relations by which a phrase or clause with a preposition hangs from its word, as parsers give them."""


class Clauses(Tree):
    """A tree that knows the form of its clauses and what stands with a word in phrases."""

    __slots__ = ()

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self._passives: dict[int, bool] = {}
        self._led: dict[int, dict[str, list[int]]] = {}

    # --- the form of a verb ----------------------------------------------------------------------------------------

    def passive(self, verb: int) -> bool:
        """Whether the verb is passive, also as a bare participle ("the man arrested on Friday")."""
        known = self._passives.get(verb)
        if known is None:
            known = self._passives[verb] = self._passive(verb)
        return known

    def _passive(self, verb: int) -> bool:
        token = self.tokens[verb]
        if any(self.tokens[c].deprel in ("aux:pass", "nsubj:pass", "csubj:pass") for c in self.children[verb]):
            return True
        if any(self.tokens[c].deprel in ("nsubj", "aux") for c in self.children[verb]):
            return False
        if not self._is_participle(verb):
            return False
        if token.deprel in ("acl", "amod", "acl:relcl", "advcl"):
            return self.child(verb, "obj") is None
        if token.deprel == "conj" and self.child(verb, "obj") is None:
            first = token.head
            return first >= 0 and self.is_verb(first) and self.passive(first)
        return False

    def _is_participle(self, verb: int) -> bool:
        word = self.tokens[verb].text.lower()
        return (
            word != self.lemmas[verb] and not word.endswith("ing") and not word.endswith("s")
        ) or word in UNCHANGED_PARTICIPLES

    def is_infinitive(self, verb: int) -> bool:
        """Whether the verb is a to-infinitive."""
        return any(self.lemmas[c] == "to" and self.tokens[c].deprel == "mark" for c in self.children[verb])

    def _gerund(self, verb: int) -> bool:
        """Whether the verb is a gerund, alone or with "having" or "being"."""
        auxiliaries = [c for c in self.children[verb] if self.tokens[c].deprel.startswith("aux")]
        first = min(auxiliaries, default=verb)
        return self.tokens[first].text.lower().endswith("ing")

    # --- complements of a word -------------------------------------------------------------------------------------

    def infinitives(self, verb: int) -> list[int]:
        """Verbs of the to-infinitives that complement the verb (coordinated ones too)."""
        found = [
            c for c in self.children[verb]
            if self.tokens[c].deprel in ("xcomp", "ccomp", "advcl", "acl") and self.is_infinitive(c)
        ]  # fmt: skip
        return [w for c in found for w in self.conjuncts(c)]

    def clauses(self, verb: int) -> list[int]:
        """Heads of finite complement clauses ("that ..."), coordinated ones too."""
        found = [c for c in self.children[verb] if self.tokens[c].deprel == "ccomp" and not self.is_infinitive(c)]
        return [w for c in found for w in self.conjuncts(c)]

    def phrases(self, token: int, preposition: str) -> list[int]:
        """Heads of phrases or gerund clauses that hang from the token with this preposition."""
        led = self._led.get(token)
        if led is None:
            led = self._led[token] = self._by_preposition(token)
        found = [c for c in led.get(preposition, ()) if not (preposition == "to" and self.is_infinitive(c))]
        return self.spread(found)

    def _by_preposition(self, token: int) -> dict[str, list[int]]:
        """What hangs from the token in phrases or clauses that are no times, by preposition: frames ask for many."""
        found: dict[str, list[int]] = {}
        for child in self.children[token]:
            if self.tokens[child].deprel.split(":")[0] in COMPLEMENTS and not self.is_time(child):
                for preposition in {self.case(child), self._leads(child)}:
                    found.setdefault(preposition, []).append(child)
        return found

    def _leads(self, phrase: int) -> str:
        """The preposition behind a particle that the tree took for one: "of" in "pulled out of the deal"."""
        first, _, rest = self.case(phrase).partition(" ")
        return rest if rest and first in PARTICLES else ""

    def particles(self, verb: int) -> list[int]:
        """Particles that the tree hangs from the phrase behind them: "out" in "pulled out of the deal"."""
        return [
            min(k for k in self.children[c] if self.tokens[k].deprel in ("case", "mark"))
            for c in self.children[verb]
            if self._leads(c)
        ]

    def phrasal(self, verb: int) -> str:
        """The verb with its particle, if it has one: "call off", "rule out"."""
        for child in self.children[verb]:
            relation = self.tokens[child].deprel
            if relation == "compound:prt" or (self.lemmas[child] in ("off", "out") and relation in ("advmod", "case")):
                return f"{self.lemmas[verb]} {self.lemmas[child]}"
        return self.lemmas[verb]

    def is_time(self, token: int) -> bool:
        """Whether the phrase says when: by a word of the calendar or by a mention of a time."""
        return self.lemmas[token] in CALENDAR or any(
            m.kind == "time" and m.token_start <= token < m.token_end for m in self.sentence.mentions
        )

    # --- what a word stands for ------------------------------------------------------------------------------------

    def antecedent(self, token: int) -> int:
        """What "who" or "which" stands for; other words stand for themselves."""
        if self.lemmas[token] not in RELATIVE_WORDS or self.tokens[token].upos not in ("PRON", "SCONJ", "DET"):
            return token
        for above in self.ancestors(token):
            if self.tokens[above].deprel == "acl:relcl" and self.tokens[above].head >= 0:
                return self.tokens[above].head
        return token

    def spread(self, heads: list[int]) -> list[int]:
        """Coordinated heads, each once; relative words replaced by what they stand for."""
        found: list[int] = []
        for head in heads:
            for word in self.conjuncts(head):
                antecedent = self.antecedent(word)
                if antecedent not in found:
                    found.append(antecedent)
        return found
