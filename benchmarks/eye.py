"""Events to be judged by eye: `python -m benchmarks.eye RECORD [--sample 30] [--seed 1]`.

Prints a seeded sample of a record's events with the sentence that each was read from and the one before it, so that somebody
can say of each field whether the text bears it out. The same record and seed give the same sample.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.query.record import Record
from dragoman.records import Event
from dragoman.records.event import EventMention, Party


def lines(number: int, event: Event) -> Iterator[str]:
    """One event for people; the evidence is that of its first mention."""
    mention = event.mentions[0]
    kind = f"{event.event_type}{'/' + event.mode if event.mode else ''}"
    yield f"{number:>2}  {event.event_id[:8]}  {kind}  {event.status}  {event.confidence:.2f}  trigger {mention.trigger_text!r}"
    yield f"    who   {_parties(event.actors)}"
    yield f"    whom  {_parties(event.recipients)}"
    yield f"    when  {_when(mention)}, published {mention.published}"
    yield f"    where {_where(mention)}"
    yield f"    said  {'; '.join(f'{a.speaker} ({a.kind})' for a in event.attribution) or '-'}"
    yield f"    text  {' '.join(mention.sentence.split())}"


def _parties(parties: Sequence[Party]) -> str:
    return "; ".join(f"{p.name} [{p.country or '-'} {' '.join(p.sectors)}] from {p.text!r}" for p in parties) or "-"


def _when(mention: EventMention) -> str:
    days = (
        f"{mention.date_start} to {mention.date_end}"
        if mention.date_start != mention.date_end
        else f"{mention.date_start}"
    )
    return f"{days} ({mention.date_found})"


def _where(mention: EventMention) -> str:
    place = mention.place
    return f"{place.name} [{place.country}] ({place.found})" if place else "-"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the sample."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.eye", description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--sample", type=int, default=30, help="how many events")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with Record(options.record) as record:
        events = sorted(record, key=lambda e: e.event_id)
    chosen = random.Random(options.seed).sample(events, min(options.sample, len(events)))
    print(f"{len(chosen)} of {len(events)} events\n")
    for number, event in enumerate(chosen, start=1):
        print("\n".join(lines(number, event)), end="\n\n")


if __name__ == "__main__":
    main()
