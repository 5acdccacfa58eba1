"""Dates that are counted from another day: the publication day ("yesterday") or the story's last ("the next day")."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dragoman.resolve.calendar import day_value, month_end, month_value, shift, week_value, weekday_near
from dragoman.resolve.timewords import Moment, month_of, nearest_day, number_of, unit_of, weekday_of


def weekday(m: re.Match[str], at: Moment) -> str | None:
    """On Monday: the latest one, the publication day included; the coming one in the future tense."""
    if at.published is None:
        return None
    which, number = (m.groupdict().get("which") or "").lower(), weekday_of(m)
    if which in ("last", "this past", "past"):
        return day_value(weekday_near(at.published, number, side="before"))
    if which in ("next", "this coming", "coming"):
        return day_value(weekday_near(at.published, number, side="future"))
    if which == "this" and at.tense != "past":
        return day_value(weekday_near(at.published, number, side="this"))
    if which in ("the following", "the next", "the previous"):
        side = "before" if which == "the previous" else "future"
        return day_value(weekday_near(at.last or at.published, number, side=side))
    return day_value(weekday_near(at.published, number, side="future" if at.tense == "future" else "past"))


def today(m: re.Match[str], at: Moment) -> str | None:
    """Today, tonight, this morning; yesterday, last night; tomorrow; the day before yesterday."""
    if at.published is None:
        return None
    words = " ".join(m.group().lower().split())
    step = 0
    if "yesterday" in words or words.startswith("last night"):
        step = -2 if words.startswith("the day before") else -1
    elif "tomorrow" in words:
        step = 2 if words.startswith("the day after") else 1
    return day_value(at.published + timedelta(days=step))


def eve(m: re.Match[str], at: Moment) -> str | None:
    """On the eve of Thursday's vote, of 9 May: the day before."""
    if m["weekday"]:
        low = weekday(m, at)
    else:
        month, day = ("month2", "day2") if m["month2"] else ("month", "day")
        low = nearest_day(month_of(m, month), int(m[day]), at)
    return day_value(date.fromisoformat(low) - timedelta(days=1)) if low and len(low) == 10 else None


def now(_: re.Match[str], at: Moment) -> str | None:
    """This day."""
    return day_value(at.published) if at.published else None


def part_of_next_day(m: re.Match[str], at: Moment) -> str | None:
    """The next morning, the following evening, the same night: a day of the story."""
    anchor = at.last or at.published
    if anchor is None:
        return None
    which = m["which"].lower()
    step = 0 if "same" in which else -1 if "prev" in which or "preced" in which else 1
    return day_value(anchor + timedelta(days=step))


def story_step(m: re.Match[str], at: Moment) -> str | None:
    """The next day, the previous month, the same week: counted from what the story dated last."""
    anchor = at.last or at.published
    if anchor is None:
        return None
    which = m["which"].lower().removeprefix("the ").strip()
    step = {"next": 1, "following": 1, "subsequent": 1, "previous": -1, "preceding": -1, "same": 0, "very next": 1}[
        which
    ]
    return shift(anchor, step, unit_of(m))


def story_count(m: re.Match[str], at: Moment) -> str | None:
    """Two days later; a year earlier; three weeks before: counted from what the story dated last."""
    anchor = at.last or at.published
    if anchor is None:
        return None
    step = number_of(m["count"]) * (1 if m["way"].lower() in ("later", "after", "afterwards", "on") else -1)
    return shift(anchor, step, unit_of(m))


def day_before(m: re.Match[str], at: Moment) -> str | None:
    """The day before; the year after; the night before."""
    anchor = at.last or at.published
    if anchor is None:
        return None
    unit = m["unit"].lower()
    unit = "day" if unit in ("night", "evening", "morning", "eve") else unit
    return shift(anchor, -1 if m["way"].lower() in ("before", "earlier") else 1, unit)


def ago(m: re.Match[str], at: Moment) -> str | None:
    """Three weeks ago; a year ago."""
    if at.published is None:
        return None
    unit, count = unit_of(m), number_of(m["count"])
    if unit in ("week", "fortnight"):
        return day_value(at.published - timedelta(weeks=count * (2 if unit == "fortnight" else 1)))
    if unit == "decade":
        return shift(at.published, -10 * count, "year")
    return shift(at.published, -count, unit)


def vague_ago(m: re.Match[str], at: Moment) -> str | None:
    """A few months ago, several years back: some day before, the end as fine as the unit."""
    anchor = at.published or at.last
    if anchor is None:
        return None
    unit = unit_of(m)
    end = month_value(anchor.year, anchor.month) if unit == "month" else day_value(anchor)
    return f"../{end}"


def hours_ago(m: re.Match[str], at: Moment) -> str | None:
    """An hour ago; noon; some hours earlier: the day of publication."""
    return day_value(at.published) if at.published else None


def hence(m: re.Match[str], at: Moment) -> str | None:
    """In three weeks; two days from now."""
    if at.published is None or at.tense == "past":
        return None
    return shift(at.published, number_of(m["count"]), unit_of(m))


def hence_soon(m: re.Match[str], at: Moment) -> str | None:
    """In two weeks, in a fortnight, where the words look ahead; elsewhere it is how long something took."""
    if at.published is None or at.tense != "future":
        return None
    count, unit = number_of(m["count"]), m["unit"].lower()
    if unit in ("fortnight", "week"):
        return day_value(at.published + timedelta(weeks=count * (2 if unit == "fortnight" else 1)))
    return shift(at.published, count, unit)


def relative_unit(m: re.Match[str], at: Moment) -> str | None:
    """Last week, this month, next year; earlier this week; later this year; last week's."""
    if at.published is None:
        return None
    which = m["which"].lower()
    step = (
        -1
        if which in ("last", "the past", "past", "this past")
        else 1
        if which in ("next", "the coming", "coming")
        else 0
    )
    unit = unit_of(m)
    part = (m.groupdict().get("part") or "").lower()
    value = shift(at.published, step, unit)
    if part == "earlier" and unit in ("week", "month", "year"):
        return value
    if part in ("late", "early", "mid", "the end of", "the beginning of", "the start of") and unit == "year":
        year = int(value)
        return {"late": f"{year}-09-01/{year}-12-31", "early": f"{year}-01-01/{year}-04-30", "mid": f"{year}-05-01/{year}-08-31",
                "the end of": f"{year}-12"}.get(part, f"{year}-01")  # fmt: skip
    return value


def span_back(m: re.Match[str], at: Moment) -> str | None:
    """The past three months; the last few days; over the past year: an interval that ends at publication."""
    if at.published is None:
        return None
    count = m.groupdict().get("count")
    number = 3 if count is None or count.lower() in ("few", "several", "couple of") else number_of(count)
    unit = unit_of(m)
    steps = {"day": relativedelta(days=number), "week": relativedelta(weeks=number), "month": relativedelta(months=number),
             "year": relativedelta(years=number), "decade": relativedelta(years=10 * number), "quarter": relativedelta(months=3 * number),
             "century": relativedelta(years=100 * number)}  # fmt: skip
    start = at.published - steps[unit]
    if unit in ("year", "decade", "century") and number > 1:  # no finer than the words
        return f"{start.year:04d}/{at.published.year:04d}"
    return f"{day_value(start)}/{day_value(at.published)}"


def weekend(m: re.Match[str], at: Moment) -> str | None:
    """Over the weekend; last weekend; next weekend: the latest, unless the future is meant."""
    if at.published is None:
        return None
    which = (m.groupdict().get("which") or "").lower()
    saturday = at.published - timedelta(days=(at.published.weekday() - 5) % 7)
    if which == "next" or which == "this coming" or (which in ("this", "the") and at.tense == "future"):
        saturday += timedelta(days=7)
    elif which == "last" and at.published.weekday() >= 5:
        saturday -= timedelta(days=7)
    return f"{week_value(saturday)}-WE"


def end_of(m: re.Match[str], at: Moment) -> str | None:
    """By the end of the year; at month end."""
    anchor = at.published or at.last
    if anchor is None:
        return None
    if m["unit"].lower() == "month":
        return day_value(month_end(anchor.year, anchor.month))
    if m["unit"].lower() == "week":
        return day_value(anchor + timedelta(days=6 - anchor.weekday()))
    return f"{anchor.year:04d}-12-31"
