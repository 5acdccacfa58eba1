"""What every request shares: the index, who may ask, what has been worked out already, and the choice in an address."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query, Request
from fastapi.templating import Jinja2Templates

from dragoman import __version__
from dragoman.errors import UsageError
from dragoman.query.index import Index
from dragoman.query.reporting import REPORTED_FROM
from dragoman.query.search import Choice, country_code
from dragoman.web.guard import Access

T = TypeVar("T")
REMEMBERED = 256


class Memory:
    """The last answers worked out, by question; forgotten when the record changes."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most, self._lock = most, threading.Lock()
        self._known: OrderedDict[Hashable, Any] = OrderedDict()

    def of(self, key: Hashable, work: Callable[[], T]) -> T:
        """The answer to `key`, worked out at most once as long as it is remembered."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                found: T = self._known[key]
                return found
        made = work()
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made


@dataclass(slots=True)
class State:
    """The app's own; `seconds` is what one question may take, `min_confidence` what is asked of events where an address says nothing."""

    index: Index
    access: Access
    templates: Jinja2Templates
    review: bool = False
    reviewer: str = "reviewer"
    seconds: float = 10.0
    min_confidence: float = REPORTED_FROM
    memory: Memory = field(default_factory=Memory)

    def etag(self, request: Request) -> str:
        """Changes whenever the record, the program, the address or the form asked for does."""
        parts = (
            __version__,
            self.index.stamp,
            self.access.form_key,
            request.url.path,
            request.url.query,
            str(self.min_confidence),
            request.headers.get("accept", ""),
        )
        return 'W/"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20] + '"'


def state_of(request: Request) -> State:
    """The state of the app a request came to."""
    state: State = request.app.state.dragoman
    return state


Words = Annotated[list[str] | None, Query(max_length=40)]
Day = Annotated[str | None, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="YYYY-MM-DD")]
Code = Annotated[
    str | None,
    Query(
        max_length=60, description="ISO 3166-1 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC; or a country's usual name"
    ),
]
Text = Annotated[str | None, Query(max_length=300)]
Confidence = Annotated[
    str | None,
    Query(max_length=8, description="0 to 1; events below are candidates, and 0 takes them in (default: 0.5)"),
]


def least_of(request: Request, min_confidence: Confidence = None) -> float:
    """The least confidence of events that an address asks for, else the app's.

    Raises:
        UsageError: it is no number from 0 to 1.
    """
    asked = _share(min_confidence)
    return state_of(request).min_confidence if asked is None else asked


def choice_of(
    request: Request, least: Annotated[float, Depends(least_of)],
    q: Annotated[str | None, Query(max_length=300, description="Words that all occur; `word*` for words that begin so")] = None,
    country: Code = None, other: Code = None, actor: Text = None, type: Words = None, mode: Words = None, context: Words = None,
    status: Words = None, quad: Annotated[list[str] | None, Query(max_length=8, description="1 to 4")] = None,
    place: Annotated[str | None, Query(max_length=300, description="A country's code or a place's name")] = None,
    source: Text = None, since: Day = None, until: Day = None,
    disputed: Annotated[str | None, Query(max_length=5, description="1: only events on which accounts differ")] = None,
) -> Choice:  # fmt: skip
    """The choice an address makes; empty fields of a form restrict nothing.

    Raises:
        UsageError: a date, code or number that is none.
    """
    return Choice(
        q=(q or "").strip() or None, country=country_code(country) if country else None, other=country_code(other) if other else None,
        actor=actor or None, type=_several(type), mode=_several(mode), context=_several(context), status=_several(status),
        quad=tuple(_quad(v) for v in _several(quad)), place=place or None, source=source or None,
        since=_day(since, "since"), until=_day(until, "until"), min_confidence=least, usual=state_of(request).min_confidence, disputed=disputed in ("1", "true", "on"),
    )  # fmt: skip


def _several(given: list[str] | None) -> tuple[str, ...]:
    return tuple(v[:60] for v in given or () if v)


def _quad(text: str) -> int:
    if text not in ("0", "1", "2", "3", "4"):
        raise UsageError(f"quad: {text[:20]!r} is none of 1 (verbal cooperation), 2, 3 and 4 (material conflict).")
    return int(text)


def _day(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{name}: {text[:20]!r} is no date; write YYYY-MM-DD.") from error


def _share(text: str | None) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise UsageError(f"min_confidence: {text!r} is no number; write one from 0 to 1.") from error
    if not 0 <= value <= 1:
        raise UsageError(f"min_confidence: {text} is not from 0 to 1.")
    return value
