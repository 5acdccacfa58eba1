"""Recipients that the sentence leaves out because the one before has named them: "Moscow promised a reply"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import EventMention, Party, Step

ANSWERS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "CONCEDE"})
"""Acts that are done to somebody as a rule; where nobody is named, the other side of the exchange is meant."""

EXCHANGES = ANSWERS | {"REQUEST", "COERCE", "ASSAULT", "MOBILIZE", "AGREE"}
"""Acts that begin or go on with such an exchange."""

REACH = 1
"""How many sentences back the other side may have been named; chosen on corpus dev: 6 of 8 carried over are right at 1, 6 of 14 at 2."""


def carry(mentions: Sequence[EventMention]) -> list[EventMention]:
    """The events of a report with recipients carried over where an exchange between the same two sides goes on."""
    done: list[EventMention] = []
    for event in mentions:
        done.append(
            _completed(event, done) if event.base_type in ANSWERS and event.actors and not event.recipients else event
        )
    return done


def _completed(event: EventMention, before: Sequence[EventMention]) -> EventMention:
    for earlier in reversed(before):
        if event.sentence_index - earlier.sentence_index > REACH:
            break
        other = _other_side(event, earlier)
        if other:
            words = " and ".join(dict.fromkeys(p.text for p in other))
            step = Step(
                "recipients",
                "rule:the-exchange-goes-on",
                f"not named here; “{words}” is the other side of “{earlier.trigger_text}”",
            )
            spans = {**event.spans, "recipients": tuple(p.span for p in other if p.span)}
            return replace(event, recipients=tuple(other), spans=spans, trail=(*event.trail, step))
    return event


def _other_side(event: EventMention, earlier: EventMention) -> list[Party]:
    """Who answers gets back at the actor; who goes on has the same recipients."""
    actors = _ids(event.actors)
    if not actors or earlier.status not in ("actual", event.status) or earlier.base_type not in EXCHANGES:
        return []
    if actors & _ids(earlier.recipients):
        return [p for p in earlier.actors if _id(p) not in actors]
    if actors & _ids(earlier.actors) and earlier.recipients:
        return [p for p in earlier.recipients if _id(p) not in actors and "CVL" not in p.sectors]
    return []


def _ids(parties: Sequence[Party]) -> set[str]:
    return {i for p in parties if (i := _id(p))}


def _id(p: Party) -> str | None:
    """What tells parties apart across sentences: their country when they speak for it, else their own id."""
    if p.country and len(p.country) == 3 and (p.kind == "state" or "GOV" in p.sectors or "MIL" in p.sectors):
        return p.country
    return p.actor_id
