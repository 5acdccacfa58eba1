"""What the verbs, nouns and adjectives that govern an act tell of its status: "plans to", "denied that", "a threat of"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.coding.grammar import Grammar
from dragoman.coding.status_claims import TOLD_AS
from dragoman.coding.status_words import CLEAR, STRONG, WEAK, Cue, auxiliary, cue_words, governing, reported_past

HIGHEST = 4
"""How many words up a governor is looked for."""

APART = frozenset({"parataxis", "appos", "root"})
"""Relations at which what stands above governs the act no longer."""

CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "obl"})
"""Relations of a verb that its governor speaks of."""

PHRASES = frozenset({"obj", "nsubj:pass", "obl", "nmod", "nsubj"})
"""Relations of a noun that its governor speaks of."""

DONE_TO = frozenset({"obj", "nsubj:pass", "nmod"})
"""Those of them by which the governing verb does something to the act, whatever the preposition."""

BY_PREPOSITION = frozenset(
    {
        ("refrain", "from"),
        ("hope", "for"),
        ("ask", "for"),
        ("plan", "for"),
        ("prepare", "for"),
        ("warn", "of"),
        ("warn", "against"),
        ("aim", "at"),
        ("push", "for"),
    }
)
"""Verbs and the prepositions by which they speak of an act."""

UNSURE_OF = frozenset(
    ["hope", "fear", "expect", "wonder", "doubt", "suggest", "propose", "demand", "ask", "threaten", "warn", "anticipate"]
)  # fmt: skip
"""Verbs that leave open what their "that" clause tells; others of the table ("agreed that it had ...") do not."""


def above(g: Grammar, start: int, trigger: frozenset[int]) -> Iterator[Cue]:
    """Cues from the words that govern the act, nearest first."""
    at = start
    for depth in range(HIGHEST):
        if _stands_apart(g, at):
            return
        head = g.tokens[at].head
        if g.tokens[at].deprel != "conj" and head not in trigger:
            yield from _governor(g, at, head, STRONG if depth == 0 else WEAK)
            if _goes_no_further(g, at, head, far=depth > 1):
                return
        at = head


def _stands_apart(g: Grammar, at: int) -> bool:
    """Whether nothing above the word speaks of it."""
    token = g.tokens[at]
    if token.head < 0 or token.deprel in APART:
        return True
    return token.deprel == "advcl" and not (
        g.is_infinitive(at) or g.case(at) in ("of", "from") or _gerund_object(g, at) or _falls_short(g, token.head)
    )


def _goes_no_further(g: Grammar, at: int, head: int, *, far: bool) -> bool:
    """Whether what stands above the governor says nothing of the act: it takes a whole clause, or is a far noun of no such sense."""
    if g.is_verb(head):
        return g.tokens[at].deprel == "ccomp"
    told = g.lemmas[head] in cue_words()["noun"]
    return g.tokens[head].upos == "NOUN" and not told and not g.is_verb(at) and far


def _governor(g: Grammar, at: int, head: int, weight: float) -> Iterator[Cue]:
    """The cues of one governing word."""
    words = cue_words()
    if g.is_verb(head):
        yield from _meaning(g, at, head, weight)
        yield from _negation(g, at, head)
        yield from _auxiliaries(g, at, head)
        return
    kind = {"ADJ": "adjective", "NOUN": "noun"}.get(g.tokens[head].upos)
    if kind == "noun" and g.tokens[at].deprel == "acl:relcl":
        return  # "a decision which prompted his resignation" decides nothing about it
    if kind and g.lemmas[head] in words[kind]:
        yield Cue(*words[kind][g.lemmas[head]], head, weight)


def _meaning(g: Grammar, at: int, verb: int, weight: float) -> Iterator[Cue]:
    """What the governing verb means for the act: "plans", "denied", "called off"."""
    lemma = governing(g, verb)
    told = cue_words()["verb"].get(lemma)
    finite = g.tokens[at].deprel == "ccomp" and not g.is_infinitive(at)
    if told and finite and told[0] in ("future", "hypothetical"):
        if lemma in UNSURE_OF:
            yield Cue(*told, verb, WEAK)
    elif told and _speaks_of(g, at, lemma):
        denied = lemma == "deny" and (g.lemmas[at] in TOLD_AS or weight == STRONG)
        yield Cue(*told, verb, CLEAR if denied else weight)
    elif _falls_short(g, verb):
        yield Cue("negated", "it stopped short of it", verb, CLEAR)


def _falls_short(g: Grammar, verb: int) -> bool:
    """ "stopped short of", "fell short of"."""
    return g.lemmas[verb] in ("stop", "fall") and g.has(verb, "short")


def _speaks_of(g: Grammar, at: int, lemma: str) -> bool:
    """Whether the verb `lemma` takes the word below it as what it is about."""
    if _is_clause(g, at):
        return True
    relation = g.tokens[at].deprel
    if g.is_verb(at):  # "a meeting": a noun that the tree takes for a gerund
        return relation in ("obj", "nsubj:pass", "csubj:pass") and g.tokens[at].text.lower().endswith("ing")
    return relation in DONE_TO or (relation == "obl" and (lemma, g.case(at)) in BY_PREPOSITION)


def _is_clause(g: Grammar, at: int) -> bool:
    return g.is_verb(at) and g.tokens[at].deprel in CLAUSES


def _negation(g: Grammar, at: int, verb: int) -> Iterator[Cue]:
    """ "did not agree to": the governing verb is negated."""
    relation = g.tokens[at].deprel
    if not any(g.lemmas[c] in ("not", "n't", "never") for c in g.children[verb]):
        return
    if relation == "advcl" and not _gerund_object(g, at):
        return
    if _is_clause(g, at) or relation in ("obj", "nsubj:pass"):
        yield Cue("negated", "its governing verb is negated", verb, STRONG if relation != "ccomp" else WEAK)


def _auxiliaries(g: Grammar, at: int, verb: int) -> Iterator[Cue]:
    """ "would agree to": the governing verb is itself only possible, or to come."""
    words, relation = cue_words()["aux"], g.tokens[at].deprel
    if relation in ("ccomp", "advcl") or not (_is_clause(g, at) or (not g.is_verb(at) and relation in PHRASES)):
        return
    for child in g.children[verb]:
        text = auxiliary(g, child)
        if g.tokens[child].deprel.startswith("aux") and text in words:
            status, because = words[text]
            if text in ("would", "'d") and reported_past(g, verb):
                status = "future"
            yield Cue(status, because, child, WEAK)


def _gerund_object(g: Grammar, verb: int) -> bool:
    """ "rule out sending": a gerund close behind its verb is its object, whatever the tree calls it."""
    head = g.tokens[verb].head
    return (
        g.tokens[verb].text.lower().endswith("ing")
        and not g.case(verb)
        and head < verb
        and all(g.tokens[t].deprel == "compound:prt" for t in range(head + 1, verb))
    )
