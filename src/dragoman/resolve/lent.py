"""The country that a story lends to words which name none: "the army", "a spokesman", "protesters"."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.resolve.naming import Naming

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """A country that the report names: which, in which sentence (-1: the title), where in the text, as a place or not."""

    country: str
    sentence: int
    start: int
    place: bool


# Weights of a conditional logit over the countries that a report names, fitted on the training part of the corpus
# (300 reports). "local" weights are added for crowds, police, courts and the like, which belong to where things happen.
WEIGHTS: Mapping[str, float] = {
    "before": 0.05, "first": 0.53, "first_place": 0.06, "here_after": 0.03, "here_before": 0.37, "here_place": 0.12,
    "lead": 0.94, "local_before": -0.21, "local_first": -0.27, "local_first_place": -0.54, "local_here_after": 0.75,
    "local_here_before": 0.67, "local_here_place": 0.22, "local_lead": -0.27, "local_log": 0.65, "local_most": 0.09,
    "local_near": -0.26, "local_nearest": -0.18, "local_placed": 0.61, "local_share": -0.13, "local_title": 0.16,
    "local_title_first": -0.22, "log": 0.82, "most": 0.29, "near": 0.29, "nearest": 0.15, "placed": 0.28,
    "share": -0.54, "title": 0.33, "title_first": 1.09,
}  # fmt: skip


class Lenders:
    """The countries of a report, ready to be weighed for a place in it."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = told
        self.counts = Counter(t.country for t in told)
        self.places = Counter(t.country for t in told if t.place)
        self.first = next((t.country for t in told if t.sentence >= 0), None)
        self.first_place = next((t.country for t in told if t.place and t.sentence >= 0), None)
        self.title = {t.country for t in told if t.sentence < 0}
        self.title_first = next((t.country for t in told if t.sentence < 0), None)
        self.lead = {t.country for t in told if t.sentence == 0}

    def features(self, sentence: int, start: int, *, local: bool) -> dict[str, Features]:
        """What speaks for each country at a place of the text, by country in order of first mention."""
        total = max(1, len(self.told))
        placed = max(1, sum(self.places.values()))
        most = max(self.counts.values(), default=0)
        before = [t for t in self.told if t.start < start and t.sentence >= 0]
        nearest = before[-1].country if before else None
        rows: dict[str, Features] = {}
        for country, count in self.counts.items():
            here = [t for t in self.told if t.country == country]
            gaps = [sentence - t.sentence for t in here if t.start < start and t.sentence >= 0]
            row: Features = {
                "share": count / total, "log": math.log1p(count), "most": float(count == most), "first": float(country == self.first),
                "title": float(country in self.title), "title_first": float(country == self.title_first), "lead": float(country in self.lead),
                "first_place": float(country == self.first_place), "placed": self.places[country] / placed,
                "here_before": float(any(t.sentence == sentence and t.start < start for t in here)),
                "here_after": float(any(t.sentence == sentence and t.start >= start for t in here)),
                "here_place": float(any(t.sentence == sentence and t.place for t in here)),
                "before": float(any(t.sentence == sentence - 1 for t in here)), "nearest": float(country == nearest),
                "near": math.exp(-min(gaps) / 2) if gaps else 0.0,
            }  # fmt: skip
            if local:
                row |= {f"local_{name}": value for name, value in row.items()}
            rows[country] = row
        return rows


def lent_score(row: Features) -> float:
    """The weighed sum of what speaks for a country."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in row.items())


_LOCAL_LABELS = frozenset({"crowd", "institution", "party", "armed-group", "company", "media", "ngo"})
_LOCAL_SECTORS = frozenset(
    {"CVL", "COP", "JUD", "LAB", "EDU", "MED", "AGR", "REL", "UAF", "CRM", "SOC", "OPP", "REF", "BUS"}
)


def is_local(naming: Naming, label: str) -> bool:
    """Whether the words name somebody who is at home where things happen, not one who speaks for a state."""
    sectors = naming.role.sectors if naming.role else naming.generic.sectors if naming.generic else ()
    return bool(sectors and sectors[0] in _LOCAL_SECTORS) or (not sectors and label in _LOCAL_LABELS)
