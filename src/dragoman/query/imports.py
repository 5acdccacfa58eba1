"""Other people's event tables into a record, for comparison and migration: ICEWS, GDELT 2.0 (and 1.0), POLECAT, and the codings of
PETRARCH's validation XML.

These tables have no text (PETRARCH's has: `dragoman code` reads it; here only what others coded in it is taken). Every imported event says so in its trail ("imported, no text"), has an empty sentence and no
spans, and shares one report without text per file. A row that cannot be read is a `Problem`, never a guess.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from dragoman.errors import DragomanError, NoSuchPathError, UsageError
from dragoman.ontology import goldstein, plover, read_cameo_actor, score, sectors, to_plover
from dragoman.query import codes
from dragoman.query.layouts import GDELT_EVENTS
from dragoman.records import EventMention, Origin, Party, PlaceRef, Problem, Report, Step
from dragoman.store import CodedReport, Writer

MARK = "imported, no text"
UNSTATED_CONFIDENCE = 0.5
"""These tables give no confidence; even odds, so that a threshold above them leaves imported events out."""

GDELT_1 = tuple(name for name in GDELT_EVENTS if not name.endswith("ADM2Code"))
_NOTHING = frozenset({"", "NA", "None", "NULL", "nan"})
ICEWS_SECTORS = {
    "executive": "GOV", "foreign ministry": "GOV", "ministry": "GOV", "government": "GOV", "executive office": "GOV", "military": "MIL", "army": "MIL",
    "police": "COP", "intelligence": "SPY", "legislative / parliamentary": "LEG", "legislature": "LEG", "judicial": "JUD", "parties": "PTY",
    "opposition": "OPP", "rebel": "REB", "radicals / extremists / fundamentalists": "REB", "separatists": "REB", "unidentified forces": "UAF",
    "criminals / gangs": "CRM", "business": "BUS", "labor": "LAB", "agricultural": "AGR", "general population / civilian / social": "CVL", "social": "CVL",
    "ngos": "SOC", "protestors / popular opposition / mobs": "OPP", "religious": "REL", "education": "EDU", "news": "JRN", "media": "JRN",
    "medical / health": "MED", "refugees / displaced": "REF", "elite": "ELI",
}  # fmt: skip
"""ICEWS sector names, in lower case, and the PLOVER sector each stands for; names of PLOVER's own sectors are understood as well."""

Row = Mapping[str, str | None]


def import_file(writer: Writer, path: Path, form: str) -> tuple[int, list[Problem]]:
    """Add the events of a table to an open record; (events read, rows that could not be read).

    The record's events are then older than its mentions: derive them anew (`dragoman.api.remerge`).

    Raises:
        UsageError: another form than those of READERS, or XML that is not well-formed. NoSuchPathError: there is no such file.
    """
    if form not in READERS:
        raise UsageError(f"there is no table {form!r} to import; there are {', '.join(READERS)}.")
    if not path.is_file():
        raise NoSuchPathError(path)
    data = _bytes(path)
    report_id = hashlib.sha256(f"import\n{form}\n".encode() + data).hexdigest()[:16]
    mentions: dict[str, EventMention] = {}
    problems: list[Problem] = []
    for number, row in enumerate(_rows(data, form), start=1):
        try:
            mention = READERS[form](row, report_id)
        except (ValueError, KeyError, DragomanError) as error:
            problems.append(_problem(path, number, f"{error}"))
            continue
        twin = mentions.get(mention.mention_id)
        mentions[mention.mention_id] = _together(twin, mention) if twin else mention
    report = Report(report_id, "", None, None, None, None, None, "en", (Origin(str(path), "", form),))
    writer.add([CodedReport(report, tuple(mentions.values()))], [], problems, coder=f"import:{form}")
    return len(mentions), problems


def _bytes(path: Path) -> bytes:
    """The file, or the first member of a zip."""
    if path.suffix.lower() != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return archive.read(archive.namelist()[0])


def _rows(data: bytes, form: str) -> Iterator[Row]:
    """Rows by column name, "" and the words for nothing as None; UTF-8, or Latin-1 where that fails."""
    if form == "petrarch":
        yield from _codings(data)
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    names: tuple[str, ...] | None = None
    for cells in lines:
        if not any(cells):
            continue
        if form == "gdelt":
            names = GDELT_1 if len(cells) == len(GDELT_1) else GDELT_EVENTS
        elif names is None:
            names = tuple("Intensity" if c.strip() == "Event Intensity" else c.strip() for c in cells)
            continue
        yield {
            name: None if cell.strip() in _NOTHING else cell.strip() for name, cell in zip(names, cells, strict=False)
        }


def _codings(data: bytes) -> Iterator[Row]:
    """The `<EventCoding>` elements of PETRARCH's validation XML, with the date and the id of their sentence or article; those
    that say that there is no event are no rows."""
    from defusedxml import ElementTree

    try:
        root = ElementTree.fromstring(data)
    except Exception as error:  # ParseError, and defusedxml's refusals of entities and bombs
        raise UsageError(f"the file is not well-formed XML ({error}); give PETRARCH's validation XML.") from error
    for node in root.iter():
        if node.tag not in ("Sentence", "Article"):
            continue
        about = {name: node.get(name) or None for name in ("date", "id", "source")}
        codings = [found.attrib for found in node.iter("EventCoding") if found.get("eventcode")]
        for number, coding in enumerate(codings, start=1):
            coded = {name: coding.get(name) or None for name in ("eventcode", "sourcecode", "targetcode")}
            yield about | coded | {"number": str(number)}


def _problem(path: Path, number: int, reason: str) -> Problem:
    return Problem(
        str(path),
        f"row {number}",
        "bad-import",
        reason,
        "The row was left out; correct it in the table and import again.",
    )


def _need(row: Row, name: str) -> str:
    value = row.get(name)
    if value is None:
        raise ValueError(f"no {name}")
    return value


def _icews(row: Row, report_id: str) -> EventMention:
    """ICEWS: a symmetric event is a row each way, which have one story, sentence, day, code and pair."""
    day, code = date.fromisoformat(_need(row, "Event Date")), _need(row, "CAMEO Code")
    sides = tuple(_icews_side(row, side) for side in ("Source", "Target"))
    key = "/".join(
        (
            *sorted(p.name for side in sides for p in side),
            row.get("Story ID") or "",
            row.get("Sentence Number") or "",
            code,
        )
    )
    actors, recipients = sides
    return _mention(
        report_id, f"{day}/{key}", day, day, code, actors, recipients, row.get("Publisher"), None,
        _place(row.get("City") or row.get("Province") or row.get("Country"), _country(row.get("Country")), row.get("Province"), row.get("Latitude"),
               row.get("Longitude"), None, "city" if row.get("City") else "admin1" if row.get("Province") else "country"),
        row.get("Event Text") or code,
    )  # fmt: skip


def _icews_side(row: Row, prefix: str) -> tuple[Party, ...]:
    name = row.get(f"{prefix} Name")
    if name is None:
        return ()
    country = _country(row.get(f"{prefix} Country"))
    role = name.removesuffix(f" ({row.get(f'{prefix} Country')})")
    found = (_sector(word) for word in (row.get(f"{prefix} Sectors") or "").split(","))
    return (_party(role, country, tuple(dict.fromkeys(s for s in found if s))),)


def _sector(word: str) -> str | None:
    folded = word.strip().casefold()
    return next((s.code for s in sectors().values() if s.label.casefold() == folded), None) or ICEWS_SECTORS.get(folded)


def _gdelt(row: Row, report_id: str) -> EventMention:
    """GDELT events: actors from their CAMEO codes, place from FIPS codes; quad class and scores are worked out anew."""
    text = _need(row, "SQLDATE")
    day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    added = row.get("DATEADDED") or ""
    seen = date(int(added[:4]), int(added[4:6]), int(added[6:8])) if len(added) >= 8 else None
    kind = {"1": "country", "2": "admin1", "5": "admin1"}.get(row.get("ActionGeo_Type") or "", "city")
    full = row.get("ActionGeo_FullName")
    place = _place(
        full.split(",")[0] if full else None, _by_fips().get(row.get("ActionGeo_CountryCode") or ""), None, row.get("ActionGeo_Lat"),
        row.get("ActionGeo_Long"), row.get("ActionGeo_FeatureID"), kind,
    )  # fmt: skip
    actors, recipients = _gdelt_side(row, "Actor1"), _gdelt_side(row, "Actor2")
    made = _mention(
        report_id, _need(row, "GLOBALEVENTID"), day, day, _need(row, "EventCode"), actors, recipients, None, row.get("SOURCEURL"), place, None
    )  # fmt: skip
    return replace(made, published=seen)


def _gdelt_side(row: Row, prefix: str) -> tuple[Party, ...]:
    code = row.get(f"{prefix}Code")
    if code is None:
        return ()
    read = read_cameo_actor(code)
    return (_party(row.get(f"{prefix}Name") or code, read.country, read.sectors),)


def _polecat(row: Row, report_id: str) -> EventMention:
    """POLECAT: PLOVER codes as they stand, modes and contexts in POLECAT's spelling."""
    day, kind = date.fromisoformat(_need(row, "Event Date")), _need(row, "Event Type").upper()
    mode = _modes().get((kind, (row.get("Event Mode") or "").casefold()))
    contexts = tuple(
        _contexts()[c.strip().casefold()]
        for c in (row.get("Contexts") or "").split(",")
        if c.strip().casefold() in _contexts()
    )
    precise = "city" if row.get("City") else "admin1" if row.get("Province") else "country"
    place = _place(
        row.get("Placename") or row.get("City"), row.get("Country"), row.get("Province"), row.get("Latitude"), row.get("Longitude"),
        row.get("GeoNames ID"), row.get("Feature Type") if row.get("Feature Type") in ("country", "admin1", "city", "site", "region", "sea") else precise,
    )  # fmt: skip
    published = row.get("Publication Date")
    made = _mention(
        report_id, _need(row, "Event ID"), day, day, None, _polecat_side(row, "Actor"), _polecat_side(row, "Recipient"), row.get("Source"), None, place,
        None, (kind, mode, contexts),
    )  # fmt: skip
    return replace(made, published=date.fromisoformat(published[:10]) if published else None)


def _polecat_side(row: Row, prefix: str) -> tuple[Party, ...]:
    name = row.get(f"{prefix} Name") or row.get(f"{prefix} Name Raw")
    if name is None:
        return ()
    found = tuple(s.strip() for s in (row.get(f"{prefix} Sectors") or "").split(",") if s.strip() in sectors())
    party = _party(name, row.get(f"{prefix} Country"), found)
    return (replace(party, text=row.get(f"{prefix} Name Raw") or name, office=row.get(f"{prefix} Title")),)


def _petrarch(row: Row, report_id: str) -> EventMention:
    """PETRARCH: a CAMEO code and an actor code for each side; "---" stands for a side that is not known."""
    text = _need(row, "date")
    day = date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text[:8].isdigit() else date.fromisoformat(text)
    code = _need(row, "eventcode")
    actors, recipients = (_petrarch_side(row.get(name)) for name in ("sourcecode", "targetcode"))
    key = f"{_need(row, 'id')}/{row.get('number')}"
    return _mention(report_id, key, day, day, code, actors, recipients, row.get("source"), None, None, code)


def _petrarch_side(code: str | None) -> tuple[Party, ...]:
    if code is None or not code.strip("-"):
        return ()
    read = read_cameo_actor(code)
    name = codes.country_name(read.country) if read.country and code == read.country else code
    return (_party(name, read.country, read.sectors),)


READERS: Mapping[str, Callable[[Row, str], EventMention]] = {
    "icews": _icews, "gdelt": _gdelt, "polecat": _polecat, "petrarch": _petrarch,
}  # fmt: skip


def _party(name: str, country: str | None, found: tuple[str, ...]) -> Party:
    kind = "state" if name.casefold() == codes.country_name(country).casefold() else "other"
    return Party(name, name, f"state:{country}" if kind == "state" else None, kind, country, found, None)


def _place(
    name: str | None,
    country: str | None,
    admin1: str | None,
    lat: str | None,
    lon: str | None,
    geoname: str | None,
    precision: str | None,
) -> PlaceRef | None:
    if name is None:
        return None
    number = int(geoname) if geoname and geoname.isdigit() else None
    return PlaceRef(
        name, country, admin1, float(lat) if lat else None, float(lon) if lon else None, number, precision or "city"
    )


def _mention(
    report_id: str, key: str, start: date, end: date, cameo: str | None, actors: tuple[Party, ...], recipients: tuple[Party, ...],
    source: str | None, url: str | None, place: PlaceRef | None, words: str | None, known: tuple[str, str | None, tuple[str, ...]] | None = None,
) -> EventMention:  # fmt: skip
    """A mention without words; its id comes from the table's own key."""
    if known:
        (kind, mode, contexts), base, status = known, known[0], "actual"
    else:
        assert cameo is not None
        mapped = to_plover(cameo)
        if mapped is None:
            raise ValueError(f"CAMEO {cameo} is a plain statement, which PLOVER does not code")
        kind, mode, contexts, base, status = (
            mapped.event_type,
            mapped.mode,
            mapped.contexts,
            mapped.base_type,
            mapped.status,
        )
    return EventMention(
        mention_id=hashlib.sha256(f"{report_id}\n{key}".encode()).hexdigest()[:16], report_id=report_id, source=source, url=url, published=None,
        sentence_index=0, sentence="", sentence_start=0, sentence_end=0, trigger_text=words or "", trigger=(0, 0), event_type=kind, base_type=base,
        mode=mode, contexts=contexts, cameo=cameo, quad_class=plover().type(kind).quad, plover_score=score(kind, mode),
        goldstein=goldstein(cameo) if cameo else None, status=status, actors=actors, recipients=recipients, date_start=start, date_end=end,
        date_precision="day", date_found="import", place=place, attribution=(), quantities=(), confidence=UNSTATED_CONFIDENCE, spans={},
        trail=(Step("event_type", "import", MARK, None),),
    )  # fmt: skip


def _together(one: EventMention, two: EventMention) -> EventMention:
    """Two rows with one key: mirror images become one reciprocal event, several pairs one event with all parties."""
    if one.actors == two.recipients and one.recipients == two.actors and one.actors:
        return replace(one, actors=(*one.actors, *one.recipients), recipients=())
    return replace(
        one,
        actors=tuple(dict.fromkeys((*one.actors, *two.actors))),
        recipients=tuple(dict.fromkeys((*one.recipients, *two.recipients))),
    )


@cache
def _by_name() -> Mapping[str, str]:
    """Country names, folded -> code."""
    return {name.casefold(): code for code, name in codes.country_names().items()} | {
        c.casefold(): c for c in codes.NON_STATES
    }


def _country(name: str | None) -> str | None:
    return _by_name().get(name.casefold()) if name else None


@cache
def _by_fips() -> Mapping[str, str]:
    return {f: code for code in codes.country_names() if (f := codes.fips(code))}


@cache
def _modes() -> Mapping[tuple[str, str], str]:
    """(type, POLECAT's word) -> mode; our own word as well."""
    ontology = plover()
    found = {}
    for key in ontology.mode_keys:
        kind, _, mode = key.partition(".")
        found[kind, mode.casefold()] = mode
        if theirs := ontology.mode_as("polecat", kind, mode):
            found[kind, theirs.casefold()] = mode
    return found


@cache
def _contexts() -> Mapping[str, str]:
    ontology = plover()
    return {word.casefold(): c for c in ontology.context_codes for word in (c, ontology.context_as("polecat", c))}
