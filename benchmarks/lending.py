"""Fit the weights of `dragoman.resolve.lent`: `python -m benchmarks.lending [--check]`.

Every mention of the corpus's training part that names no country itself is one choice among the countries that its
report names, and none of them; the weights are those of a conditional logit over these choices. About four minutes, most of it reading.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.resolve import marked
from corpus.parse import REPORTS, parse_paths
from corpus.records import CorpusReport
from corpus.splits import split
from dragoman.evaluate.texts import as_report
from dragoman.pipeline import Tools
from dragoman.records import Reading
from dragoman.resolve.lent import WEIGHTS, Features, lent_score
from dragoman.resolve.resolver import Resolver
from dragoman.resolve.story import Story

Choice = tuple[list[Features], int]
"""The features of each country that could be lent, then those of lending none; and which of them is right."""

RIDGE = 0.01
STEPS, RATE = 3000, 0.5


def choices_of(report: CorpusReport, reading: Reading, resolver: Resolver) -> list[Choice]:
    """The choices of one report: of mentions that name no country of their own."""
    story = Story(marked(reading, report), resolver.actors, resolver.places, frozenset())
    story.resolve()
    gold = {(m.start, m.end): report.entities[m.id].country for m in report.mentions if m.id in report.entities}
    found: list[Choice] = []
    for view in story.views():
        if (view.start, view.end) not in gold or not story.lends(view):
            continue
        right = gold[view.start, view.end]
        options = story.lenders_of(view)
        codes = [resolver.knowledge.coded(c) for c in options]
        if codes:
            index = codes.index(right) if right in codes else len(codes)
            found.append(([*options.values(), story.lends_nobody(view)], index))
    return found


def fit(choices: Sequence[Choice]) -> dict[str, float]:
    """Weights by name, by gradient ascent on the log-likelihood with a ridge."""
    names = sorted({name for rows, _ in choices for row in rows for name in row})
    column = {name: i for i, name in enumerate(names)}
    starts = np.cumsum([0, *(len(rows) for rows, _ in choices)])
    table = np.zeros((int(starts[-1]), len(names)))  # one row per country that could be lent
    for (rows, _), start in zip(choices, starts, strict=False):
        for offset, row in enumerate(rows):
            for name, value in row.items():
                table[start + offset, column[name]] = value
    right = starts[:-1] + np.array([index for _, index in choices])
    weights = np.zeros(len(names))
    speed = np.zeros(len(names))
    for _ in range(STEPS):
        gradient = table[right].sum(0) - table.T @ _shares(table @ weights, starts)
        speed = 0.9 * speed + (gradient / len(choices) - RIDGE * weights)
        weights += RATE * speed * 0.3
    return {name: round(float(weights[i]), 2) for name, i in column.items() if abs(weights[i]) >= 0.005}


def _shares(scores: NDArray[np.float64], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Softmax within each choice."""
    shifted = np.exp(scores - np.maximum.reduceat(scores, starts[:-1]).repeat(np.diff(starts)))
    return np.asarray(shifted / np.add.reduceat(shifted, starts[:-1]).repeat(np.diff(starts)))


def accuracy(choices: Iterable[Choice], weights: dict[str, float] | None = None) -> float:
    """Share of choices where the right country scores highest, in percent."""
    done = list(choices)
    hits = sum(max(range(len(rows)), key=lambda i: lent_score(rows[i], weights)) == right for rows, right in done)
    return 100 * hits / max(1, len(done))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights and how often they choose right on the part they were not fitted on."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lending", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only score the weights in use")
    options = parser.parse_args(arguments)
    tools = Tools.load()
    parts = split(parse_paths([REPORTS])[0])
    found: dict[str, list[Choice]] = {}
    for part in ("dev",) if options.check else ("train", "dev"):
        reports = parts[part]
        readings = tools.reader.read_all(as_report(r.text, n, r.header.published) for n, r in enumerate(reports))
        found[part] = [
            c for r, reading in zip(reports, readings, strict=True) for c in choices_of(r, reading, tools.resolver)
        ]
    print(f"in use: {accuracy(found['dev'], dict(WEIGHTS)):.1f} % of {len(found['dev'])} choices, dev part")
    if not options.check:
        weights = fit(found["train"])
        print(f"fitted anew on {len(found['train'])}: {accuracy(found['dev'], weights):.1f} %")
        print(", ".join(f'"{name}": {value}' for name, value in weights.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
