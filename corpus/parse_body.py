"""The body of a corpus report: one sentence a line, its marks taken out and kept."""

from __future__ import annotations

import re

from corpus.draft import Draft
from corpus.records import Cue, Mention, Sentence, Trigger

_OPENS = {"[": "]", "{": "}", "<": ">"}
_IDS = re.compile(r"\|\s*(-|\w[\w-]*(?:\s*,\s*\w[\w-]*)*)\s*([\]}>])")


def sentence(draft: Draft, line: str, number: int) -> None:
    """Add one line of the body as a sentence, its marks taken out."""
    if draft.sentences:
        draft.text += "\n\n" if draft.breaks else " "
        draft.paragraph += draft.breaks
    draft.breaks = False
    start, index = len(draft.text), len(draft.sentences)
    plain: list[str] = []
    length = start
    stack: list[tuple[str, int]] = []
    at = 0
    while at < len(line):
        char = line[at]
        if char in _OPENS:
            stack.append((char, length))
        elif char == "|":
            found = _IDS.match(line, at)
            if not stack or not found or _OPENS[stack[-1][0]] != found[2]:
                _bad_mark(draft, line, at, number)
            else:
                opener, opened = stack.pop()
                nested = any(outer == "[" for outer, _ in stack)
                _mark(draft, opener, re.split(r"\s*,\s*", found[1]), (opened, length), index, nested, number)
                at = found.end()
                continue
        elif char in "]}>":
            _bad_mark(draft, line, at, number)
            if stack and _OPENS[stack[-1][0]] == char:
                stack.pop()
        else:
            plain.append(char)
            length += 1
        at += 1
    for opener, _ in stack:
        draft.wrong(number, "unclosed", f"a {opener!r} is never closed.", f"Close it with `|id{_OPENS[opener]}`.")
    draft.text += "".join(plain)
    draft.sentences.append(Sentence(start, length, draft.paragraph, number))


def _bad_mark(draft: Draft, line: str, at: int, number: int) -> None:
    around = line[max(0, at - 20) : at + 15]
    draft.wrong(
        number,
        "mark",
        f"{line[at]!r} does not close a mark in {around!r}.",
        "Marks are `[words|id]`, `{words|e1}`, `<words|c1>` and nest without crossing; `[]{}<>|` never occur in text.",
    )


def _mark(
    draft: Draft, opener: str, ids: list[str], span: tuple[int, int], sentence: int, nested: bool, line: int
) -> None:
    if (opener == "[" and len(ids) > 1) or (opener != "{" and ids == ["-"]):
        draft.wrong(
            line,
            "mark-id",
            f"{','.join(ids)!r} is no id of a mention or cue.",
            "Give it one declared id, or drop the mark.",
        )
        return
    for id_ in ids:
        if opener == "[":
            draft.mentions.append(Mention(id_, *span, sentence, nested))
        elif opener == "{":
            draft.triggers.append(Trigger(id_, *span, sentence))
        else:
            draft.cues.append(Cue(id_, *span, sentence))
