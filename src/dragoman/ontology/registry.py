"""Ontologies by name and edition: those that ship, those that installed packages bring, and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType

from dragoman.errors import DragomanError
from dragoman.ontology.cameo import cameo_ontology
from dragoman.ontology.errors import UnknownOntologyError
from dragoman.ontology.form import load_file
from dragoman.ontology.model import Ontology
from dragoman.ontology.plover import plover

GROUP = "dragoman.ontologies"
Maker = Callable[[], Ontology]

BUILT_IN: Mapping[str, Maker] = MappingProxyType({"plover": plover, "cameo": cameo_ontology})


class OntologyPluginError(DragomanError):
    """An installed package offers an ontology that is none."""

    def __init__(self, point: str, gave: object) -> None:
        super().__init__(
            f"entry point {point!r} of group {GROUP!r} gave {type(gave).__name__}. It must be an "
            "Ontology, the path of an ontology file, or a function without arguments that gives either."
        )
        self.point = point


def ontology(name: str, edition: str | None = None) -> Ontology:
    """An ontology by name; with `edition`, only that one.

    Raises:
        UnknownOntologyError: No such name, or not in that edition; the message lists what there is.
    """
    maker = makers().get(name)
    if maker is None:
        raise UnknownOntologyError(name, edition=edition, known=makers())
    found = maker()
    if edition is not None and found.edition != edition:
        raise UnknownOntologyError(name, edition=edition, known=[f"{found.name} {found.edition}"])
    return found


def load_ontology(path: str | Path) -> Ontology:
    """A user's own ontology from a TOML file of the form of `plover.toml`; see docs/ontology.md.

    Raises:
        NoSuchPathError: There is no such file.
        OntologyFileError: A line cannot be used; the message names file, line and remedy.
    """
    return load_file(path, covered=plover())


@lru_cache(maxsize=1)
def makers() -> Mapping[str, Maker]:
    """Name -> function that gives the ontology; nothing is loaded before it is asked for.

    A package adds one with an entry point in the group `dragoman.ontologies`; it cannot replace what ships.
    """
    found: dict[str, Maker] = {point.name: _from(point) for point in entry_points(group=GROUP)}
    return MappingProxyType({**found, **BUILT_IN})


def _from(point: EntryPoint) -> Maker:
    @lru_cache(maxsize=1)
    def make() -> Ontology:
        given = point.load()
        if callable(given):
            given = given()
        if isinstance(given, str | Path):
            given = load_ontology(given)
        if not isinstance(given, Ontology):
            raise OntologyPluginError(point.name, given)
        return given

    return make
