"""Names in sentences of two treebanks, EWT's train part and five genres of GUM, marked by reading them: `names.tsv`.

The file holds no text: a line is a sentence's id in UD English EWT or GUM, a tab, and its names as `first-last KIND` (words counted from
1, last included), separated by ", "; "-" says that the sentence has none. Kinds and conventions are those of Universal NER on EWT:
PER, ORG and LOC, names alone (no nationalities, products, dates, titles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.problems import Problem

NAMES = Path(__file__).parent / "names.tsv"
KINDS = ("PER", "ORG", "LOC")
_NAME = re.compile(r"(\d+)-(\d+) ([A-Z]+)")

Name = tuple[tuple[int, int], str]
"""First and last word (from 1) and kind."""


def read_names(path: Path = NAMES) -> Mapping[str, tuple[Name, ...]]:
    """The names of every sentence in the file, by its id.

    Raises:
        ValueError: A line is not of the form; the message names it.
    """
    found: dict[str, tuple[Name, ...]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        sentence, tab, names = line.partition("\t")
        if not tab or not sentence or sentence in found:
            raise ValueError(f"{path.name}:{number}: {line!r} is no id, tab and names, or its id was there before")
        found[sentence] = () if names == "-" else tuple(_names(names, f"{path.name}:{number}"))
    return found


def _names(text: str, where: str) -> Iterator[Name]:
    end = 0
    for one in text.split(", "):
        match = _NAME.fullmatch(one)
        if match is None or match[3] not in KINDS:
            raise ValueError(f"{where}: {one!r} is not a name such as '3-4 PER' (kinds: {', '.join(KINDS)})")
        first, last = int(match[1]), int(match[2])
        if not end < first <= last:
            raise ValueError(f"{where}: {one!r} is not after the name before it, or ends before it begins")
        end = last
        yield (first, last), match[3]


def problems_of(path: Path = NAMES) -> list[Problem]:
    """The first thing wrong with the file, for the validator; nothing when it can be read."""
    try:
        read_names(path)
    except ValueError as error:
        return [Problem(str(path), 0, "names", str(error), "Write 'ID<tab>3-4 PER, 7-7 LOC', or '-' for no names.")]
    return []
