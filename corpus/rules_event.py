"""Rules for one report's events: codes, parties, place, time, attribution, and how they agree with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from corpus import codes
from corpus.problems import Problem, suggestion
from corpus.records import Argument, CorpusReport, Cue, Event, Trigger
from corpus.rules_body import bounds, problem

LONGEST_TRIGGER = 6  # words
MEDIATING = ("mediat", "broker", "shuttl", "interced")
BACKGROUND = timedelta(days=31)  # "over a month before publication" in the codebook


def problems_of(report: CorpusReport) -> Iterator[Problem]:
    """All problems of the report's events."""
    yield from _triggers(report)
    for event in report.events:
        yield from _codes(report, event)
        yield from _parties(report, event)
        yield from _references(report, event)
        yield from _attribution(report, event)
        yield from _dates(report, event)


def _triggers(report: CorpusReport) -> Iterator[Problem]:
    counts = Counter(e.id for e in report.events)
    for event in report.events:
        marks = report.triggers_of(event.id)
        length = sum(len(report.words(m).split()) for m in marks)
        if length > LONGEST_TRIGGER:
            yield problem(
                report,
                event.line,
                "long-trigger",
                f"the trigger of !{event.id} has {length} words.",
                "Mark the shortest group that names the act.",
                False,
            )
        if counts[event.id] > 1:
            yield problem(report, event.line, "event-twice", f"!{event.id} is given twice.", "Renumber one.")
        if not marks:
            yield problem(
                report, event.line, "no-trigger", f"!{event.id} has no trigger.", f"Mark its words: {{...|{event.id}}}."
            )
        elif len({m.sentence for m in marks}) > 1:
            yield problem(
                report,
                event.line,
                "trigger-apart",
                f"!{event.id} has triggers in two sentences.",
                "Each sentence that tells the act gets an event of its own.",
            )
    for trigger in report.triggers:
        if trigger.id != "-" and trigger.id not in counts:
            yield problem(
                report,
                report.sentences[trigger.sentence].line,
                "no-event",
                f"trigger {trigger.id!r} ({report.words(trigger)!r}) has no event.",
                f"Add `!{trigger.id} ...`, or mark a near miss with `|-`.",
            )


def _codes(report: CorpusReport, event: Event) -> Iterator[Problem]:
    if event.type not in codes.MODES:
        yield problem(
            report,
            event.line,
            "unknown-type",
            f"no type {event.type!r}.",
            suggestion(event.type, codes.TYPES, f"Known: {', '.join(codes.TYPES)}."),
        )
        return
    allowed = codes.MODES[event.type]
    for mode in event.modes:
        if mode not in allowed:
            remedy = f"{event.type} has no modes." if not allowed else f"Its modes: {', '.join(allowed)}."
            yield problem(
                report,
                event.line,
                "unknown-mode",
                f"{event.type} has no mode {mode!r}.",
                suggestion(mode, allowed, remedy),
            )
    for what, word, known in (
        ("status", event.status, codes.STATUSES),
        *(("context", c, codes.CONTEXTS) for c in event.contexts),
    ):
        if word not in known:
            yield problem(
                report,
                event.line,
                f"unknown-{what}",
                f"no {what} {word!r}.",
                suggestion(word, known, f"Known: {', '.join(known)}."),
            )
    for what, given in (("mode", event.modes), ("context", event.contexts)):
        if len(set(given)) < len(given):
            yield problem(report, event.line, f"{what}-twice", f"!{event.id} names a {what} twice.", "Keep one.")
    yield from _cameo(report, event)


def _cameo(report: CorpusReport, event: Event) -> Iterator[Problem]:
    if event.cameo not in codes.CAMEO:
        yield problem(
            report,
            event.line,
            "unknown-cameo",
            f"CAMEO 1.1b3 has no code {event.cameo!r}.",
            "Codes are text with their leading zero, as 042; the codebook lists them.",
        )
        return
    usual = codes.CAMEO_OF_TYPE[event.type]
    if not codes.cameo_fits(event.cameo, usual):
        excepted = codes.cameo_fits(event.cameo, codes.CAMEO_EXCEPTIONS.get(event.type, ("no",)))
        roots = ", ".join(u for u in usual if not u.startswith("-"))
        yield problem(
            report,
            event.line,
            "cameo-type",
            f"CAMEO {event.cameo} is unusual for {event.type}.",
            f"{event.type} takes {roots}: change the code or the type.",
            not excepted,
        )
    for mode in event.modes:
        fitting = codes.CAMEO_OF_MODE.get((event.type, mode))
        if fitting and not codes.cameo_fits(event.cameo, fitting):
            yield problem(
                report,
                event.line,
                "cameo-mode",
                f"{event.type}/{mode} with CAMEO {event.cameo}.",
                f"Usual for this mode: {', '.join(fitting)}.",
                False,
            )


def _parties(report: CorpusReport, event: Event) -> Iterator[Problem]:
    for argument in (*event.actors, *event.recipients):
        yield from _party(report, event, argument)
    both = {a.id for a in event.actors} & {a.id for a in event.recipients}
    if both:
        yield problem(
            report,
            event.line,
            "own-recipient",
            f"!{event.id}: {', '.join(sorted(both))} is actor and recipient.",
            "Reciprocal acts have all parties as actors and no recipient.",
        )
    for side in (event.actors, event.recipients):
        if len({a.id for a in side}) < len(side):
            yield problem(report, event.line, "party-twice", f"!{event.id} names a party twice.", "Keep one.")
    if not event.actors and not event.recipients:
        yield problem(
            report,
            event.line,
            "no-party",
            f"!{event.id} has neither actor nor recipient.",
            "Name a party that the report knows; without any it is no event.",
            False,
        )
    yield from _recipients(report, event)


def _recipients(report: CorpusReport, event: Event) -> Iterator[Problem]:
    modes = set(event.modes)
    if event.type == "CONSULT" and event.recipients and not modes & codes.CONSULT_WITH_RECIPIENT:
        yield problem(
            report,
            event.line,
            "recipient",
            f"!{event.id}: a CONSULT without visit, phone or third-party has a recipient.",
            "Those who meet are all actors: move the recipients to the left of >.",
        )
    if event.type == "RETREAT" and "resign" in modes and event.recipients:
        yield problem(report, event.line, "recipient", f"!{event.id}: a resignation has a recipient.", "Write > -.")
    if event.cameo == "045" and event.actors and not event.recipients and _says(report, event, MEDIATING):
        yield problem(
            report,
            event.line,
            "mediator",
            f"!{event.id}: mediation without recipients.",
            "The mediator is the actor, the parties are recipients.",
            False,
        )
    one_sided = event.type != "COOPERATE" or len(_members(report, event.actors)) < 2
    if event.type in codes.WANTS_RECIPIENT and not event.recipients and one_sided:
        yield problem(
            report,
            event.line,
            "no-recipient",
            f"!{event.id}: {event.type} without a recipient.",
            "Name the one it is done to, if the report does.",
            False,
        )


def _says(report: CorpusReport, event: Event, stems: tuple[str, ...]) -> bool:
    """Whether the trigger has a word that begins with one of the stems."""
    words = " ".join(report.words(t) for t in report.triggers_of(event.id)).lower().split()
    return any(word.startswith(stems) for word in words)


def _members(report: CorpusReport, arguments: tuple[Argument, ...]) -> set[str]:
    """The parties behind ids and groups."""
    members: set[str] = set()
    for argument in arguments:
        group = report.groups.get(argument.id)
        members |= set(group.members) if group else {argument.id}
    return members


def _party(report: CorpusReport, event: Event, argument: Argument) -> Iterator[Problem]:
    known = report.entities.keys() | report.groups.keys()
    if argument.id in report.places:
        yield problem(
            report,
            event.line,
            "party-is-place",
            f"!{event.id}: {argument.id!r} is a place.",
            "A place goes to at=; a government or the people there are declared as state, institution or crowd.",
        )
    elif argument.id not in known:
        yield problem(
            report,
            event.line,
            "unknown-party",
            f"!{event.id}: no actor {argument.id!r}.",
            suggestion(argument.id, known, "Declare it with `@id KIND COUNTRY ...`."),
        )
    elif argument.nth is not None and report.triggers_of(event.id) and not report.mention_for(event.id, argument):
        yield problem(
            report,
            event.line,
            "nth-mention",
            f"!{event.id}: no mention {argument.id}#{argument.nth} in its sentence.",
            "#n counts the mentions of the id in the trigger's sentence, from 1.",
        )


def _references(report: CorpusReport, event: Event) -> Iterator[Problem]:
    wanted = (
        ("at", (event.at,), report.places.keys(), "place"),
        ("when", (event.when,), report.times.keys(), "time"),
        ("n", event.quantities, report.quantities.keys(), "quantity"),
    )
    for key, ids, known, what in wanted:
        for id_ in ids:
            if id_ is not None and id_ not in known:
                remedy = f"Declare it as a {what}, or leave {key}= out."
                several = f"{key}= takes one {what}: the one that holds all of them, or the first."
                yield problem(
                    report,
                    event.line,
                    f"unknown-{what}",
                    f"!{event.id}: {key}={id_} is no declared {what}.",
                    several if "," in id_ else suggestion(id_, known, remedy),
                )


def _attribution(report: CorpusReport, event: Event) -> Iterator[Problem]:
    speakers = report.entities.keys() | report.groups.keys()
    # A trigger may be the cue of another event: "denied having met" is a REJECT and says who denies the meeting.
    cues: dict[str, Cue | Trigger] = {t.id: t for t in report.triggers}
    cues |= {c.id: c for c in report.cues}
    here = {t.sentence for t in report.triggers_of(event.id)}
    for voice in event.by:
        if voice.speaker is not None and voice.speaker not in speakers:
            yield problem(
                report,
                event.line,
                "unknown-speaker",
                f"!{event.id}: no speaker {voice.speaker!r}.",
                suggestion(
                    voice.speaker, speakers, "Speakers are declared actors; `-` for one the text does not name."
                ),
            )
        if voice.cue is not None and voice.cue not in cues:
            yield problem(
                report,
                event.line,
                "unknown-cue",
                f"!{event.id}: no cue {voice.cue!r}.",
                suggestion(voice.cue, cues.keys(), f"Mark it: <said|{voice.cue}>."),
            )
        elif voice.cue == event.id:
            yield problem(
                report,
                event.line,
                "own-cue",
                f"!{event.id} names its own trigger as cue.",
                "The doer of a speech act is its actor; leave by= out unless another word reports it.",
                False,
            )
        elif voice.cue is not None and here and cues[voice.cue].sentence not in here:
            yield problem(
                report,
                event.line,
                "cue-apart",
                f"!{event.id}: cue {voice.cue!r} stands in another sentence.",
                "by= names who vouches in this sentence; leave the cue out if it is elsewhere.",
                False,
            )
    for cue, count in Counter(c.id for c in report.cues).items():
        sentences = {c.sentence for c in report.cues if c.id == cue}
        if count > 1 and len(sentences) > 1:
            line = report.sentences[max(sentences)].line
            yield problem(report, line, "cue-twice", f"cue {cue!r} stands in two sentences.", "Renumber one.")


def _dates(report: CorpusReport, event: Event) -> Iterator[Problem]:
    time = report.times.get(event.when or "")
    days = bounds(time.value) if time and time.value else None
    if days is None:
        return
    first, last = days
    published = report.header.published
    if event.status == "actual" and first > published + timedelta(days=1):
        yield problem(
            report,
            event.line,
            "date-status",
            f"!{event.id} is actual, {first} is after publication.",
            "Planned acts are future.",
            False,
        )
    if event.status == "actual" and last < published - BACKGROUND - timedelta(days=14):
        yield problem(
            report,
            event.line,
            "date-status",
            f"!{event.id} is actual, {last} is over a month before publication.",
            "Background is historical.",
            False,
        )
    if event.status == "historical" and last > published:
        yield problem(
            report,
            event.line,
            "date-status",
            f"!{event.id} is historical, {last} is after publication.",
            "Check the time and the status.",
            False,
        )
    if event.status == "future" and last < published - timedelta(days=1):
        yield problem(
            report,
            event.line,
            "date-status",
            f"!{event.id} is future, {last} is before publication.",
            "Check the time and the status.",
            False,
        )
