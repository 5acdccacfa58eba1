"""The twelve contradictions between the sources, as decided in docs/decisions/0101 to 0112."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.ontology import cameo, plover, quad_class, score, to_cameo, to_plover
from dragoman.ontology.crosswalk import up_table

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"


def up(code: str) -> tuple[str, str | None]:
    found = to_plover(code)
    assert found is not None
    return found.event_type, found.mode


def test_01_sanction_is_material_conflict():
    assert quad_class("SANCTION") == 4


def test_02_accuse_scores_minus_three():
    assert score("ACCUSE") == -3
    assert score("ACCUSE", "disapprove") == -2


def test_03_protest_needs_no_recipient():
    assert plover().type("PROTEST").recipient == "optional"


def test_04_mass_violence_is_assault():
    assert {up(c)[0] for c in cameo() if c[:2] == "20"} == {"ASSAULT"}
    assert up("204") == up("2041") == ("ASSAULT", "unconventional")
    assert plover().mode_as("manual", *up("202")) == "targeted"


def test_05_assault_modes_are_stored_as_polecat_has_them_and_the_manual_is_derived():
    modes = plover().type("ASSAULT").modes
    assert sum("polecat" in m.vocabularies for m in modes) == 19
    assert sum("manual" in m.vocabularies for m in modes) == 15
    assert not plover().mode("ASSAULT", "sideAB").emit


def test_06_apology_and_pardon_concede():
    assert up("055") == up("056") == ("CONCEDE", None)
    assert to_cameo("CONCEDE", details=["apologise"]) == "055"


def test_07_lifting_a_curfew_or_an_emergency_concedes():
    assert up("0813") == up("0814") == ("CONCEDE", None)


def test_08_modes_of_no_list_are_replaced():
    assert up("085") == ("CONCEDE", None)
    assert up("1321") == ("THREATEN", "restrict")
    assert up("185") == up("186") == ("ASSAULT", "assassinate")
    assert up("203") == ("ASSAULT", "cleansing")
    assert up("1712") == ("ASSAULT", "destroy")
    assert up("175") == ("ASSAULT", None)
    for code in cameo():
        found = to_plover(code)
        if found is not None and found.mode is not None:
            assert f"{found.event_type}.{found.mode}" in plover()


def test_09_parents_take_their_childrens_mode():
    assert up("105") == ("REQUEST", "yield")
    assert up("124") == ("REJECT", "yield")
    assert {up(f"124{n}") for n in range(1, 7)} == {("REJECT", "yield")}


def test_10_codes_that_one_list_lacks_are_kept():
    assert up("1213") == up("1214") == ("REJECT", "assist")
    assert cameo()["1213"].goldstein_gdelt is None
    assert cameo()["1214"].goldstein_icews is None


@pytest.mark.parametrize("old", ["DEMAND", "DISAPPROVE", "INVESTIGATE", "FIGHT"])
def test_11_names_of_older_drafts_are_read_only(old):
    assert plover().type(old).code in {"REQUEST", "ACCUSE", "ASSAULT"}
    assert old not in plover().type_codes


def test_12_the_mode_list_is_the_union_of_the_published_ones():
    assert len(plover().mode_keys) == 76
    for of in plover().types:
        for mode in of.modes:
            assert mode.vocabularies, mode.key


def test_each_decision_that_a_row_cites_is_written_down():
    written = {path.name[:4] for path in DECISIONS.glob("01*.md")}
    cited = {row.why[-5:-1] for row in up_table().values() if row.why}
    assert cited <= written
    assert {f"01{n:02d}" for n in range(1, 13)} <= written
