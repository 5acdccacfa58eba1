"""What violence was done with, as the words by the trigger tell: a mode needs a word for the weapon."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import DATA

ARMED = frozenset(
    {"firearms", "aerial", "heavy-weapons", "explosives", "drone", "suicide-attack", "primitive", "unconventional"}
)
"""Modes of ASSAULT that say with what it was done."""

TOLD_BY_MEANS = ARMED | {"crowd-control"}
"""Modes that the table gives: weapons, and what crowds are driven off with."""

HARMING = frozenset(
    {"kill", "murder", "slay", "slaughter", "massacre", "wound", "injure", "die", "eliminate", "neutralise", "neutralize",
     "liquidate", "exterminate", "wipe", "killing", "death", "hit", "strike", "target", "attack", "assault", "offensive",
     "invasion", "invade", "incursion", "storm", "operation", "intervention", "intervene", "clash", "fight", "fighting", "battle",
     "war", "violence", "retaliate", "ambush", "raid", "advance", "overrun", "destroy", "violate"}
)  # fmt: skip
"""Triggers that tell of harm and not with what."""

_CLAUSES = ("advcl", "ccomp", "acl:relcl", "conj", "parataxis", "csubj")


@lru_cache(maxsize=1)
def _table() -> Mapping[str, str]:
    with (DATA / "means.tsv").open(encoding="utf-8") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t")
        return dict(rows)


def means(g: Grammar, tokens: Sequence[int], head: int) -> tuple[str, int] | None:
    """The mode that a word of the trigger's clause says, and the word; None when no weapon is named.

    Looked for in the trigger, then in what hangs from it short of other clauses, then in the noun that a participle stands by
    ("airstrikes killing civilians").
    """
    for word in _near(g, tokens, head):
        lemma = g.lemmas[word].lower()
        before = f"{g.lemmas[word - 1].lower()}_{lemma}" if word > 0 else ""
        if mode := _table().get(before) or _table().get(lemma):
            return mode, word
    return None


def _tells(g: Grammar, head: int, child: int) -> bool:
    """Whether a phrase may name the weapon: not whom or what it was done to, and no clause of its own."""
    relation = g.tokens[child].deprel
    if relation.startswith(_CLAUSES):
        return False
    if g.is_verb(head):
        return relation not in ("obj", "nsubj:pass")
    return not (relation.startswith("nmod") and g.case(child) in ("on", "against", "of", "at"))


def _near(g: Grammar, tokens: Sequence[int], head: int) -> Iterator[int]:
    yield from tokens
    waiting = [c for c in g.children[head] if _tells(g, head, c)]
    while waiting:
        word = waiting.pop(0)
        if word not in tokens:
            yield word
        waiting += [c for c in g.children[word] if not g.tokens[c].deprel.startswith(_CLAUSES)]
    if g.tokens[head].deprel == "acl" and g.tokens[head].head >= 0:
        yield g.tokens[head].head
