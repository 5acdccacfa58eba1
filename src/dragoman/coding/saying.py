"""Verbs of speech and thought: who speaks, and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.coding.cue_nouns import noun_content
from dragoman.coding.cue_spans import carrier_of, cue_of, lead
from dragoman.coding.grammar import Grammar
from dragoman.coding.quotation import Quotation, cases, cue_words, is_time, quotation
from dragoman.coding.quotes import Quoted

VERBAL = ("say", "ask", "think", "want", "accuse", "call", "show", "seem")
PREPOSITIONS = ("to", "on", "for", "about", "of", "against", "with", "at", "in")
HEARERS = frozenset(["reporter", "reporters", "journalist", "us", "me", "him", "them"])
TELLING = frozenset(["tell", "assure", "inform", "remind", "notify"])
QUOTED_ONLY = frozenset(["continue", "speak", "smile", "laugh", "nod", "interrupt", "interject", "sigh"])
"""Verbs that are of speech only with words in quotation marks: "they continue to argue" is none."""


WHOM = frozenset(["invite", "encourage", "lobby", "press", "exhort", "instruct", "command", "coax", "nudge", "find"])
"""Verbs whose bare object is who is spoken to, never what is said."""
PHRASE_ONLY = frozenset(["look", "focus", "campaign", "rail"])
"""Verbs that are of speech or thought only with their preposition."""
QUESTIONS = frozenset(["if", "whether", "why", "what", "how", "who", "whom", "which", "when", "where"])


def kind_of(lemma: str) -> str | None:
    """The kind of a verb of speech or thought; None for other verbs."""
    words = cue_words()
    return next((kind for kind in VERBAL if lemma in words[kind]), None)


def verbal(g: Grammar, verb: int, quoted: Quoted) -> Quotation | None:
    """The quotation that a verb announces; None when it is no verb of speech or thought, or nothing is said."""
    lent = carried(g, verb, quoted)
    if lent is not None:
        return lent
    lemma = g.lemmas[verb]
    kind = kind_of(lemma)
    if kind is None:
        return None
    content, extra = _content(g, verb, kind, quoted)
    if not content:
        return None
    if lemma in QUOTED_ONLY and not extra and not any(quoted.at(g.tokens[t].start) for t in content):
        return None
    if _only_meant(g, verb) and not any(quoted.at(g.tokens[t].start) for t in content):
        return None
    holder = carrier_of(g, verb)
    sources = [] if kind == "seem" else [s for s in g.subject(verb if holder is None else holder) if s not in content]
    if kind == "want" and not sources and not any(g.is_verb(t) and g.tokens[t].head == verb for t in content):
        return None
    cue = cue_of(g, verb, content, extra)
    return quotation(g, quoted, kind, verb, sources=sources, cue=cue, content=content)


def _only_meant(g: Grammar, verb: int) -> bool:
    """Whether the verb is an infinitive that nothing leads up to: "a way to report profits", "hard to imagine"; nobody says it yet."""
    return g.is_infinitive(verb) and lead(g, verb) is None and g.tokens[verb].deprel in ("acl", "csubj", "xcomp")


def carried(g: Grammar, verb: int, quoted: Quoted) -> Quotation | None:
    """ "voiced support for X", "made a commitment to Y": a noun of speech with the verb that carries it."""
    words = cue_words()
    if g.lemmas[verb] not in words["carrier"]:
        return None
    noun = g.child(verb, "obj")
    if noun is None or not 0 < noun - verb <= 6 or g.lemmas[noun] not in words["noun"] | words["idiom_noun"]:
        return None
    content, cue = noun_content(g, noun)
    if not content:
        for child in g.children[verb]:
            if (
                child > noun
                and g.tokens[child].deprel in ("obl", "advcl", "xcomp")
                and not is_time(g, child)
                and g.case(child) in PREPOSITIONS
                and min(cases(g, child), default=-1) == noun + 1
            ):
                content, cue = set(g.below(child)) - cases(g, child), {noun, *cases(g, child)}
                break
    if not content:
        return None
    cue = (cue_of(g, verb, content, cue) | set(range(verb, noun + 1))) - content
    sources = [s for s in g.subject(verb) if s not in content]
    return quotation(g, quoted, "noun", verb, sources=sources, cue=cue, content=content)


def _content(g: Grammar, verb: int, kind: str, quoted: Quoted) -> tuple[set[int], set[int]]:
    """Tokens of what is said, and tokens that lead to it and count as cue ("call for", "talk about")."""
    if kind == "seem":
        return _seeming(g, verb), set()
    found = set() if g.lemmas[verb] in PHRASE_ONLY else _clauses(g, verb, kind, quoted)
    extra: set[int] = set()
    if not found:
        found, extra = _things(g, verb, kind)
    elif kind in ("ask", "call", "accuse", "want"):
        for child in g.children[verb]:
            upon = g.tokens[child].deprel == "obl" and g.case(child) in ("on", "upon")
            if g.tokens[child].deprel in ("obj", "iobj") or upon:
                found.update(set(g.below(child)) - cases(g, child))
                extra.update(cases(g, child) if upon else ())
    if not found and g.lemmas[verb] in cue_words()["say"]:
        found.update(_quoted_here(g, verb, quoted) or _before(g, verb))
    if not found:
        found.update(_antecedent(g, verb, kind))
    for child in g.children[verb]:
        if g.tokens[child].deprel in ("aux", "aux:pass", "advmod", "cc") or (
            g.tokens[child].deprel == "nsubj" and not g.passive(verb)
        ):
            found -= set(g.below(child))
    return found - {verb} - extra, extra


def _clauses(g: Grammar, verb: int, kind: str, quoted: Quoted) -> set[int]:
    """Clauses and quoted words that hang from the verb, or the clause that the verb interrupts."""
    found: set[int] = set()
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        if (
            relation in ("ccomp", "csubj", "csubj:pass")
            or (relation == "xcomp" and kind != "show")
            or (relation == "parataxis" and child < verb and kind == "say")
            or (
                relation in ("dep", "parataxis", "appos", "obj", "discourse", "advcl", "obl")
                and _mostly_quoted(g, child, quoted)
                and (kind_of(g.lemmas[child]) is None or quoted.at(g.tokens[child].start) is not None)
            )
            or (relation == "advcl" and child > verb and kind == "ask" and g.lemmas[g.below(child)[0]] in QUESTIONS)
        ):
            found.update(set(g.below(child)) - _turned(g, child))
    head = g.tokens[verb].head
    if (
        not found
        and g.tokens[verb].deprel in ("parataxis", "discourse")
        and head >= 0
        and kind in ("say", "think", "ask", "show")
    ):
        found.update(set(g.below(head)) - set(g.below(verb)))
    if (
        not found
        and g.tokens[verb].deprel == "advcl"
        and head >= 0
        and kind in ("say", "think", "show")
        and g.case(verb) == "as"
        and g.child(verb, "nsubj") is not None
    ):
        found.update(set(g.below(head)) - set(g.below(verb)))
    return found


def beside(g: Grammar, quoted: Quoted) -> Iterator[Quotation]:
    """ "Trump said on Friday." after or before a quotation that fills the sentence beside it."""
    if len(g.tokens) > SHORT:
        return
    for verb, token in enumerate(g.tokens):
        if kind_of(g.lemmas[verb]) not in ("say", "ask") or not g.is_verb(verb) or token.deprel != "root":
            continue
        sources = g.subject(verb)
        span = _bordering(g, quoted)
        if sources and span is not None and quoted.at(token.start) is None:
            made = quotation(g, quoted, "say", verb, sources=sources, cue=cue_of(g, verb, (), ()), content=())
            yield replace(made, content=(span,), direct=True)


SHORT = 30
"""Tokens of a sentence that does no more than name the speaker of a quotation beside it."""


def _bordering(g: Grammar, quoted: Quoted) -> tuple[int, int] | None:
    """The quotation that ends just before the sentence, or begins just after it when that ends in a colon."""
    start, end = g.sentence.start, g.sentence.end
    for span in quoted.within(max(0, start - 4), end + 4):
        if start - 4 <= span[1] <= start:
            return span
        if g.tokens[-1].text == ":" and end <= span[0] <= end + 4:
            return span
    return None


def _turned(g: Grammar, clause: int) -> set[int]:
    """A second clause with a named subject after "but": "said they had won, but the ministry denied it" says one thing."""
    return {
        t
        for child in g.children[clause]
        if g.tokens[child].deprel == "conj" and g.has(child, "but", "cc")
        and any(g.tokens[s].deprel.startswith("nsubj") and g.tokens[s].upos in ("NOUN", "PROPN") for s in g.children[child])
        for t in g.below(child)
    }  # fmt: skip


def _antecedent(g: Grammar, verb: int, kind: str) -> set[int]:
    """What a relative clause or participle says of its noun: "a bill she opposed", "the bill, opposed by unions"."""
    token = g.tokens[verb]
    if kind not in ("call", "accuse", "want", "think", "say") or token.head < 0:
        return set()
    words = cue_words()
    lemma = g.lemmas[verb]
    if kind in ("think", "say") and lemma not in words["think_things"] | words["say_things"]:
        return set()
    relative = token.deprel == "acl:relcl" and g.relative_object(verb)
    participle = token.deprel == "acl" and g.passive(verb) and g.agent(verb)
    return set(g.below(token.head)) - set(g.below(verb)) if relative or participle else set()


def _before(g: Grammar, verb: int) -> set[int]:
    """ "X, he said.": what stands before the comma, where the tree has lost it."""
    last = max((c for c in g.children[verb] if g.tokens[c].deprel == "nsubj"), default=None)
    if last is None:
        return set()
    if last < verb:
        comma = min(g.below(last)) - 1
        ends = verb + 1
    else:
        comma, ends = verb - 1, max(g.below(last)) + 1
    closes = ends >= len(g.tokens) or g.tokens[ends].upos == "PUNCT" or is_time(g, ends)
    return set(range(comma)) if comma >= 3 and g.tokens[comma].text == "," and closes else set()


def _seeming(g: Grammar, verb: int) -> set[int]:
    found: set[int] = set()
    if not any(g.tokens[c].deprel in ("xcomp", "ccomp") for c in g.children[verb]):
        return found
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        if relation in ("ccomp", "xcomp") or (relation in ("nsubj", "nsubj:pass") and g.lemmas[child] != "it"):
            found.update(g.below(child))
    return found


def _things(g: Grammar, verb: int, kind: str) -> tuple[set[int], set[int]]:
    """What is talked about, judged or wanted, when there is no clause: an object, or a phrase with the verb's preposition."""
    lemma, words = g.lemmas[verb], cue_words()
    found: set[int] = set()
    extra: set[int] = set()
    by_object = (kind in ("call", "accuse", "want", "ask", "show") and lemma not in WHOM) or lemma in words[
        "think_things"
    ] | words["say_things"] | words["call"]
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        preposition = g.case(child)
        if (
            relation in ("obl", "advcl", "nmod")
            and preposition in PREPOSITIONS
            and lemma in words[preposition]
            and not is_time(g, child)
        ):
            found.update(set(g.below(child)) - cases(g, child))
            extra |= cases(g, child)
        elif (relation == "obj" and by_object and not is_hearer(g, child)) or (
            relation == "nsubj:pass"
            and (
                kind in ("call", "accuse", "ask")
                or lemma in words["say_things"]
                or (kind in ("want", "think") and by_object and g.agent(verb))
            )
        ):
            found.update(g.below(child))
    return found, extra


def is_hearer(g: Grammar, token: int) -> bool:
    """Whether the object is who is told, not what is told."""
    return g.lemmas[token] in HEARERS or g.lemmas[g.tokens[token].head] in TELLING


def _mostly_quoted(g: Grammar, child: int, quoted: Quoted) -> bool:
    below = [t for t in g.below(child) if g.tokens[t].upos != "PUNCT"]
    inside = sum(quoted.at(g.tokens[t].start) is not None for t in below)
    return bool(below) and inside > 0.6 * len(below)


def _quoted_here(g: Grammar, verb: int, quoted: Quoted) -> set[int]:
    """Tokens of the sentence in quotation marks, when the cue is not and the verb or its subject stands beside them."""
    if quoted.at(g.tokens[verb].start) is not None:
        return set()
    found = {i for i, t in enumerate(g.tokens) if quoted.at(t.start) is not None}
    group = {verb, *(t for c in g.children[verb] if g.tokens[c].deprel == "nsubj" for t in g.below(c))}
    first, last = min(group), max(group)
    return found if any(first - NEAR <= i <= last + NEAR for i in found) else set()


NEAR = 4
"""Tokens between a verb with its subject and the quotation that is theirs: a comma and the marks."""
