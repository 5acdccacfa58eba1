"""Whether a mention and an entity of the story can be the same: names, kinds, number, gender, grammar."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dragoman.resolve.entities import Entity, View
from dragoman.resolve.naming import Naming
from dragoman.resolve.people import parts
from dragoman.resolve.words import (
    BODIES,
    HE,
    IT,
    MANY,
    PERSON_NOUNS,
    PERSONS,
    SHE,
    STATE_NOUNS,
    STATE_NOUNS_ONE,
    classes_of,
    singular,
)


def bears(entity: Entity, view: View) -> bool:
    """Whether an entity named in full bears a surname; an entity without a name may."""
    mine = parts(view.naming.name or "")
    return not entity.names or any(name_fits(mine, parts(n)) for n in entity.names)


def titled_so(view: View, entity: Entity) -> bool:
    """Whether an entity was given an office of the very noun that stands before the name here: "Minister Kim"."""
    title = (view.naming.role_text or "").lower().split()[-1:]
    offices = {w for v in entity.views for w in (v.naming.role_text or v.actor.office or "").lower().split()[-1:]}
    return bool(title) and title[0] in offices


def pronoun_fits(low: str, entity: Entity) -> bool:
    """Whether gender, number and kind let a pronoun (lower case) stand for the entity."""
    if low in HE:
        return bool(entity.kinds & PERSONS) and entity.gender != "f" and not entity.plural
    if low in SHE:
        return bool(entity.kinds & PERSONS) and entity.gender != "m" and not entity.plural
    if low in IT:
        return (
            bool(entity.kinds & (BODIES | {"other"}))
            and not entity.kinds & PERSONS
            and not (entity.plural and entity.kinds & {"crowd"})
        )
    if entity.members:
        return True
    return (
        entity.plural
        or bool(entity.kinds & (MANY - {"institution"}))
        or bool(entity.heads & {"police", "army", "military"})
    )


def grammar_bars(view: View, before: View) -> bool:
    """What grammar forbids: the whole of which the pronoun is part, and the subject of an object's own verb."""
    if before.sentence != view.sentence:
        return False
    if before.start <= view.start and view.end <= before.end:
        return True
    return (
        not view.stand.owner
        and not view.stand.subject
        and before.stand.verb == view.stand.verb
        and before.stand.subject
    )


def complement(view: View, entity: Entity) -> bool:
    """A name and a description, or two descriptions, never two names of different things."""
    mine, other = view.naming, entity.last.naming
    if mine.bare and other.bare:
        return False
    if mine.name and other.name and not name_fits(parts(mine.name), parts(other.name)):
        return False
    if view.actor.actor_id and entity.ident and view.actor.actor_id != entity.ident:
        return view.actor.kind in PERSONS and bool(entity.kinds & PERSONS) and not (mine.name and other.name)
    if mine.bare or other.bare:
        return (mine.head or other.head) in STATE_NOUNS_ONE or other.head in STATE_NOUNS_ONE
    return True


def kinds_wanted(head: str) -> frozenset[str]:
    """The kinds that "the two ministers", "both sides", "the armies" can mean, by the head noun."""
    if head in PERSON_NOUNS:
        return PERSONS
    if head in STATE_NOUNS:
        return (
            frozenset({"state", "institution", "armed-group", "party", "office", "person"})
            if head in ("sides", "parties", "rivals", "camps", "foes")
            else frozenset({"state"})
        )
    if head in ("armies", "navies", "militaries", "forces", "commands"):
        return frozenset({"institution", "armed-group"})
    return PERSONS | BODIES | {"crowd"}


def name_fits(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """One name is the other, or a part of it that names alone: its first or last word, or both."""
    short, long = sorted((list(mine), list(theirs)), key=len)
    if short == long:
        return True
    if len(short) == 1:
        return len(short[0]) > 1 and (short[0] in (long[-1], long[0]) or short[0] in long[1:])
    return set(short) <= set(long)


def contradict(view: View, entity: Entity) -> bool:
    """A country named on both sides that differs, or two known identities."""
    mine = view.actor.country if (view.naming.country or view.naming.bodies or view.owned) else None
    if mine and entity.countries and mine not in entity.countries:
        return True
    if view.naming.country and view.actor.actor_id and entity.ident and view.actor.actor_id != entity.ident:
        return True
    return bool(view.actor.actor_id and entity.ident and not view.actor.actor_id.startswith("new:") and not entity.ident.startswith("new:")
                and view.actor.actor_id != entity.ident and view.naming.is_name)  # fmt: skip


def is_acronym(short: str, long: str) -> bool:
    """ "SCO" of "Shanghai Cooperation Organisation"."""
    letters = _letters(short)
    return letters != "" and letters == _initials(long) and letters not in long.split()  # "US" is not the "US Senate"


@lru_cache(maxsize=20_000)
def _letters(short: str) -> str:
    """The letters of what may be an acronym; "" when it cannot be one."""
    letters = short.replace(".", "").removeprefix("the ").removeprefix("The ")
    return letters if 2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha() else ""


@lru_cache(maxsize=20_000)
def _initials(long: str) -> str:
    """The capital initials of a name of several words; "" of a single word."""
    words = [w for w in long.replace("-", " ").split() if w[:1].isalpha()]
    return "".join(w[0] for w in words if w[0].isupper()) if len(words) > 1 else ""


def agree(view: View, entity: Entity) -> bool:
    """Persons take up persons, bodies bodies."""
    mine = view.actor.kind
    if mine in PERSONS:
        return bool(entity.kinds & PERSONS) or entity.kinds <= {"other"}
    if mine in BODIES:
        return not entity.kinds & PERSONS
    return True


_STATELY = frozenset(
    {"government", "state", "country", "nation", "regime", "republic", "kingdom", "authority", "ministry"}
)
"""What takes up a state or an arm of it, ..."""
_STATELESS = frozenset({"armed-group", "company", "media", "ngo", "igo", "party", "crowd"})
"""... never one of these."""
_NOUNS_OF = {
    "armed-group": {"group", "militant", "rebel", "movement", "organisation", "organization", "faction", "militia"},
    "igo": {"bloc", "organisation", "organization", "alliance", "body", "union", "agency", "group"},
    "company": {"company", "firm", "group", "giant", "carrier"},
    "party": {"party", "movement"},
}
"""Kind of entity to the nouns that take it up though it was never named with them."""


_TITLED = frozenset({"minister", "secretary", "chancellor"})
"""Heads of titles of which a cabinet has many."""


def _other_office(view: View, entity: Entity) -> bool:
    """Whether "the shadow home secretary" would take up one who was given another office in full: "the home secretary"."""
    if singular(view.naming.head) not in _TITLED or view.naming.role is None:
        return False
    title = _title(view.naming)
    same = (v.naming for v in entity.views if v.naming.role is not None and singular(v.naming.head) in _TITLED)
    titles = {_title(naming) for naming in same}
    return len(title.split()) > 1 and all(len(t.split()) > 1 for t in titles) and bool(titles) and title not in titles


def _others(one: str | None, other: str | None) -> bool:
    """Whether two ids are those of two known persons."""
    return one != other and (one or "").startswith("per:") and (other or "").startswith("per:")


def _title(naming: Naming) -> str:
    """The key of the office that the words name, or its words."""
    return (naming.role.office or naming.role_text or "").replace("_", " ").lower() if naming.role is not None else ""


def description_fits(view: View, entity: Entity, head: str, wanted: set[int]) -> float:
    """How well "the minister" or "the bloc" describes an entity, 0 (not at all) to 1 (named with that very noun).

    Args:
        head: The description's head noun in the singular, lower case.
        wanted: The classes of nouns that `head` belongs to.
    """
    if not agree(view, entity) or contradict(view, entity) or _others(view.actor.actor_id, entity.ident):
        return 0.0
    if view.naming.near and all(v.naming.near != view.naming.near for v in entity.views):
        return 0.0  # "the Morales government" is not the other government of the story
    if head in _STATELY and entity.kinds and entity.kinds <= _STATELESS:
        return 0.0
    if _other_office(view, entity):
        return 0.0
    heads = {singular(h) for h in entity.heads}
    if view.naming.plural != entity.plural and not (
        entity.kinds & {"armed-group", "institution", "igo", "party", "company"}
    ):
        return 0.0
    if head in heads:
        return 1.0
    others = set().union(*(classes_of(h) for h in entity.heads)) if entity.heads else set()
    offices = {singular(w) for v in entity.views if v.actor.office for w in v.actor.office.lower().split()[-1:]}
    if head in offices:
        return 1.0
    if offices:
        others |= set().union(*(classes_of(o) for o in offices))
    if wanted & others:
        return 0.7
    if any(head in nouns for kind, nouns in _NOUNS_OF.items() if kind in entity.kinds):
        return 0.8
    if "state" in entity.kinds and head in STATE_NOUNS_ONE and not view.naming.modifiers:
        return 0.6
    if (
        entity.kinds & PERSONS
        and entity.names
        and view.naming.head in ("man", "woman", "politician", "official", "leader", "diplomat")
    ):
        return 0.45 if (head != "woman" or entity.gender != "m") and (head != "man" or entity.gender != "f") else 0.0
    return 0.0
