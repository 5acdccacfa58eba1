"""The docs are true: every command stands in the README, every link leads somewhere, and the Python example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from dragoman.cli.main import app

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "corpus" / "README.md", ROOT / "examples" / "README.md"]
)
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)")


def commands() -> list[str]:
    return sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"`dragoman {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readmes_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"## In Python\n\n((?:    .*\n|\n)+)", readme)
    assert block
    code = re.sub(r"^    ", "", block[1], flags=re.M)
    archive = tmp_path / "my-archive"
    archive.mkdir()
    (archive / "2024-02-03_wire.txt").write_text(
        "South Korea summoned the Russian ambassador on Friday over remarks about the North."
    )
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})


def test_the_project_speaks_of_itself_alone() -> None:
    """No path of anybody's machine in what ships."""
    for page in PAGES:
        text = page.read_text("utf-8")
        assert "/home/" not in text
        assert "/work/" not in text
        assert "/tmp/" not in text
