"""The Python API: load a coder, code reports or files, open a record."""

from __future__ import annotations

import os
import platform
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman import __version__
from dragoman.derive import account_of, remerge
from dragoman.errors import UsageError
from dragoman.ingest import Copy, Options, ingest
from dragoman.ingest.dates import EARLIEST, LATEST
from dragoman.ingest.files import to_report
from dragoman.ingest.raw import RawDocument
from dragoman.ingest.repeats import Text
from dragoman.merge import merge
from dragoman.pipeline import Coded, Tools, code_reports
from dragoman.query.record import Record
from dragoman.records import Event, EventMention, Origin, Problem, Report
from dragoman.records.codec import Json, event_to_json
from dragoman.resolve.teaching import teach
from dragoman.store import CodedReport, Writer

if TYPE_CHECKING:
    from dragoman.relation import Relation

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
        events: Events in the record (or in the result) after merging.
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
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 when everything was coded, 1 when something was set aside."""
        return 1 if self.set_aside else 0

    def __str__(self) -> str:
        known = f" ({self.known:,} already in the record)" if self.known else ""
        copies = f", {_many(self.copies, 'further copy', 'further copies')}" if self.copies else ""
        aside = f", {self.set_aside:,} set aside (`dragoman problems` says why)" if self.set_aside else ""
        return (
            f"{_many(self.read, 'report')} read{known}{copies}: {self.with_events:,} with events, "
            f"{self.without_events:,} without{aside}; {_many(self.events, 'event')} from {_many(self.mentions, 'mention')}."
        )


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"


Progress = Callable[[int, int], None]
"""Called with (reports done, words done) after each chunk."""


def load(*, knowledge: str | Path | None = None, threads: int = 1) -> Coder:
    """The shipped coder: no download, no server. `knowledge` is a folder with your own actors, places and roles.

    Raises:
        DragomanError: the model or a knowledge file is damaged; the message names file, line and remedy.
    """
    return Coder(Tools.load(knowledge=Path(knowledge) if knowledge else None, threads=threads))


def open(path: str | Path) -> Record:
    """The record at `path`, for reading."""
    return Record(path)


class Coder:
    """Codes reports. Made by `dragoman.load()`; safe to keep and to use again."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def code(
        self, reports: Iterable[Report | str | Path] | Report | str | Path, *, published: date | str | None = None,
        source: str | None = None,
    ) -> Result:  # fmt: skip
        """Code reports: `Report` records, texts (str) or files (Path), lazily and in order.

        Args:
            reports: One or many. A `str` is the text of a report; a `Path` a file or folder of any format.
            published: Publication date of all of them, before what they state themselves, "YYYY-MM-DD" or date.
            source: Publisher of those that state none.

        Raises:
            UsageError: `published` is no date, or one that no news report can have.
        """
        day = published_day(published)
        items = [reports] if isinstance(reports, Report | str | Path) else reports
        return Result(self._tools, items, Options(published=day, source=source))

    def relation(
        self, text: str | Sequence[str], *, actor: Any, recipient: Any, labels: str | Path | None = None
    ) -> Any:  # fmt: skip
        """The distribution over PLOVER types, quad class and status for a pair that the caller has marked.

        Args:
            text: One sentence, or many.
            actor, recipient: Character span `(start, end)` in the sentence, or a list of spans, one per sentence.
            labels: A file made by `dragoman train`: the distribution is then over your own labels.

        Returns:
            A `Relation`; with `labels` a dict of label -> probability, which sum to one. For many sentences a list of them.

        Raises:
            UsageError: spans that are empty, outside the text or overlapping; the message shows them.
            LabelsFileError: `labels` is no such file, or was made with another model.
        """
        single = isinstance(text, str)
        asked = ([text], [actor], [recipient]) if single else (list(text), list(actor), list(recipient))
        if len({len(part) for part in asked}) > 1:
            texts, actors, recipients = map(len, asked)
            raise UsageError(
                f"{texts} texts with {actors} actors and {recipients} recipients: give one of each per text."
            )
        found = self._own(labels, *asked) if labels is not None else self._relations(*asked)
        return found[0] if single else found

    def _relations(self, texts: list[str], actors: list[Any], recipients: list[Any]) -> list[Relation]:
        from dragoman.relation import relate

        return relate(self._tools, texts, actors, recipients)

    def _own(
        self, labels: str | Path, texts: list[str], actors: list[Any], recipients: list[Any]
    ) -> list[dict[str, float]]:
        from dragoman.own_features import features_of
        from dragoman.own_labels import OwnLabels

        fitted = OwnLabels.load(Path(labels), model=self._tools.reader.sha256)
        rows = fitted.probabilities(features_of(self._tools, texts, actors, recipients))
        return [dict(zip(fitted.labels, map(float, row), strict=True)) for row in rows]

    @property
    def tools(self) -> Tools:
        """The stages, for those who want one alone."""
        return self._tools


class Result:
    """Coded reports. Iterate for merged events; nothing is read before the first is asked for, and then once."""

    def __init__(self, tools: Tools, items: Iterable[Report | str | Path], options: Options) -> None:
        self._tools, self._items, self._options = tools, items, options
        self._coded: list[Coded] = []
        self._coming: Iterator[Coded] | None = None
        self._events: tuple[Event, ...] | None = None
        self.problems: list[Problem] = []

    def coded(self) -> Iterator[Coded]:
        """Each report with its event mentions, lazily and in the order given; what cannot be coded joins `problems`.

        Asked again, it gives the same reports again and goes on where the last time stopped; all of them stay in memory
        (for an archive use `dragoman.code_files`, which keeps them in a record).
        """
        if self._coming is None:
            self._coming = code_reports(self._reports(), self._tools)
        number = 0
        while True:
            while number < len(self._coded):
                yield self._coded[number]
                number += 1
            coded = next(self._coming, None)
            if coded is None:
                return
            if coded.problem:
                self.problems.append(coded.problem)
            self._coded.append(coded)

    def mentions(self) -> Iterator[EventMention]:
        """Event mentions in the order of the reports, unmerged."""
        for coded in self.coded():
            yield from coded.mentions

    def events(self) -> tuple[Event, ...]:
        """The merged events."""
        if self._events is None:
            texts = {c.report.id: c.report for c in self.coded()}
            self._events = tuple(merge(teach(self.mentions()), accounts=lambda ids: account_of(_texts(texts[i] for i in ids))))
        return self._events

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events())

    def __len__(self) -> int:
        return len(self.events())

    def to_json(self) -> list[Json]:
        """Events as plain values with the design's field names."""
        return [event_to_json(event) for event in self.events()]

    def to_pandas(self) -> Any:
        """Events as a pandas DataFrame; needs `pip install dragoman[pandas]`."""
        with self._record() as record:
            return record.events().to_pandas()

    def to_polars(self) -> Any:
        """Events as a Polars DataFrame; needs `pip install dragoman[polars]`."""
        with self._record() as record:
            return record.events().to_polars()

    def to_duckdb(self, path: str | Path) -> Record:
        """Write reports, mentions and events into the record at `path` and open it."""
        with Writer(path) as writer:
            self._write(writer)
        return Record(path)

    def _record(self) -> Record:
        writer = Writer(":memory:")
        self._write(writer)
        return Record(writer.connection)

    def _write(self, writer: Writer) -> None:
        coded = [CodedReport(c.report, c.mentions) for c in self.coded() if not c.problem]
        writer.add(coded, [], self.problems, coder=self._tools.fingerprint)
        remerge(writer)

    def _reports(self) -> Iterator[Report]:
        for number, item in enumerate(self._items, start=1):
            if isinstance(item, Report):
                yield item
                continue
            if isinstance(item, Path):
                found: Iterable[Report | Copy | Problem] = ingest([item], self._options)
            else:
                found = [to_report(RawDocument(text=item, locator=f"text {number}"), "text", self._options)]
            for one in found:
                if isinstance(one, Report):
                    yield one
                elif isinstance(one, Problem):
                    self.problems.append(one)


def published_day(value: date | str | None) -> date | None:
    """A publication date as given by a caller.

    Raises:
        UsageError: it is no date, or not between 1900 and 2100: no news report is of that day.
    """
    if value is None:
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise UsageError(f"published: {value!r} is no date; write YYYY-MM-DD, for example 2024-02-03.") from error
    if not EARLIEST <= day.year <= LATEST:
        raise UsageError(f"published: {day} is not between {EARLIEST} and {LATEST}.")
    return day


def code_files(
    paths: Sequence[str | Path], *, into: str | Path | None = None, options: Options | None = None, workers: int | None = None,
    knowledge: str | Path | None = None, progress: Progress | None = None, then: Callable[[Writer], None] | None = None,
) -> Tally:  # fmt: skip
    """Code files, folders, globs or "-" and add them to the record `into`; the main job.

    A run that was killed is taken up where it stopped; the same input again adds nothing.

    Args:
        into: The record's path; None keeps it in a temporary file, for `then` to read.
        workers: Processes; None takes all cores once there are enough reports for that to pay.
        then: Called with the open record at the end, for instance to print its events.
    """
    options = options or Options()
    extra = Path(knowledge) if knowledge else None
    if workers is not None and workers < 1:
        raise UsageError(f"workers must be at least 1, not {workers}.")
    files = ingest(paths, options)
    with (
        tempfile.TemporaryDirectory(prefix="dragoman-") as folder,
        Writer(into or Path(folder, "run.duckdb")) as writer,
    ):
        run = _Run(writer, options, workers, extra, progress)
        tally = run.over(files, [str(p) for p in paths])
        if then:
            then(writer)
    return tally


def code_items(
    items: Iterable[Report | Copy | Problem], *, into: str | Path, inputs: Sequence[str] = (), workers: int | None = 1
) -> Tally:
    """Code what ingest, or a feed, has yielded already and add it to the record `into`."""
    with Writer(into) as writer:
        return _Run(writer, Options(), workers, None, None).over(items, list(inputs))


class _Run:
    """One run of the main job: the input in chunks, each chunk coded and written before the next is taken."""

    def __init__(
        self, writer: Writer, options: Options, workers: int | None, knowledge: Path | None, progress: Progress | None
    ) -> None:
        self.writer, self.options, self.knowledge, self.progress = writer, options, knowledge, progress
        self.workers = workers
        self.tools = Tools.load(knowledge=knowledge)
        self.coder = self.tools.fingerprint
        self.count = dict.fromkeys(
            ("read", "with_events", "without_events", "set_aside", "copies", "known", "mentions"), 0
        )
        self.words = 0

    def over(self, items: Iterable[Report | Copy | Problem], inputs: list[str]) -> Tally:
        started = datetime.now(UTC)
        run_id = uuid.uuid4().hex[:12]
        manifest: Json = {
            "version": __version__, "coder": self.coder, "model": self.tools.reader.sha256, "inputs": inputs,
            "options": {k: str(v) for k, v in asdict_options(self.options).items()},
            "knowledge": self.tools.resolver.fingerprint, "python": platform.python_version(), "counts": {},
        }  # fmt: skip
        self.writer.run(run_id, started, manifest, finished=False)
        batches = self._batches(items)
        for batch, coded in self._coded(batches):
            self._write(batch, coded)
            if self.progress:
                self.progress(self.count["read"], self.words)
        events = self._merge()
        seconds = (datetime.now(UTC) - started).total_seconds()
        tally = Tally(**self.count, events=events, seconds=seconds)
        manifest["counts"] = asdict(tally)
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
        workers = self.workers or os.cpu_count() or 1
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
        self.count["with_events"] += with_events
        self.count["without_events"] += len(batch.reports) - len(bad) - with_events
        self.count["copies"] += len(batch.copies)
        self.count["known"] += len(batch.known)
        self.count["mentions"] += sum(len(c.mentions) for c in good) + sum(batch.known.values())
        self.words += sum(r.text.count(" ") + 1 for r in batch.reports)

    def _merge(self) -> int:
        if self.writer.needs_merge():
            return remerge(self.writer)
        row = self.writer.connection.execute("SELECT count(*) FROM events").fetchone()
        return int(row[0]) if row else 0


def _texts(reports: Iterable[Report]) -> Iterator[Text]:
    return (Text(r.id, r.text, r.source, r.published) for r in reports)


@dataclass(frozen=True, slots=True)
class _Batch:
    reports: tuple[Report, ...]
    fresh: tuple[Report, ...]
    known: dict[str, int]
    copies: tuple[Copy, ...]
    problems: tuple[Problem, ...]


def asdict_options(options: Options) -> Json:
    """Options as plain values for the manifest."""
    return {
        "published": options.published, "source": options.source, "columns": dict(options.columns),
        "languages": sorted(options.languages), "thorough": options.thorough,
    }  # fmt: skip


def _chain(head: list[_Batch], rest: Iterator[_Batch]) -> Iterator[_Batch]:
    yield from head
    yield from rest


__all__ = ["Coder", "Record", "Result", "Tally", "code_files", "code_items", "load", "open", "remerge"]
