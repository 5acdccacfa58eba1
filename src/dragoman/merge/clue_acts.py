"""Clues from the act itself: its type, means, contexts and code, and the word that tells it."""

from __future__ import annotations

from dragoman.merge.features import Features
from dragoman.merge.finding import NOTHING, Finding


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


def same_act(a: Features, b: Features) -> Finding:
    """The same CAMEO code to three digits."""
    same = a.cameo and b.cameo and a.cameo[:3] == b.cameo[:3] and a.cameo[2:3] not in ("", "0")
    return Finding(1.0, f"both CAMEO {a.cameo[:3] if a.cameo else ''}") if same else NOTHING


def same_trigger(a: Features, b: Features) -> Finding:
    """The same word for the act."""
    return Finding(1.0, "the same word for the act") if a.trigger == b.trigger else NOTHING


def history_and_news(a: Features, b: Features) -> Finding:
    """Recalled history against news."""
    return (
        Finding(1.0, "one is history, one is news")
        if (a.status == "historical") != (b.status == "historical")
        else NOTHING
    )
