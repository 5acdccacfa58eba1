"""The same stages on several processes of one machine: chunks out, chunks back in the same order."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path

from dragoman.errors import WorkerLostError
from dragoman.pipeline import Coded, Tools, code_reports
from dragoman.records import Report

IN_FLIGHT = 2
"""Chunks waiting per worker: enough to keep it busy, few enough to bound memory."""


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
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(knowledge,)) as pool:
        waiting: deque[Future[list[Coded]]] = deque()
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_work, chunk, knowledge))
                if len(waiting) >= workers * IN_FLIGHT:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerLostError(workers) from error
        finally:
            for future in waiting:
                future.cancel()
