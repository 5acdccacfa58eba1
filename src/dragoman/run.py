"""One run of the main job: the input in chunks, each coded and written before the next is taken, then the events derived."""

from __future__ import annotations

import platform
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dragoman import __version__
from dragoman.derive import remerge
from dragoman.ingest import Copy, Options
from dragoman.pipeline import Coded, Tools, code_reports
from dragoman.query.reporting import REPORTED_FROM, candidates_line, floor_of
from dragoman.records import Origin, Problem, Report
from dragoman.records.codec import Json
from dragoman.spread import cores
from dragoman.store import CodedReport, Writer

CHUNK = 32
"""Reports per transaction: a killed run loses at most this much work, and none of its result."""

ALONE = 2 * CHUNK
"""Up to this many reports one process is quicker than starting others."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the input; `read == with_events + without_events + set_aside` always.

    Attributes:
        read: Documents found in the input, copies of an earlier one not counted.
        set_aside: Documents and files that could not be coded; `problems` says why.
        copies: Further copies of a text that was read before; their origins are kept.
        known: Of those read, how many the record already held.
        mentions: Event mentions of the reports read in this run.
        events: Events in the record (or in the result) after merging that are reported; `candidates` those that are less sure
            than `min_confidence`, kept all the same.
        seconds: Wall-clock time.
    """

    read: int = 0
    with_events: int = 0
    without_events: int = 0
    set_aside: int = 0
    copies: int = 0
    known: int = 0
    mentions: int = 0
    events: int = 0
    candidates: int = 0
    min_confidence: float = REPORTED_FROM
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 when everything was coded, 1 when something was set aside."""
        return 1 if self.set_aside else 0

    def __str__(self) -> str:
        known = f" ({self.known:,} already in the record)" if self.known else ""
        copies = f", {_many(self.copies, 'further copy', 'further copies')}" if self.copies else ""
        aside = f", {self.set_aside:,} set aside (`dragoman problems` says why)" if self.set_aside else ""
        unsure = candidates_line(self.candidates, self.min_confidence)
        return (
            f"{_many(self.read, 'report')} read{known}{copies}: {self.with_events:,} with events, "
            f"{self.without_events:,} without{aside}; {_many(self.events, 'event')} from {_many(self.mentions, 'mention')}"
            f"{', ' + unsure if unsure else ''}."
        )


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"


Progress = Callable[[int, int], None]
"""Called with (reports done, words done) after each chunk."""


class Run:
    """One run of the main job: the input in chunks, each chunk coded and written before the next is taken."""

    def __init__(
        self, writer: Writer, options: Options, workers: int | None = None, knowledge: Path | None = None,
        progress: Progress | None = None, min_confidence: float = REPORTED_FROM,
    ) -> None:  # fmt: skip
        self.writer, self.options, self.knowledge, self.progress = writer, options, knowledge, progress
        self.min_confidence = min_confidence
        self.workers = workers
        self.tools = Tools.load(knowledge=knowledge)
        self.coder = self.tools.fingerprint
        self.count = dict.fromkeys(
            ("read", "with_events", "without_events", "set_aside", "copies", "known", "mentions"), 0
        )
        self.words = 0
        self.errors: Counter[str] = Counter()
        self.contents = 0

    def over(self, items: Iterable[Report | Copy | Problem], inputs: list[str]) -> Tally:
        """Code and write everything; `inputs` are the paths as the user gave them, for the manifest."""
        started = datetime.now(UTC)
        run_id = uuid.uuid4().hex[:12]
        manifest: Json = {
            "version": __version__, "coder": self.coder, "model": self.tools.reader.sha256, "inputs": inputs,
            "options": {k: str(v) for k, v in _plain(self.options).items()},
            "knowledge": self.tools.resolver.fingerprint, "python": platform.python_version(), "counts": {}, "errors": {}, "inputs_hash": None,
        }  # fmt: skip
        self.writer.run(run_id, started, manifest, finished=False)
        batches = self._batches(items)
        for batch, coded in self._coded(batches):
            self._write(batch, coded)
            if self.progress:
                self.progress(self.count["read"], self.words)
        events, candidates = self._merge()
        seconds = (datetime.now(UTC) - started).total_seconds()
        tally = Tally(
            **self.count, events=events, candidates=candidates, min_confidence=self.min_confidence, seconds=seconds
        )
        manifest |= {
            "counts": asdict(tally), "errors": dict(sorted(self.errors.items())), "inputs_hash": f"{self.contents:016x}",
        }  # fmt: skip
        self.writer.run(run_id, started, manifest, finished=True)
        return tally

    def _batches(self, items: Iterable[Report | Copy | Problem]) -> Iterator[_Batch]:
        reports: list[Report] = []
        copies: list[Copy] = []
        problems: list[Problem] = []
        for item in items:
            if isinstance(item, Report):
                reports.append(item)
            elif isinstance(item, Copy):
                copies.append(item)
            else:
                problems.append(item)
            if len(reports) >= CHUNK or len(copies) + len(problems) >= 10 * CHUNK:
                yield self._batch(reports, copies, problems)
                reports, copies, problems = [], [], []
        if reports or copies or problems:
            yield self._batch(reports, copies, problems)

    def _batch(self, reports: list[Report], copies: list[Copy], problems: list[Problem]) -> _Batch:
        known = self.writer.coded(reports, self.coder)
        return _Batch(
            tuple(reports), tuple(r for r in reports if r.id not in known), known, tuple(copies), tuple(problems)
        )

    def _coded(self, batches: Iterator[_Batch]) -> Iterator[tuple[_Batch, list[Coded]]]:
        head: list[_Batch] = []
        for batch in batches:
            head.append(batch)
            if sum(len(b.fresh) for b in head) > ALONE:
                break
        workers = self.workers or cores()
        if workers == 1 or sum(len(b.fresh) for b in head) <= ALONE:
            for batch in _chain(head, batches):
                yield batch, list(code_reports(batch.fresh, self.tools))
            return
        from dragoman.scale.workers import code_chunks

        taken: list[_Batch] = []

        def fresh() -> Iterator[Sequence[Report]]:
            for batch in _chain(head, batches):
                taken.append(batch)
                yield batch.fresh

        for coded in code_chunks(fresh(), workers=workers, knowledge=self.knowledge):
            yield taken.pop(0), coded

    def _write(self, batch: _Batch, coded: list[Coded]) -> None:
        good = [CodedReport(c.report, c.mentions) for c in coded if c.problem is None]
        bad = [c.problem for c in coded if c.problem is not None]
        origins: list[tuple[str, Origin]] = [(c.report_id, c.origin) for c in batch.copies]
        origins += [(r.id, o) for r in batch.reports if r.id in batch.known for o in r.origins]
        self.writer.add(good, origins, [*batch.problems, *bad], coder=self.coder)
        with_events = sum(bool(c.mentions) for c in good) + sum(n > 0 for n in batch.known.values())
        aside = len(batch.problems) + len(bad)
        self.count["read"] += len(batch.reports) + len(batch.problems)
        self.count["set_aside"] += aside
        self.errors.update(p.kind for p in (*batch.problems, *bad))
        # Ids are hashes of the reports' contents; their sum is the same for any order and needs no list of them.
        self.contents = (self.contents + sum(int(r.id, 16) for r in batch.reports)) % 2**64
        self.count["with_events"] += with_events
        self.count["without_events"] += len(batch.reports) - len(bad) - with_events
        self.count["copies"] += len(batch.copies)
        self.count["known"] += len(batch.known)
        self.count["mentions"] += sum(len(c.mentions) for c in good) + sum(batch.known.values())
        self.words += sum(r.text.count(" ") + 1 for r in batch.reports)

    def _merge(self) -> tuple[int, int]:
        """(events reported, candidates) of the record as it stands after the run."""
        if self.writer.needs_merge():
            remerge(self.writer, workers=self.workers)
        row = self.writer.connection.execute(
            "SELECT count(*) FILTER (confidence >= $least), count(*) FILTER (confidence < $least) FROM events",
            {"least": floor_of(self.min_confidence)},
        ).fetchone()
        assert row is not None
        return int(row[0]), int(row[1])


@dataclass(frozen=True, slots=True)
class _Batch:
    reports: tuple[Report, ...]
    fresh: tuple[Report, ...]
    known: dict[str, int]
    copies: tuple[Copy, ...]
    problems: tuple[Problem, ...]


def _plain(options: Options) -> Json:
    """Options as plain values for the manifest."""
    return {
        "published": options.published, "source": options.source, "columns": dict(options.columns),
        "languages": sorted(options.languages), "thorough": options.thorough,
    }  # fmt: skip


def _chain(head: list[_Batch], rest: Iterator[_Batch]) -> Iterator[_Batch]:
    yield from head
    yield from rest
