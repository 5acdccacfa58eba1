"""`dragoman dyad`, `dragoman network`, `dragoman import`: questions to a record, and tables to compare with."""

from __future__ import annotations

import json as jsonlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.common import console, parse_day, printable, record_path

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from dragoman.query.dyads import Dyad


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=dyad.__doc__)(dyad)
    app.command(help=network.__doc__)(network)
    app.command("import", help=bring_in.__doc__)(bring_in)


def dyad(
    first: Annotated[str, typer.Argument(help="KOR, IGO ...; a sector: KOR/MIL, /REB; or a name.")],
    second: Annotated[str, typer.Argument(help="The other side.")],
    record: Annotated[
        Path | None, typer.Option(help="The record; default $DRAGOMAN_RECORD or dragoman.duckdb.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    by: Annotated[str, typer.Option(help="day, week, month, quarter or year.")] = "month",
    directed: Annotated[bool, typer.Option("--directed", help="Only what the first does to the second.")] = False,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0)] = 0.0,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it: .svg, .png or .pdf.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON, also on a terminal.")] = False,
) -> None:
    """Two countries through time: what happened, the counts and scores, and where the accounts differ."""
    from dragoman.query.record import Record

    parse_day(since, "--since")
    parse_day(until, "--until")
    with Record(record_path(record)) as opened:
        pair = opened.dyad(first, second, since=since, until=until, directed=directed, min_confidence=min_confidence)
        if plot:
            from dragoman.query.plots import plot_dyad

            typer.echo(plot_dyad(pair, plot, by=by), err=True)
        if json:
            value = {
                "dyad": [pair.first, pair.second], "names": list(pair.names), "directed": directed,
                "summary": [{"text": c.text, "event_ids": list(c.event_ids)} for c in pair.summary()],
                "series": [b.to_json() for b in pair.series(by)], "events": pair.events(),
                "framing": [{"event_id": f.event_id, "wordings": [asdict(w) for w in f.wordings]} for f in pair.framing()],
            }  # fmt: skip
            typer.echo(jsonlib.dumps(value, ensure_ascii=False))
            return
        page(pair, by, console())


def page(pair: Dyad, by: str, out: Console) -> None:
    """The page an analyst reads: summary, series, timeline, differing accounts, people, topics."""
    from rich.table import Table
    from rich.text import Text

    from dragoman.cli.show import marked, parties, what, when
    from dragoman.query.summary import shown as telling

    bins = pair.series(by)  # an unknown period is said before anything is printed
    out.print(Text(f"{pair.names[0]} {'>' if pair.directed else 'and'} {pair.names[1]}", style="bold"))
    out.print(_paragraph(pair))
    if not pair.events():
        named = [side for side, name in zip((pair.first, pair.second), pair.names, strict=True) if side == name]
        if named:
            out.print(Text(f"{' and '.join(map(printable, named))}: no country code; looked for as a name. Codes are ISO 3166-1 alpha-3.", style="dim"))  # fmt: skip
        return
    table = Table(
        by,
        "events",
        "reports",
        "verbal coop.",
        "material coop.",
        "verbal confl.",
        "material confl.",
        "PLOVER sum",
        "Goldstein mean",
    )
    shown = [b for b in bins if b.events] if len(bins) > 36 else bins
    for b in shown:
        mean = "" if b.goldstein_mean is None else _signed(b.goldstein_mean)
        table.add_row(
            str(b.start),
            str(b.events),
            str(b.reports),
            *(str(b.by_quad[q] or "") for q in (1, 2, 3, 4)),
            _signed(b.plover_sum) if b.events else "",
            mean,
        )
    out.print(table)
    if len(shown) < len(bins):
        out.print(Text(f"{len(bins) - len(shown)} {by}s without events are left out.", style="dim"))
    out.print(Text("\nTimeline", style="bold"))
    for event in pair.events():
        day = when(event) if event["date_start"] else f"told {event['first_seen'] or '?'}"
        head = Text(f"{day}  {event['event_id'][:8]}  ", style="dim")
        head.append(what(event), style="bold")
        head.append(
            f"  {parties(event['actors'])}" + (f" > {parties(event['recipients'])}" if event["recipients"] else "")
        )
        if event["n_reports"] > 1:
            head.append(f"  ({event['n_reports']} reports, {event['n_sources']} accounts)", style="dim")
        out.print(head)
        line = Text("    ")
        line.append_text(marked(telling(event)))
        out.print(line)
        for dispute in event["disputes"]:
            sides = " | ".join(f"{printable(s['value'])}: {_speakers(s['said_by'])}" for s in dispute["sides"])
            out.print(Text(f"    differ on {dispute['field']}: {sides}", style="yellow"))
    _changes(pair, by, out)
    _framing(pair, out)
    _both_sides(pair, out)
    if pair.people():
        out.print(
            Text("\nPeople: ", style="bold")
            + Text(", ".join(f"{printable(n)} ({c}, {k})" for n, c, k in pair.people()))
        )
    if pair.topics():
        out.print(Text("Topics: ", style="bold") + Text(", ".join(f"{t} {n}" for t, n in pair.topics()[:12])))


MOST_CITED = 3
"""Events that a clause of the paragraph cites by id; the others are in the timeline."""


def _paragraph(pair: Dyad) -> Text:
    """The summary, each clause a sentence with the ids of the events it rests on."""
    from rich.text import Text

    text = Text()
    for clause in pair.summary():
        words = printable(clause.text).removesuffix(".")
        text.append(words[:1].upper() + words[1:])
        if clause.event_ids:
            more = len(clause.event_ids) - MOST_CITED
            cited = ", ".join(e[:8] for e in clause.event_ids[:MOST_CITED])
            text.append(f" [{cited}{f' and {more} more' if more > 0 else ''}]", style="dim")
        text.append(". ")
    return text


def _speakers(said_by: list[str]) -> str:
    """Who says so; reports without a publisher by the start of their id."""
    return printable(", ".join(s[:15] if s.startswith("report ") else s for s in said_by))


def _signed(score: float) -> str:
    """+1.5, -0.3, 0.0: never "-0.0"."""
    return f"{score:+.1f}" if abs(score) >= 0.05 else "0.0"


def network(
    record: Annotated[
        Path | None, typer.Option(help="The record; default $DRAGOMAN_RECORD or dragoman.duckdb.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    kind: Annotated[str, typer.Option(help="all, cooperation or conflict.")] = "all",
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it: .svg, .png or .pdf.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON, also on a terminal.")] = False,
) -> None:
    """Who deals with whom: countries with their partners and their place in the network, and the busiest pairs."""
    from rich.table import Table

    from dragoman.query.record import Record

    parse_day(since, "--since")
    parse_day(until, "--until")
    with Record(record_path(record)) as opened:
        found = opened.network(kind, since=since, until=until)
    if plot:
        from dragoman.query.plots import plot_network

        typer.echo(plot_network(found, plot), err=True)
    if json:
        typer.echo(jsonlib.dumps(asdict(found), ensure_ascii=False))
        return
    table = Table("country", "events", "partners", "betweenness", "eigenvector", "group")
    for n in found.nodes:
        eigen = "" if n.eigenvector is None else f"{n.eigenvector:.2f}"
        table.add_row(
            f"{n.name} ({n.country})",
            str(n.events),
            str(n.partners),
            f"{n.betweenness:.2f}",
            eigen,
            str(n.component + 1),
        )
    out = console()
    out.print(table)
    out.print(f"{len(found.nodes)} countries, {len(found.edges)} pairs, density {found.density:.2f}.")
    if found.edges:
        out.print("Busiest pairs: " + ", ".join(f"{a}-{b} {n}" for a, b, n in found.edges[:12]))


def bring_in(
    form: Annotated[str, typer.Argument(help="icews, gdelt or polecat.")],
    files: Annotated[list[Path], typer.Argument(help="Tables; the first member of a .zip is read.")],
    record: Annotated[Path, typer.Option(help="The record to add to; made when it is not there.")],
) -> None:
    """Bring other people's event tables into a record, marked "imported, no text", to compare with your own."""
    from dragoman.api import remerge
    from dragoman.query.imports import import_file
    from dragoman.store import Writer

    aside = 0
    with Writer(record) as writer:
        for file in files:
            count, problems = import_file(writer, file, form)
            aside += len(problems)
            typer.echo(f"{printable(file)}: {count} events imported, {len(problems)} rows set aside", err=True)
        typer.echo(f"{remerge(writer)} events in {printable(record)}", err=True)
    raise typer.Exit(1 if aside else 0)


def _changes(pair: Dyad, by: str, out: Console) -> None:
    """Where the level changed, with what made it change; nothing where the library for it is not installed."""
    from rich.text import Text

    from dragoman.cli.show import what
    from dragoman.errors import UsageError

    try:
        changes = pair.changes(by)
    except UsageError as missing:
        out.print(Text(f"\nNo change points: {missing}", style="dim"))
        return
    for bin_, events in changes:
        told = "; ".join(f"{what(e)} {e['event_id'][:8]}" for e in events)
        out.print(Text(f"\nThe level changed in the {by} of {bin_.start}: ", style="bold") + Text(printable(told)))


def _framing(pair: Dyad, out: Console) -> None:
    from rich.text import Text

    framed = pair.framing()
    if framed:
        out.print(Text("\nHow it is worded", style="bold"))
    for framing in framed[:10]:
        out.print(Text(f"  {framing.event_id[:8]}", style="dim"))
        for w in framing.wordings[:6]:
            words = f"“{printable(w.words)}”" if w.direct else printable(w.words)
            out.print(
                Text(f"    {printable(w.speaker)}{f' ({w.side})' if w.side else ''}: ", style="bold") + Text(words)
            )


def _both_sides(pair: Dyad, out: Console) -> None:
    from rich.text import Text

    for side, accounts in pair.accounts().items():
        if not accounts:
            continue
        out.print(Text(f"\nWhat {pair.names[0] if side == pair.first else pair.names[1]} says", style="bold"))
        fullest = {
            a.sentence: a for a in sorted(accounts, key=lambda a: len(a.speaker))
        }  # "Saltykov" is Georgy Saltykov
        for account in list({a.sentence: fullest[a.sentence] for a in accounts}.values())[:8]:
            out.print(
                Text(f"  {printable(account.speaker)}: ", style="bold")
                + Text(f"{printable(account.sentence)}")
                + Text(f"  {account.source or ''} {account.published or ''}", style="dim")
            )
