"""What ships about the world, counted against what was asked for: `python tools/count_knowledge.py`.

Ends with 1 when a count is short of its minimum. Offices are counted by the share of quarters since mid-2000 for which a
holder is known, over all members of the United Nations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.resolve.knowledge import Knowledge, load_knowledge

FIRST, LAST = date(2000, 7, 1), date(2025, 7, 1)
HEADS_OF_STATE = (
    "president", "monarch", "head_of_state", "supreme_leader", "acting_president", "transitional_leader", "presidency_member",
    "governor_general", "pope", "general_secretary",
)  # fmt: skip
HEADS_OF_GOVERNMENT = (
    "prime_minister", "head_of_government", "acting_prime_minister", "chief_executive", "president", "monarch",
    "acting_president", "transitional_leader", "supreme_leader", "pope",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something there are, and how many were asked for (None: no number was)."""

    what: str
    found: float
    least: int | None


def counts(known: Knowledge) -> Iterator[Count]:
    """Every count."""
    kinds = Counter(c.kind for c in known.countries.values())
    hows = Counter(hit.how for _, hits in known.keys() for hit in hits if hit.kind == "country")  # noqa: SIM118
    bodies = Counter(b.kind for b in known.bodies.values())
    types = Counter(b.type for b in known.bodies.values() if b.kind == "institutions")
    phrases = {key for key, _ in known.role_keys()}
    between = sum(b.country in ("IGO", "UNO", "EUR") for b in known.bodies.values())
    yield Count("members of the United Nations", kinds["member"], 193)
    yield Count("other states, territories, historical states", sum(kinds.values()) - kinds["member"], None)
    yield Count("names of countries", sum(hows.values()), None)
    yield Count("... of these metonyms and seats", hows["metonym"] + hows["seat"], None)
    yield Count("ministries by name", types["ministry"], None)
    yield Count("all institutions by name", bodies["institutions"], None)
    yield Count("international organisations of states", between, 250)
    yield Count("armed and militant groups", bodies["armed_groups"], 300)
    yield Count("parties", bodies["parties"], 300)
    yield Count("news media and agencies", bodies["media"], 150)
    yield Count("companies", bodies["companies"], 200)
    yield Count("role words and phrases", len(phrases), 1200)
    yield Count("persons in office", len(known.people), None)
    for name, offices in (
        ("heads of state", HEADS_OF_STATE), ("heads of government", HEADS_OF_GOVERNMENT),
        ("foreign ministers", ("foreign_minister",)), ("defence ministers", ("defence_minister",)),
    ):  # fmt: skip
        shares = [covered(known, c.code, offices) for c in known.countries.values() if c.kind == "member"]
        yield Count(f"{name}: states with any", sum(s > 0 for s in shares), None)
        yield Count(f"{name}: quarters since 2000, percent", round(100 * sum(shares) / len(shares), 1), None)


def covered(known: Knowledge, country: str, offices: Sequence[str]) -> float:
    """The share of quarters for which somebody is known to have held one of the offices, while the state existed."""
    held = [s.period for office in offices for s in known.holders(office, country)]
    period = known.countries[country].period
    days = [FIRST + timedelta(days=91 * n) for n in range((LAST - FIRST).days // 91)]
    days = [d for d in days if period.covers(d)]
    return sum(any(p.covers(d) for p in held) for d in days) / max(1, len(days))


def main() -> int:
    """Print the table."""
    short = False
    for count in counts(load_knowledge()):
        wanted = "" if count.least is None else f"at least {count.least:,}"
        missing = count.least is not None and count.found < count.least
        short = short or missing
        print(f"{count.what:46} {count.found:>9,}  {wanted}{'  SHORT' if missing else ''}")
    return int(short)


if __name__ == "__main__":
    raise SystemExit(main())
