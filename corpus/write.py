"""Records back into the corpus format: what a reviewer decided becomes a file again.

`parse(write(reports))` gives the same records; spacing is made uniform.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.records import (
    Argument,
    CorpusReport,
    Declaration,
    Entity,
    Event,
    Group,
    Place,
    Quantity,
    Sentence,
    Time,
    Voice,
)


class CrossingMarksError(ValueError):
    """Two marks overlap without one holding the other; the format cannot say that."""

    def __init__(self, report_id: str, ids: list[str]) -> None:
        super().__init__(
            f"{report_id}: the marks {', '.join(ids)} cross another mark. Move an end so that one holds the other."
        )
        self.report_id, self.ids = report_id, tuple(ids)


def write(reports: Iterable[CorpusReport]) -> str:
    """The text of a corpus file that holds the reports."""
    return "\n".join(_report(report) for report in reports)


def _report(report: CorpusReport) -> str:
    head = report.header
    lines = [
        f"=== {head.id}",
        f"published: {head.published.isoformat()}",
        f"style: {head.style}",
        f"publisher: {head.publisher}",
        f"region: {head.region}",
        f"title: {head.title}",
        *([f"pair: {head.pair}"] if head.pair else []),
    ]
    paragraph = -1
    for sentence in report.sentences:
        if sentence.paragraph != paragraph:
            lines.append("")
            paragraph = sentence.paragraph
        lines.append(marked(report, sentence))
    lines.append("")
    lines += [declaration(d) for d in report.declarations]
    lines += [event(e) for e in report.events]
    return "\n".join(lines) + "\n"


def marked(report: CorpusReport, sentence: Sentence) -> str:
    """One sentence with its marks."""
    spans = [(m.start, m.end, "[", "]", m.id) for m in report.mentions]
    spans += [(t.start, t.end, "{", "}", t.id) for t in report.triggers]
    spans += [(c.start, c.end, "<", ">", c.id) for c in report.cues]
    here = [s for s in spans if sentence.start <= s[0] and s[1] <= sentence.end]
    here.sort(key=lambda s: (s[0], -s[1]))
    open_: list[tuple[int, int, str, str, str]] = []
    out: list[str] = []
    for at in range(sentence.start, sentence.end + 1):
        while open_ and open_[-1][1] == at:
            _, _, _, closer, id_ = open_.pop()
            out.append(f"|{id_}{closer}")
        for span in (s for s in here if s[0] == at):
            out.append(span[2])
            open_.append(span)
        if at < sentence.end:
            out.append(report.text[at])
    if open_:
        raise CrossingMarksError(report.id, [span[4] for span in open_])
    return "".join(out)


def declaration(made: Declaration) -> str:
    """The `@` line of a declaration."""
    match made:
        case Group(id=id_, members=members):
            return f"@{id_} group: {','.join(members)}"
        case Place(id=id_, country=country, kind=kind, name=name):
            return f"@{id_} place {country or '-'} {kind}" + _quoted("name", name)
        case Time(id=id_, value=value):
            return f"@{id_} time {value or '-'}"
        case Quantity(id=id_, kind=kind, low=low, high=high, currency=currency):
            amount = low if low and low == high else f"{low or ''}-{high or ''}"
            return f"@{id_} {kind} {amount}" + (f" {currency}" if currency else "")
        case Entity(id=id_, kind=kind, country=country, sectors=sectors, office=office, name=name):
            line = f"@{id_} {kind} {country or '-'}" + (f" {','.join(sectors)}" if sectors else "")
            return line + _quoted("office", office) + _quoted("name", name)


def event(made: Event) -> str:
    """The `!` line of an event."""
    modes = f"/{','.join(made.modes)}" if made.modes else ""
    line = f"!{made.id} {made.type}{modes} {made.cameo} {made.status}"
    line += f" {_parties(made.actors)} > {_parties(made.recipients)}"
    keys = {
        "at": made.at,
        "when": made.when,
        "ctx": ",".join(made.contexts),
        "n": ",".join(made.quantities),
        "by": ";".join(_voice(v) for v in made.by),
        "same": ",".join(made.same),
    }
    return line + "".join(f" {key}={value}" for key, value in keys.items() if value)


def _parties(arguments: tuple[Argument, ...]) -> str:
    return ",".join(a.id + (f"#{a.nth}" if a.nth else "") for a in arguments) or "-"


def _voice(voice: Voice) -> str:
    parts = [voice.speaker or "-"]
    if voice.cue or voice.direct:
        parts.append(voice.cue or "-")
    return ":".join(parts + (["direct"] if voice.direct else []))


def _quoted(key: str, value: str | None) -> str:
    return f' {key}="{value}"' if value is not None else ""
