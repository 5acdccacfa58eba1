"""The Python API: load a coder, code reports or files, open a record."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from dragoman.query.reporting import REPORTED_FROM, floor_of
from dragoman.records import Event, EventMention, Problem, Report
from dragoman.records.codec import Json, event_to_json
from dragoman.resolve.teaching import teach
from dragoman.run import Progress, Run, Tally
from dragoman.store import CodedReport, Writer

if TYPE_CHECKING:
    from dragoman.relation import Relation


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
        source: str | None = None, min_confidence: float = REPORTED_FROM,
    ) -> Result:  # fmt: skip
        """Code reports: `Report` records, texts (str) or files (Path), lazily and in order.

        Args:
            reports: One or many. A `str` is the text of a report; a `Path` a file or folder of any format.
            published: Publication date of all of them, before what they state themselves, "YYYY-MM-DD" or date.
            source: Publisher of those that state none.
            min_confidence: Events at least this sure are the result's; the others are its `candidates()`. 0 makes all events.

        Raises:
            UsageError: `min_confidence` is not from 0 to 1; `published` is no date, or one that no news report can have; an item
                is of another kind (when it is read).
            NoSuchPathError: a path names nothing (when it is read).
        """
        day = published_day(published)
        if not isinstance(reports, Iterable | Report | Path):
            raise UsageError(f"reports: give a Report, a text, a Path, or several, not {type(reports).__name__}.")
        items = [reports] if isinstance(reports, Report | str | Path) else reports
        return Result(self._tools, items, Options(published=day, source=source), floor_of(min_confidence))

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
    """Coded reports. Iterate for merged events; nothing is read before the first is asked for, and then once.

    Its events, and the tables made of them, are those at least `min_confidence` sure; `candidates()` has the others, and
    `to_duckdb` writes all of them.
    """

    def __init__(
        self, tools: Tools, items: Iterable[Report | str | Path], options: Options, min_confidence: float = REPORTED_FROM
    ) -> None:  # fmt: skip
        self._tools, self._items, self._options, self.min_confidence = tools, items, options, min_confidence
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
        """The merged events that are sure enough to be reported."""
        return tuple(e for e in self._merged() if e.confidence >= self.min_confidence)

    def candidates(self) -> tuple[Event, ...]:
        """The merged events that are not."""
        return tuple(e for e in self._merged() if e.confidence < self.min_confidence)

    def _merged(self) -> tuple[Event, ...]:
        if self._events is None:
            texts = {c.report.id: c.report for c in self.coded()}
            self._events = tuple(
                merge(teach(self.mentions()), accounts=lambda ids: account_of(_texts(texts[i] for i in ids)))
            )
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
            return record.events(min_confidence=self.min_confidence).to_pandas()

    def to_polars(self) -> Any:
        """Events as a Polars DataFrame; needs `pip install dragoman[polars]`."""
        with self._record() as record:
            return record.events(min_confidence=self.min_confidence).to_polars()

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
            elif not isinstance(item, str):
                raise UsageError(
                    f"item {number}: a report is a Report, a text (str) or a Path, not {type(item).__name__} ({item!r:.60})."
                )
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
    min_confidence: float = REPORTED_FROM,
) -> Tally:  # fmt: skip
    """Code files, folders, globs or "-" and add them to the record `into`; the main job.

    A run that was killed is taken up where it stopped; the same input again adds nothing.

    Args:
        into: The record's path; None keeps it in a temporary file, for `then` to read.
        workers: Processes; None takes all cores once there are enough reports for that to pay.
        then: Called with the open record at the end, for instance to print its events.
        min_confidence: Events at least this sure are counted as such, the others as candidates; the record keeps both.
    """
    options = options or Options()
    floor_of(min_confidence)  # said before hours of coding
    extra = Path(knowledge) if knowledge else None
    if workers is not None and workers < 1:
        raise UsageError(f"workers must be at least 1, not {workers}.")
    files = ingest(paths, options)
    with (
        tempfile.TemporaryDirectory(prefix="dragoman-") as folder,
        Writer(into or Path(folder, "run.duckdb")) as writer,
    ):
        run = Run(writer, options, workers, extra, progress, min_confidence)
        tally = run.over(files, [str(p) for p in paths])
        if then:
            then(writer)
    return tally


def code_items(
    items: Iterable[Report | Copy | Problem], *, into: str | Path, inputs: Sequence[str] = (), workers: int | None = 1
) -> Tally:
    """Code what ingest, or a feed, has yielded already and add it to the record `into`."""
    with Writer(into) as writer:
        return Run(writer, Options(), workers).over(items, list(inputs))


def _texts(reports: Iterable[Report]) -> Iterator[Text]:
    return (Text(r.id, r.text, r.source, r.published) for r in reports)


__all__ = ["Coder", "Record", "Result", "Tally", "code_files", "code_items", "load", "open", "remerge"]
