"""Bare text of the reports that are annotated a second time, so that another hand need not see the first annotation.

`python -m corpus.bare` prints the chosen tenth; `--list` their ids; `--ids a,b` those reports. What is printed is a corpus
file without marks and declarations: add them and save it under `corpus/second/`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from corpus.parse import REPORTS, read_corpus
from corpus.problems import CorpusFormatError
from corpus.records import CorpusReport
from corpus.write import write

SHARE = 10  # percent of the reports


def chosen(report_id: str, share: int = SHARE) -> bool:
    """Whether a report is annotated twice: a fixed tenth, by hash of the id, independent of the split."""
    return int.from_bytes(sha256(f"second/{report_id}".encode()).digest()[:8], "big") % 100 < share


def bare(report: CorpusReport) -> CorpusReport:
    """The report without annotation, and without the header line that tells of its pair."""
    head = replace(report.header, pair=None)
    return replace(report, header=head, mentions=(), triggers=(), cues=(), declarations=(), events=())


def chosen_reports(reports: Iterable[CorpusReport]) -> list[CorpusReport]:
    """The reports to annotate twice."""
    return [r for r in reports if chosen(r.id)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print bare reports, or their ids."""
    parser = argparse.ArgumentParser(prog="python -m corpus.bare", description=__doc__)
    parser.add_argument("--ids", help="these reports instead of the chosen tenth, joined by commas")
    parser.add_argument("--list", action="store_true", help="print ids only")
    parser.add_argument("--from", dest="folder", type=Path, default=REPORTS, help="folder of reports")
    options = parser.parse_args(arguments)
    reports = read_corpus([options.folder])
    wanted = options.ids.split(",") if options.ids else [r.id for r in chosen_reports(reports)]
    picked = [r for r in reports if r.id in wanted]
    print("\n".join(r.id for r in picked) if options.list else write(bare(r) for r in picked))
    return 0 if len(picked) == len(set(wanted)) else 1


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except CorpusFormatError as broken:
        raise SystemExit(str(broken)) from None
