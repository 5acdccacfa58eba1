"""Clues from who did it and to whom: the same parties, others, the same in other parts, and what is left open."""

from __future__ import annotations

from functools import lru_cache

from dragoman.merge.features import Features
from dragoman.merge.finding import NOTHING, Finding, cosine

BLAME = 0.6
"""Strength of "another is blamed", and of sides exchanged in a clash: by hand, as the corpus has four such pairs."""

Names = frozenset[str]


Told = tuple[Names, Names, Names, Names]
"""Who acts, of which countries, to whom, of which countries."""


def _told(x: Features) -> Told:
    return x.actors, x.actor_countries, x.recipients, x.recipient_countries


def _sides(a: Features, b: Features) -> tuple[float, float]:
    """(overlap of who acts, overlap of to whom) by identity or country, the better of the straight and, for acts
    without a recipient on one side, the crossed reading; each in [0, 1]."""
    return _overlaps(_told(a), _told(b))


@lru_cache(maxsize=1 << 16)
def _overlaps(one: Told, two: Told) -> tuple[float, float]:
    a, a_of, to_a, to_a_of = one
    b, b_of, to_b, to_b_of = two
    straight = (_alike(a, a_of, b, b_of), _alike(to_a, to_a_of, to_b, to_b_of))
    if to_a and to_b:
        return straight
    all_a, all_b = a | to_a, b | to_b
    pooled = _alike(all_a, a_of | to_a_of, all_b, b_of | to_b_of)
    return max(straight, (pooled, pooled if len(all_a) > 1 and len(all_b) > 1 else 0.0))


@lru_cache(maxsize=1 << 16)
def _crossed(one: Told, two: Told) -> float:
    """What of the overlap comes only by taking one's doer for the other's counterpart."""
    a, a_of, to_a, to_a_of = one
    b, b_of, to_b, to_b_of = two
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
    score = _crossed(_told(a), _told(b))
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


def other_roles(a: Features, b: Features) -> Finding:
    """Both tell the party by name, and it is another; but the one account names the other's party too, in another part.

    Who met whom has no parts: either account may begin with the one or with the other.
    """
    if a.base_type == b.base_type == "CONSULT":
        return NOTHING
    who, whom = _sides(a, b)
    other = (not who and _named(a, a.actor_countries) and _named(b, b.actor_countries)) or (
        not whom and _named(a, a.recipient_countries) and _named(b, b.recipient_countries)
    )
    if not other or other_parties(a, b).strength or exchanged(a, b).strength:
        return NOTHING
    return Finding(1.0, "the same countries in other parts")


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
    if not unlike or other_parties(a, b).strength or exchanged(a, b).strength or other_roles(a, b).strength:
        return NOTHING
    met = a.base_type == b.base_type == "CONSULT"
    if met and (a.actor_countries | a.recipient_countries) & (b.actor_countries | b.recipient_countries):
        return NOTHING
    return Finding(1.0, "parties that seem to differ")


def other_sort(a: Features, b: Features) -> Finding:
    """By one account an arm of the state did it (or bore it), by the other somebody who is none: an ambush, and what the army
    answered. Within one country the countries tell nothing."""
    apart = any(x and y and x.isdisjoint(y) for x, y in ((a.doers, b.doers), (a.bearers, b.bearers)))
    return Finding(1.0, "the state by one account, others by the other") if apart else NOTHING


def _named(x: Features, countries: frozenset[str]) -> bool:
    return not x.named.isdisjoint(countries)


def persons(x: Features) -> tuple[Names, Names]:
    """The known persons of either side, where it has nobody else: (who acts, to whom)."""
    who, whom = (frozenset(i for i in side if i.startswith("per:")) for side in (x.actors, x.recipients))
    return who if who == x.actors else frozenset(), whom if whom == x.recipients else frozenset()


def other_persons(a: Features, b: Features) -> Finding:
    """Either account names a person, and it is another one: two ministers of one country who resigned are two."""
    if any(x and y and x.isdisjoint(y) for x, y in zip(persons(a), persons(b), strict=True)):
        return Finding(1.0, "different persons")
    return NOTHING


def like_parties(a: Features, b: Features) -> Finding:
    """The words for the parties are alike, whether or not anybody knows who they are."""
    score = cosine(a.party_words, b.party_words)
    return Finding(score, "like words for the parties") if score else NOTHING
