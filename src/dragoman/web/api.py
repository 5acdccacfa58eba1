"""The same questions as JSON under /api/v1; tables also as CSV, JSON Lines, Parquet and Arrow."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from pydantic import BaseModel, Field

from dragoman.query import network, overview, search
from dragoman.query.actors import dossier
from dragoman.query.pairs import Pair, events_with_mentions, period_for
from dragoman.query.record import Record
from dragoman.query.search import Choice, country_code
from dragoman.records.codec import Json
from dragoman.web import tables
from dragoman.web.state import choice_of, least_of, state_of

MOST = 500


class Trouble(BaseModel):
    """What went wrong, and what to do."""

    error: str


class Events(BaseModel):
    """One page of events, whole: each with its accounts, spans and trail, in the field names of the record."""

    total: int
    candidates: int = Field(description="How many more there are below the least confidence asked for")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page, or null")
    events: list[dict[str, Any]]


class Counts(BaseModel):
    """How the events of a choice are spread."""

    total: int
    candidates: int = Field(description="How many more there are below the least confidence asked for")
    by: str = Field(description="day, month or year: the periods of the histogram")
    histogram: list[dict[str, Any]]
    facets: dict[str, list[dict[str, Any]]]


router = APIRouter(
    prefix="/api/v1", responses={s: {"model": Trouble} for s in (400, 401, 404, 406, 414, 421, 422, 503)}
)
Chosen = Annotated[Choice, Depends(choice_of)]
Least = Annotated[float, Depends(least_of)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Country = Annotated[str, Path(pattern=r"^[A-Za-z]{3}$")]
Id = Annotated[str, Path(max_length=200)]
_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


@router.get("/record")
def record(request: Request, least: Least) -> dict[str, Any]:
    """How much the record holds, and over which time."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        return overview.totals(cursor, least)


@router.get(
    "/events",
    response_model=Events,
    responses={200: {"content": {kind: {} for kind in tables.KINDS if kind != "application/json"}}},
)
def events(
    request: Request, choice: Chosen, limit: Limit = 50, offset: Offset = 0,
    order: Annotated[str, Query(pattern=f"^({'|'.join(search.ORDERS)})$")] = "newest",
    format: Annotated[str | None, Query(pattern=f"^({'|'.join(tables.FORMS)})?$", description="Instead of the Accept header")] = None,
) -> Any:  # fmt: skip
    """Events of a choice. JSON comes in pages; CSV, JSON Lines, Parquet and Arrow hold all of them (up to 100,000)."""
    kind = tables.wanted(request.headers.get("accept", ""), format)
    if kind is None:
        raise HTTPException(406, f"Events come as {', '.join(tables.KINDS)}.")
    state = state_of(request)
    if kind != "application/json":
        return tables.answer(state.index, choice, kind, order)
    with state.index.cursor(state.seconds) as cursor:
        total, candidates = search.count(cursor, choice), search.candidates(cursor, choice)
        nums = search.numbers(cursor, choice, order=order, limit=limit, offset=offset)
        found = events_with_mentions(cursor, search.event_ids(cursor, nums))
    following = None
    if offset + limit < total:
        following = str(
            request.url.include_query_params(offset=offset + limit, limit=limit).replace(scheme="", netloc="")
        )
    return {
        "total": total,
        "candidates": candidates,
        "limit": limit,
        "offset": offset,
        "next": following,
        "events": found,
    }


@router.get("/events/{event_id}", responses={200: {"content": {"text/csv": {}}}}, response_model=dict[str, Any])
def event(request: Request, event_id: Id, format: Annotated[str | None, Query(pattern="^(json|csv)?$")] = None) -> Any:
    """One event with its accounts, as JSON or as a row of CSV; a start of the id that fits one event only is enough."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        found = Record(cursor).event(event_id)
    return tables.one(found) if format == "csv" else found


@router.get("/counts", response_model=Counts)
def counts(request: Request, choice: Chosen) -> Any:
    """How many events a choice finds, through time and by type, status, context, country and source."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        found = search.find(cursor, choice)
    return {
        "total": found.total, "candidates": found.candidates, "by": found.by,
        "histogram": [{"start": b[0], **dict(zip(_QUADS, b[1:], strict=True))} for b in found.histogram],
        "facets": {k: [{"value": f.value, "n": f.n} for f in v] for k, v in found.facets.items()},
    }  # fmt: skip


@router.get("/reports")
def reports(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=300)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """Reports that hold all the words, newest first."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        total, found = search.reports(cursor, q, limit=limit)
    return {"total": total, "reports": found}


@router.get("/reports/{report_id}")
def report(request: Request, report_id: Id) -> dict[str, Any]:
    """A report's text, where its copies were found, and what its sentences tell."""
    from dragoman.web.pages import report_mentions

    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        found = Record(cursor).report(report_id)
        if found is None:
            raise HTTPException(404, "The record holds no report with this id.")
        return found | {"mentions": report_mentions(cursor, report_id)}


@router.get("/pairs")
def pairs(request: Request, least: Least, limit: Limit = 50) -> dict[str, Any]:
    """The busiest pairs of countries, and those whose last week or month differs most from the six before."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        busiest = [
            {"pair": [p.a, p.b], "events": p.events, "conflict": p.conflict, "plover_mean": p.score, "newest": p.newest}
            for p in overview.busiest(cursor, limit, least=least)
        ]
        changed = {
            w: [{"pair": [c.a, c.b], "now": c.now, "before": c.before, "plover_mean_now": c.score_now, "plover_mean_before": c.score_before}
                for c in overview.changes(cursor, w, least=least)]
            for w in overview.WINDOWS
        }  # fmt: skip
    return {"busiest": busiest, "changes": changed}


@router.get("/pairs/{first}/{second}")
def pair(
    request: Request, first: Country, second: Country, choice: Chosen,
    by: Annotated[str | None, Query(pattern="^(day|week|month|quarter|year)?$")] = None,
) -> dict[str, Any]:  # fmt: skip
    """Two countries through time: summary, series, breaks, what each says, who meets whom, what about."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        found = Pair(cursor, country_code(first), country_code(second), choice)
        chosen = by or period_for(found.span())
        bins = found.series(chosen)
        return {
            "pair": [found.first, found.second], "total": found.total(), "candidates": found.candidates(), "by": chosen,
            "summary": [{"text": c.text, "event_ids": list(c.event_ids)} for c in found.summary()],
            "series": [
                {"start": b.start.isoformat(), "events": b.events, "reports": b.reports, **{n: b.by_quad[q + 1] for q, n in enumerate(_QUADS)},
                 "plover_sum": round(b.plover_sum, 2), "goldstein_sum": round(b.goldstein_sum, 2)} for b in bins
            ],
            "breaks": [{"start": b.start, "event_ids": [e["event_id"] for e in b.events]} for b in found.breaks(bins, chosen)],
            "accounts": {
                side: [{"speaker": a.speaker, "sentence": a.sentence, "published": a.published, "source": a.source, "event_id": a.event_id} for a in said]
                for side, said in found.accounts().items()
            },
            "people": found.people(), "topics": [{"context": c, "n": n} for c, n in found.topics()], "timeline": found.points(),
        }  # fmt: skip


@router.get("/actors")
def actors(
    request: Request,
    least: Least,
    q: Annotated[str, Query(min_length=1, max_length=300)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """Known actors whose name holds the words, most active first."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        return {"actors": search.actors(cursor, q, limit=limit, least=least)}


@router.get("/actors/{actor_id:path}")
def actor(request: Request, actor_id: Id, least: Least, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The dossier of an actor."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        found = dossier(cursor, actor_id, limit=limit, offset=offset, least=least)
    if found is None:
        raise HTTPException(404, "The record holds no actor with this id.")
    return _dossier(found)


def _dossier(found: Any) -> Json:
    return {
        "actor_id": found.actor_id, "name": found.name, "kind": found.kind, "country": found.country, "sectors": list(found.sectors), "events": found.n, "candidates": found.candidates,
        "names": [{"text": w, "n": n} for w, n in found.words],
        "offices": [{"office": o.office, "n": o.n, "first": o.first, "last": o.last, "event_id": o.event_id} for o in found.offices],
        "held": [{"office": o, "country": c, "from": a, "to": b} for o, c, a, b in found.held],
        "contacts": [{"actor_id": c.actor_id, "name": c.name, "country": c.country, "events": c.n, "conflict": c.conflict} for c in found.contacts],
        "event_ids": [e["event_id"] for e in found.events],
    }  # fmt: skip


@router.get("/network")
def links(request: Request, choice: Chosen) -> dict[str, Any]:
    """Links between countries, places and activity, per period."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        return network.flows(cursor, choice)


@router.get("/problems")
def problems(request: Request, limit: Limit = 100) -> dict[str, Any]:
    """What was set aside, and why."""
    state = state_of(request)
    names = ("path", "locator", "kind", "reason", "remedy", "report_id")
    with state.index.cursor(state.seconds) as cursor:
        rows = cursor.execute(
            f"SELECT {', '.join(names)} FROM problems ORDER BY path, locator, kind LIMIT {limit}"
        ).fetchall()
    return {"problems": [dict(zip(names, r, strict=True)) for r in rows]}
