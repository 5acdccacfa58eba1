"""Sector and non-state country codes, PLOVER's and CAMEO's.

Beware of MED: it means *medical* in PLOVER and *media* in CAMEO, GDELT and Phoenix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from dragoman.ontology.errors import UnknownCodeError
from dragoman.ontology.tables import DATA, read_table


@dataclass(frozen=True, slots=True)
class ActorCode:
    """A sector, or a code that stands where a country would.

    Attributes:
        cameo: CAMEO's code for it, or the nearest there is; None when CAMEO has nothing near.
        exact: Whether `cameo` means the same.
    """

    code: str
    label: str
    definition: str
    cameo: str | None
    exact: bool


@dataclass(frozen=True, slots=True)
class CameoActor:
    """A CAMEO actor code taken apart and put in PLOVER's words.

    Attributes:
        country: ISO 3166-1 alpha-3 or a non-state code; None when the code names none.
        sectors: PLOVER sectors in CAMEO's order.
        rest: Three-letter groups that PLOVER has no word for (religions, ethnic groups, leanings).
    """

    country: str | None
    sectors: tuple[str, ...]
    rest: tuple[str, ...]


@lru_cache(maxsize=1)
def sectors() -> Mapping[str, ActorCode]:
    """PLOVER's sectors by code."""
    return _read("sectors.csv")


@lru_cache(maxsize=1)
def nonstates() -> Mapping[str, ActorCode]:
    """The codes that stand where a country would: IGO, UNO, EUR, NGO, ISM, IMG, MNC."""
    return _read("nonstates.csv")


def sector(code: str) -> ActorCode:
    """A sector by code. Raises UnknownCodeError, with a word of warning for CAMEO's codes."""
    found = sectors().get(code)
    if found is None:
        theirs = _cameo().get(code)
        known = [theirs[1]] if theirs and theirs[0] == "sector" else list(sectors())
        raise UnknownCodeError(code, ontology="plover", known=known, kind="sector")
    return found


def sector_to_cameo(code: str) -> str | None:
    """CAMEO's code for a PLOVER sector, or the nearest: JRN is MED, MED is HLH."""
    return sector(code).cameo


def sector_from_cameo(code: str) -> str | None:
    """The PLOVER sector of a CAMEO type code: MED is JRN, HLH is MED; None when it names no sector.

    Raises:
        UnknownCodeError: CAMEO has no such type code.
    """
    found = _cameo().get(code)
    if found is None:
        raise UnknownCodeError(code, ontology="cameo", known=_cameo(), kind="actor type")
    return found[1] if found[0] == "sector" else None


def country_to_cameo(code: str) -> str:
    """How CAMEO writes a country or non-state code: UNO is IGOUNO, EUR is IGOEEC, a state stays."""
    found = nonstates().get(code)
    return found.cameo or code if found else code


def read_cameo_actor(code: str) -> CameoActor:
    """Take a CAMEO actor code ("RUSGOVMIL", "IGOEEC", "USAMED") apart into PLOVER's words.

    The first group of three letters that is no type code is taken for the country.
    """
    country: str | None = None
    found: list[str] = []
    rest: list[str] = []
    for start in range(0, len(code), 3):
        group = code[start : start + 3]
        kind, plover_code = _cameo().get(group, ("", ""))
        if kind == "sector":
            if plover_code not in found:
                found.append(plover_code)
        elif kind == "country":
            if country in (None, "IGO"):  # IGOUNO: the second group says which
                country = plover_code
            else:
                rest.append(group)
        elif kind == "" and country is None and start == 0:
            country = group
        else:
            rest.append(group)
    return CameoActor(country, tuple(found), tuple(rest))


def _read(file: str) -> Mapping[str, ActorCode]:
    columns = ("code", "label", "cameo", "exact", "definition")
    rows = read_table(DATA / file, columns, key="code")
    return MappingProxyType(
        {
            row["code"]: ActorCode(row["code"], row["label"], row["definition"], row["cameo"] or None, row.yes("exact"))
            for row in rows
        }
    )


@lru_cache(maxsize=1)
def _cameo() -> Mapping[str, tuple[str, str]]:
    """CAMEO type code -> ("sector" | "country" | "none", PLOVER code or "")."""
    columns = ("cameo", "kind", "plover", "exact", "note")
    table: dict[str, tuple[str, str]] = {}
    for row in read_table(DATA / "cameo-actors.csv", columns, key="cameo"):
        kind = row.one_of("kind", ("sector", "country", "none"), empty=False)
        known = {"sector": tuple(sectors()), "country": tuple(nonstates()), "none": ()}[kind]
        table[row["cameo"]] = (kind, row.one_of("plover", known, empty=kind == "none"))
    return MappingProxyType(table)
