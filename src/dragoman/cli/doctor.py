"""`dragoman doctor`: what is installed, which model, what it can do here."""

from __future__ import annotations

import json as jsonlib
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=doctor.__doc__)(doctor)


def doctor(json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Say what is installed, which model it is and what it was trained on, and what works here."""
    from dragoman.health import examine

    findings = examine()
    if json:
        typer.echo(
            jsonlib.dumps({f.name: f.value for f in findings} | {"ok": all(f.ok for f in findings)}, ensure_ascii=False)
        )
    else:
        for finding in findings:
            typer.echo(
                f"{'ok  ' if finding.ok else 'BAD '} {finding.name}: {finding.value}"
                + (f" -> {finding.remedy}" if finding.remedy else "")
            )
    raise typer.Exit(0 if all(f.ok for f in findings) else 1)
