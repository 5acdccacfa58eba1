"""A report, or a whole file, that was set aside: data, not an exception."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be coded.

    Attributes:
        path: File as the user named it.
        locator: Which member of it ("line 12"), or "".
        kind: Stable short name: "not-english", "empty", "bad-json", "bad-gzip", "too-large", "no-text", "bad-date", ...
        reason: What was wrong, for a person.
        remedy: What the user can do about it.
        report_id: The report's content id when it got as far as having one.
    """

    path: str
    locator: str
    kind: str
    reason: str
    remedy: str
    report_id: str | None = None
