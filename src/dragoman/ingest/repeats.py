"""The same wire story, printed by many: which reports tell one account.

A publisher that re-hosts an agency's story cuts it, gives it another headline and puts phrases of its own in between;
most runs of five words survive. The least of the runs' hashes (the bottom-k sketch of Broder 1997) find candidates in near
linear time; the share of common runs then decides exactly. Reports that are copies of one another, and reports of one publisher, are one account.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint32]

RUN = 5
"""Words in a run: four are shared by chance too often in news of one theatre, six are broken by too many edits."""

SHARED = 0.4
"""Two reports are copies when at least this share of the shorter one's runs stands in the other.

Chosen on `benchmarks.merge` (wire copies made from news): copies lie above 0.5, reports that quote one another or carry the
same background paragraph below 0.3."""

SKETCH = 64
"""Least hashes of a text that are looked up: two texts that have one of them in common are compared. A text cut to a third
keeps about twenty of the whole one's; two texts that share no run share none."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_CREDIT = re.compile(r"\A.{0,120}?\(([A-Z][\w.&' -]{1,30})\)\s*[-–—]", re.S)


@dataclass(frozen=True, slots=True)
class Text:
    """What is needed of a report to tell its account; `published` and `report_id` say which of two copies is the original."""

    report_id: str
    text: str
    source: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Printed:
    """What is compared of a report: who is credited (agency, else publisher, else the report itself), its day ("9999":
    unknown), and its runs, sorted."""

    report_id: str
    credited: str
    day: str
    runs: Shingles


def printed(report: Text) -> Printed:
    """What is compared of a report."""
    runs = shingles(report.text)
    day = report.published.isoformat() if report.published else "9999"
    return Printed(report.report_id, credit(report.text) or report.source or report.report_id, day, runs)


def accounts(reports: Iterable[Text]) -> dict[str, str]:
    """Report id -> the independent account it belongs to; the same for any order of the reports."""
    return accounts_of(map(printed, reports))


def accounts_of(reports: Iterable[Printed]) -> dict[str, str]:
    """The same from what is compared.

    Copies share the account of the earliest of them. An account is named after the agency that its dateline credits
    ("KYIV (Reuters) -"), else its publisher, else its report id.
    """
    named: dict[str, str] = {}
    for group in copies(reports):
        original = min(group, key=lambda report: (report.day, report.report_id))
        named |= dict.fromkeys((report.report_id for report in group), original.credited.casefold())
    return named


def credit(text: str) -> str | None:
    """The agency that the dateline names: "Reuters" for "KYIV, March 3 (Reuters) - Ukraine said ..."."""
    found = _CREDIT.match(text)
    return found[1] if found else None


_ODD = np.uint64(0x9E3779B97F4A7C15)
LONGEST_WORD = 64
"""Bytes of a word that its hash looks at; words that agree in so many count as one."""
_POWERS = np.cumprod(np.full(LONGEST_WORD, np.uint64(0x100000001B3), dtype=np.uint64))


def shingles(text: str) -> Shingles:
    """Hashes of all runs of RUN words, case folded, sorted, each once; shape (runs,)."""
    hashes = _hashed(_WORD.findall(text.casefold()))
    if len(hashes) < RUN:
        hashes = np.pad(hashes, (0, RUN - len(hashes)))
    total = np.zeros(len(hashes) - RUN + 1, dtype=np.uint64)
    for i in range(RUN):
        total = total * _ODD + hashes[i : len(hashes) - RUN + 1 + i]  # wraps, as it should
    runs = np.sort((total >> np.uint64(32)).astype(np.uint32))
    return runs[np.concatenate(([True], runs[1:] != runs[:-1]))]


def _hashed(words: Sequence[str]) -> NDArray[np.uint64]:
    """A hash of every word: its bytes as digits to an odd base, all words at once."""
    data = np.frombuffer(" ".join(words).encode(), dtype=np.uint8)
    if not len(data):
        return np.zeros(0, dtype=np.uint64)
    starts = np.concatenate(([0], np.flatnonzero(data == 32) + 1))
    within = np.arange(len(data)) - np.repeat(starts, np.diff(starts, append=len(data)))
    digits = np.where(data == 32, 0, data.astype(np.uint64) + np.uint64(1))  # the blank belongs to no word
    values = digits * np.where(within < LONGEST_WORD, _POWERS[np.minimum(within, LONGEST_WORD - 1)], np.uint64(0))
    found = np.add.reduceat(values, starts) * _ODD
    return found ^ (found >> np.uint64(29))


def shared(a: Shingles, b: Shingles) -> float:
    """Share of the shorter one's runs that stand in the other, in [0, 1]."""
    return len(np.intersect1d(a, b, assume_unique=True)) / max(1, min(len(a), len(b)))


def copies(reports: Iterable[Printed]) -> list[list[Printed]]:
    """Groups of reports whose texts are copies of one another, directly or by way of others; every report is in one group."""
    ordered = sorted(reports, key=lambda report: report.report_id)
    parent = list(range(len(ordered)))
    for i, j in _candidates(ordered):
        here, there = _root(parent, i), _root(parent, j)
        if here != there and shared(ordered[i].runs, ordered[j].runs) >= SHARED:
            parent[max(here, there)] = min(here, there)
    groups: dict[int, list[Printed]] = defaultdict(list)
    for position, report in enumerate(ordered):
        groups[_root(parent, position)].append(report)
    return list(groups.values())


def _candidates(reports: Sequence[Printed]) -> Iterator[tuple[int, int]]:
    """Positions of texts that have one of their SKETCH least hashes in common: each with the one before it that has it and with
    the first; each pair once.

    Hashes are sorted rather than kept in a table, which for a million texts would not fit into memory.
    """
    if not reports:
        return
    sizes = [min(SKETCH, len(report.runs)) for report in reports]
    hashes = np.concatenate([report.runs[:SKETCH] for report in reports])
    order = np.argsort(hashes, kind="stable")
    text, ranked = np.repeat(np.arange(len(reports), dtype=np.int64), sizes)[order], hashes[order]
    again = np.flatnonzero(ranked[1:] == ranked[:-1]) + 1
    opens = np.concatenate(([True], ranked[1:] != ranked[:-1]))
    first = np.flatnonzero(opens)[np.cumsum(opens)[again] - 1]
    before = (text[again - 1] << 32) | text[again]
    for pair in np.unique(np.concatenate((before, (text[first] << 32) | text[again]))).tolist():
        yield pair >> 32, pair & 0xFFFFFFFF


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at
