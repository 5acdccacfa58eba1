"""Dependency trees of sentences of the corpus's train part, corrected by reading them: `trees.tsv`.

The file holds no text: a line is a sentence's id (report, "/", number of the sentence from 0), a tab, the checksum of its words
(`checksum`), a tab, and for every word `head/relation/UPOS`, separated by blanks. Words are those that `read.sentences` makes,
heads count from 1, 0 is the root; relations and word classes are those of Universal Dependencies as in EWT and GUM 2.16.

The trees were made by the reading model and corrected word by word; punctuation hangs where `dragoman.read.punctuation` puts it.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.problems import Problem
from dragoman.read.trees import acyclic

TREES = Path(__file__).parent / "trees.tsv"


class TreeRow(NamedTuple):
    """One sentence; `heads` from 1, 0 the root."""

    checksum: str
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    upos: tuple[str, ...]


def checksum(words: Sequence[str]) -> str:
    """Of the words of a sentence, eight hexadecimal digits: a tree whose sentence was changed since is no longer its tree."""
    return f"{zlib.crc32(' '.join(words).encode()):08x}"


def read_trees(path: Path = TREES) -> Mapping[str, TreeRow]:
    """The tree of every sentence in the file, by its id.

    Raises:
        ValueError: A line is not of the form, or its heads are no tree; the message names it.
    """
    found: dict[str, TreeRow] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        sentence, *rest = line.split("\t")
        if len(rest) != 2 or sentence in found:
            raise ValueError(f"{where}: {line[:60]!r} is no id, checksum and words, or its id was there before")
        words = [word.split("/") for word in rest[1].split(" ")]
        if not all(len(word) == 3 and word[0].isdigit() for word in words):
            raise ValueError(f"{where}: words must be of the form 'head/relation/UPOS'")
        heads = tuple(int(word[0]) for word in words)
        if not is_tree(heads):
            raise ValueError(f"{where}: the heads of {sentence} are no tree with one root")
        found[sentence] = TreeRow(rest[0], heads, tuple(w[1] for w in words), tuple(w[2] for w in words))
    return found


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (from 1, 0 the root) make one tree."""
    inside = all(0 <= head <= len(heads) for head in heads)
    return inside and list(heads).count(0) == 1 and acyclic([head - 1 for head in heads])


def problems_of(path: Path = TREES) -> list[Problem]:
    """The first thing wrong with the file, for the validator; nothing when it can be read."""
    try:
        read_trees(path)
    except ValueError as error:
        return [Problem(str(path), 0, "trees", str(error), "Write 'ID<tab>checksum<tab>2/nsubj/NOUN 0/root/VERB ...'.")]
    return []
