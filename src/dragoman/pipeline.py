"""The journey of a report, readable in one screen.

ingest  ->  read  ->  resolve  ->  code  ->  merge
Report      Reading   ResolvedReading   EventMention   Event
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dragoman.coding import MentionCoder
from dragoman.coding.lexicon import DATA, read_lexicon
from dragoman.merge import merge
from dragoman.read import Reader
from dragoman.records import Event, EventMention, Problem, Reading, Report
from dragoman.resolve import Resolver
from dragoman.resolve.teaching import teach

READ_AT_ONCE = 64
"""Reports whose sentences are read together, so that batches hold sentences of like length."""


@dataclass(frozen=True, slots=True)
class Tools:
    """One of each stage; made once, shared by all reports of a process."""

    reader: Reader
    resolver: Resolver
    coder: MentionCoder
    own_frames: str = ""
    """Hash of the user's own trigger frames; "" without any."""

    @classmethod
    def load(cls, *, knowledge: Path | None = None, threads: int = 1) -> Tools:
        """The shipped model, knowledge and ontology; `knowledge` is a folder of the user's own additions: tables (`*.tsv`)
        and trigger frames (`frames/*.txt`), which come before those shipped where both fit equally well.

        Raises:
            KnowledgeFileError, FrameError: a file of the user's cannot be used; the message names file, line and remedy.
        """
        own = sorted((knowledge / "frames").glob("*.txt")) if knowledge else []
        coder = (
            MentionCoder(read_lexicon([*own, *sorted((DATA / "frames").glob("*.txt"))])) if own else MentionCoder.load()
        )
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest() if own else ""
        return cls(Reader.load(threads=threads), Resolver.load(extra=knowledge), coder, digest)

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change whenever anything that decides the output changes."""
        from dragoman import __version__

        rules = (rules_of(Path(__file__).parent / stage) for stage in ("read", "resolve"))
        parts = (
            __version__, self.reader.sha256, self.resolver.fingerprint, self.coder.fingerprint, *rules, self.own_frames,
        )  # fmt: skip
        return hashlib.sha256("\n".join(filter(None, parts)).encode()).hexdigest()[:16]


def rules_of(stage: Path) -> str:
    """A hash of a stage's program: its thresholds and rules decide the output as much as the model and the knowledge do."""
    sources = sorted(stage.glob("*.py"))
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in sources)).hexdigest()


@dataclass(frozen=True, slots=True)
class Coded:
    """A report with the event mentions found in it, or the problem that kept it from being coded."""

    report: Report
    mentions: tuple[EventMention, ...]
    problem: Problem | None = None


def code_reports(reports: Iterable[Report], tools: Tools) -> Iterator[Coded]:
    """Each report read, resolved and coded; in order, lazily, one report's fault never another's."""
    stream = iter(reports)
    while chunk := list(islice(stream, READ_AT_ONCE)):
        for report, reading in _read(chunk, tools):
            if isinstance(reading, Problem):
                yield Coded(report, (), reading)
                continue
            try:
                yield Coded(report, tuple(tools.coder.code(tools.resolver.resolve(reading))))
            except Exception as error:  # a fault of ours on this report: set aside with its reason, never lost
                yield Coded(report, (), _fault(report, error))


def events_in(reports: Iterable[Report], tools: Tools) -> Iterator[Event]:
    """Reports in, merged events out, all in memory; for large inputs use a record (`dragoman.api.code_files`)."""
    return merge(teach(mention for coded in code_reports(reports, tools) for mention in coded.mentions))


def _read(chunk: list[Report], tools: Tools) -> Iterator[tuple[Report, Reading | Problem]]:
    try:
        together: list[Reading | None] = list(tools.reader.read_all(chunk))
    except Exception:  # one of them is at fault: read each alone, so that it is found and named
        together = [None] * len(chunk)
    for report, reading in zip(chunk, together, strict=True):
        if reading is not None:
            yield report, reading
            continue
        try:
            yield report, tools.reader.read(report)
        except Exception as error:
            yield report, _fault(report, error)


def _fault(report: Report, error: Exception) -> Problem:
    origin = report.origins[0]
    return Problem(
        origin.path,
        origin.locator,
        "coder-fault",
        f"the coder failed on this report ({type(error).__name__}: {str(error)[:200]})",
        "Please report this as a bug with the text, if it may be shared; the other reports are not affected.",
        report.id,
    )
