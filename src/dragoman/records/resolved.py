"""From named to known: which actor, which place, which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.records.reading import Mention, Reading
from dragoman.records.trail import Trail


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a mention names, on the event's date.

    Attributes:
        actor_id: Stable id ("per:sergey-lavrov", "state:RUS", "org:RUS:mfa", "igo:nato", "new:<hash>" for one learnt
            from the reports themselves); None when the mention stays unresolved.
        name: Preferred name; the mention's own words when unresolved.
        kind: person, office, state, institution, igo, armed-group, party, company, media, ngo, crowd, other.
        country: ISO 3166-1 alpha-3 or IGO, UNO, EUR, NGO, ISM, IMG, MNC; None when unknown.
        sectors: PLOVER sector codes, primary first; empty for a state as a whole.
        office: Office held on the date, in words ("foreign minister"), or None.
        confidence: Probability that country and identity are right.
        candidates: Other actor ids that were considered and not ruled out.
    """

    actor_id: str | None
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map.

    Attributes:
        precision: "site", "city", "admin1", "country", "region", "sea"; never finer than the words.
        geonameid: GeoNames id or None; lat, lon: degrees WGS84 or None.
    """

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ends included; precision day, week, month, year (or "decade"); `anchor` says what it counts from."""

    start: date
    end: date
    precision: str
    anchor: str = "absolute"


@dataclass(frozen=True, slots=True)
class ResolvedMention:
    """A mention with what it was found to be; exactly one of actors/place/when/quantity is set when it was resolved at all.

    Attributes:
        sentence: Index of its sentence.
        index: Index into `Sentence.mentions` of that sentence.
        entity: Number of the entity within the report (coreference): mentions with the same number are the same thing.
        actors: Whom it names; several for "the two countries"; empty when it is no actor here.
        place, when: What it is when read as a place or a time.
        role_here: "actor", "place", "time", "quantity" or "none": what the mention is in this sentence (metonymy decided).
        trail: Why.
    """

    sentence: int
    index: int
    mention: Mention
    entity: int
    actors: tuple[Actor, ...]
    place: Place | None
    when: When | None
    role_here: str
    trail: Trail = ()


@dataclass(frozen=True, slots=True)
class ResolvedReading:
    """A reading with its mentions resolved, ordered by (sentence, index): `mentions[s][i]` belongs to `sentences[s].mentions[i]`.

    Attributes:
        setting: The story's own place (dateline or first place of the lead), or None.
        story_date: The date the story starts from (publication date unless the dateline says otherwise), or None.
    """

    reading: Reading
    mentions: tuple[tuple[ResolvedMention, ...], ...]
    setting: Place | None
    story_date: date | None
