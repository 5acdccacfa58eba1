"""docs/notebook.ipynb runs from top to bottom and leaves a figure; docs/formats.md names every column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.query.tables import FLAT_COLUMNS
from dragoman.store import bulk

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.slow
def test_the_notebook_ends_in_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS)
    cells = json.loads((DOCS / "notebook.ipynb").read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"notebook.ipynb {cell['id']}", "exec"), names)
    assert names["FIGURE"].read_text("utf-8").count("<path") > 10
    assert names["tally"].read > 10


def test_outputs_are_not_kept() -> None:
    cells = json.loads((DOCS / "notebook.ipynb").read_text("utf-8"))["cells"]
    assert all(not c.get("outputs") and c.get("execution_count") is None for c in cells)


def test_the_dictionary_names_every_column() -> None:
    page = (DOCS / "formats.md").read_text("utf-8")
    columns = {*bulk.EVENTS, *FLAT_COLUMNS} - {"representative"}
    assert [name for name in sorted(columns) if f"`{name}`" not in page] == []
