"""The words that dates are told in, as pieces of patterns, and the record that a dating rule is asked with.

A rule gets the match of its pattern and a `Moment` and returns a TIMEX3 value, or None where the words do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.resolve.calendar import MONTHS, NUMBERS, WEEKDAYS, day_value, month_end, month_value


@dataclass(frozen=True, slots=True)
class Moment:
    """What an expression is read against.

    Attributes:
        published: Publication day, or None.
        last: The day that the story told last, for "the next day"; None at the start.
        tense: "past", "future" or "" around the expression.
        preposition: The word before it, lower case.
        after: The text after it, up to 40 characters.
    """

    published: date | None
    last: date | None
    tense: str
    preposition: str
    after: str


Rule = Callable[[re.Match[str], Moment], str | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern; `anchor` says what its value counts from ("absolute", "published", "story")."""

    name: str
    regex: re.Pattern[str]
    value: Rule
    anchor: str = "absolute"

    def read(self, match: re.Match[str], at: Moment) -> str | None:
        """The value of a match; None where the words do not tell, or tell a day beyond the years 1 to 9999."""
        try:
            return self.value(match, at)
        except (ValueError, OverflowError):  # "the past 300 centuries": `date` knows no such day
            return None


MONTH = r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|jun\.|july?|jul\.|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
WEEKDAY = r"(?P<weekday>mon(?:day|\.)|tue(?:s|sday|\.|s\.)|wed(?:nesday|s\.|\.)|thu(?:rsday|rs\.|r\.|\.)|fri(?:day|\.)|sat(?:urday|\.)|sun(?:day|\.))"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
UNIT = r"(?P<unit>day|week|month|year|decade|centur(?:y|ies)|quarter)s?"
COUNT = r"(?P<count>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|a couple of|a dozen)"
PART = r"(?:\s+(?:morning|afternoon|evening|night|midday|noon|dawn))?"
EARLY = r"(?P<part>early|late|mid|the (?:beginning|start|end|middle) of|the (?:first|second) half of)"


def number_of(text: str) -> int:
    """The number that "3", "a", "twelve" or "a couple of" says."""
    text = text.lower().removeprefix("a ").removesuffix(" of")
    return int(text) if text.isdigit() else NUMBERS.get(text, 1)


def month_of(m: re.Match[str], group: str = "month") -> int:
    """1 to 12 for the month named in the group."""
    return MONTHS[m[group].lower().rstrip(".")]


def weekday_of(m: re.Match[str]) -> int:
    """0 (Monday) to 6 for the weekday named."""
    return WEEKDAYS[m["weekday"].lower().rstrip(".")]


def unit_of(m: re.Match[str]) -> str:
    """day, week, month, year, decade, century or quarter."""
    unit = m["unit"].lower()
    return "century" if unit.startswith("centur") else unit


def day_or_none(year: int, month: int, day: int) -> str | None:
    """The day's value; None for a 30 February."""
    try:
        return day_value(date(year, month, day))
    except ValueError:
        return None


def nearest_day(month: int, day: int, at: Moment) -> str | None:
    """A day without its year: the one nearest to publication, on the side that the tense leans to."""
    anchor = at.last if at.published is None else at.published
    if anchor is None:
        return f"--{month:02d}-{day:02d}"
    options = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        value = day_or_none(year, month, day)
        if value:
            options.append(date.fromisoformat(value))
    if not options:
        return None
    close = min(options, key=lambda d: abs((d - anchor).days))
    if abs((close - anchor).days) <= 45 and at.tense and (close - anchor).days:
        chosen = [d for d in options if (d >= anchor) == (at.tense == "future")]
        if not chosen or min(abs((d - anchor).days) for d in chosen) > 240:
            return day_value(close)  # three weeks off beats eleven months, whatever the tense
    if at.tense == "future":
        ahead = [d for d in options if d >= anchor]
        return day_value(min(ahead)) if ahead else None
    if at.tense == "past":
        behind = [d for d in options if d <= anchor]
        return day_value(max(behind)) if behind else None
    return day_value(min(options, key=lambda d: (abs((d - anchor).days), d > anchor)))


def part_of_month(part: str | None, year: int, month: int) -> str:
    """A month, or the fortnight of it that "early", "mid" or "late" means."""
    if not part:
        return month_value(year, month)
    low, high = date(year, month, 1), month_end(year, month)
    where = part.lower()
    if where.startswith("mid") or "middle" in where:
        return f"{low + timedelta(10)}/{low + timedelta(19)}"
    if where.startswith("early") or "beginning" in where or "start" in where or "first" in where:
        return f"{low}/{low + timedelta(13)}"
    return f"{low + timedelta(14)}/{high}"
