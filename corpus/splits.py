"""Train, dev and test parts: by hash of the report id, so that a report never changes its part.

Reports that are paired go together, or the test part would hold the stories of the train part. The test part is for
reported figures only.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from corpus.parse import REPORTS, read_corpus
from corpus.problems import CorpusFormatError
from corpus.records import CorpusReport

PARTS = ("train", "dev", "test")
DEV, TEST = 10, 10  # percent


def part_of(key: str) -> str:
    """The part of a report, or of a family of reports by its smallest id."""
    percent = int.from_bytes(sha256(key.encode()).digest()[:8], "big") % 100
    return "test" if percent < TEST else "dev" if percent < TEST + DEV else "train"


def parts(reports: Iterable[CorpusReport]) -> dict[str, str]:
    """The part of each report by id; reports tied by `pair:` or `same=` share one."""
    reports = list(reports)
    parent = {r.id: r.id for r in reports}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            id_ = parent[id_]
        return id_

    for report in reports:
        others = {report.header.pair, *(s.split("/")[0] for e in report.events for s in e.same)}
        for other in others - {None}:
            if other in parent:
                first, second = sorted((root(report.id), root(str(other))))
                parent[second] = first
    return {r.id: part_of(root(r.id)) for r in reports}


def split(reports: Iterable[CorpusReport]) -> dict[str, list[CorpusReport]]:
    """The reports by part, each part in the order given."""
    reports = list(reports)
    part = parts(reports)
    return {name: [r for r in reports if part[r.id] == name] for name in PARTS}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the ids of one part, or the size of each."""
    parser = argparse.ArgumentParser(prog="python -m corpus.splits", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="print this part's report ids")
    parser.add_argument("--from", dest="folder", type=Path, default=REPORTS, help="folder of reports")
    options = parser.parse_args(arguments)
    for name, members in split(read_corpus([options.folder])).items():
        if options.part == name:
            print("\n".join(r.id for r in members))
        elif options.part is None:
            print(f"{name:6} {len(members):5} reports {sum(len(r.sentences) for r in members):6} sentences")
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except CorpusFormatError as broken:
        raise SystemExit(str(broken)) from None
