"""`dragoman dyad`: two sides through time, as the page an analyst reads."""

from __future__ import annotations

import json as jsonlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options
from dragoman.cli.common import console, printable, record_path

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from dragoman.query.dyads import Dyad
    from dragoman.query.series import Bin
    from dragoman.records.codec import Json

MOST_PERIODS = 36
"""Periods up to which the table shows those without events too."""

MOST_CITED = 3
"""Events that a clause of the paragraph cites by id; the others are in the timeline."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=dyad.__doc__)(dyad)


def dyad(
    first: Annotated[str, typer.Argument(help="KOR, IGO ...; a sector: KOR/MIL, /REB; or a name.")],
    second: Annotated[str, typer.Argument(help="The other side.")],
    record: options.RecordOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    by: Annotated[str, typer.Option(help="day, week, month, quarter or year.")] = "month",
    directed: Annotated[bool, typer.Option("--directed", help="Only what the first does to the second.")] = False,
    min_confidence: options.LeastOption = options.REPORTED_FROM,
    plot: options.PlotOption = None,
    json: options.JsonOption = False,
) -> None:
    """Two countries through time: what happened, the counts and scores, and where the accounts differ."""
    from dragoman.query.record import Record

    with Record(record_path(record)) as opened:
        pair = opened.dyad(first, second, since=since, until=until, directed=directed, min_confidence=min_confidence)
        if plot:
            from dragoman.query.plots import plot_dyad

            typer.echo(plot_dyad(pair, plot, by=by), err=True)
        if json:
            typer.echo(jsonlib.dumps(_as_json(pair, by), ensure_ascii=False))
        else:
            page(pair, by, console())


def _as_json(pair: Dyad, by: str) -> Json:
    return {
        "dyad": [pair.first, pair.second], "names": list(pair.names), "directed": pair.directed,
        "min_confidence": pair.min_confidence, "candidates": pair.candidates(),
        "summary": [{"text": c.text, "event_ids": list(c.event_ids)} for c in pair.summary()],
        "series": [b.to_json() for b in pair.series(by)], "events": pair.events(),
        "framing": [{"event_id": f.event_id, "wordings": [asdict(w) for w in f.wordings]} for f in pair.framing()],
    }  # fmt: skip


def page(pair: Dyad, by: str, out: Console) -> None:
    """The page an analyst reads: summary, series, timeline, differing accounts, people, topics."""
    from rich.text import Text

    bins = pair.series(by)  # an unknown period is said before anything is printed
    out.print(Text(f"{pair.names[0]} {'>' if pair.directed else 'and'} {pair.names[1]}", style="bold"))
    out.print(_paragraph(pair))
    _left_out(pair, out)
    if not pair.events():
        _unknown_sides(pair, out)
        return
    _table(bins, by, out)
    out.print(Text("\nTimeline", style="bold"))
    for event in pair.events():
        _entry(event, out)
    _changes(pair, by, out)
    _framing(pair, out)
    _both_sides(pair, out)
    _people_and_topics(pair, out)


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


def _left_out(pair: Dyad, out: Console) -> None:
    from rich.text import Text

    from dragoman.query.reporting import candidates_line

    if said := candidates_line(pair.candidates(), pair.min_confidence):
        out.print(Text(f"{len(pair.events())} events; {said}.", style="dim"))


def _unknown_sides(pair: Dyad, out: Console) -> None:
    from rich.text import Text

    named = [side for side, name in zip((pair.first, pair.second), pair.names, strict=True) if side == name]
    if named:
        out.print(Text(f"{' and '.join(map(printable, named))}: no country code; looked for as a name. Codes are ISO 3166-1 alpha-3.", style="dim"))  # fmt: skip


def _table(bins: list[Bin], by: str, out: Console) -> None:
    """Counts and scores, one period a row."""
    from rich.table import Table
    from rich.text import Text

    kinds = ("verbal coop.", "material coop.", "verbal confl.", "material confl.")
    table = Table(by, "events", "reports", *kinds, "PLOVER sum", "Goldstein mean")
    shown = [b for b in bins if b.events] if len(bins) > MOST_PERIODS else bins
    for b in shown:
        mean = "" if b.goldstein_mean is None else _signed(b.goldstein_mean)
        quads = (str(b.by_quad[q] or "") for q in (1, 2, 3, 4))
        table.add_row(
            str(b.start), str(b.events), str(b.reports), *quads, _signed(b.plover_sum) if b.events else "", mean
        )
    out.print(table)
    if len(shown) < len(bins):
        out.print(Text(f"{len(bins) - len(shown)} {by}s without events are left out.", style="dim"))


def _entry(event: Json, out: Console) -> None:
    """One event of the timeline: its line, the sentence that tells it, and where accounts differ."""
    from rich.text import Text

    from dragoman.cli.show import marked, parties, what, when
    from dragoman.query.summary import shown as telling

    day = when(event) if event["date_start"] else f"told {event['first_seen'] or '?'}"
    head = Text(f"{day}  {event['event_id'][:8]}  ", style="dim")
    head.append(what(event), style="bold")
    head.append(f"  {parties(event['actors'])}" + (f" > {parties(event['recipients'])}" if event["recipients"] else ""))
    if event["n_reports"] > 1:
        head.append(f"  ({event['n_reports']} reports, {event['n_sources']} accounts)", style="dim")
    out.print(head)
    line = Text("    ")
    line.append_text(marked(telling(event)))
    out.print(line)
    for dispute in event["disputes"]:
        sides = " | ".join(f"{printable(s['value'])}: {_speakers(s['said_by'])}" for s in dispute["sides"])
        out.print(Text(f"    differ on {dispute['field']}: {sides}", style="yellow"))


def _speakers(said_by: list[str]) -> str:
    """Who says so; reports without a publisher by the start of their id."""
    return printable(", ".join(s[:15] if s.startswith("report ") else s for s in said_by))


def _signed(score: float) -> str:
    """+1.5, -0.3, 0.0: never "-0.0"."""
    return f"{score:+.1f}" if abs(score) >= 0.05 else "0.0"


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


def _people_and_topics(pair: Dyad, out: Console) -> None:
    from rich.text import Text

    if pair.people():
        named = ", ".join(f"{printable(n)} ({c}, {k})" for n, c, k in pair.people())
        out.print(Text("\nPeople: ", style="bold") + Text(named))
    if pair.topics():
        out.print(Text("Topics: ", style="bold") + Text(", ".join(f"{t} {n}" for t, n in pair.topics()[:12])))
