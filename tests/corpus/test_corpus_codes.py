"""The corpus keeps its own list of codes, to be readable without the program; here they are held against each other."""

from __future__ import annotations

from corpus import codes
from dragoman import ontology


def test_types_and_modes_are_those_of_the_ontology() -> None:
    known = {t.code: {m.code for m in t.modes} for t in ontology.plover().types}
    assert set(codes.TYPES) == set(known)
    for type_, modes in codes.MODES.items():
        assert set(modes) <= known[type_]


def test_contexts_and_statuses_are_those_of_the_ontology() -> None:
    assert set(codes.CONTEXTS) == {c.code for c in ontology.plover().contexts}
    assert set(codes.STATUSES) == {s.code for s in ontology.plover().statuses}


def test_every_cameo_code_below_a_root_may_be_used() -> None:
    assert {c for c in ontology.cameo() if len(c) > 2} == codes.CAMEO


def test_sectors_and_organisations_are_those_of_the_ontology() -> None:
    assert set(codes.SECTORS) <= set(ontology.sectors())
    assert set(codes.ORGANISATIONS) == set(ontology.nonstates())


def test_the_crosswalk_s_types_fit_what_the_validator_expects() -> None:
    for code in sorted(codes.CAMEO):
        found = ontology.to_plover(code)
        if found is None or found.event_type is None:
            continue
        usual = codes.cameo_fits(code, codes.CAMEO_OF_TYPE[found.event_type])
        excepted = codes.cameo_fits(code, codes.CAMEO_EXCEPTIONS.get(found.event_type, ("no",)))
        assert usual or excepted, f"{code} is {found.event_type} in the crosswalk"
