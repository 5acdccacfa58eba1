"""Counts of the corpus against its targets: `python -m corpus.stats [--folder F] [--json]`."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import codes
from corpus.agreement import agreement, compared
from corpus.parse import REPORTS, ROOT, SECOND, parse_paths
from corpus.records import CorpusReport
from corpus.rules_set import longest_run, shared_runs, words_of
from corpus.splits import PARTS, split

# What the corpus set out to hold.
TARGETS = {
    "reports": 1200,
    "sentences": 8000,
    "share_without_events": 1 / 3,
    "each type": 250,
    "each mode": 40,
    "each context": 60,
    "each status but actual": 250,
    "states": 150,
    "organisations": 40,
}
OPENS, CLOSES = "<!-- stats -->", "<!-- /stats -->"  # around the tables in the README
_ENDINGS = ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "s", "d", "e")
_LIGHT = frozenset(
    [
        "a",
        "an",
        "the",
        "to",
        "of",
        "on",
        "in",
        "at",
        "for",
        "with",
        "from",
        "up",
        "down",
        "out",
        "off",
        "over",
        "into",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "has",
        "have",
        "had",
        "will",
        "would",
        "could",
        "may",
        "might",
        "not",
        "and",
        "his",
        "her",
        "its",
        "their",
        "paid",
        "pay",
        "made",
        "make",
        "held",
        "hold",
        "took",
        "take",
        "taken",
        "gave",
        "give",
        "given",
    ]
)


def counts(reports: Sequence[CorpusReport], second: Sequence[CorpusReport] = ()) -> dict[str, Any]:
    """Everything that the table shows, ready for JSON."""
    events = [e for r in reports for e in r.events]
    sentences = sum(len(r.sentences) for r in reports)
    with_events = sum(len({t.sentence for t in r.triggers if t.id != "-"}) for r in reports)
    modes = Counter(f"{e.type}/{m}" for e in events for m in e.modes)
    return {
        "reports": len(reports),
        "sentences": sentences,
        "words": sum(len(ws) for r in reports for ws in words_of(r)),
        "events": len(events),
        "mentions": sum(len(r.mentions) for r in reports),
        "near_misses": sum(t.id == "-" for r in reports for t in r.triggers),
        "without_events": sentences - with_events,
        "share_without_events": round(1 - with_events / sentences, 4) if sentences else 0.0,
        "types": _all(codes.TYPES, Counter(e.type for e in events)),
        "modes": _all([f"{t}/{m}" for t, ms in codes.MODES.items() for m in ms], modes),
        "statuses": _all(codes.STATUSES, Counter(e.status for e in events)),
        "contexts": _all(codes.CONTEXTS, Counter(c for e in events for c in e.contexts)),
        "states": sorted(states(reports)),
        "organisations": sorted(organisations(reports)),
        "kinds": dict(Counter(e.kind for r in reports for e in r.entities.values()).most_common()),
        "attributed_events": sum(bool(e.by) for e in events),
        "nested_attribution": sum(len(e.by) > 1 for e in events),
        "direct_speech": sum(any(v.direct for v in e.by) for e in events),
        "styles": _all(codes.STYLES, Counter(r.header.style for r in reports)),
        "regions": _all(codes.REGIONS, Counter(r.header.region for r in reports)),
        "pairs": sum(r.header.pair is not None for r in reports),
        "splits": {
            name: {"reports": len(members), "sentences": sum(len(r.sentences) for r in members)}
            for name, members in split(reports).items()
        },
        "diversity": diversity(reports),
        "agreement": {
            "reports": compared(reports, second),
            **{layer: asdict(score) for layer, score in agreement(reports, second).items()},
        },
    }


def _all(known: Sequence[str], found: Counter[str]) -> dict[str, int]:
    """Counts of every known code, zero included, and of no other."""
    return {code: found[code] for code in known}


def states(reports: Sequence[CorpusReport]) -> set[str]:
    """States that an actor or place of some report belongs to, as ISO codes."""
    named = {e.country for r in reports for e in r.entities.values() if e.country}
    named |= {p.country for r in reports for p in r.places.values() if p.country}
    return named - set(codes.ORGANISATIONS) - set(codes.PAST_STATES)


def organisations(reports: Sequence[CorpusReport]) -> set[str]:
    """International organisations and armed groups by name: the declared one, else the longest capitalised mention."""
    names = set()
    for report in reports:
        for entity in report.entities.values():
            if entity.kind in ("igo", "armed-group"):
                mentions = [report.words(m) for m in report.mentions if m.id == entity.id]
                proper = [re.sub(r"^[Tt]he ", "", w) for w in mentions if re.search(r"\b[A-Z]", w[4:] or w)]
                if entity.name or proper:
                    names.add(entity.name or max(proper, key=len))
    return names


def diversity(reports: Sequence[CorpusReport]) -> dict[str, Any]:
    """How little the corpus repeats itself; shares in [0, 1], runs in words."""
    grams = [
        tuple(w.lower() for w in words[i : i + 4])
        for r in reports
        for words in words_of(r)
        for i in range(len(words) - 3)
    ]
    length, run = longest_run(reports)
    return {
        "distinct_4grams": round(len(set(grams)) / len(grams), 4) if grams else 0.0,
        "trigger_lemmas": {t: len(ls) for t, ls in sorted(trigger_lemmas(reports).items())},
        "longest_shared_run": length,
        "longest_shared_words": run,
        "pairs_sharing_8_words": len(shared_runs(reports)),
    }


def trigger_lemmas(reports: Sequence[CorpusReport]) -> dict[str, set[str]]:
    """Distinct triggers per type, with endings, articles and light verbs taken off by rule."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for event in report.events:
            words = " ".join(report.words(t) for t in report.triggers_of(event.id)).lower().split()
            content = [w for w in words if w not in _LIGHT] or words
            lemmas[event.type].add(" ".join(stem(w) for w in content))
    return dict(lemmas)


def stem(word: str) -> str:
    """A word without its common endings: condemned, condemning and condemns fall together."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiouls" else word


def short_of(found: dict[str, Any], part: float = 1.0) -> list[str]:
    """What falls short of the targets, in words; `part` of them for a part of the corpus."""
    targets = {what: n if what == "share_without_events" else round(n * part) for what, n in TARGETS.items()}
    short = [f"{w}: {found[w]} of {targets[w]}" for w in ("reports", "sentences") if found[w] < targets[w]]
    share = found["share_without_events"]
    if share < targets["share_without_events"]:
        short.append(f"sentences without events: {share:.1%} of {targets['share_without_events']:.1%}")
    for what, target in (
        ("types", "each type"),
        ("modes", "each mode"),
        ("contexts", "each context"),
        ("statuses", "each status but actual"),
    ):
        short += [f"{code}: {n} of {targets[target]}" for code, n in found[what].items() if n < targets[target]]
    for what in ("states", "organisations"):
        if len(found[what]) < targets[what]:
            short.append(f"{what}: {len(found[what])} of {targets[what]}")
    return short


def _rows(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Heads of the table: what, found, target."""
    diverse = found["diversity"]
    lemmas = sorted(diverse["trigger_lemmas"].values()) or [0]
    least = {key: min(found[key].items(), key=lambda kv: kv[1]) for key in ("types", "modes", "contexts", "statuses")}
    return [
        ("reports", str(found["reports"]), "1200"),
        ("sentences", str(found["sentences"]), "8000"),
        ("sentences without events", f"{found['share_without_events']:.1%}", "33.3%"),
        ("events", str(found["events"]), ""),
        ("mentions", str(found["mentions"]), ""),
        ("near misses", str(found["near_misses"]), ""),
        ("rarest type", "{} {}".format(*least["types"]), "250"),
        ("rarest mode", "{} {}".format(*least["modes"]), "40"),
        ("rarest context", "{} {}".format(*least["contexts"]), "60"),
        ("rarest status", "{} {}".format(*least["statuses"]), "250"),
        ("states named", str(len(found["states"])), "150"),
        ("organisations and armed groups", str(len(found["organisations"])), "40"),
        ("distinct word 4-grams", f"{diverse['distinct_4grams']:.1%}", ""),
        ("distinct trigger lemmas per type", f"{lemmas[0]} to {lemmas[-1]}", ""),
        ("longest run shared by two reports", f"{diverse['longest_shared_run']} words", ""),
        ("pairs sharing 8 words beyond names", str(diverse["pairs_sharing_8_words"]), "0"),
        *(
            (f"part {name}", "{reports} reports, {sentences} sentences".format(**found["splits"][name]), "")
            for name in PARTS
        ),
        ("reports annotated twice", str(found["agreement"]["reports"]), f"{round(found['reports'] / 10)}"),
        *(
            (f"agreement: {layer}", f"{score['value']:.2f} ({score['measure']}, n={score['n']})", "")
            for layer, score in found["agreement"].items()
            if layer != "reports" and score["value"] is not None
        ),
    ]


def table(found: dict[str, Any]) -> str:
    """The table for the README, in Markdown."""
    lines = ["| | found | target |", "|---|---:|---:|"]
    lines += [f"| {what} | {n} | {target} |" for what, n, target in _rows(found)]
    for key, target in (
        ("types", 250),
        ("statuses", 250),
        ("modes", 40),
        ("contexts", 60),
        ("styles", 0),
        ("regions", 0),
    ):
        against = f" (each at least {target})" if target else ""
        counted = ", ".join(f"{code} {n}" for code, n in found[key].items())
        lines += ["", f"**{key.capitalize()}**{against}: {counted}."]
    lemmas = ", ".join(f"{t} {n}" for t, n in found["diversity"]["trigger_lemmas"].items())
    return "\n".join([*lines, "", f"**Distinct trigger lemmas**: {lemmas}."])


def with_tables(readme: str, tables: str) -> str:
    """The README with the tables between its two marks."""
    before, _, rest = readme.partition(OPENS)
    _, _, after = rest.partition(CLOSES)
    return f"{before}{OPENS}\n{tables}\n{CLOSES}{after}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts and what falls short of the targets."""
    parser = argparse.ArgumentParser(prog="python -m corpus.stats", description=__doc__)
    parser.add_argument("--folder", help="one folder under corpus/reports, or any path")
    parser.add_argument("--part", type=float, default=1.0, help="share of the targets that this folder owes, as 0.25")
    parser.add_argument("--json", action="store_true", help="everything, for machines")
    parser.add_argument("--readme", action="store_true", help="write the tables into corpus/README.md")
    options = parser.parse_args(arguments)
    folder = REPORTS
    if options.folder:
        folder = REPORTS / options.folder if (REPORTS / options.folder).exists() else Path(options.folder)
    reports, problems = parse_paths([folder])
    second, more = parse_paths([SECOND])
    if problems or more:
        lost = len(problems) + len(more)
        print(f"{lost} places cannot be read and are not counted: see `python -m corpus.check`.", file=sys.stderr)
    found = counts(reports, second)
    if options.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return 0
    if options.readme:
        readme = ROOT / "README.md"
        readme.write_text(with_tables(readme.read_text(encoding="utf-8"), table(found)), encoding="utf-8")
        return 0
    print(table(found))
    short = short_of(found, options.part)
    if short:
        print("\nShort of the targets:\n" + "\n".join(f"- {s}" for s in short))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
