"""The table of clues: what speaks for and against two mentions being one event, in words and in log-odds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dragoman.merge.features import Features


@dataclass(frozen=True, slots=True)
class Finding:
    """What a clue found: `strength` in [0, 1] (0: nothing to say), and the words for it."""

    strength: float
    because: str


NOTHING = Finding(0.0, "")


@dataclass(frozen=True, slots=True)
class Clue:
    """A named clue; `weight` is its log-odds at full strength."""

    name: str
    weight: float
    look: Callable[[Features, Features], Finding]


Names = frozenset[str]


def _sides(a: Features, b: Features) -> tuple[float, float]:
    """(overlap of who acts, overlap of to whom) by identity or country, the better of the straight and, for acts
    without a recipient on one side, the crossed reading; each in [0, 1]."""
    global _latest
    one, two, found = _latest
    if one is not a or two is not b:  # the clues ask for one pair in a row
        found = _overlaps(
            a.actors, a.actor_countries, a.recipients, a.recipient_countries,
            b.actors, b.actor_countries, b.recipients, b.recipient_countries,
        )  # fmt: skip
        _latest = (a, b, found)
    return found


_latest: tuple[Features | None, Features | None, tuple[float, float]] = (None, None, (0.0, 0.0))


@lru_cache(maxsize=1 << 16)
def _overlaps(
    a: Names, a_of: Names, to_a: Names, to_a_of: Names, b: Names, b_of: Names, to_b: Names, to_b_of: Names
) -> tuple[float, float]:
    straight = (_alike(a, a_of, b, b_of), _alike(to_a, to_a_of, to_b, to_b_of))
    if to_a and to_b:
        return straight
    all_a, all_b = a | to_a, b | to_b
    pooled = _alike(all_a, a_of | to_a_of, all_b, b_of | to_b_of)
    return max(straight, (pooled, pooled if len(all_a) > 1 and len(all_b) > 1 else 0.0))


@lru_cache(maxsize=1 << 16)
def _crossed(
    a: Names, a_of: Names, to_a: Names, to_a_of: Names, b: Names, b_of: Names, to_b: Names, to_b_of: Names
) -> float:
    """What of the overlap comes only by taking one's doer for the other's counterpart."""
    straight = max(_alike(a, a_of, b, b_of), _alike(to_a, to_a_of, to_b, to_b_of))
    return 0.0 if straight else max(_alike(a, a_of, to_b, to_b_of), _alike(to_a, to_a_of, b, b_of))


def _alike(a: Names, a_of: Names, b: Names, b_of: Names) -> float:
    return max(_overlap(a, b), 0.8 * _overlap(a_of, b_of))


def _overlap(a: Names, b: Names) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def same_parties(a: Features, b: Features) -> Finding:
    """The same parties on both sides."""
    who, whom = _sides(a, b)
    return Finding((who + whom) / 2, "the same parties") if who and whom else NOTHING


def one_party(a: Features, b: Features) -> Finding:
    """One side is shared, the other is not told by one of the two."""
    who, whom = _sides(a, b)
    if crossed(a, b).strength:
        return NOTHING
    if (who and not whom and not (a.recipients and b.recipients)) or (whom and not who and not (a.actors and b.actors)):
        return Finding(max(who, whom), "one party in common, the other left out by one account")
    return NOTHING


def crossed(a: Features, b: Features) -> Finding:
    """The doer of one account is the counterpart of the other, which tells the one side only."""
    if (a.actors and a.recipients) and (b.actors and b.recipients):
        return NOTHING
    score = _crossed(
        a.actors, a.actor_countries, a.recipients, a.recipient_countries,
        b.actors, b.actor_countries, b.recipients, b.recipient_countries,
    )  # fmt: skip
    return Finding(score, "who acts by one account is acted upon by the other") if score else NOTHING


def exchanged(a: Features, b: Features) -> Finding:
    """Each is told to have done it to the other: mostly an act and its answer in kind."""
    if not (a.actor_countries and a.recipient_countries and b.actor_countries and b.recipient_countries) or any(
        _sides(a, b)
    ):
        return NOTHING
    both = a.actor_countries & b.recipient_countries and a.recipient_countries & b.actor_countries
    return Finding(BLAME if a.quad == b.quad == 4 else 1.0, "the sides are exchanged") if both else NOTHING


def other_parties(a: Features, b: Features) -> Finding:
    """Both tell the party by name, and it is another; parties of unknown country ("gunmen") prove nothing.

    Who is to blame for violence against the same side may be what the accounts differ on, and weighs less.
    """
    doer, whom = _others(a, b)
    if whom or (doer and not (a.quad == b.quad == 4 and _sides(a, b)[1])):
        return Finding(1.0, "different parties")
    return Finding(BLAME, "another is blamed") if doer else NOTHING


BLAME = 0.6
"""Strength of "another is blamed", and of sides exchanged in a clash: by hand, as the corpus has four such pairs."""


def other_roles(a: Features, b: Features) -> Finding:
    """Both tell the party by name, and it is another; but the one account names the other's party too, in another part."""
    if other_parties(a, b).strength or exchanged(a, b).strength:
        return NOTHING
    who, whom = _sides(a, b)
    doer = not who and _named(a, a.actor_countries) and _named(b, b.actor_countries)
    other = not whom and _named(a, a.recipient_countries) and _named(b, b.recipient_countries)
    return Finding(1.0, "the same countries in other parts") if doer or other else NOTHING


def _others(a: Features, b: Features) -> tuple[bool, bool]:
    """Whether (the doer, the other side) is by name another one, of whom the other account says nothing at all."""
    who, whom = _sides(a, b)
    return (
        not who and _strangers(a, a.actor_countries, b, b.actor_countries),
        not whom and _strangers(a, a.recipient_countries, b, b.recipient_countries),
    )


def _strangers(a: Features, a_of: Names, b: Features, b_of: Names) -> bool:
    named_a, named_b = a.named & a_of, b.named & b_of
    return bool(named_a and named_b) and not (named_a & b.lands) and not (named_b & a.lands)


def other_lands(a: Features, b: Features) -> Finding:
    """Each sentence names countries, and no one country is named in both."""
    return Finding(1.0, "other countries named") if a.lands and b.lands and not a.lands & b.lands else NOTHING


def unlike_parties(a: Features, b: Features) -> Finding:
    """The parties seem to be of different countries, but one account leaves that to its context ("police", "the army")."""
    who, whom = _sides(a, b)
    unlike = (a.actor_countries and b.actor_countries and not who) or (
        a.recipient_countries and b.recipient_countries and not whom
    )
    by_name = other_parties(a, b).strength or other_roles(a, b).strength or exchanged(a, b).strength
    return Finding(1.0, "parties that seem to differ") if unlike and not by_name else NOTHING


def other_sort(a: Features, b: Features) -> Finding:
    """By one account an arm of the state did it (or bore it), by the other somebody who is none: an ambush, and what the army
    answered. Within one country the countries tell nothing."""
    apart = any(x and y and x.isdisjoint(y) for x, y in ((a.doers, b.doers), (a.bearers, b.bearers)))
    return Finding(1.0, "the state by one account, others by the other") if apart else NOTHING


def _named(x: Features, countries: frozenset[str]) -> bool:
    return not x.named.isdisjoint(countries)


def like_parties(a: Features, b: Features) -> Finding:
    """The words for the parties are alike, whether or not anybody knows who they are."""
    score = _cosine(a.party_words, b.party_words)
    return Finding(score, "like words for the parties") if score else NOTHING


def _cosine(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    return len(set(a).intersection(b)) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def same_type(a: Features, b: Features) -> Finding:
    """The same PLOVER type."""
    return Finding(1.0, f"both {a.base_type}") if a.base_type == b.base_type else NOTHING


KIN = frozenset(
    frozenset(pair.split())
    for pair in (
        "AGREE SUPPORT", "AGREE COOPERATE", "AGREE CONCEDE", "AGREE AID", "AGREE RETREAT", "SUPPORT COOPERATE", "SUPPORT CONCEDE",
        "CONSULT COOPERATE", "AID COOPERATE", "AID RETREAT", "AID MOBILIZE", "RETREAT COOPERATE", "RETREAT CONCEDE", "RETREAT COERCE",
        "MOBILIZE COOPERATE", "CONCEDE SANCTION", "ACCUSE PROTEST", "ACCUSE REJECT", "ACCUSE REQUEST", "ACCUSE SANCTION",
        "REQUEST PROTEST", "REJECT SANCTION", "REJECT THREATEN", "THREATEN SANCTION", "SANCTION COERCE", "COERCE ASSAULT",
    )
)  # fmt: skip
"""Types that one act is often told as: a signed accord is SUPPORT or AGREE, a seized boat COERCE or ASSAULT, a note of protest ACCUSE or PROTEST,
a lifted tariff CONCEDE or (being about one) SANCTION. A meeting and what is signed at it, a crowd and what the police do to it, are two."""


def near_type(a: Features, b: Features) -> Finding:
    """Two types that accounts of one act often go to."""
    near = frozenset((a.base_type, b.base_type)) in KIN
    return Finding(1.0, f"{a.base_type} and {b.base_type} are near") if near else NOTHING


def other_type(a: Features, b: Features) -> Finding:
    """Two types that are no two views of one act."""
    other = a.base_type != b.base_type and frozenset((a.base_type, b.base_type)) not in KIN
    return Finding(1.0, f"{a.base_type} is not {b.base_type}") if other else NOTHING


def same_kind_of_act(a: Features, b: Features) -> Finding:
    """Other words for one kind of act: closed and shut, swap and exchange."""
    like = a.trigger != b.trigger and not a.acts.isdisjoint(b.acts)
    return Finding(1.0, "words for one kind of act") if like else NOTHING


def same_mode(a: Features, b: Features) -> Finding:
    """The same type by the same means."""
    same = a.base_type == b.base_type and a.mode and a.mode == b.mode
    return Finding(1.0, f"both {a.mode}") if same else NOTHING


KIN_MODES = frozenset(
    frozenset(pair.split())
    for pair in (
        "firearms massacre", "primitive massacre", "firearms assassinate", "aerial drone", "aerial heavy-weapons", "aerial explosives",
        "drone heavy-weapons", "drone explosives", "heavy-weapons explosives", "beat crowd-control", "beat primitive", "multilateral visit",
        "multilateral third-party", "visit third-party", "arrest seize", "demo riot", "demo obstruct", "obstruct riot", "release return",
        "ceasefire withdraw", "withdraw discontinue", "expel withdraw", "troops militia", "troops weapons", "ban censor", "censor restrict",
    )
)  # fmt: skip
"""Means that accounts of one act often go to: planes and drones, a visit and a summit."""


def other_mode(a: Features, b: Features) -> Finding:
    """The same type by other means, and not by two that are told for one another."""
    clash = a.base_type == b.base_type and a.mode and b.mode and a.mode != b.mode
    if not clash or frozenset((a.mode, b.mode)) in KIN_MODES:
        return NOTHING
    return Finding(1.0, f"{a.mode} and {b.mode}")


def same_topics(a: Features, b: Features) -> Finding:
    """The same contexts."""
    shared = set(a.contexts).intersection(b.contexts)
    return (
        Finding(len(shared) / max(len(a.contexts), len(b.contexts)), f"both about {', '.join(sorted(shared))}")
        if shared
        else NOTHING
    )


def one_sentence(a: Features, b: Features) -> bool:
    """Whether both stand in the very same sentence, whose words then prove nothing."""
    return a.report == b.report and a.sentence == b.sentence


def same_names(a: Features, b: Features) -> Finding:
    """The sentences name the same further things: a town, an accord, a person."""
    if not a.names or not b.names or one_sentence(a, b):
        return NOTHING
    shared = len(set(a.names).intersection(b.names))
    return (
        Finding(shared / min(len(a.names), len(b.names)), f"{shared} further name(s) in common") if shared else NOTHING
    )


def other_names(a: Features, b: Features) -> Finding:
    """Each sentence names further things, and no one thing stands in both."""
    if not a.names or not b.names or one_sentence(a, b):
        return NOTHING
    return NOTHING if set(a.names).intersection(b.names) else Finding(1.0, "other names")


def same_act(a: Features, b: Features) -> Finding:
    """The same CAMEO code to three digits."""
    same = a.cameo and b.cameo and a.cameo[:3] == b.cameo[:3] and a.cameo[2:3] not in ("", "0")
    return Finding(1.0, f"both CAMEO {a.cameo[:3] if a.cameo else ''}") if same else NOTHING


def same_trigger(a: Features, b: Features) -> Finding:
    """The same word for the act."""
    return Finding(1.0, "the same word for the act") if a.trigger == b.trigger else NOTHING


def days(x: Features) -> tuple[int, int] | None:
    """The event's days; those just before publication when it is undated; None without either."""
    if x.start is not None:
        return x.start, x.end if x.end is not None else x.start
    return (x.published - 3, x.published + 1) if x.published is not None and x.status == "actual" else None


def same_days(a: Features, b: Features) -> Finding:
    """Dated to the same days; the finer both dates, the more it says."""
    one, two = days(a), days(b)
    if not one or not two:
        return NOTHING
    width = max(one[1] - one[0], two[1] - two[0]) + 1
    if one[1] < two[0] or two[1] < one[0]:
        return Finding(0.5, "dates a day apart, one of them not the event's own") if _touch(a, b) else NOTHING
    return Finding(1 / (1 + math.log10(width)), "the same day" if width == 1 else "dates that overlap")


def _touch(a: Features, b: Features) -> bool:
    """Two days that follow one another, where the words of one event itself do not date it: "a day after the ban"."""
    if a.start is None or b.start is None or a.end is None or b.end is None or (a.fine and b.fine):
        return False
    return max(a.start - b.end, b.start - a.end) == 1


def days_apart(a: Features, b: Features) -> Finding:
    """The longer the gap between the dates, the weaker the link."""
    one, two = days(a), days(b)
    if not one or not two:
        return NOTHING
    gap = max(one[0] - two[1], two[0] - one[1])
    if _touch(a, b):
        return NOTHING
    if gap <= 0 or _a_week(a, b, gap):
        return NOTHING
    far = SOON if (a.start is None) != (b.start is None) else 3
    return Finding(min(gap / far, 1.0), f"{gap} day(s) apart")


SOON = 7
"""Days beyond those just before publication at which an account that gives no date can hardly mean a dated event."""


def a_week_apart(a: Features, b: Features) -> Finding:
    """The same day of two weeks, told within days: one account's "Tuesday" was likely taken for the next, or the last."""
    one, two = days(a), days(b)
    if not one or not two or not _a_week(a, b, max(one[0] - two[1], two[0] - one[1])):
        return NOTHING
    return Finding(1.0, "the same weekday, a week apart")


def _a_week(a: Features, b: Features, gap: int) -> bool:
    if gap != 7 or a.start != a.end or b.start != b.end or a.published is None or b.published is None:
        return False
    return abs(a.published - b.published) <= TOLD_TOGETHER


TOLD_TOGETHER = 3
"""Days between two publications within which accounts of one event mostly come."""


def told_together(a: Features, b: Features) -> Finding:
    """One of the two gives no day, but they were published within days of one another."""
    if a.published is None or b.published is None or (days(a) and days(b)):
        return NOTHING
    gap = abs(a.published - b.published)
    return Finding(1 - gap / (TOLD_TOGETHER + 1), "told in the same days") if gap <= TOLD_TOGETHER else NOTHING


def other_clause(a: Features, b: Features) -> Finding:
    """Two clauses of one sentence mostly tell two acts: "vowed to avenge them and threatened more"."""
    other = one_sentence(a, b) and a.clause != b.clause
    return Finding(1.0, "told by two clauses of one sentence") if other else NOTHING


def one_report(a: Features, b: Features) -> Finding:
    """One report mostly tells each event once, however much its sentences have in common."""
    return Finding(1.0, "told by one report") if a.report == b.report else NOTHING


def same_place(a: Features, b: Features) -> Finding:
    """The same place; a country says less than a town."""
    if not a.place or not b.place or a.place[0] != b.place[0]:
        return NOTHING
    return Finding(0.3 if a.place[2] == "country" else 1.0, f"both in {a.place[0]}")


def other_place(a: Features, b: Features) -> Finding:
    """Two places that lie apart, or two countries."""
    if not a.place or not b.place or a.place[0] == b.place[0]:
        return NOTHING
    if a.place[1] and b.place[1] and a.place[1] != b.place[1]:
        return Finding(1.0, f"in {a.place[0]} and in {b.place[0]}")
    if a.at and b.at:
        far = min(1.0, _kilometres(a.at, b.at) / FAR_KM)
        return Finding(far, f"in {a.place[0]} and in {b.place[0]}") if far > 0.1 else NOTHING
    return Finding(0.6, f"in {a.place[0]} and in {b.place[0]}") if a.place[2] == b.place[2] != "country" else NOTHING


FAR_KM = 30.0
"""Distance from which two places are as different as can be: beyond the surroundings of a town, or the point a district is mapped to."""


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Between two points near one another (equirectangular)."""
    north = math.radians(b[0] - a[0])
    east = math.radians(b[1] - a[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 6371.0 * math.hypot(north, east)


def other_towns(a: Features, b: Features) -> Finding:
    """Each says where, by names that the other does not give."""
    if one_sentence(a, b):
        return NOTHING
    clash = a.towns and b.towns and not set(a.names).intersection(b.towns) and not set(a.towns).intersection(b.names)
    return Finding(1.0, "other places by name") if clash else NOTHING


def same_figures(a: Features, b: Features) -> Finding:
    """The same number in both sentences; one of ten or more says more than a small one."""
    shared = a.figures & b.figures
    if not shared or one_sentence(a, b):
        return NOTHING
    return Finding(1.0 if max(shared) >= 10 else 0.5, f"both say {max(shared)}")


def like_words(a: Features, b: Features) -> Finding:
    """The sentences share content words beyond the parties' names."""
    shared = 0 if one_sentence(a, b) else len(set(a.words).intersection(b.words))
    return (
        Finding(min(1.0, 1.6 * _cosine(a.words, b.words)), f"{shared} content words in common") if shared else NOTHING
    )


def history_and_news(a: Features, b: Features) -> Finding:
    """Recalled history against news."""
    return (
        Finding(1.0, "one is history, one is news")
        if (a.status == "historical") != (b.status == "historical")
        else NOTHING
    )


BIAS = -4.68
CLUES = (
    Clue("same parties", 0.61, same_parties),
    Clue("one party", 0.45, one_party),
    Clue("other parties", -7.0, other_parties),
    Clue("crossed party", 0.07, crossed),
    Clue("sides exchanged", -8.0, exchanged),
    Clue("other sort", -1.11, other_sort),
    Clue("other roles", -1.61, other_roles),
    Clue("other lands", -0.92, other_lands),
    Clue("unlike parties", -1.17, unlike_parties),
    Clue("like parties", 1.43, like_parties),
    Clue("same type", 0.85, same_type),
    Clue("near type", 0.3, near_type),
    Clue("other type", -1.53, other_type),
    Clue("same mode", 0.33, same_mode),
    Clue("other mode", -1.01, other_mode),
    Clue("same topics", 0.78, same_topics),
    Clue("same names", 0.81, same_names),
    Clue("other towns", -2.23, other_towns),
    Clue("other names", 0.0, other_names),
    Clue("same act", 0.72, same_act),
    Clue("same trigger", 0.45, same_trigger),
    Clue("same kind of act", 0.97, same_kind_of_act),
    Clue("same days", 3.83, same_days),
    Clue("days apart", -4.3, days_apart),
    Clue("a week apart", -0.5, a_week_apart),
    Clue("told together", 1.03, told_together),
    Clue("other clause", -1.14, other_clause),
    Clue("one report", -1.38, one_report),
    Clue("same place", 0.74, same_place),
    Clue("other place", -2.07, other_place),
    Clue("same figures", 1.06, same_figures),
    Clue("like words", 2.38, like_words),
    Clue("history against news", -2.29, history_and_news),
)
"""Log-odds at full strength, fitted by `python -m benchmarks.merge --fit` on the train parts of evaluation/same_event.jsonl
and of the corpus's paired reports. Order matters for speed alone: what decides most comes first."""


def judge(a: Features, b: Features) -> tuple[float, tuple[Finding, ...]]:
    """(probability that the two are one event, what was found, strongest first)."""
    total, found = BIAS, []
    for clue in CLUES:
        finding = clue.look(a, b)
        if finding.strength:
            total += clue.weight * finding.strength
            found.append((abs(clue.weight * finding.strength), finding))
    found.sort(key=lambda pair: -pair[0])
    return 1 / (1 + math.exp(-total)), tuple(finding for _, finding in found)


def probability(a: Features, b: Features) -> float:
    """The same probability without the words for it."""
    total = BIAS
    for clue in CLUES:
        finding = clue.look(a, b)
        if finding.strength:
            total += clue.weight * finding.strength
    return 1 / (1 + math.exp(-total))
