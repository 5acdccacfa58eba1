"""Pairs of tellings that are, or are not, one event: stories of evaluation/same_event.jsonl and paired reports of the corpus.

Stories are read by the program itself; of corpus reports the annotated events stand for what reading would find. Parts
stand in the file (the corpus has its own split); only test is reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions of different reports; `same` says what people say."""

    part: str
    a: EventMention
    b: EventMention
    same: bool


@dataclass(frozen=True, slots=True)
class Material:
    """Everything judged: mentions merged together per group (a story, or the reports of one part), and the pairs.

    `unread` counts pairs of one event by part of which one telling was not read as an event at all.
    """

    groups: tuple[tuple[EventMention, ...], ...]
    pairs: tuple[Pair, ...]
    unread: dict[str, int]


def stories(tools: Tools) -> Material:
    """The stories read: every telling with the event found at its marked word; pairs within a story."""
    rows = [json.loads(line) for line in STORIES.read_text("utf-8").splitlines()]
    reports = [replace(_report(row), title=None) for row in rows]
    readings = tools.reader.read_all(reports)
    found: dict[str, list[tuple[str, EventMention | None]]] = {}
    groups: dict[str, list[EventMention]] = {}
    for row, reading in zip(rows, readings, strict=True):
        mentions = tuple(tools.coder.code(tools.resolver.resolve(reading)))
        start, end = row["trigger"]
        hits = [m for m in mentions if any(a < end and start < b for a, b in m.spans.get("event_type", (m.trigger,)))]
        groups.setdefault(row["story"], []).extend(mentions)
        found.setdefault(row["story"], []).append((row["event"], hits[0] if hits else None))
    part_of = {row["story"]: row["part"] for row in rows}
    pairs, unread = [], {"train": 0, "dev": 0, "test": 0}
    for story, told in found.items():
        part = part_of[story]
        for (one, a), (two, b) in combinations(told, 2):
            if a is None or b is None:
                unread[part] += one == two
            else:
                pairs.append(Pair(part, a, b, one == two))
    return Material(tuple(map(tuple, groups.values())), tuple(pairs), unread)


def _report(row: dict[str, object]) -> Report:
    from dragoman.ingest.clean import content_id
    from dragoman.records import Origin

    text = str(row["text"])
    return Report(content_id(text), text, None, str(row["source"]), None, date.fromisoformat(str(row["published"])), "metadata", "en", (Origin("stories", str(row["story"])),))  # fmt: skip


# --- the corpus -------------------------------------------------------------------------------------------------------


def paired(near_days: int = 30) -> Material:
    """Tied events of corpus reports that tell one story; and as traps, events of one type in reports of different stories
    that share a country and are told within `near_days`. Events of one story that nobody tied are left out: many are one.
    """
    reports = read_corpus()
    part = parts(reports)
    mentions = {(r.id, e.id): m for r in reports for e in r.events if (m := gold_mention(r, e)) is not None}
    tied = {
        frozenset(((r.id, e.id), (s.split("/")[0], s.split("/")[1]))) for r in reports for e in r.events for s in e.same
    }
    story = {r.id: min(r.id, r.header.pair or r.id) for r in reports}
    by_type: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for key in sorted(mentions):
        by_type.setdefault((part[key[0]], mentions[key].base_type), []).append(key)
    pairs = [
        Pair(part[one[0]], mentions[one], mentions[two], True)
        for one, two in map(sorted, tied)
        if one in mentions and two in mentions
    ]
    pairs += [
        Pair(name, mentions[one], mentions[two], False)
        for (name, _), keys in by_type.items()
        for one, two in combinations(keys, 2)
        if story[one[0]] != story[two[0]]
        and frozenset((one, two)) not in tied
        and _alike(mentions[one], mentions[two], near_days)
    ]
    groups = {
        name: tuple(m for key, m in mentions.items() if part[key[0]] == name) for name in ("train", "dev", "test")
    }
    return Material(tuple(groups.values()), tuple(pairs), {"train": 0, "dev": 0, "test": 0})


def _alike(a: EventMention, b: EventMention, near_days: int) -> bool:
    one, two = ({p.country for p in (*m.actors, *m.recipients) if p.country} for m in (a, b))
    assert a.published is not None
    assert b.published is not None
    return bool(one & two) and abs((a.published - b.published).days) <= near_days


def gold_mention(report: CorpusReport, event: Gold) -> EventMention | None:
    """The annotated event as the program would hold it, but for ids of actors, which only resolving gives."""
    triggers = report.triggers_of(event.id)
    if not triggers:
        return None
    head = triggers[0]
    sentence = report.sentences[head.sentence]
    low, high, precision = _days(report, event)
    kind = plover().type(event.type)
    return EventMention(
        mention_id=f"{report.id}/{event.id}", report_id=as_report(report).id, source=report.header.publisher, url=None,
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
    """Precision and recall over the pairs of a part as the merging puts them together, in percent."""
    event_of = {m.mention_id: e.event_id for group in material.groups for e in merge(group) for m in e.mentions}
    right = found = gold = 0
    for pair in material.pairs:
        if pair.part == part:
            said = event_of[pair.a.mention_id] == event_of[pair.b.mention_id]
            right, found, gold = right + (said and pair.same), found + said, gold + pair.same
    pairs = sum(p.part == part for p in material.pairs)
    return {
        "pairs": pairs, "same": gold, "precision": 100 * right / max(1, found), "recall": 100 * right / max(1, gold),
        "unread": material.unread[part],
    }  # fmt: skip


def table(pairs: Iterable[Pair]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(strengths of all clues, shape (pairs, clues); 1.0 where the two are one event, shape (pairs,))."""
    kept = list(pairs)
    shown: dict[str, Features] = {m.mention_id: features(m) for p in kept for m in (p.a, p.b)}
    rows = [[clue.look(shown[p.a.mention_id], shown[p.b.mention_id]).strength for clue in clues.CLUES] for p in kept]
    return np.array(rows), np.array([float(p.same) for p in kept])


def fit(pairs: Iterable[Pair], *, towards: float = 0.03, steps: int = 4000) -> dict[str, float]:
    """Weights by logistic regression, held to the sign that each clue's words claim and drawn `towards` the weights in use.

    The prior keeps clues that the few pairs never show (another quad class) at what was set by hand.
    """
    x, y = table(pairs)
    names = [c.name for c in clues.CLUES]
    start = np.array([clues.BIAS, *(c.weight for c in clues.CLUES)])
    x = np.hstack([np.ones((len(x), 1)), x])
    weight = start.copy()
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weight))
        weight -= 0.5 * (x.T @ (p - y) / len(y) + towards * (weight - start) / 10)
        weight[1:] = np.where(np.sign(weight[1:]) == np.sign(start[1:]), weight[1:], 0.0)
    return {"bias": round(float(weight[0]), 2)} | {
        n: round(float(w), 2) for n, w in zip(names, weight[1:], strict=True)
    }
