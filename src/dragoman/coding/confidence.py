"""How sure an event is: a probability that its type and parties are right, from a table of evidence fitted on the corpus.

The weights in `data/confidence.tsv` are log-odds; `python -m benchmarks.confidence` fits them again (after a new model, say).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp, log

from dragoman.coding.candidates import Candidate
from dragoman.coding.codes import base_type, weighed
from dragoman.coding.lexicon import DATA
from dragoman.coding.light_verbs import has_doer, light_verb
from dragoman.coding.sides import Sides


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Name of a piece of evidence -> log-odds at strength 1; read once."""
    rows = (DATA / "confidence.tsv").read_text("utf-8").splitlines()
    return {name: float(value) for name, value, *_ in (row.split("\t") for row in rows[1:] if row and row[0] != "#")}


def confidence(c: Candidate, sides: Sides) -> float:
    """Calibrated probability, in (0, 1)."""
    return probability(evidence(c, sides), weights())


def probability(found: Mapping[str, float], by: Mapping[str, float]) -> float:
    """Logistic of the weighed evidence."""
    score = sum(by.get(name, 0.0) * strength for name, strength in found.items())
    return 1 / (1 + exp(-max(min(score, 30.0), -30.0)))


LONG = 35
"""Tokens from which a sentence counts as long."""


def evidence(c: Candidate, sides: Sides) -> dict[str, float]:
    """The pieces of evidence that a candidate has, with their strengths (1 where there is only yes and no)."""
    kind, _ = base_type(c)
    found = {"every event": 1.0, f"type {kind}": 1.0}
    if c.match is not None:
        found["a frame fits"] = 1.0
        found["exactness of the frame"] = min(c.match.frame.exactness, 8) / 4
        if c.match.frame.weak:
            found["the frame is weak"] = 1.0
    if c.reading is not None:
        p = min(max(weighed(c).get(kind, 0.0), 0.02), 0.98)  # a rule may have given a type that nothing else speaks for
        model = min(max(dict(c.reading.types).get(kind, 0.02), 0.02), 0.98)
        found["the model's type"] = log(model / (1 - model))
        found["frame and model together"] = log(p / (1 - p))
        if c.match is None:
            found["the model alone"] = 1.0
        elif c.reading.types[0][0] != c.match.frame.event_type:
            found["frame and model differ"] = 1.0
    elif c.match is not None:
        found["the model sees nothing"] = 1.0
    if len(c.g.tokens) > LONG:
        found["a long sentence"] = 1.0
    if c.g.tokens[c.head].deprel in ("acl:relcl", "acl", "amod"):
        found["told in passing"] = 1.0
    if not c.g.is_verb(c.head):
        found["told by a noun"] = 1.0
        light = light_verb(c.g, c.head)
        if c.match is not None and light is not None and has_doer(c.g, light):
            found["a light verb carries it"] = 1.0
    for side, parties, by in (
        ("actor", sides.actors, sides.actors_by),
        ("recipient", sides.recipients, sides.recipients_by),
    ):
        if not parties:
            found[f"no {side}"] = 1.0
            continue
        if any(f.party.country for f in parties):
            found[f"known {side}"] = 1.0
        if all(f.how == "words" for f in parties):
            found[f"{side} by words only"] = 1.0
        if any(f.how in ("owner", "thing") for f in parties):
            found[f"{side} is an owner or thing"] = 1.0
        if by != "frame":
            found[f"{side} from {by}"] = 1.0
        if c.reading is not None:
            found |= _agreement(c, side, {f.token for f in parties}, by)
        if len(parties) > 2:
            found[f"many {side}s"] = 1.0
    return found


def _agreement(c: Candidate, side: str, tokens: set[int], by: str) -> dict[str, float]:
    """Whether the reading model gives the role to the same words, and how surely."""
    assert c.reading is not None
    given = [r for r in c.reading.roles if r.role == side]
    mentions = c.g.sentence.mentions
    same = [
        r for r in given if any(mentions[r.mention].token_start <= t < mentions[r.mention].token_end for t in tokens)
    ]
    if not same:
        return {f"the model sees {'another' if given else 'no'} {side}": 1.0}
    p = min(max(max(r.probability for r in same), 0.02), 0.98)
    found = {f"the model's {side}": log(p / (1 - p))}
    return found | {f"{side} seen by both": 1.0} if by == "frame" else found
