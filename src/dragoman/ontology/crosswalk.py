"""The map between CAMEO and PLOVER, both ways.

Up (`cameo-to-plover.csv`): one row per CAMEO code, with what was published and why it was changed.
Down (`plover-to-cameo.csv`): rules; of all rules that a PLOVER event meets, the most exacting gives the code.
PLOVER has no word for many things that CAMEO tells apart (praise from a treaty, an appeal from a demand);
these are `details`, listed in `details.csv`. Without them the code is as deep as the rest supports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from dragoman.ontology.cameo import cameo, cameo_code
from dragoman.ontology.errors import UnknownCodeError
from dragoman.ontology.model import Ontology
from dragoman.ontology.plover import plover
from dragoman.ontology.tables import DATA, Row, read_table


@dataclass(frozen=True, slots=True)
class PloverCode:
    """What a CAMEO code is in PLOVER.

    Attributes:
        event_type: PLOVER type after the status rules.
        base_type, base_mode: The act itself; CAMEO's "express intent to meet" is a future CONSULT.
        details: What CAMEO says beyond PLOVER; keys of `details()`.
    """

    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    base_type: str
    base_mode: str | None
    status: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UpRow:
    """One row of the way up.

    Attributes:
        plover: None for codes that PLOVER drops.
        published: What CAMEO2PLOVER-2021 says, as "TYPE.mode.[context;context]"; "" for dropped.
        why: Why the row differs from what was published, with the number of the decision; "" if it does not.
    """

    cameo: str
    plover: PloverCode | None
    published: str
    why: str


@dataclass(frozen=True, slots=True)
class DownRule:
    """One rule of the way down; None and empty sets ask for nothing."""

    event_type: str
    mode: str | None
    needs: frozenset[str]
    base_type: str | None
    base_mode: str | None
    status: str | None
    details: frozenset[str]
    cameo: str

    @property
    def weight(self) -> int:
        """How much the rule asks for: words beyond PLOVER count most, contexts least."""
        asked = 16 * len(self.details) + len(self.needs)
        asked += 8 * (self.base_type is not None) + 8 * (self.base_mode is not None)
        return asked + 4 * (self.mode is not None) + 4 * (self.status is not None)


def to_plover(code: str) -> PloverCode | None:
    """What a CAMEO code is in PLOVER; None for plain statements (01), which PLOVER drops.

    Raises:
        UnknownCodeError: CAMEO has no such code.
    """
    cameo_code(code)
    return up_table()[code].plover


def to_cameo(
    event_type: str,
    mode: str | None = None,
    contexts: Collection[str] = (),
    *,
    base_type: str | None = None,
    base_mode: str | None = None,
    status: str = "actual",
    details: Collection[str] = (),
) -> str:
    """The deepest CAMEO code that a PLOVER event supports; three or four digits.

    Where contexts point to two sister codes at once, their parent is given.

    Args:
        event_type: PLOVER type after the status rules, e.g. AGREE for a planned visit.
        base_type, base_mode: The act itself, e.g. CONSULT, visit.
        details: Keys of `details()`, e.g. "sign", "appeal", "host".

    Raises:
        UnknownCodeError: A code or detail that does not exist.
    """
    ontology = plover()
    kind = ontology.type(event_type).code
    how = ontology.mode(kind, mode).code if mode else None
    base = ontology.type(base_type).code if base_type else kind
    base_how = ontology.mode(base, base_mode).code if base_mode else None
    about = frozenset(ontology.context(c).code for c in contexts)
    beyond = frozenset(_detail(d) for d in details)
    state = ontology.status(status).code
    return _down(kind, how, about, base, base_how, state, beyond)


@lru_cache(maxsize=4096)
def _down(
    kind: str,
    how: str | None,
    about: frozenset[str],
    base: str,
    base_how: str | None,
    state: str,
    beyond: frozenset[str],
) -> str:
    met = [
        rule
        for rule in down_rules()[kind]
        if rule.mode in (None, how)
        and rule.base_type in (None, base)
        and rule.base_mode in (None, base_how)
        and rule.status in (None, state)
        and rule.needs <= about
        and rule.details <= beyond
    ]
    most = max(rule.weight for rule in met)
    return _shared([rule.cameo for rule in met if rule.weight == most])


def _shared(codes: list[str]) -> str:
    """The code itself, or what sister codes share; of codes with different roots, the first."""
    first = codes[0]
    sisters = [code for code in codes if code[:2] == first[:2]]
    shared = first
    while not all(code.startswith(shared) for code in sisters):
        shared = shared[:-1]
    return shared if len(shared) > 2 else shared + "0"


@lru_cache(maxsize=1)
def details() -> Mapping[str, str]:
    """Words for what CAMEO tells apart and PLOVER does not: key -> meaning."""
    rows = read_table(DATA / "details.csv", ("code", "meaning"), key="code")
    return MappingProxyType({row["code"]: row["meaning"] for row in rows})


def _detail(code: str) -> str:
    if code not in details():
        raise UnknownCodeError(code, ontology="crosswalk", known=details(), kind="detail")
    return code


_UP = (
    "cameo", "type", "mode", "contexts", "base_type", "base_mode", "status", "details", "published",
    "why",
)  # fmt: skip
_DOWN = ("type", "mode", "needs", "base_type", "base_mode", "status", "details", "cameo")


@lru_cache(maxsize=1)
def up_table() -> Mapping[str, UpRow]:
    """The whole way up, by CAMEO code; every code has a row."""
    rows = read_table(DATA / "cameo-to-plover.csv", _UP, key="cameo")
    table = {
        row.one_of("cameo", tuple(cameo()), empty=False): UpRow(
            row["cameo"], _plover_code(row), row["published"], row["why"]
        )
        for row in rows
    }
    missing = sorted(set(cameo()) - set(table))
    if missing:
        raise rows[-1].refuse(f"code {missing[0]} has no row", "Add one; leave `type` empty to drop it.")
    return MappingProxyType(table)


def _plover_code(row: Row) -> PloverCode | None:
    if not row["type"]:
        return None
    kind, mode, base, base_mode = _acts(row)
    return PloverCode(
        event_type=kind,
        mode=mode,
        contexts=_checked(row, "contexts", plover().context_codes),
        base_type=base or kind,
        base_mode=base_mode,
        status=row.one_of("status", [s.code for s in plover().statuses]) or "actual",
        details=_checked(row, "details", details()),
    )


@lru_cache(maxsize=1)
def down_rules() -> Mapping[str, tuple[DownRule, ...]]:
    """The rules of the way down, by PLOVER type; every type has one that asks for nothing."""
    by_type: dict[str, list[DownRule]] = {code: [] for code in plover().type_codes}
    for row in read_table(DATA / "plover-to-cameo.csv", _DOWN):
        kind, mode, base, base_mode = _acts(row)
        rule = DownRule(
            event_type=kind,
            mode=mode,
            needs=frozenset(_checked(row, "needs", plover().context_codes)),
            base_type=base,
            base_mode=base_mode,
            status=row.one_of("status", [s.code for s in plover().statuses]) or None,
            details=frozenset(_checked(row, "details", details())),
            cameo=row.one_of("cameo", tuple(cameo()), empty=False),
        )
        by_type[kind].append(rule)
    for kind, rules in by_type.items():
        if not any(rule.weight == 0 for rule in rules):
            raise UnknownCodeError(kind, ontology="plover-to-cameo.csv", known=(), kind="rule without conditions for")
    return MappingProxyType({kind: tuple(rules) for kind, rules in by_type.items()})


def _acts(row: Row) -> tuple[str, str | None, str | None, str | None]:
    """Type, mode, base type and base mode of a row, checked."""
    ontology = plover()
    kind = row.one_of("type", ontology.type_codes, empty=False)
    mode = row.one_of("mode", _modes(ontology, kind)) or None
    base = row.one_of("base_type", ontology.type_codes) or None
    base_mode = row.one_of("base_mode", _modes(ontology, base or kind)) or None
    return kind, mode, base, base_mode


def _modes(ontology: Ontology, kind: str) -> tuple[str, ...]:
    return tuple(mode.code for mode in ontology.type(kind).modes)


def _checked(row: Row, column: str, known: Iterable[str]) -> tuple[str, ...]:
    allowed = frozenset(known)
    for code in row.many(column):
        if code not in allowed:
            raise row.refuse(f"column {column!r} holds {code!r}", f"Known: {', '.join(sorted(allowed))}.")
    return row.many(column)
