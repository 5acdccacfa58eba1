"""The same stages on several processes of one machine: chunks out, chunks back in the same order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from dragoman.pipeline import Coded, Tools, code_reports
from dragoman.records import Report
from dragoman.spread import Spread


@cache
def _tools(knowledge: Path | None) -> Tools:
    """The tools of a worker process, loaded when it starts."""
    return Tools.load(knowledge=knowledge)


def _start(knowledge: Path | None) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    _tools(knowledge)


def _work(reports: Sequence[Report], knowledge: Path | None) -> list[Coded]:
    return list(code_reports(reports, _tools(knowledge)))


def code_chunks(
    chunks: Iterable[Sequence[Report]], *, workers: int, knowledge: Path | None = None
) -> Iterator[list[Coded]]:
    """Code each chunk on one of `workers` processes; results come in the order of the chunks.

    The chunks do not depend on the number of workers, so neither does the output.

    Raises:
        WorkerLostError: the system ended one of the processes; what was given back before stands.
    """
    with Spread(workers, _start, (knowledge,)) as spread:
        yield from spread.over(partial(_work, knowledge=knowledge), chunks)
