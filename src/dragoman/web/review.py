"""Reviews: a queue of doubtful events, decisions about them, and what was decided as annotated reports.

Every decision is appended with who, when and why, can be undone, and takes effect at once: the events it concerns are
derived again (`dragoman.derive.decide`) and enter the index. `apply` derives all events, where mentions wait for it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dragoman import derive
from dragoman.errors import UsageError
from dragoman.ontology import plover
from dragoman.query import search
from dragoman.query.annotated import annotated
from dragoman.query.index import Index
from dragoman.query.search import country_code
from dragoman.records.codec import Json
from dragoman.store import Writer
from dragoman.store.corrections import FIELDS, judged
from dragoman.store.decisions import decisions
from dragoman.web import show
from dragoman.web.guard import LARGEST_BODY, same
from dragoman.web.pages import event_of, render
from dragoman.web.state import State, state_of

router = APIRouter(include_in_schema=False)
DONE = {
    "accept": "Accepted.", "reject": "Rejected: the mention tells no event.", "correct": "Corrected.", "merge": "Merged.", "split": "Split.",
    "undo": "Taken back.",
}  # fmt: skip
DOUBTS = {
    "confidence": ("low confidence", "confidence < 0.6"),
    "disputes": ("accounts differ", "disputed"),
    "persons": (
        "new persons",
        "num IN (SELECT num FROM who WHERE actor_id LIKE 'new:%' OR (kind = 'person' AND actor_id IS NULL))",
    ),
}
UNSEEN = "num NOT IN (SELECT num FROM said WHERE mention_id IN (SELECT unnest(?::VARCHAR[])))"
"""Events without a mention that a decision stands about."""

LONGEST = 2_000


async def form_of(request: Request) -> dict[str, list[str]]:
    """The fields of a form of our own.

    Raises:
        HTTPException: it is too large, or does not carry this run's key.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, f"The form is larger than {LARGEST_BODY} bytes.")
    given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200)
    if not same(given.get("form_key", [""])[0], state_of(request).access.form_key):
        raise HTTPException(
            403, "This form is from an earlier run of the app. Go back, reload the page and send it again."
        )
    return {name: [v[:LONGEST] for v in values] for name, values in given.items()}


Form = Annotated[dict[str, list[str]], Depends(form_of)]


@router.get("/review")
def queue(
    request: Request, doubt: str = "confidence", page: Annotated[int, Query(ge=1, le=2000)] = 1, done: str = ""
) -> Response:
    """Doubtful events that nobody has decided on, the most doubtful first."""
    state = state_of(request)
    if doubt not in DOUBTS:
        raise UsageError(f"there is no doubt {doubt[:20]!r}; there are {', '.join(DOUBTS)}.")
    with state.index.cursor(state.seconds) as cursor:
        made = list(decisions(cursor))
        seen = list(judged(cursor))
        row = cursor.execute(f"SELECT count(*) FROM ev WHERE {DOUBTS[doubt][1]} AND {UNSEEN}", [seen]).fetchone()
        rows = cursor.execute(
            f"SELECT num FROM ev WHERE {DOUBTS[doubt][1]} AND {UNSEEN} ORDER BY confidence, num LIMIT 30 OFFSET {(page - 1) * 30}",
            [seen],
        ).fetchall()
        events = search.cards(cursor, [r[0] for r in rows])
        waiting = cursor.execute("SELECT value FROM record.state WHERE name = 'merged'").fetchone()
    total = int(row[0]) if row else 0
    return render(request, "review.html", events=events, total=total, doubt=doubt, doubts={k: v[0] for k, v in DOUBTS.items()}, page=page,
                  pages=max(1, -(-total // 30)), done=DONE.get(done), made=made[::-1][:30], n_made=len(made), waiting=bool(waiting and waiting[0] != "yes"))  # fmt: skip


@router.get("/review/export")
def export(request: Request) -> Response:
    """What was decided, as a corpus file."""
    state = state_of(request)
    with state.index.cursor(60) as cursor:
        text = "\n".join(annotated(cursor))
    return PlainTextResponse(
        text or "# Nothing was decided yet.\n", headers={"Content-Disposition": 'attachment; filename="reviewed.txt"'}
    )


@router.get("/review/{event_id}")
def one(request: Request, event_id: str, done: str = "") -> Response:
    """One event with the forms to decide on it."""
    state = state_of(request)
    with state.index.cursor(state.seconds) as cursor:
        event = event_of(cursor, event_id)
        mentions = [m["mention_id"] for m in event["mentions"]]
        made = [d for d in decisions(cursor) if d.target in (*mentions, event["event_id"])]
        undone = {d.target for d in decisions(cursor) if d.kind == "undo"}
        following = cursor.execute(
            "SELECT event_id FROM ev WHERE confidence >= (SELECT confidence FROM ev WHERE event_id = ?) AND event_id <> ? AND confidence < 0.6 "
            f"AND {UNSEEN} ORDER BY confidence, num LIMIT 1",
            [event["event_id"], event["event_id"], list(judged(cursor))],
        ).fetchone()
        alike = search.cards(cursor, _alike(cursor, event))
    known = plover()
    return render(
        request, "review_one.html", event=event, alike=alike, done=DONE.get(done), made=made, undone=undone, following=following[0] if following else None,
        types=[(t.code, t.label) for t in known.types], modes=sorted({m.code for t in known.types for m in t.modes}), statuses=list(show.STATUS_WORDS.items()),
    )  # fmt: skip


def _alike(cursor: Any, event: Json, most: int = 6) -> list[int]:
    """Numbers of events that may be the same: within three days, with a country in common; those of the same act first."""
    rows = cursor.execute(
        "WITH this AS (SELECT * FROM ev WHERE event_id = ?) SELECT v.num FROM ev v, this WHERE v.day BETWEEN this.day - 3 AND this.day + 3 "
        "AND v.num <> this.num AND list_has_any(v.countries, this.countries) "
        f"ORDER BY v.base_type <> this.base_type, abs(date_diff('day', v.day, this.day)), v.num LIMIT {int(most)}",
        [event["event_id"]],
    ).fetchall()
    return [r[0] for r in rows]


@router.post("/review/decide")
def decide(request: Request, form: Form) -> Response:
    """Append one decision."""
    state = state_of(request)
    kind, event_id = _one(form, "kind"), _one(form, "event")
    with state.index.cursor(state.seconds) as cursor:
        if kind == "undo":
            targets = [_known_decision(cursor, _one(form, "decision"))]
            body: Json = {}
        else:
            targets, body = _decision(cursor, kind, event_of(cursor, event_id), form)
    gone, made = list[str](), list[str]()
    with state.index.writing() as record:
        for target in targets:
            done = derive.decide(
                record, kind, target, body, made_by=state.reviewer, why=_one(form, "why").strip() or None
            )
            gone, made = [*gone, *done.gone], [e for e in made if e not in done.gone] + list(done.made)
    state.index.renew(gone, made)
    return RedirectResponse(quote(_back(state, form, kind, event_id, made), safe="/?=&"), 303)


def _back(state: State, form: dict[str, list[str]], kind: str, event_id: str, made: list[str]) -> str:
    """Where a decision leads: to the queue it was made in; else to the event, which a decision may have given another id."""
    if _one(form, "back") in DOUBTS:
        return f"/review?doubt={_one(form, 'back')}&done={kind}"
    with state.index.cursor(state.seconds) as cursor:
        there = cursor.execute("SELECT 1 FROM ev WHERE event_id = ?", [event_id]).fetchone()
    left = event_id if there else next(iter(made), "")
    return f"/review/{left}?done={kind}" if left else f"/review?done={kind}"


@router.post("/review/apply")
async def apply(request: Request, form: Form) -> Response:
    """Derive the events again with all decisions."""
    state = state_of(request)
    await run_in_threadpool(_apply, state)
    return RedirectResponse("/review", 303)


def _apply(state: State) -> None:
    """Close the record, derive its events, open it again; who asks meanwhile waits, and questions that run are let finish."""
    old = state.index
    with old.lock:
        old.drain()
        try:
            with Writer(old.record) as writer:
                derive.remerge(writer)
        finally:
            state.index = Index.open(old.record, writable=True)


def _decision(cursor: Any, kind: str, event: Json, form: dict[str, list[str]]) -> tuple[list[str], Json]:
    """(targets, body) of a decision about an event.

    Raises:
        UsageError: it names what the event does not have, or a value that cannot be.
    """
    own = [m["mention_id"] for m in event["mentions"]]
    chosen = [m for m in form.get("mention", []) if m in own]
    if kind in ("accept", "reject"):
        return chosen or own, {}
    if kind == "correct":
        mention = next((m for m in event["mentions"] if m["mention_id"] in chosen), event["mentions"][0])
        return [mention["mention_id"]], _correction(cursor, mention, form)
    if kind == "merge":
        other = event_of(cursor, _one(form, "other").strip() or "-")
        if other["event_id"] == event["event_id"]:
            raise UsageError("merge: that is this very event. Give another event's id.")
        return [event["event_id"]], {"mentions": own + [m["mention_id"] for m in other["mentions"]]}
    if kind == "split":
        rest = [m for m in own if m not in chosen]
        if not chosen or not rest:
            raise UsageError("split: tick the accounts that are another event, and leave at least one.")
        return [event["event_id"]], {"mentions": chosen, "from": rest}
    raise UsageError(f"there is no decision {kind[:20]!r}.")


def _correction(cursor: Any, mention: Json, form: dict[str, list[str]]) -> Json:
    field, value = _one(form, "field"), _one(form, "value").strip()
    if field not in FIELDS:
        raise UsageError(f"correct: there is no field {field[:20]!r}; there are {', '.join(FIELDS)}.")
    span = _span(cursor, mention, form)
    spans = [list(span)] if span else []
    words = _one(form, "words")
    if field == "base_type":
        return {"field": field, "value": plover().type(value).code}
    if field == "status":
        return {"field": field, "value": plover().status(value).code, "spans": spans}
    if field == "mode":
        return {"field": field, "value": plover().mode(mention["base_type"], value).code if value else None}
    if field in ("actors", "recipients"):
        kept = mention[field] if _one(form, "how") == "add" else []
        new = (
            []
            if not span
            else [{"text": words, "name": words, "country": country_code(value) if value else None, "span": list(span)}]
        )
        parties = [*kept, *new]
        return {"field": field, "value": parties, "spans": [p["span"] for p in parties if p.get("span")]}
    if field == "date":
        return {"field": field, "value": _day(value), "spans": spans}
    return {"field": field, "value": value or words or None, "spans": spans}


def _span(cursor: Any, mention: Json, form: dict[str, list[str]]) -> tuple[int, int] | None:
    """The selected words' place in the report, checked against its text."""
    start, end, words = _one(form, "start"), _one(form, "end"), _one(form, "words")
    if not words:
        return None
    row = cursor.execute("SELECT text FROM reports WHERE report_id = ?", [mention["report_id"]]).fetchone()
    if not (start.isdigit() and end.isdigit()) or row is None or row[0][int(start) : int(end)] != words:
        raise UsageError("the selected words are not where the page said. Reload the page and select them again.")
    return int(start), int(end)


def _day(value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError as error:
        raise UsageError(f"date: {value[:20]!r} is no date; write YYYY-MM-DD.") from error


def _known_decision(cursor: Any, decision_id: str) -> str:
    if decision_id not in {d.decision_id for d in decisions(cursor)}:
        raise UsageError("undo: there is no such decision.")
    return decision_id


def _one(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]
