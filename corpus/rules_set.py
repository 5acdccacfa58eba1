"""Rules for many reports together: ids, pairs, and words that two reports share."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from corpus.problems import Problem
from corpus.records import CorpusReport
from corpus.rules_body import problem

RUN = 8  # words; the issue of the corpus allows no run of this length between two reports
NOT_NAMES = 5  # of which so many must be no names, so that offices and titles may recur
_WORD = re.compile(r"\w+(?:['’\-.]\w+)*")


def problems_of(reports: Sequence[CorpusReport]) -> Iterator[Problem]:
    """Problems of the reports as a set."""
    yield from _ids(reports)
    yield from _pairs(reports)
    for first, second, words in shared_runs(reports):
        yield problem(
            second,
            second.line,
            "shared-run",
            f"shares {words!r} with {first.id} ({first.file}:{first.line}).",
            "Word one of them anew.",
        )


def second_matches_first(again: Sequence[CorpusReport], originals: Sequence[CorpusReport]) -> Iterator[Problem]:
    """Second annotations whose report is unknown or whose words differ from the first."""
    known = {r.id: r for r in originals}
    for report in again:
        original = known.get(report.id)
        if original is None:
            yield problem(report, report.line, "second", "no first annotation has this id.", "Check the id.")
        elif original.text != report.text:
            at = next(
                (i for i, (a, b) in enumerate(zip(original.text, report.text, strict=False)) if a != b),
                min(len(original.text), len(report.text)),
            )
            yield problem(
                report,
                report.line,
                "second",
                f"its words differ from the first annotation's at {original.text[max(0, at - 20) : at + 20]!r}.",
                "Both annotate the same plain text: take it from `python -m corpus.bare`.",
            )


def _ids(reports: Sequence[CorpusReport]) -> Iterator[Problem]:
    seen: dict[str, CorpusReport] = {}
    for report in reports:
        if report.id in seen:
            first = seen[report.id]
            yield problem(
                report, report.line, "report-twice", f"the id is taken at {first.file}:{first.line}.", "Renumber it."
            )
        seen.setdefault(report.id, report)


def _pairs(reports: Sequence[CorpusReport]) -> Iterator[Problem]:
    known = {r.id: r for r in reports}
    for report in reports:
        pair = report.header.pair
        if pair is not None and (pair not in known or pair == report.id):
            yield problem(report, report.line, "pair", f"pair: {pair} is no other report here.", "Check the id.")
        for event in report.events:
            for target in event.same:
                other, _, event_id = target.partition("/")
                if other not in known or event_id not in {e.id for e in known[other].events}:
                    yield problem(
                        report,
                        event.line,
                        "same",
                        f"!{event.id}: same={target} points to nothing.",
                        "Write same=<report id>/<event id> of a report in this corpus.",
                    )
                elif event.type not in {e.type for e in known[other].events if e.id == event_id}:
                    yield problem(
                        report,
                        event.line,
                        "same-type",
                        f"!{event.id} is the same as {target} and of another type.",
                        "Check that both tell one act.",
                        False,
                    )


def words_of(report: CorpusReport) -> list[list[str]]:
    """The words of each sentence, as written."""
    return [_WORD.findall(report.words(s)) for s in report.sentences]


def shared_runs(reports: Sequence[CorpusReport], length: int = RUN) -> list[tuple[CorpusReport, CorpusReport, str]]:
    """Pairs of reports that share `length` words in a row beyond names, with the first such words; each pair once."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, report in enumerate(reports):
        for words in words_of(report):
            for at in range(len(words) - length + 1):
                window = words[at : at + length]
                if sum(w[:1].islower() for w in window) >= min(NOT_NAMES, length):
                    key = tuple(w.lower() for w in window)
                    if index not in places[key]:
                        places[key].append(index)
    found: dict[tuple[int, int], str] = {}
    for window_words, indices in places.items():
        for first, second in itertools.pairwise(indices):
            if reports[first].id != reports[second].id:
                found.setdefault((first, second), " ".join(window_words))
    return [(reports[a], reports[b], words) for (a, b), words in found.items()]


def longest_run(reports: Sequence[CorpusReport]) -> tuple[int, str]:
    """Length in words of the longest run that two reports share (names included), and the words."""
    best = (0, "")
    length = 4
    while True:
        counts: Counter[tuple[str, ...]] = Counter()
        for report in reports:
            windows = {
                tuple(w.lower() for w in words[at : at + length])
                for words in words_of(report)
                for at in range(len(words) - length + 1)
            }
            counts.update(windows)
        shared = [w for w, n in counts.items() if n > 1]
        if not shared:
            return best
        best = (length, " ".join(shared[0]))
        length += 1
