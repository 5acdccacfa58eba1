"""The field's own layouts: GDELT 2.0 events and mentions, ICEWS, POLECAT, PLOVER JSON Lines.

Each loads unchanged into the scripts that people have (columns, order and conventions after docs/formats.md, which also
says what each layout loses). These layouts have one actor and one recipient a row, so an event with several becomes a row
for every pair; reciprocal events become a row each way in ICEWS. Events that did not happen (status other than actual
and historical) are left out of GDELT, ICEWS and POLECAT, which have no field to say so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.ontology import cameo_code, goldstein, plover, quad_class
from dragoman.ontology.quads import Convention
from dragoman.query import codes
from dragoman.query.output import write_lines
from dragoman.query.record import Record
from dragoman.query.reporting import REPORTED_FROM
from dragoman.records.codec import Json

Row = dict[str, Any]
TOLD_AS_DONE = ("actual", "historical")

_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
GDELT_EVENTS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor1{n}" for n in _ACTOR), *(f"Actor2{n}" for n in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles",
    "AvgTone", *(f"Actor1Geo_{n}" for n in _GEO), *(f"Actor2Geo_{n}" for n in _GEO), *(f"ActionGeo_{n}" for n in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
GDELT_MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
    "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
    "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def write_layout(
    record: Record, form: str, out: Path | None, *, min_confidence: float = REPORTED_FROM, quads: Convention = "gdelt"
) -> str:
    """Write the record's events in a layout; GDELT also writes `<out>.mentions.CSV` beside the events.

    Events are read and written one after the other, however many there are. Returns a line that says what went where
    and how many events the layout has no row for.

    Args:
        quads: Which QuadClass convention GDELT rows follow ("gdelt", "documented", "phoenix", "plover").

    Raises:
        UsageError: an unknown layout.
    """
    makers: dict[str, tuple[tuple[str, ...], Callable[[Json], Iterable[Row]]]] = {
        "gdelt": (GDELT_EVENTS, lambda e: gdelt_rows(e, quads)), "icews": (ICEWS, icews_rows), "polecat": (POLECAT, polecat_rows),
    }  # fmt: skip
    events = record.events(min_confidence=min_confidence)
    if form == "plover":
        count = write_lines((json.dumps(plover_json(e), ensure_ascii=False) + "\n" for e in events.rows()), out)
        return "" if out is None else f"{count} events written to {out}"
    if form not in makers:
        raise UsageError(f"there is no layout {form!r}; there are {', '.join(makers)}, plover.")
    columns, rows_of = makers[form]
    tally = _Tally()
    count = write_lines(_table(columns, tally.over(events.rows(), rows_of), header=form != "gdelt"), out)
    said = f"{count - (form != 'gdelt')} rows of {tally.written} events written to {out or 'standard output'}"
    if tally.left:
        said += f"; {tally.left} more did not happen or have no day or code, and {form.upper()} has no row for those"
    if form == "gdelt" and out is not None:
        lengths = dict(record.reader.db.execute("SELECT report_id, length(text) FROM reports").fetchall())
        beside = out.with_name(f"{out.stem.removesuffix('.export')}.mentions.CSV")
        write_lines(_table(GDELT_MENTIONS, _Tally().over(events.rows(), lambda e: gdelt_mention_rows(e, lengths)), header=False), beside)  # fmt: skip
        said += f"; mentions to {beside}"
    return said


@dataclass(slots=True)
class _Tally:
    """How many events became rows, and how many did not, counted while they pass."""

    written: int = 0
    left: int = 0

    def over(self, events: Iterable[Json], rows_of: Callable[[Json], Iterable[Row]]) -> Iterator[Row]:
        """The rows of all events."""
        for event in events:
            before = True
            for row in rows_of(event):
                self.written += before
                before = False
                yield row
            self.left += before


def _table(columns: Iterable[str], rows: Iterable[Mapping[str, Any]], *, header: bool) -> Iterator[str]:
    names = tuple(columns)
    if header:
        yield "\t".join(names) + "\n"
    for row in rows:
        yield "\t".join(codes.flat_text(row.get(name)) for name in names) + "\n"


def _pairs(event: Json, *, mirrored: bool) -> Iterator[tuple[Json | None, Json | None]]:
    """(actor, recipient) for every pair; a reciprocal event pairs its actors, once, or each way when `mirrored`."""
    actors, recipients = event["actors"], event["recipients"]
    if recipients:
        yield from product(actors or [None], recipients)
    elif len(actors) > 1:
        for i, a in enumerate(actors):
            for j, b in enumerate(actors):
                if i < j or (mirrored and i != j):
                    yield a, b
    else:
        yield (actors[0] if actors else None), None


def _day(event: Json) -> date | None:
    """The event's day for layouts that must have one: its first day, else its first report's."""
    text = event["date_start"] or event["first_seen"]
    return date.fromisoformat(text) if text else None


# --- GDELT -----------------------------------------------------------------------------------------------------------


def gdelt_rows(event: Json, quads: Convention = "gdelt") -> Iterator[Row]:
    """Rows of 61 columns, one per pair."""
    day, code = _day(event), event["cameo"]
    if day is None or not code or event["status"] not in TOLD_AS_DONE:
        return
    first, seen = event["mentions"][0], date.fromisoformat(event["first_seen"] or day.isoformat())
    known = cameo_code(code)
    for actor, recipient in _pairs(event, mirrored=False):
        row: Row = {
            "GLOBALEVENTID": codes.number_of(f"{event['event_id']}/{_key(actor)}/{_key(recipient)}"),
            "SQLDATE": f"{day:%Y%m%d}", "MonthYear": f"{day:%Y%m}", "Year": day.year,
            "FractionDate": f"{fraction_date(day):.4f}",
            "IsRootEvent": int(first["sentence_index"] == 0), "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": known.root,
            "QuadClass": quad_class(code, quads), "GoldsteinScale": f"{goldstein(code):.1f}", "NumMentions": event["n_mentions"],
            "NumSources": event["n_sources"], "NumArticles": event["n_reports"], "AvgTone": "",
            "DATEADDED": f"{seen:%Y%m%d}000000", "SOURCEURL": first["url"] or "",
        }  # fmt: skip
        row |= _gdelt_actor("Actor1", actor) | _gdelt_actor("Actor2", recipient)
        row |= _gdelt_place("ActionGeo", event["place"])
        row |= {"Actor1Geo_Type": 0, "Actor2Geo_Type": 0}
        yield row


def _key(party: Json | None) -> str:
    return "" if party is None else party["actor_id"] or party["name"]


def _gdelt_actor(prefix: str, party: Json | None) -> Row:
    if party is None:
        return {}
    country, types = codes.cameo_country(party["country"]), codes.cameo_types(party["sectors"] or [])[:3]
    group = country if party["country"] in codes.NON_STATES else ""
    row: Row = {
        f"{prefix}Code": country + "".join(types), f"{prefix}Name": party["name"].upper(),
        f"{prefix}CountryCode": "" if group else country, f"{prefix}KnownGroupCode": group,
    }  # fmt: skip
    return row | {f"{prefix}Type{n}Code": t for n, t in enumerate(types, start=1)}


_GEO_TYPES = {"country": 1, "admin1": 5, "city": 4, "site": 4, "region": 5, "sea": 4}


def _gdelt_place(prefix: str, place: Json | None) -> Row:
    if place is None or place["lat"] is None:
        return {f"{prefix}_Type": 0}
    country = codes.fips(place["country"])
    kind = _GEO_TYPES.get(place["precision"], 4)
    if place["country"] == "USA":
        kind = {5: 2, 4: 3}.get(kind, kind)
    name = ", ".join(
        dict.fromkeys(x for x in (place["name"], place["admin1"], codes.country_name(place["country"])) if x)
    )
    return {
        f"{prefix}_Type": kind, f"{prefix}_FullName": name, f"{prefix}_CountryCode": country, f"{prefix}_ADM1Code": country,
        f"{prefix}_ADM2Code": "", f"{prefix}_Lat": place["lat"], f"{prefix}_Long": place["lon"],
        f"{prefix}_FeatureID": country if kind == 1 else place["geonameid"] or "",
    }  # fmt: skip


def gdelt_mention_rows(event: Json, lengths: Mapping[str, int]) -> Iterator[Row]:
    """Rows of 16 columns, one per pair and mention; offsets are those of the words in the report's clean text."""
    if _day(event) is None or not event["cameo"] or event["status"] not in TOLD_AS_DONE:
        return
    seen = (event["first_seen"] or event["date_start"] or "19000101").replace("-", "")
    for actor, recipient in _pairs(event, mirrored=False):
        number = codes.number_of(f"{event['event_id']}/{_key(actor)}/{_key(recipient)}")
        for mention in event["mentions"]:
            published = (mention["published"] or event["first_seen"] or "1900-01-01").replace("-", "")
            yield {
                "GLOBALEVENTID": number, "EventTimeDate": f"{seen}000000", "MentionTimeDate": f"{published}000000",
                "MentionType": 1 if mention["url"] else 2, "MentionSourceName": mention["source"] or "",
                "MentionIdentifier": mention["url"] or mention["report_id"], "SentenceID": mention["sentence_index"] + 1,
                "Actor1CharOffset": _offset(mention["actors"]), "Actor2CharOffset": _offset(mention["recipients"]),
                "ActionCharOffset": mention["trigger"]["start"], "InRawText": 1,
                "Confidence": max(10, min(100, round(mention["confidence"] * 10) * 10)),
                "MentionDocLen": lengths.get(mention["report_id"], ""), "MentionDocTone": "", "MentionDocTranslationInfo": "", "Extras": "",
            }  # fmt: skip


def _offset(parties: list[Json]) -> int:
    return next((p["span"][0] for p in parties if p["span"]), -1)


# --- ICEWS -----------------------------------------------------------------------------------------------------------


def icews_rows(event: Json) -> Iterator[Row]:
    """Rows of 20 columns; countries and sectors by name; a reciprocal event is a row each way."""
    day, code, first = _day(event), event["cameo"], event["mentions"][0]
    if day is None or not code or event["status"] not in TOLD_AS_DONE:
        return
    place = event["place"] or {}
    for actor, recipient in _pairs(event, mirrored=True):
        yield {
            "Event ID": codes.number_of(f"{event['event_id']}/{_key(actor)}/{_key(recipient)}") % 10**9,
            "Event Date": day.isoformat(), **_icews_side("Source", actor), "Event Text": cameo_code(code).label, "CAMEO Code": code,
            "Intensity": f"{goldstein(code, 'icews'):g}", **_icews_side("Target", recipient),
            "Story ID": codes.number_of(first["report_id"]) % 10**9, "Sentence Number": first["sentence_index"] + 1,
            "Publisher": first["source"] or "NA", "City": place.get("name") if place.get("precision") in ("city", "site") else "NA",
            "District": "NA", "Province": place.get("admin1") or "NA", "Country": codes.country_name(place.get("country")) or "NA",
            "Latitude": _or_na(place.get("lat")), "Longitude": _or_na(place.get("lon")),
        }  # fmt: skip


def _or_na(value: Any) -> Any:
    return "NA" if value is None else value


def _icews_side(prefix: str, party: Json | None) -> Row:
    if party is None:
        return {f"{prefix} Name": "NA", f"{prefix} Sectors": "NA", f"{prefix} Country": "NA"}
    country = codes.country_name(party["country"])
    name = party["name"] if party["actor_id"] or not country else f"{party['name']} ({country})"
    return {
        f"{prefix} Name": name,
        f"{prefix} Sectors": codes.sector_names(party["sectors"] or []) or "NA",
        f"{prefix} Country": country or "NA",
    }


# --- POLECAT ---------------------------------------------------------------------------------------------------------


def polecat_rows(event: Json) -> Iterator[Row]:
    """Rows of 40 columns; a missing value is the text None."""
    day, first = _day(event), event["mentions"][0]
    if day is None or event["status"] not in TOLD_AS_DONE:
        return
    place = event["place"] or {}
    ontology = plover()
    mode = ontology.mode_as("polecat", event["event_type"], event["mode"]) if event["mode"] else None
    from dragoman import __version__

    for actor, recipient in _pairs(event, mirrored=False):
        row: Row = {
            "Event ID": f"{event['event_id']}", "Event Date": day.isoformat(), "Event Type": event["event_type"], "Event Mode": mode,
            "Intensity": event["plover_score"], "Quad Code": event["quad_class"],
            "Contexts": ",".join(ontology.context_as("polecat", c) for c in event["contexts"]) or None,
            **_polecat_side("Actor", actor), **_polecat_side("Recipient", recipient),
            "Placename": place.get("name"), "City": place.get("name") if place.get("precision") in ("city", "site") else None, "District": None,
            "Province": place.get("admin1"), "Country": place.get("country"), "Latitude": place.get("lat"), "Longitude": place.get("lon"),
            "GeoNames ID": place.get("geonameid"), "Raw Placename": None, "Feature Type": place.get("precision"), "Source": first["source"],
            "Publication Date": first["published"], "Story People": None, "Story Organizations": None, "Story Locations": None,
            "Language": "eng", "Version": f"dragoman-{__version__}",
        }  # fmt: skip
        yield {name: "None" if value is None or value == "" else value for name, value in row.items()}


def _polecat_side(prefix: str, party: Json | None) -> Row:
    sectors = (party["sectors"] or []) if party else []
    return {
        f"{prefix} Name": party and party["name"], f"{prefix} Country": party and party["country"],
        f"{prefix} COW": (codes.cow(party["country"]) if party else "") or None,
        f"Primary {prefix} Sector": sectors[0] if sectors else None, f"{prefix} Sectors": ",".join(sectors) or None,
        f"{prefix} Title": party and party["office"], f"{prefix} Name Raw": party and party["text"], f"Wikipedia {prefix} ID": None,
    }  # fmt: skip


# --- PLOVER JSON -----------------------------------------------------------------------------------------------------


def plover_json(event: Json) -> Json:
    """One PLOVER record with the standard's field names, extended by attribution, modality, precision and reports."""
    first, place = event["mentions"][0], event["place"]
    from dragoman import __version__

    sizes = {"killed": "dead", "injured": "injured", "arrested": "arrested"}
    size = {
        theirs: _most(event["casualties"], ours)
        for ours, theirs in sizes.items()
        if (event["casualties"] or {}).get(ours)
    }
    return {
        "id": event["event_id"], "has_event": True, "date": event["date_start"] or event["first_seen"], "enddate": event["date_end"],
        "date_precision": event["date_precision"], "actor": [_plover_entity(p) for p in event["actors"]],
        "recipient": [_plover_entity(p) for p in event["recipients"]], "event": [event["event_type"]],
        "mode": [event["mode"]] if event["mode"] else [], "context": event["contexts"], "modality": event["status"],
        "quad_code": event["quad_class"], "event_scale": event["plover_score"], "event_text": [first["trigger"]["text"]],
        "event_loc": None if place is None else {
            "resolved_place": place["name"], "geonameid": place["geonameid"], "lat": place["lat"], "lon": place["lon"],
            "province": place["admin1"], "country": codes.country_name(place["country"]), "country_code": place["country"],
            "resolution": {"site": 5, "city": 4, "admin1": 2}.get(place["precision"], 1),
        },
        "size": size or None, "confidence": event["confidence"], "attribution": event["attribution"],
        "text": first["sentence"], "text_info": {"sequence": first["sentence_index"] + 1, "start": first["sentence_start"], "end": first["sentence_end"]},
        "cite_info": {"url": first["url"], "publication": first["source"], "language": "en", "coder": "dragoman", "version": __version__},
        "reports": [{"report_id": m["report_id"], "url": m["url"], "source": m["source"], "published": m["published"]} for m in event["mentions"]],
        "coder": "dragoman", "coded_date": None, "cameo": event["cameo"],
    }  # fmt: skip


def _most(casualties: Json, kind: str) -> float | None:
    given = casualties.get(kind) or []
    return max((q["max"] if q["max"] is not None else q["min"] for q in given), default=None)


def _plover_entity(party: Json) -> Json:
    return {
        "code": party["country"], "sector": "".join((party["sectors"] or [])[:2]) or None, "entity_text": party["text"],
        "identifier_id": party["actor_id"], "identifier_text": party["name"], "office": party["office"],
    }  # fmt: skip


def fraction_date(day: date) -> float:
    """GDELT's FractionDate as its real rows have it (not as its manual says): YYYY + ((MONTH - 1) * 30 + DAY) / 365."""
    return day.year + ((day.month - 1) * 30 + day.day) / 365
