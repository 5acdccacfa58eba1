"""`dragoman actor`: the dossier of a person or body, with its evidence."""

from __future__ import annotations

import json as jsonlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.common import console, printable, record_path
from dragoman.cli.options import REPORTED_FROM, JsonOption, LeastOption, RecordOption

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.query.record import Record
    from dragoman.records import Event, Party
    from dragoman.resolve.dossier import Profile
    from dragoman.resolve.known import Person

SHOWN = 12
"""Events and sightings that the page shows of each; JSON holds all."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=actor.__doc__)(actor)


def actor(
    name: Annotated[str, typer.Argument(help="A name in any spelling: 'Andrey Rudenko', 'Rudenko', 'Hezbollah'.")],
    record: RecordOption = None,
    min_confidence: LeastOption = REPORTED_FROM,
    same_as: Annotated[
        str | None, typer.Option(metavar="NAME", help="Decide that this is another name of the same person.")
    ] = None,
    not_: Annotated[
        str | None, typer.Option("--not", metavar="NAME", help="Decide that this is somebody else's name.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """The dossier of an actor: names seen, offices, events, and the words that say so."""
    from dragoman.query.record import Record

    for kind, other in (("same_person", same_as), ("other_person", not_)):
        if other is not None:
            _decide(record_path(record), kind, name, other)
    with Record(record_path(record)) as opened:
        found = _dossiers(name, opened, min_confidence)
    if json:
        typer.echo(jsonlib.dumps(found, ensure_ascii=False))
        return
    out = console()
    if not found:
        out.print(
            printable(
                f"Nobody of the name {name!r} takes part in an event of this record, and no knowledge file names them."
            )
        )
        return
    for dossier in found:
        _page(dossier, min_confidence, out)


def _decide(record: Path, kind: str, name: str, other: str) -> None:
    """Append a decision about two names and derive the events again."""
    import getpass

    from dragoman.derive import remerge
    from dragoman.store import Writer
    from dragoman.store.decisions import append

    with Writer(record) as writer:
        ident = append(writer.connection, kind, name, {"names": [name, other]}, made_by=getpass.getuser())
        typer.echo(f"{remerge(writer, workers=None)} events; decision {ident}, which can be undone.", err=True)


def _dossiers(name: str, record: Record, least: float) -> list[dict[str, Any]]:
    """Persons learnt from the record, then bodies and states of that name in it, then persons only the knowledge has.

    The record is gone through twice, event by event, rather than held in memory. Names are learnt from all that it keeps;
    of the events, those less sure than `least` are only counted.
    """
    from dragoman.query.reporting import floor_of
    from dragoman.resolve.dossier import learn
    from dragoman.resolve.knowledge import load_knowledge
    from dragoman.resolve.teaching import verdicts_of
    from dragoman.store.decisions import persons_decided

    verdicts = verdicts_of(*persons_decided(record.reader.db))
    learnt = learn((m for event in record for m in event.mentions), verdicts).find(name)
    known = load_knowledge()
    persons = [_person(p, known.people.get(p.actor_id.removeprefix("per:"))) for p in learnt]
    bodies: dict[str, _Body] = {}
    for event in record:
        parties = (*event.actors, *event.recipients)
        sure = event.confidence >= floor_of(least)
        for row, profile in zip(persons, learnt, strict=True):
            if any(p.actor_id == profile.actor_id or p.name in profile.names for p in parties):
                row["events"] += [_event(event)] * sure
                row["candidates"] += not sure
        for actor_id in dict.fromkeys(p.actor_id for p in parties if p.actor_id and p.kind != "person"):
            mine = [p for p in parties if p.actor_id == actor_id]
            bodies.setdefault(actor_id, _Body(mine[0].name)).add(mine, _event(event) if sure else None, name)
    rows = persons + [body.row(key) for key, body in sorted(bodies.items()) if body.meant]
    if not rows:
        hits = dict.fromkeys(h.id for h in known.lookup(name) if h.kind == "person")
        rows = [_known(known.people[h]) for h in hits]
    return rows


@dataclass(slots=True)
class _Body:
    """What is gathered about a state or body; `meant` when one of its parties bears the name that was asked for."""

    name: str
    meant: bool = False
    words: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    events: list[dict[str, Any]] = field(default_factory=list)
    candidates: int = 0

    def add(self, parties: list[Party], event: dict[str, Any] | None, asked: str) -> None:
        """Take in an event by its parties of this id; None for a candidate, which is only counted."""
        from dragoman.resolve.normalise import normalise

        self.meant = self.meant or any(normalise(asked) in (normalise(p.name), normalise(p.text)) for p in parties)
        self.words |= {p.text for p in parties}
        self.countries |= {p.country for p in parties if p.country}
        self.events += [event] if event else []
        self.candidates += event is None

    def row(self, actor_id: str) -> dict[str, Any]:
        return {
            "actor_id": actor_id, "name": self.name, "names": sorted(self.words), "offices": [], "countries": sorted(self.countries),
            "known_offices": [], "events": self.events, "candidates": self.candidates, "evidence": [], "joined": [],
        }  # fmt: skip


def _person(profile: Profile, known: Person | None) -> dict[str, Any]:
    return {
        "actor_id": profile.actor_id, "name": profile.name, "names": list(profile.names), "offices": list(profile.offices),
        "countries": list(profile.countries), "known_offices": _spells(known), "events": list[dict[str, Any]](), "candidates": 0,
        "evidence": [asdict(s) for s in profile.sightings], "joined": [list(j) for j in profile.joined],
    }  # fmt: skip


def _known(person: Person) -> dict[str, Any]:
    countries = list(dict.fromkeys(s.country for s in person.spells))
    return {
        "actor_id": f"per:{person.id}", "name": person.name, "names": [person.name, *person.aliases], "offices": [], "countries": countries,
        "known_offices": _spells(person), "events": [], "candidates": 0, "evidence": [], "joined": [],
    }  # fmt: skip


def _spells(person: Person | None) -> list[dict[str, Any]]:
    if person is None:
        return []
    return [
        {"office": s.office, "country": s.country, "from": s.period.start, "to": s.period.end} for s in person.spells
    ]


def _event(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.event_id, "event_type": event.event_type, "status": event.status,
        "date_start": event.date_start.isoformat() if event.date_start else None,
        "actors": [p.name for p in event.actors], "recipients": [p.name for p in event.recipients],
        "sentence": event.mentions[0].sentence if event.mentions else "",
    }  # fmt: skip


def _page(dossier: dict[str, Any], least: float, out: Console) -> None:
    from rich.text import Text

    from dragoman.query.reporting import candidates_line

    head = Text(printable(dossier["name"]), style="bold")
    head.append(f"  {dossier['actor_id']}  {' '.join(dossier['countries'])}", style="dim")
    out.print(head)
    if len(dossier["names"]) > 1:
        out.print(printable("Seen as: " + "; ".join(dossier["names"])))
    if dossier["offices"]:
        out.print(printable("Offices in the reports: " + "; ".join(dossier["offices"])))
    for spell in dossier["known_offices"]:
        out.print(
            f"  {spell['office'].replace('_', ' ')} ({spell['country']}) {spell['from'] or '...'} to {spell['to'] or 'now'}"
        )
    for one, two, why in dossier["joined"]:
        out.print(Text(printable(f"  {one!r} and {two!r} are one: {why}"), style="dim"))
    if dossier["events"]:
        out.print(Text(f"Events ({len(dossier['events'])})", style="bold"))
    for event in dossier["events"][:SHOWN]:
        who = (
            f"{', '.join(event['actors'])} > {', '.join(event['recipients'])}"
            if event["recipients"]
            else ", ".join(event["actors"])
        )
        out.print(
            printable(
                f"  {event['date_start'] or '?':10}  {event['event_id'][:8]}  {event['event_type']} {event['status']}  {who}"
            )
        )
    if said := candidates_line(dossier["candidates"], least):
        out.print(Text(f"  {said}", style="dim"))
    if dossier["evidence"]:
        out.print(Text(f"Evidence ({len(dossier['evidence'])})", style="bold"))
    for seen in dossier["evidence"][:SHOWN]:
        out.print(
            printable(
                f"  {seen['day']}  {seen['report_id'][:8]} [{seen['start']}, {seen['end']})  {seen['text']}: {seen['sentence']}"
            )
        )
    out.print("")
