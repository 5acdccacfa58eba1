"""The record: one DuckDB file, and the only place that opens it."""

from dragoman.store.connect import connect, put_by
from dragoman.store.decisions import standing
from dragoman.store.reader import Reader
from dragoman.store.writer import CodedReport, Stored, Writer, Written, opened, written

__all__ = [
    "CodedReport", "Reader", "Stored", "Writer", "Written", "connect", "opened", "put_by", "standing", "written",
]  # fmt: skip
