"""Records of who is who: a mention where it stands, as it was seen, the entity it joins, the link between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.records import Actor, Mention, Sentence
from dragoman.resolve.grammar import Stand, stand_of
from dragoman.resolve.naming import Naming


@dataclass(frozen=True, slots=True)
class Spot:
    """An actor mention where it stands.

    Attributes:
        index: Its number among the sentence's mentions; -1 for what the reader did not mark by itself.
        words: Its words as the text has them.
        gap: The mark or word right before it; "" where there is but a space.
    """

    sentence: Sentence
    index: int
    mention: Mention
    words: str
    stand: Stand
    gap: str = ""


def spot_of(text: str, sentence: Sentence, index: int, mention: Mention) -> Spot:
    """A mention of the reader's in the report's text."""
    gap = text[max(0, mention.start - 2) : mention.start].strip()
    return Spot(sentence, index, mention, text[mention.start : mention.end], stand_of(sentence, mention), gap)


@dataclass(frozen=True, slots=True)
class Identified:
    """What is known of a mention by itself: who it would be and why in words; `owner` and `owned` as in `View`."""

    actor: Actor
    why: str
    owner: int = -1
    owned: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """An actor mention as the cast sees it: where it stands, what its words say, who it would be by itself.

    `gap` is the mark or word right before it, `owner` the entity whose it is ("his" of "his minister"), -1 for nobody's;
    `owned` says that its country is that of whose it is.
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
    owner: int = -1
    owned: bool = False


def view_of(spot: Spot, naming: Naming, known: Identified) -> View:
    """A mention as the cast sees it."""
    mention = spot.mention
    return View(
        spot.sentence.index, spot.index, mention.start, mention.end, spot.words, mention.label, naming, spot.stand,
        known.actor, known.why, mention.head, spot.gap, known.owner, known.owned,
    )  # fmt: skip


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


def latest_of(pair: Entity, entities: Sequence[Entity]) -> Iterator[View]:
    """The latest mention of each member of a pair or group; of nobody when it has none."""
    for number in pair.members:
        yield from entities[number].views[-1:]
