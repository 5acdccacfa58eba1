"""Who says that he will not do it refuses it: "will not release them" is an act of refusal, and no release that failed."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.coding.grammar import Grammar

MODES: dict[str, str | None] = {
    "AGREE": None, "CONSULT": "meet", "SUPPORT": None, "CONCEDE": "yield", "COOPERATE": "assist", "AID": "assist", "RETREAT": "yield",
}  # fmt: skip
"""Types of cooperation, and the mode of their refusal."""

WILL = frozenset({"will", "would", "wo", "'ll", "shall", "'d", "’ll", "’d"})
NOT = frozenset({"not", "n't", "n’t", "never"})


def refuses(g: Grammar, trigger: Iterable[int], kind: str) -> bool:
    """Whether the doer of an act of cooperation says that he will not do it.

    A passive ("will not be signed") names nobody who refuses, and "would not have" looks back.
    """
    return kind in MODES and any(g.is_verb(t) and _will_not(g, t) for t in trigger)


def _will_not(g: Grammar, verb: int) -> bool:
    words = [g.tokens[c].text.lower() for c in g.children[verb] if g.tokens[c].deprel.startswith(("aux", "advmod"))]
    if not WILL.intersection(words) or not NOT.intersection(words) or "have" in words or "only" in words:
        return False
    return not g.passive(verb) and bool(g.subject(verb))
