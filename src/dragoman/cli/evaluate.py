"""`dragoman evaluate`: scores the coder against gold files."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.common import console, printable


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=evaluate.__doc__)(evaluate)


def evaluate(
    suite: Annotated[
        str,
        typer.Argument(
            help="relations, classes, spans, events, articles, attribution, actors, times, places or coref."
        ),
    ],
    file: Annotated[Path, typer.Argument(help="Gold file of that suite's form (see docs/evaluate.md).")],
    json: Annotated[bool, typer.Option("--json", help='As {"suite", "file", "n", "metrics"}.')] = False,
    train: Annotated[
        bool, typer.Option("--train", help="relations: learn the file's own labels, scored by cross-validation.")
    ] = False,
    folds: Annotated[int, typer.Option(min=2, help="With --train: how many folds.")] = 5,
    train_on: Annotated[
        Path | None, typer.Option(help="relations: learn the labels of this file, scored on the other.")
    ] = None,
    confusion: Annotated[bool, typer.Option("--confusion", help="Also print what was taken for what.")] = False,
    mistakes: Annotated[int, typer.Option(min=0, help="Also print this many mistakes.")] = 0,
) -> None:
    """Score the coder against a gold file and print the standard metrics."""
    from dragoman.evaluate import run_suite
    from dragoman.pipeline import Tools

    if train or train_on:
        from dragoman.errors import UsageError
        from dragoman.evaluate.own import cross_validate, transfer

        if suite != "relations":
            raise UsageError("--train and --train-on go with the suite relations only.")
        tools = Tools.load()
        outcome = transfer(train_on, file, tools) if train_on else cross_validate(file, tools, folds)
    else:
        outcome = run_suite(suite, file, Tools.load())
    if json:
        typer.echo(jsonlib.dumps(outcome.to_json(), ensure_ascii=False))
        return
    from rich.table import Table

    table = Table("metric", "value", title=f"{outcome.suite} on {file.name}, n = {outcome.n}")
    for name, value in outcome.metrics.items():
        table.add_row(name, f"{value:.2f}")
    console().print(table)
    if confusion and outcome.confusion:
        found = sorted({f for row in outcome.confusion.values() for f in row})
        grid = Table("gold \\ found", *found)
        for gold in sorted(outcome.confusion):
            grid.add_row(gold, *(str(outcome.confusion[gold].get(f, "")) for f in found))
        console().print(grid)
    for mistake in outcome.mistakes[:mistakes]:
        console().print(
            f"{printable(mistake.item)}  expected {printable(mistake.expected)}  found {printable(mistake.found)}\n    {printable(mistake.text[:400])}"
        )
