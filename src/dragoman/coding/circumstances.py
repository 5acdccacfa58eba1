"""When and where: which of the times and places of a sentence are the event's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.coding.grammar import Grammar
from dragoman.records import PlaceRef, ResolvedMention, Trail, When

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Dated:
    """The days of an event; `found` is "argument" or "clause".

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
) -> Dated | None:
    """The event's date: an argument of the trigger, or one set before the coordination that the trigger is part of; None else.

    Times further off were tried and belonged to other acts in more than nine of ten cases (development part of the corpus).

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
    if ahead := next((m for m in times if _set_before(g, m, tokens)), None):
        return _dated(g, ahead, "clause", "it stands before what it and the trigger are told of")
    return None


def window(dated: Dated | None, status: str, published: date | None) -> tuple[date | None, date | None]:
    """First and last day of the event: what is told as done was done by the day of publication, and goes on until then "since" a day."""
    if dated is None:
        return None, None
    when = dated.when
    if published is None or status not in ("actual", "historical") or when.start > published:
        return when.start, when.end
    return when.start, published if dated.since else min(when.end, published)


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
            if _of_another_noun(g, m, inside):
                continue
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
            if any(_moves_on(g, w, m.mention.token_start) for w in between):
                continue
            best = min(
                best,
                2
                + sum(2 if g.tokens[w].deprel in ("ccomp", "acl:relcl", "advcl", "parataxis") else 1 for w in between)
                - 1,
            )
    return best


def _set_before(g: Grammar, m: ResolvedMention, tokens: Sequence[int]) -> bool:
    """ "On Monday Erdogan met Putin and called ...": a time before the first verb of a coordination is that of all."""
    verb = g.tokens[m.mention.head].head
    if not m.mention.head < verb:
        return False
    for trigger in tokens:
        at = trigger
        while g.tokens[at].deprel == "conj" and g.tokens[at].head >= 0 and not _moves_on_tense(g, at):
            at = g.tokens[at].head
            if at == verb:
                return True
    return False


def _is_relative(g: Grammar, word: int) -> bool:
    return g.tokens[word].deprel == "acl:relcl"


def _of_its_own(g: Grammar, word: int) -> bool:
    """Whether it is the verb of a clause of time with a subject of its own: "after gunmen killed ..."."""
    return g.tokens[word].deprel == "advcl" and any(g.tokens[c].deprel.startswith("nsubj") for c in g.children[word])


def _moves_on(g: Grammar, word: int, said: int) -> bool:
    """Whether it is the verb of a further main clause that leaves behind what was said before it: it has a subject of its own
    ("... fought in 2006, and officials have warned"), or the tense changes ("travelled to Syria in 2014 and is now held"). Places are reached so; times only set before."""
    token = g.tokens[word]
    if token.deprel not in ("conj", "parataxis") or not token.head < said < word:
        return False
    if any(g.tokens[c].deprel.startswith("nsubj") for c in g.children[word]):
        return True
    return _moves_on_tense(g, word)


def _moves_on_tense(g: Grammar, word: int) -> bool:
    return _is_present(g, word) and not _is_present(g, g.tokens[word].head)


_PRESENT = frozenset({"is", "are", "am", "has", "have", "'s", "'re", "'ve", "’s", "’re", "’ve", "will", "now"})


def _is_present(g: Grammar, verb: int) -> bool:
    """Whether an auxiliary or "now" sets the clause in the present, the present perfect or the future."""
    return any(
        g.tokens[c].deprel.startswith(("aux", "advmod", "cop")) and g.tokens[c].text.lower() in _PRESENT
        for c in g.children[verb]
    )


def _of_another_noun(g: Grammar, m: ResolvedMention, inside: Sequence[int]) -> bool:
    """Whether it stands before a noun that it dates, and that noun is no subject: "condemned last year's strike" is not last year's.

    Args:
        inside: The words from the mention up to the trigger, without it.
    """
    at = m.mention.head
    noun = g.tokens[at].head
    if (
        g.tokens[at].deprel not in ("nmod:poss", "nummod", "compound", "amod", "nmod:tmod", "nmod:unmarked", "nmod")
        or noun < at
    ):
        return False
    return noun in inside and not any(g.tokens[w].deprel.startswith("nsubj") for w in inside)


def place_of(
    g: Grammar,
    tokens: Sequence[int],
    mentions: Sequence[ResolvedMention],
    preferred: Sequence[int],
    kind: str,
) -> Placed | None:
    """The event's place: as the model gives it, or, of acts that happen somewhere, under the trigger. None when the sentence does not say.

    Args:
        kind: The type. Places in the words of what is only spoken of (asked for, blamed, refused) are not where it is spoken.
    """
    places = [m for m in mentions if m.place is not None and m.role_here == "place"]
    given = [m for m in places if m.index in preferred]
    if given:
        finest = max(given, key=lambda m: (_fineness(m), -m.mention.start))
        return _placed(finest, "the model gives it as the place of the act")
    if kind not in _SOMEWHERE:
        return None
    scored = sorted(((_distance(g, m, tokens), m.mention.start, m) for m in places), key=lambda x: x[:2])
    if scored and scored[0][0] <= 2:
        return _placed(scored[0][2], "it hangs from the trigger")
    if kind in _FOUGHT:
        inside = [m for m in places if _in_phrase(g, m, tokens)]
        if inside:
            return _placed(inside[0], "it stands in the trigger's phrase")
    return None


_FOUGHT = frozenset({"ASSAULT", "COERCE", "PROTEST", "RETREAT"})
"""Acts on the ground: they happen where those are whom they befall."""

_NOMINAL = frozenset({"nmod", "obl", "obj", "appos", "conj", "compound", "flat"})
"""Relations by which a noun hangs from a noun or a verb."""


def _in_phrase(g: Grammar, m: ResolvedMention, tokens: Sequence[int]) -> bool:
    """Whether only nouns stand between it and the trigger: "killed two soldiers near the village of Baghuz"."""
    at = m.mention.head
    for word in (at, *g.ancestors(at)):
        if word in tokens:
            return True
        if g.tokens[word].deprel.partition(":")[0] not in _NOMINAL or g.is_verb(word):
            return False
    return False


_SOMEWHERE = _FOUGHT | {"CONSULT", "AID", "CONCEDE"}
"""Acts whose place a word under the trigger tells; of the others such words were another's place in 41 of 48 cases (corpus dev)."""

_FINENESS = {"site": 6, "city": 5, "admin1": 4, "sea": 3, "country": 2, "region": 1}


def _fineness(m: ResolvedMention) -> int:
    """How narrow a place is; one that is known by name alone comes last."""
    place = m.place
    if place is None or (place.lat is None and place.precision == "site"):
        return 0
    return _FINENESS.get(place.precision, 0)


def _placed(m: ResolvedMention, because: str) -> Placed:
    p = m.place
    assert p is not None
    span = (m.mention.start, m.mention.end)
    return Placed(
        PlaceRef(p.name, p.country, p.admin1, p.lat, p.lon, p.geonameid, p.precision, span, "argument"),
        because,
        m.trail,
    )
