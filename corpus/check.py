"""The validator: `python -m corpus.check [paths]` lists everything wrong in every file, and exits 1 on errors."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus import names, rules_body, rules_event, rules_set, rules_words, trees
from corpus.parse import REPORTS, SECOND, parse_paths
from corpus.problems import Problem
from corpus.records import CorpusReport


def check(reports: Sequence[CorpusReport]) -> list[Problem]:
    """Everything wrong with the reports, each by itself and all together; parse problems not included."""
    problems: list[Problem] = []
    for report in reports:
        problems += rules_body.problems_of(report)
        problems += rules_event.problems_of(report)
        problems += rules_words.problems_of(report)
    return [*problems, *rules_set.problems_of(reports)]


def check_paths(paths: Iterable[Path]) -> tuple[list[CorpusReport], list[Problem]]:
    """Reports under the paths with their problems, sorted by place.

    First and second annotations share their ids, so the folder `second` is checked as a set of its own.
    """
    first: list[Path] = []
    second: list[Path] = []
    for path in paths:
        (second if SECOND in (path.resolve(), *path.resolve().parents) else first).append(path)
    reports, problems = parse_paths(first)
    problems += check(reports)
    again, trouble = parse_paths(second)
    problems += trouble + check(again)
    if again:
        originals = reports or parse_paths([REPORTS])[0]
        problems += rules_set.second_matches_first(again, originals)
    return reports + again, sorted(set(problems))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the problems; 1 when there is an error, 0 when there are only warnings or nothing."""
    parser = argparse.ArgumentParser(prog="python -m corpus.check", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders; the whole corpus when none is given")
    parser.add_argument("--quiet", action="store_true", help="do not list warnings")
    parser.add_argument("--summary", action="store_true", help="count problems by kind instead of listing them")
    options = parser.parse_args(arguments)
    reports, problems = check_paths(options.paths or [REPORTS, SECOND])
    if not options.paths:
        problems += names.problems_of() + trees.problems_of()
    shown = [p for p in problems if p.grave or not options.quiet]
    if options.summary:
        for (code, grave), n in Counter((p.code, p.grave) for p in shown).most_common():
            print(f"{n:6} {'error' if grave else 'warning':8} {code}")
    else:
        for problem in shown:
            print(problem)
    errors = sum(p.grave for p in problems)
    print(f"{len(reports)} reports: {errors} errors, {len(problems) - errors} warnings.", file=sys.stderr)
    return 1 if errors or not reports else 0


if __name__ == "__main__":
    sys.exit(main())
