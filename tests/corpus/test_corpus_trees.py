"""The file of corrected trees: what is read, what is refused, and that its sentences are still those of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.parse import REPORTS, read_corpus
from corpus.splits import parts
from corpus.trees import checksum, is_tree, problems_of, read_trees
from dragoman.read.sentences import word_spans

LINE = "pl-1/0\t0a1b2c3d\t2/nsubj/NOUN 0/root/VERB 2/punct/PUNCT"


def test_trees_are_read_by_sentence(tmp_path: Path) -> None:
    file = tmp_path / "trees.tsv"
    file.write_text(LINE + "\n", "utf-8")
    row = read_trees(file)["pl-1/0"]
    assert (row.checksum, row.heads, row.relations[1], row.upos[0]) == ("0a1b2c3d", (2, 0, 2), "root", "NOUN")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("pl-2/0\t2/nsubj/NOUN", "no id, checksum and words"),
        (LINE, "its id was there before"),
        ("pl-2/0\t0\t2/nsubj 0/root/VERB", "must be of the form"),
        ("pl-2/0\t0\t2/nsubj/NOUN 1/root/VERB", "no tree with one root"),
        ("pl-2/0\t0\t0/root/NOUN 3/obj/VERB 2/obj/X", "no tree with one root"),
        ("pl-2/0\t0\t0/root/NOUN 9/obj/VERB", "no tree with one root"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, named: str) -> None:
    file = tmp_path / "trees.tsv"
    file.write_text(f"{LINE}\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"trees\.tsv:2: ") as raised:
        read_trees(file)
    assert named in str(raised.value)
    assert [p.code for p in problems_of(file)] == ["trees"]


def test_heads_are_a_tree_or_none() -> None:
    assert is_tree([2, 0, 2])
    assert not is_tree([2, 1, 0, 5, 4])
    assert not is_tree([0, 0])


def test_the_trees_of_the_project_belong_to_sentences_that_may_be_learned() -> None:
    assert problems_of() == []
    trees = read_trees()
    assert len(trees) > 3000
    reports = read_corpus([REPORTS])
    part = parts(reports)
    assert {part[key.split("/")[0]] for key in trees} == {"train"}
    by_id = {r.id: r for r in reports}
    for key, row in trees.items():
        ident, _, number = key.partition("/")
        report = by_id[ident]
        sentence = report.sentences[int(number)]
        words = [report.text[a:b] for a, b in word_spans(report.text, sentence.start, sentence.end)]
        assert (row.checksum, len(row.heads)) == (checksum(words), len(words)), key
