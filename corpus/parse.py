"""Corpus files to records: `read_corpus(paths)` for readers, `parse(text, file)` where problems are wanted as data.

The format is described in FORMAT.md. Parsing is strict about what a label would be lost to (unclosed marks, unreadable
declarations) and tolerant about spacing; whether codes and ids make sense is judged by `corpus.check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from corpus.draft import Draft
from corpus.parse_body import sentence
from corpus.parse_declarations import declare, event
from corpus.problems import CorpusFormatError, Problem
from corpus.records import CorpusReport, Header

ROOT = Path(__file__).parent
REPORTS = ROOT / "reports"
SECOND = ROOT / "second"

HEADER_KEYS = ("published", "style", "publisher", "region", "title")
OPTIONAL_KEYS = ("pair",)

_HEADER = re.compile(r"([a-z]+)\s*:\s*(.*)")
_REPORT_ID = re.compile(r"[a-z]{2,}[a-z0-9]*-\d{4}")


def read_corpus(paths: Iterable[Path] = (REPORTS,)) -> list[CorpusReport]:
    """Every report under the given files and folders, in order of file name and place.

    Raises:
        CorpusFormatError: a file breaks the format; all problems of all files are listed.
    """
    reports, problems = parse_paths(paths)
    if problems:
        raise CorpusFormatError(problems)
    return reports


def parse_paths(paths: Iterable[Path]) -> tuple[list[CorpusReport], list[Problem]]:
    """Reports and problems of all `.txt` files under the given files and folders."""
    reports: list[CorpusReport] = []
    problems: list[Problem] = []
    for path in corpus_files(paths):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as trouble:
            problems.append(Problem(str(path), 1, "unreadable", f"{trouble}.", "Save it as UTF-8 text."))
            continue
        found, wrong = parse(text, str(path))
        reports += found
        problems += wrong
    return reports, problems


def corpus_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The `.txt` files that the paths name; a path that does not exist is an `OSError` on reading."""
    for path in paths:
        yield from sorted(path.rglob("*.txt")) if path.is_dir() else [path]


def parse(text: str, file: str = "<text>") -> tuple[list[CorpusReport], list[Problem]]:
    """The reports of one file's text, and what is wrong with it.

    A report whose header cannot be read is left out of the list; every other one is returned with what could be read.
    """
    problems: list[Problem] = []
    drafts: list[Draft] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("==="):
            drafts.append(_open(line, number, file, problems))
        elif drafts:
            _take(drafts[-1], line, number)
        elif line and not line.startswith("#"):
            problems.append(
                Problem(file, number, "outside-report", "text before the first report.", "Open one with `=== id`.")
            )
    reports = [report for draft in drafts if (report := _close(draft)) is not None]
    return reports, problems


def _open(line: str, number: int, file: str, problems: list[Problem]) -> Draft:
    draft = Draft(file, line.lstrip("=").strip(), number, problems)
    if not _REPORT_ID.fullmatch(draft.id):
        draft.wrong(number, "report-id", "a report id is <prefix>-<4 digits>.", "Write for example `=== ea-0001`.")
    return draft


def _take(draft: Draft, line: str, number: int) -> None:
    """Give one line to the part of the report it belongs to."""
    if line[:1] in ("@", "!"):
        draft.part = "declarations"
        (declare if line[0] == "@" else event)(draft, line, number)
    elif draft.part == "header":
        _header_line(draft, line, number)
    elif not line:
        draft.breaks = bool(draft.sentences)
    elif draft.part == "declarations":
        if not line.startswith("#"):
            draft.wrong(
                number,
                "text-after-declarations",
                f"{line[:40]!r} follows the declarations.",
                "Move it into the body, or start a new report with `=== id`.",
            )
    else:
        sentence(draft, line, number)


def _header_line(draft: Draft, line: str, number: int) -> None:
    if not line:
        draft.part = "body" if draft.fields else "header"
        return
    found = _HEADER.fullmatch(line)
    if not found or found[1] not in HEADER_KEYS + OPTIONAL_KEYS:
        draft.wrong(
            number,
            "header",
            f"{line[:40]!r} is no header line.",
            f"Known keys: {', '.join(HEADER_KEYS + OPTIONAL_KEYS)}; a blank line ends the header.",
        )
    elif found[1] in draft.fields:
        draft.wrong(number, "header", f"{found[1]!r} is given twice.", "Keep one of them.")
    else:
        draft.fields[found[1]] = found[2].strip()


# --- the whole report -------------------------------------------------------------------------------------------------


def _close(draft: Draft) -> CorpusReport | None:
    """The finished report, or None when its header cannot be used."""
    header = _header(draft)
    if not draft.sentences:
        draft.wrong(draft.line, "empty", "the report has no sentences.", "Write a body after a blank line.")
    if header is None:
        return None
    return CorpusReport(
        header,
        draft.text,
        tuple(draft.sentences),
        tuple(sorted(draft.mentions, key=lambda m: (m.start, -m.end, m.nested, m.id))),
        tuple(sorted(draft.triggers, key=lambda t: (t.start, -t.end, t.id))),
        tuple(sorted(draft.cues, key=lambda c: (c.start, -c.end, c.id))),
        tuple(draft.declarations),
        tuple(draft.events),
        draft.file,
        draft.line,
    )


def _header(draft: Draft) -> Header | None:
    missing = [key for key in HEADER_KEYS if not draft.fields.get(key)]
    if missing:
        draft.wrong(draft.line, "header", f"the header lacks {', '.join(missing)}.", "Add `key: value` lines.")
        return None
    try:
        published = date.fromisoformat(draft.fields["published"])
    except ValueError:
        draft.wrong(draft.line, "header", f"published {draft.fields['published']!r} is no date.", "Write YYYY-MM-DD.")
        return None
    style, publisher, region, title = (draft.fields[key] for key in HEADER_KEYS[1:])
    return Header(draft.id, published, style, publisher, region, title, draft.fields.get("pair") or None)
