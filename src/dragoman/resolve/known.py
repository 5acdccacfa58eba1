"""Records of what the knowledge files say: countries, bodies, offices, roles, persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Years, months or days from `start` to `end`, both inclusive; None is open."""

    start: str | None = None
    end: str | None = None

    def covers(self, day: date | None) -> bool:
        """Whether the day falls in the period; a day of None falls in every period."""
        if day is None:
            return True
        iso = day.isoformat()
        after = self.start is None or iso[: len(self.start)] >= self.start
        return after and (self.end is None or iso[: len(self.end)] <= self.end)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Country:
    """A state, territory or breakaway entity.

    Attributes:
        code: ISO 3166-1 alpha-3 where there is one (KOS for Kosovo, own codes for the breakaway).
        coded_as: The code an event carries: the sovereign's for dependencies and breakaways, the
            successor's for historical states that have a single one, otherwise `code`.
        sectors: ("PRE",) for breakaway entities, else ().
        kind: member, observer, partial, dependency, breakaway, historical or area.
        lat, lon: Centroid, degrees.
        neighbours: Codes of the countries that share a land border.
    """

    code: str
    coded_as: str
    name: str
    official: str
    kind: str
    iso2: str
    fips: str
    cow: int | None
    cow_abbr: str
    cameo: str
    capital: str
    lat: float
    lon: float
    neighbours: tuple[str, ...]
    sectors: tuple[str, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation of any sort.

    Attributes:
        kind: The table it comes from: institutions, organisations, armed_groups, parties, media
            or companies.
        type: What it is within its kind (ministry, parliament, army, agency, alliance, ...).
        country: ISO alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC.
        sectors: PLOVER sectors, the primary one first.
    """

    id: str
    name: str
    kind: str
    type: str
    country: str
    sectors: tuple[str, ...]
    aliases: tuple[str, ...]
    period: Period
    note: str

    @property
    def is_agency(self) -> bool:
        """Whether it is a news agency, whose reports others carry."""
        return self.kind == "media" and self.type == "agency"


@dataclass(frozen=True, slots=True)
class GenericBody:
    """A body every state has ("foreign ministry"): with a country's adjective, a known actor."""

    phrase: str
    type: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A post, the same in every country.

    Attributes:
        rank: 1 head of state, 2 of government, 3 deputies of these and heads of international
            bodies, 4 ministers, 5 deputies and ambassadors, 6 heads of agencies and spokespersons,
            7 members of parliament, judges, generals, 8 officials, 9 everyone else.
        single: Whether one person holds it at a time in a country or body.
    """

    key: str
    title: str
    sectors: tuple[str, ...]
    rank: int
    single: bool


@dataclass(frozen=True, slots=True)
class Role:
    """A word or phrase for what someone is.

    Attributes:
        kind: office, occupation or group (a crowd noun: protesters, farmers).
        office: Key of the office it names, or None.
        country: The country the phrase means when none is named ("taoiseach"), or None. A phrase
            may have one meaning per country, and one for all others.
    """

    phrase: str
    kind: str
    sectors: tuple[str, ...]
    rank: int
    office: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Spell:
    """One person's time in one office; `body` is the id of the body it belongs to, or None."""

    person: str
    office: str
    country: str
    body: str | None
    sectors: tuple[str, ...]
    rank: int
    period: Period


@dataclass(frozen=True, slots=True)
class Person:
    """A person and the offices held, earliest first.

    Attributes:
        family: The part of the name that usually stands for it, e.g. "Lavrov", "Xi", "Abiy".
        short_names: All parts that may stand for it, `family` first ("al-Sisi", "Sisi").
    """

    id: str
    name: str
    family: str
    short_names: tuple[str, ...]
    aliases: tuple[str, ...]
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a name may mean.

    Attributes:
        kind: "country", "body" or "person".
        id: Its key in `Knowledge.countries`, `.bodies` or `.people`.
        how: Which sort of name it is: name, official, short, abbreviation, adjective, demonym,
            capital, seat, metonym (countries); name, alias (bodies, persons); surname (persons).
        text: The name as the file spells it.
        exact: The name is an acronym and only counts in capitals ("WHO", never "who").
    """

    kind: str
    id: str
    how: str
    text: str
    period: Period
    exact: bool
