"""Who is who inside one report: each mention joins an entity or opens one, by rules tried from the surest to the least sure."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.resolve.entities import Entity, Link, View, latest_of
from dragoman.resolve.fitting import (
    agree,
    bears,
    complement,
    contradict,
    description_fits,
    is_acronym,
    kinds_wanted,
    name_fits,
    titled_so,
)
from dragoman.resolve.normalise import normalise
from dragoman.resolve.people import parts
from dragoman.resolve.pronouns import Pronouns
from dragoman.resolve.words import HE, SHE, classes_of, gender_of, pronoun, singular


class Cast:
    """The entities of one report, gathered in order of mention."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._by_id: dict[str, Entity] = {}
        self._pairs: dict[tuple[int, ...], Entity] = {}
        self._order: list[tuple[View, Entity]] = []
        self._by_head: dict[tuple[int, int], Entity] = {}
        self.pronouns = Pronouns(self.entities, self._order)

    # --- joining ------------------------------------------------------------------------------------------------------

    def add(self, view: View) -> Link:
        """The entity of a mention."""
        words = view.words.strip("\"'“”")
        stands = pronoun(words)
        link = self.pronouns.taken_up(view, stands) if stands else self._named(view, words.lower())
        link = link or Link(self._new(), None)
        self._enter(view, link.entity, pronoun=bool(stands))
        return link

    def bearer(self, view: View) -> Entity | None:
        """Who bears the name of a mention, without entering it; None when the story has not named him yet."""
        for rule in (self._full_name, self._same_id, self._same_name):
            link = rule(view, view.words.lower())
            if link is not None:
                return link.entity
        return None

    def antecedent(self, view: View) -> Entity | None:
        """Whom a pronoun takes up, without entering it as a mention; None when nobody fits."""
        link = self.pronouns.taken_up(view, view.words.lower())
        return link.entity if link is not None else None

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
                        and any(v.sentence == view.sentence for v in latest_of(p, self.entities))), None)  # fmt: skip
        members = (
            earlier.members if earlier and earlier.members[0] == first.number and not earlier.views else (first.number,)
        )
        self.pair((*members, entity.number))

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

    def _named(self, view: View, low: str) -> Link | None:
        for rule in (
            self._apposed,
            self._both,
            self._full_name,
            self._same_id,
            self._same_name,
            self._introduced,
            self._same_words,
            self._described,
        ):
            link = rule(view, low)
            own_state = (view.actor.actor_id or "").startswith("state:")  # "its government" is the state itself
            if link is not None and (link.entity.number != view.owner or own_state):
                return link
        return None

    def _apposed(self, view: View, low: str) -> Link | None:
        """In apposition to a mention before it, one of the two a name, the other what he or she is."""
        if view.stand.apposed is not None:
            other = self._by_head.get((view.sentence, view.stand.apposed))
            if other is not None and agree(view, other) and not other.members and complement(view, other):
                return Link(other, f"in apposition to {other.last.words!r}")
        if self._order:
            before, entity = self._order[-1]
            near = before.sentence == view.sentence and 1 <= view.start - before.end <= 3 and view.stand.joined is None
            if near and view.naming.possessor is None and before.stand.owner:
                return None
            if (
                near
                and view.gap in (",", "(")
                and complement(view, entity)
                and agree(view, entity)
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
        speaks = {e.number for v, e in self._order if v.sentence == view.sentence and v.stand.subject}
        if len(members) < 2 or (speaks & set(members) and not view.stand.subject):
            return None  # who urges both sides is neither
        pair = self.pair(members)
        return Link(pair, f"{view.words!r} are the two named last")

    def _two(self, head: str) -> tuple[int, ...]:
        recent = [p for p in reversed(self.entities) if p.members]
        wanted = kinds_wanted(head)
        for pair in sorted(recent, key=lambda p: -max(v.start for n in p.members for v in self.entities[n].views[-1:])):
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

    def _same_id(self, view: View, low: str) -> Link | None:
        known = self._by_id.get(view.actor.actor_id or "")
        if known is None or (len(parts(view.naming.name or "")) == 1 and not bears(known, view)):
            return None
        return Link(known, f"the same as {known.last.words!r}")

    def _full_name(self, view: View, low: str) -> Link | None:
        """A surname alone belongs to the one who was named in full before, whoever else is known of that name."""
        name = view.naming.name
        if not name or len(parts(name)) != 1:
            return None
        bearers = [
            e for e in self.entities if any(len(parts(n)) > 1 and name_fits(parts(name), parts(n)) for n in e.names)
        ]
        if len(bearers) > 1 and len(titled := [e for e in bearers if titled_so(view, e)]) == 1:
            return Link(titled[0], f"the bearer of that name who is {view.naming.role_text!r}")
        return (
            Link(bearers[0], f"a form of the name {max(bearers[0].names, key=len)!r}")
            if len(bearers) == 1 and not contradict(view, bearers[0])
            else None
        )

    def _introduced(self, view: View, low: str) -> Link | None:
        """A title with a name takes up the title that stood without one just before, or stands in its own words:
        "the Russian ambassador ... Ambassador Sokolov", "the [Russian ambassador], Ivan Sokolov"."""
        naming = view.naming
        if naming.role is None or not naming.name or naming.indefinite or naming.plural:
            return None
        title = (naming.role_text or "").lower().split()[-1:]
        for before, entity in reversed(self._order):
            if view.sentence - before.sentence > 1:
                return None
            named = before.naming
            if entity.names or entity.members or named.plural or named.role is None or not agree(view, entity):
                continue
            inside = view.sentence == before.sentence and view.start <= before.start and before.end <= view.end
            told = named.definite and named.country and not naming.country
            if [named.head] == title and (inside or told):
                return Link(entity, f"named now: {before.words!r}")
        return None

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
            if e.names and any(name_fits(mine, parts(n)) for n in e.names) and not contradict(view, e)
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
        if not key:
            return None
        tried: set[int] = set()
        for _, entity in reversed(self._order):
            if entity.members or entity.number in tried:
                continue
            tried.add(entity.number)
            for other in entity.views:
                if not other.naming.head or pronoun(other.words):
                    continue
                same = normalise(other.words) == key
                if same and (view.naming.is_name or not contradict(view, entity)):
                    return Link(entity, "the same words as before")
                if is_acronym(view.words, other.words) or is_acronym(other.words, view.words):
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
            if entity.number in seen or entity.members or entity.number == view.owner:
                continue
            seen.add(entity.number)
            strength = description_fits(view, entity, head, wanted)
            if strength <= 0:
                continue
            away = view.sentence - view_before.sentence
            score = strength - 0.22 * away + (0.2 if view_before.stand.subject else 0.0)
            if best is None or score > best[0]:
                best = (score, entity)
        if best is not None and best[0] > 0.25:
            return Link(best[1], f"{view.words!r} takes up {best[1].views[0].words!r}")
        return None
