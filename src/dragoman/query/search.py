"""Which events, of everything an index holds: a choice, what it finds, how that is spread over time, types and sources."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any

import duckdb

from dragoman.errors import UsageError
from dragoman.query.codes import NON_STATES, country_names
from dragoman.query.index_tables import LONGEST_WORD
from dragoman.query.reporting import REPORTED_FROM, floor_of
from dragoman.records.codec import Json

ORDERS = {
    "newest": "day DESC NULLS LAST, num DESC",
    "oldest": "day NULLS LAST, num",
    "reported": "n_reports DESC, day DESC NULLS LAST, num",
    "surest": "confidence DESC, num DESC",
    "doubtful": "confidence, num",
}
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+\*?", re.UNICODE)
_COUNTRY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of events; None or empty means no restriction.

    Attributes:
        q: Words that all stand in the event's sentences, names, place or codes; `word*` means words that begin so.
        country: On either side; `other` with it makes a pair.
        actor: Id of a resolved actor, or words of its name, on either side.
        source: Publisher of one of its reports.
        disputed: Only those whose accounts differ.
        min_confidence: Lower bound, inclusive; events below it are candidates, 0 takes them in.
        usual: The bound that holds where nothing is asked, so that addresses need not carry it.
    """

    q: str | None = None
    country: str | None = None
    other: str | None = None
    actor: str | None = None
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    quad: tuple[int, ...] = ()
    place: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    min_confidence: float = REPORTED_FROM
    disputed: bool = False
    usual: float = REPORTED_FROM

    def is_empty(self) -> bool:
        """Whether it restricts nothing more than is usual."""
        return self == Choice(min_confidence=self.usual, usual=self.usual)

    def with_candidates(self) -> Choice:
        """The same choice without a lower bound of confidence."""
        return replace(self, min_confidence=0.0)

    def pairs(self, **changed: Any) -> list[tuple[str, str]]:
        """(name, value) for the query part of an address, with some values changed; empty ones left out."""
        found: list[tuple[str, str]] = []
        for field in fields(self):
            value = changed.get(field.name, getattr(self, field.name))
            if field.name == "usual" or (field.name == "min_confidence" and value == self.usual):
                continue
            if isinstance(value, tuple):
                found += [(field.name, str(v)) for v in value]
            elif value is not None and value is not False and value != "":
                found.append(
                    (field.name, "1" if value is True else f"{value:g}" if isinstance(value, float) else str(value))
                )
        return found


def country_code(text: str) -> str:
    """A country's code in capitals, from the code or the country's usual name ("South Korea").

    Raises:
        UsageError: it is neither.
    """
    code = _named().get(" ".join(text.split()).casefold()) or text.strip().upper()
    if not _COUNTRY.fullmatch(code):
        raise UsageError(
            f"{text[:20]!r} is no country; write its name, ISO 3166-1 alpha-3 (KOR) or one of {', '.join(sorted(NON_STATES))}."
        )
    return code


@cache
def _named() -> dict[str, str]:
    return {name.casefold(): code for code, name in country_names().items()}


def terms(q: str) -> list[tuple[str, bool]]:
    """(folded word, whether it is only a beginning) of a question, as the index folds its words."""
    plain = "".join(c for c in unicodedata.normalize("NFD", q.lower()) if unicodedata.category(c) != "Mn")
    found = dict.fromkeys(_WORD.findall(plain))
    return [(w.rstrip("*")[:LONGEST_WORD], w.endswith("*")) for w in found][:MOST_WORDS]


def among(choice: Choice) -> tuple[str, str, list[Any]]:
    """(table, WHERE clause over it, values): the table in which the events of the choice lie together, each once.

    The columns of `index.SIFTED` and `num` are in all of them.
    """
    if choice.country and choice.other:
        clause, values = where(replace(choice, country=None, other=None))
        return "pairs", f"a = ? AND b = ? AND {clause}", [*sorted((choice.country, choice.other)), *values]
    if choice.country or choice.other:
        clause, values = where(replace(choice, country=None, other=None))
        return "nation", f"country = ? AND {clause}", [choice.country or choice.other, *values]
    return "ev", *where(choice)


def where(choice: Choice) -> tuple[str, list[Any]]:
    """(WHERE clause over `ev`, `nation` or `pairs`, values)."""
    parts: list[str] = []
    values: list[Any] = []

    def add(clause: str, *bound: Any) -> None:
        parts.append(clause)
        values.extend(bound)

    if choice.country and choice.other:
        add("num IN (SELECT num FROM pairs WHERE a = ? AND b = ?)", *sorted((choice.country, choice.other)))
    elif choice.country or choice.other:
        add("num IN (SELECT num FROM nation WHERE country = ?)", choice.country or choice.other)
    if choice.actor:
        if ":" in choice.actor:
            add("num IN (SELECT num FROM acted WHERE actor_id = ?)", choice.actor)
        else:
            clause, bound = _called(choice.actor)
            add(f"num IN (SELECT num FROM acted WHERE actor_id IN (SELECT actor_id FROM known WHERE {clause}))", *bound)
    if choice.q:
        found = terms(choice.q)
        if not found:
            add("false")
        for word, beginning in found:
            if beginning:
                add("num IN (SELECT num FROM words WHERE word >= ? AND word < ?)", word, word + "\U0010ffff")
            else:
                add("num IN (SELECT num FROM words WHERE word = ?)", word)
    for column, chosen in (("event_type", choice.type), ("mode", choice.mode), ("status", choice.status)):
        if chosen:
            add(f"{column} IN (SELECT unnest(?::VARCHAR[]))", list(chosen))
    if choice.quad:
        add("quad_class IN (SELECT unnest(?::TINYINT[]))", list(choice.quad))
    if choice.context:
        add("list_has_any(contexts, ?::VARCHAR[])", list(choice.context))
    if choice.place:
        if _COUNTRY.fullmatch(choice.place):
            add("place_country = ?", choice.place)
        else:
            add("lower(place) = lower(?)", choice.place)
    if choice.source:
        add("list_contains(sources, ?)", choice.source)
    if choice.since:
        add("last_day >= ?", choice.since)
    if choice.until:
        add("day <= ?", choice.until)
    if choice.min_confidence:
        add("confidence >= ?", floor_of(choice.min_confidence))
    if choice.disputed:
        add("disputed")
    return " AND ".join(parts) or "true", values


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a field and how many of the found events have it."""

    value: str
    n: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a choice finds.

    Attributes:
        total: How many events; `candidates` how many more there are below the choice's confidence.
        by: "day", "month" or "year": the width of the histogram's periods, by the span of the dates.
        histogram: (first day of period, count in quad class 1, 2, 3, 4), oldest first, periods without events left out.
        facets: field -> values, most frequent first.
    """

    total: int
    by: str
    histogram: tuple[tuple[str, int, int, int, int], ...]
    facets: dict[str, tuple[Facet, ...]]
    candidates: int = 0


def find(cursor: duckdb.DuckDBPyConnection, choice: Choice) -> Found:
    """Count and spread of the events of a choice."""
    unsure = candidates(cursor, choice)
    table, clause, values = among(choice)
    hit = f"(SELECT * FROM {table} WHERE {clause})"
    if "num IN" in clause:  # looked up once, not for each facet
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE hit AS SELECT num, day, event_type, status, quad_class, contexts, countries, sources "
            f"FROM {hit}", values,
        )  # fmt: skip
        hit, values = "hit", []
    row = cursor.execute(f"SELECT count(*), min(day), max(day) FROM {hit}", values).fetchone()
    assert row is not None
    total, low, high = row
    by = "day"
    if low is not None and high is not None:
        by = "day" if (high - low).days <= 92 else "month" if (high - low).days <= 366 * 12 else "year"
    bins = cursor.execute(
        f"SELECT date_trunc('{by}', day)::DATE AS start, {', '.join(f'count(*) FILTER (quad_class = {q})' for q in (1, 2, 3, 4))} "
        f"FROM {hit} WHERE day IS NOT NULL GROUP BY start ORDER BY start", values,
    ).fetchall()  # fmt: skip
    spread = tuple((str(b[0]), *(int(n) for n in b[1:])) for b in bins)
    return Found(int(total), by, spread, _facets(cursor, hit, values), unsure)  # type: ignore[arg-type]


def _facets(cursor: duckdb.DuckDBPyConnection, hit: str, values: Sequence[Any]) -> dict[str, tuple[Facet, ...]]:
    asked = {"type": "event_type", "status": "status", "context": "unnest(contexts)", "country": "unnest(countries)", "source": "unnest(sources)"}  # fmt: skip
    found: dict[str, tuple[Facet, ...]] = {}
    for name, value in asked.items():
        rows = cursor.execute(
            f"SELECT v, count(*) AS n FROM (SELECT {value} AS v FROM {hit}) GROUP BY v ORDER BY n DESC, v LIMIT 24",
            values,
        ).fetchall()
        found[name] = tuple(Facet(str(v), int(n)) for v, n in rows)
    return found


def cards(cursor: duckdb.DuckDBPyConnection, nums: Sequence[int]) -> list[Json]:
    """What a list shows of these events, in the order given.

    The keys stand in the question one by one: only so does the engine look them up instead of scanning the table.
    """
    if not nums:
        return []
    marks = ", ".join("?" for _ in nums)
    bodies = dict(cursor.execute(f"SELECT num, body FROM card WHERE num IN ({marks})", list(nums)).fetchall())
    return [json.loads(bodies[num]) for num in nums if num in bodies]


def numbers(
    cursor: duckdb.DuckDBPyConnection, choice: Choice, *, order: str = "newest", limit: int = 50, offset: int = 0
) -> list[int]:
    """Numbers of one page of the events of a choice.

    Raises:
        UsageError: an order that is none of ORDERS.
    """
    if order not in ORDERS:
        raise UsageError(f"there is no order {order!r}; there are {', '.join(ORDERS)}.")
    table, clause, values = among(choice)
    rows = cursor.execute(
        f"SELECT num FROM {table} WHERE {clause} ORDER BY {ORDERS[order]} LIMIT {int(limit)} OFFSET {int(offset)}",
        values,
    ).fetchall()
    return [int(r[0]) for r in rows]


def event_ids(cursor: duckdb.DuckDBPyConnection, nums: Iterable[int]) -> list[str]:
    """Ids of events by number, in order."""
    wanted = [int(n) for n in nums]
    rows = cursor.execute(
        "SELECT num, event_id FROM ev WHERE num IN (SELECT unnest(?::INTEGER[]))", [wanted]
    ).fetchall()
    known = dict(rows)
    return [known[n] for n in wanted]


def count(cursor: duckdb.DuckDBPyConnection, choice: Choice) -> int:
    """How many events a choice finds."""
    table, clause, values = among(choice)
    row = cursor.execute(f"SELECT count(*) FROM {table} WHERE {clause}", values).fetchone()
    return int(row[0]) if row else 0


def candidates(cursor: duckdb.DuckDBPyConnection, choice: Choice) -> int:
    """How many events a choice would find but for their confidence."""
    if not choice.min_confidence:
        return 0
    table, clause, values = among(choice.with_candidates())
    row = cursor.execute(
        f"SELECT count(*) FROM {table} WHERE {clause} AND confidence < ?", [*values, floor_of(choice.min_confidence)]
    ).fetchone()
    return int(row[0]) if row else 0


def reports(cursor: duckdb.DuckDBPyConnection, q: str, *, limit: int = 20) -> tuple[int, list[Json]]:
    """(how many reports hold all the words, the newest of them with the stretch around the first word found)."""
    found = terms(q)
    if not found:
        return 0, []
    parts, values = [], []
    for word, beginning in found:
        parts.append(f"SELECT num FROM report_words WHERE {'word >= ? AND word < ?' if beginning else 'word = ?'}")
        values += [word, word + "\U0010ffff"] if beginning else [word]
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE read AS {' INTERSECT '.join(parts)}", values)
    row = cursor.execute("SELECT count(DISTINCT num) FROM read").fetchone()
    rows = []
    for (report_id,) in cursor.execute(
        f"SELECT report_id FROM paper JOIN (SELECT DISTINCT num FROM read ORDER BY num DESC LIMIT {int(limit)}) USING (num) ORDER BY num DESC"
    ).fetchall():
        rows += cursor.execute(
            "SELECT report_id, title, source, published, text, n_mentions FROM reports WHERE report_id = ?", [report_id]
        ).fetchall()
    names = ("report_id", "title", "source", "published", "text", "n_mentions")
    listed = []
    for values_ in rows:
        report: Json = dict(zip(names, values_, strict=True))
        report["published"] = str(report["published"]) if report["published"] else None
        text = report.pop("text")
        report["title"] = report["title"] or shortened(text[:400].strip().split("\n")[0], 90)
        report["snippet"] = _around(text, found[0][0])
        listed.append(report)
    return (int(row[0]) if row else 0), listed


def _called(q: str) -> tuple[str, list[Any]]:
    """(condition over `known`, values): the name holds all the words."""
    found = terms(q)
    if not found:
        return "false", []
    return " AND ".join(["strip_accents(lower(name)) LIKE ?"] * len(found)), [f"%{word}%" for word, _ in found]


def shortened(text: str | None, most: int) -> str:
    """The text, cut at a word when it is longer."""
    text = " ".join((text or "").split())
    return text if len(text) <= most else text[: text.rfind(" ", 0, most) if " " in text[:most] else most] + " …"


def _around(text: str, word: str, width: int = 110) -> str:
    at = max(0, text.lower().find(word))
    start, end = max(0, at - width), min(len(text), at + width)
    if start:
        start = text.find(" ", start, at) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", at + len(word), end), at + len(word))
    return ("… " if start else "") + " ".join(text[start:end].split()) + (" …" if end < len(text) else "")


def actors(cursor: duckdb.DuckDBPyConnection, q: str, *, limit: int = 8, least: float = REPORTED_FROM) -> list[Json]:
    """Known actors whose name holds the words, most active first; `n` counts events at least so sure."""
    found = terms(q)
    if not found:
        return []
    clause, values = _called(q)
    rows = cursor.execute(
        f"WITH named AS (SELECT * FROM known WHERE {clause} ORDER BY n DESC, actor_id LIMIT {int(limit)}) "
        "SELECT actor_id, name, kind, country, (SELECT count(*) FROM acted a JOIN ev e USING (num) "
        "WHERE a.actor_id = named.actor_id AND e.confidence >= ?)::INTEGER AS sure FROM named ORDER BY sure DESC, n DESC, actor_id",
        [*values, floor_of(least)],
    ).fetchall()
    return [dict(zip(("actor_id", "name", "kind", "country", "n"), r, strict=True)) for r in rows]
