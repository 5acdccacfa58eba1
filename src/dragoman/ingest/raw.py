"""What a format reader hands on: one document as found, not yet cleaned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as its container states it.

    Attributes:
        text: Plain text, or None when there was none to be had.
        date: The container's own statement of the publication date, unparsed; None when it has none.
        locator: Which member of the file, "" for the whole file.
        report_id: The container's own id.
    """

    text: str | None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None
    report_id: str | None = None
    locator: str = ""


@dataclass(frozen=True, slots=True)
class RawProblem:
    """A member of a file that could not be read; the fields of `Problem` without the path."""

    kind: str
    reason: str
    remedy: str
    locator: str = ""


Raw = RawDocument | RawProblem
