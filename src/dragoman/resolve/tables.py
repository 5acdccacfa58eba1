"""Knowledge files: what each table's columns are, and how a file is read and refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from dragoman.errors import DragomanError

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
SECTORS = frozenset(
    ["GOV", "MIL", "COP", "SPY", "LEG", "JUD", "PTY", "OPP", "PRM", "REB", "UAF", "CRM", "BUS",
     "LAB", "AGR", "CVL", "SOC", "REL", "EDU", "JRN", "MED", "REF", "ELI", "PRE", "UNK"]
)  # fmt: skip
NOT_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
NAME_KINDS = frozenset(
    ["name", "official", "short", "abbreviation", "adjective", "demonym", "capital", "seat", "metonym"]
)
ROLE_KINDS = frozenset({"office", "occupation", "group"})
REGION_KINDS = frozenset({"name", "adjective", "demonym"})
LEADERS = frozenset({"head_of_state"})
PARTS = frozenset({"states"})
PLACE_WORDS = frozenset({"direction", "division"})
PRECISIONS = frozenset({"sea", "site"})
COUNTRY_KINDS = frozenset(["member", "observer", "partial", "dependency", "breakaway", "historical", "area"])


class KnowledgeFileError(DragomanError):
    """A line of a knowledge file cannot be used."""

    def __init__(self, what: str, *, file: str, line: int, remedy: str) -> None:
        super().__init__(f"{file}:{line}: {what}. {remedy}")
        self.what, self.file, self.line, self.remedy = what, file, line, remedy


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one table: its cells by column name, and where it was written."""

    cells: Mapping[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, what: str, remedy: str) -> KnowledgeFileError:
        """The error that names this row."""
        return KnowledgeFileError(what, file=self.file, line=self.line, remedy=remedy)


Check = Callable[[str], str | None]  # a cell -> what is wrong with it, or None


def _one_of(allowed: Collection[str], called: str) -> Check:
    def check(cell: str) -> str | None:
        if cell in allowed:
            return None
        near = get_close_matches(cell, allowed, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(allowed))}"
        return f"{cell!r} is not a {called} ({hint})"

    return check


def _sectors(cell: str) -> str | None:
    unknown = [code for code in cell.split(";") if code not in SECTORS]
    return _one_of(SECTORS, "sector")(unknown[0]) if unknown else None


def _pattern(regex: str, called: str) -> Check:
    compiled = re.compile(regex)

    def check(cell: str) -> str | None:
        return None if compiled.fullmatch(cell) else f"{cell!r} is not {called}"

    return check


_code = _pattern(r"[A-Z]{3}", "a country code of three capitals")
_codes = _pattern(r"[A-Z]{3}(;[A-Z]{3})*", "a list of country codes joined by ';'")
_id = _pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "an id (small letters, digits, single hyphens)")
_key = _pattern(r"[a-z0-9]+(_[a-z0-9]+)*", "an office key (small letters and underscores)")
_date = _pattern(PARTIAL_DATE.pattern, "a date (YYYY, YYYY-MM or YYYY-MM-DD)")
_rank = _pattern(r"[1-9]", "a rank from 1 (head of state) to 9")
_number = _pattern(r"-?\d+(\.\d+)?", "a number")
_flag = _pattern(r"yes", "'yes' or empty")


@dataclass(frozen=True, slots=True)
class Table:
    """What a table's files must hold.

    Attributes:
        columns: Column names in file order, each with the check of a filled cell (None: any text).
        required: Columns that may not be empty.
        key: Columns that together name a row; a user's row replaces the shipped row of its key.
    """

    name: str
    columns: Mapping[str, Check | None]
    required: frozenset[str]
    key: tuple[str, ...]


def _table(name: str, key: str, required: str, columns: Mapping[str, Check | None]) -> tuple[str, Table]:
    return name, Table(name, MappingProxyType(columns), frozenset(required.split()), tuple(key.split()))


_BODY: dict[str, Check | None] = {
    "id": _id,
    "name": None,
    "type": None,
    "country": _code,
    "sectors": _sectors,
    "aliases": None,
    "from": _date,
    "to": _date,
    "note": None,
}

# The bodies' tables share their columns; the table's name is the kind of body.
BODY_TABLES = (
    "institutions",
    "organisations",
    "armed_groups",
    "parties",
    "media",
    "companies",
)

TABLES: Mapping[str, Table] = MappingProxyType(
    dict(
        [
            _table(
                "countries",
                "code",
                "code cameo name kind lat lon",
                {
                    "code": _code,
                    "iso2": None,
                    "fips": None,
                    "cow": _number,
                    "cow_abbr": None,
                    "cameo": _code,
                    "name": None,
                    "official": None,
                    "kind": _one_of(COUNTRY_KINDS, "kind of country"),
                    "sovereign": _code,
                    "capital": None,
                    "lat": _number,
                    "lon": _number,
                    "neighbours": _codes,
                    "from": _date,
                    "to": _date,
                },
            ),
            _table(
                "country_names",
                "code name kind from",
                "code name kind",
                {
                    "code": _code,
                    "name": None,
                    "kind": _one_of(NAME_KINDS, "kind of name"),
                    "from": _date,
                    "to": _date,
                },
            ),
            *(_table(name, "id", "id name type country sectors", _BODY) for name in BODY_TABLES),
            _table(
                "generic_bodies",
                "phrase",
                "phrase type sectors",
                {
                    "phrase": None,
                    "type": None,
                    "sectors": _sectors,
                },
            ),
            _table(
                "peoples",
                "people",
                "people words countries",
                {"people": None, "words": None, "countries": _codes},
            ),
            _table(
                "governance",
                "country",
                "country",
                {"country": _code, "led_by": _one_of(LEADERS, "leader"), "parts": _one_of(PARTS, "sort of part")},
            ),
            _table(
                "regions",
                "name kind",
                "name kind",
                {"name": None, "kind": _one_of(REGION_KINDS, "kind"), "region": None},
            ),
            _table("party_words", "word", "word", {"word": None}),
            _table("not_places", "word", "word", {"word": None}),
            _table(
                "offices",
                "office",
                "office title sectors rank",
                {
                    "office": _key,
                    "title": None,
                    "sectors": _sectors,
                    "rank": _rank,
                    "single": _flag,
                },
            ),
            _table(
                "roles",
                "phrase country",
                "phrase sectors rank kind",
                {
                    "phrase": None,
                    "kind": _one_of(ROLE_KINDS, "kind of role"),
                    "sectors": _sectors,
                    "rank": _rank,
                    "office": _key,
                    "country": _code,
                },
            ),
            _table(
                "people",
                "id office country body from",
                "id name country office",
                {
                    "id": _id,
                    "name": None,
                    "aliases": None,
                    "country": _code,
                    "office": _key,
                    "body": _id,
                    "from": _date,
                    "to": _date,
                },
            ),
            _table(
                "divisions",
                "country name",
                "country name lat lon",
                {"country": _code, "name": None, "lat": _number, "lon": _number, "aliases": None},
            ),
            _table(
                "division_abbreviations",
                "division",
                "division abbreviations",
                {"division": None, "abbreviations": None},
            ),
            _table("place_words", "word kind", "word kind", {"word": None, "kind": _one_of(PLACE_WORDS, "kind")}),
            _table(
                "place_kinds", "kind", "kind precision", {"kind": None, "precision": _one_of(PRECISIONS, "precision")}
            ),
            _table(
                "places_extra",
                "name kind",
                "name kind lat lon",
                {
                    "name": None,
                    "kind": None,
                    "country": _codes,
                    "lat": _number,
                    "lon": _number,
                    "aliases": None,
                },
            ),
        ]
    )
)


def read_table(path: Path, table: Table, *, label: str | None = None) -> Iterator[Row]:
    """Read one file of a table, line by line, refusing the first line that cannot be used.

    Args:
        label: How errors name the file; the path itself when None.
    Raises:
        KnowledgeFileError: Not UTF-8, a wrong header, a wrong number of cells, an empty required
            cell, or a cell that fails its column's check.
    """
    file = label or str(path)
    columns: list[str] | None = None
    for number, line in enumerate(_lines(path, file), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if columns is None:
            columns = _header(cells, table, file, number)
            continue
        cells += [""] * (len(columns) - len(cells))  # editors drop trailing tabs
        if len(cells) > len(columns):
            raise KnowledgeFileError(
                f"{len(cells)} cells where the header has {len(columns)} columns",
                file=file,
                line=number,
                remedy="Cells are separated by one tab each.",
            )
        row = Row(dict.fromkeys(table.columns, "") | dict(zip(columns, cells, strict=True)), file, number)
        _check(row, table)
        yield row


def _lines(path: Path, file: str) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as trouble:
        raise KnowledgeFileError(
            f"cannot be read ({trouble})",
            file=file,
            line=1,
            remedy="Knowledge files are tab-separated UTF-8 text.",
        ) from trouble


def _header(cells: list[str], table: Table, file: str, number: int) -> list[str]:
    unknown = [cell for cell in cells if cell not in table.columns]
    missing = [name for name in table.required if name not in cells]
    if unknown or missing or len(set(cells)) < len(cells):
        wrong = f"unknown column {unknown[0]!r}" if unknown else f"no column {missing[:1]}"
        raise KnowledgeFileError(
            f"{wrong} in the header of a {table.name} file" if unknown or missing else "a column is named twice",
            file=file,
            line=number,
            remedy=f"Columns are, tab-separated: {' '.join(table.columns)}.",
        )
    return cells


def _check(row: Row, table: Table) -> None:
    for column, check in table.columns.items():
        cell = row[column]
        if not cell:
            if column in table.required:
                raise row.refuse(f"{column!r} is empty", f"Every {table.name} row needs it.")
            continue
        if check is not None and (wrong := check(cell)):
            raise row.refuse(f"{column}: {wrong}", "Correct the cell.")
    if "from" in table.columns and row["from"] and row["to"] and _later(row["from"], row["to"]):
        raise row.refuse(f"'from' {row['from']} is after 'to' {row['to']}", "Swap or correct the dates.")


def _later(start: str, end: str) -> bool:
    shared = min(len(start), len(end))
    return start[:shared] > end[:shared]


def table_of(path: Path, root: Path) -> Table | None:
    """The table a file under `root` belongs to: by its own name, or its top folder's."""
    top = path.relative_to(root).parts[0]
    return TABLES.get(top.removesuffix(".tsv"))


def knowledge_files(root: Path) -> list[tuple[Path, Table]]:
    """All knowledge files under a folder, in a fixed order, each with its table.

    Raises:
        KnowledgeFileError: A .tsv file whose name or folder is no table's.
    """
    found = []
    for path in sorted(root.rglob("*.tsv")):
        table = table_of(path, root)
        if table is None:
            near = get_close_matches(path.stem, TABLES, n=1)
            raise KnowledgeFileError(
                f"no table is called {path.stem!r}",
                file=str(path),
                line=1,
                remedy=(f"Did you mean {near[0]!r}?" if near else f"Tables are: {', '.join(TABLES)}."),
            )
        found.append((path, table))
    return found
