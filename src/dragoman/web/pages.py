"""The pages: each parses its address, asks the query layer, and fills a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from dragoman.ontology import plover
from dragoman.query import network, overview, search
from dragoman.query.pairs import MOST_POINTS, Pair, mention_bodies, period_for
from dragoman.query.record import Record
from dragoman.query.search import Choice, country_code, shortened
from dragoman.query.series import PERIODS
from dragoman.records.codec import Json
from dragoman.web import show
from dragoman.web.state import State, choice_of, least_of, state_of

router = APIRouter(include_in_schema=False)
Chosen = Annotated[Choice, Depends(choice_of)]
Least = Annotated[float, Depends(least_of)]
Page = Annotated[int, Query(ge=1, le=2_000)]
PER_PAGE = 50


def render(request: Request, template: str, **context: Any) -> Response:
    """A template with what every page shows."""
    state = state_of(request)
    context |= {
        "review": state.review,
        "path": request.url.path,
        "usual": state.min_confidence,
        "form_key": state.access.form_key if state.review else "",
    }
    return state.templates.TemplateResponse(request, template, context)


def facts(state: State, least: float) -> Json:
    """What the overview shows of events that are at least so sure; worked out once for a record."""

    def work() -> Json:
        with state.index.cursor(max(60.0, state.seconds)) as cursor:
            return {
                "totals": overview.totals(cursor, least), "newest": overview.newest(cursor, least=least),
                "countries": overview.by_country(cursor, Choice(min_confidence=least)),
                "busiest": overview.busiest(cursor, least=least), "months": overview.months(cursor, least),
                "changes": {w: overview.changes(cursor, w, least=least) for w in overview.WINDOWS},
            }  # fmt: skip

    return state.memory.of(("overview", state.index.stamp, least), work)


def warm(state: State) -> None:
    """Work out what everybody asks first: the overview, all events, the whole network; a second for a million events."""
    facts(state, state.min_confidence)
    everything = Choice(min_confidence=state.min_confidence, usual=state.min_confidence)
    with state.index.cursor(60) as cursor:
        state.memory.of(("find", state.index.stamp, everything), lambda: search.find(cursor, everything))
        state.memory.of(("network", state.index.stamp, everything), lambda: network.flows(cursor, everything))


@router.get("/")
def overview_page(request: Request, least: Least) -> Response:
    """What is in the record."""
    found = facts(state_of(request), least)
    names = {c["country"]: show.country(c["country"]) for c in found["countries"]}
    return render(request, "overview.html", names=names, places=network.centroids(names), least=least, **found)


@router.get("/pair")
def pair_form(request: Request, first: str = "", second: str = "") -> Response:
    """From the form to the pair's own address."""
    return RedirectResponse(f"/pair/{country_code(first)}/{country_code(second)}", 303)


@router.get("/pair/{first}/{second}")
def pair_page(
    request: Request, first: str, second: str, choice: Chosen, by: str = "", page: Page = 1, order: str = "newest"
) -> Response:
    """Two countries through time."""
    a, b = country_code(first), country_code(second)
    if (a, b) != (first, second):
        return RedirectResponse(f"/pair/{a}/{b}", 303)
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        pair = Pair(cursor, a, b, choice)
        chosen = by if by in PERIODS else period_for(pair.span())
        bins = pair.series(chosen)
        total = pair.total()
        found = {
            "total": total, "candidates": pair.candidates(), "summary": pair.summary(), "points": pair.points(), "bins": [b.to_json() for b in bins],
            "breaks": pair.breaks(bins, chosen), "accounts": pair.accounts(), "people": pair.people(), "meetings": pair.meetings(),
            "topics": pair.topics(), "events": search.cards(cursor, search.numbers(cursor, pair.choice, order=order, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)),
        }  # fmt: skip
    return render(
        request, "pair.html", first=a, second=b, names=(show.country(a), show.country(b)), by=chosen, periods=PERIODS, choice=choice,
        pages=_pages(total), page=page, order=order, orders=tuple(search.ORDERS), most_points=MOST_POINTS, codes=_codes(), **found,
    )  # fmt: skip


@router.get("/event/{event_id}")
def event_page(request: Request, event_id: str) -> Response:
    """One event with all its accounts and why it was coded so."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        event = event_of(cursor, event_id)
        titles = _titles(cursor, [m["report_id"] for m in event["mentions"]])
        countries = list(
            dict.fromkeys(p["country"] for side in ("actors", "recipients") for p in event[side] if p["country"])
        )
        decided = _decided(cursor, event["event_id"])
    if event["event_id"] != event_id:
        return RedirectResponse(f"/event/{event['event_id']}", 303)
    reasons = {r["mention_id"]: r["because"] for r in event["merged_because"]}
    return render(
        request, "event.html", event=event, reasons=reasons, titles=titles, countries=countries, decided=decided
    )


@router.get("/report/{report_id}")
def report_page(request: Request, report_id: str, event: str = "") -> Response:
    """A report's clean text with all its events marked."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        report = Record(cursor).report(report_id)
        if report is None:
            raise HTTPException(404, "The record holds no report with this id. Search for its words instead.")
        mentions = report_mentions(cursor, report_id)
    spans = [(s, e, f, n) for n, m in enumerate(mentions) for f, given in show.spans_of(m).items() for s, e in given]
    spans = [
        (s, e, f, n)
        for s, e, f, n in spans
        if f in ("trigger", "actors", "recipients", "date", "place", "attribution", "quantities")
    ]
    paragraphs = _paragraphs(report["text"], spans)
    return render(request, "report.html", report=report, mentions=mentions, paragraphs=paragraphs, chosen=event,
                  heading=report["title"] or shortened(report["text"][:400].strip().split("\n")[0], 100) or "Report without words")  # fmt: skip


@router.get("/actor/{actor_id:path}")
def actor_page(request: Request, actor_id: str, least: Least, page: Page = 1) -> Response:
    """The dossier of an actor."""
    from dragoman.query.actors import dossier

    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        found = dossier(cursor, actor_id, limit=PER_PAGE, offset=(page - 1) * PER_PAGE, least=least)
    if found is None:
        raise HTTPException(404, "The record holds no actor with this id. Search for the name instead.")
    contacts = [
        {"id": c.actor_id, "name": show.plain(c.name), "n": c.n, "conflict": c.conflict} for c in found.contacts[:24]
    ]
    return render(
        request, "actor.html", actor=found, contacts_json=contacts, page=page, pages=_pages(found.n), least=least
    )


@router.get("/search")
def search_page(request: Request, choice: Chosen, page: Page = 1, order: str = "newest") -> Response:
    """Events and reports by words and filters."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        found = state.memory.of(("find", state.index.stamp, choice), lambda: search.find(cursor, choice))
        events = search.cards(
            cursor, search.numbers(cursor, choice, order=order, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
        )
        n_reports, reports = search.reports(cursor, choice.q) if choice.q and page == 1 else (0, [])
        actors = search.actors(cursor, choice.q, least=choice.min_confidence) if choice.q and page == 1 else []
    return render(
        request, "search.html", choice=choice, found=found, events=events, reports=reports, n_reports=n_reports, actors=actors, page=page,
        pages=_pages(found.total), order=order, orders=tuple(search.ORDERS), codes=_codes(), replace=replace,
    )  # fmt: skip


@router.get("/network")
def network_page(request: Request, choice: Chosen, view: str = "map") -> Response:
    """Who deals with whom, and where it happens, month by month."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        found = state.memory.of(("network", state.index.stamp, choice), lambda: network.flows(cursor, choice))
    return render(
        request, "network.html", choice=choice, view="graph" if view == "graph" else "map", codes=_codes(), **found
    )


@router.get("/problems")
def problems_page(request: Request) -> Response:
    """What was set aside, and why."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        listed = [p for _, p in zip(range(500), Record(cursor).problems(), strict=False)]
    return render(request, "problems.html", problems=listed)


@router.get("/api")
def api_page(request: Request) -> Response:
    """The API's documentation, from its own OpenAPI description."""
    return render(request, "api.html", described=request.app.openapi())


def event_of(cursor: Any, event_id: str) -> Json:
    """One event with its accounts; a start of the id that fits one event only is enough."""
    return Record(cursor).event(event_id)


def report_mentions(cursor: Any, report_id: str) -> list[Json]:
    """A report's mentions in the order of the text, each with the id and the confidence of its event."""
    rows = cursor.execute("SELECT m.mention_id, b.event_id, e.confidence FROM event_mentions m LEFT JOIN event_members b USING (mention_id) "
                          "LEFT JOIN ev e USING (event_id) WHERE m.report_id = ? ORDER BY m.trigger_start, m.mention_id", [report_id]).fetchall()  # fmt: skip
    bodies = mention_bodies(cursor, [r[0] for r in rows])
    return [bodies[m] | {"event_id": e, "event_confidence": c} for m, e, c in rows]


def _titles(cursor: Any, report_ids: list[str]) -> dict[str, str]:
    """Report id -> its title, or how its text begins."""
    marks = ", ".join("?" for _ in report_ids)
    rows = cursor.execute(
        f"SELECT report_id, title, left(text, 400) FROM reports WHERE report_id IN ({marks})", report_ids
    ).fetchall()
    return {key: title or shortened(text.strip().split("\n")[0], 90) for key, title, text in rows}


def _decided(cursor: Any, event_id: str) -> list[Json]:
    rows = cursor.execute(
        "SELECT kind, made_by, made_at, why FROM decisions WHERE target = ? ORDER BY made_at", [event_id]
    ).fetchall()
    return [dict(zip(("kind", "by", "at", "why"), r, strict=True)) for r in rows]


def _paragraphs(text: str, spans: Sequence[tuple[int, int, str, int | None]]) -> list[list[show.Piece]]:
    """The text by lines, each in pieces; white space between paragraphs is dropped."""
    found, at = [], 0
    ordered = sorted(spans)
    for line in text.split("\n"):
        if line.strip():
            found.append(show.pieces(line, at, [s for s in ordered if s[0] < at + len(line) and s[1] > at]))
        at += len(line) + 1
    return found


def _pages(total: int) -> int:
    return max(1, min(2_000, -(-total // PER_PAGE)))


def _codes() -> dict[str, list[tuple[str, str]]]:
    """What the filter forms offer."""
    known = plover()
    return {
        "type": [(t.code, t.label) for t in known.types], "status": [(s, w) for s, w in show.STATUS_WORDS.items()],
        "context": [(c.code, show.words(c.code)) for c in known.contexts],
        "mode": [(m, show.words(m)) for m in sorted({m.code for t in known.types for m in t.modes})], "quad": [(str(n), w) for n, w in show.QUAD_NAMES.items() if n],
    }  # fmt: skip
