"""The words that tell whether an act has happened, and what a cue of them is worth."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import DATA


@dataclass(frozen=True, slots=True)
class Cue:
    """A reason for a status.

    Attributes:
        token: Where the words stand; None for a date.
        weight: Log-odds that it adds to its status.
    """

    status: str
    because: str
    token: int | None
    weight: float


NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
"""Words that negate a clause."""

CLEAR, STRONG, WEAK = 8.0, 5.0, 2.5
"""Weights of the act's own modal and of words that say outright that it was not done; of cues that govern it directly; of
those that are further away or looser. The model can outvote all but the first."""


def auxiliary(g: Grammar, token: int) -> str:
    """An auxiliary as the table has it, in lower case; "" for May, who met somebody."""
    text = g.tokens[token].text
    return "" if text == "May" and token > 0 else text.lower()


@lru_cache(maxsize=1)
def cue_words() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """kind -> word -> (status, because), from `data/status.tsv`."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    with (DATA / "status.tsv").open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["kind"], {})[row["word"]] = (
                row["status"],
                row["because"].replace('"', "“", 1).replace('"', "”"),
            )
    return found


def governing(g: Grammar, verb: int) -> str:
    """The verb as the table has it: "plan", "rule out", "call for"."""
    if g.lemmas[verb] == "call" and g.phrasal(verb) == "call" and any(g.case(c) == "for" for c in g.children[verb]):
        return "call for"
    return g.phrasal(verb)


def reported_past(g: Grammar, verb: int) -> bool:
    """ "said it would send": the future of reported speech."""
    at = verb
    for _ in range(3):
        token = g.tokens[at]
        if token.head < 0:
            return any(
                g.tokens[c].deprel == "parataxis" and g.lemmas[c] in ("say", "tell", "report", "announce", "add")
                for c in g.children[at]
            )
        if token.deprel == "ccomp":
            return g.tokens[token.head].text.lower() not in ("says", "say")
        at = token.head
    return False
