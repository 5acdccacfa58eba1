"""A group of mentions to one event: what the accounts agree on, and where they differ."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from dragoman.merge.cluster import Verdict
from dragoman.merge.features import STATE, identity
from dragoman.records import Dispute, Event, EventMention, Party, Quantity

STATUS_ORDER = ("actual", "cancelled", "postponed", "negated", "future", "hypothetical", "historical")
"""Which status an event has when accounts differ: what is told as done stands, and the denial is a dispute."""

PRECISIONS = ("day", "week", "month", "year", "decade")


WEAK_SHARE = 0.5
"""A mention less sure than this share of its event's surest is told of the event, but says nothing about it."""


def telling(mentions: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """The mentions that are sure enough, beside the surest, to say what the event is; in their order."""
    floor = WEAK_SHARE * max(m.confidence for m in mentions)
    return tuple(m for m in mentions if m.confidence >= floor)


def event_id(first: EventMention) -> str:
    """16 hex digits from the event's first mention (earliest published, then report and place in it).

    Stable when later reports arrive, whatever the order of arrival; it changes only when an earlier one does.
    """
    return hashlib.sha256(f"event\n{first.mention_id}".encode()).hexdigest()[:16]


def build(
    mentions: Sequence[EventMention], verdicts: Mapping[str, Verdict], account_of: Callable[[str], str] | None = None
) -> Event:
    """The event of these mentions (first mention first).

    What it is, who took part, how many accounts there are and where they differ is told by those of them that are sure enough
    (`telling`); all of them are listed, and the first of all names it.

    Args:
        account_of: Report id -> the independent account it belongs to (copies of one wire text share one);
            None counts every report, and reports of one publisher, once.
    """
    sure = telling(mentions)
    best = max(sure, key=lambda m: (_fullness(m), m.confidence))
    base_type = Counter(m.base_type for m in sure).most_common(1)[0][0] if len(sure) > 2 else best.base_type
    typed = (
        best
        if best.base_type == base_type
        else max((m for m in sure if m.base_type == base_type), key=lambda m: (_fullness(m), m.confidence))
    )
    status = min((m.status for m in sure), key=STATUS_ORDER.index)
    stated = next((m for m in (typed, *sure) if m.status == status), typed)
    dated = min(
        (m for m in sure if m.date_start),
        key=lambda m: (PRECISIONS.index(m.date_precision or "decade"), m.date_found != "argument"),
        default=None,
    )
    told = [m for m in (typed, *sure) if m.place]  # a name without a point only where no account has better
    placed = next((m for m in told if m.place and m.place.lat is not None), told[0] if told else None)
    days = [m.published for m in mentions if m.published]
    first_seen = min(days) if days else None
    novelty = (
        (first_seen - dated.date_end).days if dated and dated.date_end and first_seen and status != "future" else None
    )
    return Event(
        event_id=event_id(mentions[0]), event_type=stated.event_type if stated.base_type == base_type else typed.event_type,
        base_type=base_type, mode=typed.mode or next((m.mode for m in sure if m.base_type == base_type and m.mode), None),
        contexts=tuple(sorted({c for m in sure for c in m.contexts})), cameo=typed.cameo, quad_class=typed.quad_class,
        plover_score=typed.plover_score, goldstein=typed.goldstein, status=status,
        actors=_parties(typed.actors, (m.actors for m in sure)), recipients=_parties(typed.recipients, (m.recipients for m in sure)),
        date_start=dated.date_start if dated else None, date_end=dated.date_end if dated else None,
        date_precision=dated.date_precision if dated else None, place=placed.place if placed else None,
        attribution=tuple(dict.fromkeys(a for m in sure for a in m.attribution)),
        casualties=tuple(dict.fromkeys(q for m in sure for q in m.quantities if q.kind != "money")),
        amounts=tuple(dict.fromkeys(q for m in sure for q in m.quantities if q.kind == "money")),
        confidence=combined(sure), first_seen=first_seen, novelty_days=novelty, n_mentions=len(mentions),
        n_reports=len({m.report_id for m in mentions}), n_sources=_accounts(sure, account_of), disputes=disputes(sure),
        mentions=tuple(mentions),
        merged_because=tuple((m.mention_id, verdicts[m.mention_id].because) for m in mentions if m.mention_id in verdicts),
    )  # fmt: skip


def combined(mentions: Sequence[EventMention]) -> float:
    """Confidence in the event: the surest mention's, raised a little by every further report (never above 0.99)."""
    best = max(m.confidence for m in mentions)
    further = len({m.report_id for m in mentions}) - 1
    return min(0.99, 1 - (1 - best) * 0.85**further) if further else best


def _fullness(m: EventMention) -> int:
    resolved = sum(p.actor_id is not None for p in (*m.actors, *m.recipients))
    return (
        bool(m.actors)
        + bool(m.recipients)
        + bool(m.mode)
        + (m.place is not None)
        + (m.date_found == "argument")
        + min(2, resolved)
    )


def _parties(first: tuple[Party, ...], accounts: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    """The representative's parties; those of the fullest account when it names none."""
    return first or max(accounts, key=len, default=())


def _accounts(mentions: Sequence[EventMention], account_of: Callable[[str], str] | None) -> int:
    if account_of:
        return len({account_of(m.report_id) for m in mentions})
    return len({m.source or m.report_id for m in mentions})


def disputes(mentions: Sequence[EventMention]) -> tuple[Dispute, ...]:
    """The fields on which the accounts differ, each side's value with who says it."""
    if len(mentions) < 2:
        return ()
    found = [
        _sides("status", mentions, lambda m: _status_side(m.status)),
        _blame(mentions),
        _sides("date", mentions, lambda m: str(m.date_start) if m.date_precision == "day" and m.date_start == m.date_end and m.date_found == "argument" else None),
        _sides("place", mentions, lambda m: m.place.name if m.place and m.place.precision in ("city", "site") and m.place.lat is not None and m.place.found == "argument" else None),
    ]  # fmt: skip
    kinds = sorted({q.kind for m in mentions for q in m.quantities})
    found += [_sides(kind, mentions, lambda m, k=kind: _number(m.quantities, k)) for kind in kinds]  # type: ignore[misc]
    return tuple(d for d in found if d)


def _blame(mentions: Sequence[EventMention]) -> Dispute | None:
    """Who did it, where two accounts name doers of whom none is the same; a fuller list, or the host of a meeting, is no dispute,
    nor is an arm of the state whose country the account leaves to its context ("the ministry")."""
    doers = [frozenset(_doers(m)) for m in mentions if m.quad_class > 2 and _doers(m)]
    if all(a & b for a in doers for b in doers):
        return None
    return _sides("actors", mentions, lambda m: ", ".join(sorted(_doers(m))) or None)


def _doers(mention: EventMention) -> set[str]:
    return {
        _who(p) for p in mention.actors if p.country or p.actor_id or not p.sectors or not STATE.issuperset(p.sectors)
    }


def _status_side(status: str) -> str | None:
    """Done, or denied; a plan does not dispute the act."""
    return {
        "actual": "actual",
        "historical": "actual",
        "negated": "negated",
        "cancelled": "cancelled",
        "postponed": "postponed",
    }.get(status)


def _who(party: Party) -> str:
    return party.country or identity(party)


def _number(quantities: Sequence[Quantity], kind: str) -> str | None:
    values = [q for q in quantities if q.kind == kind]
    if not values:
        return None
    q = values[0]
    low = f"{q.min:g}"
    return low if q.max == q.min else f"{low} or more" if q.max is None else f"{low} to {q.max:g}"


def _sides(
    field: str, mentions: Sequence[EventMention], value_of: Callable[[EventMention], str | None]
) -> Dispute | None:
    sides: dict[str, list[EventMention]] = defaultdict(list)
    for mention in mentions:
        value = value_of(mention)
        if value is not None:
            sides[value].append(mention)
    if len(sides) < 2:
        return None
    return Dispute(
        field,
        tuple(
            (value, tuple(dict.fromkeys(speaker(m) for m in said)), tuple(m.mention_id for m in said))
            for value, said in sides.items()
        ),
    )


def speaker(mention: EventMention) -> str:
    """Who vouches for a mention: the innermost speaker, or its publisher where that one has no name."""
    said_by = mention.attribution[-1].speaker if mention.attribution else ""
    return said_by or mention.source or f"report {mention.report_id}"
