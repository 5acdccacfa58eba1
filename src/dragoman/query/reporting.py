"""Which events are reported, and which are kept as candidates: one threshold for every command, page, call and export.

The coder keeps whatever is more likely than not worth a look (`dragoman.coding.coder.REPORTED`), and the record keeps all of
that. What is less sure than REPORTED_FROM is a candidate: not shown, not counted, not exported unless it is asked for, but
always told ("62 events; 63 candidates below 0.50"), and always reached by its id, on the page of its report and in reviews.
"""

from __future__ import annotations

from dragoman.errors import UsageError

REPORTED_FROM = 0.5
"""Events at least this sure are reported: those more likely right than wrong, as confidence is calibrated (docs/model-card.md).
By hand (`python -m benchmarks.eye`) 14 of 20 such events had the right type, of all that the record keeps 13 of 30."""


def floor_of(min_confidence: float) -> float:
    """The confidence that an event must have: as asked, but never more than one has that a reviewer has confirmed.

    Raises:
        UsageError: it is not from 0 to 1.
    """
    from dragoman.store.corrections import CONFIRMED  # here: the command line needs the constants above at once

    if not 0 <= min_confidence <= 1:
        raise UsageError(f"min_confidence: {min_confidence} is not from 0 to 1.")
    return min(min_confidence, CONFIRMED)


def candidates_line(n: int, min_confidence: float, how: str = "--min-confidence 0 shows them") -> str:
    """What was left out, in words: "1,158 candidates below 0.50 (--min-confidence 0 shows them)"; "" for nothing."""
    return f"{n:,} candidate{'' if n == 1 else 's'} below {min_confidence:.2f} ({how})" if n else ""
