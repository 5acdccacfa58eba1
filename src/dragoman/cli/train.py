"""`dragoman train`: a classifier for the user's own labels of marked pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=train.__doc__)(train)


def train(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON Lines of {text, source: {text, spans}, target: {text, spans}, root}; `root` is your label."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Where to write the classifier.")] = Path("labels.npz"),
    folds: Annotated[int, typer.Option(min=0, help="Also cross-validate with so many folds; 0 does not.")] = 5,
) -> None:
    """Learn your own labels for marked pairs, in seconds, on the shipped encoder; then `coder.relation(..., labels=FILE)`."""
    from dragoman.evaluate.own import cross_validate, learn
    from dragoman.pipeline import Tools
    from dragoman.query.output import check_writable

    check_writable(out)
    tools = Tools.load()
    if folds:
        outcome = cross_validate(file, tools, folds)
        typer.echo(
            f"cross-validated on {outcome.n} pairs: "
            + ", ".join(f"{name} {value:.1f}" for name, value in outcome.metrics.items())
        )
    learned = learn(file, tools)
    learned.save(out)
    typer.echo(f"{len(learned.labels)} labels written to {out}: {', '.join(learned.labels)}")
