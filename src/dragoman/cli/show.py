"""Events for the eye: the table, and one event over its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from dragoman.cli.common import printable
from dragoman.records.codec import Json

if TYPE_CHECKING:
    from rich.console import Console

MOST_ROWS = 500
"""Rows of the table: more are no longer read, and a table is held in memory until it is drawn."""

QUAD_STYLES = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}
STATUS_MARKS = {
    "actual": "",
    "historical": "past",
    "future": "planned",
    "hypothetical": "possible",
    "negated": "denied",
    "postponed": "put off",
    "cancelled": "called off",
}
FIELD_STYLES = {
    "trigger": "bold reverse", "actors": "green underline", "recipients": "magenta underline", "place": "blue underline",
    "date": "cyan underline", "attribution": "yellow underline", "cue": "yellow", "quantities": "red underline",
    "status": "bold italic", "mode": "italic underline",
}  # fmt: skip


def parties(values: list[Json]) -> str:
    """Names with country and first sector: "Sergey Lavrov (RUS GOV), Chung (KOR GOV)"."""
    shown = []
    for party in values:
        code = " ".join(x for x in (party["country"], *(party["sectors"] or [])[:1]) if x)
        shown.append(printable(party["name"] or party["text"]) + (f" ({code})" if code else ""))
    return ", ".join(shown)


def when(event: Json) -> str:
    """The event's days as shown: one day, an interval, a month; "?" when the text does not say."""
    start, end, precision = event["date_start"], event["date_end"], event["date_precision"]
    if not start:
        return "?"
    if precision == "year" and str(start)[:4] == str(end or start)[:4]:
        return str(start)[:4]
    if precision == "month" and str(start)[:7] == str(end or start)[:7]:
        return str(start)[:7]
    return str(start) if start == end else f"{start} to {end}"


def what(event: Json) -> str:
    """Type with mode, and status where it is not plainly actual."""
    mark = STATUS_MARKS.get(event["status"], event["status"])
    mode = f"/{event['mode']}" if event["mode"] else ""
    return f"{event['event_type']}{mode}" + (f" [{mark}]" if mark else "")


def event_table(events: Iterable[Json], console: Console) -> None:
    """Events as a table, each with the sentence behind it."""
    table = Table(show_lines=True, expand=True)
    for name, options in (
        ("event", {"width": 8}), ("when", {"width": 10}), ("what", {"ratio": 2, "min_width": 10}), ("who", {"ratio": 3}),
        ("to whom", {"ratio": 3}), ("where", {"ratio": 2}), ("says who, in which words", {"ratio": 7}),
    ):  # fmt: skip
        table.add_column(name, **options)  # type: ignore[arg-type]
    for event in events:
        first = event["mentions"][0]
        said = ", ".join(printable(a["speaker"]) for a in event["attribution"]) or printable(first["source"] or "")
        more = f" (+{event['n_reports'] - 1} reports)" if event["n_reports"] > 1 else ""
        split = " DISPUTED: " + ", ".join(d["field"] for d in event["disputes"]) if event["disputes"] else ""
        sentence = Text((f"{said}: " if said else ""), style="dim")
        sentence.append_text(marked(first))
        sentence.append(more + split, style="bold")
        table.add_row(
            event["event_id"][:8], when(event), Text(what(event) + f"\n{event['cameo'] or ''}", style=QUAD_STYLES.get(event["quad_class"], "")),
            parties(event["actors"]), parties(event["recipients"]), printable((event["place"] or {}).get("name")), sentence,
        )  # fmt: skip
    console.print(table if table.row_count else "No events.")


def marked(mention: Json) -> Text:
    """The sentence with every field's words in that field's style."""
    base, sentence = mention["sentence_start"], mention["sentence"]
    text = Text("".join(c if c.isprintable() else " " for c in sentence))
    spans = {**mention["spans"], "trigger": [[mention["trigger"]["start"], mention["trigger"]["end"]]]}
    for field, found in spans.items():
        for start, end in found:
            if base <= start and end <= base + len(sentence):
                text.stylize(FIELD_STYLES.get(field, "underline"), start - base, end - base)
    return text


def explanation(event: Json, console: Console) -> None:
    """One event: its fields, each account's sentence with the evidence marked, and why it was coded so."""
    console.print(Text(f"{what(event)}   CAMEO {event['cameo'] or '-'}   quad {event['quad_class']}   "
                       f"PLOVER {event['plover_score']:+g}   Goldstein {event['goldstein'] if event['goldstein'] is not None else '-'}"
                       f"   confidence {event['confidence']:.2f}", style="bold"))  # fmt: skip
    place = event["place"] or {}
    rows = [
        ("id", event["event_id"]), ("base type", event["base_type"]), ("status", event["status"]), ("who", parties(event["actors"])),
        ("to whom", parties(event["recipients"])), ("when", when(event)),
        ("where", " / ".join(printable(x) for x in (place.get("name"), place.get("admin1"), place.get("country")) if x)),
        ("about", ", ".join(event["contexts"])), ("first seen", event["first_seen"]),
        ("reports", f"{event['n_mentions']} mentions in {event['n_reports']} reports, {event['n_sources']} independent accounts"),
    ]  # fmt: skip
    grid = Table.grid(padding=(0, 2))
    for name, value in rows:
        if value:
            grid.add_row(Text(name, style="dim"), printable(value))
    console.print(grid)
    for dispute in event["disputes"]:
        console.print(Text(f"differ on {dispute['field']}:", style="bold"))
        for side in dispute["sides"]:
            console.print(f"  {printable(side['value'])}: {printable(', '.join(side['said_by']))}")
    reasons = {r["mention_id"]: r["because"] for r in event["merged_because"]}
    for number, mention in enumerate(event["mentions"], start=1):
        _account(number, mention, reasons.get(mention["mention_id"]), console)
    console.print(_legend())


def _account(number: int, mention: Json, because: str | None, console: Console) -> None:
    where = printable(mention["source"] or "unknown source") + (
        f", {mention['published']}" if mention["published"] else ""
    )
    console.print()
    console.print(
        Text(
            f"{number}. {where}, report {mention['report_id']}, characters {mention['sentence_start']} to {mention['sentence_end']}",
            style="dim",
        )
    )
    if because:
        console.print(Text(f"   same event because: {printable(because)}", style="dim"))
    console.print(marked(mention))
    for said in mention["attribution"]:
        console.print(f"   says: {printable(said['speaker'])} ({said['kind']}{', in quotation marks' if said['direct'] else ''})"
                      + (f", cue {printable(said['cue'])!r}" if said["cue"] else ""))  # fmt: skip
    for step in mention["trail"]:
        score = f" ({step['score']:.2f})" if step["score"] is not None else ""
        console.print(
            Text(f"   {step['field']}: {printable(step['because'])} [{printable(step['by'])}]{score}", style="dim")
        )


def _legend() -> Text:
    legend = Text("\nmarked: ")
    for field, style in FIELD_STYLES.items():
        legend.append(field, style=style)
        legend.append("  ")
    return legend
