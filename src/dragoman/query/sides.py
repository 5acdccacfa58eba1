"""One side of a pair: a country, a sector of a country, a sector anywhere, or a person or body by name or id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.errors import UsageError
from dragoman.ontology import sector, sectors
from dragoman.query.codes import country_name, country_names
from dragoman.records.codec import Json

_COUNTRY = re.compile(r"[A-Za-z]{3}")
_SECTOR = re.compile(r"([A-Za-z]{3})?/([A-Za-z]{3})")


@cache
def _by_name() -> dict[str, str]:
    """Usual name, case folded -> country code."""
    return {name.casefold(): code for code, name in country_names().items()}


@dataclass(frozen=True, slots=True)
class Side:
    """Which parties are meant; what is None does not matter.

    Attributes:
        text: As it was written, a country by its code: "KOR", "KOR/MIL", "/REB", "Andrey Rudenko", "state:KOR".
    """

    text: str
    country: str | None = None
    sector: str | None = None
    actor: str | None = None

    @classmethod
    def of(cls, text: str) -> Side:
        """Read a side.

        Raises:
            UsageError: it is empty, or names a sector that PLOVER does not have.
        """
        text = " ".join(text.split())
        if not text:
            raise UsageError("a side of a pair is a country (KOR), a sector (KOR/MIL, /REB) or a name, not nothing.")
        if found := _SECTOR.fullmatch(text):
            code = found[2].upper()
            if code not in sectors():
                raise UsageError(f"there is no sector {code!r}; there are {', '.join(sorted(sectors()))}.")
            return cls(text.upper(), (found[1] or "").upper() or None, code)
        if _COUNTRY.fullmatch(text) and text.upper() in country_names():
            return cls(text.upper(), text.upper())
        code = _by_name().get(text.casefold())  # "South Korea" is KOR; "PLO" is no code and stays a name
        return cls(code, code) if code else cls(text, actor=text)

    @property
    def name(self) -> str:
        """In words: "South Korea", "South Korea: Military", "Rebels", "Andrey Rudenko"."""
        if self.actor:
            return self.actor
        kind = sector(self.sector).label if self.sector else ""
        return ": ".join(x for x in (country_name(self.country), kind) if x)

    def sql(self, column: str) -> tuple[str, list[Any]]:
        """(condition that a list of parties holds this side, values)."""
        tests, values = [], list[Any]()
        if self.country:
            tests.append("p.country = ?")
            values.append(self.country)
        if self.sector:
            tests.append("list_contains(p.sectors, ?)")
            values.append(self.sector)
        if self.actor:
            tests.append('(p.actor_id = ? OR lower(p."name") = lower(?))')
            values += [self.actor, self.actor]
        return f"len(list_filter({column}, lambda p: {' AND '.join(tests)})) > 0", values

    def holds(self, party: Json) -> bool:
        """Whether a party, as plain values, is of this side."""
        if self.actor:
            return bool(party["actor_id"] == self.actor or party["name"].casefold() == self.actor.casefold())
        return (self.country is None or party["country"] == self.country) and (
            self.sector is None or self.sector in (party["sectors"] or ())
        )


def pair_sql(first: str, second: str, *, directed: bool) -> tuple[str, list[Any]]:
    """(condition over `events`, values): one side acts towards the other, or both act together without a recipient."""
    one, two = Side.of(first), Side.of(second)
    (one_acts, v1), (two_acts, v2) = one.sql("actors"), two.sql("actors")
    (one_gets, v3), (two_gets, v4) = one.sql("recipients"), two.sql("recipients")
    cases = [
        (f"({one_acts} AND {two_gets})", v1 + v4),
        (f"({one_acts} AND {two_acts} AND len(recipients) = 0)", v1 + v2),
    ]
    if not directed:
        cases.append((f"({two_acts} AND {one_gets})", v2 + v3))
    return f"({' OR '.join(sql for sql, _ in cases)})", [value for _, values in cases for value in values]
