"""Who says what: source, cue and content of reported speech and thought, and for each event the chain of those who vouch for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import DATA
from dragoman.records import Reading

Span = tuple[int, int]
QUOTES = "\"“”‘’«»„"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One act of saying or thinking.

    Attributes:
        source, cue, content: Character spans in `Report.text`, in order; empty when there is none.
        sentence: Sentence of the cue.
        cue_token, source_tokens: Token of the cue's head and heads of the sources, in that sentence.
        content_tokens: Tokens of that sentence which are said.
        direct: Whether the content stands in quotation marks.
        cue_kind: "say", "ask", "think", "want", "call", "show", "noun" or "according".
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
    """Kind of cue -> words."""
    return _table("cues.tsv")


@lru_cache(maxsize=1)
def speaker_words() -> Mapping[str, frozenset[str]]:
    """Kind of speaker -> head words."""
    return _table("speakers.tsv")


def _table(name: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in (DATA / name).read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            kind, words = line.split("\t")
            found[kind] = found.get(kind, frozenset()) | frozenset(words.split())
    return found


def quotations(reading: Reading) -> tuple[Quotation, ...]:
    """All reported speech and thought of a report, in order of their cues."""
    found: list[Quotation] = []
    for sentence in reading.sentences:
        found += in_sentence(Grammar(sentence), reading.report.text)
    return tuple(found)


def in_sentence(g: Grammar, text: str) -> list[Quotation]:
    """The quotations whose cue stands in the sentence."""
    found = []
    for index, token in enumerate(g.tokens):
        if token.upos in ("VERB", "AUX"):
            made = _verbal(g, index, text)
        elif g.lemmas[index] in ("accord", "according") :
            made = _according(g, index, text)
        elif token.upos in ("NOUN", "PROPN"):
            made = _nominal(g, index, text)
        elif g.lemmas[index] in ("reportedly", "allegedly"):
            made = _adverb(g, index, text)
        else:
            made = None
        if made is not None:
            found.append(made)
    return found


def _verbal(g: Grammar, verb: int, text: str) -> Quotation | None:
    lemma = g.lemmas[verb]
    if lemma in ("accord",):
        return _according(g, verb, text)
    kind = _kind(lemma)
    if kind is None:
        return None
    content = _content(g, verb, kind, text)
    if not content:
        return None
    sources = g.subject(verb)
    tokens = frozenset(content)
    if kind == "want" and not any(g.is_verb(t) and g.tokens[t].head == verb for t in content) and not sources:
        return None
    cue = _cue(g, verb, tokens)
    return Quotation(
        _spans(g, _source(g, sources, tokens, verb)), _spans(g, cue), _spans(g, tokens), g.sentence.index, verb,
        tuple(sources), tokens, _quoted(g, tokens, text), kind,
    )  # fmt: skip


def _kind(lemma: str) -> str | None:
    words = cue_words()
    for kind in ("say", "ask", "think", "want", "call", "show"):
        if lemma in words[kind]:
            return kind
    return None


def _content(g: Grammar, verb: int, kind: str, text: str) -> list[int]:
    """Tokens of what is said: complement clause, the clause that the cue interrupts or follows, a quotation, an object."""
    words = cue_words()
    lemma = g.lemmas[verb]
    found: set[int] = set()
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        if relation in ("ccomp", "csubj", "csubj:pass"):
            found.update(g.below(child))
        elif relation == "parataxis" and child < verb and lemma in words["say"]:
            found.update(g.below(child))
        elif relation == "xcomp" and lemma in words["want"] | words["ask"] | words["say"] | words["think"] | words["call"]:
            found.update(g.below(child))
        elif relation in ("dep", "parataxis") and _has_quote(g, child, text):
            found.update(g.below(child))
    head = g.tokens[verb].head
    if not found and g.tokens[verb].deprel == "parataxis" and head >= 0 and lemma in words["say"] | words["think"] | words["ask"]:
        found.update(set(g.below(head)) - set(g.below(verb)))
    if not found and lemma in words["call"] | words["want"] | words["ask"] | {"say", "tell", "announce", "explain", "deny", "claim", "cite", "promise", "predict", "suggest", "acknowledge", "describe", "propose", "see", "view"}:
        for child in g.children[verb]:
            if g.tokens[child].deprel == "obj" and g.lemmas[child] not in ("reporter", "journalist"):
                found.update(g.below(child))
    if g.passive(verb) and not found:
        pass
    cluster = {c for c in g.children[verb] if g.tokens[c].deprel in ("aux", "aux:pass", "nsubj", "advmod")}
    for token in cluster:
        found -= set(g.below(token))
    return sorted(found - {verb})


def _has_quote(g: Grammar, child: int, text: str) -> bool:
    below = g.below(child)
    return any(g.tokens[t].text in QUOTES or g.tokens[t].text in ("''", "``") for t in below)


def _cue(g: Grammar, verb: int, content: frozenset[int]) -> list[int]:
    """The verb with its auxiliaries, negation, particle, and short phrases like "in a statement"."""
    found = {verb}
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        if child in content:
            continue
        if relation.startswith("aux") or relation == "compound:prt" or (relation == "advmod" and g.lemmas[child] in ("not", "n't", "also", "never")) or relation == "mark" and g.lemmas[child] == "to":
            found.add(child)
        elif relation == "obl" and g.lemmas[child] in ("statement", "interview", "speech", "tweet", "letter", "conference", "email", "e-mail", "post", "report"):
            found.update(g.below(child))
    return sorted(found)


def _source(g: Grammar, heads: Sequence[int], content: frozenset[int], cue: int) -> list[int]:
    """The whole phrase of the source with appositions, without relative clauses that hold the cue."""
    found: set[int] = set()
    for head in heads:
        skip = {t for c in g.children[head] if g.tokens[c].deprel in ("acl:relcl", "acl", "conj", "parataxis") for t in g.below(c)}
        found.update(t for t in g.below(head) if t not in skip)
    found -= content
    found.discard(cue)
    return sorted(found)


def _according(g: Grammar, index: int, text: str) -> Quotation | None:
    """"according to X": the clause that it hangs from is the content."""
    token = g.tokens[index]
    if token.text.lower() != "according":
        return None
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
    cue = {index} | {c for c in g.children[source] if g.tokens[c].deprel in ("case", "fixed")} | {c for c in g.children[index] if g.tokens[c].deprel == "fixed"}
    content = frozenset(set(g.below(above)) - set(g.below(holder)) - cue)
    sources = g.conjuncts(source)
    words = [t for t in _source(g, sources, content, index) if t not in cue]
    return Quotation(
        _spans(g, words), _spans(g, sorted(cue)), _spans(g, content), g.sentence.index, index, tuple(sources), content,
        _quoted(g, content, text), "according",
    )  # fmt: skip


def _nominal(g: Grammar, noun: int, text: str) -> Quotation | None:
    """"the claim that ...", "its plan to ...": nouns of saying with a clause."""
    if g.lemmas[noun] not in cue_words()["noun"]:
        return None
    clause = next((c for c in g.children[noun] if g.tokens[c].deprel in ("acl", "ccomp") and (g._infinitive(c) or g.case(c).startswith("that"))), None)
    if clause is None:
        return None
    content = frozenset(g.below(clause))
    owners = g._spread([c for c in g.children[noun] if g.tokens[c].deprel == "nmod:poss"]) or g.phrases(noun, "by")
    if not owners:
        head = g.tokens[noun].head
        if g.tokens[noun].deprel == "obj" and head >= 0 and g.is_verb(head):
            owners = g.subject(head)
    return Quotation(
        _spans(g, _source(g, owners, content, noun)), _spans(g, [noun]), _spans(g, content), g.sentence.index, noun,
        tuple(owners), content, _quoted(g, content, text), "noun",
    )  # fmt: skip


def _adverb(g: Grammar, index: int, text: str) -> Quotation | None:
    head = g.tokens[index].head
    if head < 0:
        return None
    content = frozenset(t for t in g.below(head) if t != index)
    return Quotation((), _spans(g, [index]), _spans(g, content), g.sentence.index, index, (), content, False, "say")


def _quoted(g: Grammar, content: frozenset[int], text: str) -> bool:
    if not content:
        return False
    first, last = min(content), max(content)
    marks = "\"“”«»„"
    opens = g.tokens[first].text[:1] in marks or (first > 0 and g.tokens[first - 1].text[:1] in marks) or g.tokens[first].text == "``"
    closes = any(g.tokens[i].text[:1] in marks or g.tokens[i].text == "''" for i in range(max(first + 1, last - 2), min(last + 3, len(g.tokens))))
    return opens and closes


def _spans(g: Grammar, tokens: Sequence[int] | frozenset[int]) -> tuple[Span, ...]:
    """Runs of tokens as character spans, marks at the ends cut off."""
    found: list[Span] = []
    run: list[int] = []
    for token in [*sorted(tokens), -2]:
        if run and token != run[-1] + 1:
            while run and g.tokens[run[-1]].text in ",;:":
                run.pop()
            while run and g.tokens[run[0]].text in ",;:":
                run.pop(0)
            if run:
                found.append((g.tokens[run[0]].start, g.tokens[run[-1]].end))
            run = []
        if token >= 0:
            run.append(token)
    return tuple(found)


ASSERTING = frozenset({"say", "show", "according", "noun"})
"""Kinds of cue that vouch for an event; wanting, asking and judging do not."""


def voices(found: Sequence[Quotation], trigger: Sequence[int], head: int) -> Iterator[Quotation]:
    """The quotations that the event stands in, outermost first; its own trigger is no cue of itself."""
    inside = [
        q for q in found
        if head in q.content_tokens and q.cue_token not in trigger and q.cue_kind in ASSERTING
    ]  # fmt: skip
    yield from sorted(inside, key=lambda q: -len(q.content_tokens))


def speaker_kind(words: str, head: str, kind: str | None, sectors: Sequence[str], office: str | None) -> str:
    """official, agency, media, witness, unnamed: from who the speaker is, else from the words."""
    table = speaker_words()
    lower = head.lower()
    all_words = frozenset(words.lower().replace("-", " ").split())
    if kind == "media" or "JRN" in sectors:
        return "agency" if all_words & table["agency"] else "media"
    if lower in table["agency"] and lower != "agency":
        return "agency"
    for name in ("witness", "unnamed"):
        if lower in table[name] or lower.rstrip("s") in table[name]:
            return name
    if any(s in ("GOV", "MIL", "COP", "LEG", "JUD", "SPY") for s in sectors) or office or kind in ("state", "institution", "igo", "office"):
        return "official"
    for name in ("media", "official"):
        if lower in table[name]:
            return name
    if kind in ("crowd",):
        return "witness"
    return "official" if kind in ("person", "party", "armed-group", "ngo", "company") else "unnamed"
