"""Opening files: compression seen by its magic bytes, lines of bounded length, text decoded without loss of the file."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator
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
CHUNK = 1 << 16


def open_bytes(path: Path | None) -> IO[bytes]:
    """A buffered byte stream of the file's content, decompressed; None opens standard input."""
    raw: IO[bytes] = sys.stdin.buffer if path is None else path.open("rb")
    buffered = cast(IO[bytes], raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw))
    for _ in range(3):  # .gz inside .zst happens; deeper nesting is an attack
        head = cast(io.BufferedReader, buffered).peek(4)[:4]
        if head.startswith(GZIP_MAGIC):
            buffered = cast(IO[bytes], io.BufferedReader(gzip.GzipFile(fileobj=buffered)))
        elif head.startswith(ZSTD_MAGIC):
            reader = zstd.ZstdFile(buffered, options={zstd.DecompressionParameter.window_log_max: 27})
            buffered = cast(IO[bytes], io.BufferedReader(reader))
        else:
            break
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
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
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
