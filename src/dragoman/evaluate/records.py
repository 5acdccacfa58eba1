"""`events`: PLOVER gold records (JSON Lines) and PETRARCH validation XML: type and both countries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.evaluate import forms
from dragoman.evaluate.metrics import prf
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.evaluate.texts import code_texts
from dragoman.pipeline import Tools
from dragoman.records import EventMention, Party

OLD_NAMES = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "PROVIDE_AID": "AID",
    "YIELD": "RETREAT",
}
"""Type names of earlier PLOVER drafts."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One gold event: PLOVER type or CAMEO code, and the countries of both sides (None: not stated)."""

    code: str
    source: frozenset[str]
    target: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """One gold text with its events; an empty list says that nothing may be coded."""

    item: str
    text: str
    published: date | None
    events: tuple[Expected, ...]


def read(path: Path) -> list[Item]:
    """Items of a JSON Lines file of PLOVER records or of PETRARCH XML."""
    return list(_xml(path) if path.name.removesuffix(".gz").endswith(".xml") else _jsonl(path))


def _jsonl(path: Path) -> Iterator[Item]:
    for line, row in forms.rows(path, form="events", required={"text": str, "event": (str, list)}):
        kinds = row["event"] if isinstance(row["event"], list) else [row["event"]]
        sides = []
        for names in (("source", "actor"), ("target", "recipient")):
            entities: object = next((row[n] for n in names if row.get(n)), [])
            listed = entities if isinstance(entities, list) else [entities]
            codes = {str(e.get("country") or e.get("code") or "")[:3].upper() for e in listed if isinstance(e, dict)}
            sides.append(frozenset(codes - {""}))
        if not all(isinstance(kind, str) for kind in kinds):
            raise forms.GoldFormError(
                path, line, "event: holds something that is no text", "It is a PLOVER type or a list of them."
            )
        events = tuple(Expected(OLD_NAMES.get(k.upper(), k.upper()), sides[0], sides[1]) for k in kinds)
        yield Item(str(row.get("id", line)), row["text"], forms.day(row.get("date")), events)


def _xml(path: Path) -> Iterator[Item]:
    from defusedxml import ElementTree

    try:
        with forms.open_text(path) as file:
            root = ElementTree.fromstring(file.read())
    except ElementTree.ParseError as error:
        raise forms.GoldFormError(
            path, error.position[0], f"this is not well-formed XML ({error})", "Give PETRARCH validation XML."
        ) from error
    for node in root.iter("Sentence"):
        found = node.find("Text")
        text = " ".join("".join(found.itertext()).split()) if found is not None else ""
        events = tuple(
            Expected(
                e.get("eventcode", ""),
                frozenset({e.get("sourcecode", "")[:3]}) - {"", "---"},
                frozenset({e.get("targetcode", "")[:3]}) - {"", "---"},
            )
            for e in node.iter("EventCoding")
            if e.get("eventcode")
        )
        stated = events or any(e.get("noevents") or e.get("error") for e in node.iter("EventCoding"))
        day = node.get("date") or ""
        if text and stated:
            yield Item(
                node.get("id") or text[:40],
                text,
                forms.day(f"{day[:4]}-{day[4:6]}-{day[6:8]}" if len(day) == 8 else day),
                events,
            )


def run(path: Path, tools: Tools) -> Outcome:
    """Exact F1 (type or code, and both countries) and F1 of the type alone, micro over events."""
    items = read(path)
    exact = typed = found_n = gold_n = 0
    mistakes = []
    for item, coded in zip(items, code_texts([(i.text, i.published) for i in items], tools), strict=True):
        left = list(coded.mentions)
        left_typed = list(coded.mentions)
        for expected in item.events:
            hit = next((m for m in left if _same_code(m, expected.code) and _same_sides(m, expected)), None)
            if hit:
                left.remove(hit)
                exact += 1
            near = next((m for m in left_typed if _same_code(m, expected.code)), None)
            if near:
                left_typed.remove(near)
                typed += 1
            if not hit:
                shown = "; ".join(
                    f"{m.event_type} {m.cameo} {_codes(m.actors)} > {_codes(m.recipients)}" for m in coded.mentions
                )
                mistakes.append(
                    Mistake(
                        item.item,
                        f"{expected.code} {sorted(expected.source)} > {sorted(expected.target)}",
                        shown or "none",
                        item.text,
                    )
                )
        found_n += len(coded.mentions)
        gold_n += len(item.events)
    p, r, f = prf(exact, found_n, gold_n)
    type_p, type_r, type_f = prf(typed, found_n, gold_n)
    metrics = {"f1": f, "precision": p, "recall": r, "type_f1": type_f, "type_precision": type_p, "type_recall": type_r}
    return Outcome("events", str(path), len(items), metrics, {}, tuple(mistakes))


def _same_code(mention: EventMention, code: str) -> bool:
    """PLOVER names equal the type; CAMEO codes share the root (two digits), as the field scores them."""
    if code[:1].isdigit():
        return (mention.cameo or "")[:2] == code[:2]
    return code in (mention.event_type, mention.base_type) or (code == "RETREAT" and mention.event_type == "CONCEDE")


def _same_sides(mention: EventMention, expected: Expected) -> bool:
    actors, recipients = _codes(mention.actors), _codes(mention.recipients)
    if not mention.recipients and len(actors) > 1:
        return expected.source | expected.target <= actors
    return (not expected.source or bool(expected.source & actors)) and (
        not expected.target or bool(expected.target & recipients)
    )


def _codes(parties: tuple[Party, ...]) -> set[str]:
    return {p.country for p in parties if p.country}
