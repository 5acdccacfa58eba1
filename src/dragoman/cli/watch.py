"""`dragoman watch`: keeps a record live from feeds."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.common import printable


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=watch.__doc__)(watch)


def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS.toml", help="The feeds and how often to look (docs/how-to/watch.md).")
    ],
    record: Annotated[Path, typer.Option(help="The record to keep live.")] = Path("dragoman.duckdb"),
    rounds: Annotated[int, typer.Option(min=0, help="Stop after so many rounds; 0 goes on until stopped.")] = 0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Permit feeds on this machine and its network.")
    ] = False,
) -> None:
    """Fetch the feeds again and again and add what is new to a record."""
    from dragoman.api import code_items
    from dragoman.errors import RecordBusyError
    from dragoman.ingest.feeds import Fetcher, poll, read_feeds_file

    wanted = read_feeds_file(feeds)
    fetcher = Fetcher(allow_private=allow_private)
    done = 0
    try:
        while True:
            items = (item for feed in wanted.feeds for item in poll(feed, fetcher))
            try:
                said = str(code_items(items, into=record, inputs=[feed.url for feed in wanted.feeds]))
            except (
                RecordBusyError
            ) as busy:  # a reader or a writer has the file just now: nothing was fetched, try again
                said = str(busy)
            typer.echo(printable(f"{time.strftime('%H:%M')} {said}"), err=True)
            done += 1
            if rounds and done >= rounds:
                return
            time.sleep(wanted.every)
    finally:
        fetcher.close()
