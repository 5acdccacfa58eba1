"""Whether an act has happened: cues of the sentence, its dates, and what the model says, weighed together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.coding.grammar import Grammar
from dragoman.coding.light_verbs import light_verb
from dragoman.coding.status_above import above
from dragoman.coding.status_claims import called_untrue
from dragoman.coding.status_conditions import awaited, not_after_all, of_anybody, under_condition
from dragoman.coding.status_own import not_held, of_noun, own, without
from dragoman.coding.status_questions import asked
from dragoman.coding.status_words import CLEAR, STRONG, WEAK, Cue, cue_words, governing
from dragoman.records import When

STATUSES = ("actual", "historical", "future", "hypothetical", "negated", "postponed", "cancelled")
OLD_DAYS = 31
"""What ended more than this before publication is background (codebook: "over a month")."""

YEARS_DAYS = 365
"""What has gone on for longer is told to explain, not as the news (codebook: "sanctioned since 2014")."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status, how sure (probability), and the cue that spoke for it (None: nothing speaks against a plain fact)."""

    status: str
    probability: float
    cue: Cue | None
    model: float | None


RULED_OUT = frozenset({"rule", "exclude", "reject"})
DENIED = frozenset({"deny", "fail", "refuse", "stop", "hesitate"})
"""Verbs that, negated, leave the act possible; and that, negated, say that it was done."""

FACT = Verdict("actual", 1.0, None, None)
"""Told as a fact: also of a refusal, which is done by saying it."""


def judge(
    g: Grammar,
    trigger: tuple[int, ...],
    head: int,
    model: Mapping[str, float],
    when: When | None,
    published: date | None,
    since: When | None = None,
) -> Verdict:
    """The status of the act whose trigger is given.

    Args:
        model: The model's probability of each status; empty when it does not know the trigger.
        when: The date of the event, if the sentence gives one.
        since: From when on it has gone on, if the sentence says that.
    """
    cues = list(find(g, trigger, head))
    if dated := _from_date(when, published):
        cues.append(dated)
    if since is not None and published is not None and (published - since.end).days > YEARS_DAYS:
        cues.append(Cue("historical", "it has gone on for over a year", None, CLEAR))
    cues = _combined(cues, g)
    scores = dict.fromkeys(STATUSES, 0.0)
    scores["actual"] = 2.0
    for cue in cues:
        scores[cue.status] += cue.weight
    if model:
        for status in STATUSES:
            scores[status] += 1.2 * _log(model.get(status, 0.01))
    best = max(STATUSES, key=lambda s: (scores[s], -STATUSES.index(s)))
    return Verdict(
        best,
        _softmax(scores, best),
        next((c for c in cues if c.status == best), None),
        model.get(best) if model else None,
    )


def _log(p: float) -> float:
    return math.log(max(p, 0.01))


def _softmax(scores: Mapping[str, float], best: str) -> float:
    top = scores[best]
    return 1.0 / sum(math.exp(s - top) for s in scores.values())


def _combined(cues: list[Cue], g: Grammar) -> list[Cue]:
    """Two negations, or a negation of doubt, make no negation: "did not rule out", "did not deny"."""
    statuses = {c.status for c in cues}
    negations = [c for c in cues if c.status == "negated"]
    if len(negations) >= 2:
        lemmas = {g.lemmas[c.token] for c in negations if c.token is not None}
        if lemmas & RULED_OUT:
            return [Cue("hypothetical", "not ruled out", negations[0].token, CLEAR)]
        if lemmas & DENIED:
            return [c for c in cues if c.status != "negated"]
    if statuses & {"postponed", "cancelled"}:
        return [c for c in cues if c.status in ("postponed", "cancelled")]
    if "negated" in statuses:  # what was not done is neither to come nor, for its date alone, history
        return [c for c in cues if c.status != "future" and not (c.status == "historical" and c.token is None)]
    return cues


def find(g: Grammar, trigger: tuple[int, ...], head: int) -> Iterator[Cue]:
    """All cues that bear on the act, nearest first."""
    light = None if g.is_verb(head) else light_verb(g, head)
    for verb in (head,) if light is None else (head, light):
        yield from _of_clause(g, verb)
    if g.is_verb(head):
        yield from without(g, head)
    else:
        yield from of_noun(g, head)
        yield from not_held(g, head)
    if g.is_verb(head):
        yield from (
            c for t in trigger if t != head and not g.is_verb(t) for c in of_noun(g, t) if c.status == "negated"
        )
    if light is not None and (told := cue_words()["verb"].get(governing(g, light))):
        yield Cue(*told, light, STRONG)
    yield from called_untrue(g, head)
    yield from asked(g, head)
    yield from above(g, head if light is None else light, frozenset(trigger))
    if not g.is_verb(head) and (told := cue_words()["mark"].get(g.case(head))):
        yield Cue(*told, head, WEAK if g.case(head) == "before" else CLEAR)


def _of_clause(g: Grammar, verb: int) -> Iterator[Cue]:
    """What the clause of the act's verb (or the verb that carries its noun) tells; under a condition, "will" is no promise."""
    conditional = list(under_condition(g, verb)) if g.is_verb(verb) else []
    yield from (c for c in own(g, verb) if not conditional or c.status != "future")
    yield from conditional
    if g.is_verb(verb):
        yield from awaited(g, verb)
        yield from of_anybody(g, verb)
        yield from not_after_all(g, verb)


def _from_date(when: When | None, published: date | None) -> Cue | None:
    if when is None or published is None:
        return None
    if when.start > published:
        return Cue("future", f"its date ({when.start.isoformat()}) lies after publication", None, STRONG)
    if (published - when.end).days > OLD_DAYS:
        return Cue("historical", f"its date ({when.end.isoformat()}) lies over a month before publication", None, CLEAR)
    return None
