"""Words of speech and thought in a sentence, with who speaks and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import DATA
from dragoman.coding.quotes import Quoted

Span = tuple[int, int]
VERBAL = ("say", "ask", "think", "want", "call", "show", "seem")
PREPOSITIONS = ("to", "on", "for", "about", "of", "against", "with", "at")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One act of saying or thinking.

    Attributes:
        source, cue, content: Character spans in `Report.text`, in order; empty when there is none.
        sentence: Sentence of the cue.
        cue_token, source_tokens: Token of the cue's head and heads of the sources, in that sentence.
        content_tokens: Tokens of that sentence which are said.
        direct: Whether the content stands in quotation marks.
        cue_kind: "say", "ask", "think", "want", "call", "show", "seem", "noun", "according" or "colon".
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sentence: int
    cue_token: int
    source_tokens: tuple[int, ...]
    content_tokens: frozenset[int]
    direct: bool
    cue_kind: str


@lru_cache(maxsize=1)
def cue_words() -> Mapping[str, frozenset[str]]:
    """Kind of cue, or preposition, -> words."""
    return table("cues.tsv")


def table(name: str) -> Mapping[str, frozenset[str]]:
    """A file of lines `kind<TAB>words`."""
    found: dict[str, frozenset[str]] = {}
    for line in (DATA / name).read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            kind, words = line.split("\t")
            found[kind] = found.get(kind, frozenset()) | frozenset(words.split())
    return found


def in_sentence(g: Grammar, quoted: Quoted) -> list[Quotation]:
    """The quotations whose cue stands in the sentence."""
    found: list[Quotation] = []
    for index, token in enumerate(g.tokens):
        made: Quotation | None = None
        lemma = g.lemmas[index]
        if token.text.lower() == "according":
            made = _according(g, index, quoted)
        elif token.upos in ("VERB", "AUX") and not token.deprel.startswith("aux"):
            made = _verbal(g, index, quoted)
        elif token.upos in ("NOUN", "PROPN"):
            made = _nominal(g, index, quoted)
        elif token.upos == "ADJ" and lemma in cue_words()["adjective"]:
            made = _adjective(g, index, quoted)
        elif lemma in ("reportedly", "allegedly", "apparently"):
            made = _adverb(g, index)
        elif token.text == ":":
            made = _colon(g, index, quoted)
        if made is not None:
            found.append(made)
    return found


def kind_of(lemma: str) -> str | None:
    """The kind of a verb of speech or thought; None for other verbs."""
    words = cue_words()
    return next((kind for kind in VERBAL if lemma in words[kind]), None)


def _verbal(g: Grammar, verb: int, quoted: Quoted) -> Quotation | None:
    lemma = g.lemmas[verb]
    kind = kind_of(lemma)
    if kind is None:
        return None
    content, extra = _content(g, verb, kind, quoted)
    if not content:
        return None
    sources = [] if kind == "seem" else [s for s in g.subject(verb) if s not in content]
    if kind == "want" and not sources and not any(g.is_verb(t) and g.tokens[t].head == verb for t in content):
        return None
    cue = _cue(g, verb, content, extra)
    return Quotation(
        spans_of(g, _source(g, sources, content, verb)), spans_of(g, cue), spans_of(g, content), g.sentence.index, verb,
        tuple(sources), frozenset(content), is_direct(g, content, quoted), kind,
    )  # fmt: skip


def _content(g: Grammar, verb: int, kind: str, quoted: Quoted) -> tuple[set[int], set[int]]:
    """Tokens of what is said, and tokens that lead to it and count as cue ("call for", "talk about")."""
    lemma = g.lemmas[verb]
    found: set[int] = set()
    extra: set[int] = set()
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        if (
            relation in ("ccomp", "csubj", "csubj:pass")
            or (relation == "xcomp" and kind != "show")
            or (relation == "parataxis" and child < verb and kind == "say")
            or (
                relation in ("dep", "parataxis", "appos", "obj", "discourse", "advcl", "obl")
                and _mostly_quoted(g, child, quoted)
            )
        ):
            found.update(g.below(child))
    head = g.tokens[verb].head
    if (
        not found
        and g.tokens[verb].deprel in ("parataxis", "discourse")
        and head >= 0
        and kind in ("say", "think", "ask", "show")
    ):
        found.update(set(g.below(head)) - set(g.below(verb)))
    if kind == "seem":
        for child in g.children[verb]:
            if g.tokens[child].deprel in ("nsubj", "nsubj:pass") and g.lemmas[child] != "it":
                found.update(g.below(child))
        return (
            (found, extra)
            if any(g.tokens[c].deprel in ("xcomp", "ccomp") for c in g.children[verb])
            else (set(), extra)
        )
    if not found:
        found, extra = _things(g, verb, kind)
    elif kind in ("ask", "call", "want"):
        for child in g.children[verb]:
            if g.tokens[child].deprel in ("obj", "iobj") or (
                g.tokens[child].deprel == "obl" and g.case(child) in ("on", "upon")
            ):
                found.update(set(g.below(child)) - _cases(g, child))
                extra.update(_cases(g, child) if g.tokens[child].deprel == "obl" else ())
    if not found and lemma in cue_words()["say"]:
        found.update(_quoted_here(g, verb, quoted))
    for child in g.children[verb]:
        if g.tokens[child].deprel in ("aux", "aux:pass", "advmod", "cc") or (
            g.tokens[child].deprel == "nsubj" and not g.passive(verb)
        ):
            found -= set(g.below(child))
    return found - {verb} - extra, extra


def _things(g: Grammar, verb: int, kind: str) -> tuple[set[int], set[int]]:
    """What is talked about, judged or wanted, when there is no clause: an object, or a phrase with the verb's preposition."""
    lemma, words = g.lemmas[verb], cue_words()
    found: set[int] = set()
    extra: set[int] = set()
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        preposition = g.case(child)
        if (
            relation in ("obl", "advcl", "nmod")
            and preposition in PREPOSITIONS
            and lemma in words[preposition]
            and not _is_time(g, child)
        ):
            found.update(set(g.below(child)) - _cases(g, child))
            extra |= _cases(g, child)
        elif (
            relation == "obj"
            and (
                kind in ("call", "want", "ask", "show")
                or lemma in THINK_THINGS
                or lemma in SAY_THINGS
                or lemma in words["call"]
            )
            and not is_hearer(g, child)
        ) or (relation == "nsubj:pass" and (kind in ("call", "ask") or lemma in SAY_THINGS)):
            found.update(g.below(child))
    return found, extra


SAY_THINGS = frozenset(
    [
        "announce",
        "explain",
        "deny",
        "claim",
        "cite",
        "promise",
        "predict",
        "suggest",
        "acknowledge",
        "describe",
        "propose",
        "confirm",
        "reveal",
        "disclose",
        "admit",
        "repeat",
        "reiterate",
        "stress",
        "emphasize",
        "emphasise",
        "mention",
        "quote",
        "recommend",
        "report",
        "allege",
        "echo",
        "recall",
        "detail",
        "highlight",
        "tout",
        "pledge",
        "advocate",
        "post",
        "tweet",
        "publish",
        "release",
        "write",
        "concede",
        "lament",
        "underscore",
        "outline",
        "decry",
    ]
)
"""Verbs of saying whose object is what is said."""


THINK_THINGS = frozenset(
    [
        "find",
        "see",
        "question",
        "hear",
        "learn",
        "recognize",
        "recognise",
        "remember",
        "consider",
        "fear",
        "doubt",
        "anticipate",
        "notice",
        "deem",
        "perceive",
        "hope",
        "expect",
        "predict",
        "foresee",
    ]
)
"""Verbs of thinking whose object is what is thought."""


def is_hearer(g: Grammar, token: int) -> bool:
    """Whether the object is who is told, not what is told."""
    return g.lemmas[token] in ("reporter", "reporters", "journalist", "us", "me", "him", "them") or (
        g.lemmas[g.tokens[token].head] in ("tell", "assure", "inform", "remind", "notify")
    )


def _cases(g: Grammar, token: int) -> set[int]:
    return {c for c in g.children[token] if g.tokens[c].deprel in ("case", "mark") and c < token}


def _is_time(g: Grammar, token: int) -> bool:
    return any(m.kind == "time" and m.token_start <= token < m.token_end for m in g.sentence.mentions)


def _mostly_quoted(g: Grammar, child: int, quoted: Quoted) -> bool:
    below = [t for t in g.below(child) if g.tokens[t].upos != "PUNCT"]
    inside = sum(quoted.at(g.tokens[t].start) is not None for t in below)
    return bool(below) and inside > 0.6 * len(below)


def _quoted_here(g: Grammar, verb: int, quoted: Quoted) -> set[int]:
    """Tokens of the sentence that stand in quotation marks, when the cue does not."""
    if quoted.at(g.tokens[verb].start) is not None:
        return set()
    return {i for i, t in enumerate(g.tokens) if quoted.at(t.start) is not None}


_WITH_CUE = frozenset(
    [
        "statement",
        "interview",
        "speech",
        "tweet",
        "letter",
        "conference",
        "email",
        "e-mail",
        "post",
        "address",
        "briefing",
        "memo",
    ]
)


def _cue(g: Grammar, verb: int, content: set[int], extra: set[int]) -> list[int]:
    """The verb with its auxiliaries, negation, particle, adverbs, preposition, and phrases like "in a statement"."""
    found = {verb, *extra}
    first_aux = min((c for c in g.children[verb] if g.tokens[c].deprel.startswith("aux")), default=verb)
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        if child in content:
            continue
        if (
            relation.startswith("aux")
            or relation == "compound:prt"
            or (relation == "mark" and g.lemmas[child] == "to")
            or (
                relation == "advmod"
                and (first_aux <= child < verb or child == verb - 1 or g.lemmas[child] in ("not", "n't", "never"))
            )
        ):
            found.update(g.below(child) if relation == "advmod" else (child,))
        elif (
            relation == "obl"
            and g.lemmas[child] in _WITH_CUE
            and g.case(child) in ("in", "during", "at", "via")
            and abs(child - verb) < 6
        ):
            found.update(t for t in g.below(child) if t not in content and abs(t - verb) < 8)
    return sorted(found - content)


def _source(g: Grammar, heads: Sequence[int], content: set[int] | frozenset[int], cue: int) -> list[int]:
    """The whole phrase of the source with appositions; relative clauses only where the cue is not in them."""
    found: set[int] = set()
    for head in heads:
        below = set(g.below(head))
        for child in g.children[head]:
            relation = g.tokens[child].deprel
            under = set(g.below(child))
            if (relation in ("acl:relcl", "acl", "parataxis") and cue in under) or (
                relation == "conj" and child not in heads
            ):
                below -= under
            elif relation in ("punct", "cc") and child > head:
                pass
        found |= below
    found -= set(content)
    found.discard(cue)
    return sorted(found)


def _according(g: Grammar, index: int, quoted: Quoted) -> Quotation | None:
    """ "according to X": the clause that it hangs from is the content."""
    token = g.tokens[index]
    if token.deprel in ("case", "mark") and token.head >= 0:
        source = token.head
    else:
        below = [c for c in g.children[index] if g.tokens[c].deprel in ("obl", "nmod", "obj")]
        if not below:
            return None
        source = below[0]
    holder = index if source in g.children[index] else source
    above = g.tokens[holder].head
    if above < 0:
        return None
    cue = (
        {index}
        | {c for c in g.children[source] if g.tokens[c].deprel == "case"}
        | {c for c in g.children[index] if g.tokens[c].deprel == "fixed"}
    )
    content = set(g.below(above)) - set(g.below(holder)) - cue
    sources = g.conjuncts(source)
    words = [t for t in _source(g, sources, content, index) if t not in cue]
    return Quotation(
        spans_of(g, words), spans_of(g, sorted(cue)), spans_of(g, content), g.sentence.index, index, tuple(sources), frozenset(content),
        is_direct(g, content, quoted), "according",
    )  # fmt: skip


def _nominal(g: Grammar, noun: int, quoted: Quoted) -> Quotation | None:
    """ "the claim that ...", "its plan to ...", "criticism of X": nouns of saying with what is said."""
    if g.lemmas[noun] not in cue_words()["noun"]:
        return None
    content, cue = _noun_content(g, noun)
    if not content:
        return None
    owners = (
        g._spread([c for c in g.children[noun] if g.tokens[c].deprel == "nmod:poss"])
        or g.phrases(noun, "by")
        or g.phrases(noun, "from")
    )
    head = g.tokens[noun].head
    if not owners and g.tokens[noun].deprel in ("obj", "obl") and head >= 0 and g.is_verb(head):
        owners = g.subject(head)
        if g.tokens[noun].deprel == "obj" and noun - head <= 4:
            cue |= {head, *range(head, noun)}
    if not owners and not any(g.is_verb(t) for t in content):
        return None
    cue -= content
    return Quotation(
        spans_of(g, [t for t in _source(g, owners, content, noun) if t not in cue]), spans_of(g, sorted(cue)), spans_of(g, content), g.sentence.index,
        noun, tuple(owners), frozenset(content), is_direct(g, content, quoted), "noun",
    )  # fmt: skip


def _noun_content(g: Grammar, noun: int) -> tuple[set[int], set[int]]:
    for child in g.children[noun]:
        if (
            g.tokens[child].deprel in ("acl", "ccomp")
            and child > noun
            and (g._infinitive(child) or g.case(child).startswith("that") or g.tokens[child].deprel == "ccomp")
        ):
            return set(g.below(child)), {noun}
    for child in g.children[noun]:
        if (
            g.tokens[child].deprel == "nmod"
            and child > noun
            and g.case(child) in ("of", "for", "about", "on", "against", "to", "over", "with")
        ):
            cases = _cases(g, child)
            return set(g.below(child)) - cases, {noun, *cases}
    return set(), {noun}


def _adjective(g: Grammar, index: int, quoted: Quoted) -> Quotation | None:
    """ "is confident that ...", "are wary of ...": a state of mind and what it is about."""
    if g.child(index, "cop") is None:
        return None
    content: set[int] = set()
    extra: set[int] = set()
    for child in g.children[index]:
        relation = g.tokens[child].deprel
        if (
            child > index
            and relation in ("ccomp", "xcomp", "advcl", "acl", "csubj")
            and (g.is_verb(child) or relation == "ccomp")
        ):
            content |= set(g.below(child))
        elif (
            child > index
            and relation in ("obl", "nmod")
            and g.case(child) in ("of", "about", "that", "by", "with", "to", "over", "at")
        ):
            content |= set(g.below(child)) - _cases(g, child)
            extra |= _cases(g, child)
    sources = [s for s in g._surface_subject(index) if s not in content]
    if not content or not sources:
        return None
    cue = {
        index,
        *extra,
        *(c for c in g.children[index] if g.tokens[c].deprel in ("cop", "aux", "advmod") and c < index),
    } - content
    return Quotation(
        spans_of(g, _source(g, sources, content, index)), spans_of(g, cue), spans_of(g, content), g.sentence.index, index, tuple(sources),
        frozenset(content), is_direct(g, content, quoted), "think",
    )  # fmt: skip


def _adverb(g: Grammar, index: int) -> Quotation | None:
    head = g.tokens[index].head
    if head < 0:
        return None
    content = frozenset(t for t in g.below(head) if t != index)
    return Quotation((), spans_of(g, [index]), spans_of(g, content), g.sentence.index, index, (), content, False, "say")


def _colon(g: Grammar, index: int, quoted: Quoted) -> Quotation | None:
    """ "Clinton: "Our goal ..."": a name at the start, a colon, and words in quotation marks."""
    if not 1 <= index <= 4 or index + 1 >= len(g.tokens) or any(g.is_verb(t) for t in range(index)):
        return None
    after = range(index + 1, len(g.tokens))
    content = {i for i in after if quoted.at(g.tokens[i].start) is not None}
    headline = (
        g.sentence.index == 0
        and all(g.tokens[i].upos in ("PROPN", "NOUN", "ADJ") for i in range(index))
        and any(g.is_verb(i) for i in after)
    )
    if headline:
        content = set(after)
    if len(content) < 3:
        return None
    source = list(range(index))
    return Quotation(
        spans_of(g, source),
        spans_of(g, [index], keep=True),
        spans_of(g, content),
        g.sentence.index,
        index,
        (index - 1,),
        frozenset(content),
        True,
        "colon",
    )


def is_direct(g: Grammar, content: set[int] | frozenset[int], quoted: Quoted) -> bool:
    """Whether most of the content stands in quotation marks."""
    words = [t for t in content if g.tokens[t].upos != "PUNCT"]
    return bool(words) and sum(quoted.at(g.tokens[t].start) is not None for t in words) > 0.6 * len(words)


def spans_of(g: Grammar, tokens: Sequence[int] | set[int] | frozenset[int], *, keep: bool = False) -> tuple[Span, ...]:
    """Runs of tokens as character spans, marks at the ends cut off (unless kept)."""
    return tuple(_runs(g, tokens, keep))


def _runs(g: Grammar, tokens: Sequence[int] | set[int] | frozenset[int], keep: bool) -> Iterator[Span]:
    run: list[int] = []
    for token in [*sorted(tokens), -2]:
        if run and token != run[-1] + 1:
            while not keep and run and g.tokens[run[-1]].text in _EDGES:
                run.pop()
            while not keep and run and g.tokens[run[0]].text in _EDGES:
                run.pop(0)
            if run:
                yield g.tokens[run[0]].start, g.tokens[run[-1]].end
            run = []
        if token >= 0:
            run.append(token)


_EDGES = frozenset(",;:-–—()") | {"--"}
