"""A sentence as a tree that can be asked who does what: deep subjects and objects through passives, relatives, control and coordination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from dragoman.records import Predicate, Sentence, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
OBJECT_CONTROL = frozenset(
    [
        "ask",
        "urge",
        "order",
        "tell",
        "force",
        "compel",
        "persuade",
        "convince",
        "allow",
        "permit",
        "enable",
        "help",
        "let",
        "make",
        "get",
        "want",
        "expect",
        "call",
        "press",
        "push",
        "encourage",
        "invite",
        "instruct",
        "direct",
        "command",
        "require",
        "request",
        "beg",
        "implore",
        "advise",
        "warn",
        "forbid",
        "prompt",
        "lead",
        "cause",
        "drive",
        "oblige",
        "authorize",
        "authorise",
        "mandate",
        "appoint",
        "nominate",
        "pressure",
    ]
)
"""Verbs whose object is the subject of their infinitive ("urged Moscow to leave")."""

CLAUSES = frozenset(
    {"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "root", "csubj:pass", "advcl:relcl"}
)
PAPERS = frozenset(
    [
        "statement",
        "report",
        "letter",
        "resolution",
        "note",
        "message",
        "petition",
        "declaration",
        "communiqué",
        "communique",
        "speech",
        "tweet",
        "article",
        "editorial",
        "motion",
        "bill",
        "law",
        "decree",
        "order",
        "call",
        "appeal",
        "petition",
        "draft",
        "document",
        "interview",
        "post",
        "open-letter",
        "memo",
        "motion",
        "telegram",
        "cable",
        "warning",
        "campaign",
        "comment",
        "remark",
    ]
)
"""Nouns that speak for whoever issues them ("put out a report accusing ...")."""

CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "today",
        "yesterday",
        "tomorrow",
        "week",
        "weekend",
        "month",
        "year",
        "morning",
        "evening",
        "afternoon",
        "night",
    ]
)

RELATIVE_WORDS = frozenset({"who", "which", "that", "whom", "whose"})


class Grammar:
    """One sentence's tree. Tokens are named by their index; nothing is computed before it is asked for."""

    __slots__ = ("__dict__", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: Sequence[Token] = sentence.tokens
        self.filled: dict[tuple[int, str], tuple[int, ...]] = {}  # by token and slot, kept by `slots.fill`
        self._cases: dict[int, str] = {}
        self._passives: dict[int, bool] = {}

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

    # --- verbs -----------------------------------------------------------------------------------------------------

    def is_verb(self, token: int) -> bool:
        """Whether the token is a verb by its tag."""
        return self.tokens[token].upos in ("VERB", "AUX")

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
        ) or word in _SAME_PARTICIPLE

    def subject(self, verb: int) -> list[int]:
        """Deep subjects: who does it. Empty when the sentence does not say."""
        if self.passive(verb):
            return self.agent(verb)
        return self._surface_subject(verb)

    def objects(self, verb: int) -> list[int]:
        """Deep objects: whom it is done to."""
        if self.passive(verb):
            return self._surface_subject(verb)
        found = [c for c in self.children[verb] if self.tokens[c].deprel == "obj" and not self._prepositional(c)]
        if not found:
            found = [c for c in self.children[verb] if self.tokens[c].deprel == "iobj"]
        if not found:
            found = self._relative_object(verb)
        if (
            not found and self.lemmas[verb] == "call"
        ):  # "called Foreign Minister Lavrov": a name taken for what he is called
            found = [
                c for c in self.children[verb] if self.tokens[c].deprel == "xcomp" and self.tokens[c].upos == "PROPN"
            ][-1:]
        if not found and self.tokens[verb].deprel != "conj":
            shared = [c for c in self.children[verb] if self.tokens[c].deprel == "conj" and self.is_verb(c)]
            if shared and self._adjacent_share(verb, shared[0]):
                found = [c for c in self.children[shared[0]] if self.tokens[c].deprel == "obj"]
        return self._spread(found) or self._role(verb, "ARG1")

    def agent(self, verb: int) -> list[int]:
        """The `by` phrase of a passive."""
        found = [
            c for c in self.children[verb]
            if self.tokens[c].deprel in ("obl:agent", "obl", "nmod") and self.case(c) == "by" and not self._is_time(c)
        ]  # fmt: skip
        return self._spread(found) or self._role(verb, "ARG0")

    def _surface_subject(self, verb: int, depth: int = 0) -> list[int]:
        if depth > 8:
            return []
        own = [c for c in self.children[verb] if self.tokens[c].deprel in SUBJECTS]
        own = [c for c in own if not self._expletive(c) and self.lemmas[c] != "whom"]
        if len(own) > 1:
            own = [c for c in own if self.lemmas[c] not in RELATIVE_WORDS] or own
        token = self.tokens[verb]
        if own:
            first = own[0]
            if self.lemmas[first] in RELATIVE_WORDS and token.deprel in ("acl:relcl", "conj"):
                clause = self.first_conjunct(verb)
                antecedent = self.tokens[clause].head
                if antecedent >= 0:
                    return self._spread([antecedent])
            return self._spread(own)
        head = token.head
        if head < 0:
            return []
        relation = token.deprel
        if relation == "conj" and self.tokens[head].upos in ("VERB", "AUX", "ADJ", "NOUN"):
            if self.is_verb(head):
                return self._surface_subject(head, depth + 1)
            return self._surface_subject(head, depth + 1)
        if relation == "xcomp":
            return self._controller(head, depth)
        if relation in ("acl", "amod"):
            if self.tokens[head].upos not in ("NOUN", "PROPN", "PRON", "NUM") or self._infinitive(verb):
                return self._noun_owner(head, depth)
            if relation == "acl" and self.tokens[head].upos == "NOUN" and self.lemmas[head] in PAPERS:
                return self._noun_owner(head, depth) or self._spread([head])
            return self._spread([head])
        if relation == "acl:relcl":
            return self._spread([head]) if not self._relativised_elsewhere(verb) else []
        if relation == "advcl":
            if self.case(verb) in ("of", "for") and self.lemmas[head] in CHARGING and self.is_verb(head):
                return self.objects(head)  # "accused Kyiv of shelling": the accused shells
            return self._surface_subject(head, depth + 1)
        if relation == "ccomp" and self.is_verb(head) and self._nonfinite(verb):
            return self._surface_subject(head, depth + 1)  # "denied having met"
        return []

    def _nonfinite(self, verb: int) -> bool:
        """Whether the verb is a gerund, alone or with "having" or "being"."""
        auxiliaries = [c for c in self.children[verb] if self.tokens[c].deprel.startswith("aux")]
        first = min(auxiliaries, default=verb)
        return self.tokens[first].text.lower().endswith("ing")

    def _controller(self, head: int, depth: int) -> list[int]:
        """Subject of an infinitive or gerund under `head`."""
        if self.lemmas[head] in OBJECT_CONTROL and self.is_verb(head):
            if self.passive(head):
                return self._surface_subject(head, depth + 1)
            found = [c for c in self.children[head] if self.tokens[c].deprel in ("obj", "iobj")]
            if found:
                return self._spread(found)
        if self.lemmas[head] in CHARGING:
            return self.objects(head)
        return self._surface_subject(head, depth + 1)

    def _noun_owner(self, noun: int, depth: int) -> list[int]:
        """Who owns the plan in "its plan to attack", or who decided in "took a decision to attack"."""
        owner = self.child(noun, "nmod:poss")
        if owner is not None:
            return self._spread([owner])
        head = self.tokens[noun].head
        if self.tokens[noun].deprel in ("obj", "obl") and head >= 0 and self.is_verb(head):
            return self._surface_subject(head, depth + 1)
        return []

    def _relativised_elsewhere(self, verb: int) -> bool:
        """Whether the relative word is no subject ("the town where ..", "whom they met")."""
        return any(
            self.lemmas[c] in ("where", "when", "why", "whom")
            or (self.lemmas[c] in RELATIVE_WORDS and self.tokens[c].deprel == "obj")
            for c in self.children[verb]
        )

    def _relative_object(self, verb: int) -> list[int]:
        """The antecedent as object: "the men (whom) they arrested"."""
        token = self.tokens[verb]
        if token.deprel != "acl:relcl" or token.head < 0:
            return []
        own = [
            c for c in self.children[verb] if self.tokens[c].deprel == "nsubj" and self.lemmas[c] not in RELATIVE_WORDS
        ]
        if not own:
            return []
        if any(self.lemmas[c] in ("where", "when", "why") for c in self.children[verb]):
            return []
        return [token.head]

    def _adjacent_share(self, verb: int, other: int) -> bool:
        """ "seized and destroyed the goods": nothing of weight between the two verbs."""
        return all(self.tokens[i].upos in ("CCONJ", "PUNCT", "ADV", "AUX") for i in range(verb + 1, other))

    def _prepositional(self, token: int) -> bool:
        return any(
            self.tokens[c].deprel == "case" and c < token and self.tokens[c].upos == "ADP" for c in self.children[token]
        )

    def _infinitive(self, verb: int) -> bool:
        return any(self.lemmas[c] == "to" and self.tokens[c].deprel == "mark" for c in self.children[verb])

    def _expletive(self, token: int) -> bool:
        return self.tokens[token].deprel == "expl" or self.lemmas[token] == "there"

    def _is_time(self, token: int) -> bool:
        return self.lemmas[token] in CALENDAR or any(
            m.kind == "time" and m.token_start <= token < m.token_end for m in self.sentence.mentions
        )

    def _role(self, verb: int, role: str) -> list[int]:
        """What the model of semantic roles gives where the tree is silent."""
        predicate = self.predicates.get(verb)
        if predicate is None:
            return []
        found = [a.head for a in predicate.arguments if a.role == role and a.head != verb]
        return [h for h in self._spread(found) if not self.is_below(verb, h)]

    def _spread(self, heads: list[int]) -> list[int]:
        """Coordinated heads, each once; relative words replaced by what they stand for."""
        found: list[int] = []
        for head in heads:
            for word in self.conjuncts(head):
                antecedent = self.antecedent(word)
                if antecedent not in found:
                    found.append(antecedent)
        return found

    def antecedent(self, token: int) -> int:
        """What "who" or "which" stands for; other words stand for themselves."""
        if self.lemmas[token] not in RELATIVE_WORDS or self.tokens[token].upos not in ("PRON", "SCONJ", "DET"):
            return token
        for above in self.ancestors(token):
            if self.tokens[above].deprel == "acl:relcl" and self.tokens[above].head >= 0:
                return self.tokens[above].head
        return token

    def phrases(self, token: int, preposition: str) -> list[int]:
        """Heads of phrases or gerund clauses that hang from the token with this preposition."""
        found = [
            c for c in self.children[token]
            if self.tokens[c].deprel.split(":")[0] in ("obl", "nmod", "advcl", "acl", "xcomp", "ccomp", "dep", "obj", "iobj", "parataxis")
            and (self.case(c) == preposition or self._leads(c) == preposition) and not (preposition == "to" and self._infinitive(c)) and not self._is_time(c)
        ]  # fmt: skip
        return self._spread(found)

    def _leads(self, phrase: int) -> str:
        """The preposition behind a particle that the tree took for one: "of" in "pulled out of the deal"."""
        first, _, rest = self.case(phrase).partition(" ")
        return rest if rest and first in PARTICLES else ""

    def particles(self, verb: int) -> list[int]:
        """Particles that the tree hangs from the phrase behind them: "out" in "pulled out of the deal"."""
        return [
            min(k for k in self.children[c] if self.tokens[k].deprel == "case")
            for c in self.children[verb]
            if self._leads(c)
        ]

    def infinitives(self, verb: int) -> list[int]:
        """Verbs of the to-infinitives that complement the verb (coordinated ones too)."""
        found = [
            c for c in self.children[verb]
            if self.tokens[c].deprel in ("xcomp", "ccomp", "advcl", "acl") and self._infinitive(c)
        ]  # fmt: skip
        return [w for c in found for w in self.conjuncts(c)]

    def clauses(self, verb: int) -> list[int]:
        """Heads of finite complement clauses ("that ..."), coordinated ones too."""
        found = [c for c in self.children[verb] if self.tokens[c].deprel == "ccomp" and not self._infinitive(c)]
        return [w for c in found for w in self.conjuncts(c)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from the first token to the last, end-exclusive."""
        return self.tokens[first].start, self.tokens[last].end


PARTICLES = frozenset({"out", "away", "back", "down", "off", "up", "over", "in", "through", "along"})
"""Words that make one with their verb, also before a preposition."""

CHARGING = frozenset(["accuse", "suspect", "blame", "charge", "convict", "stop", "prevent", "keep", "bar", "ban"])
"""Verbs whose object does, or would do, what the clause after them says."""

_SAME_PARTICIPLE = frozenset(
    ["hit", "cut", "put", "set", "hurt", "shut", "split", "spread", "cast", "beset", "burst", "rid", "upset", "overrun"]
)
