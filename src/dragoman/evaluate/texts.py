"""Gold texts as reports, coded by the whole pipeline as any report would be, the text itself left untouched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from dragoman.ingest.clean import content_id
from dragoman.pipeline import Coded, Tools, code_reports
from dragoman.records import Origin, Reading, Report, ResolvedReading

UNSURE = 0.02
"""Floor of confidence for forms that ask for the act and not for its parties, of which confidence speaks too. Chosen on
the training files of `classes` and `spans` and a third of the development file of `articles` among 0.02, 0.05, 0.1."""


def lenient(tools: Tools) -> Tools:
    """The same tools with a coder that gives events down to `UNSURE`."""
    return replace(tools, coder=replace(tools.coder, floor=UNSURE))


def as_report(text: str, number: int, published: date | None = None, source: str | None = None) -> Report:
    """A report whose offsets are those of the gold text (no cleaning); `number` keeps equal texts apart."""
    ident = content_id(f"{number}\n{text}")
    return Report(
        ident,
        text,
        None,
        source,
        None,
        published,
        "metadata" if published else None,
        "en",
        (Origin("gold", str(number)),),
    )


def code_texts(texts: Iterable[tuple[str, date | None]], tools: Tools) -> Iterator[Coded]:
    """Each text coded; in order.

    Raises:
        RuntimeError: the coder failed on a text: a figure that leaves items out would be no figure.
    """
    reports = (as_report(text, n, published) for n, (text, published) in enumerate(texts))
    for coded in code_reports(reports, tools):
        if coded.problem:
            raise RuntimeError(f"gold item {coded.problem.locator}: {coded.problem.reason}")
        yield coded


def read_texts(texts: Iterable[tuple[str, date | None]], tools: Tools) -> Iterator[Reading]:
    """Each text read only."""
    return tools.reader.read_all(as_report(text, n, published) for n, (text, published) in enumerate(texts))


def resolve_texts(texts: Iterable[tuple[str, date | None]], tools: Tools) -> Iterator[ResolvedReading]:
    """Each text read and resolved."""
    for reading in read_texts(texts, tools):
        yield tools.resolver.resolve(reading)
