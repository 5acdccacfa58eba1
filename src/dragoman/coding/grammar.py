"""Who does what in a sentence: deep subjects and objects through passives, relatives, control and coordination."""

from __future__ import annotations

from dragoman.coding.clauses import RELATIVE_WORDS, Clauses
from dragoman.coding.noun_classes import PAPERS
from dragoman.coding.verb_classes import CHARGING, OBJECT_CONTROL
from dragoman.records import Sentence

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
DEEPEST = 8
"""How many clauses up a subject is looked for; a tree read wrongly may be a ring."""


class Grammar(Clauses):
    """A sentence that can be asked who does what to whom, whatever the form it is said in."""

    __slots__ = ()

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.filled: dict[tuple[int, str], tuple[int, ...]] = {}  # by token and slot, kept by `slots.fill`

    def subject(self, verb: int) -> list[int]:
        """Deep subjects: who does it. Empty when the sentence does not say."""
        if self.passive(verb):
            return self.agent(verb)
        return self.surface_subject(verb)

    def objects(self, verb: int) -> list[int]:
        """Deep objects: whom it is done to."""
        if self.passive(verb):
            return self.surface_subject(verb)
        found = (
            [c for c in self.children[verb] if self.tokens[c].deprel == "obj" and not self._prepositional(c)]
            or [c for c in self.children[verb] if self.tokens[c].deprel == "iobj"]
            or self.relative_object(verb)
            or self._called(verb)
            or self._shared_object(verb)
        )
        return self.spread(found) or self._role(verb, "ARG1")

    def agent(self, verb: int) -> list[int]:
        """The `by` phrase of a passive."""
        found = [
            c for c in self.children[verb]
            if self.tokens[c].deprel in ("obl:agent", "obl", "nmod") and self.case(c) == "by" and not self.is_time(c)
        ]  # fmt: skip
        return self.spread(found) or self._role(verb, "ARG0")

    def _role(self, verb: int, role: str) -> list[int]:
        """What the model of semantic roles gives where the tree is silent."""
        predicate = self.predicates.get(verb)
        if predicate is None:
            return []
        found = [a.head for a in predicate.arguments if a.role == role and a.head != verb]
        return [h for h in self.spread(found) if not self.is_below(verb, h)]

    # --- subjects --------------------------------------------------------------------------------------------------

    def surface_subject(self, verb: int, depth: int = 0) -> list[int]:
        """The subject that the verb's form asks for: its own, else the one understood from the clause above."""
        if depth > DEEPEST:
            return []
        own = self._own_subjects(verb)
        if not own:
            return self._understood_subject(verb, depth)
        if self.lemmas[own[0]] in RELATIVE_WORDS and self.tokens[verb].deprel in ("acl:relcl", "conj"):
            antecedent = self.tokens[self.first_conjunct(verb)].head
            if antecedent >= 0:
                return self.spread([antecedent])
        return self.spread(own)

    def _own_subjects(self, verb: int) -> list[int]:
        """Subjects that hang from the verb; a relative word only where nothing else does."""
        own = [c for c in self.children[verb] if self.tokens[c].deprel in SUBJECTS]
        own = [c for c in own if not self._expletive(c) and self.lemmas[c] != "whom"]
        if len(own) > 1:
            own = [c for c in own if self.lemmas[c] not in RELATIVE_WORDS] or own
        return own

    def _understood_subject(self, verb: int, depth: int) -> list[int]:
        """The subject of a verb that has none of its own, by how its clause hangs from the word above."""
        head = self.tokens[verb].head
        if head < 0:
            return []
        match self.tokens[verb].deprel:
            case "conj" if self.tokens[head].upos in ("VERB", "AUX", "ADJ", "NOUN"):
                return self.surface_subject(head, depth + 1)
            case "xcomp":
                return self._controller(head, depth)
            case "acl" | "amod":
                return self._modified(verb, head, depth)
            case "acl:relcl":
                return [] if self._relativised_elsewhere(verb) else self.spread([head])
            case "advcl":
                if self.case(verb) in ("of", "for") and self.lemmas[head] in CHARGING and self.is_verb(head):
                    return self.objects(head)  # "accused Kyiv of shelling": the accused shells
                return self.surface_subject(head, depth + 1)
            case "ccomp" if self.is_verb(head) and self._gerund(verb):
                return self.surface_subject(head, depth + 1)  # "denied having met"
        return []

    def _controller(self, head: int, depth: int) -> list[int]:
        """Subject of an infinitive or gerund under `head`."""
        if self.lemmas[head] in OBJECT_CONTROL and self.is_verb(head):
            if self.passive(head):
                return self.surface_subject(head, depth + 1)
            found = [c for c in self.children[head] if self.tokens[c].deprel in ("obj", "iobj")]
            if found:
                return self.spread(found)
        if self.lemmas[head] in CHARGING:
            return self.objects(head)
        return self.surface_subject(head, depth + 1)

    def _modified(self, verb: int, head: int, depth: int) -> list[int]:
        """Subject of a participle or infinitive that modifies a noun: the noun, or who owns it or speaks by it."""
        if self.tokens[head].upos not in ("NOUN", "PROPN", "PRON", "NUM") or self.is_infinitive(verb):
            return self._noun_owner(head, depth)
        if self.tokens[verb].deprel == "acl" and self.tokens[head].upos == "NOUN" and self.lemmas[head] in PAPERS:
            return self._noun_owner(head, depth) or self.spread([head])
        return self.spread([head])

    def _noun_owner(self, noun: int, depth: int) -> list[int]:
        """Who owns the plan in "its plan to attack", or who decided in "took a decision to attack"."""
        owner = self.child(noun, "nmod:poss")
        if owner is not None:
            return self.spread([owner])
        head = self.tokens[noun].head
        if self.tokens[noun].deprel in ("obj", "obl") and head >= 0 and self.is_verb(head):
            return self.surface_subject(head, depth + 1)
        return []

    def _relativised_elsewhere(self, verb: int) -> bool:
        """Whether the relative word is no subject ("the town where ..", "whom they met")."""
        return any(
            self.lemmas[c] in ("where", "when", "why", "whom")
            or (self.lemmas[c] in RELATIVE_WORDS and self.tokens[c].deprel == "obj")
            for c in self.children[verb]
        )

    def _expletive(self, token: int) -> bool:
        return self.tokens[token].deprel == "expl" or self.lemmas[token] == "there"

    # --- objects ---------------------------------------------------------------------------------------------------

    def _prepositional(self, token: int) -> bool:
        return any(
            self.tokens[c].deprel == "case" and c < token and self.tokens[c].upos == "ADP" for c in self.children[token]
        )

    def relative_object(self, verb: int) -> list[int]:
        """The antecedent as object: "the men (whom) they arrested"."""
        token = self.tokens[verb]
        if token.deprel != "acl:relcl" or token.head < 0:
            return []
        own = [
            c for c in self.children[verb] if self.tokens[c].deprel == "nsubj" and self.lemmas[c] not in RELATIVE_WORDS
        ]
        if not own or any(self.lemmas[c] in ("where", "when", "why") for c in self.children[verb]):
            return []
        return [token.head]

    def _called(self, verb: int) -> list[int]:
        """ "called Foreign Minister Lavrov": a name that the tree takes for what he is called."""
        if self.lemmas[verb] != "call":
            return []
        return [c for c in self.children[verb] if self.tokens[c].deprel == "xcomp" and self.tokens[c].upos == "PROPN"][
            -1:
        ]

    def _shared_object(self, verb: int) -> list[int]:
        """ "seized and destroyed the goods": the second verb's object, with nothing of weight between the two."""
        if self.tokens[verb].deprel == "conj":
            return []
        other = next((c for c in self.children[verb] if self.tokens[c].deprel == "conj" and self.is_verb(c)), None)
        if other is None:
            return []
        if any(self.tokens[i].upos not in ("CCONJ", "PUNCT", "ADV", "AUX") for i in range(verb + 1, other)):
            return []
        return [c for c in self.children[other] if self.tokens[c].deprel == "obj"]
