"""Words that name one kind of act, as `data/same_act.txt` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

_WORD = re.compile(r"[a-z]+")
STEM = 6
"""Letters by which a word finds its forms: "demonstrated" and "demonstration" agree; shorter words must agree whole or but for an ending."""

_ENDING = re.compile(r"(?:ies|es|s|ied|ed|ing)$")
_DOUBLED = "bdglmnprt"
"""Consonants that an ending doubles: "dropped", "banned", "travelled"."""


@cache
def acts() -> Mapping[str, frozenset[int]]:
    """Word -> the groups that it stands in."""
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_lines()):
        for word in line.split():
            groups.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@cache
def _by_stem() -> Mapping[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for word, numbers in acts().items():
        groups.setdefault(stemmed(word), set()).update(numbers)
    return {stem: frozenset(numbers) for stem, numbers in groups.items()}


def stemmed(word: str) -> str:
    """A word less its ending, cut to STEM letters."""
    bare = _ENDING.sub("", word) if len(word) > 4 else word
    if len(bare) > 3 and bare != word and bare[-1] == bare[-2] and bare[-1] in _DOUBLED:
        bare = bare[:-1]
    return bare.rstrip("e")[:STEM] if len(bare) > 3 else bare


def acts_of(words: str) -> frozenset[int]:
    """The groups that any of the words for an act stands in."""
    table = _by_stem()
    return frozenset(n for word in _WORD.findall(words.casefold()) for n in table.get(stemmed(word), ()))


def _lines() -> list[str]:
    text = (resources.files("dragoman.merge") / "data" / "same_act.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
