"""CSV tables of the ontology: how one is read, checked and refused."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.ontology.errors import OntologyFileError, nearest

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, stripped, and where it was written."""

    cells: dict[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        """A cell of several values, split at semicolons."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())

    def number(self, column: str) -> float | None:
        """A cell that holds a number, or None when it is empty."""
        cell = self.cells[column]
        if not cell:
            return None
        try:
            return float(cell)
        except ValueError:
            raise self.refuse(f"column {column!r} holds {cell!r}, which is no number", "Write it like -4.5.") from None

    def yes(self, column: str) -> bool:
        """A cell that says yes or no."""
        cell = self.cells[column]
        if cell not in {"yes", "no"}:
            raise self.refuse(f"column {column!r} holds {cell!r}", "Write yes or no.")
        return cell == "yes"

    def one_of(self, column: str, known: Sequence[str] | frozenset[str], *, empty: bool = True) -> str:
        """A cell that must hold one of some codes (or, if allowed, nothing)."""
        cell = self.cells[column]
        if (empty and not cell) or cell in known:
            return cell
        near = nearest(cell, known)
        remedy = f"Did you mean {near!r}?" if near else f"Known: {', '.join(sorted(known))}."
        raise self.refuse(f"column {column!r} holds {cell!r}, which is not known", remedy)

    def refuse(self, what: str, remedy: str) -> OntologyFileError:
        """The error that names this row."""
        return OntologyFileError(what, file=self.file, line=self.line, remedy=remedy)


def read_table(path: Path, columns: Sequence[str], *, key: str | None = None) -> list[Row]:
    """All rows of a CSV file whose header must be `columns`; with `key`, a column that may not repeat.

    Raises:
        OntologyFileError: A missing or wrong header, a row of the wrong length, a repeated key.
    """
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for row in _rows(path, list(columns)):
        if key is not None:
            if row[key] in seen:
                raise row.refuse(
                    f"{key} {row[key]!r} was already given in line {seen[row[key]]}",
                    "Remove one of the two lines.",
                )
            seen[row[key]] = row.line
        rows.append(row)
    return rows


def _rows(path: Path, columns: list[str]) -> Iterator[Row]:
    name = path.name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != columns:
            raise OntologyFileError(
                f"the header is {','.join(header)!r}",
                file=name,
                line=1,
                remedy=f"It must be {','.join(columns)!r}.",
            )
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(columns):
                raise OntologyFileError(
                    f"{len(cells)} cells in a table of {len(columns)} columns",
                    file=name,
                    line=reader.line_num,
                    remedy='Put text that holds a comma in double quotes ("a, b").',
                )
            stripped = {c: cell.strip() for c, cell in zip(columns, cells, strict=True)}
            yield Row(stripped, name, reader.line_num)
