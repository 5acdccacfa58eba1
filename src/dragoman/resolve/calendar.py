"""Days, weeks, months, seasons and decades as values (TIMEX3) and as intervals."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed weds wednesday", "thu thur thurs thursday", "fri friday", "sat saturday", "sun sunday"))
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}
"""Season -> TIMEX3 code and first month (northern, meteorological); winter runs into the next year."""

NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"])
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "couple": 2, "dozen": 12}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip

Interval = tuple[date | None, date | None]
_CODES = dict(SEASONS.values())


def day_value(day: date) -> str:
    """2024-02-03."""
    return day.isoformat()


def week_value(day: date) -> str:
    """The ISO week that holds the day: 2024-W05."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_value(year: int, month: int) -> str:
    """2024-02."""
    return f"{year:04d}-{month:02d}"


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def interval_of(value: str | None) -> Interval:
    """First and last day of a TIMEX3 value or of an ISO interval "a/b"; (None, None) when it names no days.

    Knows days, weeks, weekends, months, quarters, halves, seasons, years, decades ("199") and centuries ("19").
    """
    if not value:
        return None, None
    if "/" in value:
        low, _, high = value.partition("/")
        return interval_of(low)[0], interval_of(high)[1]
    try:
        return _interval(value.split("T")[0])
    except (ValueError, OverflowError):
        return None, None


def _interval(value: str) -> Interval:
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return day, day
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return (monday + timedelta(5), monday + timedelta(6)) if m[3] else (monday, monday + timedelta(6))
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return date(int(m[1]), int(m[2]), 1), month_end(int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        length = 3 if m[2] == "Q" else 6
        start = date(int(m[1]), length * (int(m[3]) - 1) + 1, 1)
        return start, start + relativedelta(months=length, days=-1)
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        start = date(int(m[1]), _CODES[m[2]], 1)
        return start, start + relativedelta(months=3, days=-1)
    if m := re.fullmatch(r"\d{4}", value):
        return date(int(value), 1, 1), date(int(value), 12, 31)
    if re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    if re.fullmatch(r"\d{2}", value):
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31)
    return None, None


def precision_of(value: str) -> str:
    """day, week, month, year or decade: the fineness of a value or interval."""
    low, high = interval_of(value)
    if low is None or high is None:
        return "year"
    span = (high - low).days
    return (
        "day" if span == 0 else "week" if span <= 6 else "month" if span <= 31 else "year" if span <= 366 else "decade"
    )


def shift(anchor: date, amount: int, unit: str) -> str:
    """The value that lies `amount` units (day, week, month, year, decade; negative: before) from the anchor, as fine as the unit.

    Raises:
        ValueError, OverflowError: The days lie beyond the years 1 to 9999.
    """
    if unit == "day":
        return day_value(anchor + timedelta(days=amount))
    if unit == "week":
        return week_value(anchor + timedelta(weeks=amount))
    if unit == "month":
        moved = anchor + relativedelta(months=amount)
        return month_value(moved.year, moved.month)
    if unit in ("decade", "century"):
        years, digits = (10, 3) if unit == "decade" else (100, 2)
        number = anchor.year // years + amount
        if not 0 <= number < 10**digits:
            raise ValueError(f"{unit} {number} is out of range")
        return f"{number:0{digits}d}"
    if unit == "quarter":
        moved = anchor + relativedelta(months=3 * amount)
        return f"{moved.year:04d}-Q{(moved.month - 1) // 3 + 1}"
    moved = anchor + relativedelta(years=amount)
    return f"{moved.year:04d}"


def weekday_near(anchor: date, weekday: int, *, side: str) -> date:
    """The weekday nearest the anchor: `past` (anchor day included), `before` (excluded), `future` (excluded) or `this` week."""
    ahead = (weekday - anchor.weekday()) % 7
    if side == "past":
        return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)
    if side == "before":
        return anchor - timedelta(days=(anchor.weekday() - weekday) % 7 or 7)
    if side == "future":
        return anchor + timedelta(days=ahead or 7)
    return anchor - timedelta(days=anchor.weekday()) + timedelta(days=weekday)
