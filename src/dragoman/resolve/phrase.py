"""A phrase cut into what the knowledge knows of its words: countries, bodies, roles, names; nothing of its context yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.known import Body, GenericBody, Hit, Role
from dragoman.resolve.normalise import normalise
from dragoman.resolve.phrasewords import (
    ABBREVIATED_TITLES,
    BODY_NOUNS,
    DETERMINERS,
    PARTICLES,
    PREPOSITIONS,
    RELATIVES,
    SMALL_NAMES,
    STOPS,
)

_WORD = re.compile(r"[^\s,;:()\[\]“”\"]+|[,;:()\[\]]")
_OWNER = re.compile(r"(?:['’]s|(?<=s)['’])$")
_EDGES = "'‘’.-–—"


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as written, folded, whether it carries a possessive, and where it begins in the phrase."""

    text: str
    key: str
    owner: bool
    at: int = 0

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital (or a digit after one: "G20")."""
        return self.text[:1].isupper() or (
            self.text[:3] in ("al-", "el-", "ad-", "an-", "as-", "at-", "ar-", "ul-") and self.text[3:4].isupper()
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words that is one thing.

    Attributes:
        kind: "country", "body", "generic", "role", "name" (capitalised words that nothing explains), "word", "preposition",
            "and", "stop" (comma, bracket, relative pronoun), "determiner".
        owner: It carries a possessive ("Russia's").
        hits: Countries, bodies, persons of that name; `role`, `generic` what else it may be.
        at: Where it begins, in characters of the phrase.
    """

    kind: str
    text: str
    owner: bool = False
    hits: tuple[Hit, ...] = ()
    role: Role | None = None
    generic: GenericBody | None = None
    at: int = 0

    @property
    def persons(self) -> tuple[str, ...]:
        """Ids of the persons that the words name, a full name's before a surname's."""
        return tuple(dict.fromkeys(h.id for h in self.hits if h.kind == "person"))


@dataclass(frozen=True, slots=True)
class _Entry:
    hits: list[Hit] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    generic: list[GenericBody] = field(default_factory=list)


_HOUSES = frozenset(["college", "university", "school", "church", "hospital", "academy", "institute"])


class Phrases:
    """Cuts phrases; the index is built once, on first use."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._index: dict[str, _Entry] = {}
        self._longest: dict[str, int] = {}
        self._plain: frozenset[str] = frozenset()
        self._cuts: dict[tuple[str, date | None], tuple[Segment, ...]] = {}

    def _build(self) -> None:
        for key, hits in self.knowledge.keys():  # noqa: SIM118
            self._add(key).hits.extend(hits)
        for key, roles in self.knowledge.role_keys():
            self._add(key).roles.extend(roles)
        for body in self.knowledge.generic_bodies:
            self._add(normalise(body.phrase)).generic.append(body)
        words = {w for g in self.knowledge.generic_bodies for w in normalise(g.phrase).split()}
        self._plain = frozenset(
            words | {"national", "of", "the", "and", "for", "people", "state", "general", "federal", "house", "chamber"}
        )

    def _add(self, key: str) -> _Entry:
        entry = self._index.get(key)
        if entry is None:
            entry = self._index[key] = _Entry()
            words = key.split()
            if words:
                self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
        return entry

    def is_plain(self, text: str) -> bool:
        """Whether a body's name is made of words that every state's bodies are named with ("National Assembly")."""
        self._ready()
        key = normalise(text)
        entry = self._index.get(key)
        return bool(entry and entry.generic) or all(w in self._plain for w in key.split())

    def _ready(self) -> None:
        if not self._index:
            self._build()

    def cut(self, text: str, on: date | None) -> tuple[Segment, ...]:
        """The segments of a phrase, left to right, the longest known stretch first."""
        self._ready()
        known = self._cuts.get((text, on))
        if known is not None:
            return known
        words = split_words(text)
        segments: list[Segment] = []
        i = 0
        while i < len(words):
            length, segment = self._at(words, i, on)
            segments.append(segment if segment.at == words[i].at else replace(segment, at=words[i].at))
            i += length
        done = tuple(_join_names(segments))
        if len(self._cuts) > 5_000:
            self._cuts.clear()
        self._cuts[text, on] = done
        return done

    def _at(self, words: tuple[Word, ...], i: int, on: date | None) -> tuple[int, Segment]:
        word = words[i]
        if word.text in STOPS:
            return 1, Segment("stop", word.text)
        longest = self._longest.get(word.key.split(" ")[0] if word.key else "", 0)
        keys = _running_keys(words[i : i + longest])
        for length in range(len(keys), 0, -1):
            if keys[length - 1] not in self._index:
                continue
            if length == 1 and self._is_part_of_name(words, i):
                break
            after = words[i + length] if i + length < len(words) else None
            found = self._known(
                words[i : i + length],
                on,
                after_the=i > 0 and words[i - 1].text == "The",
                before_name=after is not None and after.capital and len(after.text) > 1,
            )
            if found is not None:
                return length, found
        return 1, _plain(word)

    def _is_part_of_name(self, words: tuple[Word, ...], i: int) -> bool:
        """A capitalised group noun right before a capitalised word: "West" of West Virginia is nobody."""
        if not (words[i].capital and not words[i].owner and i + 1 < len(words) and words[i + 1].capital):
            return False
        entry = self._index.get(words[i].key)
        if entry is None or not entry.roles or entry.generic or any(h.kind != "person" for h in entry.hits):
            return False
        return words[i].key in _HOUSES or all(r.kind == "group" for r in entry.roles)

    def _known(self, words: tuple[Word, ...], on: date | None, *, after_the: bool, before_name: bool) -> Segment | None:
        if len(words) > 1 and (
            not words[-1].key or words[-1].key in PREPOSITIONS or any(w.text in STOPS for w in words)
        ):
            return None
        key = " ".join(w.key for w in words if w.key)
        entry = self._index.get(key)
        if entry is None:
            return None
        text = " ".join(w.text for w in words)
        text = _OWNER.sub("", text)
        upper = text.upper() == text
        if len(words) == 1 and words[0].key in ABBREVIATED_TITLES and not before_name:
            return None
        if len(words) == 1 and (words[0].key in PREPOSITIONS or (words[0].key in DETERMINERS and not upper)):
            return None
        hits = [
            h
            for h in entry.hits
            if (upper or not h.exact)
            and (_is_small(words, h) or (_may_begin(words[0], h) and (words[-1].capital or _may_be_small(words, h))))
        ]
        if len(words) == 1 and not after_the:  # "The Hindu" is a newspaper, "Hindu" is not
            hits = [h for h in hits if not h.text.startswith("The ") or h.kind != "body"]
        if on is not None:
            current = [h for h in hits if h.period.covers(on)]
            if all(h.kind == "person" for h in current):  # "the Soviet Union" in 2017, "Montenegro" in 1999
                current = [*(h for h in hits if h.kind != "person"), *current]
            hits = current
        places = [h for h in hits if h.kind == "country"]
        bodies = [h for h in hits if h.kind == "body"]
        persons = [h for h in hits if h.kind == "person"]
        role = _general(entry.roles)
        generic = entry.generic[0] if entry.generic else None
        owner = words[-1].owner
        if places and not (bodies and generic is None and all(h.how == "metonym" for h in places)):
            return Segment("country", text, owner, (*places, *persons))
        if generic is not None:
            return Segment("generic", text, owner, tuple(bodies), role, generic)
        if bodies and not (role and len(bodies) > 3):
            return Segment("body", text, owner, (*bodies, *persons), role)
        if role is not None and not (persons and words[0].capital and len(words) > 1):
            return Segment("role", text, owner, tuple(persons), role)
        if persons:
            return Segment("name", text, owner, tuple(persons))
        return None

    def roles(self, text: str) -> tuple[Role, ...]:
        """The meanings of a role phrase."""
        self._ready()
        entry = self._index.get(normalise(text))
        return tuple(entry.roles) if entry else ()

    def body(self, key: str) -> Body:
        """A body by id."""
        return self.knowledge.bodies[key]


def _is_small(words: Sequence[Word], hit: Hit) -> bool:
    """Whether the name itself begins small: "al Qaeda", "oil cartel"; of one word alone too many things are called so."""
    if len(words) < 2 or hit.kind != "body":
        return False
    small = hit.text[:1].islower() and not hit.text.startswith("the ")
    return small or " ".join(w.key for w in words) in SMALL_NAMES


def _may_begin(first: Word, hit: Hit) -> bool:
    """Whether a name may begin with the word: with a capital, or as "us-led coalition", which was made small before."""
    return first.capital or (hit.kind == "body" and "-" in first.text and hit.text[:1].isupper())


def _may_be_small(words: Sequence[Word], hit: Hit) -> bool:
    """Whether the last word of a name may go without its capital: "the Labour party", "the European parliament"."""
    last = words[-1].key
    return last in PARTICLES or (len(words) > 1 and hit.kind == "body" and last in BODY_NOUNS)


def _running_keys(words: Sequence[Word]) -> list[str]:
    """The key of the first word, of the first two, and so on."""
    keys: list[str] = []
    key = ""
    for word in words:
        key = f"{key} {word.key}" if key and word.key else key or word.key
        keys.append(key)
    return keys


def _general(roles: list[Role]) -> Role | None:
    if not roles:
        return None
    return next((r for r in roles if r.country is None), roles[0])


def _plain(word: Word) -> Segment:
    at = word.at
    if word.key in PREPOSITIONS:
        return Segment("preposition", word.key, at=at)
    if word.key == "and" or word.text == "&":
        return Segment("and", word.text, at=at)
    if word.key in RELATIVES and not word.capital:
        return Segment("stop", word.key, at=at)
    if word.key in DETERMINERS or word.text.lower() == "the":
        return Segment("determiner", word.text.lower(), at=at)
    text = _OWNER.sub("", word.text) if word.owner else word.text
    if word.capital or (word.key in PARTICLES):
        return Segment("name", text, word.owner, at=at)
    return Segment("word", text, word.owner, at=at)


def _join_names(segments: list[Segment]) -> list[Segment]:
    """Neighbouring stretches of a name as one: "Chung" + "Byung-won"; a surname known alone loses its person."""
    joined: list[Segment] = []
    for segment in segments:
        last = joined[-1] if joined else None
        if segment.kind == "name" and last is not None and last.kind == "name" and not last.owner:
            joined[-1] = Segment(
                "name", f"{last.text} {segment.text}", segment.owner, _shared(last, segment), at=last.at
            )
        elif (
            segment.kind == "name"
            and last is not None
            and last.kind == "country"
            and not last.owner
            and len(joined) > 1
            and joined[-2].kind in ("role",)
            and last.hits[0].how in ("name", "short", "capital")
        ):
            joined[-1] = Segment("name", f"{last.text} {segment.text}", segment.owner, at=last.at)
        else:
            joined.append(segment)
    return [Segment("word", s.text, s.owner) if s.kind == "name" and s.text in PARTICLES else s for s in joined]


def _shared(one: Segment, two: Segment) -> tuple[Hit, ...]:
    """Persons that both parts name, and full names that one part is; a mere surname beside a strange name is nobody known."""
    first, second = set(one.persons), set(two.persons)
    both = first & second
    return tuple(
        h
        for h in (*one.hits, *two.hits)
        if h.id in both or (h.kind == "person" and h.how != "surname" and h.id in first ^ second)
    )


_ABBREVIATED = (
    "capt",
    "gov",
    "sgt",
    "brig",
    "maj",
    "prof",
    "sept",
    "mass",
    "calif",
    "okla",
    "minn",
    "tenn",
    "conn",
    "penn",
    "mich",
    "wash",
)


@lru_cache(maxsize=50_000)
def _fold(text: str) -> str:
    return normalise(text) if text.lower() != "the" else ""


def split_words(text: str) -> tuple[Word, ...]:
    """The words of a phrase; commas and brackets are words of their own; a leading "the" keeps no key."""
    found = []
    for match in _WORD.finditer(text):
        raw = match.group()
        if raw in STOPS:
            found.append(Word(raw, "", False, match.start()))
            continue
        word = raw.strip('“”"‘')
        if word.endswith(".") and len(word) > 4 and "." not in word[:-1] and not word.lower().startswith(_ABBREVIATED):
            word = word[:-1]  # the stop of a sentence
        owner = bool(_OWNER.search(word))
        if word.strip(_EDGES):
            found.append(Word(word, _fold(word), owner, match.start()))
    return tuple(found)
