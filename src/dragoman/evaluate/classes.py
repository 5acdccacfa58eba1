"""`classes` (cameo_class form): which of CAMEO's five classes, neutral among them, a sentence's main event has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dragoman.evaluate import forms
from dragoman.evaluate.metrics import accuracy, confusion, macro_f1, per_class_f1
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.evaluate.texts import code_texts, lenient
from dragoman.ontology import quad_class
from dragoman.pipeline import Tools
from dragoman.records import EventMention

STATEMENTS = Path(__file__).parent / "statements.tsv"


def run(path: Path, tools: Tools) -> Outcome:
    """Five classes: 0 neutral, 1 to 4 the class of the first event that the sentence tells, as CAMEO classes it."""
    items = []
    for line, row in forms.rows(path, form="classes", required={"text": str, "quad": int}):
        if row["quad"] not in range(5):
            raise forms.GoldFormError(path, line, f"quad: {row['quad']} is no class", "It is 0 to 4.")
        items.append((str(row.get("id", line)), row["text"], int(row["quad"])))
    tools = lenient(tools)
    coded = code_texts([(text, None) for _, text, _ in items], tools)
    found = [class_of(c.mentions, text) for (_, text, _), c in zip(items, coded, strict=True)]
    gold = [quad for _, _, quad in items]
    metrics = {"macro_f1": macro_f1(gold, found), "accuracy": accuracy(gold, found)}
    metrics |= {
        f"f1_{label}": score for label, score in sorted(per_class_f1(gold, found).items(), key=lambda kv: str(kv[0]))
    }
    mistakes = tuple(Mistake(i, str(g), str(f), t) for (i, t, g), f in zip(items, found, strict=True) if g != f)
    table = confusion([str(g) for g in gold], [str(f) for f in found])
    return Outcome("classes", str(path), len(items), metrics, table, mistakes)


def class_of(mentions: Sequence[EventMention], text: str) -> int:
    """The class of a sentence with these events: that of the first, unless a mere statement comes before it."""
    if not mentions:
        return 0
    first = min(mentions, key=lambda m: m.trigger)
    said = [m.start() for pattern in statements() if (m := pattern.search(text.lower()))]
    return 0 if said and min(said) <= first.trigger[1] else five_class(first)


@lru_cache(maxsize=1)
def statements() -> tuple[re.Pattern[str], ...]:
    """Phrasings of CAMEO 01, "make a statement", for which PLOVER has no type."""
    lines = STATEMENTS.read_text("utf-8").splitlines()[1:]
    return tuple(re.compile(line.split("\t")[1]) for line in lines if line and not line.startswith("#"))


def five_class(mention: EventMention) -> int:
    """An event in CAMEO's five classes (Phoenix): appeals are neutral there, sanctions verbal conflict.

    CAMEO has no status: cooperation that is refused or fails is verbal conflict there, cooperation to come verbal
    cooperation, conflict to come a threat.
    """
    if mention.event_type == "REJECT":
        return 3
    quad = quad_class((mention.cameo or "01")[:2], "phoenix")
    if mention.status in ("negated", "cancelled"):
        return 3 if mention.quad_class in (1, 2) else 2 if mention.quad_class == 4 else 0
    if mention.status in ("future", "postponed", "hypothetical"):
        return 1 if quad in (1, 2) else 3 if quad == 4 else quad
    return quad
