"""Rules for one report's header, sentences, marks and declarations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from corpus import codes
from corpus.problems import Problem, suggestion
from corpus.records import (
    CorpusReport,
    Cue,
    Declaration,
    Entity,
    Group,
    Mention,
    Place,
    Quantity,
    Time,
    Trigger,
)

LONGEST = 75  # words; the longest sentence of real agency copy that is still one sentence
ABBREVIATIONS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cdr|Adm|Brig|Sgt|Sen|Rep|Gov|St|Ste|Sr|Jr|No|Nos|vs|Fr|Rev|Hon|Mt"
    r"|Co|Ltd|Inc|a\.m|p\.m|U\.S|U\.N|U\.K|E\.U|etc|i\.e|e\.g)|\b[A-Z])\.$"
)
_BOUNDARY = re.compile(r"[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-ZÀ-ÞА-Я])")
_INNER_WORD = re.compile(r"\w")
_DAY = r"\d{4}-\d{2}-\d{2}"
_POINT = rf"(?:{_DAY}|\d{{4}}-\d{{2}}|\d{{4}}|\d{{4}}-W\d{{2}})"
_VALUE = re.compile(rf"({_POINT})(?:/({_POINT}))?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


def problems_of(report: CorpusReport) -> Iterator[Problem]:
    """All problems of the report's body and declarations."""
    yield from _header(report)
    yield from _sentences(report)
    yield from _spans(report)
    yield from _ids(report)
    for declared in report.declarations:
        yield from _declared(report, declared)


def problem(report: CorpusReport, line: int, code: str, message: str, remedy: str, grave: bool = True) -> Problem:
    """A problem of this report, its id in the message."""
    return Problem(report.file, line, code, f"{report.id}: {message}", remedy, grave)


def bounds(value: str) -> tuple[date, date] | None:
    """First and last day that a time value covers; None when it is no such value."""
    found = _VALUE.fullmatch(value)
    if not found:
        return None
    try:
        first = _days(found[1])
        last = _days(found[2]) if found[2] else first
    except ValueError:
        return None
    return first[0], last[1]


def _days(point: str) -> tuple[date, date]:
    week = _WEEK.fullmatch(point)
    if week:
        year, number = int(week[1]), int(week[2])
        return date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7)
    numbers = [int(n) for n in point.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    if len(numbers) == 2:
        year, month = numbers
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), date.fromordinal(following.toordinal() - 1)
    day = date(*numbers)
    return day, day


def _header(report: CorpusReport) -> Iterator[Problem]:
    head = report.header
    for field, value, known in (("style", head.style, codes.STYLES), ("region", head.region, codes.REGIONS)):
        if value not in known:
            yield problem(
                report,
                report.line,
                f"unknown-{field}",
                f"no {field} {value!r}.",
                suggestion(value, known, f"Known: {', '.join(known)}."),
            )
    if not 1990 <= head.published.year <= 2030:
        yield problem(
            report, report.line, "published", f"published in {head.published.year}.", "Check the year.", False
        )
    if re.search(r"[\[\]{}<>|]", head.title):
        yield problem(report, report.line, "title", "the title is marked.", "Titles carry no marks.")


def _sentences(report: CorpusReport) -> Iterator[Problem]:
    for sentence in report.sentences:
        words = report.words(sentence)
        count = len(words.split())
        if count < 2 or count > LONGEST:
            yield problem(
                report,
                sentence.line,
                "sentence-length",
                f"a sentence of {count} words.",
                "One line is one sentence: split or join lines.",
                False,
            )
        if "  " in words:
            yield problem(report, sentence.line, "spacing", "two spaces in a row.", "Leave one.", False)
        for end in _BOUNDARY.finditer(words):
            before = words[: end.start() + 1]
            inside_quote = before.count('"') % 2 or before.count("“") > before.count("”")
            if not ABBREVIATIONS.search(before) and not inside_quote:
                yield problem(
                    report,
                    sentence.line,
                    "two-sentences",
                    f"a line goes on after {before[-25:]!r}.",
                    "Give each sentence a line of its own.",
                    False,
                )


def _spans(report: CorpusReport) -> Iterator[Problem]:
    text = report.text
    marks: tuple[Mention | Trigger | Cue, ...] = (*report.mentions, *report.triggers, *report.cues)
    for mark in marks:
        line = report.sentences[mark.sentence].line
        words = text[mark.start : mark.end]
        if not _INNER_WORD.search(words):
            yield problem(report, line, "empty-mark", f"mark {mark.id!r} holds no word.", "Put words into it.")
            continue
        if words != words.strip():
            yield problem(
                report, line, "span-borders", f"{words!r} begins or ends with a space.", "Leave the space outside."
            )
        elif _cuts_word(text, mark.start) or _cuts_word(text, mark.end):
            yield problem(
                report, line, "span-borders", f"{words!r} cuts a word in two.", "Marks begin and end where words do."
            )
        elif words[0] in ",;:!?" or words[-1] in ",;:!?":
            yield problem(
                report, line, "span-borders", f"{words!r} takes punctuation along.", "Leave it outside.", False
            )
    yield from _overlaps(report)


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _overlaps(report: CorpusReport) -> Iterator[Problem]:
    for first, second in zip(report.triggers, report.triggers[1:], strict=False):
        line = report.sentences[first.sentence].line
        if first.end > second.start and (first.start, first.end) != (second.start, second.end):
            yield problem(
                report,
                line,
                "nested-triggers",
                f"trigger {second.id!r} stands inside trigger {first.id!r}.",
                "Triggers are disjoint or the very same words: shorten the outer one.",
                False,
            )
        if first == second:
            yield problem(report, line, "mark-twice", f"trigger {first.id!r} is marked twice.", "Keep one mark.")
    for count in (n for n in Counter((m.id, m.start, m.end) for m in report.mentions).items() if n[1] > 1):
        (id_, start, _), _ = count
        line = next(s.line for s in report.sentences if s.start <= start < s.end)
        yield problem(report, line, "mark-twice", f"mention {id_!r} is marked twice over.", "Keep one mark.")
    for outer in report.mentions:
        inner = [m for m in report.mentions if m.id == outer.id and m is not outer and _inside(m, outer)]
        if inner and inner[0].start != outer.start - 1:
            yield problem(
                report,
                report.sentences[outer.sentence].line,
                "mention-in-itself",
                f"mention {outer.id!r} stands inside a mention of the same id.",
                "Give one of them another id.",
                False,
            )


def _inside(inner: Mention, outer: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner != outer


def _ids(report: CorpusReport) -> Iterator[Problem]:
    declared = Counter(d.id for d in report.declarations)
    line_of = {d.id: d.line for d in report.declarations}
    for id_, count in declared.items():
        if count > 1:
            yield problem(report, line_of[id_], "declared-twice", f"@{id_} is declared {count} times.", "Keep one.")
    event_ids = {e.id for e in report.events}
    for id_ in sorted(event_ids & declared.keys()):
        yield problem(report, line_of[id_], "id-clash", f"{id_!r} is an event and a declaration.", "Rename one.")
    mentioned = {m.id for m in report.mentions}
    for mention in report.mentions:
        if mention.id not in declared:
            yield problem(
                report,
                report.sentences[mention.sentence].line,
                "undeclared",
                f"mention {mention.id!r} ({report.words(mention)!r}) is not declared.",
                suggestion(mention.id, declared.keys(), f"Add `@{mention.id} ...` below the body."),
            )
    used = _used(report)
    for made in report.declarations:
        if made.id not in mentioned and not isinstance(made, Group):
            yield problem(
                report,
                made.line,
                "no-words",
                f"@{made.id} is declared and no words name it.",
                "Mark the words that name it, or drop it.",
                made.id in used,
            )
        elif made.id not in used and made.id not in mentioned:
            yield problem(report, made.line, "unused", f"@{made.id} is not used.", "Drop it.", False)
        elif isinstance(made, Quantity) and made.id not in used:
            yield problem(
                report,
                made.line,
                "unused",
                f"quantity @{made.id} belongs to no event.",
                "Give it to its event with n=, or drop it.",
                False,
            )


def _used(report: CorpusReport) -> set[str]:
    """Ids that an event uses, through groups as well."""
    used: set[str] = set()
    for event in report.events:
        used |= {a.id for a in (*event.actors, *event.recipients)} | set(event.quantities)
        used |= {v.speaker for v in event.by if v.speaker} | {i for i in (event.at, event.when) if i}
    for id_ in tuple(used):
        if id_ in report.groups:
            used |= set(report.groups[id_].members)
    return used


def _declared(report: CorpusReport, made: Declaration) -> Iterator[Problem]:
    match made:
        case Entity():
            yield from _entity(report, made)
        case Group():
            yield from _group(report, made)
        case Place():
            yield from _country(report, made.line, made.country)
            if made.kind not in codes.PLACE_KINDS:
                yield _unknown(report, made.line, "place-kind", made.kind, codes.PLACE_KINDS)
        case Time():
            days = bounds(made.value) if made.value else None
            if made.value and days is None:
                yield problem(
                    report,
                    made.line,
                    "time-value",
                    f"@{made.id}: {made.value!r} is no time value.",
                    "Write 2024-02-02, 2024-02, 2024, 2024-W06, an interval A/B, or -.",
                )
            elif days and days[0] > days[1]:
                yield problem(report, made.line, "time-value", f"@{made.id} ends before it begins.", "Swap the ends.")
        case Quantity():
            yield from _quantity(report, made)


def _entity(report: CorpusReport, made: Entity) -> Iterator[Problem]:
    if made.kind not in codes.KINDS:
        yield _unknown(report, made.line, "kind", made.kind, (*codes.KINDS, "place", "time", "money"))
    yield from _country(report, made.line, made.country, codes.ORGANISATIONS)
    for sector in made.sectors:
        if sector not in codes.SECTORS:
            yield _unknown(report, made.line, "sector", sector, codes.SECTORS)
    if made.kind not in ("state", "igo", "other") and not made.sectors:
        yield problem(
            report,
            made.line,
            "no-sector",
            f"@{made.id} ({made.kind}) has no sector.",
            "Add its PLOVER sector after the country, UNK when the text does not tell.",
            False,
        )
    if made.kind == "state" and made.country in (None, *codes.ORGANISATIONS):
        yield problem(report, made.line, "state-country", f"state @{made.id} has no country.", "Give its ISO code.")
    if made.kind == "igo" and made.country not in ("IGO", "UNO", "EUR", None):
        yield problem(
            report,
            made.line,
            "igo-country",
            f"@{made.id} is an igo of country {made.country}.",
            "An igo is IGO, UNO or EUR; a country's own body is an institution.",
        )


def _group(report: CorpusReport, made: Group) -> Iterator[Problem]:
    if len(made.members) < 2:
        yield problem(report, made.line, "group", f"group @{made.id} has one member.", "Use the member's id instead.")
    for member in made.members:
        if member not in report.entities:
            yield problem(
                report,
                made.line,
                "group",
                f"group @{made.id} has an unknown member {member!r}.",
                suggestion(member, report.entities.keys(), "Members are declared actors."),
            )


def _quantity(report: CorpusReport, made: Quantity) -> Iterator[Problem]:
    if made.low and made.high and float(made.low) > float(made.high):
        yield problem(report, made.line, "range", f"@{made.id}: {made.low} is more than {made.high}.", "Swap them.")
    whole = all(n is None or n.isdigit() for n in (made.low, made.high))
    if made.kind != "money" and not whole:
        yield problem(report, made.line, "range", f"@{made.id} counts people in fractions.", "Write whole numbers.")
    if made.kind == "money" and not re.fullmatch(r"[A-Z]{3}", made.currency or ""):
        yield problem(
            report, made.line, "currency", f"@{made.id}: {made.currency!r} is no currency.", "ISO 4217, as USD."
        )


def _country(report: CorpusReport, line: int, country: str | None, also: tuple[str, ...] = ()) -> Iterator[Problem]:
    known = codes.COUNTRIES + also
    if country is not None and country not in known:
        yield _unknown(report, line, "country", country, known)


def _unknown(report: CorpusReport, line: int, what: str, word: str, known: tuple[str, ...]) -> Problem:
    shown = "ISO 3166-1 alpha-3, KOS, or IGO UNO EUR NGO ISM IMG MNC" if what == "country" else ", ".join(known)
    return problem(report, line, f"unknown-{what}", f"no {what} {word!r}.", suggestion(word, known, f"Known: {shown}."))
