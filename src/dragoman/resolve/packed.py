"""Knowledge files as one: a folder read and checked, and the compiled copy that ships."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from dragoman.resolve.tables import (
    BODY_TABLES,
    NOT_STATES,
    TABLES,
    Row,
    knowledge_files,
    read_table,
)

HERE = Path(__file__).parent.parent / "knowledge"
COMPILED = HERE / "compiled" / "knowledge.json.gz"


def read_folder(folder: Path) -> dict[str, list[Row]]:
    """Read and check all knowledge files under a folder.

    Raises:
        KnowledgeFileError: Of the first line that cannot be used, or that repeats a row's key.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for path, table in knowledge_files(folder):
        rows[table.name] += read_table(path, table, label=path.relative_to(folder).as_posix())
    for name, found in rows.items():
        seen: dict[tuple[str, ...], Row] = {}
        for row in found:
            key = tuple(row[column] for column in TABLES[name].key)
            if key in seen:
                raise row.refuse(
                    f"repeats {seen[key].file}:{seen[key].line} ({', '.join(filter(None, key))})",
                    "Keep one of the two.",
                )
            seen[key] = row
    return rows


def check_references(rows: Mapping[str, Sequence[Row]]) -> None:
    """Prove that every code, office and body a row names exists.

    Raises:
        KnowledgeFileError: Of the first row that names what is not there.
    """
    states = {row["code"] for row in rows["countries"]}
    offices = {row["office"] for row in rows["offices"]}
    bodies = {row["id"] for name in BODY_TABLES for row in rows[name]}
    named = {
        "country": states | NOT_STATES,
        "sovereign": states,
        "neighbours": states,
        "countries": states,
        "office": offices,
        "body": bodies,
    }
    for table, found in rows.items():
        references = {c: named[c] for c in TABLES[table].columns if c in named}
        if table == "country_names":
            references["code"] = states
        for row in found:
            for column, allowed in references.items():
                _refers(row, column, allowed)


def _refers(row: Row, column: str, allowed: Collection[str]) -> None:
    for value in row[column].split(";"):
        if value and value not in allowed:
            near = get_close_matches(value, allowed, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Add it to its table, or correct {column}."
            raise row.refuse(f"{column} {value!r} is not known", hint)


def digest(folder: Path = HERE) -> str:
    """SHA-256 over the hand-edited files: equal to the compiled file's when that is current."""
    total = hashlib.sha256()
    for path, _ in knowledge_files(folder):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def compiled_digest() -> str:
    """The digest of the files the shipped compiled copy was made from."""
    return str(_compiled()["digest"])


def pack(rows: Mapping[str, Sequence[Row]], made_from: str) -> bytes:
    """Rows as the compiled file's bytes; the same rows give the same bytes."""
    tables = {name: [[row[column] for column in TABLES[name].columns] for row in found] for name, found in rows.items()}
    text = json.dumps({"digest": made_from, "tables": tables}, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


@cache
def _compiled() -> dict[str, object]:
    loaded: dict[str, object] = json.loads(gzip.decompress(COMPILED.read_bytes()))
    return loaded


def compiled_rows() -> dict[str, list[Row]]:
    tables = _compiled()["tables"]
    assert isinstance(tables, dict)
    return {
        name: [
            Row(dict(zip(TABLES[name].columns, cells, strict=True)), f"shipped {name}", number)
            for number, cells in enumerate(tables.get(name, ()), start=1)
        ]
        for name in TABLES
    }
