"""Which events: one frozen choice, turned into SQL with bound values in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dragoman.errors import UsageError
from dragoman.query.reporting import REPORTED_FROM, floor_of
from dragoman.query.sides import Side, pair_sql


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of events; None or empty means no restriction.

    Attributes:
        dyad: Two sides: countries (ISO alpha-3 or IGO, UNO, ...), sectors ("KOR/MIL", "/REB") or names; events with one
            among the actors and the other among the other parties, in either direction.
        directed: With `dyad`: only from the first to the second (reciprocal events count both ways).
        country: One country on either side.
        since, until: Event date, both inclusive.
        types, modes, contexts, statuses: PLOVER codes, any of them.
        actor_id: A resolved actor on either side.
        min_confidence: Lower bound, inclusive; what is below are candidates. 0 takes them in. What a reviewer has confirmed is
            above every bound.
        place_country: Country where it happened.
        source: Publisher of any report of it.
    """

    dyad: tuple[str, str] | None = None
    directed: bool = False
    country: str | None = None
    since: date | None = None
    until: date | None = None
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    actor_id: str | None = None
    min_confidence: float = REPORTED_FROM
    place_country: str | None = None
    source: str | None = None

    @classmethod
    def of(cls, **choice: Any) -> Filter:
        """A filter from loose keywords: `type`/`status`/... take one value or several, dates take ISO text.

        Raises:
            UsageError: an unknown keyword or a date that is none.
        """
        plural = {"type": "types", "mode": "modes", "context": "contexts", "status": "statuses"}
        known: dict[str, Any] = {}
        for name, value in choice.items():
            name = plural.get(name, name)
            if name not in cls.__slots__:
                raise UsageError(f"there is no filter {name!r}; there are {', '.join(cls.__slots__)}.")
            if value is None:
                continue
            if name in plural.values():
                value = (value,) if isinstance(value, str) else tuple(value)
            elif name in ("since", "until") and isinstance(value, str):
                try:
                    value = date.fromisoformat(value)
                except ValueError as error:
                    raise UsageError(f"{name}: {value!r} is no date; write YYYY-MM-DD.") from error
            elif name == "dyad":
                value = _dyad(value)
            known[name] = value
        return cls(**known)

    def sql(self) -> tuple[str, list[Any]]:
        """(WHERE clause, values) over the columns of `events`."""
        parts: list[str] = []
        values: list[Any] = []

        def add(clause: str, *bound: Any) -> None:
            parts.append(clause)
            values.extend(bound)

        if self.dyad:
            condition, bound = pair_sql(*self.dyad, directed=self.directed)
            add(condition, *bound)
        if self.country:
            add(f"({_has('actors')} OR {_has('recipients')})", self.country, self.country)
        if self.since:
            add("coalesce(date_end, first_seen) >= ?", self.since)
        if self.until:
            add("coalesce(date_start, first_seen) <= ?", self.until)
        for column, chosen in (("event_type", self.types), ("mode", self.modes), ("status", self.statuses)):
            if chosen:
                add(f"{column} IN (SELECT unnest(?::VARCHAR[]))", list(chosen))
        if self.contexts:
            add("list_has_any(contexts, ?::VARCHAR[])", list(self.contexts))
        if self.actor_id:
            either = "list_contains(list_transform({}, lambda p: p.actor_id), ?)"
            add(f"({either.format('actors')} OR {either.format('recipients')})", self.actor_id, self.actor_id)
        if self.min_confidence:
            add("confidence >= ?", floor_of(self.min_confidence))
        if self.place_country:
            add("place.country = ?", self.place_country)
        if self.source:
            add(
                "event_id IN (SELECT event_id FROM event_members JOIN event_mentions USING (mention_id) "
                "JOIN reports USING (report_id) WHERE reports.source = ?)", self.source,
            )  # fmt: skip
        return " AND ".join(parts) or "true", values

    def with_candidates(self) -> Filter:
        """The same choice without a lower bound of confidence."""
        return replace(self, min_confidence=0.0)


def _has(side: str) -> str:
    return f"list_contains(list_transform({side}, lambda p: p.country), ?)"


def _dyad(value: Iterable[str] | str) -> tuple[str, str]:
    parts = value.replace(":", "-").split("-") if isinstance(value, str) else list(value)
    if len(parts) != 2 or not all(parts):
        raise UsageError(f"a dyad is two country codes, like ('KOR', 'RUS'), not {value!r}.")
    return Side.of(parts[0]).text, Side.of(parts[1]).text
