"""A corpus report while it is being read, and what is found wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.problems import Problem
from corpus.records import Cue, Declaration, Event, Mention, Sentence, Trigger


@dataclass(slots=True)
class Draft:
    """What has been read so far; `part` says which part of the report the next line belongs to."""

    file: str
    id: str
    line: int
    problems: list[Problem]
    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    paragraph: int = 0
    breaks: bool = False
    part: str = "header"

    def wrong(self, line: int, code: str, message: str, remedy: str) -> None:
        """Keep a problem of this report."""
        self.problems.append(Problem(self.file, line, code, f"{self.id}: {message}", remedy))
