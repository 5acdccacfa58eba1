"""What docs/ontology.md shows is so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from dragoman import ontology as package
from dragoman.ontology import load_ontology
from dragoman.ontology.tables import DATA

PAGE = (Path(__file__).parents[2] / "docs" / "ontology.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, flags=re.DOTALL)


def test_the_calls_give_what_the_page_says():
    (code,) = [text for language, text in BLOCKS if language == "python"]
    names: dict[str, object] = {}
    shown = 0
    imports, calls = code.split("\n\n", 1)
    exec(imports, names)
    for line in calls.splitlines():
        call, _, said = line.partition("  # ")
        if not said:
            continue
        literal = re.split(r"[;:] ", said)[0]
        assert eval(call, names) == ast.literal_eval(literal), line
        shown += 1
    assert shown >= 12


def test_the_example_file_is_the_tested_one(tmp_path):
    (text,) = [text for language, text in BLOCKS if language == "toml"]
    path = tmp_path / "strikes.toml"
    path.write_text(text, encoding="utf-8")
    own = load_ontology(Path(__file__).with_name("own.toml"))
    assert load_ontology(path).types == own.types


def test_every_data_file_is_named():
    assert {path.name for path in DATA.iterdir() if path.suffix in {".csv", ".toml"}} <= set(
        re.findall(r"`([\w-]+\.(?:csv|toml))`", PAGE)
    )


def test_every_decision_that_the_page_links_to_exists():
    for link in re.findall(r"\]\((decisions/[^)]+)\)", PAGE):
        assert (Path(__file__).parents[2] / "docs" / link).is_file(), link


def test_every_public_name_is_there():
    for name in package.__all__:
        assert hasattr(package, name), name
