"""What reviewers decided, as annotated reports in the corpus format, so that training and evaluation can use it.

Only what was looked at is marked: accepted and corrected mentions as events, rejected ones as near misses (`{word|-}`).
The format has no crossing marks and no brackets in its text: a mark that would cross another is left out and said so
in a comment, and brackets become round ones. A line that would begin like a declaration or a new report is softened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from dragoman.query.pairs import mention_bodies
from dragoman.query.record import Record
from dragoman.records.codec import Json
from dragoman.store.corrections import judged

# Line separators too: the format is read with `str.splitlines`, which knows more of them than "\n".
_BRACKETS = str.maketrans("[]{}<>|\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r", "()()()/" + " " * 9)
_STARTS = re.compile(r"^(?:=+|[@!]+)\s*")
_SENTENCE = re.compile(r"(?<=[.!?][\"”')])\s+|(?<=[.!?])\s+(?=[\"“'A-Z0-9])")
_CLOSES = {"[": "]", "{": "}", "<": ">"}


@dataclass(slots=True)
class _Draft:
    """One report's marks and declarations while they are gathered: (start, end, opening bracket, id)."""

    marks: list[tuple[int, int, str, str]] = field(default_factory=list)
    declared: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def mark(self, start: int, end: int, opens: str, name: str) -> bool:
        """Whether the mark fits: it is there already, or crosses none."""
        for s, e, o, n in self.marks:
            if (s, e, o, n) == (start, end, opens, name):
                return True
            if s < start < e < end or start < s < end < e:
                self.left_out.append(f"{name}: its words cross those of {n}")
                return False
        self.marks.append((start, end, opens, name))
        return True


def annotated(cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The reports with decisions, each as the text of a corpus file's entry, oldest report first."""
    made = judged(cursor)
    rows = cursor.execute(
        "SELECT report_id, list(mention_id ORDER BY trigger_start) FROM event_mentions WHERE mention_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY report_id ORDER BY report_id",
        [sorted(made)],
    ).fetchall()
    record = Record(cursor)
    for number, (report_id, mention_ids) in enumerate(rows, start=1):
        report = record.report(report_id)
        if report is None:
            continue
        bodies = mention_bodies(cursor, mention_ids)
        yield _entry(number, report, [(bodies[m], made[m].verdict or "accept") for m in mention_ids])


def _entry(number: int, report: Json, mentions: list[tuple[Json, str]]) -> str:
    draft = _Draft()
    for at, (mention, verdict) in enumerate(mentions, start=1):
        if verdict == "reject":
            draft.mark(mention["trigger"]["start"], mention["trigger"]["end"], "{", "-")
        else:
            _event(draft, f"e{at}", mention)
    head = [
        f"=== review-{number:04d}", f"published: {report['published'] or '1970-01-01'}", "style: agency-story", f"publisher: {_line(report['source'] or 'not stated')}",
        "region: global", f"title: {_line(report['title'] or 'Untitled')}", "",
    ]  # fmt: skip
    comments = [f"# {text}" for text in draft.left_out]
    return (
        "\n".join([*head, *_body(report["text"], draft), "", *draft.declared.values(), *draft.events, *comments]) + "\n"
    )


def _event(draft: _Draft, name: str, m: Json) -> None:
    if not draft.mark(m["trigger"]["start"], m["trigger"]["end"], "{", name):
        return
    sides = [[i for p in m[side] if (i := _party(draft, p))] for side in ("actors", "recipients")]
    extra = []
    for when in m["spans"].get("date", [])[:1]:
        if m["date_start"] and draft.mark(when[0], when[1], "[", f"{name}t"):
            whole = m["date_start"] if m["date_start"] == m["date_end"] else f"{m['date_start']}/{m['date_end']}"
            draft.declared[f"{name}t"] = f"@{name}t time {whole}"
            extra.append(f"when={name}t")
    place = m["place"]
    if place and place["span"] and draft.mark(place["span"][0], place["span"][1], "[", f"{name}p"):
        sort = {"city": "city", "admin1": "region", "region": "region", "country": "country", "sea": "sea"}.get(
            place["precision"], "site"
        )
        draft.declared[f"{name}p"] = f"@{name}p place {place['country'] or '-'} {sort}"
        extra.append(f"at={name}p")
    if m["contexts"]:
        extra.append("ctx=" + ",".join(m["contexts"]))
    kind = m["base_type"] + (f"/{m['mode']}" if m["mode"] else "")
    draft.events.append(
        " ".join(
            [
                f"!{name} {kind} {m['cameo'] or '040'} {m['status']} {','.join(sides[0]) or '-'} > {','.join(sides[1]) or '-'}",
                *extra,
            ]
        )
    )


def _party(draft: _Draft, p: Json) -> str | None:
    """The id of a party, marked and declared; None when it has no words or its mark does not fit."""
    if not p["span"]:
        return None
    name = next(  # a place or a time over the same words is marked apart: its declaration is another
        (n for s, e, o, n in draft.marks if o == "[" and n[0] == "p" and [s, e] == list(p["span"])),
        f"p{len(draft.declared) + 1}",
    )
    if not draft.mark(p["span"][0], p["span"][1], "[", name):
        return None
    office = f' office="{_line(p["office"])}"' if p["office"] else ""
    draft.declared[name] = (
        f"@{name} {p['kind']} {p['country'] or '-'}{' ' + ','.join(p['sectors']) if p['sectors'] else ''}{office}"
    )
    return name


def _body(text: str, draft: _Draft) -> Iterator[str]:
    """The text, one sentence a line, with its marks."""
    at, first = 0, True
    for paragraph in text.split("\n"):
        if paragraph.strip():
            if not first:
                yield ""
            first = False
            start = at
            for cut in [*(x for x in _SENTENCE.finditer(paragraph)), None]:
                end = at + (cut.start() if cut else len(paragraph))
                if cut and any(s < end < e for s, e, _, _ in draft.marks):
                    continue
                if line := _softened(_marked(text, start, end, draft).strip()):
                    yield line
                start = at + cut.end() if cut else end
        at += len(paragraph) + 1


def _softened(line: str) -> str:
    """A line of the text that cannot be taken for a declaration ("@", "!") or the head of a report ("===")."""
    found = _STARTS.match(line)
    if not found:
        return line
    return f"({found[0].strip()}) {line[found.end() :]}".strip()


def _marked(text: str, start: int, end: int, draft: _Draft) -> str:
    here = sorted((m for m in draft.marks if start <= m[0] and m[1] <= end), key=lambda m: (m[0], -m[1], m[2] == "{"))
    out: list[str] = []
    open_: list[tuple[int, int, str, str]] = []
    for at in range(start, end + 1):
        while open_ and open_[-1][1] == at:
            _, _, opens, name = open_.pop()
            out.append(f"|{name}{_CLOSES[opens]}")
        for mark in (m for m in here if m[0] == at):
            out.append(mark[2])
            open_.append(mark)
        if at < end:
            out.append(text[at].translate(_BRACKETS))
    return "".join(out)


def _line(text: str) -> str:
    return " ".join(text.translate(_BRACKETS).replace('"', "'").split())
