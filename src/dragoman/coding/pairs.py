"""What a sentence's coded events say about two marked spans: pieces of evidence for each type, weighed by a small table.

A type's score is the sum of its evidence times the weights in `data/relation.tsv` (log-odds; `python -m benchmarks.relation` fits them
again, after a new model, say).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log

from dragoman.coding.lexicon import DATA
from dragoman.ontology import plover, to_plover
from dragoman.ontology.crosswalk import up_table
from dragoman.records import EventMention

Span = tuple[int, int]
Evidence = dict[str, float]
"""Name of a piece of evidence -> its strength."""

FLOOR = 0.002
"""Probabilities of the model below this count as this."""

YIELDING = ("RETREAT", "CONCEDE")
MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Acts that both sides do, whoever is named first: who receives meets his guest."""

COOPERATION = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"})


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Name of a piece of evidence -> log-odds at strength 1; read once."""
    rows = (DATA / "relation.tsv").read_text("utf-8").splitlines()
    return {name: float(value) for name, value in (row.split("\t") for row in rows[1:] if row and row[0] != "#")}


def distribution(found: Mapping[str, Evidence], by: Mapping[str, float]) -> dict[str, float]:
    """Probability of each type, likeliest first."""
    scores = {kind: sum(by.get(name, 0.0) * strength for name, strength in e.items()) for kind, e in found.items()}
    top = max(scores.values())
    shares = {kind: exp(score - top) for kind, score in scores.items()}
    total = sum(shares.values())
    return {kind: share / total for kind, share in sorted(shares.items(), key=lambda kv: (-kv[1], kv[0]))}


def evidence(
    actor: Span, recipient: Span, told: Sequence[EventMention], model: Mapping[str, float]
) -> dict[str, Evidence]:
    """Evidence for every PLOVER type and "none".

    Args:
        told: The events coded in the text, however sure.
        model: The reading model's own answer for the pair: type, or "none", -> probability.
    """
    found: dict[str, Evidence] = {
        kind: {"the model's answer": log(max(model.get(kind, 0.0), FLOOR))}
        for kind in (*(t.code for t in plover().types), "none")
    }
    found["none"]["no relation"] = 1.0
    for kind in YIELDING:
        found[kind]["one of two that yield"] = 1.0
    ordered = sorted(told, key=lambda m: m.trigger)
    for number, mention in enumerate(ordered):
        if mention.status == "cancelled":
            continue  # what was called off stands in no relation of its own; the calling off does
        place = where(mention, actor, recipient)
        shape = _shape(mention, actor, recipient, number)
        for how, kind in votes(mention):
            pieces = {f"{place}, {how}": 1.0}
            if how in ("type", "promise to yield"):
                close = place if place in ("both", "turned round") else "one side"
                pieces |= {f"{'both' if close != 'one side' else close}: {name}": s for name, s in shape.items()}
            for name, strength in pieces.items():
                found[kind][name] = max(found[kind].get(name, strength), strength)
    return found


def where(mention: EventMention, actor: Span, recipient: Span) -> str:
    """Which of the marked spans are parties of the event."""
    actors = [p.span for p in mention.actors if p.span]
    recipients = [p.span for p in mention.recipients if p.span] or (actors if len(actors) > 1 else [])
    if _touches(actor, actors) and _touches(recipient, recipients):
        return "both"
    if _touches(recipient, actors) and _touches(actor, recipients):
        return "both" if mention.base_type in MUTUAL else "turned round"
    if _touches(actor, actors):
        return "actor"
    if _touches(recipient, recipients):
        return "recipient"
    if _touches(recipient, actors) or _touches(actor, recipients):
        return "wrong side"
    return "text"


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in others)


def _shape(mention: EventMention, actor: Span, recipient: Span, number: int) -> Evidence:
    """How the event is told and where it stands."""
    found = {"confidence": log(max(mention.confidence, 0.01))}
    if number == 0:
        found["first event"] = 1.0
    first, second = sorted((actor, recipient))
    if first[1] <= mention.trigger[0] and mention.trigger[1] <= second[0]:
        found["stands between"] = 1.0
    step = next((s for s in mention.trail if s.field == "base_type"), None)
    if step is not None and not step.by.startswith("lexicon"):
        found["the model alone"] = 1.0
    elif step is not None and step.by.rstrip().endswith("~"):
        found["weak frame"] = 1.0
    if mention.status != "actual":
        found["not actual"] = 1.0
    return found


def votes(mention: EventMention) -> list[tuple[str, str]]:
    """(how, type): the event's type, and what other readings of the same act the schemes know.

    PLOVER's published map has who says that he will yield (035) under AGREE, the codebook under CONCEDE (decision 0110): the word of
    promise is evidence for both.
    """
    kind, base = mention.event_type, mention.base_type
    found = [("type", kind)]
    if base != kind:
        found.append(("base type", base))
    others = []
    if mention.cameo:
        family = to_plover(mention.cameo[:2])
        if family is not None:
            others.append(("family", family.event_type))
        published = up_table()[mention.cameo].published.split(".")[0]
        if published:
            others.append(("published", published))
    if mention.status in ("future", "hypothetical"):
        if base in YIELDING:
            others.append(("promise to yield", "AGREE"))
        elif base in COOPERATION:
            others.append(("promise", "AGREE"))
        elif plover().type(base).quad in (3, 4):
            others.append(("menace", "THREATEN"))
    if mention.status == "negated" and (base in COOPERATION or base in YIELDING):
        others.append(("failure", "REJECT"))
    return found + [(how, other) for how, other in others if other != kind]
