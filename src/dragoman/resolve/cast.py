"""Who is who inside one report: each mention joins an entity or opens one, by rules tried from the surest to the least sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.records import Actor
from dragoman.resolve.grammar import Stand
from dragoman.resolve.naming import Naming
from dragoman.resolve.normalise import normalise
from dragoman.resolve.people import parts
from dragoman.resolve.words import (
    BODIES,
    HE,
    IT,
    MANY,
    PERSON_NOUNS,
    PERSONS,
    RELATIVE,
    SHE,
    SPEAKERS,
    STATE_NOUNS,
    STATE_NOUNS_ONE,
    classes_of,
    gender_of,
    singular,
)


@dataclass(frozen=True, slots=True)
class View:
    """An actor mention as the cast sees it: where it stands, what its words say, who it would be by itself.

    `gap` is the mark or word right before it.
    """

    sentence: int
    index: int
    start: int
    end: int
    words: str
    label: str
    naming: Naming
    stand: Stand
    actor: Actor
    why: str
    head: int
    gap: str = ""


@dataclass(slots=True)
class Entity:
    """Somebody of the story; `views` in order of mention; `members` of a pair or group, as entity numbers."""

    number: int
    views: list[View] = field(default_factory=list)
    members: tuple[int, ...] = ()
    names: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    gender: str = ""
    ident: str | None = None
    plural: bool = False
    kinds: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    @property
    def last(self) -> View:
        """The latest mention."""
        return self.views[-1]


@dataclass(frozen=True, slots=True)
class Link:
    """Where a mention went and why."""

    entity: Entity
    why: str | None


class Cast:
    """The entities of one report, gathered in order of mention."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._by_id: dict[str, Entity] = {}
        self._pairs: dict[tuple[int, ...], Entity] = {}
        self._order: list[tuple[View, Entity]] = []
        self._by_head: dict[tuple[int, int], Entity] = {}

    # --- joining ------------------------------------------------------------------------------------------------------

    def add(self, view: View) -> Link:
        """The entity of a mention."""
        low = view.words.lower().strip("\"'“”")
        link = self._pronoun(view, low) if _is_pronoun(view, low) else self._named(view, low)
        self._enter(view, link.entity, pronoun=_is_pronoun(view, low))
        return link

    def _new(self) -> Entity:
        entity = Entity(len(self.entities))
        self.entities.append(entity)
        return entity

    def _enter(self, view: View, entity: Entity, *, pronoun: bool) -> None:
        entity.views.append(view)
        low = view.words.lower()
        self._order.append((view, entity))
        self._by_head[view.sentence, view.head] = entity
        entity.gender = entity.gender or ("f" if low in SHE else "m" if low in HE else gender_of(view.words))
        if pronoun:
            return
        actor, naming = view.actor, view.naming
        entity.ident = entity.ident or actor.actor_id
        if actor.actor_id:
            self._by_id.setdefault(actor.actor_id, entity)
        if naming.name and actor.kind in ("person", "office", "other"):
            entity.names.add(naming.name)
        if naming.head and not naming.bare:
            entity.heads.add(naming.head)
        entity.kinds.add(actor.kind)
        if actor.country and (naming.country or naming.bodies or (actor.actor_id or "new:")[:4] != "new:"):
            entity.countries.add(actor.country)
        entity.plural = entity.plural or naming.plural
        if view.stand.joined is not None:
            self._join(view, entity)

    def _join(self, view: View, entity: Entity) -> None:
        """Coordinated mentions make a pair that "they" and "both" can take up."""
        first = self._by_head.get((view.sentence, view.stand.joined if view.stand.joined is not None else -1))
        if first is None or first is entity:
            return
        earlier = next((p for p in reversed(self.entities) if p.members and p.members[-1] != entity.number and first.number in p.members
                        and any(v.sentence == view.sentence for v in self._views_of(p))), None)  # fmt: skip
        members = (
            earlier.members if earlier and earlier.members[0] == first.number and not earlier.views else (first.number,)
        )
        self.pair((*members, entity.number))

    def _views_of(self, pair: Entity) -> Iterator[View]:
        for number in pair.members:
            yield from self.entities[number].views[-1:]

    def pair(self, members: Sequence[int]) -> Entity:
        """The entity that stands for several."""
        key = tuple(dict.fromkeys(members))
        known = self._pairs.get(tuple(sorted(key)))
        if known is None:
            known = self._new()
            known.members = key
            known.plural = True
            known.kinds.add("group")
            self._pairs[tuple(sorted(key))] = known
        return known

    # --- names and descriptions ---------------------------------------------------------------------------------------

    def _named(self, view: View, low: str) -> Link:
        for rule in (
            self._apposed,
            self._both,
            self._full_name,
            self._same_id,
            self._same_name,
            self._same_words,
            self._described,
        ):
            link = rule(view, low)
            if link is not None:
                return link
        return Link(self._new(), None)

    def _apposed(self, view: View, low: str) -> Link | None:
        """In apposition to a mention before it, one of the two a name, the other what he or she is."""
        if view.stand.apposed is not None:
            other = self._by_head.get((view.sentence, view.stand.apposed))
            if other is not None and self._agree(view, other) and not other.members and _complement(view, other):
                return Link(other, f"in apposition to {other.last.words!r}")
        if self._order:
            before, entity = self._order[-1]
            near = before.sentence == view.sentence and 1 <= view.start - before.end <= 3 and view.stand.joined is None
            if near and view.naming.possessor is None and before.stand.owner:
                return None
            if (
                near
                and view.gap in (",", "(")
                and _complement(view, entity)
                and self._agree(view, entity)
                and before.naming.is_name != view.naming.is_name
            ):
                return Link(entity, f"in apposition to {before.words!r}")
        return None

    def _both(self, view: View, low: str) -> Link | None:
        """ "The two countries", "both sides", "the ministers": the pair named last of that sort."""
        words = low.split()
        head = view.naming.head or (words[-1] if words else "")
        two = bool({"two", "both", "either", "neither", "each"} & set(words[:2])) or view.label == "group"
        sides = low in (
            "the sides",
            "the parties",
            "the warring parties",
            "the two",
            "the pair",
            "the leaders",
            "the neighbours",
            "the neighbors",
            "the rivals",
        )
        if (
            not (two or sides)
            or view.naming.country
            or view.naming.name
            or (view.naming.indefinite and words[0] not in ("either", "neither", "each"))
        ):
            return None
        if not (two or sides) or (
            words[0] not in ("the", "both", "either", "neither", "each", "all") and view.label != "group"
        ):
            return None
        members = self._two(head)
        if len(members) < 2:
            return None
        pair = self.pair(members)
        return Link(pair, f"{view.words!r} are the two named last")

    def _two(self, head: str) -> tuple[int, ...]:
        recent = [p for p in reversed(self.entities) if p.members]
        wanted = _wanted_of(head)
        for pair in sorted(
            recent, key=lambda p: -max(self._place(v) for n in p.members for v in self.entities[n].views[-1:])
        ):
            if all(self.entities[n].kinds & wanted for n in pair.members):
                return pair.members
        found: list[int] = []
        countries: set[str] = set()
        for view, entity in reversed(self._order):
            country = view.actor.country or ""
            if (
                entity.members
                or entity.number in found
                or not entity.kinds & wanted
                or (country and country in countries)
            ):
                continue
            found.append(entity.number)
            countries.add(country)
            if len(found) == 2:
                break
        return tuple(reversed(found))

    def _place(self, view: View) -> int:
        return view.start

    def _same_id(self, view: View, low: str) -> Link | None:
        known = self._by_id.get(view.actor.actor_id or "")
        if known is None or (len(parts(view.naming.name or "")) == 1 and not _bears(known, view)):
            return None
        return Link(known, f"the same as {known.last.words!r}")

    def _full_name(self, view: View, low: str) -> Link | None:
        """A surname alone belongs to the one who was named in full before, whoever else is known of that name."""
        name = view.naming.name
        if not name or len(parts(name)) != 1:
            return None
        bearers = [
            e for e in self.entities if any(len(parts(n)) > 1 and _name_fits(parts(name), parts(n)) for n in e.names)
        ]
        return (
            Link(bearers[0], f"a form of the name {max(bearers[0].names, key=len)!r}")
            if len(bearers) == 1 and not _contradict(view, bearers[0])
            else None
        )

    def _same_name(self, view: View, low: str) -> Link | None:
        """A shorter or longer form of a name told before; two bearers leave it open."""
        name = view.naming.name
        if not name or view.actor.kind not in ("person", "office", "other"):
            return None
        mine = parts(name)
        if not mine:
            return None
        bearers = [
            e
            for e in self.entities
            if e.names and any(_name_fits(mine, parts(n)) for n in e.names) and not _contradict(view, e)
        ]
        bearers = [e for e in bearers if not (gender_of(view.words) and e.gender and gender_of(view.words) != e.gender)]
        if len(bearers) == 1:
            return Link(bearers[0], f"a form of the name {max(bearers[0].names, key=len)!r}")
        if len(bearers) > 1:
            recent = max(bearers, key=lambda e: e.last.start)
            return Link(recent, f"the bearer of that name told last, of {len(bearers)}")
        return None

    def _same_words(self, view: View, low: str) -> Link | None:
        """The very words again, or an acronym of a name told before."""
        if view.naming.indefinite and not view.naming.is_name:
            return None
        key = normalise(view.words)
        for _, entity in reversed(self._order):
            if entity.members:
                continue
            for other in entity.views:
                if not other.naming.head or not key:
                    continue
                same = normalise(other.words) == key
                if same and (view.naming.is_name or not _contradict(view, entity)):
                    return Link(entity, "the same words as before")
                if _is_acronym(view.words, other.words) or _is_acronym(other.words, view.words):
                    return Link(entity, f"the short form of {other.words!r}")
        return None

    def _described(self, view: View, low: str) -> Link | None:
        """ "The minister", "the ministry", "the Russian envoy": who was named with such a noun last."""
        naming = view.naming
        if naming.name or naming.bare or naming.bodies or naming.indefinite:
            return None
        if not (naming.definite or low.startswith("the ")):
            return None
        head = singular(naming.head)
        if not head:
            return None
        wanted = classes_of(naming.head)
        best: tuple[float, Entity] | None = None
        seen: set[int] = set()
        for view_before, entity in reversed(self._order):
            if entity.number in seen or entity.members:
                continue
            seen.add(entity.number)
            strength = self._description_fits(view, entity, head, wanted)
            if strength <= 0:
                continue
            away = view.sentence - view_before.sentence
            score = strength - 0.22 * away + (0.2 if view_before.stand.subject else 0.0)
            if best is None or score > best[0]:
                best = (score, entity)
        if best is not None and best[0] > 0.25:
            return Link(best[1], f"{view.words!r} takes up {best[1].views[0].words!r}")
        return None

    def _description_fits(self, view: View, entity: Entity, head: str, wanted: set[int]) -> float:
        if not self._agree(view, entity) or _contradict(view, entity):
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
        if entity.kinds & {"armed-group"} and head in (
            "group",
            "militant",
            "rebel",
            "movement",
            "organisation",
            "organization",
            "faction",
            "militia",
        ):
            return 0.8
        if entity.kinds & {"igo"} and head in (
            "bloc",
            "organisation",
            "organization",
            "alliance",
            "body",
            "union",
            "agency",
            "group",
        ):
            return 0.8
        if entity.kinds & {"company"} and head in ("company", "firm", "group", "giant", "carrier"):
            return 0.8
        if entity.kinds & {"party"} and head in ("party", "movement"):
            return 0.8
        if "state" in entity.kinds and head in STATE_NOUNS_ONE and not view.naming.modifiers:
            return 0.6
        if (
            entity.kinds & PERSONS
            and entity.names
            and head in ("man", "woman", "politician", "official", "leader", "diplomat")
        ):
            return (
                0.45 if (head != "woman" or entity.gender != "m") and (head != "man" or entity.gender != "f") else 0.0
            )
        return 0.0

    def _agree(self, view: View, entity: Entity) -> bool:
        """Persons take up persons, bodies bodies."""
        mine = view.actor.kind
        if mine in PERSONS:
            return bool(entity.kinds & PERSONS) or entity.kinds <= {"other"}
        if mine in BODIES:
            return not entity.kinds & PERSONS
        return True

    # --- pronouns -----------------------------------------------------------------------------------------------------

    def antecedent(self, view: View) -> Entity | None:
        """Whom a pronoun takes up, without entering it as a mention; None when nobody fits."""
        before = len(self.entities)
        link = self._pronoun(view, view.words.lower())
        if len(self.entities) > before:
            self.entities.pop()
            return None
        return link.entity

    def _pronoun(self, view: View, low: str) -> Link:
        if low in RELATIVE:
            return self._relative(view)
        if low in SPEAKERS:
            return self._speaker(view, low)
        best: tuple[float, Entity] | None = None
        seen: set[int] = set()
        for before, entity in reversed(self._order):
            if entity.number in seen or view.sentence - before.sentence > 4:
                continue
            seen.add(entity.number)
            if not _pronoun_fits(low, entity) or _bars(view, before):
                continue
            score = self._salience(view, before, entity)
            if best is None or score > best[0]:
                best = (score, entity)
        if low not in HE | SHE | IT:
            pair = self._pair_for(view)
            if pair is not None and (best is None or self._pair_salience(view, pair) > best[0]):
                return Link(pair, f"{view.words!r} are those named together")
        if best is None:
            return Link(self._new(), None)
        return Link(best[1], f"{view.words!r} stands for {best[1].views[0].words!r}")

    def _salience(self, view: View, before: View, entity: Entity) -> float:
        """How much a mention offers itself as antecedent; weights set on the training part of the corpus."""
        away = view.sentence - before.sentence
        score = -0.9 * away
        if before.stand.subject:
            score += 0.7
        if before.stand.owner:
            score -= 0.25
        if before.stand.preposition and not before.stand.subject:
            score -= 0.15
        if away == 0 and before.stand.verb == view.stand.verb and before.stand.subject:
            score += 0.4
        score += 0.12 * min(len(entity.views), 4)
        if view.stand.subject and before.stand.subject:
            score += 0.25
        if before.words.lower() in HE | SHE | IT:
            score += 0.2
        return score - 0.0008 * (view.start - before.start)

    def _pair_for(self, view: View) -> Entity | None:
        pairs = [p for p in self.entities if p.members]
        near = [p for p in pairs if any(view.sentence - v.sentence <= 1 for v in (*p.views[-1:], *self._views_of(p)))]
        return max(near, key=lambda p: max(v.start for v in (*p.views[-1:], *self._views_of(p))), default=None)

    def _pair_salience(self, view: View, pair: Entity) -> float:
        last = max((*pair.views[-1:], *self._views_of(pair)), key=lambda v: v.start)
        return self._salience(view, last, pair) + 0.1

    def _relative(self, view: View) -> Link:
        before = [(v, e) for v, e in self._order if v.sentence == view.sentence and v.end <= view.start]
        if before:
            nearest = max(before, key=lambda pair: (pair[0].end, pair[0].end - pair[0].start))
            return Link(nearest[1], f"{view.words!r} stands for {nearest[0].words!r}")
        return Link(self._new(), None)

    def _speaker(self, view: View, low: str) -> Link:
        """ "I" and "we" in quotation are who speaks: the subject of the sentence's main verb, or of the one before."""
        single = low in ("i", "me", "my", "mine", "myself")
        for away in (0, 1, 2):
            here = [
                (v, e)
                for v, e in self._order
                if v.sentence == view.sentence - away and v.stand.subject and not v.stand.quoted
            ]
            here = [(v, e) for v, e in here if not single or e.kinds & PERSONS]
            if here:
                chosen = here[-1] if away == 0 else here[0]
                return Link(chosen[1], f"{view.words!r} is who speaks")
        return Link(self._new(), None)


def _bears(entity: Entity, view: View) -> bool:
    """Whether an entity named in full bears a surname; an entity without a name may."""
    mine = parts(view.naming.name or "")
    return not entity.names or any(_name_fits(mine, parts(n)) for n in entity.names)


def _is_pronoun(view: View, low: str) -> bool:
    return low in HE | SHE | IT | SPEAKERS | RELATIVE or low in ("they", "them", "their", "theirs", "themselves")


def _pronoun_fits(low: str, entity: Entity) -> bool:
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


def _bars(view: View, before: View) -> bool:
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


def _complement(view: View, entity: Entity) -> bool:
    """A name and a description, or two descriptions, never two names of different things."""
    mine, other = view.naming, entity.last.naming
    if mine.bare and other.bare:
        return False
    if mine.name and other.name and not _name_fits(parts(mine.name), parts(other.name)):
        return False
    if view.actor.actor_id and entity.ident and view.actor.actor_id != entity.ident:
        return view.actor.kind in PERSONS and bool(entity.kinds & PERSONS) and not (mine.name and other.name)
    if mine.bare or other.bare:
        return (mine.head or other.head) in STATE_NOUNS_ONE or other.head in STATE_NOUNS_ONE
    return True


def _wanted_of(head: str) -> frozenset[str]:
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


def _name_fits(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """One name is the other, or a part of it that names alone: its first or last word, or both."""
    short, long = sorted((list(mine), list(theirs)), key=len)
    if short == long:
        return True
    if len(short) == 1:
        return len(short[0]) > 1 and (short[0] in (long[-1], long[0]) or short[0] in long[1:])
    return set(short) <= set(long)


def _contradict(view: View, entity: Entity) -> bool:
    """A country named on both sides that differs, or two known identities."""
    mine = view.actor.country if (view.naming.country or view.naming.bodies) else None
    if mine and entity.countries and mine not in entity.countries:
        return True
    if view.naming.country and view.actor.actor_id and entity.ident and view.actor.actor_id != entity.ident:
        return True
    return bool(view.actor.actor_id and entity.ident and not view.actor.actor_id.startswith("new:") and not entity.ident.startswith("new:")
                and view.actor.actor_id != entity.ident and view.naming.is_name)  # fmt: skip


def _is_acronym(short: str, long: str) -> bool:
    """ "SCO" of "Shanghai Cooperation Organisation"."""
    letters = short.replace(".", "").removeprefix("the ").removeprefix("The ")
    if not (2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha()):
        return False
    words = [w for w in long.replace("-", " ").split() if w[:1].isalpha()]
    initials = "".join(w[0] for w in words if w[0].isupper())
    return len(words) > 1 and letters == initials
