"""Quad classes: verbal or material, cooperation or conflict; and who draws the lines where.

1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 for what is neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from dragoman.ontology.cameo import ROOTS, cameo_code
from dragoman.ontology.errors import UnknownCodeError
from dragoman.ontology.plover import plover
from dragoman.ontology.tables import DATA, read_table

Convention = Literal["plover", "gdelt", "documented", "phoenix"]
CONVENTIONS: tuple[Convention, ...] = ("plover", "gdelt", "documented", "phoenix")
QUAD_NAMES = MappingProxyType(
    {
        0: "neutral",
        1: "verbal cooperation",
        2: "material cooperation",
        3: "verbal conflict",
        4: "material conflict",
    }
)


def quad_class(code: str, convention: Convention = "plover") -> int:
    """Quad class of a PLOVER type or a CAMEO code.

    Args:
        convention: "plover" (by type; a CAMEO code takes the class of the type it maps to, 0 if to none),
            or, for CAMEO codes only, "gdelt" (as real GDELT files have it: 09 with 2, 14 with 3),
            "documented" (as guides to GDELT have it) or "phoenix" (01 and 02 are 0, 16 is 3).

    Raises:
        UnknownCodeError: No such code or convention, or a PLOVER type under a CAMEO convention.
    """
    if convention not in CONVENTIONS:
        raise UnknownCodeError(convention, ontology="quad class", known=CONVENTIONS, kind="convention")
    if convention != "plover":
        return _roots()[convention][cameo_code(code).root]
    if not code[:1].isdigit():
        return plover().type(code).quad
    from dragoman.ontology.crosswalk import to_plover

    mapped = to_plover(code)
    return 0 if mapped is None else plover().type(mapped.event_type).quad


@lru_cache(maxsize=1)
def _roots() -> Mapping[str, Mapping[str, int]]:
    named = CONVENTIONS[1:]
    by_convention: dict[str, dict[str, int]] = {name: {} for name in named}
    for row in read_table(DATA / "cameo-quads.csv", ("root", *named), key="root"):
        root = row.one_of("root", ROOTS, empty=False)
        for name in named:
            by_convention[name][root] = int(row.one_of(name, ("0", "1", "2", "3", "4"), empty=False))
    return MappingProxyType(by_convention)
