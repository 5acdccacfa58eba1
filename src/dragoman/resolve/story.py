"""One report while it is being resolved: mention by mention who is named, who is who, and who each is in the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.records import Actor, Mention, Reading, Sentence
from dragoman.resolve.actors import Actors
from dragoman.resolve.bodies import government
from dragoman.resolve.cast import Cast
from dragoman.resolve.entities import Entity, Identified, Spot, View, spot_of, view_of
from dragoman.resolve.lent import Features
from dragoman.resolve.naming import Naming
from dragoman.resolve.normalise import normalise
from dragoman.resolve.owners import Owners, as_counterpart, as_leader, nobody
from dragoman.resolve.people import parts
from dragoman.resolve.places import Places
from dragoman.resolve.scene import Scene
from dragoman.resolve.setting import FROM_STORY, NOT_NAMED, OF_WHOSE, UNKNOWN, UNKNOWN_NAME, Known
from dragoman.resolve.together import Part, parts_of
from dragoman.resolve.words import BESIDE, pronoun

_DIRECTION = re.compile(r"\b(?:South|North|Latin|Central) $")
SEATS = {"Brussels": "European Union", "Addis Ababa": "African Union", "Jeddah": "Organisation of Islamic Cooperation"}
"""Towns whose name means the organisation of states that sits there, where the reader takes it for one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mention resolved: its entity and actors, and why."""

    entity: int
    actors: tuple[Actor, ...]
    why: str


class Story:
    """Resolves the actors of one report."""

    def __init__(self, reading: Reading, actors: Actors, places: Places, aside: frozenset[int]) -> None:
        self.reading, self.actors = reading, actors
        self.on, self.text = reading.report.published, reading.report.text
        self.aside = aside
        self.cast = Cast()
        self._views: dict[tuple[int, int], View] = {}
        self._links: dict[tuple[int, int], tuple[Entity, str]] = {}
        self._split: dict[tuple[int, int], tuple[Actor, ...]] = {}
        self.scene = Scene(reading, actors, places)
        self.owners = Owners(reading, actors, self.scene, self.cast, self._links)

    # --- what was seen ------------------------------------------------------------------------------------------------

    def views(self) -> tuple[View, ...]:
        """Every actor mention as it was seen; after `resolve`."""
        return tuple(self._views.values())

    def lends(self, view: View) -> bool:
        """Whether the story decides the country of a mention, its own words being silent."""
        return FROM_STORY in view.why or NOT_NAMED in view.why or view.why.startswith((UNKNOWN_NAME, UNKNOWN))

    def lenders_of(self, view: View) -> dict[str, Features]:
        """What speaks for each country that the story could lend to a mention."""
        return self.scene.lenders_of(view)

    def lends_nobody(self, view: View) -> Features:
        """What speaks against all of them."""
        return self.scene.lends_nobody(view)

    # --- in order of the text -------------------------------------------------------------------------------------------

    def resolve(self) -> dict[tuple[int, int], Found]:
        """Every actor mention by (sentence, index)."""
        for sentence in self.reading.sentences:
            if sentence.index in self.aside:
                continue
            rows = [(i, m) for i, m in enumerate(sentence.mentions) if m.kind == "actor"]
            for i, mention in sorted(rows, key=lambda row: (row[1].end, -row[1].start)):
                self._take(sentence, i, mention)
        return self._unified()

    def _take(self, sentence: Sentence, index: int, mention: Mention) -> None:
        """Enter a mention, as one or as the several that it names."""
        spot = spot_of(self.text, sentence, index, mention)
        parts = parts_of(spot.words, self.actors.namer, self.actors.knowledge, self.on)
        if parts:
            self._take_parts(spot, parts)
            return
        naming = self._read(spot.words, mention.start)
        if pronoun(spot.words):
            known = Identified(nobody(spot.words), "a pronoun")
        else:
            known = self._not_another(self._identify(naming, spot), naming, spot)
        view = view_of(spot, naming, known)
        link = self.cast.add(view)
        self._views[sentence.index, index] = view
        self._links[sentence.index, index] = (link.entity, link.why or known.why)

    def _not_another(self, known: Identified, naming: Naming, spot: Spot) -> Identified:
        """An office whose holder on the day is known, but which the text gives to somebody else: "the defence minister, Jane Roe,"."""
        actor = known.actor
        if actor.kind != "person" or naming.name or naming.role is None:
            return known
        family = normalise(actor.name).split()[-1:]
        named = [self.text[m.start : m.end] for m in _beside(spot) if m.label == "person"]
        others = [n for n in named if n[:1].isupper() and " " in n and not set(family) & set(normalise(n).split())]
        if not others or len(others) < len(named):
            return known
        office = Actor(None, naming.words, "office", actor.country, actor.sectors, naming.role_text, 0.8)
        return replace(known, actor=office, why=f"{naming.role_text!r}, whom the text calls {others[0]!r}")

    def _read(self, words: str, start: int) -> Naming:
        """What the words name, with a direction right before them that the mark left out: "South [Korean envoy]".

        "South [American bloc]" is of a continent: its words are read without their capitals, which make the country.
        """
        found = _DIRECTION.search(self.text[max(0, start - 10) : start])
        if not found or not words[:1].isupper():
            return self.actors.namer.read(words, self.on)
        whole = found[0] + words
        read = self.actors.namer.read(whole.lower() if words.startswith("American") else whole, self.on)
        return replace(read, words=whole)

    def _take_parts(self, spot: Spot, parts: tuple[Part, ...]) -> None:
        """Enter the several that a mention names, and the pair or group that they are."""
        members: list[Entity] = []
        actors: list[Actor] = []
        for part in parts:
            start, end = spot.mention.start + part.start, spot.mention.start + part.end
            naming = self.actors.namer.read(part.words, self.on)
            piece = replace(
                spot, index=-1, mention=replace(spot.mention, start=start, end=end), words=part.words, gap=""
            )
            known = self._identify(naming, piece)
            alone = replace(
                piece, mention=replace(piece.mention, label="", head=-1 - start)
            )  # the head word is another's
            link = self.cast.add(view_of(alone, naming, replace(known, owner=-1, owned=False)))
            members.append(link.entity)
            actors.append(known.actor)
        pair = self.cast.pair([e.number for e in members])
        key = (spot.sentence.index, spot.index)
        self._links[key] = (pair, "named together")
        self._split[key] = tuple(actors)

    def _identify(self, naming: Naming, spot: Spot) -> Identified:
        """Who a mention is by itself, and whose."""
        owner = self.owners.owner(naming, spot)
        actor, why = self._actor(naming, spot, owner)
        return Identified(actor, why, owner.number if owner is not None else -1, OF_WHOSE in why)

    def _actor(self, naming: Naming, spot: Spot, owner: Entity | None) -> Known:
        """The actor of a mention by its own words, its owner's country and the story's."""
        mention = spot.mention
        if mention.label == "igo" and naming.bare and naming.words in SEATS:
            return self.actors.identify(SEATS[naming.words], self.on)
        if half := self.scene.half_of_korea(naming.words):
            return government(self.actors.knowledge, half), "a half of Korea"
        country = self.owners.country(naming, owner)
        owned = country is not None
        if country is None:
            country = self.scene.country_here(naming, spot)
        if owner is not None and country and naming.head in BESIDE and not owner.names:
            beside = self.scene.beside(country, naming, mention.start)
            if beside is not None:
                return government(self.actors.knowledge, beside), f"the {naming.head} of {country}"
            country, owned = None, False
        setting = self.scene.setting(country, mention.start, owned=owned)
        if naming.head == "counterpart":
            naming = as_counterpart(naming, (owner and owner.views) or self._last_person(), self.actors.phrases)
        actor, why = self.actors.actor_of(naming, self.on, setting=setting, label=mention.label)
        return (as_leader(actor, naming, owner) if owner is not None else actor), why

    def _last_person(self) -> list[View]:
        """The mention of a person or an office that was taken last; none before any."""
        return [v for v in self._views.values() if v.actor.kind in ("person", "office")][-1:]

    # --- entities as wholes -----------------------------------------------------------------------------------------------

    def _unified(self) -> dict[tuple[int, int], Found]:
        best = {e.number: self._best(e) for e in self.cast.entities if not e.members}
        found: dict[tuple[int, int], Found] = {}
        for key, (entity, why) in self._links.items():
            if key in self._split:
                found[key] = Found(entity.number, self._split[key], why)
            elif entity.members:
                found[key] = Found(entity.number, tuple(best[n] for n in entity.members if n in best), why)
            else:
                found[key] = Found(entity.number, (self._own(self._views[key], best[entity.number]),), why)
        return found

    def _best(self, entity: Entity) -> Actor:
        """What the mentions of an entity say together: the surest one's identity, the country and office of those that name them."""
        views = [v for v in entity.views if not pronoun(v.words)] or entity.views
        if any(len(parts(v.naming.name or "")) > 1 for v in views):  # a surname alone does not say who the named one is
            views = [v for v in views if len(parts(v.naming.name or "")) != 1]
        ranked = sorted(
            views,
            key=lambda v: (
                v.actor.actor_id is not None and not v.actor.actor_id.startswith("new:"),
                v.actor.confidence,
            ),
            reverse=True,
        )
        actor = ranked[0].actor
        if actor.actor_id and actor.actor_id.startswith("per:"):
            strangers = [
                v
                for v in views
                if v.naming.name and not set(parts(v.naming.name)) & set(parts(actor.name)) and not v.naming.persons
            ]
            if strangers:
                actor = max(strangers, key=lambda v: v.actor.confidence).actor
        named = max((v for v in views if v.naming.name), key=lambda v: len(v.naming.name or ""), default=None)
        if named is not None and actor.kind in ("person", "office") and not (actor.actor_id or "").startswith("per:"):
            identified = next((v.actor for v in ranked if v.actor.actor_id), None)
            actor = replace(
                actor,
                name=named.naming.name or actor.name,
                kind="person",
                actor_id=identified.actor_id if identified else actor.actor_id,
            )
        if named is None and actor.kind == "office" and actor.actor_id is None:
            actor = self._in_office(ranked, actor)
        if actor.country is None:
            actor = replace(actor, country=next((v.actor.country for v in ranked if v.actor.country), None))
        if not actor.sectors and actor.kind != "state":
            actor = replace(actor, sectors=next((v.actor.sectors for v in ranked if v.actor.sectors), ()))
        if actor.office is None and actor.kind in ("person", "office"):
            actor = replace(actor, office=next((v.actor.office for v in ranked if v.actor.office), None))
        return actor

    def _in_office(self, ranked: list[View], actor: Actor) -> Actor:
        """The holder of a single office on the day, where nobody is named and the country is the story's."""
        for view in ranked:
            holder = self.actors.persons.holder_of(view.naming, actor.country, self.on)
            if holder is not None:
                return holder
        return actor

    def _own(self, view: View, best: Actor) -> Actor:
        """The entity's actor; a mention keeps its own confidence when its words said less."""
        return replace(best, confidence=min(best.confidence, 0.9)) if pronoun(view.words) else best


def _beside(spot: Spot) -> Iterator[Mention]:
    """Mentions that stand in apposition to a mention, before or behind it."""
    tokens, head = spot.sentence.tokens, spot.mention.head
    for other in spot.sentence.mentions:
        if other.kind != "actor" or other.head == head:
            continue
        behind = tokens[other.head].deprel == "appos" and tokens[other.head].head == head
        before = tokens[head].deprel == "appos" and tokens[head].head == other.head
        if behind or before:
            yield other
