"""Ontologies by name and edition."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from dragoman.ontology import UnknownOntologyError, ontology, plover
from dragoman.ontology.registry import GROUP, OntologyPluginError, _from, makers

OWN = Path(__file__).with_name("own.toml")


def own_path() -> str:
    return str(OWN)


def nonsense() -> int:
    return 3


def test_what_ships_is_found_by_name_and_edition():
    assert ontology("plover") is plover()
    assert ontology("plover", "2024-02") is plover()
    assert ontology("cameo", "1.1b3").name == "cameo"


@pytest.mark.parametrize(
    ("name", "edition", "says"),
    [
        ("plovr", None, "there is no ontology 'plovr'. Did you mean 'plover'?"),
        ("plover", "2017", "there is no ontology 'plover 2017'. Did you mean 'plover 2024-02'?"),
    ],
)
def test_a_missing_one_lists_what_there_is(name, edition, says):
    with pytest.raises(UnknownOntologyError) as caught:
        ontology(name, edition)
    assert says in str(caught.value)


def test_an_installed_package_adds_its_own(monkeypatch):
    point = EntryPoint("strikes", f"{__name__}:own_path", GROUP)
    clash = EntryPoint("plover", f"{__name__}:own_path", GROUP)
    monkeypatch.setattr(
        "dragoman.ontology.registry.entry_points", lambda group: [point, clash] if group == GROUP else []
    )
    makers.cache_clear()
    try:
        assert ontology("strikes", "1").type("WALKOUT").quad == 4
        assert ontology("plover") is plover()
    finally:
        makers.cache_clear()


def test_a_plugin_that_gives_something_else_is_refused():
    with pytest.raises(OntologyPluginError, match="gave int"):
        _from(EntryPoint("bad", f"{__name__}:nonsense", GROUP))()
