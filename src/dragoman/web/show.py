"""Records made fit for a page: words with their marks, codes with their labels, addresses that may be linked to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from dragoman.ontology import QUAD_NAMES as QUAD_NAMES
from dragoman.ontology import UnknownCodeError, plover
from dragoman.query.codes import NON_STATES, country_name
from dragoman.query.search import shortened
from dragoman.records.codec import Json
from dragoman.resolve.knowledge import load_knowledge

STATUS_WORDS = {
    "actual": "happened", "historical": "past", "future": "planned", "hypothetical": "possible",
    "negated": "denied", "postponed": "postponed", "cancelled": "called off",
}  # fmt: skip
FIELDS = {
    "trigger": "what", "actors": "who", "recipients": "to whom", "date": "when", "place": "where",
    "attribution": "says who", "cue": "says", "status": "status", "mode": "how", "contexts": "about", "quantities": "how many",
}  # fmt: skip
"""Fields that are marked in a sentence, in the order the legend lists them, with their everyday names."""

_SAME = {"event_type": "trigger", "base_type": "trigger", "cameo": "trigger", "date_start": "date", "date_end": "date",
         "casualties": "quantities", "amounts": "quantities"}  # fmt: skip
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks all along: classes of the fields, and numbers of the events, it belongs to."""

    text: str
    fields: tuple[str, ...]
    events: tuple[int, ...] = ()


def plain(text: object) -> str:
    """Text fit for a page: control characters shown as a box, marks that turn the writing direction as what they are.

    A direction override in a report must not turn the words around it, nor hide what it says; it is shown by its code.
    """
    shown = _UNSEEN.sub("\ufffd", "" if text is None else str(text))
    return _TURNING.sub(lambda m: f"‹U+{ord(m[0]):04X}›", shown)


def spans_of(mention: Json) -> dict[str, list[tuple[int, int]]]:
    """Field -> character spans in the report, from everything in the mention that points to words."""
    found: dict[str, set[tuple[int, int]]] = {}

    def add(field: str, span: Sequence[int] | None) -> None:
        if span and span[0] < span[1]:
            found.setdefault(field, set()).add((int(span[0]), int(span[1])))

    add("trigger", [mention["trigger"]["start"], mention["trigger"]["end"]])
    for field, spans in mention["spans"].items():
        for span in spans:
            add(_SAME.get(field, field), span)
    for side in ("actors", "recipients"):
        for party in mention[side]:
            add(side, party["span"])
    for said in mention["attribution"]:
        add("attribution", said["span"])
        add("cue", said["cue_span"])
    for quantity in mention["quantities"]:
        add("quantities", quantity["span"])
    if mention["place"]:
        add("place", mention["place"]["span"])
    return {field: sorted(spans) for field, spans in found.items()}


def pieces(text: str, base: int, spans: Iterable[tuple[int, int, str, int | None]]) -> list[Piece]:
    """The text cut wherever a mark begins or ends.

    Args:
        base: Position of the text's first character in the report.
        spans: (start, end, field, number of the event or None), positions in the report; what lies outside is left out.
    """
    end = base + len(text)
    inside = [(max(s, base), min(e, end), f, n) for s, e, f, n in spans if s < end and e > base and s < e]
    cuts = sorted({base, end, *(s for s, _, _, _ in inside), *(e for _, e, _, _ in inside)})
    starts: dict[int, list[tuple[int, str, int | None]]] = {}
    for s, e, f, n in inside:
        starts.setdefault(s, []).append((e, f, n))
    found: list[Piece] = []
    open_: list[tuple[int, str, int | None]] = []
    for left, right in pairwise(cuts):
        open_ = [o for o in open_ if o[0] > left] + starts.get(left, [])
        marks = {f for _, f, _ in open_}
        numbers = {n for _, _, n in open_ if n is not None}
        found.append(
            Piece(
                plain(text[left - base : right - base]), tuple(f for f in FIELDS if f in marks), tuple(sorted(numbers))
            )
        )
    return found


def sentence(mention: Json) -> list[Piece]:
    """A mention's sentence with every field's words marked."""
    spans = [(s, e, field, None) for field, given in spans_of(mention).items() for s, e in given]
    return pieces(mention["sentence"], mention["sentence_start"], spans)


def elsewhere(mention: Json) -> dict[str, list[tuple[int, int]]]:
    """Spans of evidence that lie outside the mention's sentence (a date or a place told earlier in the report)."""
    start, end = mention["sentence_start"], mention["sentence_end"]
    outside = {f: [s for s in spans if s[1] <= start or s[0] >= end] for f, spans in spans_of(mention).items()}
    return {f: spans for f, spans in outside.items() if spans}


def safe_url(url: str | None) -> str | None:
    """The address when it is plain http or https; None for anything else (javascript:, data:, relative)."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        fine = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not _UNSEEN.search(url)
            and not _TURNING.search(url)
        )
    except ValueError:
        return None
    return url.strip() if fine else None


def data_block(value: object) -> Markup:
    """JSON that may stand inside a script element of another type: nothing in it can close the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def when(event: Json) -> str:
    """The event's days as shown; "undated" when the text does not say."""
    start, end, precision = event.get("date_start"), event.get("date_end"), event.get("date_precision")
    if not start:
        return "undated"
    if precision == "year" and str(start)[:4] == str(end or start)[:4]:
        return str(start)[:4]
    if precision == "month" and str(start)[:7] == str(end or start)[:7]:
        return str(start)[:7]
    return str(start) if start == end or not end else f"{start} to {end}"


def type_label(code: str) -> str:
    """The everyday name of a PLOVER type; the code itself when it is the user's own."""
    try:
        return plover().type(code).label
    except UnknownCodeError:
        return code.replace("_", " ").capitalize()


def words(code: str | None) -> str:
    """A code as words: "human_rights" as "human rights"."""
    return (code or "").replace("_", " ")


def quad_name(number: int) -> str:
    """Name of a quad class."""
    return QUAD_NAMES.get(number, "neutral")


def status_word(status: str) -> str:
    """A status in one everyday word."""
    return STATUS_WORDS.get(status, status)


def country(code: str | None) -> str:
    """A country's name for reading."""
    return country_name(code)


def lag(days: int) -> str:
    """How long after the event it was first reported: "3 days after", "the same day", "2 days before" (it was announced)."""
    if days == 0:
        return "the same day"
    return f"{abs(days)} day{'s' if abs(days) > 1 else ''} {'after' if days > 0 else 'before'}"


def told(value: object, field: str) -> str:
    """What one side of a dispute says, in everyday words where the field has codes."""
    text = "nothing" if value in (None, "") else str(value)
    if field == "status":
        return status_word(text)
    return type_label(text) if field in ("event_type", "base_type") else text


@cache
def country_list() -> tuple[tuple[str, str], ...]:
    """(code, name) of every country there is today, by name; what forms offer."""
    known = load_knowledge().countries
    return tuple(
        sorted(
            ((c, k.name) for c, k in known.items() if k.kind != "historical"),
            key=lambda x: x[1],
        )
    )


def tellers(said_by: Iterable[str], titles: Mapping[str, str | None]) -> str:
    """Who says so, by name; a report whose source nobody knows by its title."""
    return ", ".join(
        f"“{shortened(title, 60)}”" if (title := titles.get(who.removeprefix("report "))) else who for who in said_by
    )


def is_state(code: str | None) -> bool:
    """Whether a code is a country, not IGO, NGO and the like."""
    return bool(code) and code not in NON_STATES


def event_sides(event: Json) -> str:
    """Who does it to whom, in plain words: "South Korea to Russia"."""
    sides = [", ".join(dict.fromkeys(p["name"] for p in event[side])) for side in ("actors", "recipients")]
    return shortened(plain(" to ".join(s for s in sides if s) or "somebody"), 120)


def event_title(event: Json) -> str:
    """An event in one line, without marks: "Accuse: South Korea to Russia"."""
    return f"{type_label(event['event_type'])}: {event_sides(event)}"


def event_coding(event: Json) -> str:
    """What a mention was coded as, for pointing at it: "Accuse / disapprove, denied: South Korea to Russia; 2024-02-02"."""
    mode = f" / {words(event['mode'])}" if event["mode"] else ""
    status = "" if event["status"] == "actual" else f", {status_word(event['status'])}"
    return f"{type_label(event['event_type'])}{mode}{status}: {event_sides(event)}; {when(event)}"


def actor_path(actor_id: str) -> str:
    """The address of an actor's page."""
    return "/actor/" + quote(actor_id, safe=":")


def query(pairs: Iterable[tuple[str, str]] | Mapping[str, str]) -> str:
    """The query part of an address, with its question mark; empty when there is nothing to say."""
    text = urlencode(list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs))
    return f"?{text}" if text else ""


def number(value: int | float | None) -> str:
    """A number with thin groups."""
    return "" if value is None else f"{value:,}"


FILTERS = {
    "plain": plain, "when": when, "type_label": type_label, "words": words, "quad_name": quad_name, "status_word": status_word,
    "country": country, "safe_url": safe_url, "data_block": data_block, "event_title": event_title, "event_sides": event_sides, "event_coding": event_coding, "actor_path": actor_path,
    "query": query, "number": number, "lag": lag, "told": told, "tellers": tellers,
}  # fmt: skip
