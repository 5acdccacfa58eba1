"""Acts that are only asked about: "Did Turkey attack Syria?"; "why did it?" takes the act for granted."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.coding.grammar import Grammar
from dragoman.coding.status_words import CLEAR, NOT, Cue

ENDS = frozenset([".", "!", "?", ":", ";"])
"""What ends a question, or the words before it."""


def asked(g: Grammar, act: int) -> Iterator[Cue]:
    """The cue of a question that an auxiliary opens, whose verb is the act or has it beside or below it; one that is negated
    ("Didn't Turkey attack Syria?") expects that it was done."""
    end = next((i for i in range(act + 1, len(g.tokens)) if g.tokens[i].text in ENDS), None)
    if end is None or g.tokens[end].text != "?":
        return
    first = act
    while first > 0 and g.tokens[first - 1].text not in ENDS:
        first -= 1
    while first < act and g.tokens[first].upos in ("PUNCT", "CCONJ"):
        first += 1
    verb = g.tokens[first].head
    opens = g.tokens[first].upos == "AUX" and verb > first and g.tokens[first + 1].text.lower() not in NOT
    if opens and (verb == act or g.tokens[act].head == verb):
        yield Cue("hypothetical", "it is asked, not told", first, CLEAR)
