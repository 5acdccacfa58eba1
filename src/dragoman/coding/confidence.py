"""How sure an event is: a probability that its type and parties are right, from a small table of evidence fitted on the corpus."""

from __future__ import annotations

from math import exp, log

from dragoman.coding.candidates import Candidate
from dragoman.coding.codes import weighed
from dragoman.coding.sides import Sides
from dragoman.coding.status import Verdict

BASE = -0.6
WEIGHTS = {
    "frame": 0.9, "exacting frame": 0.4, "weak frame": -1.0, "frame and model agree": 0.8, "frame and model differ": -0.6, "model only": -0.2,
    "known actor": 0.5, "words only": -0.6, "known recipient": 0.3,
}  # fmt: skip
"""Log-odds of each piece of evidence."""


def confidence(c: Candidate, sides: Sides, verdict: Verdict) -> float:
    """Calibrated probability, in (0, 1)."""
    score = BASE + sum(WEIGHTS[name] for name in evidence(c, sides))
    if c.reading is not None:
        p = min(max(max(weighed(c).values()), 0.01), 0.99)
        score += 0.6 * log(p / (1 - p))
    return 1 / (1 + exp(-score))


def evidence(c: Candidate, sides: Sides) -> list[str]:
    """Names of the pieces of evidence that the candidate has."""
    found = []
    if c.match is not None:
        found.append("frame")
        if c.match.frame.exactness >= 6:
            found.append("exacting frame")
        if c.match.frame.weak:
            found.append("weak frame")
        if c.reading is not None:
            same = c.reading.types[0][0] == c.match.frame.event_type
            found.append("frame and model agree" if same else "frame and model differ")
    else:
        found.append("model only")
    everyone = (*sides.actors, *sides.recipients)
    if any(f.party.country for f in sides.actors):
        found.append("known actor")
    if any(f.party.country for f in sides.recipients):
        found.append("known recipient")
    if all(f.how == "words" for f in everyone):
        found.append("words only")
    return found
