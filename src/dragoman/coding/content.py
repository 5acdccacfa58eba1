"""What a demand, refusal, promise or threat is about: the table `data/content.tsv` and its words in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import DATA


@dataclass(frozen=True, slots=True)
class Content:
    """What a demand, refusal, promise or threat is about: mode by type, and codes by column."""

    name: str
    mode: Mapping[str, str]
    codes: Mapping[str, str]


@lru_cache(maxsize=1)
def contents() -> Mapping[str, Content]:
    """Word -> content, from `data/content.tsv`."""
    found: dict[str, Content] = {}
    lines = [
        line for line in (DATA / "content.tsv").read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    columns = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(columns, line.split("\t"), strict=True))
        modes = {"REQUEST": row["mode"], "REJECT": row["mode"], "THREATEN": row["threat_mode"]}
        codes = {c: row[c] for c in ("appeal", "demand", "reject", "agree", "threaten") if row[c]}
        made = Content(row["content"], {k: v for k, v in modes.items() if v}, codes)
        for word in row["words"].split():
            found.setdefault(word.replace("_", " "), made)
    return found


ABOUT = {
    "REQUEST": ("inf", "that", "for", "obj"), "REJECT": ("inf", "obj", "to", "that"), "AGREE": ("inf", "on", "to", "that", "obj"),
    "THREATEN": ("inf", "with", "of", "that", "obj"),
}  # fmt: skip
"""Where a trigger that no frame knows says what it is about, by type."""

COLUMNS = {"REQUEST": "appeal", "REJECT": "reject", "AGREE": "agree", "THREATEN": "threaten"}
INSISTING = frozenset(["demand", "insist", "order", "require", "want", "command", "instruct", "claim", "ultimatum"])
"""Words of asking that do not ask but demand (codebook: 10x for must)."""


def find_content(g: Grammar, heads: Sequence[int]) -> tuple[Content | None, int | None]:
    """The first content that the words under the heads speak of, nearest words first, and the word that says so."""
    table = contents()
    for head in heads:
        for word in _chain(g, head):
            for key in _keys(g, word):
                if key in table:
                    return table[key], word
    return None, None


def _chain(g: Grammar, head: int) -> list[int]:
    """The head of the content and the words under it, level by level; relative clauses and reasons left out."""
    found, level = [head], [head]
    for _ in range(4):
        level = [w for above in level for w in g.children[above] if g.tokens[w].deprel in _TELLING]
        found += level
    return found


_TELLING = frozenset({"obj", "xcomp", "compound", "nmod", "amod", "obl", "ccomp", "compound:prt", "conj", "nsubj:pass"})


def _keys(g: Grammar, word: int) -> list[str]:
    lemma = g.lemmas[word]
    keys = []
    for child in g.children[word]:
        if g.tokens[child].deprel in ("compound:prt", "compound", "amod", "advmod"):
            keys += [f"{lemma} {g.lemmas[child]}", f"{g.lemmas[child]} {lemma}"]
        if g.tokens[child].deprel == "obj":
            keys.append(f"{lemma} {g.lemmas[child]}")
    return [*keys, lemma, g.tokens[word].text.lower()]
