"""Agreement of two annotations of the same reports, layer by layer: `python -m corpus.agreement`.

F1 where each side may mark what the other does not, Cohen's kappa where both judge the same thing. Judgements about
events are compared on events that both sides found: those whose triggers overlap, one to one.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from pathlib import Path

from corpus.parse import REPORTS, SECOND, read_corpus
from corpus.problems import CorpusFormatError
from corpus.records import Argument, CorpusReport, Entity, Event, Mention


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement on one layer: `value` in [0, 1] for f1, at most 1 for kappa; None when there was nothing to compare.

    `n` counts the things compared: for f1 those of both sides together, for kappa the joint judgements.
    """

    measure: str
    value: float | None
    n: int


@dataclass(slots=True)
class _Tally:
    """What both sides marked, layer by layer, as it is gathered."""

    sets: dict[str, tuple[set[Hashable], set[Hashable]]] = field(default_factory=dict)
    pairs: dict[str, list[tuple[Hashable, Hashable]]] = field(default_factory=dict)

    def marked(self, layer: str, first: Iterable[Hashable], second: Iterable[Hashable]) -> None:
        one, two = self.sets.setdefault(layer, (set(), set()))
        one.update(first)
        two.update(second)

    def judged(self, layer: str, first: Hashable, second: Hashable) -> None:
        self.pairs.setdefault(layer, []).append((first, second))


def f1(first: set[Hashable], second: set[Hashable]) -> float | None:
    """Harmonic mean of the shares of each set that the other has; None when both are empty."""
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else None


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of joint judgements; 1 when both always give one and the same label, None without judgements."""
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(left[label] * right[label] for label in left) / n**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def agreement(first: Iterable[CorpusReport], second: Iterable[CorpusReport]) -> dict[str, Score]:
    """Scores by layer over the reports that both sides have with the same words."""
    known = {r.id: r for r in first}
    tally = _Tally()
    for again in second:
        report = known.get(again.id)
        if report is not None and report.text == again.text:
            _compare(report, again, tally)
    scores = {layer: Score("f1", f1(a, b), len(a) + len(b)) for layer, (a, b) in tally.sets.items()}
    return scores | {layer: Score("kappa", kappa(pairs), len(pairs)) for layer, pairs in tally.pairs.items()}


def compared(first: Iterable[CorpusReport], second: Iterable[CorpusReport]) -> int:
    """How many reports both sides have with the same words."""
    texts = {r.id: r.text for r in first}
    return sum(texts.get(r.id) == r.text for r in second)


def _compare(first: CorpusReport, second: CorpusReport, tally: _Tally) -> None:
    _mentions(first, second, tally)
    matched = matched_events(first, second)
    found = [("both", i) for i in range(len(matched))]
    tally.marked(
        "triggers",
        [(first.id, *f) for f in found] + [(first.id, "first", i) for i in range(len(first.events) - len(matched))],
        [(first.id, *f) for f in found] + [(first.id, "second", i) for i in range(len(second.events) - len(matched))],
    )
    tally.marked("trigger words", _trigger_spans(first), _trigger_spans(second))
    names = _shared_names(first, second)
    for number, (one, two) in enumerate(matched):
        key = (first.id, number)
        tally.judged("type", one.type, two.type)
        tally.judged("status", one.status, two.status)
        tally.judged("cameo root", one.cameo[:2], two.cameo[:2])
        tally.judged("cameo", one.cameo, two.cameo)
        tally.marked("contexts", [(*key, c) for c in one.contexts], [(*key, c) for c in two.contexts])
        if one.type == two.type:
            tally.marked("modes", [(*key, m) for m in one.modes], [(*key, m) for m in two.modes])
        for layer, part in (("roles", _roles), ("time and place", _settings), ("attribution", _voices)):
            tally.marked(
                layer,
                [(*key, *x) for x in part(first, one, names[0])],
                [(*key, *x) for x in part(second, two, names[1])],
            )


def _mentions(first: CorpusReport, second: CorpusReport, tally: _Tally) -> None:
    one = {(m.start, m.end): m for m in first.mentions}
    two = {(m.start, m.end): m for m in second.mentions}
    tally.marked("mentions", [(first.id, s) for s in one], [(first.id, s) for s in two])
    shared = sorted(one.keys() & two.keys())
    links = [{(first.id, a, b) for a, b in combinations(shared, 2) if side[a].id == side[b].id} for side in (one, two)]
    tally.marked("coreference", *links)
    for span in shared:
        ours, theirs = first.entities.get(one[span].id), second.entities.get(two[span].id)
        if isinstance(ours, Entity) and isinstance(theirs, Entity):
            tally.judged("actor kind", ours.kind, theirs.kind)
            tally.judged("actor country", ours.country, theirs.country)
            tally.judged("actor sector", ours.sectors[:1], theirs.sectors[:1])


def _trigger_spans(report: CorpusReport) -> list[Hashable]:
    return [(report.id, t.start, t.end) for t in report.triggers if t.id != "-"]


def matched_events(first: CorpusReport, second: CorpusReport) -> list[tuple[Event, Event]]:
    """Events of both sides with overlapping triggers, one to one; same type and greater overlap first."""
    candidates = []
    for i, one in enumerate(first.events):
        for j, two in enumerate(second.events):
            overlap = sum(
                max(0, min(a.end, b.end) - max(a.start, b.start))
                for a in first.triggers_of(one.id)
                for b in second.triggers_of(two.id)
            )
            if overlap:
                candidates.append((one.type != two.type, -overlap, i, j))
    taken: list[tuple[int, int]] = []
    for _, _, i, j in sorted(candidates):
        if all(i != a and j != b for a, b in taken):
            taken.append((i, j))
    return [(first.events[i], second.events[j]) for i, j in sorted(taken)]


def _shared_names(first: CorpusReport, second: CorpusReport) -> tuple[dict[str, str], dict[str, str]]:
    """For each side, what its ids are called when both are compared.

    Ids of the two sides that share most mention heads (here: overlapping mentions) get one name; others keep their own.
    """
    votes: Counter[tuple[str, str]] = Counter()
    for a in first.mentions:
        for b in second.mentions:
            if a.nested == b.nested and _same_words(a, b):
                votes[a.id, b.id] += 1
    ours = {m.id: f"first:{m.id}" for m in first.mentions}
    theirs = {m.id: f"second:{m.id}" for m in second.mentions}
    for (mine, yours), _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])):
        if ours[mine].startswith("first:") and theirs[yours].startswith("second:"):
            ours[mine] = theirs[yours] = f"both:{mine}"
    return ours, theirs


def _same_words(first: Mention, second: Mention) -> bool:
    """Whether two mentions overlap by more than half of the longer one."""
    overlap = min(first.end, second.end) - max(first.start, second.start)
    return 2 * overlap > max(first.end - first.start, second.end - second.start)


def _named(report: CorpusReport, argument: Argument | str, names: dict[str, str]) -> list[str]:
    id_ = argument if isinstance(argument, str) else argument.id
    group = report.groups.get(id_)
    return [names.get(m, m) for m in (group.members if group else (id_,))]


def _roles(report: CorpusReport, event: Event, names: dict[str, str]) -> list[tuple[str, str]]:
    roles = (("actor", event.actors), ("recipient", event.recipients))
    return [(role, name) for role, given in roles for a in given for name in _named(report, a, names)]


def _settings(report: CorpusReport, event: Event, names: dict[str, str]) -> list[tuple[str, str]]:
    time = report.times.get(event.when or "")
    dated = [("when", time.value or "-")] if time else []
    return dated + ([("at", names.get(event.at, event.at))] if event.at else [])


def _voices(report: CorpusReport, event: Event, names: dict[str, str]) -> list[tuple[str, bool]]:
    return [(n, v.direct) for v in event.by for n in (_named(report, v.speaker, names) if v.speaker else ["-"])]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print agreement of `corpus/second` with `corpus/reports`."""
    parser = argparse.ArgumentParser(prog="python -m corpus.agreement", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--first", type=Path, default=REPORTS)
    parser.add_argument("--second", type=Path, default=SECOND)
    options = parser.parse_args(arguments)
    first, second = read_corpus([options.first]), read_corpus([options.second])
    scores = agreement(first, second)
    if options.json:
        print(json.dumps({layer: asdict(score) for layer, score in scores.items()}, indent=1))
        return 0
    print(f"{compared(first, second)} reports annotated twice")
    for layer, score in scores.items():
        print(f"{layer:16} {score.measure:6} {'-' if score.value is None else f'{score.value:.3f}'} (n={score.n})")
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except CorpusFormatError as broken:
        raise SystemExit(str(broken)) from None
