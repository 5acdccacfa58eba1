"""A pair's events summed up in a paragraph: every clause is worked out from the events and names those it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.query.series import day_of
from dragoman.records.codec import Json

NOT_YET = ("future", "hypothetical")
UNDONE = ("negated", "postponed", "cancelled")
LEVEL = 1.0
"""Change of the mean PLOVER score, from the earlier to the later half, below which the tone counts as level: the
distance between talks and an accord; set by hand."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a summary and the events it rests on."""

    text: str
    event_ids: tuple[str, ...]


def summarise(
    events: Sequence[Json], names: tuple[str, str], side_of: Callable[[Json], str | None] = lambda event: None
) -> list[Clause]:
    """Clauses for a pair's events; one saying so when there are none. `side_of` names the side that alone acts in an event."""
    if not events:
        return [Clause(f"The record holds no events between {names[0]} and {names[1]}.", ())]
    told = [e for e in events if e["status"] == "actual"]
    clauses = [
        _opening(events, told, names),
        *_kinds(told),
        *_extremes(told),
        *_acting(told, names, side_of),
        *_trend(told),
    ]
    for words, statuses in (
        ("recalled from earlier", ("historical",)),
        ("planned or possible", NOT_YET),
        ("denied, put off or called off", UNDONE),
    ):
        group = [e for e in events if e["status"] in statuses]
        if group:
            clauses.append(Clause(f"{_count(len(group), 'further event')} {_are(group)} {words}", _ids(group)))
    disputed = [e for e in events if e["disputes"]]
    if disputed:
        fields = ", ".join(sorted({d["field"] for e in disputed for d in e["disputes"]}))
        clauses.append(Clause(f"accounts differ on {_count(len(disputed), 'event')} ({fields})", _ids(disputed)))
    return clauses


def _opening(events: Sequence[Json], told: Sequence[Json], names: tuple[str, str]) -> Clause:
    days = sorted(d for e in told or events if (d := day_of(e)))
    span = f" between {days[0]} and {days[-1]}" if days and days[0] != days[-1] else f" on {days[0]}" if days else ""
    happened = f"{_count(len(told), 'event')} that happened" if told else "no event that happened, but others"
    reports = len({m["report_id"] for e in told or events for m in e["mentions"]})
    return Clause(
        f"{names[0]} and {names[1]} have {happened}{span}, told by {_count(reports, 'report')}", _ids(told or events)
    )


def _kinds(told: Sequence[Json]) -> list[Clause]:
    """How many cooperate and conflict, and in which ways."""
    clauses = []
    for word, quads in (("cooperative", (1, 2)), ("conflictual", (3, 4))):
        group = [e for e in told if e["quad_class"] in quads]
        if group:
            kinds = ", ".join(f"{n} {kind}" for kind, n in Counter(e["event_type"] for e in group).most_common(3))
            clauses.append(Clause(f"{len(group)} of them {_are(group)} {word} ({kinds})", _ids(group)))
    return clauses


def _extremes(told: Sequence[Json]) -> list[Clause]:
    """The gravest act and the friendliest one; of equals the one that most reports tell, then the latest."""
    clauses = []
    for words, sign in (("the gravest", -1), ("the most cooperative", 1)):
        group = [e for e in told if sign * e["plover_score"] > 0]
        if group:
            event = max(group, key=lambda e: (sign * e["plover_score"], e["n_reports"], str(day_of(e)), e["event_id"]))
            clauses.append(Clause(f"{words} is {in_words(event)}", (event["event_id"],)))
    return clauses


def in_words(event: Json) -> str:
    """An event in a phrase: "Seoul towards Moscow, “summoned” (ACCUSE/disapprove, 2024-02-02)"."""
    who = " and ".join(p["name"] for p in event["actors"][:2]) or "somebody"
    whom = " and ".join(p["name"] for p in event["recipients"][:2])
    kind = event["event_type"] + (f"/{event['mode']}" if event["mode"] else "")
    day = day_of(event)
    said = shown(event)["trigger"]["text"]
    return f"{who}{f' towards {whom}' if whom else ''}, “{said}” ({kind}{f', {day}' if day else ''})"


def shown(event: Json) -> Json:
    """The mention whose sentence stands for the event: the first that tells it as its fields have it, else the first."""

    def fields(of: Json) -> tuple[object, ...]:
        return (of["base_type"], of["cameo"], *([(p["text"], p["country"]) for p in of[side]] for side in ("actors", "recipients")))  # fmt: skip

    found: Json = next((m for m in event["mentions"] if fields(m) == fields(event)), event["mentions"][0])
    return found


def _acting(told: Sequence[Json], names: tuple[str, str], side_of: Callable[[Json], str | None]) -> list[Clause]:
    """Who does it: how often either side alone acts."""
    groups = [(name, [e for e in told if side_of(e) == name]) for name in names]
    if names[0] == names[1] or not any(group for _, group in groups):
        return []
    words = ", ".join(f"{name} in {len(group)}" for name, group in groups)
    return [Clause(f"acting alone: {words}", _ids([e for _, group in groups for e in group]))]


def _trend(told: Sequence[Json]) -> list[Clause]:
    """Whether the later half of the events is more or less cooperative than the earlier, where there are enough."""
    dated = sorted((e for e in told if day_of(e)), key=lambda e: (day_of(e), e["event_id"]))
    if len(dated) < 6:
        return []
    half = len(dated) // 2
    before, after = dated[:half], dated[-half:]
    change = sum(e["plover_score"] for e in after) / half - sum(e["plover_score"] for e in before) / half
    if abs(change) < LEVEL:
        return [Clause("the tone stayed level over the period", _ids(dated))]
    way = "eased" if change > 0 else "sharpened"
    marked = sorted(after, key=lambda e: e["plover_score"], reverse=change > 0)[:3]
    since = day_of(after[0])
    return [
        Clause(
            f"relations {way} from {since} on (mean PLOVER score {change:+.1f} against the earlier half)", _ids(marked)
        )
    ]


def _ids(events: Sequence[Json]) -> tuple[str, ...]:
    return tuple(e["event_id"] for e in events)


def _are(group: Sequence[Json]) -> str:
    return "are" if len(group) > 1 else "is"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
