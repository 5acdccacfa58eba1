"""What was decided by hand about one mention: applied over the coder's output whenever it is read, which itself stays as it was.

| kind | target | body |
|---|---|---|
| accept | a mention | `{}`: it is right as it stands |
| reject | a mention | `{}`: no event is told here |
| correct | a mention | `{"field": ..., "value": ..., "spans": [[start, end], ...]}` |

Fields that can be corrected: `base_type`, `mode`, `status`, `actors`, `recipients` (value: a list of `{text, country, span}`), `date`
(value: ISO day or null) and `place` (value: a name or null). A later decision about a field wins; `undo` takes one back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from dragoman.ontology import after_status, plover, quad_class, score, to_cameo
from dragoman.records.codec import Json
from dragoman.store.decisions import decisions

CONFIRMED = 0.99
"""Confidence of an event that somebody has looked at and accepted or corrected, at least."""

FIELDS = ("base_type", "mode", "status", "actors", "recipients", "date", "place")


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands about one mention: the verdict ("accept", "reject" or None) and corrected fields, field -> body of the decision."""

    verdict: str | None
    fields: Mapping[str, Json]


def judged(db: duckdb.DuckDBPyConnection) -> dict[str, Judged]:
    """Mention id -> what stands about it."""
    made = list(decisions(db))
    undone: set[str] = set()
    for decision in reversed(made):  # an undo may itself be undone by a later one
        if decision.kind == "undo" and decision.decision_id not in undone:
            undone.add(decision.target)
    found: dict[str, Judged] = {}
    for d in made:
        if d.decision_id in undone or d.kind not in ("accept", "reject", "correct"):
            continue
        before = found.get(d.target, Judged(None, {}))
        if d.kind == "correct":
            found[d.target] = Judged(
                "accept", {**before.fields, d.body["field"]: d.body | {"by": d.made_by, "why": d.why}}
            )
        else:
            found[d.target] = Judged(d.kind, before.fields)
    return found


def applied(mention: Json, made: Judged | None) -> Json | None:
    """The mention as decided: itself when nothing was; None when it was rejected."""
    if made is None:
        return mention
    if made.verdict == "reject":
        return None
    mention = dict(mention)
    mention["spans"], mention["trail"] = dict(mention["spans"]), list(mention["trail"])
    for field, body in made.fields.items():
        _put(mention, field, body)
    if {"base_type", "mode", "status"} & set(made.fields):
        _recode(mention)
    if made.verdict == "accept":
        mention["confidence"] = max(mention["confidence"], CONFIRMED)
        mention["trail"].append(
            {"field": "confidence", "by": "review", "because": "looked at and accepted", "score": None}
        )
    return mention


def _put(mention: Json, field: str, body: Json) -> None:
    value, spans = body["value"], body.get("spans") or []
    if field in ("actors", "recipients"):
        mention[field] = [_party(p) for p in value]
    elif field == "date":
        mention["date_start"] = mention["date_end"] = value
        mention["date_precision"], mention["date_found"] = ("day", "argument") if value else (None, None)
    elif field == "place":
        mention["place"] = None if not value else {
            "name": value, "country": None, "admin1": None, "lat": None, "lon": None, "geonameid": None, "precision": "site",
            "span": spans[0] if spans else None, "found": "argument",
        }  # fmt: skip
    else:
        mention[field] = value
    if field in ("actors", "recipients", "date", "place", "status"):
        mention["spans"].pop(field, None)
        if spans:
            mention["spans"][field] = spans
    because = f"corrected by {body.get('by') or 'a reviewer'}" + (f": {body['why']}" if body.get("why") else "")
    mention["trail"].append({"field": field, "by": "review", "because": because, "score": None})


def _party(given: Json) -> Json:
    """A party from selected words; a party that was there already is kept as it is."""
    blank = {
        "name": given["text"],
        "actor_id": None,
        "kind": "other",
        "country": None,
        "sectors": [],
        "office": None,
        "span": None,
    }
    return blank | given


def _recode(mention: Json) -> None:
    """What follows from type, mode and status."""
    known = plover().type(mention["base_type"])
    if mention["mode"] not in {m.code for m in known.modes}:
        mention["mode"] = None
    after = after_status(mention["base_type"], mention["status"], mode=mention["mode"])
    mention["event_type"] = after.event_type
    mention["quad_class"] = quad_class(after.event_type)
    mention["plover_score"] = score(after.event_type, after.mode)
    mention["cameo"] = to_cameo(mention["base_type"], mention["mode"])
