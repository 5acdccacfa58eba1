"""What a mention shows to the judge: small enough to hold a million of them."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.records import EventMention, Party

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}|\d[\d,.]*")
_NAME = re.compile(r"(?<=[\w,;:)’'”] )[A-Z][\w'’-]{2,}")
_WHERE = re.compile(r"\b(?:in|at|near|off|outside|around|by|of) ((?:[A-Z][\w'’-]{2,} ?)+)")
_CALENDAR = frozenset(
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July",
     "August", "September", "October", "November", "December"]
)  # fmt: skip
_STOP = frozenset(
    ["the", "and", "for", "that", "with", "was", "were", "has", "have", "had", "his", "her", "its", "their", "from", "said", "says", "after", "before", "who", "which", "will", "would", "are", "not", "but", "this", "they", "been", "about", "into", "over", "than", "also", "more", "when", "where", "while", "during", "between", "against", "two", "new", "one", "on", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """One mention as the clues see it.

    Attributes:
        key: The mention's id; `report` its report's.
        actors, recipients: Identities: actor id where resolved, else country with sector, else the folded words.
        actor_countries, recipient_countries: Country codes; several parties give several.
        start, end: Event days as ordinals; None when undated. `published` likewise.
        words: Hashes of the sentence's content words, stems of five letters; sorted, each once.
        names: Stems of the capitalised words that no resolved party owns: towns, persons, bodies, accords.
        towns: Those of them that stand after "in", "near", "off" and the like.
        party_words: Stems of the words of all parties.
        trigger: Hash of the trigger's stem.
        place: (name, country, precision) or None.
        fine: Whether the words of the event itself date it to the day.
    """

    key: str
    report: str
    base_type: str
    quad: int
    status: str
    actors: frozenset[str]
    recipients: frozenset[str]
    actor_countries: frozenset[str]
    recipient_countries: frozenset[str]
    start: int | None
    end: int | None
    published: int | None
    sentence: tuple[int, int]
    trigger_at: tuple[int, int]
    words: tuple[int, ...]
    names: tuple[int, ...]
    towns: tuple[int, ...]
    party_words: tuple[int, ...]
    trigger: int
    place: tuple[str, str | None, str] | None
    cameo: str | None
    mode: str | None
    contexts: tuple[str, ...]
    fine: bool
    source: str | None

    @property
    def order(self) -> tuple[int, str, int, str]:
        """(publication day, report id, trigger start, key): says which of two was first, whatever their arrival."""
        return (
            date.max.toordinal() if self.published is None else self.published,
            self.report,
            self.trigger_at[0],
            self.key,
        )


def identity(party: Party) -> str:
    """Who a party is, as far as is known."""
    if party.actor_id:
        return party.actor_id
    if party.country:
        return f"{party.country}/{'+'.join(party.sectors[:1]) or party.kind}"
    return party.text.casefold()


def stem(word: str) -> int:
    """A 32-bit hash of the first five letters: "accused" and "accusation" agree, and so do "talks" and "talked"."""
    return zlib.crc32(word.casefold()[:5].encode())


def features(mention: EventMention, shelf: dict[Any, Any] | None = None) -> Features:
    """The features of a mention; equal values are kept once when the same `shelf` is passed every time."""
    kept = {} if shelf is None else shelf

    def one(value: Any) -> Any:
        return kept.setdefault(value, value)

    parties = (*mention.actors, *mention.recipients)
    owned = {stem(w) for p in parties for w in _WORD.findall(f"{p.text} {p.name}") if w.casefold() not in _STOP}
    resolved = {stem(w) for p in parties if p.country for w in _WORD.findall(f"{p.text} {p.name}")}
    words = {stem(w) for w in _WORD.findall(mention.sentence) if w.casefold() not in _STOP} - owned
    names = {stem(w) for w in _NAME.findall(mention.sentence) if w not in _CALENDAR} - resolved
    towns = {stem(w) for found in _WHERE.findall(mention.sentence) for w in found.split()} & names
    place = mention.place
    return Features(
        key=mention.mention_id, report=one(mention.report_id), base_type=one(mention.base_type), quad=mention.quad_class, status=one(mention.status),
        actors=one(frozenset(map(identity, mention.actors))), recipients=one(frozenset(map(identity, mention.recipients))),
        actor_countries=one(frozenset(p.country for p in mention.actors if p.country)),
        recipient_countries=one(frozenset(p.country for p in mention.recipients if p.country)),
        start=one(mention.date_start.toordinal() if mention.date_start else None),
        end=one(mention.date_end.toordinal() if mention.date_end else None),
        published=one(mention.published.toordinal() if mention.published else None),
        sentence=(mention.sentence_start, mention.sentence_end), trigger_at=mention.trigger,
        words=tuple(one(w) for w in sorted(words)), names=tuple(one(w) for w in sorted(names)),
        towns=tuple(one(w) for w in sorted(towns)), party_words=tuple(one(w) for w in sorted(owned)), trigger=one(stem(mention.trigger_text)), cameo=one(mention.cameo),
        place=one((place.name, place.country, place.precision)) if place else None, mode=one(mention.mode), contexts=one(mention.contexts),
        fine=mention.date_precision == "day" and mention.date_found == "argument", source=one(mention.source),
    )  # fmt: skip
