"""One country, many codes: ISO, FIPS 10-4, Correlates of War, CAMEO, names; and hashes that fit an integer column."""

from __future__ import annotations

import hashlib
from functools import cache

from dragoman.ontology import country_to_cameo, nonstates, sector, sector_to_cameo
from dragoman.resolve.knowledge import Knowledge, load_knowledge

NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@cache
def _knowledge() -> Knowledge:
    return load_knowledge()


def country_name(code: str | None) -> str:
    """The country's usual name; a non-state code's label; "" for None."""
    if not code:
        return ""
    if code in NON_STATES:
        return nonstates()[code].label
    known = _knowledge().countries.get(code)
    return known.name if known else code


def country_names() -> dict[str, str]:
    """Code -> usual name of every country, territory and historical state; today's after those of the past."""
    found = {code: country.name for code, country in _knowledge().countries.items()}
    return found | {code: nonstates()[code].label for code in NON_STATES}


def iso2(code: str | None) -> str:
    """ISO 3166-1 alpha-2; "" when there is none."""
    known = _knowledge().countries.get(code or "")
    return known.iso2 if known else ""


def fips(code: str | None) -> str:
    """FIPS 10-4, as GDELT's places have it (UK, not GB); "" when there is none."""
    known = _knowledge().countries.get(code or "")
    return known.fips if known else ""


def cow(code: str | None) -> str:
    """Correlates of War number as text; "" when the country is not in the list."""
    known = _knowledge().countries.get(code or "")
    return str(known.cow) if known and known.cow is not None else ""


def cameo_country(code: str | None) -> str:
    """CAMEO's three letters; "" when there are none."""
    if not code:
        return ""
    if code in NON_STATES:
        return country_to_cameo(code) or code
    known = _knowledge().countries.get(code)
    return (known.cameo if known else "") or code


def cameo_types(sectors: list[str]) -> list[str]:
    """CAMEO type codes of PLOVER sectors, those that CAMEO has, in order, without repeats; JRN becomes MED."""
    return list(dict.fromkeys(c for s in sectors if (c := sector_to_cameo(s))))


def sector_names(sectors: list[str]) -> str:
    """Sector labels joined by commas, as ICEWS writes them."""
    return ",".join(sector(s).label for s in sectors)


def number_of(text_id: str) -> int:
    """A positive 63-bit integer from an id: the same id gives the same number."""
    return int.from_bytes(hashlib.sha256(text_id.encode()).digest()[:8], "big") >> 1


def flat_text(value: object) -> str:
    """Text for a tab-separated cell: tabs and line breaks become spaces, None is empty."""
    return (
        "" if value is None else " ".join(str(value).split()) if any(c in str(value) for c in "\t\r\n") else str(value)
    )
