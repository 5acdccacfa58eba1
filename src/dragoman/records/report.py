"""One news document, and where its copies were found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Origin:
    """One place where a copy of a report was found.

    Attributes:
        path: File as the user named it, or "-" for standard input; never used to open anything.
        locator: Which member of the file: "line 12", "row 3", "record 7", "" when the file is one report.
        source: Publisher of this copy as stated by metadata or option; None when nothing says.
        url: Address of this copy; http(s) only; None when nothing says.
        report_id: The id that the input itself gave this report ("id" column), if any.
    """

    path: str
    locator: str = ""
    source: str | None = None
    url: str | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One news document in clean text.

    Attributes:
        id: Content hash: first 16 hex digits of SHA-256 over the text with white space folded.
        text: Clean text (NFC, newlines `\\n`); all offsets everywhere count code points of this string.
        title: Headline, or None; not part of `text` unless the input had it there.
        source: Publisher; None when nothing says.
        url: First address; None when nothing says.
        published: Publication date; None when nothing says.
        published_from: Where the date came from: "option", "metadata", "file name", "dateline"; None with `published`.
        language: ISO 639-1 code as identified.
        origins: Every place a copy was found, first seen first; at least one.
    """

    id: str
    text: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    published_from: str | None
    language: str
    origins: tuple[Origin, ...]
