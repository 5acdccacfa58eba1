"""Records to plain JSON values and back; the names are the design's field names, the same in files, columns and API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.records.event import Attribution, Dispute, Event, EventMention, Party, PlaceRef, Quantity
from dragoman.records.trail import Step

Json = dict[str, Any]
CASUALTY_KINDS = ("killed", "injured", "arrested", "participants", "displaced")


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _date(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])


def _span(value: Any) -> tuple[int, int] | None:
    return (int(value[0]), int(value[1])) if value else None


def party_to_json(party: Party) -> Json:
    """`{text, name, actor_id, kind, country, sectors, office, span}`."""
    return {
        "text": party.text, "name": party.name, "actor_id": party.actor_id, "kind": party.kind,
        "country": party.country, "sectors": list(party.sectors), "office": party.office,
        "span": list(party.span) if party.span else None,
    }  # fmt: skip


def party_from_json(value: Mapping[str, Any]) -> Party:
    """Inverse of `party_to_json`."""
    return Party(
        value["text"], value["name"], value["actor_id"], value["kind"], value["country"],
        tuple(value["sectors"] or ()), value["office"], _span(value["span"]),
    )  # fmt: skip


def place_to_json(place: PlaceRef | None) -> Json | None:
    """`{name, country, admin1, lat, lon, geonameid, precision, span, found}` or None."""
    if place is None:
        return None
    return {
        "name": place.name, "country": place.country, "admin1": place.admin1, "lat": place.lat, "lon": place.lon,
        "geonameid": place.geonameid, "precision": place.precision,
        "span": list(place.span) if place.span else None, "found": place.found,
    }  # fmt: skip


def place_from_json(value: Mapping[str, Any] | None) -> PlaceRef | None:
    """Inverse of `place_to_json`."""
    if value is None:
        return None
    return PlaceRef(
        value["name"], value["country"], value["admin1"], value["lat"], value["lon"], value["geonameid"],
        value["precision"], _span(value["span"]), value["found"],
    )  # fmt: skip


def attribution_to_json(said: Attribution) -> Json:
    """`{speaker, kind, cue, direct, span, cue_span}`."""
    return {
        "speaker": said.speaker, "kind": said.kind, "cue": said.cue, "direct": said.direct,
        "span": list(said.span) if said.span else None, "cue_span": list(said.cue_span) if said.cue_span else None,
    }  # fmt: skip


def attribution_from_json(value: Mapping[str, Any]) -> Attribution:
    """Inverse of `attribution_to_json`."""
    return Attribution(
        value["speaker"], value["kind"], value["cue"], value["direct"], _span(value["span"]), _span(value["cue_span"])
    )


def quantity_to_json(quantity: Quantity) -> Json:
    """`{kind, min, max, text, span, currency, speaker}`."""
    return {
        "kind": quantity.kind, "min": quantity.min, "max": quantity.max, "text": quantity.text,
        "span": list(quantity.span), "currency": quantity.currency, "speaker": quantity.speaker,
    }  # fmt: skip


def quantity_from_json(value: Mapping[str, Any]) -> Quantity:
    """Inverse of `quantity_to_json`."""
    span = _span(value["span"])
    assert span is not None
    return Quantity(value["kind"], value["min"], value["max"], value["text"], span, value["currency"], value["speaker"])


def step_to_json(step: Step) -> Json:
    """`{field, by, because, score}`."""
    return {"field": step.field, "by": step.by, "because": step.because, "score": step.score}


def mention_to_json(m: EventMention) -> Json:
    """The design's entry of `mentions`, and beside it this account's own values of every field."""
    return {
        "mention_id": m.mention_id, "report_id": m.report_id, "source": m.source, "url": m.url,
        "published": _day(m.published), "sentence_index": m.sentence_index, "sentence": m.sentence,
        "sentence_start": m.sentence_start, "sentence_end": m.sentence_end,
        "trigger": {"text": m.trigger_text, "start": m.trigger[0], "end": m.trigger[1]},
        "event_type": m.event_type, "base_type": m.base_type, "mode": m.mode, "contexts": list(m.contexts),
        "cameo": m.cameo, "quad_class": m.quad_class, "plover_score": m.plover_score, "goldstein": m.goldstein,
        "status": m.status, "actors": [party_to_json(p) for p in m.actors],
        "recipients": [party_to_json(p) for p in m.recipients],
        "date_start": _day(m.date_start), "date_end": _day(m.date_end), "date_precision": m.date_precision,
        "date_found": m.date_found, "place": place_to_json(m.place),
        "attribution": [attribution_to_json(a) for a in m.attribution],
        "quantities": [quantity_to_json(q) for q in m.quantities], "confidence": round(m.confidence, 4),
        "spans": {field: [list(span) for span in spans] for field, spans in sorted(m.spans.items())},
        "trail": [step_to_json(step) for step in m.trail],
    }  # fmt: skip


def mention_from_json(value: Mapping[str, Any]) -> EventMention:
    """Inverse of `mention_to_json`."""
    trigger = value["trigger"]
    return EventMention(
        mention_id=value["mention_id"], report_id=value["report_id"], source=value["source"], url=value["url"],
        published=_date(value["published"]), sentence_index=value["sentence_index"], sentence=value["sentence"],
        sentence_start=value["sentence_start"], sentence_end=value["sentence_end"],
        trigger_text=trigger["text"], trigger=(trigger["start"], trigger["end"]),
        event_type=value["event_type"], base_type=value["base_type"], mode=value["mode"],
        contexts=tuple(value["contexts"]), cameo=value["cameo"], quad_class=value["quad_class"],
        plover_score=value["plover_score"], goldstein=value["goldstein"], status=value["status"],
        actors=tuple(party_from_json(p) for p in value["actors"]),
        recipients=tuple(party_from_json(p) for p in value["recipients"]),
        date_start=_date(value["date_start"]), date_end=_date(value["date_end"]),
        date_precision=value["date_precision"], date_found=value["date_found"], place=place_from_json(value["place"]),
        attribution=tuple(attribution_from_json(a) for a in value["attribution"]),
        quantities=tuple(quantity_from_json(q) for q in value["quantities"]), confidence=value["confidence"],
        spans={f: tuple((int(s[0]), int(s[1])) for s in spans) for f, spans in dict(value["spans"]).items()},
        trail=tuple(Step(s["field"], s["by"], s["because"], s["score"]) for s in value["trail"]),
    )  # fmt: skip


def casualties_to_json(quantities: Iterable[Quantity]) -> Json:
    """`{killed: [...], injured: [...], ...}`: per kind the numbers given, each with min, max, text, span and speaker."""
    by_kind: Json = {kind: [] for kind in CASUALTY_KINDS}
    for quantity in quantities:
        if quantity.kind in by_kind:
            by_kind[quantity.kind].append(quantity_to_json(quantity))
    return by_kind


def dispute_to_json(dispute: Dispute) -> Json:
    """`{field, sides: [{value, said_by, mentions}]}`."""
    return {
        "field": dispute.field,
        "sides": [{"value": v, "said_by": list(who), "mentions": list(ids)} for v, who, ids in dispute.sides],
    }


def event_to_json(e: Event) -> Json:
    """An event as the design names its fields."""
    fields = event_fields_to_json(e)
    because = fields.pop("merged_because")
    return fields | {"mentions": [mention_to_json(m) for m in e.mentions], "merged_because": because}


def event_fields_to_json(e: Event) -> Json:
    """The same without its mentions."""
    return {
        "event_id": e.event_id, "event_type": e.event_type, "base_type": e.base_type, "mode": e.mode,
        "contexts": list(e.contexts), "cameo": e.cameo, "quad_class": e.quad_class, "plover_score": e.plover_score,
        "goldstein": e.goldstein, "status": e.status, "actors": [party_to_json(p) for p in e.actors],
        "recipients": [party_to_json(p) for p in e.recipients],
        "date_start": _day(e.date_start), "date_end": _day(e.date_end), "date_precision": e.date_precision,
        "place": place_to_json(e.place), "attribution": [attribution_to_json(a) for a in e.attribution],
        "casualties": casualties_to_json(e.casualties), "amounts": [quantity_to_json(q) for q in e.amounts],
        "confidence": round(e.confidence, 4), "first_seen": _day(e.first_seen), "novelty_days": e.novelty_days,
        "n_mentions": e.n_mentions, "n_reports": e.n_reports, "n_sources": e.n_sources,
        "disputes": [dispute_to_json(d) for d in e.disputes],
        "merged_because": [{"mention_id": i, "because": b} for i, b in e.merged_because],
    }  # fmt: skip


def event_from_json(value: Mapping[str, Any]) -> Event:
    """Inverse of `event_to_json`."""
    casualties: Sequence[Quantity] = [
        quantity_from_json(q) for kind in CASUALTY_KINDS for q in (value["casualties"] or {}).get(kind) or ()
    ]
    return Event(
        event_id=value["event_id"], event_type=value["event_type"], base_type=value["base_type"], mode=value["mode"],
        contexts=tuple(value["contexts"]), cameo=value["cameo"], quad_class=value["quad_class"],
        plover_score=value["plover_score"], goldstein=value["goldstein"], status=value["status"],
        actors=tuple(party_from_json(p) for p in value["actors"]),
        recipients=tuple(party_from_json(p) for p in value["recipients"]),
        date_start=_date(value["date_start"]), date_end=_date(value["date_end"]),
        date_precision=value["date_precision"], place=place_from_json(value["place"]),
        attribution=tuple(attribution_from_json(a) for a in value["attribution"]),
        casualties=tuple(casualties), amounts=tuple(quantity_from_json(q) for q in value["amounts"]),
        confidence=value["confidence"], first_seen=_date(value["first_seen"]), novelty_days=value["novelty_days"],
        n_mentions=value["n_mentions"], n_reports=value["n_reports"], n_sources=value["n_sources"],
        disputes=tuple(
            Dispute(d["field"], tuple((s["value"], tuple(s["said_by"]), tuple(s["mentions"])) for s in d["sides"]))
            for d in value["disputes"]
        ),
        mentions=tuple(mention_from_json(m) for m in value["mentions"]),
        merged_because=tuple((r["mention_id"], r["because"]) for r in value["merged_because"]),
    )  # fmt: skip
