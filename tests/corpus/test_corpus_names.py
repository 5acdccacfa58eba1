"""The file of names in treebank sentences: what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.names import problems_of, read_names


def test_names_are_read_by_sentence(tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    file.write_text("web-1\t1-2 PER, 5-5 LOC\nweb-2\t-\n", "utf-8")
    assert read_names(file) == {"web-1": (((1, 2), "PER"), ((5, 5), "LOC")), "web-2": ()}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("web-2 1-1 PER", "no id, tab and names"),
        ("web-1\t3-3 PER", "its id was there before"),
        ("web-2\t1-1 MISC", "'1-1 MISC' is not a name"),
        ("web-2\t4-3 ORG", "ends before it begins"),
        ("web-2\t3-4 ORG, 4-5 PER", "not after the name before it"),
        ("web-2\t", "'' is not a name"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, named: str) -> None:
    file = tmp_path / "names.tsv"
    file.write_text(f"web-1\t-\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"names\.tsv:2: ") as raised:
        read_names(file)
    assert named in str(raised.value)
    assert [p.code for p in problems_of(file)] == ["names"]


def test_the_file_of_the_project_can_be_read() -> None:
    assert problems_of() == []
    assert len(read_names()) > 2000
