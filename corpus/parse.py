"""Corpus files to records: `read_corpus(paths)` for readers, `parse(text, file)` where problems are wanted as data.

The format is described in FORMAT.md. Parsing is strict about what a label would be lost to (unclosed marks, unreadable
declarations) and tolerant about spacing; whether codes and ids make sense is judged by `corpus.check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.problems import CorpusFormatError, Problem
from corpus.records import (
    Argument,
    CorpusReport,
    Cue,
    Declaration,
    Entity,
    Event,
    Group,
    Header,
    Mention,
    Place,
    Quantity,
    Sentence,
    Time,
    Trigger,
    Voice,
)

ROOT = Path(__file__).parent
REPORTS = ROOT / "reports"
SECOND = ROOT / "second"

HEADER_KEYS = ("published", "style", "publisher", "region", "title")
OPTIONAL_KEYS = ("pair",)
COUNTS = ("killed", "injured", "arrested", "participants", "displaced")

_OPENS = {"[": "]", "{": "}", "<": ">"}
_IDS = re.compile(r"\|\s*(-|\w[\w-]*(?:\s*,\s*\w[\w-]*)*)\s*([\]}>])")
_HEADER = re.compile(r"([a-z]+)\s*:\s*(.*)")
_REPORT_ID = re.compile(r"[a-z]{2,}[a-z0-9]*-\d{4}")
_QUOTED = re.compile(r'\s+(office|name)\s*=\s*"([^"]*)"')
_ARGUMENT = re.compile(r"(\w[\w-]*)(?:#(\d+))?")
_RANGE = re.compile(r"(\d[\d_]*(?:\.\d+)?)?(-)?(\d[\d_]*(?:\.\d+)?)?")
_EVENT = re.compile(r"!\s*(\S+)\s+([A-Za-z]+)\s*(?:/\s*([\w,\s-]*?))?\s+(\d{2,4})\s+([a-z]+)\s*(.*)")
_KEY = re.compile(r"(?:^|\s)([a-z]+)\s*=\s*")


@dataclass(slots=True)
class _Draft:
    """A report while it is being read."""

    file: str
    id: str
    line: int
    problems: list[Problem]
    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    paragraph: int = 0
    breaks: bool = False
    part: str = "header"

    def wrong(self, line: int, code: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, line, code, f"{self.id}: {message}", remedy))


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
    drafts: list[_Draft] = []
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


def _open(line: str, number: int, file: str, problems: list[Problem]) -> _Draft:
    draft = _Draft(file, line.lstrip("=").strip(), number, problems)
    if not _REPORT_ID.fullmatch(draft.id):
        draft.wrong(number, "report-id", "a report id is <prefix>-<4 digits>.", "Write for example `=== ea-0001`.")
    return draft


def _take(draft: _Draft, line: str, number: int) -> None:
    """Give one line to the part of the report it belongs to."""
    if line[:1] in ("@", "!"):
        draft.part = "declarations"
        (_declare if line[0] == "@" else _event)(draft, line, number)
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
        _sentence(draft, line, number)


def _header_line(draft: _Draft, line: str, number: int) -> None:
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


# --- the body ---------------------------------------------------------------------------------------------------------


def _sentence(draft: _Draft, line: str, number: int) -> None:
    """Add one line of the body as a sentence, its marks taken out."""
    if draft.sentences:
        draft.text += "\n\n" if draft.breaks else " "
        draft.paragraph += draft.breaks
    draft.breaks = False
    start, index = len(draft.text), len(draft.sentences)
    plain: list[str] = []
    length = start
    stack: list[tuple[str, int]] = []
    at = 0
    while at < len(line):
        char = line[at]
        if char in _OPENS:
            stack.append((char, length))
        elif char == "|":
            found = _IDS.match(line, at)
            if not stack or not found or _OPENS[stack[-1][0]] != found[2]:
                _bad_mark(draft, line, at, number)
            else:
                opener, opened = stack.pop()
                nested = any(outer == "[" for outer, _ in stack)
                _mark(draft, opener, re.split(r"\s*,\s*", found[1]), (opened, length), index, nested, number)
                at = found.end()
                continue
        elif char in "]}>":
            _bad_mark(draft, line, at, number)
            if stack and _OPENS[stack[-1][0]] == char:
                stack.pop()
        else:
            plain.append(char)
            length += 1
        at += 1
    for opener, _ in stack:
        draft.wrong(number, "unclosed", f"a {opener!r} is never closed.", f"Close it with `|id{_OPENS[opener]}`.")
    draft.text += "".join(plain)
    draft.sentences.append(Sentence(start, length, draft.paragraph, number))


def _bad_mark(draft: _Draft, line: str, at: int, number: int) -> None:
    around = line[max(0, at - 20) : at + 15]
    draft.wrong(
        number,
        "mark",
        f"{line[at]!r} does not close a mark in {around!r}.",
        "Marks are `[words|id]`, `{words|e1}`, `<words|c1>` and nest without crossing; `[]{}<>|` never occur in text.",
    )


def _mark(
    draft: _Draft, opener: str, ids: list[str], span: tuple[int, int], sentence: int, nested: bool, line: int
) -> None:
    if (opener == "[" and len(ids) > 1) or (opener != "{" and ids == ["-"]):
        draft.wrong(
            line,
            "mark-id",
            f"{','.join(ids)!r} is no id of a mention or cue.",
            "Give it one declared id, or drop the mark.",
        )
        return
    for id_ in ids:
        if opener == "[":
            draft.mentions.append(Mention(id_, *span, sentence, nested))
        elif opener == "{":
            draft.triggers.append(Trigger(id_, *span, sentence))
        else:
            draft.cues.append(Cue(id_, *span, sentence))


# --- declarations -----------------------------------------------------------------------------------------------------


def _declare(draft: _Draft, line: str, number: int) -> None:
    """Read one `@` line."""
    quoted = dict(_QUOTED.findall(line))
    words = re.sub(r"\s*,\s*", ",", _QUOTED.sub("", line[1:])).replace("group :", "group:").split()
    made: Declaration | None = None
    if len(words) >= 2 and '"' not in "".join(words):
        made = _declaration(words[0], words[1], words[2:], quoted, number)
    if made is None:
        draft.wrong(
            number,
            "declaration",
            f"cannot read {line!r}.",
            'Forms: `@id KIND COUNTRY [SECTORS] [office=".."] [name=".."]`, `@id place COUNTRY|- KIND`, '
            "`@id time VALUE`, `@id killed N|MIN-MAX`, `@id money AMOUNT CUR`, `@id group: id,id`.",
        )
        return
    draft.declarations.append(made)


def _declaration(id_: str, kind: str, rest: list[str], quoted: dict[str, str], line: int) -> Declaration | None:
    """The record that the words of a declaration stand for; None when they stand for none."""
    office, name = quoted.get("office"), quoted.get("name")
    match kind, rest:
        case "group:", [members]:
            return Group(id_, tuple(m for m in members.split(",") if m), line)
        case "place", [country, place_kind]:
            return Place(id_, _known(country), place_kind, name, line)
        case "time", [value]:
            return Time(id_, _known(value), line)
        case "money", [amount, currency]:
            return _quantity(id_, kind, amount, currency, line)
        case word, [amount] if word in COUNTS:
            return _quantity(id_, word, amount, None, line)
        case (("group:" | "place" | "time" | "money"), _):
            return None
        case word, [country] if word not in COUNTS:
            return Entity(id_, word, _known(country), (), office, name, line)
        case word, [country, sectors] if word not in COUNTS:
            return Entity(id_, word, _known(country), tuple(_listed(sectors)), office, name, line)
        case _:
            return None


def _quantity(id_: str, kind: str, amount: str, currency: str | None, line: int) -> Quantity | None:
    """A quantity from `12`, `12-15`, `12-` (at least), `-15` (at most) or `-` (words that give no figure)."""
    if amount == "-":
        return Quantity(id_, kind, None, None, currency, line)
    found = _RANGE.fullmatch(amount)
    if not found or not (found[1] or found[3]) or (found[1] and found[3] and not found[2]):
        return None
    low, high = (n.replace("_", "") if n else None for n in (found[1], found[3]))
    return Quantity(id_, kind, low, high if found[2] else low, currency, line)


def _known(word: str) -> str | None:
    return None if word == "-" else word


def _listed(words: str) -> list[str]:
    return [w for w in words.split(",") if w and w != "-"]


# --- events -----------------------------------------------------------------------------------------------------------


def _event(draft: _Draft, line: str, number: int) -> None:
    """Read one `!` line."""
    found = _EVENT.fullmatch(re.sub(r"\s*,\s*", ",", line))
    if not found or ">" not in found[6]:
        draft.wrong(
            number,
            "event",
            f"cannot read {line!r}.",
            "Form: `!e1 TYPE/MODE CAMEO STATUS ACTORS > RECIPIENTS [key=value ...]`, `-` for no party.",
        )
        return
    id_, type_, modes, cameo, status, tail = found.groups()
    left, right = tail.split(">", 1)
    pieces = _KEY.split(right)
    values = dict(zip(pieces[1::2], (v.strip() for v in pieces[2::2]), strict=True))
    unknown = sorted(values.keys() - {"at", "when", "by", "ctx", "n", "same"})
    actors, recipients = _arguments(left), _arguments(pieces[0])
    by = _voices(values.get("by", ""))
    if unknown or actors is None or recipients is None or by is None or len(pieces[1::2]) != len(values):
        what = f"the keys {unknown}" if unknown else "the parties or the keys"
        draft.wrong(
            number,
            "event",
            f"cannot read {what} of {line!r}.",
            "Parties: ids joined by commas, or `-`. Keys, each once: at= when= by=SPEAKER[:CUE[:direct]][;...] ctx= n= same=.",
        )
        return
    draft.events.append(
        Event(
            id_,
            type_,
            tuple(_listed(modes or "")),
            cameo,
            status,
            actors,
            recipients,
            _known(values.get("at", "-")),
            _known(values.get("when", "-")),
            by,
            tuple(_listed(values.get("ctx", ""))),
            tuple(_listed(values.get("n", ""))),
            tuple(_listed(values.get("same", ""))),
            number,
        )
    )


def _arguments(words: str) -> tuple[Argument, ...] | None:
    """The parties named by `a,b#2`; None when the words are no such list."""
    made = []
    words = words.strip()
    for word in [] if words == "-" else words.split(","):
        found = _ARGUMENT.fullmatch(word)
        if not found:
            return None
        made.append(Argument(found[1], int(found[2]) if found[2] else None))
    return tuple(made)


def _voices(words: str) -> tuple[Voice, ...] | None:
    """The chain of attribution in `a:c1;b:c2:direct`, outermost first; None when it cannot be read."""
    made = []
    for step in words.split(";") if words and words != "-" else []:
        parts = [p.strip() for p in step.strip().split(":")]
        direct = len(parts) > 1 and parts[-1] == "direct"
        parts = parts[:-1] if direct else parts
        if not 1 <= len(parts) <= 2 or not all(re.fullmatch(r"-|\w[\w-]*|", p) for p in parts) or not parts[0]:
            return None
        cue = parts[1] if len(parts) == 2 and parts[1] not in ("", "-") else None
        made.append(Voice(_known(parts[0]), cue, direct))
    return tuple(made)


# --- the whole report -------------------------------------------------------------------------------------------------


def _close(draft: _Draft) -> CorpusReport | None:
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


def _header(draft: _Draft) -> Header | None:
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
