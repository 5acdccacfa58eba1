"""What decides the output is told in the coder's name, so that reports are coded anew when it changes."""

from __future__ import annotations

from pathlib import Path

from dragoman.pipeline import rules_of


def test_a_changed_rule_changes_the_hash(tmp_path: Path) -> None:
    rule = tmp_path / "rule.py"
    rule.write_text("NAME = 0.4\n", "utf-8")
    before = rules_of(tmp_path)
    assert rules_of(tmp_path) == before
    rule.write_text("NAME = 0.35\n", "utf-8")
    assert rules_of(tmp_path) != before


def test_files_beside_the_program_do_not_count(tmp_path: Path) -> None:
    before = rules_of(tmp_path)
    (tmp_path / "notes.txt").write_text("anything", "utf-8")
    assert rules_of(tmp_path) == before
