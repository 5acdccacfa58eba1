"""What ships about the world, looked up by name, id and date.

The files under `dragoman/knowledge/` are edited by hand; `tools/compile_knowledge.py` packs them
into one file, which `load_knowledge` reads. A user's folder of the same form is merged on top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from dragoman.resolve.known import (
    Body,
    Country,
    GenericBody,
    Hit,
    Office,
    Period,
    Person,
    Role,
    Spell,
)
from dragoman.resolve.normalise import is_acronym, normalise, singular
from dragoman.resolve.packed import check_references, compiled_rows, read_folder
from dragoman.resolve.person_names import short_names
from dragoman.resolve.tables import BODY_TABLES, TABLES, Row

# Posts that are what their body is: the head of a party is PTY, of a militia REB.
TAKES_BODYS_SECTOR = frozenset({"leader", "deputy_leader", "body_spokesperson", "commander"})


class Knowledge:
    """Everything the knowledge files say, looked up by name, id and date. Read-only."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._rows = rows
        self.countries = {c.code: c for c in _countries(rows["countries"])}
        self.bodies = {b.id: b for b in _bodies(rows)}
        self.generic_bodies = tuple(
            GenericBody(r["phrase"], r["type"], _split(r["sectors"])) for r in rows["generic_bodies"]
        )
        self.peoples = {normalise(word): _split(r["countries"]) for r in rows["peoples"] for word in _split(r["words"])}
        self.regions = frozenset(normalise(r["name"]) for r in rows["regions"] if r["kind"] == "name")
        self.region_adjectives = {normalise(r["name"]): r["region"] for r in rows["regions"] if r["kind"] != "name"}
        self.led_by_head_of_state = frozenset(r["country"] for r in rows["governance"] if r["led_by"])
        self.federal = frozenset(r["country"] for r in rows["governance"] if r["parts"])
        self.party_words = frozenset(r["word"].lower() for r in rows["party_words"])
        self.not_places = frozenset(r["word"] for r in rows["not_places"])
        self.directions = frozenset(r["word"].lower() for r in rows["place_words"] if r["kind"] == "direction")
        self.division_words = frozenset(r["word"].lower() for r in rows["place_words"] if r["kind"] == "division")
        self.place_kinds = {r["kind"]: r["precision"] for r in rows["place_kinds"]}
        self.division_abbreviations = {
            normalise(short).replace(" ", ""): r["division"]
            for r in rows["division_abbreviations"]
            for short in _split(r["abbreviations"])
        }
        self.offices = {o.key: o for o in map(_office, rows["offices"])}
        self.people = {p.id: p for p in self._people(rows["people"])}

    def lookup(self, name: str, on: date | None = None) -> tuple[Hit, ...]:
        """All countries, bodies and persons of that name; with `on`, only names in use that day.

        The lookup folds case, accents and punctuation (see `normalise`); acronyms keep their case.
        A person's name has no period: whether the person was in office is the caller's question.
        """
        upper = name.upper() == name
        return tuple(
            hit for hit in self._index.get(normalise(name), ()) if hit.period.covers(on) and (upper or not hit.exact)
        )

    def homes(self, name: str) -> tuple[str, ...]:
        """Codes of the states where the people lives that the name begins with, the likeliest first: "Kurdish fighters"."""
        first = next((at for at, word in enumerate(name.split()) if word[:1].isupper() and normalise(word)), 0)
        words = [normalise(word) for word in name.split()[first : first + 2]]
        return self.peoples.get(" ".join(words)) or self.peoples.get(words[0] if words else "") or ()

    def keys(self) -> Iterator[tuple[str, tuple[Hit, ...]]]:
        """Every normalised name with what it may mean, for building matchers."""
        for key, hits in self._index.items():
            yield key, tuple(hits)

    def roles(self, phrase: str) -> tuple[Role, ...]:
        """The meanings of a role phrase, in general and in particular countries.

        A plural that has no entry of its own has the meanings of its singular.
        """
        key = normalise(phrase)
        found = self._roles.get(key) or self._roles.get(singular(key)) or []
        return tuple(found)

    def role_keys(self) -> Iterator[tuple[str, tuple[Role, ...]]]:
        """Every normalised role phrase with its meanings."""
        for key, roles in self._roles.items():
            yield key, tuple(roles)

    def role_for(self, phrase: str, country: str | None) -> Role | None:
        """A phrase's meaning in a country: that country's own, else the general one."""
        meanings = {role.country: role for role in self.roles(phrase)}
        return meanings.get(country) or meanings.get(None)

    def holders(self, office: str, country: str, on: date | None = None, body: str | None = None) -> tuple[Spell, ...]:
        """Who held an office of a country (or of a body) on a day; all holders when `on` is None.

        Several on one day are possible: a day of change, or an office that is not single.
        """
        return tuple(
            spell
            for spell in self._spells.get((office, country), ())
            if spell.period.covers(on) and (body is None or spell.body == body)
        )

    def spells_on(self, person: str, on: date | None = None) -> tuple[Spell, ...]:
        """The offices a person held on a day, the highest first."""
        held = (spell for spell in self.people[person].spells if spell.period.covers(on))
        return tuple(sorted(held, key=lambda spell: spell.rank))

    def code_of(self, country: str) -> str:
        """The code an event carries for a country's code (the sovereign's for a dependency)."""
        known = self.countries.get(country)
        return known.coded_as if known else country

    def coded(self, country: str | None) -> str | None:
        """The same for what may be None."""
        return self.code_of(country) if country else None

    def extra_places(self) -> tuple[Row, ...]:
        """The rows of places that gazetteers lack; `gazetteer` makes entries of them."""
        return tuple(self._rows["places_extra"])

    def divisions(self) -> tuple[Row, ...]:
        """The rows of first-level divisions that correct the gazetteer's."""
        return tuple(self._rows["divisions"])

    @cached_property
    def _index(self) -> dict[str, list[Hit]]:
        index: dict[str, list[Hit]] = defaultdict(list)
        for hit in _hits(self.countries, self._rows["country_names"], self.bodies, self.people):
            key = normalise(hit.text)
            if not key:
                continue
            meant = (hit.kind, hit.id, hit.how, hit.period)
            same = next((i for i, h in enumerate(index[key]) if (h.kind, h.id, h.how, h.period) == meant), None)
            if same is None:
                index[key].append(hit)
            elif not hit.exact:  # "Nato" beside "NATO": the name need not be in capitals
                index[key][same] = hit
        return dict(index)

    @cached_property
    def _roles(self) -> dict[str, list[Role]]:
        index: dict[str, list[Role]] = defaultdict(list)
        for row in self._rows["roles"]:
            index[normalise(row["phrase"])].append(
                Role(
                    row["phrase"],
                    row["kind"],
                    _split(row["sectors"]),
                    int(row["rank"]),
                    row["office"] or None,
                    row["country"] or None,
                )
            )
        return dict(index)

    @cached_property
    def _spells(self) -> dict[tuple[str, str], list[Spell]]:
        index: dict[tuple[str, str], list[Spell]] = defaultdict(list)
        for person in self.people.values():
            for spell in person.spells:
                index[spell.office, spell.country].append(spell)
        for spells in index.values():
            spells.sort(key=lambda spell: spell.period.start or "")
        return dict(index)

    def _people(self, rows: Iterable[Row]) -> Iterator[Person]:
        by_id: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_id[row["id"]].append(row)
        for person, lines in by_id.items():
            spells = sorted(map(self._spell, lines), key=lambda spell: spell.period.start or "")
            names = [line["name"] for line in lines]
            given = (alias for line in lines for alias in _split(line["aliases"]))
            aliases = dict.fromkeys([*names[1:], *given])
            short = short_names(names[0], lines[0]["country"])
            others = tuple(alias for alias in aliases if alias != names[0])
            yield Person(person, names[0], short[0], short, others, tuple(spells))

    def _spell(self, row: Row) -> Spell:
        office = self.offices[row["office"]]
        body = self.bodies.get(row["body"])
        sectors = body.sectors if body and office.key in TAKES_BODYS_SECTOR else office.sectors
        return Spell(row["id"], office.key, row["country"], row["body"] or None, sectors, office.rank, _period(row))


def load_knowledge(extra: Sequence[Path] = ()) -> Knowledge:
    """Load what ships, with a user's folders of knowledge files merged on top.

    Raises:
        KnowledgeFileError: A line of the user's files cannot be used. What ships stays untouched:
            `load_knowledge()` still works.
    """
    if not extra:
        return _shipped()
    rows = {name: list(found) for name, found in compiled_rows().items()}
    for folder in extra:
        for name, own in read_folder(folder).items():
            rows[name] = _override(rows[name], own, TABLES[name].key)
    check_references(rows)
    return Knowledge(rows)


@cache
def _shipped() -> Knowledge:
    return Knowledge(compiled_rows())


def _override(shipped: list[Row], own: list[Row], key: tuple[str, ...]) -> list[Row]:
    replaced = {tuple(row[column] for column in key) for row in own}
    kept = [row for row in shipped if tuple(row[column] for column in key) not in replaced]
    return kept + own


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _period(row: Row) -> Period:
    return Period(row["from"] or None, row["to"] or None)


def _countries(rows: Iterable[Row]) -> Iterator[Country]:
    for row in rows:
        yield Country(
            code=row["code"],
            coded_as=row["sovereign"] or row["code"],
            name=row["name"],
            official=row["official"],
            kind=row["kind"],
            iso2=row["iso2"],
            fips=row["fips"],
            cow=int(row["cow"]) if row["cow"] else None,
            cow_abbr=row["cow_abbr"],
            cameo=row["cameo"],
            capital=row["capital"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            neighbours=_split(row["neighbours"]),
            sectors=("PRE",) if row["kind"] == "breakaway" else (),
            period=_period(row),
        )


def _bodies(rows: Mapping[str, Sequence[Row]]) -> Iterator[Body]:
    for table in BODY_TABLES:
        for row in rows[table]:
            yield Body(
                row["id"],
                row["name"],
                table,
                row["type"],
                row["country"],
                _split(row["sectors"]),
                _split(row["aliases"]),
                _period(row),
                row["note"],
            )


def _office(row: Row) -> Office:
    return Office(row["office"], row["title"], _split(row["sectors"]), int(row["rank"]), row["single"] == "yes")


def _hits(
    countries: Mapping[str, Country],
    names: Iterable[Row],
    bodies: Mapping[str, Body],
    people: Mapping[str, Person],
) -> Iterator[Hit]:
    for country in countries.values():
        for how in ("name", "official", "capital"):
            text = getattr(country, how)
            if text:
                yield _hit("country", country.code, how, text, country.period)
    for row in names:
        own = _period(row)
        period = own if own.start or own.end else countries[row["code"]].period
        yield _hit("country", row["code"], row["kind"], row["name"], period)
    for body in bodies.values():
        yield _hit("body", body.id, "name", body.name, body.period)
        for alias in body.aliases:
            yield _hit("body", body.id, "alias", alias, body.period)
    for person in people.values():
        yield _hit("person", person.id, "name", person.name, Period())
        for alias in person.aliases:
            yield _hit("person", person.id, "alias", alias, Period())
        for short in person.short_names:
            yield _hit("person", person.id, "surname", short, Period())


def _hit(kind: str, key: str, how: str, text: str, period: Period) -> Hit:
    return Hit(kind, key, how, text, period, kind != "person" and is_acronym(text))
