"""Fits the weights of confidence on the development part of the corpus: `python -m benchmarks.confidence [--write]`.

To be run again with `--write` after every change of the reading model or of the lexicon; it takes two minutes on one core.

An event found is right when one stands at its trigger, its type is right, and each side that it names has a right party: an
annotated one of that side, or one of the same country. Weights are fitted on the reports in plain agency prose, which are what
news looks like; the other styles, harder on purpose, are shown for comparison. Reliability is measured by cross-validation over
reports, so no report is judged by weights that it helped to fit.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from benchmarks.coding import BINS, Pair, as_report, binned, expected_calibration_error, named, pairs_of, party_ids
from corpus.parse import parse_paths
from corpus.records import Argument, CorpusReport
from corpus.splits import split
from dragoman.coding import MentionCoder, coder
from dragoman.coding.candidates import Candidate
from dragoman.coding.confidence import evidence, probability
from dragoman.coding.sides import Sides
from dragoman.pipeline import Tools
from dragoman.read import Reader
from dragoman.records import Party, Reading, Report

TABLE = Path(coder.__file__).parent / "data" / "confidence.tsv"
REPORTS = Path(__file__).parent.parent / "corpus" / "reports"
FOLDS = 5
SHRINK = 3.0
"""L2 penalty on all weights but that of every event; chosen by cross-validated log loss among 0.3, 1, 3, 10."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One event found: its evidence, whether it is right, and the number of its report."""

    evidence: Mapping[str, float]
    right: bool
    report: int
    kind: str
    plain: bool


def stated_right(p: Pair) -> bool:
    """Whether what the event says is so: that it happened, its type, and somebody on each side that it names."""
    if p.gold is None or p.found is None or p.gold.type != p.found.base_type:
        return False
    sides = ((p.gold.actors, p.found.actors), (p.gold.recipients, p.found.recipients))
    return all(not found or _holds(p.report, gold, found) for gold, found in sides)


def _holds(report: CorpusReport, gold: Sequence[Argument], found: Sequence[Party]) -> bool:
    """Whether one of the parties found is an annotated one, or of the same country as one."""
    want = party_ids(report, gold)
    countries = {e.country for e in report.entities.values() if e.id in want and e.country}
    return any(named(report, party) & want or party.country in countries for party in found)


def samples(part: str, reports: Path, tools: Tools) -> list[Sample]:
    """All events found in a part of the corpus, however unsure."""
    seen: dict[tuple[str, int, int, str], Mapping[str, float]] = {}
    current: list[str] = []

    def spy(c: Candidate, sides: Sides) -> float:
        found = evidence(c, sides)
        span = c.g.span(c.tokens[0], c.tokens[-1]) if c.tokens[-1] - c.tokens[0] < 8 else c.g.span(c.head, c.head)
        kind = next(n for n in found if n.startswith("type ")).removeprefix("type ")
        seen[(current[0], *span, kind)] = found
        return 0.99

    sources = split(parse_paths([reports])[0])[part]
    read = _AlreadyRead(tools.reader.read_all([as_report(source) for source in sources]))
    kept = vars(coder)["confidence"]
    vars(coder)["confidence"] = spy
    try:
        made = []
        for number, source in enumerate(sources):
            current[:] = [source.id]
            for p in pairs_of([source], replace(tools, reader=cast(Reader, read))):
                if p.found is not None:
                    key = (source.id, *p.found.trigger, p.found.base_type)
                    made.append(
                        Sample(seen[key], stated_right(p), number, p.found.base_type, source.id.startswith("pl-"))
                    )
        return made
    finally:
        vars(coder)["confidence"] = kept


class _AlreadyRead:
    """Stands for the reader once all reports have been read together, which is much faster than one by one."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.by_id = {reading.report.id: reading for reading in readings}

    def read_all(self, reports: Iterable[Report]) -> list[Reading]:
        return [self.by_id[report.id] for report in reports]


def fit(data: Sequence[Sample], names: Sequence[str]) -> dict[str, float]:
    """Weights by penalised maximum likelihood (Newton's method)."""
    x, y = _matrix(data, names), np.array([s.right for s in data], float)
    penalty = np.array([0.01 if n == "every event" else SHRINK for n in names])
    w = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ w)))
        gradient = x.T @ (p - y) + penalty * w
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + np.diag(penalty), gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, (float(v) for v in w), strict=True))


def _matrix(data: Sequence[Sample], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[s.evidence.get(n, 0.0) for n in names] for s in data])


def table(found: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int, float, float]]:
    """Rows of reliability as `benchmarks.coding.reliability` has them."""
    return binned(found, (0.0, 0.1, 0.2, *BINS[1:], 2.0))


def debiased_error(found: Sequence[tuple[float, bool]], bins: int = 4) -> float:
    """Root mean square gap between confidence and share right over bins of equal size, less what chance alone adds
    (Kumar, Liang and Ma 2019): with 60 events of a type the plain error of a perfect forecast would be about 0.1.
    """
    ranked = sorted(found)
    total = 0.0
    for part in np.array_split(np.arange(len(ranked)), bins):
        if len(part) < 2:
            continue
        mean = float(np.mean([ranked[i][0] for i in part]))
        share = float(np.mean([ranked[i][1] for i in part]))
        total += len(part) / len(ranked) * ((mean - share) ** 2 - share * (1 - share) / (len(part) - 1))
    return float(np.sqrt(max(0.0, total)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print reliability, and write the table when asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.confidence", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    parser.add_argument("--part", default="dev", choices=("train", "dev"))
    parser.add_argument("--from", dest="folder", type=Path, default=REPORTS)
    options = parser.parse_args(arguments)
    tools = Tools.load()
    run(samples(options.part, options.folder, replace(tools, coder=MentionCoder.load())), write=options.write)
    return 0


def run(data: Sequence[Sample], *, write: bool = False) -> None:
    """The same from samples."""
    others = [s for s in data if not s.plain]
    data = [s for s in data if s.plain]
    names = sorted({n for s in data for n in s.evidence})
    held: list[tuple[float, bool, str]] = []
    for fold in range(FOLDS):
        weights = fit([s for s in data if s.report % FOLDS != fold], names)
        held += [(probability(s.evidence, weights), s.right, s.kind) for s in data if s.report % FOLDS == fold]
    rows = table([(p, ok) for p, ok, _ in held])
    print(f"{len(data)} events found, {100 * sum(s.right for s in data) / len(data):.1f} % right; held out:")
    _print(rows)
    loss = -np.mean([np.log(p if ok else 1 - p) for p, ok, _ in held])
    print(f"expected calibration error {expected_calibration_error(rows):.3f}, log loss {loss:.3f}")
    print("by type: events, mean confidence, share right, calibration error (debiased, 4 bins of equal size)")
    for kind in sorted({k for _, _, k in held}):
        own = [(p, ok) for p, ok, k in held if k == kind]
        mean, share = sum(p for p, _ in own) / len(own), sum(ok for _, ok in own) / len(own)
        print(f"  {kind:10} {len(own):5}  {mean:.2f}  {share:.2f}  {debiased_error(own):.3f}")
    weights = fit(data, names)
    elsewhere = table([(probability(s.evidence, weights), s.right) for s in others])
    print(f"other styles, {len(others)} events: expected calibration error {expected_calibration_error(elsewhere):.3f}")
    _print(elsewhere)
    if write:
        TABLE.write_text("evidence\tweight\n" + "".join(f"{n}\t{weights[n]:.3f}\n" for n in names), encoding="utf-8")
        print(f"written: {TABLE}")


def _print(rows: Sequence[tuple[float, float, int, float, float]]) -> None:
    for low, high, n, mean, share in rows:
        print(f"{low:.1f} to {min(high, 1):.1f} {n:6}  {mean:.2f}   {share:.2f}")


if __name__ == "__main__":
    raise SystemExit(main())
