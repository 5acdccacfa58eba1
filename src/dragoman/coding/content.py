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
    lines = [line for line in (DATA / "content.tsv").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(columns, line.split("\t"), strict=True))
        modes = {"REQUEST": row["mode"], "REJECT": row["mode"], "THREATEN": row["threat_mode"]}
        codes = {c: row[c] for c in ("appeal", "demand", "reject", "agree", "threaten") if row[c]}
        made = Content(row["content"], {k: v for k, v in modes.items() if v}, codes)
        for word in row["words"].split():
            found.setdefault(word.replace("_", " "), made)
    return found


def find_content(g: Grammar, heads: Sequence[int]) -> tuple[Content | None, int | None]:
    """The first content that the words under the heads speak of, and the word that says so."""
    table = contents()
    for head in heads:
        for word in _chain(g, head):
            for key in _keys(g, word):
                if key in table:
                    return table[key], word
    return None, None


def _chain(g: Grammar, head: int) -> list[int]:
    """The head of the content and the words under it that may tell more, nearest first."""
    own = [w for w in g.children[head] if g.tokens[w].deprel in ("obj", "xcomp", "compound", "nmod", "amod", "obl", "ccomp")]
    deeper = [w for o in own for w in g.children[o] if g.tokens[w].deprel in ("nmod", "compound", "amod", "obj")]
    return [head, *own, *deeper]


def _keys(g: Grammar, word: int) -> list[str]:
    lemma = g.lemmas[word]
    keys = []
    for child in g.children[word]:
        if g.tokens[child].deprel in ("compound:prt", "compound", "amod", "advmod"):
            keys += [f"{lemma} {g.lemmas[child]}", f"{g.lemmas[child]} {lemma}"]
        if g.tokens[child].deprel == "obj":
            keys.append(f"{lemma} {g.lemmas[child]}")
    return [*keys, lemma, g.tokens[word].text.lower()]
