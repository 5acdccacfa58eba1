"""Two countries through time: their events, their series, what each says of the other, and a paragraph that sums it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman.query.framing import Framing, framings
from dragoman.query.series import Bin, change_points, day_of, series
from dragoman.query.sides import Side
from dragoman.records.codec import Json

if TYPE_CHECKING:
    from dragoman.query.record import Record

NOT_YET = ("future", "hypothetical")
UNDONE = ("negated", "postponed", "cancelled")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a summary and the events it rests on."""

    text: str
    event_ids: tuple[str, ...]


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
        min_confidence: 0 to 1, inclusive.

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
        return summarise(self.events(), self.names)


def summarise(events: Sequence[Json], names: tuple[str, str]) -> list[Clause]:
    """Clauses for a pair's events; one saying so when there are none."""
    told = [e for e in events if e["status"] == "actual"]
    if not events:
        return [Clause(f"The record holds no events between {names[0]} and {names[1]}.", ())]
    days = sorted(d for e in told or events if (d := day_of(e)))
    span = f" between {days[0]} and {days[-1]}" if days and days[0] != days[-1] else f" on {days[0]}" if days else ""
    happened = f"{_count(len(told), 'event')} that happened" if told else "no event that happened, but others"
    clauses = [Clause(f"{names[0]} and {names[1]} have {happened}{span}", tuple(e["event_id"] for e in told or events))]
    groups = (
        ("cooperative", [e for e in told if e["quad_class"] in (1, 2)]),
        ("conflictual", [e for e in told if e["quad_class"] in (3, 4)]),
    )
    for word, group in groups:
        if group:
            kinds = ", ".join(f"{n} {kind}" for kind, n in Counter(e["event_type"] for e in group).most_common(3))
            clauses.append(
                Clause(
                    f"{len(group)} of them {'are' if len(group) > 1 else 'is'} {word} ({kinds})",
                    tuple(e["event_id"] for e in group),
                )
            )
    clauses += _trend(told)
    for words, statuses in (
        ("recalled from earlier", ("historical",)),
        ("planned or possible", NOT_YET),
        ("denied, put off or called off", UNDONE),
    ):
        group = [e for e in events if e["status"] in statuses]
        if group:
            clauses.append(
                Clause(
                    f"{_count(len(group), 'further event')} {'are' if len(group) > 1 else 'is'} {words}",
                    tuple(e["event_id"] for e in group),
                )
            )
    disputed = [e for e in events if e["disputes"]]
    if disputed:
        fields = ", ".join(sorted({d["field"] for e in disputed for d in e["disputes"]}))
        clauses.append(
            Clause(
                f"accounts differ on {_count(len(disputed), 'event')} ({fields})",
                tuple(e["event_id"] for e in disputed),
            )
        )
    return clauses


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _trend(told: Sequence[Json]) -> list[Clause]:
    """Whether the later half of the events is more or less cooperative than the earlier, where there are enough."""
    dated = sorted((e for e in told if day_of(e)), key=lambda e: (day_of(e), e["event_id"]))
    if len(dated) < 6:
        return []
    half = len(dated) // 2
    before, after = dated[:half], dated[-half:]
    change = sum(e["plover_score"] for e in after) / half - sum(e["plover_score"] for e in before) / half
    if abs(change) < 1:
        return [Clause("the tone stayed level over the period", tuple(e["event_id"] for e in dated))]
    way = "eased" if change > 0 else "sharpened"
    marked = sorted(after, key=lambda e: e["plover_score"], reverse=change > 0)[:3]
    return [
        Clause(
            f"relations {way} in the later half (mean PLOVER score {change:+.1f})", tuple(e["event_id"] for e in marked)
        )
    ]
