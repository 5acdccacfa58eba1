"""One report while it is being resolved: what it says of countries, who is named, who is who."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from dragoman.records import Actor, Mention, Reading, Sentence
from dragoman.resolve.actors import Actors
from dragoman.resolve.bodies import government
from dragoman.resolve.cast import Cast
from dragoman.resolve.entities import Entity, View
from dragoman.resolve.grammar import Stand, stand_of
from dragoman.resolve.known import Country
from dragoman.resolve.lent import Features, Lenders, kind_of, lent_score
from dragoman.resolve.naming import Naming
from dragoman.resolve.people import parts
from dragoman.resolve.places import Places
from dragoman.resolve.setting import FROM_STORY, NOT_NAMED, OF_STATES, OF_WHOSE, UNKNOWN, UNKNOWN_NAME, Setting
from dragoman.resolve.together import Part, parts_of
from dragoman.resolve.told import countries_told
from dragoman.resolve.words import BESIDE, NEIGHBOURS, pronoun

_DIRECTION = re.compile(r"\b(?:South|North|Latin|Central) $")
_GENITIVE = re.compile(r"([^\W\d_][^'’]{1,60}?)(?:['’]s|(?<=s)['’]) \S")
"""A genitive at the beginning: "Merkel's party"."""
_RULED = re.compile(
    r"(?:[Tt]he |[Aa]n? )?((?:[^\W\d_a-z][\w-]+ ){1,3})(?:government|administration|regime|cabinet|presidency|leadership|junta|rule)\b"
)
"""A government by who leads it: "the Trump administration"."""
HALVES = {"south": "KOR", "north": "PRK"}
ENVOYS = frozenset({"ambassador", "special_envoy"})
"""Offices of those whom a ministry summons: they are another state's."""
SEATS = {"Brussels": "European Union", "Addis Ababa": "African Union", "Jeddah": "Organisation of Islamic Cooperation"}
"""Towns whose name means the organisation of states that sits there, where the reader takes it for one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mention resolved: its entity and actors, and why."""

    entity: int
    actors: tuple[Actor, ...]
    why: str


def _lies(one: Country, other: Country, modifiers: tuple[str, ...]) -> bool:
    """Whether one country lies where the words say: "western", "south-eastern" of the other."""
    words = " ".join(modifiers)
    return (
        not ("north" in words and one.lat < other.lat)
        and not ("south" in words and one.lat > other.lat)
        and not ("east" in words and one.lon < other.lon)
        and not ("west" in words and one.lon > other.lon)
    )


class Story:
    """Resolves the actors of one report."""

    def __init__(self, reading: Reading, actors: Actors, places: Places, aside: frozenset[int]) -> None:
        self.reading, self.actors, self.places = reading, actors, places
        self.on = reading.report.published
        self.text = reading.report.text
        self.aside = aside
        self.cast = Cast()
        told = list(countries_told(reading, actors, places))
        self.bodies_told = [t for t in told if t.country in OF_STATES]
        self.told = [t for t in told if t.country not in OF_STATES]
        self.counts: Counter[str] = Counter(t.country for t in self.told)
        self.lenders = Lenders(self.told)
        self._views: dict[tuple[int, int], View] = {}
        self._links: dict[tuple[int, int], tuple[Entity, str]] = {}
        self._split: dict[tuple[int, int], tuple[Actor, ...]] = {}

    # --- what countries the story tells of ------------------------------------------------------------------------------

    def views(self) -> tuple[View, ...]:
        """Every actor mention as it was seen; after `resolve`."""
        return tuple(self._views.values())

    def lends(self, view: View) -> bool:
        """Whether the story decides the country of a mention, its own words being silent."""
        return FROM_STORY in view.why or NOT_NAMED in view.why or view.why.startswith((UNKNOWN_NAME, UNKNOWN))

    def lenders_of(self, view: View) -> dict[str, Features]:
        """What speaks for each country that the story could lend to a mention."""
        return self.lenders.features(view.sentence, view.start, kind_of(view.naming, view.label))

    def lends_nobody(self, view: View) -> Features:
        """What speaks against all of them."""
        return self.lenders.nobody(kind_of(view.naming, view.label))

    def _dealt_with(self, naming: Naming, sentence: Sentence) -> frozenset[str]:
        """Whose ambassador a sentence names beside "the ministry", which is then not that country's."""
        if naming.generic is None or naming.generic.type != "ministry" or naming.country:
            return frozenset()
        others = (
            self.actors.namer.read(self.text[m.start : m.end], self.on) for m in sentence.mentions if m.kind == "actor"
        )
        return frozenset(o.country for o in others if o.country and o.role is not None and o.role.office in ENVOYS)

    def _country_here(self, sentence: int, start: int, kind: str, but: frozenset[str] = frozenset()) -> str | None:
        """The country that words without one most likely mean, from what the story names around them; none of `but`, or none at all."""
        options = {
            c: f
            for c, f in self.lenders.features(sentence, start, kind).items()
            if c not in but and (kind == "local" or not f["only_faced"])  # "the minister rejected talks with Iran"
        }
        best = max(options, key=lambda c: lent_score(options[c]), default=None)
        if best is None or lent_score(options[best]) < lent_score(self.lenders.nobody(kind)):
            return None
        return best

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
        words = self.text[mention.start : mention.end]
        stand = stand_of(sentence, mention)
        naming = self._read(words, mention.start)
        key = (sentence.index, index)
        parts = parts_of(words, self.actors.namer, self.actors.knowledge, self.on)
        if parts:
            self._take_parts(sentence, index, mention, parts, stand)
            return
        owner = None
        if pronoun(words):
            actor, why = Actor(None, words, "other", None, (), None, 0.1), "a pronoun"
        else:
            owner = self._owner(naming, sentence, mention)
            actor, why = self._identify(naming, sentence, mention, owner)
        view = self._view(sentence, index, mention, words, naming, stand, actor, why)
        if owner is not None:
            view = replace(view, owner=owner.number)
        link = self.cast.add(view)
        self._views[key] = view
        self._links[key] = (link.entity, link.why or why)

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

    def _view(
        self,
        sentence: Sentence,
        index: int,
        mention: Mention,
        words: str,
        naming: Naming,
        stand: Stand,
        actor: Actor,
        why: str,
    ) -> View:
        gap = self.text[max(0, mention.start - 2) : mention.start].strip()
        return View(
            sentence.index,
            index,
            mention.start,
            mention.end,
            words,
            mention.label,
            naming,
            stand,
            actor,
            why,
            mention.head,
            gap,
            owned=OF_WHOSE in why,
        )

    def _take_parts(
        self, sentence: Sentence, index: int, mention: Mention, parts: tuple[Part, ...], stand: Stand
    ) -> None:
        members: list[Entity] = []
        actors: list[Actor] = []
        for part in parts:
            start, end = mention.start + part.start, mention.start + part.end
            naming = self.actors.namer.read(part.words, self.on)
            piece = replace(mention, start=start, end=end)
            actor, why = self._identify(naming, sentence, piece, self._owner(naming, sentence, piece))
            view = View(sentence.index, -1, start, end, part.words, "", naming, stand, actor, why, -1 - start)
            link = self.cast.add(view)
            members.append(link.entity)
            actors.append(actor)
        pair = self.cast.pair([e.number for e in members])
        self._links[sentence.index, index] = (pair, "named together")
        self._split[sentence.index, index] = tuple(actors)

    def _identify(
        self, naming: Naming, sentence: Sentence, mention: Mention, owner: Entity | None
    ) -> tuple[Actor, str]:
        """The actor of a mention by its own words, its owner's country and the story's."""
        half = HALVES.get(naming.words.lower().removeprefix("the "))
        if mention.label == "igo" and naming.bare and naming.words in SEATS:
            return self.actors.identify(SEATS[naming.words], self.on)
        if half and self._of_korea():
            return government(self.actors.knowledge, half), "a half of Korea"
        country = self._country_of_entity(owner) if owner is not None else self._country_of_named(naming)
        owned = country is not None
        if country is None:
            kind = kind_of(naming, mention.label)
            country = self._country_here(sentence.index, mention.start, kind, self._dealt_with(naming, sentence))
        if owner is not None and country and naming.head in BESIDE and not owner.names:
            beside = self._beside(country, naming, mention.start)
            if beside is not None:
                return government(self.actors.knowledge, beside), f"the {naming.head} of {country}"
            country, owned = None, False
        setting = Setting(country, self.counts, self._city, owned, self._body_before(mention.start))
        if naming.head == "counterpart":
            naming = self._counterpart(naming, owner)
        actor, why = self.actors.actor_of(naming, self.on, setting=setting, label=mention.label)
        if owner is not None and naming.possessor and naming.role is not None and actor.actor_id is None:
            kinds, whose = owner.kinds, next((v.actor for v in owner.views if v.actor.sectors), None)
            if (
                whose is not None
                and kinds & {"armed-group", "party", "company"}
                and naming.role.sectors[:1] in (("GOV",), ("UNK",))
            ):
                actor = replace(actor, sectors=whose.sectors)  # "their leader" is of those who are led
        return actor, why

    def _of_korea(self) -> bool:
        """Whether "the South" and "the North" are Korean here."""
        return bool(self.counts["KOR"] or self.counts["PRK"])

    def _city(self, name: str) -> str | None:
        """The country of a place name; "the South" and "the North" are Korean in a story that tells of both Koreas."""
        half = HALVES.get(name.lower().removeprefix("the "))
        if half and self._of_korea():
            return half
        return self.places.country_of_city(name) if half is None else None

    def _body_before(self, start: int) -> str | None:
        """The organisation of states that was named last; the report's first, before any."""
        codes = [t.country for t in self.bodies_told if t.start < start and t.sentence >= 0]
        return codes[-1] if codes else next((t.country for t in self.bodies_told), None)

    def _beside(self, country: str, naming: Naming, start: int) -> str | None:
        """ "Its western neighbour", "its ally": the one other state that the story told of before, if there is but one that fits."""
        countries = self.actors.knowledge.countries
        others = dict.fromkeys(t.country for t in self.told if t.start < start and t.country != country)
        home = countries.get(country)
        if naming.head in NEIGHBOURS and home is not None:
            others = {c: None for c in others if c in home.neighbours and _lies(countries[c], home, naming.modifiers)}
        return next(iter(others)) if len(others) == 1 else None

    def _owner(self, naming: Naming, sentence: Sentence, mention: Mention) -> Entity | None:
        """Whose: the entity of the possessive at the beginning ("his ministry", "Merkel's party") or right before it."""
        if naming.possessor is not None:
            return self._owner_by_pronoun(naming.possessor, sentence, mention)
        return self._owner_by_name(naming, sentence, mention) or self._owner_before(naming, sentence, mention)

    def _owner_by_name(self, naming: Naming, sentence: Sentence, mention: Mention) -> Entity | None:
        """The person of the story who stands in the genitive at the beginning."""
        name = self._whose_name(naming)
        if name is None:
            return None
        actor, why = self.actors.identify(name.words, self.on)
        stand = stand_of(sentence, mention)
        return self.cast.bearer(self._view(sentence, -1, mention, name.words, name, stand, actor, why))

    def _whose_name(self, naming: Naming) -> Naming | None:
        """What the genitive at the beginning names, or the words before "government", where it is a person's name and no
        country is said."""
        found = _GENITIVE.match(naming.words) or _RULED.match(naming.words)
        if found is None or naming.country or naming.bodies:
            return None
        name = self.actors.namer.read(found[1].strip(), self.on)
        return name if name.name and not name.role else None

    def _country_of_named(self, naming: Naming) -> str | None:
        """The country of somebody known whose it is, whom the story has not named before."""
        name = self._whose_name(naming)
        if name is None or not name.persons:
            return None
        country = self.actors.identify(name.words, self.on)[0].country
        sure = len(parts(name.name or "")) > 1 or _RULED.match(naming.words) or self.counts[country or ""]
        return country if sure else None  # "Smith's family" is not of the one Smith who holds an office somewhere

    def _owner_by_pronoun(self, possessor: str, sentence: Sentence, mention: Mention) -> Entity | None:
        for i, inner in enumerate(sentence.mentions):
            if inner.start == mention.start and inner.end < mention.end and (sentence.index, i) in self._links:
                return self._links[sentence.index, i][0]
        end = mention.start + len(possessor)
        head = mention.token_start
        if head >= len(sentence.tokens):
            return None
        whose = replace(mention, end=end, token_end=head + 1, head=head)
        words = self.text[mention.start : end]
        view = View(
            sentence.index, -1, mention.start, end, words, "pronoun", self.actors.namer.read(words, self.on), stand_of(sentence, whose),
            Actor(None, words, "other", None, (), None, 0.1), "", -1,
        )  # fmt: skip
        return self.cast.antecedent(view)

    def _owner_before(self, naming: Naming, sentence: Sentence, mention: Mention) -> Entity | None:
        """The possessive that stands right before the mention, where the mark leaves it out: [China]'s [embassy in Canberra]."""
        if naming.country or naming.bodies:
            return None
        for i, other in enumerate(sentence.mentions):
            between = self.text[other.end : mention.start]
            if (
                0 < mention.start - other.end <= 3
                and between.strip() in ("'s", "’s", "'", "’")
                and (sentence.index, i) in self._links
            ):
                return self._links[sentence.index, i][0]
        return None

    def _country_of_entity(self, entity: Entity) -> str | None:
        """The knowledge's code of an entity's country."""
        for view in entity.views:
            if view.naming.country:
                return view.naming.country
        return next((v.actor.country for v in entity.views if v.actor.country), None)

    def _counterpart(self, naming: Naming, owner: Entity | None) -> Naming:
        """A counterpart holds the office of whose counterpart it is."""
        views: list[View] = list(owner.views) if owner else []
        if not views:
            views = [v for v in self._views.values() if v.actor.kind in ("person", "office")][-1:]
        like = next((v for v in views if v.naming.role is not None), None)
        if like is None or like.naming.role is None:
            office = next((v.actor.office for v in views if v.actor.office), None)
            roles = self.actors.phrases.roles(office) if office else ()
            return replace(naming, role=roles[0], role_text=office) if roles else naming
        return replace(naming, role=like.naming.role, role_text=like.naming.role_text, generic=like.naming.generic)

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
