"""Pairs of tellings that are, or are not, one event: stories of evaluation/same_event.jsonl and paired reports of the corpus.

Stories are read by the program itself; of corpus reports the annotated events stand for what reading would find. Parts
stand in the file (the corpus has its own split); only test is reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.coding import as_report
from corpus.parse import read_corpus
from corpus.records import Argument, CorpusReport
from corpus.records import Event as Gold
from corpus.splits import parts
from dragoman.merge import clues, merge
from dragoman.merge.features import Features, features
from dragoman.ontology import plover
from dragoman.pipeline import Tools
from dragoman.records import EventMention, Party, PlaceRef, Report

HERE = Path(__file__).parent.parent
STORIES = HERE / "evaluation" / "same_event.jsonl"


UNPAIRED = frozenset(
    frozenset(pair.split())
    for pair in (
        "eu-0089 mn-0273", "so-0267 so-0268", "mn-0308 so-0211", "as-0057 eu-0038", "eu-0020 eu-0261", "eu-0124 mn-0283", "eu-0132 mn-0129",
        "mn-0249 mn-0250", "as-0180 as-0279", "eu-0277 eu-0278", "so-0034 so-0232", "mn-0245 mn-0246", "eu-0066 eu-0147", "eu-0147 so-0084",
        "pl-0363 pl-0583", "pl-0363 so-0280", "mn-0259 pl-0164", "pl-0043 so-0293", "eu-0049 pl-0261", "eu-0099 pn-0033",
    )
)  # fmt: skip
"""Corpus reports that tell one story though their headers do not pair them, found by reading the traps of the train part that
were joined: nobody tied their events, so that they are neither one event nor two."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions; `same` says what people say."""

    part: str
    a: EventMention
    b: EventMention
    same: bool


@dataclass(frozen=True, slots=True)
class Material:
    """Everything judged: mentions merged together per group (a story, or the reports of one part), and the pairs.

    `told` are the pairs of reports, whatever was read in them: (part, report, report, whether they tell one event).
    """

    groups: tuple[tuple[EventMention, ...], ...]
    pairs: tuple[Pair, ...]
    told: tuple[tuple[str, str, str, bool], ...] = ()


def stories(tools: Tools) -> Material:
    """The stories read: every telling with the event found at its marked word; pairs within a story."""
    rows = [json.loads(line) for line in STORIES.read_text("utf-8").splitlines()]
    reports = [replace(_report(row), title=None) for row in rows]
    readings = tools.reader.read_all(reports)
    groups: dict[str, list[EventMention]] = {}
    found: dict[str, list[tuple[str, str, str, EventMention | None]]] = {}
    for row, report, reading in zip(rows, reports, readings, strict=True):
        mentions = tuple(tools.coder.code(tools.resolver.resolve(reading)))
        start, end = row["trigger"]
        hits = [m for m in mentions if any(a < end and start < b for a, b in m.spans.get("event_type", (m.trigger,)))]
        groups.setdefault(row["story"], []).extend(mentions)
        telling = (row["part"], row["event"], report.id, hits[0] if hits else None)
        found.setdefault(row["story"], []).append(telling)
    pairs, told = [], []
    for tellings in found.values():
        for (part, one, report, a), (_, two, other, b) in combinations(tellings, 2):
            told.append((part, report, other, one == two))
            if a is not None and b is not None:
                pairs.append(Pair(part, a, b, one == two))
    return Material(tuple(map(tuple, groups.values())), tuple(pairs), tuple(told))


def _report(row: dict[str, object]) -> Report:
    from dragoman.ingest.clean import content_id
    from dragoman.records import Origin

    text = str(row["text"])
    return Report(content_id(text), text, None, str(row["source"]), None, date.fromisoformat(str(row["published"])), "metadata", "en", (Origin("stories", str(row["story"])),))  # fmt: skip


# --- the corpus -------------------------------------------------------------------------------------------------------


def paired(days: tuple[int, int] = (6, 45)) -> Material:
    """Told events of the corpus, for merging, and pairs of them that are known to be one event or two.

    One: tied events of two reports of one story, and the triggers of one event in a report. Two: an event that is tied to
    one of the other report's against the rest of that report's; two events of one report; and as traps, events of one type in
    reports of different stories that share a country and were published so many days apart; reports of the same days are no
    traps, as many of them tell the same news unbeknown to one another. Untied events of two reports of one story are left
    out: many are one.
    """
    reports = read_corpus()
    part = parts(reports)
    told: dict[tuple[str, str], list[EventMention]] = {
        (r.id, e.id): [m for n in range(len(r.triggers_of(e.id))) if (m := gold_mention(r, e, n)) is not None]
        for r in reports
        for e in r.events
    }
    mentions = {key: found[0] for key, found in told.items() if found}
    pairs = [Pair(part[one[0]], mentions[one], mentions[two], same) for one, two, same in _tied(reports, mentions)]
    pairs += _within(part, told)
    story = {r.id: min(r.id, r.header.pair or r.id) for r in reports}
    by_type: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for key in sorted(mentions):
        by_type.setdefault((part[key[0]], mentions[key].base_type), []).append(key)
    pairs += [
        Pair(name, mentions[one], mentions[two], False)
        for (name, _), keys in by_type.items()
        for one, two in combinations(keys, 2)
        if story[one[0]] != story[two[0]]
        and frozenset((one[0], two[0])) not in UNPAIRED
        and _alike(mentions[one], mentions[two], days)
    ]
    groups = {
        name: tuple(m for key, found in told.items() for m in found if part[key[0]] == name)
        for name in ("train", "dev", "test")
    }
    return Material(tuple(groups.values()), tuple(pairs))


Event = tuple[str, str]
"""(report, event)"""


def _tied(
    reports: Sequence[CorpusReport], mentions: Mapping[Event, EventMention]
) -> Iterator[tuple[Event, Event, bool]]:
    """Ties between two reports of one story, and what they rule out: a tied event is none of the other report's further events."""
    ties = {
        (min(one, two), max(one, two))
        for r in reports
        for e in r.events
        for s in e.same
        for one, two in [((r.id, e.id), (s.split("/")[0], s.split("/")[1]))]
        if one in mentions and two in mentions
    }
    others: set[tuple[Event, Event]] = set()
    for tie in ties:
        for here, there in (tie, tie[::-1]):
            rest = (key for key in mentions if key[0] == there[0] and key != there)
            others |= {(min(here, key), max(here, key)) for key in rest}
    yield from ((one, two, True) for one, two in sorted(ties))
    yield from ((one, two, False) for one, two in sorted(others - ties))


def _within(part: Mapping[str, str], told: Mapping[Event, Sequence[EventMention]]) -> Iterator[Pair]:
    """Within a report: the triggers of one event, and of every tenth report the first triggers of its events."""
    of_report: dict[str, list[EventMention]] = {}
    for (report, _), found in sorted(told.items()):
        yield from (Pair(part[report], a, b, True) for a, b in combinations(found, 2))
        of_report.setdefault(report, []).extend(found[:1])
    for number, (report, found) in enumerate(sorted(of_report.items())):
        if number % 10 == 0:
            yield from (Pair(part[report], a, b, False) for a, b in combinations(found, 2))


def _alike(a: EventMention, b: EventMention, days: tuple[int, int]) -> bool:
    one, two = ({p.country for p in (*m.actors, *m.recipients) if p.country} for m in (a, b))
    assert a.published is not None
    assert b.published is not None
    return bool(one & two) and days[0] <= abs((a.published - b.published).days) <= days[1]


def gold_mention(report: CorpusReport, event: Gold, number: int = 0) -> EventMention | None:
    """The annotated event at one of its triggers as the program would hold it, but for ids of actors, which only resolving gives."""
    triggers = report.triggers_of(event.id)
    if not triggers:
        return None
    head = triggers[number]
    sentence = report.sentences[head.sentence]
    low, high, precision = _days(report, event)
    kind = plover().type(event.type)
    return EventMention(
        mention_id=f"{report.id}/{event.id}/{number}", report_id=as_report(report).id, source=report.header.publisher, url=None,
        published=report.header.published, sentence_index=head.sentence, sentence=report.text[sentence.start : sentence.end],
        sentence_start=sentence.start, sentence_end=sentence.end, trigger_text=report.words(head), trigger=(head.start, head.end),
        event_type=event.type, base_type=event.type, mode=event.modes[0] if event.modes else None, contexts=event.contexts, cameo=event.cameo,
        quad_class=kind.quad, plover_score=0.0, goldstein=None, status=event.status, actors=_parties(report, event, event.actors),
        recipients=_parties(report, event, event.recipients), date_start=low, date_end=high, date_precision=precision,
        date_found="argument" if low else None, place=_place(report, event), attribution=(), quantities=(), confidence=1.0, spans={}, trail=(),
    )  # fmt: skip


def _parties(report: CorpusReport, event: Gold, arguments: Sequence[Argument]) -> tuple[Party, ...]:
    made = []
    for argument in arguments:
        group = report.groups.get(argument.id)
        for id_ in group.members if group else (argument.id,):
            entity = report.entities.get(id_)
            if entity is None:
                continue
            mention = report.mention_for(event.id, Argument(id_))
            words = report.words(mention) if mention else entity.name or entity.kind
            made.append(
                Party(words, entity.name or words, None, entity.kind, entity.country, entity.sectors, entity.office)
            )
    return tuple(made)


def _days(report: CorpusReport, event: Gold) -> tuple[date | None, date | None, str | None]:
    value = report.times[event.when].value if event.when in report.times and event.when else None
    if value is None:
        return None, None, None
    first, _, last = value.partition("/")
    try:
        if len(first) == 7:
            low = date.fromisoformat(f"{first}-01")
            return low, (low.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1), "month"
        low = date.fromisoformat(first)
        return low, date.fromisoformat(last) if last else low, "day"
    except ValueError:
        return None, None, None


def _place(report: CorpusReport, event: Gold) -> PlaceRef | None:
    place = report.places.get(event.at or "")
    if place is None or event.at is None:
        return None
    mention = report.mention_for(event.id, Argument(event.at))
    name = place.name or (report.words(mention) if mention else None)
    if not name:
        return None
    return PlaceRef(name, place.country, None, None, None, None, "country" if place.kind == "country" else "city")


# --- figures ----------------------------------------------------------------------------------------------------------


def figures(material: Material, part: str = "test") -> dict[str, float]:
    """Precision and recall over the pairs of a part as the merging puts them together, in percent.

    `precision`, `recall`: of pairs of mentions that were both read at the word marked for the event: what merging does.
    `reports ...`: of all pairs of reports, told as one where they share any event: what a reader of the record sees,
    events that were not read, or read at another word, counted in.
    """
    event_of = {m.mention_id: e.event_id for group in material.groups for e in merge(group) for m in e.mentions}
    events_in: dict[str, set[str]] = {}
    for group in material.groups:
        for m in group:
            events_in.setdefault(m.report_id, set()).add(event_of[m.mention_id])
    read = _rates(
        (event_of[p.a.mention_id] == event_of[p.b.mention_id], p.same) for p in material.pairs if p.part == part
    )
    whole = _rates(
        (bool(events_in.get(a, set()) & events_in.get(b, set())), same)
        for of, a, b, same in material.told
        if of == part
    )
    return read | ({f"reports {name}": value for name, value in whole.items()} if material.told else {})


def _rates(pairs: Iterable[tuple[bool, bool]]) -> dict[str, float]:
    """Of pairs (said to be one, are one)."""
    kept = list(pairs)
    right = sum(said and same for said, same in kept)
    return {
        "pairs": len(kept), "same": sum(same for _, same in kept), "precision": 100 * right / max(1, sum(said for said, _ in kept)),
        "recall": 100 * right / max(1, sum(same for _, same in kept)),
    }  # fmt: skip


def table(pairs: Iterable[Pair]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(strengths of all clues, shape (pairs, clues); 1.0 where the two are one event, shape (pairs,))."""
    kept = list(pairs)
    shown: dict[str, Features] = {m.mention_id: features(m) for p in kept for m in (p.a, p.b)}
    rows = [[clue.look(shown[p.a.mention_id], shown[p.b.mention_id]).strength for clue in clues.CLUES] for p in kept]
    return np.array(rows), np.array([float(p.same) for p in kept])


PRIOR = {
    "same parties": 1.4, "one party": 0.9, "other parties": -7.0, "unlike parties": -1.5, "like parties": 0.8, "same type": 1.0, "near type": 0.3,
    "other type": -1.5, "other mode": -1.5, "same topics": 0.7, "same names": 0.9, "other towns": -2.5, "other names": -0.1, "same act": 0.9,
    "same trigger": 1.0, "same kind of act": 0.8, "same days": 2.7, "days apart": -4.0, "a week apart": -0.5, "told together": 1.0, "one report": -1.0,
    "same place": 0.4, "other place": -2.0, "same figures": 1.0, "like words": 2.6, "history against news": -2.2,
    "other roles": -2.0, "other lands": -1.0, "other clause": -1.0,
    "other sort": -0.7, "other persons": -4.0, "crossed party": 0.2, "sides exchanged": -8.0, "same mode": 0.5,
}  # fmt: skip
"""Weights by judgement, which a fit starts from and is drawn towards: the pairs are few."""

PRIOR_BIAS = -4.5
BY_HAND = frozenset({"other parties", "other persons", "sides exchanged", "a week apart"})
"""Clues that keep the weight set by hand: two parties told by name are two events unless almost everything else agrees, and
no more than a handful of pairs shows a day misread by a week."""


def worth(pair: Pair) -> float:
    """What a pair counts for in the fit: stories were read as users' reports are; annotated ones stand for what reading would
    find, and of those within a report there are many, nearly all of them two events."""
    if pair.a.report_id == pair.b.report_id:
        return 0.1
    return 0.3 if "/" in pair.a.mention_id else 1.0


def fit(pairs: Iterable[Pair], *, towards: float = 0.03, steps: int = 6000) -> dict[str, float]:
    """Weights by logistic regression, held to the sign that each clue's words claim and drawn towards PRIOR."""
    pairs = list(pairs)
    x, y = table(pairs)
    counts = np.array([worth(p) for p in pairs])
    names = [c.name for c in clues.CLUES]
    start = np.array([PRIOR_BIAS, *(PRIOR[name] for name in names)])
    held = np.array([False, *(name in BY_HAND for name in names)])
    x = np.hstack([np.ones((len(x), 1)), x])
    weight = start.copy()
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weight))
        weight -= 0.5 * (x.T @ (counts * (p - y)) / counts.sum() + towards * (weight - start) / 10)
        weight = np.where(held | (np.sign(weight) != np.sign(start)), np.where(held, start, 0.0), weight)
    return {"bias": round(float(weight[0]), 2)} | {
        n: round(float(w), 2) for n, w in zip(names, weight[1:], strict=True)
    }


def write(weights: Mapping[str, float]) -> None:
    """Put fitted weights into the table in `dragoman.merge.clues`."""
    path = Path(clues.__file__)
    text = re.sub(r"(?m)^BIAS = .*$", f"BIAS = {weights['bias']}", path.read_text("utf-8"))
    for name, weight in weights.items():
        text = re.sub(rf'(Clue\("{re.escape(name)}", )[-\d.]+', rf"\g<1>{weight}", text)
    path.write_text(text, "utf-8")
