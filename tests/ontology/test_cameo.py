"""CAMEO 1.1b3: codes, Goldstein tables, quads, and the older numbering."""

from __future__ import annotations

import pytest

from dragoman.ontology import (
    UnknownCodeError,
    cameo,
    cameo_code,
    cameo_ontology,
    from_keds,
    goldstein,
    quad_class,
)

ROOT_GOLDSTEIN = {
    "01": 0, "02": 3, "03": 4, "04": 1, "05": 3.5, "06": 6, "07": 7, "08": 5, "09": -2, "10": -5,
    "11": -2, "12": -4, "13": -6, "14": -6.5, "15": -7.2, "16": -4, "17": -7, "18": -9, "19": -10,
    "20": -10,
}  # fmt: skip


def test_the_lists_have_as_many_codes_as_published():
    assert len(cameo()) == 313
    assert sum(c.goldstein_gdelt is not None for c in cameo().values()) == 311
    assert sum(c.goldstein_icews is not None for c in cameo().values()) == 312


def test_the_roots_have_their_goldstein_values():
    assert {c.code: c.goldstein_gdelt for c in cameo().values() if c.parent is None} == ROOT_GOLDSTEIN


def test_every_code_but_a_root_has_a_parent():
    for code in cameo().values():
        assert code.parent is None or code.parent in cameo(), code
        assert code.root in cameo()


def test_every_code_is_explained():
    for code in cameo().values():
        assert code.definition.endswith("."), code.code
        assert code.label[0].isupper(), code.code


def test_gdelt_and_icews_differ_in_four_values():
    differ = {
        c.code: (c.goldstein_gdelt, c.goldstein_icews)
        for c in cameo().values()
        if None not in (c.goldstein_gdelt, c.goldstein_icews) and c.goldstein_gdelt != c.goldstein_icews
    }
    assert differ == {"016": (-2, -5), "022": (3.2, 3.4), "164": (-7, -6.5), "165": (-6.5, -7)}


@pytest.mark.parametrize(
    ("code", "table", "value"),
    [("057", "gdelt", 8), ("190", "gdelt", -10), ("016", "icews", -5), ("1213", "icews", -4),
     ("1213", "gdelt", -4), ("1214", "icews", -4), ("0334", "gdelt", 6), ("043", "gdelt", 2.8)],
)  # fmt: skip
def test_goldstein(code, table, value):
    assert goldstein(code, table) == value


def test_a_code_that_has_lost_its_zero_is_not_guessed_at():
    with pytest.raises(UnknownCodeError, match="Did you mean '057'"):
        cameo_code("57")
    with pytest.raises(UnknownCodeError):
        cameo_code("999")
    with pytest.raises(UnknownCodeError, match="gdelt"):
        goldstein("057", "gdlt")


@pytest.mark.parametrize(
    ("convention", "classes"),
    [
        ("gdelt", "11111 2222 33333 444444"),
        ("documented", "11111 222 33333 4444444"),
        ("phoenix", "00111 222 33333 44 3 4444"),
    ],
)
def test_four_conventions_draw_the_quads(convention, classes):
    roots = [f"{n:02d}" for n in range(1, 21)]
    assert [quad_class(r, convention) for r in roots] == [int(c) for c in classes.replace(" ", "")]


@pytest.mark.parametrize(
    ("code", "by"),
    [
        ("091", {"gdelt": 2, "documented": 3, "phoenix": 3, "plover": 3}),
        ("141", {"gdelt": 3, "documented": 4, "phoenix": 4, "plover": 4}),
        ("161", {"gdelt": 4, "documented": 4, "phoenix": 3, "plover": 4}),
        ("010", {"gdelt": 1, "documented": 1, "phoenix": 0, "plover": 0}),
        ("0811", {"gdelt": 2, "plover": 1}),
        ("0841", {"gdelt": 2, "plover": 2}),
        ("CONSULT", {"plover": 1}),
        ("demand", {"plover": 3}),
    ],
)
def test_quad_class(code, by):
    assert {c: quad_class(code, c) for c in by} == by


def test_a_plover_type_has_no_gdelt_quad():
    with pytest.raises(UnknownCodeError):
        quad_class("CONSULT", "gdelt")
    with pytest.raises(UnknownCodeError, match="convention"):
        quad_class("057", "icews")


@pytest.mark.parametrize(
    ("old", "new", "sure"),
    [
        ("016", "018", True), ("018", "019", True), ("0357", "0356", True), ("105", "108", True),
        ("106", "1056", True), ("107", "1056", True), ("108", "106", True), ("124", "125", True),
        ("127", "016", True), ("128", "129", True), ("163", "164", True), ("164", "166", True),
        ("1643", "1663", True), ("166", "163", True), ("101", "101", False), ("1452", "145", False),
        ("190", "190", True), ("042", "042", True),
    ],
)  # fmt: skip
def test_the_older_numbering_is_read(old, new, sure):
    found = from_keds(old)
    assert (found.new, found.sure) == (new, sure)


def test_a_code_of_neither_numbering_is_refused():
    with pytest.raises(UnknownCodeError):
        from_keds("777")


def test_cameo_has_the_common_form():
    ontology = cameo_ontology()
    assert len(ontology.types) == 20
    assert sum(len(t.modes) for t in ontology.types) == 293
    assert ontology.type("14").quad == 3
    assert ontology.mode("14", "1411").score == -6.5
