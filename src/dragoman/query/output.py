"""Files written whole or not at all, and what keeps one from being written said before the work begins."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.errors import CannotWriteError


def check_writable(out: Path) -> None:
    """Find out before hours of coding that the result cannot be kept.

    Raises:
        CannotWriteError: there is no such folder, it may not be written to, or the path is a folder.
    """
    if out.is_dir():
        raise CannotWriteError(out, "it is a folder")
    if not out.absolute().parent.is_dir():
        raise CannotWriteError(out, f"there is no folder {out.absolute().parent}")
    if not os.access(out if out.exists() else out.absolute().parent, os.W_OK):
        raise CannotWriteError(out, "permission denied")


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """A path to write to, which becomes `out` when the block ends well and vanishes when it does not.

    What is no plain file (a pipe, /dev/stdout) is written to directly: it must never be replaced.
    """
    check_writable(out)
    if out.exists() and not out.is_file():
        yield out
        return
    part = out.with_name(out.name + ".part")
    try:
        yield part
        part.replace(out)
    except OSError as error:
        raise CannotWriteError(out, error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def write_lines(lines: Iterable[str], out: Path | None) -> int:
    """Write lines, each with its end, to a file or (None) to standard output; returns how many.

    Raises:
        CannotWriteError: the file cannot be made, or the disk is full; nothing is left of it.
    """
    count = 0
    if out is None:
        for line in lines:
            sys.stdout.write(line)
            count += 1
        return count
    with whole(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        for line in lines:
            file.write(line)
            count += 1
    return count
