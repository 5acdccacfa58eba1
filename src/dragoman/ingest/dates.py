"""The publication date: from the option, the metadata, the file name or the dateline, in that order."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from dateutil import parser as dateutil_parser

EARLIEST, LATEST = 1900, 2100
"""Years outside are typing errors or attacks, never news."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_ISO = re.compile(r"(?<!\d)(19\d\d|20\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_FIRST = re.compile(rf"(?i)\b([0-3]?\d)(?:st|nd|rd|th)?\s+{_MONTH},?\s+(19\d\d|20\d\d)\b")
_MONTH_FIRST = re.compile(rf"(?i)\b{_MONTH}\s+([0-3]?\d)(?:st|nd|rd|th)?,?\s+(19\d\d|20\d\d)\b")


def parse_date(text: str) -> date | None:
    """The day that a metadata value names; None when it names none or one outside 1900 to 2100.

    Eight digits are YYYYMMDD; a slash date reads day first only when the first number cannot be a month.
    """
    value = text.strip()
    if not value or len(value) > 100:
        return None
    if re.fullmatch(r"\d{8}", value):
        return _day(int(value[:4]), int(value[4:6]), int(value[6:]))
    iso = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", value)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if re.fullmatch(r"\d{10}(?:\.\d+)?|\d{13}", value):  # Unix seconds or milliseconds
        seconds = float(value) / (1000 if len(value) == 13 and "." not in value else 1)
        return _bounded(datetime.fromtimestamp(seconds, tz=UTC).date())  # the same day on every machine
    if re.fullmatch(r"\d{1,4}|\d+\.\d+", value):
        return None
    try:
        return _bounded(parsedate_to_datetime(value).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    try:
        # Two different defaults: a day that follows the default was not in the words.
        first = dateutil_parser.parse(value, default=datetime(2001, 1, 1))
        second = dateutil_parser.parse(value, default=datetime(2002, 2, 2))
    except (ValueError, OverflowError, TypeError):
        return None
    return _bounded(first.date()) if first.date() == second.date() else None


def date_in_name(name: str) -> date | None:
    """The one date in a file name ("2024-02-03_yonhap.txt", "story20240203.html"); None if there is none or several."""
    found = {_day(int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(name)} - {None}
    return found.pop() if len(found) == 1 else None


def date_in_dateline(text: str) -> date | None:
    """A full date (with year) in the first lines of a report, as agencies and ministries set it."""
    head = text[:200]
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        match = pattern.search(head)
        # Within a sentence the date belongs to the sentence; a dateline stands before the first dash or alone on its line.
        if match and (_before_dash(head, match.end()) or _own_line(head, match)):
            year, month, day = (match[i] for i in order)
            return _day(int(year), _MONTHS[month.lower().rstrip(".")], int(day))
    return None


def _before_dash(head: str, end: int) -> bool:
    return re.match(r"[^\n.]{0,40}?(?:\s[-–—]+\s|[–—])", head[end:]) is not None


def _own_line(head: str, match: re.Match[str]) -> bool:
    start = head.rfind("\n", 0, match.start()) + 1
    stop = head.find("\n", match.end())
    line = head[start : stop if stop >= 0 else len(head)]
    return len(line) <= 60 and stop >= 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return _bounded(date(year, month, day))
    except ValueError:
        return None


def _bounded(day: date) -> date | None:
    return day if EARLIEST <= day.year <= LATEST else None
