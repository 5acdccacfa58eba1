"""Work over chunks: in order, here or in processes; a process that is ended from outside is an error with a remedy."""

from __future__ import annotations

import os
import signal

import pytest

from dragoman.errors import WorkerLostError
from dragoman.spread import Spread


def doubled(chunk: list[int]) -> list[int]:
    return [2 * n for n in chunk]


def ended(chunk: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return chunk


@pytest.mark.parametrize("workers", [1, 2])
def test_chunks_come_back_in_their_order(workers: int) -> None:
    with Spread(workers) as spread:
        assert list(spread.over(doubled, ([n] for n in range(9)))) == [[2 * n] for n in range(9)]
        assert list(spread.over(doubled, [])) == []


def test_a_lost_process_is_told() -> None:
    with Spread(2) as spread, pytest.raises(WorkerLostError, match="--workers 1"):
        list(spread.over(ended, [[1]]))
