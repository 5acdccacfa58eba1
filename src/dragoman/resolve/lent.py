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
    """A country that the report names.

    Attributes:
        country: The knowledge's code.
        sentence: Which; -1 is the title.
        start: Where in the text.
        place: As a place.
        subject: As a subject, or within one.
        faced: As what others deal with: an object, or behind a preposition that is none of place ("talks with Iran").
    """

    country: str
    sentence: int
    start: int
    place: bool
    subject: bool = False
    faced: bool = False


# Weights of a conditional logit over the countries that a report names, fitted on the training part of the corpus by
# `python -m benchmarks.lending`. Those that begin with "local_", "force_" or "person_" are added for such mentions.
WEIGHTS: Mapping[str, float] = {
    "acted": 0.39, "acts": -0.29, "before": -0.08, "first": 0.57, "force_acted": 0.02, "force_before": -0.11,
    "force_first": -0.06, "force_first_place": -0.08, "force_here_after": 0.15, "force_here_before": 0.05,
    "force_here_object": 0.21, "force_here_place": 0.08, "force_here_subject": 0.09, "force_lead": 0.14,
    "force_lead_subject": 0.03, "force_log": 0.26, "force_most": 0.06, "force_near": 0.05, "force_nearest": -0.01,
    "force_nobody": 0.01, "force_nobody_log": -0.04, "force_placed": 0.1, "force_share": 0.04, "here_after": 0.08,
    "here_before": 0.26, "here_object": -0.13, "here_place": 0.23, "here_subject": 0.28, "lead": 1.11, "lead_subject": 0.3,
    "local_acted": -0.05, "local_acts": -0.08, "local_before": -0.08, "local_first": -0.1, "local_first_place": -0.03,
    "local_here_after": 0.31, "local_here_object": 0.11, "local_here_place": 0.21, "local_here_subject": -0.04,
    "local_lead": 0.13, "local_lead_subject": -0.09, "local_log": 0.15, "local_most": -0.02, "local_near": 0.06,
    "local_nearest": 0.07, "local_nobody": -0.01, "local_nobody_log": -0.04, "local_only_faced": 0.03, "local_placed": 0.05,
    "local_share": 0.01, "log": 0.47, "most": 0.34, "near": 0.53, "nearest": 0.26, "nobody": 0.45, "nobody_log": 0.84,
    "only_faced": 0.02, "person_acted": -0.05, "person_acts": -0.02, "person_before": 0.06, "person_first": -0.03,
    "person_first_place": -0.03, "person_here_after": 0.02, "person_here_before": 0.08, "person_here_object": -0.08,
    "person_here_place": -0.03, "person_here_subject": 0.04, "person_lead": 0.1, "person_lead_subject": 0.04,
    "person_log": 0.12, "person_most": -0.09, "person_near": 0.1, "person_nobody": -0.11, "person_nobody_log": -0.22,
    "person_placed": 0.03, "person_share": -0.03, "placed": 0.5, "share": 0.04,
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
            "only_faced": 0.0,
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
            row["only_faced"] = float(all(t.sentence == sentence and t.start > start and t.faced for t in told))
            row["near"] = math.exp(-(sentence - last) / 2) if last >= 0 else 0.0
            if kind:
                row.update(zip(_names(kind), list(row.values()), strict=True))
            rows[country] = row
        return rows

    def nobody(self, kind: str) -> Features:
        """What speaks for none of the countries: the words are of one that the report does not name, or of no country."""
        row = {"nobody": 1.0, "nobody_log": math.log1p(len(self.counts))}
        return row | {f"{kind}_{name}": value for name, value in row.items()} if kind else row


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
