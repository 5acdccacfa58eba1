"""Actors and recipients of a candidate: the frame's slots, the model's roles, and usual places, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.coding.candidates import Candidate
from dragoman.coding.grammar import Grammar
from dragoman.coding.light_verbs import light_verb
from dragoman.coding.match import Places
from dragoman.coding.parties import Cast, Found, as_parties, is_actor
from dragoman.coding.reached import things_given
from dragoman.coding.rules import kind_of
from dragoman.coding.slots import fill
from dragoman.records import Party, ResolvedMention


@dataclass(frozen=True, slots=True)
class Sides:
    """Who acts and on whom, and which part of the program says so ("frame", "model", "usual place")."""

    actors: tuple[Found, ...]
    recipients: tuple[Found, ...]
    actors_by: str
    recipients_by: str


ON_THINGS = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "REJECT", "SUPPORT", "RETREAT", "CONCEDE", "AID"})
"""Types whose recipient may be a thing that stands for its owner."""

ON_PEOPLE = frozenset(
    {"COERCE/arrest", "COERCE/deport", "ASSAULT/abduct", "ASSAULT/beat", "ASSAULT/torture", "ASSAULT/sexual", "ASSAULT/execute", "ASSAULT/assassinate",
     "ASSAULT/massacre", "SANCTION/convict"}
)  # fmt: skip
"""Acts that are done to people only."""

RECIPROCAL = frozenset({"CONSULT", "COOPERATE"})


def sides_of(g: Grammar, cast: Cast, mentions: Sequence[ResolvedMention], c: Candidate) -> Sides:
    """Both sides of a candidate; a party on both sides stays where it was found first."""
    if c.match is not None:
        doers, reached = c.match.actors, c.match.recipients
        if c.refused and len(doers) > 1:  # who will not meet refuses, and the other is refused
            doers, reached = doers[:1], doers[1:]
        actors, actors_by = _in_places(cast, doers), "frame"
        recipients, recipients_by = (
            _in_places(cast, _others(reached, doers), things=kind_of(c) in ON_THINGS, people=on_people(c)),
            "frame",
        )
    else:
        actors, recipients, actors_by, recipients_by = [], [], "model", "model"
    if not actors:
        actors, actors_by = _given(cast, mentions, c, "actor"), "model"
    if not recipients and (c.match is None or c.match.frame.recipients):
        recipients, recipients_by = _given(cast, mentions, c, "recipient"), "model"
    if c.toll is not None:
        actors = actors or _in_places(cast, c.toll.actors)
        if not _among_themselves(c, actors):  # whom a clash of two sides killed is not whom it was against
            recipients = recipients or _in_places(cast, c.toll.recipients)
    if c.match is None:
        if not actors:
            actors, actors_by = _named(cast, fill(g, c.head, "subj")), "usual place"
        if not recipients and kind_of(c) not in ("PROTEST", "MOBILIZE"):
            recipients, recipients_by = _named(cast, fill(g, c.head, "obj")), "usual place"
    if not recipients and kind_of(c) == "CONSULT" and c.match is not None and "visit" in c.match.frame.modes:
        recipients, recipients_by = _hosts(cast, mentions, c), "frame"
    recipients = [f for f in recipients if not (f.how == "words" and g.tokens[f.token].upos == "PRON")]
    actors = _unique(_without_judges(g, c, actors), ())
    recipients = _unique(recipients, actors)
    recipients = [f for f in recipients if not _own_force(g, f)]
    if not recipients and c.match is not None and kind_of(c) in TO_PLACES | AT_PLACES | FROM_STATES:
        heads = [h for group in c.match.recipients for slot in group for h in slot]
        places = [f for h in heads for f in _place(cast, h) if kind_of(c) not in FROM_STATES or f.party.kind == "state"]
        recipients, recipients_by = _unique(places, actors)[:1], "reach"
    if not recipients and kind_of(c) == "PROTEST":
        recipients, recipients_by = _unique(_opposed(g, cast, c), actors), "reach"
    if not actors and kind_of(c) == "RETREAT" and recipients:
        actors, actors_by = _unique(_captors(g, cast, recipients), recipients), "reach"
    if not recipients and kind_of(c) not in ALONE and not _among_themselves(c, actors):
        recipients, recipients_by = _reached(g, cast, c, actors), "reach"
    if kind_of(c) in RECIPROCAL and not actors and len(recipients) > 1:
        actors, recipients = recipients, []
    return Sides(tuple(actors), tuple(recipients), actors_by, recipients_by)


JUDGING = frozenset({"condemn", "criticise", "criticize", "denounce", "welcome", "praise", "deny", "reject", "dismiss"})
"""Verbs whose subject speaks of the act that is their object, and is not its doer ("condemned the attacks")."""


def _without_judges(g: Grammar, c: Candidate, actors: Sequence[Found]) -> list[Found]:
    """The actors without those who only judge the act that a noun tells."""
    if g.is_verb(c.head):
        return list(actors)
    verb = g.tokens[c.head].head
    if verb < 0 or g.lemmas[verb] not in JUDGING or g.tokens[c.head].deprel != "obj" or set(c.tokens) & {verb}:
        return list(actors)
    judges = set(g.subject(verb))
    return [f for f in actors if f.token not in judges]


def _among_themselves(c: Candidate, actors: Sequence[Found]) -> bool:
    """Whether several do it with each other, so that nobody else is asked for."""
    joined = c.match is not None and not c.refused and len(c.match.frame.actors) > 1 and not c.match.frame.recipients
    return len(actors) > 1 and (joined or kind_of(c) in RECIPROCAL)


def _others(reached: Places, doers: Places) -> Places:
    """The other side's places without slots that hold only the doers ("rallied" as if it had an object)."""
    own = {h for group in doers for slot in group for h in slot}
    return tuple(tuple(slot for slot in group if not set(slot) <= own) for group in reached)


def _opposed(g: Grammar, cast: Cast, c: Candidate) -> list[Found]:
    """Whom a crowd is against where a phrase beside its act says so: "blocked the road in protest at X", "marched to denounce X"."""
    tops = [t for t in c.tokens if g.is_verb(t)] or [c.head]
    nouns = [
        n for t in tops for n in g.children[t]
        if g.lemmas[n] in ("protest", "anger", "outrage", "defiance", "opposition") and g.case(n) in ("in", "as")
    ]  # fmt: skip
    heads = [p for n in nouns for name in ("against", "at", "over", "of", "to") for p in g.phrases(n, name)]
    aims = [i for t in tops for i in g.infinitives(t) if g.lemmas[i] in OPPOSING]
    heads += [
        p for i in aims for p in (*g.objects(i), *g.phrases(i, "against"), *g.phrases(i, "at"), *g.phrases(i, "over"))
    ]
    found = (cast.at(h) for h in heads)
    return next((parties for parties in found if parties), [])


OPPOSING = frozenset({"protest", "denounce", "condemn", "oppose", "criticise", "criticize", "decry", "demonstrate"})
"""What a crowd's infinitive says when its object is whom the crowd is against."""


def _captors(g: Grammar, cast: Cast, freed: Sequence[Found]) -> list[Found]:
    """Who freed somebody when only his captors are named: "three men held by the rebels were released"."""
    held = [k for f in freed for k in g.children[f.token] if g.tokens[k].deprel in ("acl", "acl:relcl", "amod")]
    return [f for k in held if g.lemmas[k] in HOLDING for a in g.agent(k) for f in cast.at(a)]


HOLDING = frozenset({"hold", "capture", "abduct", "kidnap", "detain", "seize", "jail", "imprison", "take", "snatch"})


def _own_force(g: Grammar, f: Found) -> bool:
    """ "its troops": what somebody sends or withdraws is no other side."""
    owner = g.child(f.token, "nmod:poss")
    return owner is not None and g.lemmas[owner] in OWN and g.lemmas[f.token] in things_given()


OWN = frozenset({"its", "their", "his", "her", "our", "they", "it", "he", "she", "we"})

AT_PLACES = frozenset({"MOBILIZE"})
"""Types that need nobody else, but are against or about the place that their frame names ("stayed on alert in Manila")."""

FROM_STATES = frozenset({"RETREAT"})
"""Types whose other side may be a whole country, but no town or stretch of land, that is left or handed back."""

ALONE = frozenset({"PROTEST", "MOBILIZE", "RETREAT"})
"""Types that need nobody else."""

TOWARDS = (
    "against",
    "on",
    "upon",
    "to",
    "with",
    "for",
    "from",
    "at",
    "into",
    "by",
    "of",
    "over",
    "between",
    "towards",
    "toward",
    "in",
    "across",
    "throughout",
    "near",
)
"""Prepositions that lead to the other side, in order of trial."""


def _reached(g: Grammar, cast: Cast, c: Candidate, actors: Sequence[Found]) -> list[Found]:
    """Who stands in the reach of the act where its frame found nobody: under its object, its phrases, its complement, in that order."""
    verbs = [t for t in c.tokens if g.is_verb(t)] or [v for v in [light_verb(g, c.head)] if v is not None]
    tops = list(dict.fromkeys([c.head, *c.tokens, *verbs]))
    objects = [o for t in tops if g.is_verb(t) for o in g.objects(t) if o not in c.tokens]
    clauses = [i for t in tops for i in (*g.infinitives(t), *g.clauses(t))]
    inner = [o for i in clauses for o in g.objects(i)]
    order = [objects, *([p for t in (*tops, *objects) for p in g.phrases(t, name)] for name in TOWARDS)]
    order += [inner, *([p for t in (*clauses, *inner) for p in g.phrases(t, name)] for name in TOWARDS)]
    over = [
        g.tokens[t].head
        for t in tops
        if g.is_verb(t) and g.tokens[t].deprel in ("advcl", "xcomp") and g.is_infinitive(t)
    ]
    order += [
        [
            o
            for v in over
            if v >= 0 and g.is_verb(v)
            for o in (*g.objects(v), *g.phrases(v, "with"), *g.phrases(v, "to"))
        ]
    ]
    taken = {t for f in actors for t in (f.token,)}
    order += [_within(g, c), _until(g, tops)]
    where = _over_places(g, c, tops)
    for heads in order:
        found = [f for h in heads if h not in taken | where for f in cast.at(h) if f.how in REACHED or _is_name(g, f)]
        if not found and kind_of(c) in TO_PLACES:
            found = [f for h in heads if h not in where for f in _place(cast, h)]
        found = [f for f in _unique(found, actors) if not _stands_at(g, f, where)]
        if found:
            return found
    return []


def _stands_at(g: Grammar, f: Found, tokens: set[int]) -> bool:
    """Whether the party's words are those of one of the tokens."""
    span = f.party.span
    return span is not None and any(span[0] <= g.tokens[t].start < span[1] for t in tokens)


OVER = ("over", "near", "around", "above", "off")


def _over_places(g: Grammar, c: Candidate, tops: Sequence[int]) -> set[int]:
    """Within what is praised, blamed or refused, names that only say where it was ("condemned the flight of drones over Cyprus")."""
    if kind_of(c) not in ON_WORDS:
        return set()
    objects = {t for v in tops if g.is_verb(v) for o in g.objects(v) for t in g.below(o)}
    return {p for t in objects for name in OVER for p in g.phrases(t, name)}


ON_WORDS = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
"""Types that judge what somebody else did."""


TO_PLACES = frozenset(
    {"AID", "AGREE", "SANCTION", "CONSULT", "COERCE", "ASSAULT", "CONCEDE", "COOPERATE", "REQUEST", "ACCUSE", "SUPPORT"}
)
"""Types whose other side may be the state or people of a place named with the act ("gave 300 million for schools in Ethiopia",
"imposed a curfew in Srinagar", "an attack on the Gaza Strip")."""


def _is_name(g: Grammar, f: Found) -> bool:
    return f.how == "words" and g.tokens[f.token].upos == "PROPN"


def _within(g: Grammar, c: Candidate) -> list[int]:
    """Whoever is named first within what a word or promise is about, clauses beside it left out."""
    if kind_of(c) not in ABOUT_OTHERS:
        return []
    inside = [k for k in g.children[c.head] if g.tokens[k].deprel in ("obj", "xcomp", "ccomp", "obl")]
    beside = {
        t for k in g.below(c.head) if g.tokens[k].deprel in ("acl:relcl", "advcl", "parataxis") for t in g.below(k)
    }
    found = {t for k in inside for t in g.below(k)} - beside
    return [t for t in sorted(found) if any(m.kind == "actor" and m.head == t for m in g.sentence.mentions)]


ABOUT_OTHERS = frozenset({"AGREE", "REJECT", "REQUEST", "ACCUSE", "THREATEN"})
"""Words about what others do or get."""


def _until(g: Grammar, tops: Sequence[int]) -> list[int]:
    """Who has to act first: "until the government provides", "unless Moscow withdraws"."""
    clauses = [
        k
        for t in tops
        for k in g.children[t]
        if g.tokens[k].deprel == "advcl" and g.case(k) in ("until", "unless", "if")
    ]
    return [s for k in clauses for s in (g.subject(k) or g.agent(k))]


REACHED = frozenset({"mention", "owner"})


def _place(cast: Cast, head: int) -> list[Found]:
    """The state or people of a named place."""
    place = next((m for m in cast.others if m.place is not None and m.mention.head == head), None)
    if place is None or place.place is None or place.place.country is None:
        return []
    span = (place.mention.start, place.mention.end)
    words = cast.text[slice(*span)]
    whole = place.place.precision == "country"
    ident = f"state:{place.place.country}" if whole else None
    return [
        Found(
            Party(words, words, ident, "state" if whole else "other", place.place.country, (), None, span),
            "thing",
            None,
            head,
            0.5,
        )
    ]


def on_people(c: Candidate) -> bool:
    """Whether the frame's act is done to people only."""
    return c.match is not None and any(f"{c.match.frame.event_type}/{m}" in ON_PEOPLE for m in c.match.frame.modes)


def _in_places(cast: Cast, places: Places, *, things: bool = False, people: bool = False) -> list[Found]:
    """Per group the parties of the first slot that names any; things only when no slot names somebody."""
    found: list[Found] = []
    for group in places:
        options = (
            _named(cast, heads, things=with_things, people=people)
            for with_things in ((False, True) if things else (False,)) for heads in group
        )  # fmt: skip
        found += next((o for o in options if o), [])
    return found


def _named(cast: Cast, heads: Iterable[int], *, things: bool = False, people: bool = False) -> list[Found]:
    return [f for head in heads for f in cast.at(head, things=things, people=people)]


def _hosts(cast: Cast, mentions: Sequence[ResolvedMention], c: Candidate) -> list[Found]:
    """The state whose place is visited: a mention of it in the sentence, else the place's own words."""
    assert c.match is not None
    for head in (h for group in c.match.recipients for heads in group for h in heads):
        place = next((m for m in mentions if m.place is not None and m.mention.head == head), None)
        country = place.place.country if place is not None and place.place is not None else None
        if place is None or country is None:
            continue
        same = [m for m in mentions if is_actor(m) and any(a.actor_id == f"state:{country}" for a in m.actors)]
        if same:
            return as_parties(same[0], cast.text, "mention", same[0].mention.head)
        span = (place.mention.start, place.mention.end)
        words = cast.text[slice(*span)]
        return [
            Found(Party(words, words, f"state:{country}", "state", country, (), None, span), "thing", None, head, 0.6)
        ]
    return []


def _given(cast: Cast, mentions: Sequence[ResolvedMention], c: Candidate, role: str) -> list[Found]:
    found: list[Found] = []
    for index in c.roles(role):
        if index < len(mentions) and is_actor(mentions[index]):
            m = mentions[index]
            if m.mention.head in c.tokens:  # "the vice minister's trip" went nowhere by itself
                found += [f for owner in _possessors(cast, m.mention.head) for f in cast.at(owner)]
            elif not any(_inside(m, f) for f in found):
                found += (
                    cast.at(m.mention.head)
                    if m.mention.label == "pronoun"
                    else as_parties(m, cast.text, "mention", m.mention.head)
                )
    return found


def _possessors(cast: Cast, head: int) -> list[int]:
    return [c for c in cast.g.children[head] if cast.g.tokens[c].deprel == "nmod:poss"]


def _inside(m: ResolvedMention, f: Found) -> bool:
    span = f.party.span
    return span is not None and span[0] <= m.mention.start and m.mention.end <= span[1]


def _unique(found: Iterable[Found], taken: Sequence[Found]) -> list[Found]:
    """Each entity once, and none that the other side has."""
    kept: list[Found] = []
    for f in found:
        same = [o for o in (*taken, *kept) if _same(o, f)]
        if not same:
            kept.append(f)
    return kept


def _same(a: Found, b: Found) -> bool:
    if a.party.actor_id is not None and a.party.actor_id == b.party.actor_id:
        return True
    if a.party.span == b.party.span:
        return a.party.name == b.party.name
    return (
        b.how == "words"
        and a.party.span is not None
        and b.party.span is not None
        and (a.party.span[0] <= b.party.span[0] and b.party.span[1] <= a.party.span[1])
    )
