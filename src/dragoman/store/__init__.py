"""The record: one DuckDB file, and the only place that opens it."""

from dragoman.store.connect import connect, memory_limit
from dragoman.store.decisions import standing
from dragoman.store.reader import Reader
from dragoman.store.writer import CodedReport, Writer

__all__ = ["CodedReport", "Reader", "Writer", "connect", "memory_limit", "standing"]
