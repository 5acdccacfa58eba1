"""One function over many chunks, on several processes of one machine; what it gives comes back in the order of the chunks."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, TypeVar

from dragoman.errors import WorkerLostError

IN_FLIGHT = 2
"""Chunks waiting per worker: enough to keep it busy, few enough to bound memory."""

MOST = 61
"""Processes that a pool may have on every system."""


def cores() -> int:
    """How many processes may run at once: the cores that this process may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST)


Chunk = TypeVar("Chunk")
Found = TypeVar("Found")


class Spread:
    """A pool of `workers` processes; with one worker the work is done here, and no process is started.

    Args:
        start, given: What each further process calls when it starts, and with what.
    """

    def __init__(self, workers: int, start: Callable[..., object] | None = None, given: tuple[Any, ...] = ()) -> None:
        self.workers = workers
        context = multiprocessing.get_context("spawn")
        self._pool = (
            ProcessPoolExecutor(workers, mp_context=context, initializer=start, initargs=given) if workers > 1 else None
        )
        if self._pool is not None:
            for _ in range(workers):  # all start now, while this process is small and has time
                self._pool.submit(os.getpid)

    def __enter__(self) -> Spread:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=kind is not None)

    def over(self, work: Callable[[Chunk], Found], chunks: Iterable[Chunk]) -> Iterator[Found]:
        """`work` of every chunk, in order; it must be a function of a module, as processes find it by its name.

        Raises:
            WorkerLostError: the system ended one of the processes; what was given back before stands.
        """
        if self._pool is None:
            yield from map(work, chunks)
            return
        waiting: deque[Future[Found]] = deque()
        try:
            for chunk in chunks:
                waiting.append(self._pool.submit(work, chunk))
                if len(waiting) >= self.workers * IN_FLIGHT:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerLostError(self.workers) from error
        finally:
            for future in waiting:
                future.cancel()
