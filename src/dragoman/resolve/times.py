"""When: finding the expressions of time in a report and giving each its days.

Publication day, the story's own time line and the tense around the words decide; an expression that cannot be
resolved keeps its words and a value of None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dragoman.records import Reading, Sentence, Token, When
from dragoman.resolve.calendar import interval_of, precision_of
from dragoman.resolve.countedtimes import hence_soon
from dragoman.resolve.tense import leaning
from dragoman.resolve.timegrammar import PATTERNS, last_day
from dragoman.resolve.timewords import Moment, Pattern

__all__ = ["FoundTime", "find_times", "interval_of", "when_of"]


@dataclass(frozen=True, slots=True)
class FoundTime:
    """An expression of time.

    Attributes:
        start, end: Characters in `Report.text`.
        value: TIMEX3 value or ISO interval "a/b"; None when the words do not tell.
        pattern: Name of the pattern that found it, for the trail.
        anchor: "absolute", "published" or "story": what the value counts from.
    """

    start: int
    end: int
    value: str | None
    pattern: str
    anchor: str


# "May", "March", "Sun", "Sat", "mar" and the like are names and verbs as often as dates.
_NAME_LIKE = re.compile(r"(?:may|march|mar|sun|sat|jan|wed|fall|spring|second)\.?", re.I)
_YEAR_NEEDS = re.compile(
    r"(?:in|of|since|by|until|till|from|to|between|and|during|before|after|early|late|mid|around|circa|year|through|for|the|\()$",
    re.I,
)
_NUMBERED = re.compile(r"\b(?:resolution|article|flight|section|room|number|clause|paragraph|convoy|no\.) $", re.I)
_NOT_A_YEAR = re.compile(r"^\s?(?:%|percent|per cent|km|kilomet|met(?:re|er)s|miles|people|soldiers|troops|men|women|children|euros?|dollars|pounds|yuan|tonnes|tons|barrels|rupees|votes|seats|homes|houses|cases|jobs|workers|students|vehicles|refugees|prisoners|hectares|acres|feet|words|migrants|civilians|members|police|officers|protesters|demonstrators|deaths|killed|families|delegates|households|kilos?|kg|mw|megawatts|years?|-year|\+|[.,]\d)", re.I)  # fmt: skip
_BEFORE = re.compile(r"([\w'’]+)\W*$")


def find_times(reading: Reading, published: date | None) -> list[FoundTime]:
    """Every expression of time in the report, in order, resolved along the story.

    Durations ("for three days") and sets ("every Monday") are not dates and are left out.
    """
    text = reading.report.text
    found: list[FoundTime] = []
    last: date | None = None
    stretches: list[tuple[int, int, Sentence | None]] = [(s.start, s.end, s) for s in reading.sentences] or [
        (0, len(text), None)
    ]
    for start, end, sentence in stretches:
        for begin, stop, pattern, match in _matches(text, start, end):
            before = _BEFORE.search(text, max(0, begin - 30), begin)
            preposition = before[1].lower() if before else ""
            tense = leaning(sentence, text, begin, preposition) if sentence else ""
            moment = Moment(published, last, tense, preposition, text[stop : stop + 40])
            if _is_none(match, pattern, moment, text) or (sentence and _is_other(match, pattern, sentence, begin)):
                continue
            value = pattern.read(match, moment)
            if value is None and pattern.value is hence_soon:
                continue  # how long something took
            found.append(FoundTime(begin, stop, value, pattern.name, pattern.anchor))
            last = last_day(value) or last
    return found


def _matches(text: str, start: int, end: int) -> list[tuple[int, int, Pattern, re.Match[str]]]:
    """Non-overlapping matches of a sentence, earlier patterns of the table first, in order of the text."""
    taken: list[tuple[int, int, Pattern, re.Match[str]]] = []
    low = text[start:end].lower()
    if not any(word in low for word in _PLAIN) and not _MAY_HOLD.search(text, start, end):
        return taken
    held = _held(low, text, start, end)
    for pattern in PATTERNS:
        if NEEDS.get(pattern.name, "") not in held and pattern.name in NEEDS:
            continue
        words = _WORDS.get(pattern.name)
        if words and not any(word in low for word in words):
            continue
        for match in pattern.regex.finditer(text, start, end):
            if all(match.end() <= a or match.start() >= b for a, b, _, _ in taken):
                taken.append((match.start(), match.end(), pattern, match))
    taken.sort(key=lambda t: t[0])
    return taken


_MAY_HOLD = re.compile(
    r"\d|day|week|month|year|night|morn|evening|noon|hour|decade|centur|quarter|spring|summer|autumn|winter|fall|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|yesterday|tomorrow|today|ties\b|christmas|halloween|ago\b|later\b|earlier\b",
    re.I,
)


_PLAIN = (
    "day", "week", "month", "year", "night", "morn", "evening", "noon", "hour", "decade", "centur", "quarter", "spring", "summer",
    "autumn", "winter", "fall", "tomorrow", "christmas", "halloween",
)  # fmt: skip
"""Those of `_MAY_HOLD` that may stand inside a word: looked for first, for that is quick."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = {
    "ago": ("ago", "back"), "today": ("today", "tonight", "yesterday", "tomorrow", "overnight"), "eve": ("eve",),
    "quarter": ("quarter", "half", "q1", "q2", "q3", "q4"), "fiscal year": ("fiscal", "financial", "fy", "budget"),
    "decade in words": ("ties",), "feast": ("11", "day", "eve", "christmas", "halloween"),
    "day in words": ("on the ", "by the ", "until the ", "for the ", "of the "),
}  # fmt: skip
"""Pattern name to the words of which a sentence must hold one."""


def _held(low: str, text: str, start: int, end: int) -> set[str]:
    """The signs of `NEEDS` that a sentence holds."""
    held = {"unit"} if any(word in low for word in _UNITS) else set()
    for name, words in (("digit", ()), ("month", _MONTHS), ("weekday", _DAYS), ("season", _SEASONS)):
        if (not words or any(word in low for word in words)) and _SIGNS[name].search(text, start, end):
            held.add(name)
    return held


_UNITS = (
    "day",
    "week",
    "month",
    "year",
    "decade",
    "centur",
    "quarter",
    "night",
    "morning",
    "evening",
    "afternoon",
    "hour",
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")

# What a sentence must hold for a pattern to be tried at all: most sentences hold one or two of these.
_SIGNS = {
    "digit": re.compile(r"\d"), "month": re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I),
    "weekday": re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)", re.I),
    "season": re.compile(r"\b(?:spring|summer|autumn|fall|winter)", re.I),
}  # fmt: skip
NEEDS = {
    "hijri date": "digit", "nth of the month": "digit",
    "full date": "digit", "iso date": "digit", "slash date": "digit", "day range": "digit", "month and year": "digit", "day and month": "digit", "month and day": "digit",
    "years range": "digit", "decade": "digit", "century": "digit", "part of year": "digit", "year": "digit", "weekday": "weekday", "bare month": "month", "month of a year": "month",
     "story count": "unit", "story step": "unit", "day before": "unit", "span back": "unit", "relative unit": "unit", "hence": "unit", "vague ago": "unit",
    "end of unit": "unit", "week of month": "unit", "weekend": "unit", "hours ago": "unit", "part of next day": "unit", "this morning": "unit", "this day": "unit",
    "day before yesterday": "unit", "season": "season",
}  # fmt: skip
"""Pattern name to the sign that it needs."""


def _is_none(match: re.Match[str], pattern: Pattern, at: Moment, text: str) -> bool:
    """Whether what looks like a date is none here."""
    words = match.group()
    if (
        pattern.name in ("weekday", "month and day", "day and month", "bare month")
        and words[:1].islower()
        and _NAME_LIKE.fullmatch(words.split()[0])
    ):
        return True
    if pattern.name == "bare month" and at.preposition == "to" and at.tense != "future":
        return True
    if pattern.name == "weekday":
        head = words.split()[-1]
        if _NAME_LIKE.fullmatch(head) and not head.lower().endswith("day"):
            return True
        return at.preposition in (
            "a",
            "every",
            "each",
            "most",
            "black",
            "bloody",
            "good",
            "ash",
            "palm",
            "red",
        ) or words.lower().startswith("every")
    if pattern.name == "month and day":
        # "May 3" is a date, "March 20 kilometres" is not; "Sun 3" never is.
        return bool(_NOT_A_YEAR.match(at.after))
    if pattern.name == "year":
        return _no_year(match, at, text)
    if pattern.name in ("ago", "story count", "span back"):
        return at.preposition in ("every", "each")
    if pattern.name == "today":
        return False
    if pattern.name == "decade":
        return at.preposition == "their"
    return False


# "Is as strong today", "the books I still own today": nowadays, no day.
_STATES = frozenset(
    [
        "have",
        "own",
        "remain",
        "live",
        "think",
        "believe",
        "know",
        "seem",
        "exist",
        "stand",
        "mean",
        "depend",
        "consider",
        "work",
    ]
)


def _is_other(match: re.Match[str], pattern: Pattern, sentence: Sentence, start: int) -> bool:
    """What the parse says is no date: a count ("1709 pupils"), a family name, the today that means nowadays, a plural."""
    token = next((t for t in sentence.tokens if t.start <= start < t.end), None)
    if token is None:
        return False
    words = match.group().lower()
    if pattern.name == "year" and token.deprel == "nummod" and token.head >= 0:
        return _is_count(sentence, token)
    if pattern.name == "feast":
        return token.deprel.startswith("flat")
    if pattern.name == "relative unit":
        return words.endswith("s") and not words.endswith("'s")
    if pattern.name == "bare month" and words.split()[0] in ("this", "last", "next", "past", "coming"):
        return match.group().split()[-1][:1].islower()
    if pattern.name == "today" and words == "today" and token.head >= 0:
        verb = sentence.tokens[token.head]
        copula = any(
            t.head == token.head and t.deprel == "cop" and t.text.lower() in ("is", "are", "am", "'s", "'re")
            for t in sentence.tokens
        )
        helped = any(t.head == token.head and t.deprel.startswith("aux") for t in sentence.tokens)
        present = (
            verb.upos == "VERB" and not helped and (verb.text.lower() == verb.lemma or verb.text.lower().endswith("s"))
        )
        return (copula and start != sentence.start and not token.deprel.startswith("nsubj")) or (
            present and verb.lemma in _STATES
        )
    return False


def _is_count(sentence: Sentence, token: Token) -> bool:
    """Whether a number counts the noun behind it: "1709 pupils", not "the 1999 storm", "a 2003 interview"."""
    noun = sentence.tokens[token.head]
    if noun.upos != "NOUN" or noun.start < token.end:
        return False
    year = int(token.text) if token.text.isdigit() else 0
    plural = noun.text.lower() != noun.lemma.lower()
    named = any(t.head == token.head and t.deprel in ("det", "nmod:poss") for t in sentence.tokens)
    return not (1900 <= year <= 2060 and (named or not plural))


def _no_year(match: re.Match[str], at: Moment, text: str) -> bool:
    if _NOT_A_YEAR.match(at.after):
        return True
    before = text[max(0, match.start() - 1) : match.start()]
    if before in "$€£#/.,:№" and before.strip():
        return True
    if _NUMBERED.search(text[max(0, match.start() - 14) : match.start()]):
        return True
    year = int(match["year"])
    if at.published and year > at.published.year + 80:
        return True
    if 1900 <= year <= 2060:
        return False
    return not _YEAR_NEEDS.search(text[max(0, match.start() - 12) : match.start()].rstrip())


def when_of(found: FoundTime) -> When | None:
    """The days of an expression; None when it has no value or an open one."""
    low, high = interval_of(found.value)
    if low is None or high is None or found.value is None:
        return None
    return When(low, high, precision_of(found.value), found.anchor)
