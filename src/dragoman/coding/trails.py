"""The trail of an event: for each field one clause in words that says where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.coding.candidates import Candidate
from dragoman.coding.circumstances import Dated, Placed
from dragoman.coding.codes import Codes
from dragoman.coding.confidence import evidence
from dragoman.coding.grammar import Grammar
from dragoman.coding.parties import Found
from dragoman.coding.sides import Sides
from dragoman.coding.status import Verdict
from dragoman.records import Attribution, Quantity, Step, Trail


def event_trail(
    g: Grammar, c: Candidate, codes: Codes, sides: Sides, verdict: Verdict, dated: Dated | None, placed: Placed | None,
    said: Sequence[Attribution], sizes: Sequence[Quantity], sure: float,
) -> Trail:  # fmt: skip
    """All steps, in the order of the event's fields."""
    steps = list(codes.why)
    steps += [step for f in sides.actors for step in _party(f, "actors", sides.actors_by, c)]
    steps += [step for f in sides.recipients for step in _party(f, "recipients", sides.recipients_by, c)]
    steps.append(_status(g, verdict))
    if dated is not None:
        steps.append(Step("date_start", "rule:date-of-the-act", f"{dated.because} ({dated.found})"))
        steps += [replace(step, field="date_start") for step in dated.known]
    if placed is not None:
        steps.append(Step("place", "rule:place-of-the-act", f"{placed.because} ({placed.place.found})"))
        steps += [replace(step, field="place") for step in placed.known]
    for voice in said:
        who = f"“{voice.speaker}”" if voice.speaker else "somebody unnamed"
        steps.append(
            Step(
                "attribution",
                "rule:inside-what-is-said",
                f"it stands in what {who} says" + (f" (“{voice.cue}”)" if voice.cue else ""),
            )
        )
    for quantity in sizes:
        steps.append(Step("quantities", "rule:counted-with-the-act", f"“{quantity.text}” counts {quantity.kind}"))
    steps.append(
        Step(
            "confidence",
            "table:confidence",
            ", ".join(n for n in evidence(c, sides) if n != "every event"),
            round(sure, 4),
        )
    )
    return tuple(dict.fromkeys(steps))


def _party(f: Found, field: str, by: str, c: Candidate) -> Iterator[Step]:
    """Why the words have this part in the act, then whom they name."""
    yield _part(f, field, by, c)
    for step in f.known:
        yield Step(field, step.by, f"“{f.party.text}” is {f.party.name}: {step.because}", step.score)


def _part(f: Found, field: str, by: str, c: Candidate) -> Step:
    how = {
        "mention": "named",
        "owner": "named as the owner of the phrase",
        "words": "known only by its words",
        "thing": "a thing that stands for its owner",
    }[f.how]
    if by == "frame" and c.match is not None:
        return Step(
            field, f"lexicon:{c.match.frame.entry}", f"“{f.party.text}” stands in the frame's place for it, {how}"
        )
    if by == "model":
        return Step(field, "model", f"the model gives “{f.party.text}” this part, {how}")
    return Step(field, "rule:usual-place", f"“{f.party.text}” stands where it usually does, {how}")


def _status(g: Grammar, verdict: Verdict) -> Step:
    if verdict.cue is None:
        because = "told as a fact, no word says otherwise" if verdict.status == "actual" else "the model reads it so"
        return Step(
            "status", "default" if verdict.status == "actual" else "model", because, round(verdict.probability, 4)
        )
    words = f"“{g.tokens[verdict.cue.token].text}”: " if verdict.cue.token is not None else ""
    return Step(
        "status",
        "table:status.tsv" if verdict.cue.token is not None else "rule:dates",
        words + verdict.cue.because,
        round(verdict.probability, 4),
    )
