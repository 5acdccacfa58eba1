"""Two countries through time: their events, their series, what each says of the other, and a paragraph that sums it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman.query.framing import Framing, framings
from dragoman.query.series import Bin, change_points, series
from dragoman.query.sides import Side
from dragoman.query.summary import Clause, summarise
from dragoman.records.codec import Json

if TYPE_CHECKING:
    from dragoman.query.record import Record


@dataclass(frozen=True, slots=True)
class Account:
    """What one side's people or media say: the words, who, in which report, about which event."""

    side: str
    speaker: str
    sentence: str
    published: str | None
    source: str | None
    event_id: str


class Dyad:
    """Two sides in a record: countries (ISO alpha-3, or IGO, UNO, EUR, ...), sectors ("KOR/MIL"), persons or bodies by
    name or id.

    Args:
        since, until: Event dates, "YYYY-MM-DD", both inclusive.
        directed: Only acts of the first towards the second; reciprocal acts count.
        min_confidence: 0 to 1, inclusive; None is the usual bound (`dragoman.query.reporting`), 0 takes in candidates.

    Raises:
        UsageError: an empty side, an unknown sector, or a date that is none.
    """

    def __init__(
        self, record: Record, first: str, second: str, *, since: str | None = None, until: str | None = None, directed: bool = False,
        min_confidence: float | None = None,
    ) -> None:  # fmt: skip
        self._sides = (Side.of(first), Side.of(second))
        self.first, self.second, self.directed = self._sides[0].text, self._sides[1].text, directed
        self._table = record.events(
            dyad=(self.first, self.second), since=since, until=until, directed=directed, min_confidence=min_confidence
        )
        self._since = date.fromisoformat(since) if since else None
        self._until = date.fromisoformat(until) if until else None
        self._events: list[Json] | None = None

    @property
    def min_confidence(self) -> float:
        """The least confidence of the pair's events."""
        return self._table.choice.min_confidence

    def candidates(self) -> int:
        """How many further events of the pair are less sure than that."""
        return self._table.candidates()

    @property
    def names(self) -> tuple[str, str]:
        """The two sides in words."""
        return self._sides[0].name, self._sides[1].name

    def events(self) -> list[Json]:
        """The pair's events, oldest first; fetched once."""
        if self._events is None:
            self._events = list(self._table.rows(order="coalesce(date_start, first_seen) NULLS LAST, event_id"))
        return self._events

    def series(self, by: str = "month") -> list[Bin]:
        """Counts and scores per period ("day", "week", "month", "quarter", "year"), from `since` or the first event to `until` or the last.

        Periods without events are there, as zeros. Historical mentions are left out.

        Raises:
            UsageError: an unknown period.
        """
        return series(
            (e for e in self.events() if e["status"] != "historical"), by, since=self._since, until=self._until
        )

    def daily(self) -> list[Bin]:
        """Per day."""
        return self.series("day")

    def weekly(self) -> list[Bin]:
        """Per week, from Monday."""
        return self.series("week")

    def monthly(self) -> list[Bin]:
        """Per month."""
        return self.series("month")

    def quarterly(self) -> list[Bin]:
        """Per quarter."""
        return self.series("quarter")

    def yearly(self) -> list[Bin]:
        """Per year."""
        return self.series("year")

    def to_pandas(self, by: str = "month") -> Any:
        """The series as a pandas DataFrame; needs `pip install dragoman[pandas]`."""
        import pandas

        return pandas.DataFrame([b.to_json() for b in self.series(by)])

    def changes(self, by: str = "month") -> list[tuple[Bin, list[Json]]]:
        """The periods at which the level changed, each with the up to five events that made it, weightiest first.

        Raises:
            UsageError: an unknown period, or a package that is not installed.
        """
        bins = self.series(by)
        by_id = {e["event_id"]: e for e in self.events()}
        return [
            (
                bins[i],
                sorted((by_id[x] for x in bins[i].event_ids), key=lambda e: -abs(e["plover_score"]) * e["n_reports"])[
                    :5
                ],
            )
            for i in change_points(bins)
        ]

    def accounts(self) -> dict[str, list[Account]]:
        """Side -> what its officials, agencies or people are quoted as saying of the pair's events."""
        said: dict[str, list[Account]] = {self.first: [], self.second: []}
        for event in self.events():
            for mention in event["mentions"]:
                for side, speaker in self._speakers(mention):
                    said[side].append(
                        Account(
                            side,
                            speaker,
                            mention["sentence"],
                            mention["published"],
                            mention["source"],
                            event["event_id"],
                        )
                    )
        return said

    def _speakers(self, mention: Json) -> Iterable[tuple[str, str]]:
        """(side, speaker) of a mention: whoever it is attributed to; for acts of speech, the actor."""
        parties = [*mention["actors"], *mention["recipients"]]
        for said in mention["attribution"]:
            speaker = next((p for p in parties if said["speaker"] in (p["text"], p["name"])), None)
            if speaker and (side := self._side_of(speaker)):
                yield side, said["speaker"]
        if mention["quad_class"] in (1, 3) and not mention["attribution"]:
            for actor in mention["actors"]:
                if mention["recipients"] and (side := self._side_of(actor)):
                    yield side, actor["name"]

    def _side_of(self, party: Json) -> str | None:
        return next((side.text for side in self._sides if side.holds(party)), None)

    def _side_of_event(self, event: Json) -> str | None:
        """The name of the side that acts in an event; None when both do, or neither."""
        acting = {i for i, side in enumerate(self._sides) for p in event["actors"] if side.holds(p)}
        return self.names[acting.pop()] if len(acting) == 1 else None

    def framing(self) -> list[Framing]:
        """How each side words the same events, where it is quoted or reported."""
        return framings(self.events(), self._side_of)

    def people(self, most: int = 10) -> list[tuple[str, str, int]]:
        """(name, country, events) of the persons who appear most."""
        counts: Counter[tuple[str, str]] = Counter()
        for event in self.events():
            counts.update(
                {
                    (p["name"], p["country"] or "")
                    for p in (*event["actors"], *event["recipients"])
                    if p["kind"] == "person"
                }
            )
        return [
            (name, country, n) for (name, country), n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:most]
        ]

    def topics(self) -> list[tuple[str, int]]:
        """Contexts by how many events touch them."""
        counts = Counter(c for e in self.events() for c in e["contexts"])
        return sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))

    def disputed(self) -> list[Json]:
        """Events on which the accounts differ."""
        return [e for e in self.events() if e["disputes"]]

    def summary(self) -> list[Clause]:
        """A paragraph built from the data alone: every clause names the events it rests on."""
        return summarise(self.events(), self.names, self._side_of_event)
