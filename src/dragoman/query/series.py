"""Events through time: counts and scores by day, week, month, quarter or year; missing periods are zeros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.errors import UsageError
from dragoman.records.codec import Json

PERIODS = ("day", "week", "month", "quarter", "year")
SHORTEST = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}
"""Days that a period has at least."""
MOST_PERIODS = 50_000
"""Periods of a series: days of a lifetime and more."""
MOST_BINS = 2_000
"""Periods in which changes are looked for: the time taken grows with the square."""
COUNTED = ("actual",)
"""Statuses that count as something that happened in its period; the others are shown beside."""


def period_start(day: date, by: str) -> date:
    """First day of the period that holds `day`; weeks start on Monday.

    Raises:
        UsageError: `by` is none of PERIODS.
    """
    if by == "day":
        return day
    if by == "week":
        return day - timedelta(days=day.weekday())
    if by == "month":
        return day.replace(day=1)
    if by == "quarter":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    if by == "year":
        return date(day.year, 1, 1)
    raise UsageError(f"there is no period {by!r}; there are {', '.join(PERIODS)}.")


def next_period(start: date, by: str) -> date:
    """First day of the period after the one that starts at `start`."""
    if by in ("day", "week"):
        return start + timedelta(days=1 if by == "day" else 7)
    months = {"month": 1, "quarter": 3, "year": 12}[by]
    total = start.year * 12 + start.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


@dataclass(slots=True)
class Bin:
    """One period of a series.

    Attributes:
        start: First day.
        events: Events that happened (status actual); `reports` all reports of them.
        by_quad: Count per quad class 1 to 4; `by_type` per PLOVER type; `by_status` per status, all statuses.
        plover_sum, goldstein_sum: Sums of the two scales over the events; the weighted ones count every report.
        event_ids: The events, in order.
    """

    start: date
    events: int = 0
    reports: int = 0
    by_quad: dict[int, int] = field(default_factory=lambda: dict.fromkeys((1, 2, 3, 4), 0))
    by_type: dict[str, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)
    plover_sum: float = 0.0
    goldstein_sum: float = 0.0
    plover_weighted: float = 0.0
    goldstein_weighted: float = 0.0
    event_ids: list[str] = field(default_factory=list)

    @property
    def plover_mean(self) -> float | None:
        """Mean PLOVER score of the period's events; None without events."""
        return self.plover_sum / self.events if self.events else None

    @property
    def goldstein_mean(self) -> float | None:
        """Mean Goldstein score; None without events."""
        return self.goldstein_sum / self.events if self.events else None

    def add(self, event: Json) -> None:
        """Count an event."""
        self.by_status[event["status"]] = self.by_status.get(event["status"], 0) + 1
        if event["status"] not in COUNTED:
            return
        self.events += 1
        self.reports += event["n_reports"]
        self.by_quad[event["quad_class"]] = self.by_quad.get(event["quad_class"], 0) + 1
        self.by_type[event["event_type"]] = self.by_type.get(event["event_type"], 0) + 1
        self.plover_sum += event["plover_score"]
        self.plover_weighted += event["plover_score"] * event["n_reports"]
        self.goldstein_sum += event["goldstein"] or 0.0
        self.goldstein_weighted += (event["goldstein"] or 0.0) * event["n_reports"]
        self.event_ids.append(event["event_id"])

    def to_json(self) -> Json:
        """The bin as plain values."""
        return {
            "start": self.start.isoformat(), "events": self.events, "reports": self.reports,
            "verbal_cooperation": self.by_quad[1], "material_cooperation": self.by_quad[2], "verbal_conflict": self.by_quad[3],
            "material_conflict": self.by_quad[4], "plover_sum": round(self.plover_sum, 2),
            "plover_mean": None if self.plover_mean is None else round(self.plover_mean, 3),
            "goldstein_sum": round(self.goldstein_sum, 2),
            "goldstein_mean": None if self.goldstein_mean is None else round(self.goldstein_mean, 3),
            "plover_weighted": round(self.plover_weighted, 2), "goldstein_weighted": round(self.goldstein_weighted, 2),
            "by_type": dict(sorted(self.by_type.items())), "by_status": dict(sorted(self.by_status.items())), "event_ids": self.event_ids,
        }  # fmt: skip


def day_of(event: Json) -> date | None:
    """The day an event counts for: its first day, else the day it was first seen."""
    text = event["date_start"] or event["first_seen"]
    return date.fromisoformat(text) if text else None


def series(events: Iterable[Json], by: str, *, since: date | None = None, until: date | None = None) -> list[Bin]:
    """Bins from the first to the last period (or the given bounds), none left out; undated events are not in any.

    Raises:
        UsageError: an unknown period, or more than MOST_PERIODS of them.
    """
    dated = [
        (day, e)
        for e in events
        if (day := day_of(e)) is not None and (since is None or day >= since) and (until is None or day <= until)
    ]
    low, high = since or min((d for d, _ in dated), default=None), until or max((d for d, _ in dated), default=None)
    if low is None or high is None:
        return []
    if (high - low).days // SHORTEST.get(by, 1) > MOST_PERIODS:
        raise UsageError(
            f"from {low} to {high} there are more than {MOST_PERIODS:,} {by}s; choose a longer period or nearer bounds."
        )
    bins = {start: Bin(start) for start in periods(low, high, by)}
    for day, event in sorted(dated, key=lambda pair: (pair[0], pair[1]["event_id"])):
        bins[period_start(day, by)].add(event)
    return list(bins.values())


def periods(low: date, high: date, by: str) -> Iterator[date]:
    """First days of all periods from `low` to `high`."""
    start = period_start(low, by)
    while start <= high:
        yield start
        try:
            start = next_period(start, by)
        except (ValueError, OverflowError):  # the calendar ends with the year 9999
            return


def change_points(bins: Sequence[Bin], *, penalty: float = 3.0) -> list[int]:
    """Indices of the bins at which the level of the PLOVER sum changes (PELT on scaled values, Killick et al. 2012).

    Needs `pip install dragoman[analysis]`; fewer than six bins have none.

    Raises:
        UsageError: ruptures is not installed, or there are more than MOST_BINS bins.
    """
    if len(bins) < 6:
        return []
    if len(bins) > MOST_BINS:
        raise UsageError(
            f"{len(bins):,} periods are too many to look for changes; choose a longer period or nearer bounds."
        )
    try:
        import numpy as np
        import ruptures
    except ImportError as error:
        raise UsageError("ruptures is not installed; `pip install 'dragoman[analysis]'` adds it.") from error
    values = np.array([b.plover_sum for b in bins])
    spread = float(values.std())
    if spread == 0:
        return []
    found = ruptures.KernelCPD(kernel="linear", min_size=2).fit((values / spread).reshape(-1, 1)).predict(pen=penalty)
    return [int(i) for i in found if i < len(bins)]
