"""Words of speech and thought in a sentence, with who speaks and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.coding.cue_nouns import adjective, nominal
from dragoman.coding.cue_spans import lead
from dragoman.coding.grammar import Grammar
from dragoman.coding.quotation import Quotation, cue_words, quotation, source_phrase
from dragoman.coding.quotes import Quoted
from dragoman.coding.saying import verbal

HEARSAY = frozenset(["reportedly", "allegedly", "supposedly", "purportedly", "so-called"])
"""Adverbs by which the text itself leaves a claim open."""


def in_sentence(g: Grammar, quoted: Quoted) -> list[Quotation]:
    """The quotations whose cue stands in the sentence; one whose content is part of another's cue is that other."""
    found = list(_found(g, quoted))
    return [
        q
        for q in found
        if not any(
            o is not q
            and (q.content_tokens <= o.cue_tokens or (q.cue_token in o.cue_tokens and q.cue_token != o.cue_token))
            for o in found
        )
    ]


def _found(g: Grammar, quoted: Quoted) -> Iterator[Quotation]:
    for index, token in enumerate(g.tokens):
        made: Quotation | None = None
        lemma = g.lemmas[index]
        if token.text.lower() == "according":
            made = _according(g, index, quoted)
        elif token.upos in ("VERB", "AUX") and not token.deprel.startswith("aux"):
            made = verbal(g, index, quoted)
        elif token.upos in ("NOUN", "PROPN"):
            made = nominal(g, index, quoted) or _survey(g, index, quoted)
        elif token.upos == "ADJ":
            made = adjective(g, index, quoted)
        elif lemma in HEARSAY:
            made = _adverb(g, index, quoted)
        elif token.text == ":":
            made = _colon(g, index, quoted)
        elif token.text in DASHES:
            made = _signed(g, index, quoted)
        if made is not None:
            yield made


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
    words = [t for t in source_phrase(g, sources, content, index) if t not in cue]
    return quotation(g, quoted, "according", index, sources=sources, words=words, cue=cue, content=content)


def _survey(g: Grammar, noun: int, quoted: Quoted) -> Quotation | None:
    """ "In a poll, ...": what people were asked, when nothing else in the clause says so."""
    head = g.tokens[noun].head
    if (
        g.tokens[noun].text.lower() not in ("poll", "survey")
        or g.tokens[noun].deprel != "obl"
        or g.case(noun) != "in"
        or head < 0
        or g.lemmas[head] in cue_words()["say"]
    ):
        return None
    below = set(g.below(noun))
    cue = {c for c in g.children[noun] if g.tokens[c].deprel == "case"}
    return quotation(
        g,
        quoted,
        "according",
        noun,
        sources=[noun],
        words=sorted(below - cue),
        cue=cue,
        content=set(g.below(head)) - below,
    )


def _adverb(g: Grammar, index: int, quoted: Quoted) -> Quotation | None:
    head = g.tokens[index].head
    if head < 0:
        return None
    content = {t for t in g.below(head) if t != index}
    made = quotation(g, quoted, "say", index, sources=(), cue={index}, content=content)
    return made if content else None


LABELS = frozenset(
    ["q", "a", "question", "answer", "analysis", "opinion", "comment", "editorial", "explainer", "factbox", "timeline", "update", "breaking",
     "exclusive", "live", "video", "photos", "pictures", "watch", "interview", "correction", "headline", "subject", "location", "date",
     "note", "source", "reaction", "background", "topic"]
)  # fmt: skip
"""Words before a colon that say what follows, not who says it."""


def _colon(g: Grammar, index: int, quoted: Quoted) -> Quotation | None:
    """ "Clinton: "Our goal ..."", "TAPPER: Well ...": a name at the start, a colon, and what is said."""
    if not 1 <= index <= 4 or index + 1 >= len(g.tokens) or any(g.is_verb(t) for t in range(index)):
        return None
    if g.tokens[index - 1].text.lower() in LABELS:
        return None
    after = range(index + 1, len(g.tokens))
    content = {i for i in after if quoted.at(g.tokens[i].start) is not None}
    place = any(m.token_start < index and (m.kind == "place" or m.label == "state") for m in g.sentence.mentions)
    if g.sentence.index == 0 and place and not content:
        return None  # "ISLAMABAD: Pakistan condemned ..." is told from there
    named = all(g.tokens[i].upos in ("PROPN", "NOUN", "ADJ") for i in range(index))
    transcript = is_speaker_label([g.tokens[i].text for i in range(index)])
    headline = g.sentence.index == 0 and named and any(g.is_verb(i) for i in after)
    if transcript or headline:
        content = set(after)
    if len(content) < (1 if transcript else 3):
        return None
    return quotation(
        g, quoted, "colon", index, sources=(index - 1,), words=list(range(index)), cue={index}, content=content
    )


DASHES = frozenset({"―", "—", "–", "--"})
SIGNED = 3
"""Characters between the end of a quotation and the dash of its signature."""


def _signed(g: Grammar, index: int, quoted: Quoted) -> Quotation | None:
    """ "... our shame." — Sonya Herridge": a quotation, a dash, and the name of who said it."""
    dash = g.tokens[index]
    span = next((s for s in reversed(quoted.spans) if s[1] <= dash.start), None)
    name: list[int] = []
    while index + 1 + len(name) < len(g.tokens) and g.tokens[index + 1 + len(name)].upos == "PROPN":
        name.append(index + 1 + len(name))
    if span is None or dash.start - span[1] > SIGNED or not 1 < len(name) <= 4:
        return None
    content = {i for i in range(index) if span[0] <= g.tokens[i].start < span[1]}
    made = quotation(g, quoted, "colon", index, sources=(name[0],), words=name, cue={index}, content=content)
    return replace(made, cue=((dash.start, dash.end),), content=(span,), direct=True)


def is_speaker_label(words: Sequence[str]) -> bool:
    """Whether the words before a colon name who speaks in a transcript: "JAKE TAPPER"."""
    joined = "".join(words)
    return len(joined) >= 4 and joined.isupper()


__all__ = ["Quotation", "cue_words", "in_sentence", "is_speaker_label", "lead"]
