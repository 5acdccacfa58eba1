"""What flows between the stages: small frozen records.

    ingest  ->  read  ->  resolve  ->  code  ->  merge
    Report      Reading   ResolvedReading   EventMention   Event

Offsets are Unicode code points in `Report.text`, half-open `[start, end)`, unless a docstring says otherwise.
`None` means "the words do not say", never "unknown by accident".
"""

from dragoman.records.event import (
    Attribution,
    Dispute,
    Event,
    EventMention,
    Party,
    PlaceRef,
    Quantity,
)
from dragoman.records.problem import Problem
from dragoman.records.reading import (
    Argument,
    EventReading,
    Mention,
    Predicate,
    Reading,
    Role,
    Sentence,
    Token,
)
from dragoman.records.report import Origin, Report
from dragoman.records.resolved import (
    Actor,
    Place,
    ResolvedMention,
    ResolvedReading,
    When,
)
from dragoman.records.trail import Step, Trail

__all__ = [
    "Actor",
    "Argument",
    "Attribution",
    "Dispute",
    "Event",
    "EventMention",
    "EventReading",
    "Mention",
    "Origin",
    "Party",
    "Place",
    "PlaceRef",
    "Predicate",
    "Problem",
    "Quantity",
    "Reading",
    "Report",
    "ResolvedMention",
    "ResolvedReading",
    "Role",
    "Sentence",
    "Step",
    "Token",
    "Trail",
    "When",
]
