"""Clues from when and where: the days of two mentions, those on which they were published, and their places."""

from __future__ import annotations

import math

from dragoman.merge.features import Features
from dragoman.merge.finding import NOTHING, Finding

SOON = 7
"""Days beyond those just before publication at which an account that gives no date can hardly mean a dated event."""

TOLD_TOGETHER = 3
"""Days between two publications within which accounts of one event mostly come."""

FAR_KM = 30.0
"""Distance from which two places are as different as can be: beyond the surroundings of a town, or the point a district is mapped to."""


def days(x: Features) -> tuple[int, int] | None:
    """The event's days; those just before publication when it is undated; None without either."""
    if x.start is not None:
        return x.start, x.end if x.end is not None else x.start
    return (x.published - 3, x.published + 1) if x.published is not None and x.status == "actual" else None


def undated(a: Features, b: Features) -> bool:
    """Whether neither account gives a day: that both were told in one week is no date."""
    return a.start is None and b.start is None


def same_days(a: Features, b: Features) -> Finding:
    """Dated to the same days; the finer both dates, the more it says."""
    one, two = days(a), days(b)
    if not one or not two or undated(a, b):
        return NOTHING
    width = max(one[1] - one[0], two[1] - two[0]) + 1
    if one[1] < two[0] or two[1] < one[0]:
        return Finding(0.5, "dates a day apart, one of them not the event's own") if _touch(a, b) else NOTHING
    return Finding(1 / (1 + math.log10(width)), "the same day" if width == 1 else "dates that overlap")


def _touch(a: Features, b: Features) -> bool:
    """Two days that follow one another, where the words of one event itself do not date it: "a day after the ban"."""
    if a.start is None or b.start is None or a.end is None or b.end is None or (a.fine and b.fine):
        return False
    return max(a.start - b.end, b.start - a.end) == 1


def days_apart(a: Features, b: Features) -> Finding:
    """The longer the gap between the dates, the weaker the link."""
    gap = _gap(a, b)
    if gap <= 0 or _touch(a, b) or _a_week(a, b, gap):
        return NOTHING
    far = SOON if (a.start is None) != (b.start is None) else 3
    return Finding(min(gap / far, 1.0), f"{gap} day(s) apart")


def a_week_apart(a: Features, b: Features) -> Finding:
    """The same day of two weeks, told within days: one account's "Tuesday" was likely taken for the next, or the last."""
    return Finding(1.0, "the same weekday, a week apart") if _a_week(a, b, _gap(a, b)) else NOTHING


def _gap(a: Features, b: Features) -> int:
    """Days between the two; 0 where they overlap or one of them has none."""
    one, two = days(a), days(b)
    return max(0, one[0] - two[1], two[0] - one[1]) if one and two else 0


def _a_week(a: Features, b: Features, gap: int) -> bool:
    if gap != 7 or a.start != a.end or b.start != b.end or a.published is None or b.published is None:
        return False
    return abs(a.published - b.published) <= TOLD_TOGETHER


def told_together(a: Features, b: Features) -> Finding:
    """One of the two gives no day, or neither does, but two reports tell them that were published within days of one another."""
    if a.published is None or b.published is None or a.report == b.report:
        return NOTHING
    if days(a) and days(b) and not (undated(a, b) and _gap(a, b) == 0):
        return NOTHING
    gap = abs(a.published - b.published)
    return Finding(1 - gap / (TOLD_TOGETHER + 1), "told in the same days") if gap <= TOLD_TOGETHER else NOTHING


def same_place(a: Features, b: Features) -> Finding:
    """The same place; a country says less than a town."""
    if not a.place or not b.place or a.place[0] != b.place[0]:
        return NOTHING
    return Finding(0.3 if a.place[2] == "country" else 1.0, f"both in {a.place[0]}")


def other_place(a: Features, b: Features) -> Finding:
    """Two places that lie apart, or two countries."""
    if not a.place or not b.place or a.place[0] == b.place[0]:
        return NOTHING
    if a.place[1] and b.place[1] and a.place[1] != b.place[1]:
        return Finding(1.0, f"in {a.place[0]} and in {b.place[0]}")
    if a.at and b.at:
        far = min(1.0, _kilometres(a.at, b.at) / FAR_KM)
        return Finding(far, f"in {a.place[0]} and in {b.place[0]}") if far > 0.1 else NOTHING
    return Finding(0.6, f"in {a.place[0]} and in {b.place[0]}") if a.place[2] == b.place[2] != "country" else NOTHING


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Between two points near one another (equirectangular)."""
    north = math.radians(b[0] - a[0])
    east = math.radians(b[1] - a[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 6371.0 * math.hypot(north, east)
