"""Wire copies made from news: each article re-hosted by others, who cut it, re-headline it, move its parts about and put their phrases in."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from dragoman.ingest.repeats import Text, copies, printed

COPIES = 6
SEED = 20240307
PHRASES = (
    "Sign up for our daily newsletter.", "Read more: what we know so far.", "With reporting by our correspondents.", "This story has been updated.",
    "Follow our live coverage here.", "Our staff and news agencies contributed to this report.", "The views expressed here are those of the author.",
    "Copyright of the agency. All rights reserved.", "Advertisement: continue reading below.", "Support independent journalism in your region today.",
)  # fmt: skip
HEADLINES = (
    "What happened and what comes next", "Fears grow as fighting goes on", "World reacts to the latest turn", "Explained in five points", "Live: the day's events",
    "Officials trade words over the war", "Pressure mounts on the government", "Analysts divided over the outcome",
)  # fmt: skip
SPELLING = ((r"\bsaid\b", "told reporters"), (r"\bper cent\b", "percent"), (r"isation\b", "ization"), (r"\bIsis\b", "Islamic State"), (r"\bdefence\b", "defense"))  # fmt: skip


def articles(path: Path) -> list[str]:
    """The texts of a news file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def rehosted(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """A copy: cut to 45 to 100 % from the end, up to a fifth of the rest dropped, two stretches exchanged, spelling of
    the house, phrases of the publisher in between, another headline, and at times a sentence of another article."""
    sentences = re.split(r"(?<=[.!?”])\s+", text)
    sentences = sentences[: max(3, round(len(sentences) * chance.uniform(0.45, 1.0)))]
    kept = [s for s in sentences if chance.random() > chance.uniform(0, 0.2)] or sentences
    if chance.random() < 0.5 and len(kept) > 5:
        cut = chance.randrange(2, len(kept) - 2)
        kept = kept[cut:] + kept[:cut]
    for pattern, replacement in chance.sample(SPELLING, 2):
        kept = [re.sub(pattern, replacement, s) for s in kept]
    for _ in range(chance.randint(1, 5)):
        kept.insert(chance.randrange(len(kept) + 1), chance.choice(PHRASES))
    if chance.random() < 0.3:
        kept.insert(chance.randrange(len(kept) + 1), chance.choice(re.split(r"(?<=[.!?”])\s+", chance.choice(others))))
    return " ".join([chance.choice(HEADLINES), *kept])


def own_text(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """An article of its own that quotes a long statement of another: three sentences in a row; no copy."""
    own, quoted = (re.split(r"(?<=[.!?”])\s+", t) for t in (text, chance.choice(others)))
    start = chance.randrange(max(1, len(quoted) - 3))
    middle = len(own) // 2
    return " ".join([*own[:middle], *quoted[start : start + 3], *own[middle:]])


def measure(path: Path) -> dict[str, float]:
    """Precision and recall over pairs of texts, in percent.

    Articles that quote others' statements stand beside the copies as traps; pairs of articles of the file itself that share
    a tenth of their sentences (a story and its own update) are left out of the count, as nobody has judged them.
    """
    texts, chance = articles(path), random.Random(SEED)
    named: dict[str, tuple[int, str]] = {}
    for number, text in enumerate(texts):
        others = texts[:number] + texts[number + 1 :]
        named[f"{number:03}"] = (number, own_text(text, chance, others) if number % 3 == 0 else text)
        for copy in range(COPIES):
            named[f"{number:03}-{copy}"] = (number, rehosted(text, chance, others))
    unjudged = {(a, b) for a, b in combinations(range(len(texts)), 2) if _common(texts[a], texts[b]) > 0.1}
    groups = copies(printed(Text(key, text, None, None)) for key, (_, text) in named.items())
    group_of = {report.report_id: n for n, group in enumerate(groups) for report in group}
    right = found = gold = 0
    for one, two in combinations(sorted(named), 2):
        a, b = sorted((named[one][0], named[two][0]))
        if (a, b) in unjudged:
            continue
        said = group_of[one] == group_of[two]
        right, found, gold = right + (said and a == b), found + said, gold + (a == b)
    return {
        "texts": len(named), "pairs": gold, "unjudged_article_pairs": len(unjudged), "precision": 100 * right / max(1, found),
        "recall": 100 * right / gold,
    }  # fmt: skip


def _common(a: str, b: str) -> float:
    one, two = (set(re.split(r"(?<=[.!?”])\s+", t)) for t in (a, b))
    return len(one & two) / min(len(one), len(two))
