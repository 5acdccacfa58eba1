"""The country that a story lends to words which name none: "the army", "a spokesman", "protesters"."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.resolve.naming import Naming

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """A country that the report names: which, in which sentence (-1: the title), where in the text, as a place, as a subject."""

    country: str
    sentence: int
    start: int
    place: bool
    subject: bool = False


# Weights of a conditional logit over the countries that a report names, fitted on the training part of the corpus by
# `python -m benchmarks.lending`. Those that begin with "local_", "force_" or "person_" are added for such mentions.
WEIGHTS: Mapping[str, float] = {
    "acted": 0.14, "acts": -0.44, "before": -0.22, "first": 0.61, "first_place": 0.01, "force_acted": 0.12, "force_acts": 0.23,
    "force_before": -0.18, "force_first": -0.41, "force_first_place": 0.06, "force_here_after": 0.34, "force_here_before": -0.34,
    "force_here_object": 0.58, "force_here_place": -0.35, "force_here_subject": -0.03, "force_lead": -0.04, "force_lead_subject":
    0.19, "force_log": 0.25, "force_most": -0.14, "force_near": -0.1, "force_nearest": 0.06, "force_placed": 0.2, "force_share":
    0.05, "here_after": 0.15, "here_before": 0.56, "here_object": -0.38, "here_place": 0.15, "here_subject": 0.01, "lead": 1.18,
    "lead_subject": 0.22, "local_acted": -0.13, "local_acts": 0.1, "local_before": 0.34, "local_first": -0.31,
    "local_first_place": 0.09, "local_here_after": 0.55, "local_here_before": -0.08, "local_here_object": 0.13,
    "local_here_place": 0.44, "local_here_subject": -0.06, "local_lead": -0.16, "local_lead_subject": 0.09, "local_log": 0.34,
    "local_most": -0.13, "local_near": -0.04, "local_nearest": 0.02, "local_placed": 0.07, "local_share": -0.12, "log": 0.85,
    "most": 0.26, "near": 0.71, "nearest": 0.01, "person_acted": -0.08, "person_acts": 0.01, "person_before": 0.14,
    "person_first": -0.11, "person_first_place": -0.22, "person_here_after": 0.41, "person_here_before": 0.17,
    "person_here_object": 0.09, "person_here_place": 0.08, "person_lead": -0.16, "person_lead_subject": 0.17, "person_log": -0.02,
    "person_most": -0.17, "person_near": 0.09, "person_nearest": 0.01, "person_placed": 0.07, "person_share": -0.19, "placed":
    0.34, "share": -0.28
}  # fmt: skip


class Lenders:
    """The countries of a report, ready to be weighed for a place in it."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = told
        self.counts = Counter(t.country for t in told)
        self.of = {country: [t for t in told if t.country == country] for country in self.counts}
        self.places = Counter(t.country for t in told if t.place)
        self.first = next((t.country for t in told if t.sentence >= 0), None)
        self.first_place = next((t.country for t in told if t.place and t.sentence >= 0), None)
        self.title = {t.country for t in told if t.sentence < 0}
        self.title_first = next((t.country for t in told if t.sentence < 0), None)
        self.lead = {t.country for t in told if t.sentence == 0}
        self.lead_subject = next((t.country for t in told if t.sentence == 0 and t.subject), None)
        self.subjects = Counter(t.country for t in told if t.subject)
        total, placed = max(1, len(told)), max(1, sum(self.places.values()))
        most = max(self.counts.values(), default=0)
        self.always = {c: self._always(c, total, placed, most) for c in self.counts}

    def _always(self, country: str, total: int, placed: int, most: int) -> Features:
        """What speaks for a country anywhere in the report; what depends on the place is 0 and filled in by `features`."""
        count = self.counts[country]
        return {
            "share": count / total, "log": math.log1p(count), "most": float(count == most), "first": float(country == self.first),
            "title": float(country in self.title), "title_first": float(country == self.title_first), "lead": float(country in self.lead),
            "first_place": float(country == self.first_place), "placed": self.places[country] / placed,
            "here_before": 0.0, "here_after": 0.0, "here_place": 0.0, "before": 0.0, "nearest": 0.0, "near": 0.0, "acted": 0.0,
            "lead_subject": float(country == self.lead_subject), "acts": math.log1p(self.subjects[country]), "here_subject": 0.0, "here_object": 0.0,
        }  # fmt: skip

    def features(self, sentence: int, start: int, kind: str) -> dict[str, Features]:
        """What speaks for each country at a place of the text, by country in order of first mention.

        Args:
            kind: "" for who speaks for a state, else "local", "force" or "person", which have weights of their own.
        """
        before = [t for t in self.told if t.start < start and t.sentence >= 0]
        nearest = before[-1].country if before else None
        acted = next((t.country for t in reversed(before) if t.subject), None)
        rows: dict[str, Features] = {}
        for country, told in self.of.items():
            row = self.always[country].copy()
            last = -1  # the last sentence before here that names it
            for t in told:
                if t.start < start and t.sentence > last:
                    last = t.sentence
                if t.sentence == sentence:
                    _fill(row, t, start)
                elif t.sentence == sentence - 1:
                    row["before"] = 1.0
            row["nearest"], row["acted"] = float(country == nearest), float(country == acted)
            row["near"] = math.exp(-(sentence - last) / 2) if last >= 0 else 0.0
            if kind:
                row.update(zip(_names(kind), list(row.values()), strict=True))
            rows[country] = row
        return rows


def _fill(row: Features, told: Told, start: int) -> None:
    """What a mention in the very sentence says."""
    row["here_before" if told.start < start else "here_after"] = 1.0
    if told.place:
        row["here_place"] = 1.0
    if told.subject and told.start < start:
        row["here_subject"] = 1.0
    if not told.subject and told.start > start:
        row["here_object"] = 1.0


@cache
def _names(kind: str) -> tuple[str, ...]:
    """The names of the features under the weights of a kind."""
    return tuple(f"{kind}_{name}" for name in Lenders(())._always("", 1, 1, 0))


def lent_score(row: Features, weights: Mapping[str, float] | None = None) -> float:
    """The weighed sum of what speaks for a country; by the weights in use when none are given."""
    known = WEIGHTS if weights is None else weights
    return sum([known.get(name, 0.0) * value for name, value in row.items() if value])


_LOCAL_LABELS = frozenset({"crowd", "institution", "party", "armed-group", "company", "media", "ngo"})
_LOCAL_SECTORS = frozenset(
    {"CVL", "COP", "JUD", "LAB", "EDU", "MED", "AGR", "REL", "UAF", "CRM", "SOC", "OPP", "REF", "BUS"}
)


_FORCES = frozenset({"MIL", "REB", "PRM", "UAF"})


def kind_of(naming: Naming, label: str) -> str:
    """Which weights hold: of those at home where things happen, of forces, of persons named, or ("") of who speaks for a state."""
    sectors = naming.role.sectors if naming.role else naming.generic.sectors if naming.generic else ()
    if (sectors and sectors[0] in _FORCES) or (not sectors and label == "armed-group"):
        return "force"
    if (sectors and sectors[0] in _LOCAL_SECTORS) or (not sectors and label in _LOCAL_LABELS):
        return "local"
    return "person" if naming.name else ""
