"""When and where: which of the times and places of a sentence are the event's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.grammar import Grammar
from dragoman.records import PlaceRef, ResolvedMention, ResolvedReading, Trail, When

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Dated:
    """The days of an event; `found` is "argument", "clause", "sentence" or "story"; span None for the story's own date.

    `known` says how the words were resolved; `since` that it goes on from then ("since 2014").
    """

    when: When
    found: str
    span: Span | None
    because: str
    known: Trail = ()
    since: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """The place of an event, why it is the event's, and how its name was resolved."""

    place: PlaceRef
    because: str
    known: Trail = ()


def date_of(
    g: Grammar,
    tokens: Sequence[int],
    mentions: Sequence[ResolvedMention],
    preferred: Sequence[int],
    resolved: ResolvedReading,
    status: str,
) -> Dated | None:
    """The event's date: an argument of the trigger, else one of its clause, its sentence's only one, else the story's (for news told as done).

    Args:
        preferred: Indices of mentions that the model gives as the event's time.
    """
    times = [m for m in mentions if m.when is not None]
    for m in times:
        if m.index in preferred:
            return _dated(g, m, "argument", "the model gives it as the time of the act")
    scored = sorted(((_distance(g, m, tokens), m.mention.start, m) for m in times), key=lambda x: x[:2])
    if scored and scored[0][0] <= 1:
        return _dated(g, scored[0][2], "argument", "it hangs from the trigger")
    if scored and scored[0][0] <= 3:
        return _dated(g, scored[0][2], "clause", "it stands in the trigger's clause")
    if len(times) == 1 and scored[0][0] <= 6:
        return _dated(g, times[0], "sentence", "it is the only time of the sentence")
    return None


def _dated(g: Grammar, m: ResolvedMention, found: str, because: str) -> Dated:
    assert m.when is not None
    first = m.mention.token_start
    since = "since" in (t.text.lower() for t in g.tokens[max(0, first - 2) : first + 1])
    return Dated(m.when, found, (m.mention.start, m.mention.end), because, m.trail, since)


def _distance(g: Grammar, m: ResolvedMention, tokens: Sequence[int]) -> int:
    """Steps in the tree from the mention up to the trigger; clauses between them count three, 99 when it is not under it."""
    best = 99
    for trigger in tokens:
        at, steps = m.mention.head, 0
        chain = [at, *g.ancestors(at)]
        if trigger in chain:
            inside = chain[: chain.index(trigger)]
            if any(_of_its_own(g, w) or (_is_relative(g, w) and g.tokens[w].head != trigger) for w in inside):
                continue  # a clause about something else tells another act, with a time and place of its own
            for word in chain:
                if word == trigger:
                    break
                steps += (
                    3
                    if g.tokens[word].deprel in ("ccomp", "acl:relcl", "advcl", "parataxis", "conj")
                    and word != m.mention.head
                    else 1
                )
            best = min(best, steps)
        elif chain[1:] and chain[1] in (up := list(g.ancestors(trigger))):
            between = [trigger, *up[: up.index(chain[1])]]
            if any(_is_relative(g, w) or _of_its_own(g, w) for w in between):
                continue  # "Evo Morales, who resigned ..., flew to Mexico": he did not resign there
            best = min(
                best,
                2
                + sum(2 if g.tokens[w].deprel in ("ccomp", "acl:relcl", "advcl", "parataxis") else 1 for w in between)
                - 1,
            )
    return best


def _is_relative(g: Grammar, word: int) -> bool:
    return g.tokens[word].deprel == "acl:relcl"


def _of_its_own(g: Grammar, word: int) -> bool:
    """Whether it is the verb of a clause of time with a subject of its own: "after gunmen killed ..."."""
    return g.tokens[word].deprel == "advcl" and any(g.tokens[c].deprel.startswith("nsubj") for c in g.children[word])


def place_of(
    g: Grammar,
    tokens: Sequence[int],
    mentions: Sequence[ResolvedMention],
    preferred: Sequence[int],
    resolved: ResolvedReading,
) -> Placed | None:
    """The event's place: as the model gives it, under the trigger, or in its clause. None when the sentence does not say."""
    places = [m for m in mentions if m.place is not None and m.role_here == "place"]
    given = [m for m in places if m.index in preferred]
    if given:
        finest = max(given, key=lambda m: (_FINENESS.get(m.place.precision if m.place else "", 0), -m.mention.start))
        return _placed(finest, "argument", "the model gives it as the place of the act")
    scored = sorted(((_distance(g, m, tokens), m.mention.start, m) for m in places), key=lambda x: x[:2])
    if scored and scored[0][0] <= 2:
        return _placed(scored[0][2], "argument", "it hangs from the trigger")
    if scored and scored[0][0] <= 4:
        return _placed(scored[0][2], "clause", "it stands in the trigger's clause")
    return None


_FINENESS = {"site": 6, "city": 5, "admin1": 4, "sea": 3, "country": 2, "region": 1}


def _placed(m: ResolvedMention, found: str, because: str) -> Placed:
    p = m.place
    assert p is not None
    span = (m.mention.start, m.mention.end)
    return Placed(
        PlaceRef(p.name, p.country, p.admin1, p.lat, p.lon, p.geonameid, p.precision, span, found), because, m.trail
    )
