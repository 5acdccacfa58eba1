"""Whose it is: the owner that a mention names ("his ministry", "Merkel's party", [China]'s [embassy]), and what it takes from him."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.records import Actor, Reading
from dragoman.resolve.actors import Actors
from dragoman.resolve.cast import Cast
from dragoman.resolve.entities import Entity, Identified, Spot, View, view_of
from dragoman.resolve.grammar import stand_of
from dragoman.resolve.naming import Naming
from dragoman.resolve.people import parts
from dragoman.resolve.phrase import Phrases
from dragoman.resolve.scene import Scene
from dragoman.resolve.setting import OF_WHOSE

_GENITIVE = re.compile(r"([^\W\d_][^'’]{1,60}?)(?:['’]s|(?<=s)['’]) \S")
"""A genitive at the beginning: "Merkel's party"."""
_RULED = re.compile(
    r"(?:[Tt]he |[Aa]n? )?((?:[^\W\d_a-z][\w-]+ ){1,3})(?:government|administration|regime|cabinet|presidency|leadership|junta|rule)\b"
)
"""A government by who leads it: "the Trump administration"."""
LED = frozenset({"armed-group", "party", "company"})
"""Kinds of entity whose leader is of their sector."""
Links = Mapping[tuple[int, int], tuple[Entity, str]]
"""The entity of every mention so far, by (sentence, index), and why."""


class Owners:
    """Finds whose a mention is among those whom the report has named so far."""

    def __init__(self, reading: Reading, actors: Actors, scene: Scene, cast: Cast, links: Links) -> None:
        self.on, self.text = reading.report.published, reading.report.text
        self.actors, self.scene, self.cast, self.links = actors, scene, cast, links

    def owner(self, naming: Naming, spot: Spot) -> Entity | None:
        """The entity of the possessive at the beginning ("his ministry", "Merkel's party") or right before it."""
        if naming.possessor is not None:
            return self._by_pronoun(naming.possessor, spot)
        return self._by_name(naming, spot) or self._before(naming, spot)

    def country(self, naming: Naming, owner: Entity | None) -> str | None:
        """The country of whose it is, by the knowledge's code; None where nobody's is said."""
        return country_of(owner) if owner is not None else self._of_named(naming)

    def _by_name(self, naming: Naming, spot: Spot) -> Entity | None:
        """The person of the story who stands in the genitive at the beginning."""
        name = self._whose_name(naming)
        if name is None:
            return None
        actor, why = self.actors.identify(name.words, self.on)
        named = replace(spot, index=-1, words=name.words)
        return self.cast.bearer(view_of(named, name, Identified(actor, why, owned=OF_WHOSE in why)))

    def _whose_name(self, naming: Naming) -> Naming | None:
        """What the genitive at the beginning names, or the words before "government", where it is a person's name and no
        country is said."""
        found = _GENITIVE.match(naming.words) or _RULED.match(naming.words)
        if found is None or naming.country or naming.bodies:
            return None
        name = self.actors.namer.read(found[1].strip(), self.on)
        return name if name.name and not name.role else None

    def _of_named(self, naming: Naming) -> str | None:
        """The country of somebody known whose it is, whom the story has not named before."""
        name = self._whose_name(naming)
        if name is None or not name.persons:
            return None
        country = self.actors.identify(name.words, self.on)[0].country
        sure = len(parts(name.name or "")) > 1 or _RULED.match(naming.words) or self.scene.counts[country or ""]
        return country if sure else None  # "Smith's family" is not of the one Smith who holds an office somewhere

    def _by_pronoun(self, possessor: str, spot: Spot) -> Entity | None:
        """Whom the possessive pronoun at the beginning takes up, as the reader marked it or by itself."""
        sentence, mention = spot.sentence, spot.mention
        for i, inner in enumerate(sentence.mentions):
            if inner.start == mention.start and inner.end < mention.end and (sentence.index, i) in self.links:
                return self.links[sentence.index, i][0]
        head = mention.token_start
        if head >= len(sentence.tokens):
            return None
        end = mention.start + len(possessor)
        whose = replace(mention, end=end, token_end=head + 1, head=head)
        words = self.text[mention.start : end]
        unmarked = replace(whose, label="pronoun", head=-1)
        alone = Spot(sentence, -1, unmarked, words, stand_of(sentence, whose))
        naming = self.actors.namer.read(words, self.on)
        return self.cast.antecedent(view_of(alone, naming, Identified(nobody(words), "")))

    def _before(self, naming: Naming, spot: Spot) -> Entity | None:
        """The possessive that stands right before the mention, where the mark leaves it out: [China]'s [embassy in Canberra]."""
        if naming.country or naming.bodies:
            return None
        sentence, start = spot.sentence, spot.mention.start
        for i, other in enumerate(sentence.mentions):
            between = self.text[other.end : start]
            if (
                0 < start - other.end <= 3
                and between.strip() in ("'s", "’s", "'", "’")
                and (sentence.index, i) in self.links
            ):
                return self.links[sentence.index, i][0]
        return None


def nobody(words: str) -> Actor:
    """Who a pronoun is by itself."""
    return Actor(None, words, "other", None, (), None, 0.1)


def country_of(entity: Entity) -> str | None:
    """The knowledge's code of an entity's country."""
    for view in entity.views:
        if view.naming.country:
            return view.naming.country
    return next((v.actor.country for v in entity.views if v.actor.country), None)


def as_counterpart(naming: Naming, of: Sequence[View], phrases: Phrases) -> Naming:
    """A counterpart holds the office of whose counterpart it is.

    Args:
        of: The mentions of whose counterpart it is.
    """
    like = next((v for v in of if v.naming.role is not None), None)
    if like is None or like.naming.role is None:
        office = next((v.actor.office for v in of if v.actor.office), None)
        roles = phrases.roles(office) if office else ()
        return replace(naming, role=roles[0], role_text=office) if roles else naming
    return replace(naming, role=like.naming.role, role_text=like.naming.role_text, generic=like.naming.generic)


def as_leader(actor: Actor, naming: Naming, owner: Entity) -> Actor:
    """ "Their leader" is of those who are led: of the sector of the armed group, the party, the company."""
    if not naming.possessor or naming.role is None or actor.actor_id is not None or not owner.kinds & LED:
        return actor
    led = next((v.actor for v in owner.views if v.actor.sectors), None)
    if led is None or naming.role.sectors[:1] not in (("GOV",), ("UNK",)):
        return actor
    return replace(actor, sectors=led.sectors)
