"""Who is who inside one report: each mention joins an entity or opens one, by rules tried from the surest to the least sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.resolve.fitting import (
    Entity,
    Link,
    View,
    agree,
    bears,
    complement,
    contradict,
    description_fits,
    grammar_bars,
    is_acronym,
    kinds_wanted,
    name_fits,
    pronoun_fits,
    titled_so,
)
from dragoman.resolve.normalise import normalise
from dragoman.resolve.people import parts
from dragoman.resolve.words import HE, IT, PERSONS, RELATIVE, SHE, SPEAKERS, classes_of, gender_of, pronoun, singular


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
        words = view.words.strip("\"'“”")
        stands = pronoun(words)
        link = self._pronoun(view, stands) if stands else self._named(view, words.lower())
        self._enter(view, link.entity, pronoun=bool(stands))
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
            self._introduced,
            self._same_words,
            self._described,
        ):
            link = rule(view, low)
            own_state = (view.actor.actor_id or "").startswith("state:")  # "its government" is the state itself
            if link is not None and (link.entity.number != view.owner or own_state):
                return link
        return Link(self._new(), None)

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

    # --- pronouns -----------------------------------------------------------------------------------------------------

    def bearer(self, view: View) -> Entity | None:
        """Who bears the name of a mention, without entering it; None when the story has not named him yet."""
        for rule in (self._full_name, self._same_id, self._same_name):
            link = rule(view, view.words.lower())
            if link is not None:
                return link.entity
        return None

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
            if not pronoun_fits(low, entity) or grammar_bars(view, before):
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
