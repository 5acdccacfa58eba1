"""`attribution` (PolNeAR form): who said what; F1 over the characters' tokens of source, cue and content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dragoman.evaluate import forms
from dragoman.evaluate.metrics import prf
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.evaluate.texts import read_texts
from dragoman.pipeline import Tools

PARTS = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+|[^\w\s]")


def run(path: Path, tools: Tools) -> Outcome:
    """Token F1 per part: a token (word or mark) is right when gold and found both hold it in that part."""
    from dragoman.coding.attribution import quotations

    items = []
    for line, row in forms.rows(path, form="attribution", required={"text": str, "attributions": list}):
        gold = []
        for entry in row["attributions"]:
            if not isinstance(entry, dict):
                raise forms.GoldFormError(
                    path, line, "attributions: an entry is no object", "It is {source, cue, content}."
                )
            gold.append(
                {
                    part: forms.spans_of(entry.get(part), path=path, line=line, field=part, text=row["text"])
                    for part in PARTS
                }
            )
        items.append((str(row.get("id", line)), row["text"], gold, forms.day(row.get("date"))))
    right, total, wanted = (dict.fromkeys(PARTS, 0) for _ in range(3))
    mistakes = []
    for (item, text, gold, _), reading in zip(items, read_texts([(i[1], i[3]) for i in items], tools), strict=True):
        found = quotations(reading)
        for part in PARTS:
            want = _tokens(text, (s for g in gold for s in g[part]))
            have = _tokens(text, (s for q in found for s in getattr(q, part)))
            right[part] += len(want & have)
            total[part] += len(have)
            wanted[part] += len(want)
            if part == "cue" and want != have:
                mistakes.append(Mistake(item, _words(text, want - have), _words(text, have - want), text[:80]))
    scores = {part: prf(right[part], total[part], wanted[part]) for part in PARTS}
    metrics = {f"{part}_f1": score[2] for part, score in scores.items()}
    metrics |= {
        f"{part}_{name}": score[i] for part, score in scores.items() for i, name in ((0, "precision"), (1, "recall"))
    }
    return Outcome("attribution", str(path), sum(len(i[2]) for i in items), metrics, {}, tuple(mistakes))


def _tokens(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """Starts of the words and marks inside the spans; marks of quotation left out, as they belong to neither side."""
    return {m.start() for a, b in spans for m in _TOKEN.finditer(text, a, b) if m.group() not in "\"'“”‘’"}


def _words(text: str, starts: set[int]) -> str:
    return ", ".join(m.group() for s in sorted(starts)[:40] if (m := _TOKEN.match(text, s)))
