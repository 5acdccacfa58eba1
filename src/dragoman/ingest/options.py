"""What the caller may say about the input, and the limits that keep memory bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

MAX_REPORT_BYTES = 8 * 1024 * 1024
"""A single document above this is set aside: the longest real news report is under 1 MB."""

MAX_TEXT_CHARS = 500_000
"""Clean text above this is set aside; about 80,000 words, a book rather than a report."""

MAX_SKIPPED_BYTES = 1024 * 1024 * 1024
"""How much of an over-long line is read past before the rest of the file is given up."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says about the input.

    Attributes:
        published: Publication date for every report, above all other evidence; None to use what the input says.
        source: Publisher for reports that state none.
        columns: Our field name ("text", "date", "title", "url", "source", "id") -> column name in the input.
        languages: ISO 639-1 codes that are read; others are set aside.
        thorough: Use trafilatura's slower, slightly better extraction for web pages.
    """

    published: date | None = None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    languages: frozenset[str] = frozenset({"en"})
    thorough: bool = False
