"""Words to word-pieces of the encoder's vocabulary: greedy, longest match first, each word looked up once.

Only what the reader needs: input is already cut into words, so there are no offsets to keep, and the result for a word never
depends on its neighbours, so it can be kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

PAD, UNKNOWN, CLS, SEP = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100  # characters; longer runs are read by their beginning
MOST_PIECES = 12  # of one word: the tail of a web address says nothing
_KEPT = 200_000  # words remembered before the memory is dropped

SHAPES = (
    "none", "lower", "initial", "capitals", "mixed", "digits", "with-digit", "mark",
    "marker-1", "marker-2", "marker-3", "marker-4",
)  # fmt: skip
_MARKER = re.compile(r"\[unused([1-4])\]")


def shape(word: str) -> int:
    """Index in `SHAPES`: what an uncased vocabulary forgets about a word.

    The four markers have shapes of their own, for their pieces are all but alike in the published vocabulary.
    """
    marker = _MARKER.fullmatch(word)
    if marker:
        return 7 + int(marker.group(1))
    if not any(c.isalnum() for c in word):
        return 7
    if word.isdigit():
        return 5
    if any(c.isdigit() for c in word):
        return 6
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    if word[:1].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    return 4


class WordPieces:
    """A vocabulary, and the pieces of every word asked for so far."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.pad, self.unknown = self.ids[PAD], self.ids[UNKNOWN]
        self.cls, self.sep = self.ids[CLS], self.ids[SEP]
        self._memory: dict[str, tuple[tuple[int, ...], int]] = {}

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Read a vocabulary: one piece a line, its number is its line."""
        return cls(path.read_text("utf-8").splitlines())

    def pieces(self, word: str) -> tuple[tuple[int, ...], int]:
        """Piece numbers of a word (at least one, at most `MOST_PIECES`) and its shape."""
        known = self._memory.get(word)
        if known is None:
            if len(self._memory) >= _KEPT:
                self._memory.clear()
            known = self._memory[word] = (self._cut(word), shape(word))
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        if _MARKER.fullmatch(word):
            return (self.ids[word],)
        found: list[int] = []
        for part in _parts(normalise(word[:LONGEST_WORD])):
            found += self._match(part)
            if len(found) >= MOST_PIECES:
                break
        return tuple(found[:MOST_PIECES]) or (self.unknown,)

    def _match(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self.ids.get(part[start:end] if start == 0 else "##" + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return found


_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def normalise(word: str) -> str:
    """Lower case, no accents, no control characters, straight quotes."""
    plain = unicodedata.normalize("NFD", word.translate(_QUOTES).lower())
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cc", "Cf"})


def _parts(word: str) -> list[str]:
    """Runs of letters and digits; every other character, and every Chinese one, for itself."""
    parts: list[str] = []
    running = False
    for character in word:
        alone = not (character.isalnum()) or "\u4e00" <= character <= "\u9fff"
        if alone or not running:
            parts.append(character)
        else:
            parts[-1] += character
        running = not alone
    return parts
