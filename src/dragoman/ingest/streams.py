"""Opening files: compression seen by its magic bytes, lines of bounded length, text decoded without loss of the file."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from dragoman.ingest.options import MAX_REPORT_BYTES, MAX_SKIPPED_BYTES

ZstdError = zstd.ZstdError
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CHUNK = 1 << 16
HEAD = 4096
"""Bytes that must be at hand for a stream's format to be told."""


class _Chunks(io.RawIOBase):
    """Bytes that come in pieces, as a file to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]  # a writable buffer of any kind
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        taken = min(len(buffer), len(self._left))
        buffer[:taken], self._left = self._left[:taken], self._left[taken:]
        return taken


def _buffered(pieces: Iterator[bytes]) -> IO[bytes]:
    return cast(IO[bytes], io.BufferedReader(_Chunks(pieces)))


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece


def _utf8(stream: IO[bytes]) -> Iterator[bytes]:
    """UTF-16 (which "Unicode text" of spreadsheets is) as UTF-8, so that lines are lines."""
    decoder = codecs.getincrementaldecoder("utf-16")()
    for piece in _pieces(stream):
        yield decoder.decode(piece).encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", final=True).encode("utf-8")


def open_bytes(path: Path | None) -> IO[bytes]:
    """A buffered byte stream of the file's content, decompressed, UTF-16 turned into UTF-8; None opens standard input."""
    raw: IO[bytes] = sys.stdin.buffer if path is None else path.open("rb")
    buffered = cast(IO[bytes], raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw))
    if path is None or not path.is_file():  # a pipe gives what its writer has written so far: wait for enough to tell
        buffered = _buffered(chain([buffered.read(HEAD)], _pieces(buffered)))
    for _ in range(3):  # .gz inside .zst happens; deeper nesting is an attack
        head = cast(io.BufferedReader, buffered).peek(4)[:4]
        if head.startswith(GZIP_MAGIC):
            buffered = cast(IO[bytes], io.BufferedReader(gzip.GzipFile(fileobj=buffered)))
        elif head.startswith(ZSTD_MAGIC):
            reader = zstd.ZstdFile(buffered, options={zstd.DecompressionParameter.window_log_max: 27})
            buffered = cast(IO[bytes], io.BufferedReader(reader))
        else:
            break
    if cast(io.BufferedReader, buffered).peek(2)[:2] in UTF16_MARKS:
        return _buffered(_utf8(buffered))
    return buffered


def read_bounded(stream: IO[bytes], limit: int = MAX_REPORT_BYTES) -> bytes | None:
    """All bytes of the stream, or None when there are more than `limit`."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            return None
        parts.append(chunk)
    return b"".join(parts)


def lines(stream: IO[bytes], limit: int = MAX_REPORT_BYTES) -> Iterator[tuple[int, bytes | None]]:
    """(line number from 1, line without its end) in order; None for a line longer than `limit`, which is skipped.

    Raises:
        EOFError, OSError, zlib.error: the compressed stream is damaged (from the libraries).
        OverflowError: more than MAX_SKIPPED_BYTES in one line.
    """
    number = 0
    while True:
        line = stream.readline(limit + 1)
        if not line:
            return
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line.rstrip(b"\r\n")
            continue
        skipped = len(line)
        while not line.endswith(b"\n"):
            line = stream.readline(limit)
            skipped += len(line)
            if not line:
                break
            if skipped > MAX_SKIPPED_BYTES:
                raise OverflowError(f"line {number} is longer than {MAX_SKIPPED_BYTES} bytes")
        yield number, None


def decode(data: bytes) -> str | None:
    """Text of the bytes: UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1252; None for binary junk.

    Old news archives are Windows-1252 more often than anything else; bytes that it does not define, or control
    characters in number, mean that this is no text.
    """
    if data.startswith(UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if _looks_binary(data):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace") if _mostly_utf8(data) else None
    return text


def _looks_binary(data: bytes) -> bool:
    sample = data[: 1 << 16]
    control = sum(sample.count(bytes([c])) for c in (*range(9), 11, *range(14, 27), 28, 29, 30, 31))
    return control > max(2, len(sample) // 200)


def _mostly_utf8(data: bytes) -> bool:
    decoded = data.decode("utf-8", errors="replace")
    return decoded.count("�") <= max(3, len(decoded) // 100)
