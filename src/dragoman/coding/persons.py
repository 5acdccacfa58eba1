"""Words for people and bodies of people."""

from __future__ import annotations

from functools import lru_cache

from dragoman.coding.lexicon import lexicon

PERSON_ENDINGS = (
    "man",
    "men",
    "woman",
    "women",
    "ian",
    "ist",
    "ists",
    "crat",
    "eer",
    "ese",
    "people",
    "person",
    "folk",
    "guard",
    "leader",
    "worker",
    "maker",
    "holder",
)


@lru_cache(maxsize=4096)
def is_person_word(lemma: str) -> bool:
    """Whether a common noun names people or a body of people: by the lexicon's list, else by its ending."""
    people = lexicon().sets.get("people", frozenset())
    if lemma in people or lemma.removesuffix("s") in people or lemma.rsplit("-", 1)[-1] in people:
        return True
    return len(lemma) > 5 and lemma.endswith(PERSON_ENDINGS)
