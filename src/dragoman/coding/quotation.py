"""A quotation, the words that announce one, and how its parts become spans."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import DATA
from dragoman.coding.quotes import Quoted

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quotation:
    """One act of saying or thinking.

    Attributes:
        source, cue, content: Character spans in `Report.text`, in order; empty when there is none.
        sentence: Sentence of the cue.
        cue_token, source_tokens: Token of the cue's head and heads of the sources, in that sentence.
        cue_tokens: All tokens of the cue.
        content_tokens: Tokens of that sentence which are said.
        direct: Whether the content stands in quotation marks.
        cue_kind: "say", "ask", "think", "want", "accuse", "call", "show", "seem", "noun", "according" or "colon".
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sentence: int
    cue_token: int
    cue_tokens: frozenset[int]
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


def quotation(
    g: Grammar,
    quoted: Quoted,
    kind: str,
    at: int,
    *,
    sources: Sequence[int],
    words: Collection[int] | None = None,
    cue: Collection[int],
    content: Collection[int],
) -> Quotation:
    """A quotation from its tokens: `at` heads the cue, `sources` are heads, `words` all tokens of the sources.

    Of content that stands in quotation marks only what is quoted is kept.
    """
    direct = is_direct(g, content, quoted)
    said = {t for t in content if quoted.at(g.tokens[t].start) is not None} if direct else set(content)
    whole = source_phrase(g, sources, said, at) if words is None else words
    return Quotation(
        spans_of(g, [t for t in whole if t not in cue]), spans_of(g, set(cue)), spans_of(g, said), g.sentence.index, at,
        frozenset(cue), tuple(sources), frozenset(said), direct, kind,
    )  # fmt: skip


def source_phrase(g: Grammar, heads: Sequence[int], content: Collection[int], cue: int) -> list[int]:
    """The whole phrase of the source with appositions; relative clauses only where the cue is not in them."""
    found: set[int] = set()
    for head in heads:
        below = set(g.below(head))
        for child in g.children[head]:
            relation = g.tokens[child].deprel
            under = set(g.below(child))
            if relation == "case" and g.lemmas[child] == "by":
                below.discard(child)
            if (relation in ("acl:relcl", "acl", "parataxis") and cue in under) or (
                relation == "conj" and child not in heads
            ):
                below -= under
        found |= below
    return sorted(found - set(content) - {cue})


def is_direct(g: Grammar, content: Collection[int], quoted: Quoted) -> bool:
    """Whether most of the content stands in quotation marks."""
    words = [t for t in content if g.tokens[t].upos != "PUNCT"]
    return bool(words) and sum(quoted.at(g.tokens[t].start) is not None for t in words) > 0.6 * len(words)


def spans_of(g: Grammar, tokens: Collection[int]) -> tuple[Span, ...]:
    """Runs of tokens as character spans, marks at the ends cut off."""
    return tuple(_runs(g, sorted(tokens)))


def _runs(g: Grammar, tokens: Sequence[int]) -> Iterator[Span]:
    run: list[int] = []
    for token in [*tokens, -2]:
        if run and token != run[-1] + 1:
            while run and g.tokens[run[-1]].text in _EDGES:
                run.pop()
            while run and g.tokens[run[0]].text in _EDGES:
                run.pop(0)
            if run:
                yield g.tokens[run[0]].start, g.tokens[run[-1]].end
            run = []
        if token >= 0:
            run.append(token)


_EDGES = frozenset(",;-–—()") | {"--"}


def cases(g: Grammar, token: int) -> set[int]:
    """The prepositions and markers before a phrase."""
    return {c for c in g.children[token] if g.tokens[c].deprel in ("case", "mark") and c < token}


def is_time(g: Grammar, token: int) -> bool:
    """Whether the token is part of a time."""
    return any(m.kind == "time" and m.token_start <= token < m.token_end for m in g.sentence.mentions)
