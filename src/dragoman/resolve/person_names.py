"""Which part of a person's name may stand for the whole: "Lavrov", "Xi", "von der Leyen", "Abiy"."""

from __future__ import annotations

import re

# Where the family name is written first; in the second set only in names without a Western one.
FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK"})
FAMILY_FIRST_IN_FULL = frozenset({"TWN", "HKG", "MAC", "SGP"})
# Where news calls people by their first name.
CALLED_BY_FIRST = frozenset({"ETH", "ERI", "THA", "MYS", "BRN"})
PARTICLES = frozenset(
    [
        "al",
        "el",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "la",
        "le",
        "bin",
        "ben",
        "ibn",
        "abu",
        "ould",
        "st",
    ]
)
ARTICLES = frozenset({"al", "el"})
_SUFFIX = re.compile(r"(Jr|Sr)\.?|[IVX]+")


def short_names(name: str, country: str) -> tuple[str, ...]:
    """The parts of a name that news use for the whole, the usual one first.

    Args:
        country: Code of the country whose naming custom the name follows.
    """
    words = name.split()
    if len(words) > 1 and words[-1].endswith(("Jr.", "Jr", "Sr.")):
        words = words[:-1]
    if len(words) == 1 or _SUFFIX.fullmatch(words[-1]):
        return (name,)  # "Elizabeth II", "Pelé"
    last = _with_particles(words)
    if country in FAMILY_FIRST or (country in FAMILY_FIRST_IN_FULL and _written_in_full(words)):
        return (words[0],)
    if country in CALLED_BY_FIRST:
        return tuple(dict.fromkeys((words[0], *last)))
    return last


def _written_in_full(words: list[str]) -> bool:
    """Whether a Chinese name is written with both given syllables: "Lee Hsien Loong"."""
    return len(words) == 3 or "-" in words[-1]


def _with_particles(words: list[str]) -> tuple[str, ...]:
    """The last word with the particles before it; without an article as well ("al-Sisi", "Sisi")."""
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    family = " ".join(words[start:])
    article, _, rest = family.replace("-", " ", 1).partition(" ")
    if article.casefold() in ARTICLES and rest:
        return (family, rest)
    return (family,)
