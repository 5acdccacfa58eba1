"""Stretches of a text that stand in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right

Span = tuple[int, int]

_MARK = re.compile(r"[“”„«»]|''|``|\"|(?<!\w)['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
_OPEN, _CLOSE = frozenset("“„«‘") | {"``"}, frozenset("”»")
LONGEST = 3000
"""Characters after which an unclosed quotation is given up."""


def quoted(text: str) -> list[Span]:
    """Spans inside double quotation marks, marks left out, in order; a quotation ends with its paragraph at the latest.

    A paragraph that opens with a mark and does not close it is quoted to its end (news style for quotations over
    several paragraphs).
    """
    found: list[Span] = []
    at = 0
    for paragraph in re.split(r"(\n\s*\n)", text):
        found += _in_paragraph(paragraph, at)
        at += len(paragraph)
    return found


def _in_paragraph(text: str, offset: int) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark in ("'", "’", "‘"):
            continue
        closes = mark in _CLOSE or (mark in ('"', "''") and opened is not None)
        if closes and opened is not None:
            if match.start() - opened <= LONGEST and match.start() > opened:
                found.append((offset + opened, offset + match.start()))
            opened = None
        elif mark not in _CLOSE:
            opened = match.end()
    if opened is not None and len(text) - opened <= LONGEST and len(text.strip()) > 0 and opened < len(text.rstrip()):
        found.append((offset + opened, offset + len(text.rstrip())))
    return found


class Quoted:
    """Asks whether a place of the text is inside a quotation."""

    def __init__(self, text: str) -> None:
        self.spans = quoted(text)
        self._starts = [a for a, _ in self.spans]

    def at(self, place: int) -> Span | None:
        """The quotation that holds the character, or None."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and self.spans[index][0] <= place < self.spans[index][1]:
            return self.spans[index]
        return None

    def within(self, start: int, end: int) -> list[Span]:
        """Quotations that share characters with [start, end)."""
        return [s for s in self.spans if s[0] < end and start < s[1]]
