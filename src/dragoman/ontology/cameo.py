"""CAMEO 1.1b3: its codes, the two Goldstein tables in use, and the older numbering for import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from dragoman.ontology.errors import UnknownCodeError
from dragoman.ontology.model import EventType, Mode, Ontology
from dragoman.ontology.tables import DATA, read_table

EDITION = "1.1b3"
ROOTS = tuple(f"{n:02d}" for n in range(1, 21))
GoldsteinTable = Literal["gdelt", "icews"]


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code. Codes are text: they keep their leading zeros.

    Attributes:
        code: Two digits for a root, three or four below it.
        goldstein_gdelt, goldstein_icews: Goldstein value in either table; None when the code is not in it.
    """

    code: str
    label: str
    definition: str
    goldstein_gdelt: float | None
    goldstein_icews: float | None

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]

    @property
    def parent(self) -> str | None:
        """The code one level up, None for a root."""
        return self.code[:-1] if len(self.code) > 2 else None


@dataclass(frozen=True, slots=True)
class KedsCode:
    """A code of the older (KEDS) numbering and what it is today.

    Attributes:
        sure: False when old lists differ or today's codes have no such line; `note` says which.
    """

    old: str
    old_label: str
    new: str
    sure: bool
    note: str


@lru_cache(maxsize=1)
def cameo() -> Mapping[str, CameoCode]:
    """All codes of CAMEO 1.1b3 by code, roots included; read on the first call."""
    columns = ("code", "label", "goldstein_gdelt", "goldstein_icews", "definition")
    codes: dict[str, CameoCode] = {}
    for row in read_table(DATA / "cameo.csv", columns, key="code"):
        code = row["code"]
        if not (code.isdigit() and code[:2] in ROOTS and 2 <= len(code) <= 4):
            raise row.refuse(f"{code!r} is no CAMEO code", "Write two to four digits, 01 to 2042.")
        if not row["definition"] or not row["label"]:
            raise row.refuse(f"{code} lacks label or definition", "Fill in both.")
        codes[code] = CameoCode(
            code=code,
            label=row["label"],
            definition=row["definition"],
            goldstein_gdelt=row.number("goldstein_gdelt"),
            goldstein_icews=row.number("goldstein_icews"),
        )
    return MappingProxyType(codes)


def cameo_code(code: str, *, where: str = "") -> CameoCode:
    """The entry of a code. Raises UnknownCodeError; a code that has lost its zero is not guessed at."""
    found = cameo().get(code)
    if found is None:
        zeroed = "0" + code
        known = [zeroed] if zeroed in cameo() else list(cameo())
        raise UnknownCodeError(code, ontology="cameo", known=known, where=where)
    return found


def goldstein(code: str, table: GoldsteinTable = "gdelt") -> float:
    """Goldstein value of a code, -10 to 10; a code that a table lacks takes its parent's.

    Raises:
        UnknownCodeError: No such code, or no such table.
    """
    if table not in ("gdelt", "icews"):
        raise UnknownCodeError(table, ontology="cameo", known=("gdelt", "icews"), kind="Goldstein table")
    entry: CameoCode | None = cameo_code(code)
    while entry is not None:
        value = entry.goldstein_gdelt if table == "gdelt" else entry.goldstein_icews
        if value is not None:
            return value
        entry = cameo()[entry.parent] if entry.parent else None
    raise AssertionError(f"cameo.csv gives root {code[:2]} no Goldstein value")


@lru_cache(maxsize=1)
def _keds() -> Mapping[str, KedsCode]:
    columns = ("old", "old_label", "new", "sure", "note")
    table: dict[str, KedsCode] = {}
    for row in read_table(DATA / "cameo-keds.csv", columns, key="old"):
        new = row.one_of("new", tuple(cameo()), empty=False)
        table[row["old"]] = KedsCode(row["old"], row["old_label"], new, row.yes("sure"), row["note"])
    return MappingProxyType(table)


def from_keds(old: str) -> KedsCode:
    """What a code of the older numbering (KEDS, TABARI, early Phoenix) is called today.

    Raises:
        UnknownCodeError: Neither numbering has the code.
    """
    found = _keds().get(old)
    if found is not None:
        return found
    same = cameo_code(old)
    return KedsCode(old, same.label, same.code, True, "")


@lru_cache(maxsize=1)
def cameo_ontology() -> Ontology:
    """CAMEO in the common form: roots as types, the codes below them as modes, GDELT's quads and scale."""
    from dragoman.ontology.quads import quad_class

    types = []
    for root in ROOTS:
        below = [c for c in cameo().values() if c.root == root and c.code != root]
        entry = cameo()[root]
        types.append(
            EventType(
                code=root,
                label=entry.label,
                quad=quad_class(root, "gdelt"),
                definition=entry.definition,
                score=goldstein(root),
                modes=tuple(Mode(c.code, root, c.definition, goldstein(c.code)) for c in below),
            )
        )
    return Ontology(
        name="cameo",
        edition=EDITION,
        title=f"CAMEO {EDITION}",
        origin="http://eventdata.parusanalytics.com/cameo.dir/CAMEO.Manual.1.1b3.pdf",
        types=tuple(types),
    )
