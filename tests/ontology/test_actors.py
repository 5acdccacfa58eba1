"""Sectors and non-state codes; above all, that MED is not MED."""

from __future__ import annotations

import pytest

from dragoman.ontology import (
    UnknownCodeError,
    country_to_cameo,
    nonstates,
    read_cameo_actor,
    sector,
    sector_from_cameo,
    sector_to_cameo,
    sectors,
)

SECTORS = """GOV MIL COP SPY LEG JUD PTY OPP PRM REB UAF CRM BUS LAB AGR CVL SOC REL EDU JRN MED REF ELI
PRE UNK""".split()  # noqa: SIM905


def test_the_sectors_and_the_codes_in_place_of_a_country():
    assert list(sectors()) == SECTORS
    assert list(nonstates()) == ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("JRN", "MED"), ("MED", "HLH"), ("GOV", "GOV"), ("SOC", "CVL"), ("PRE", None)],
)
def test_a_sector_in_cameo(ours, theirs):
    assert sector_to_cameo(ours) == theirs


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("MED", "JRN"), ("HLH", "MED"), ("INS", "REB"), ("SEP", "REB"), ("HRI", "SOC"), ("RAD", None),
     ("IGO", None)],
)  # fmt: skip
def test_a_cameo_type_code_as_a_sector(theirs, ours):
    assert sector_from_cameo(theirs) == ours


def test_a_sector_that_means_the_same_in_both_comes_back():
    for code, entry in sectors().items():
        if entry.exact:
            assert entry.cameo is not None
            assert sector_from_cameo(entry.cameo) == code


def test_a_cameo_code_in_a_sectors_place_is_named():
    with pytest.raises(UnknownCodeError, match="Did you mean 'MED'"):
        sector("HLH")
    with pytest.raises(UnknownCodeError):
        sector_from_cameo("XYZ")


@pytest.mark.parametrize(("ours", "theirs"), [("UNO", "IGOUNO"), ("EUR", "IGOEEC"), ("ISM", "NGM"), ("KOR", "KOR")])
def test_a_country_in_cameo(ours, theirs):
    assert country_to_cameo(ours) == theirs


@pytest.mark.parametrize(
    ("code", "country", "found", "rest"),
    [
        ("RUSGOVMIL", "RUS", ("GOV", "MIL"), ()),
        ("USAMED", "USA", ("JRN",), ()),
        ("IGOUNO", "UNO", (), ()),
        ("IGOEEC", "EUR", (), ()),
        ("SYRREBINS", "SYR", ("REB",), ()),
        ("GOV", None, ("GOV",), ()),
        ("IRQMOSSHI", "IRQ", (), ("MOS", "SHI")),
        ("COLCRMRAD", "COL", ("CRM",), ("RAD",)),
        ("", None, (), ()),
        ("US", "US", (), ()),
    ],
)
def test_a_cameo_actor_is_taken_apart(code, country, found, rest):
    actor = read_cameo_actor(code)
    assert (actor.country, actor.sectors, actor.rest) == (country, found, rest)
