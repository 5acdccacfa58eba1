"""What a phrase says by itself: country, body, office, person, crowd; nothing of its context yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.resolve.known import GenericBody, Hit, Role
from dragoman.resolve.phrase import Phrases, Segment
from dragoman.resolve.phrasewords import DETERMINERS, FORMER, POSSESSORS, SHARED_NAMES

_QUOTES = re.compile(r"^[\s\"“”'‘’.,–—-]+|[\s\"“”,–—-]+$")
# "Russia-backed" says whose friends they are, not who.
_HONORIFIC = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness)\.? (?!Chancellor|Mayor|Speaker|Justice|Advocate|Chief|Provost|President)(?=[^\W\d_a-z])"
)
"""Taken off a name: "Mr Çavuşoğlu" is looked up as "Çavuşoğlu"; "Lord Chancellor" is an office."""
_AMERICAS = re.compile(r"\b(?:Latin|South|Central|North|Meso|Pan|Anglo)[ -]Americans?\b")
"""Of several states, none of them the United States."""
_FORMER_WITH_HYPHEN = re.compile(r"\b(ex|then)-(?=\w)", re.I)
_LEANING = re.compile(r"\w[\w.]*-(?:backed|led|based|born|owned|controlled|run|held|aligned|funded|made|brokered|mediated|speaking|allied|occupied|supported|trained|sponsored|flagged|style|friendly|wide|era|educated|proposed|annexed)", re.I)  # fmt: skip
# Prepositions after which a country is the one spoken to or about, never the speaker's own.
_TOWARDS = frozenset(["to", "for", "on", "against", "with", "about"])
_WITHIN = frozenset(["in", "of", "from", "at", "near", "across"])
PLURAL_NOUNS = frozenset(
    [
        "police",
        "people",
        "troops",
        "forces",
        "authorities",
        "military",
        "men",
        "women",
        "children",
        "guards",
        "gunmen",
        "media",
    ]
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What the words say.

    Attributes:
        countries: Countries in the words by the knowledge's codes, the owner's first; `how` of the first.
        where: Place names after "in" or "of", for their country; `near` those right before the head ("Minneapolis police").
        toward: Countries spoken to ("ambassador to Russia").
        bodies: Bodies of the name, all meanings; `generic` a body every state has; `role` the office or group with its words.
        persons: Ids of persons of the name; `name` the proper name as written.
        head: The head noun, lower case; `modifiers` the lower-case words before it that nothing explains.
        definite, indefinite, plural, former: As the words show.
        possessor: "his", "its", "their", ... at the beginning, or None.
        bare: The words are a country's name, adjective or demonym and nothing else.
    """

    words: str
    countries: tuple[str, ...] = ()
    how: str | None = None
    where: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    toward: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    generic: GenericBody | None = None
    role: Role | None = None
    role_text: str | None = None
    persons: tuple[str, ...] = ()
    name: str | None = None
    head: str = ""
    modifiers: tuple[str, ...] = ()
    definite: bool = False
    indefinite: bool = False
    plural: bool = False
    former: bool = False
    possessor: str | None = None
    bare: bool = False

    @property
    def country(self) -> str | None:
        """The country that the words themselves name, the owner's."""
        return self.countries[0] if self.countries else None

    @property
    def is_name(self) -> bool:
        """Whether a proper name stands in the words (of a person, a body, a state)."""
        return bool(self.name or self.bodies or self.bare)


class Namer:
    """Reads phrases against the knowledge; its index is built on first use."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._seen: dict[tuple[str, date | None], Naming] = {}

    def read(self, words: str, on: date | None) -> Naming:
        """What a mention's words name on a day."""
        key = (words, on)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) > 20_000:
                self._seen.clear()
            found = self._seen[key] = self._read(words, on)
        return found

    def _read(self, words: str, on: date | None) -> Naming:
        text = _LEANING.sub(lambda m: m[0].lower(), _QUOTES.sub("", words))
        text = _HONORIFIC.sub("", _FORMER_WITH_HYPHEN.sub(r"\1 ", text))
        text = _AMERICAS.sub(lambda m: m[0].lower(), text)
        segments = list(self._phrases.cut(text, on))
        first = segments[0] if segments else Segment("word", text)
        lead = first.text.lower() if first.kind == "determiner" else ""
        possessor = lead if lead in POSSESSORS else None
        whole, segments = segments, _without_stops(segments)
        front, tails = _front_and_tails(segments)
        draft = _Draft(words, self._phrases)
        draft.read_front(front)
        draft.read_tails(tails)
        draft.read_apposed(_name_behind(whole))
        low = text.lower()
        return draft.naming(
            definite=low.startswith("the ")
            or lead in ("this", "that", "these", "those", "both")
            or possessor is not None,
            indefinite=lead
            in DETERMINERS - POSSESSORS - {"the", "this", "that", "these", "those", "both", "all", "no"},
            possessor=possessor,
        )


def _without_stops(segments: list[Segment]) -> list[Segment]:
    """Up to the first comma, bracket or relative pronoun that has something before it."""
    for i, segment in enumerate(segments):
        if segment.kind == "stop" and any(s.kind not in ("determiner", "stop") for s in segments[:i]):
            return segments[:i]
    return [s for s in segments if s.kind != "stop"]


def _name_behind(segments: Sequence[Segment]) -> Segment | None:
    """The full name that stands alone behind a comma: "the party's candidate, Amina Sahel"."""
    stop = next((i for i, s in enumerate(segments) if s.kind == "stop" and i), len(segments))
    rest = segments[stop + 1 :]
    if len(rest) != 1 or segments[stop].text != ",":
        return None
    return rest[0] if rest[0].kind == "name" and " " in rest[0].text else None


def _front_and_tails(segments: Sequence[Segment]) -> tuple[list[Segment], list[tuple[str, list[Segment]]]]:
    front: list[Segment] = []
    tails: list[tuple[str, list[Segment]]] = []
    for segment in segments:
        if segment.kind == "preposition" and front:
            tails.append((segment.text, []))
        elif tails:
            tails[-1][1].append(segment)
        else:
            front.append(segment)
    return front, tails


class _Draft:
    """A naming while it is being read."""

    def __init__(self, words: str, phrases: Phrases) -> None:
        self.words, self.phrases = words, phrases
        self.countries: list[tuple[str, Hit]] = []
        self.where: list[str] = []
        self.near: list[str] = []
        self.toward: list[str] = []
        self.bodies: list[str] = []
        self.generic: GenericBody | None = None
        self.role: Role | None = None
        self.role_text: str | None = None
        self.names: list[Segment] = []
        self.head = ""
        self.modifiers: list[str] = []
        self.former = False
        self.parts = 0
        self.last = ""

    def read_front(self, front: Sequence[Segment]) -> None:
        """The words before the first preposition: the head is the last of them, a name behind a role is whose role it is."""
        content = [s for s in front if s.kind not in ("determiner", "and")]
        self.parts = len(content)
        for i, segment in enumerate(content):
            final = i == len(content) - 1
            self.last = segment.kind
            if segment.kind == "country":
                self._country(segment, final)
            elif segment.kind == "body":
                self._body(segment)
            elif segment.kind == "generic":
                self._generic(segment, final)
            elif segment.kind == "role":
                self._role(segment)
            elif segment.kind == "name":
                self._name(segment, content, i)
            elif segment.text.lower().rstrip("-") in FORMER:
                self.former = True
            else:
                self.modifiers.append(segment.text.lower())
                if final:
                    self.head = segment.text.lower()

    def _country(self, segment: Segment, final: bool) -> None:
        hit = best_country(segment.hits)
        self.countries.append((hit.id, hit))
        if final:
            self.head = segment.text.lower()

    def _body(self, segment: Segment) -> None:
        ids = [h.id for h in segment.hits if h.kind == "body"]
        self.bodies = [*dict.fromkeys(ids)] if not self.bodies else self.bodies
        self.head = segment.text.lower().split()[-1]
        if segment.role is not None and not segment.text[:1].isupper():
            self._role(segment)

    def _generic(self, segment: Segment, final: bool) -> None:
        if (
            self.bodies
            and final
            and len({self.phrases.body(b).country for b in self.bodies}) == 1
            and self.phrases.body(self.bodies[0]).country not in _WIDE
        ):
            self.part_of = self.phrases.body(
                self.bodies[0]
            ).country  # "Capitol police": the head says what, the body whose
            self.bodies = []
        if self.generic is None or (final and self.role is None):
            self.generic = segment.generic
        self.bodies = self.bodies or [h.id for h in segment.hits if h.kind == "body"]
        self.head = segment.text.lower().split()[-1]

    def _role(self, segment: Segment) -> None:
        assert segment.role is not None
        text = segment.text
        if self.role is not None and self.role_text and self.last_was_role:
            joined = f"{self.role_text} {text}"
            known = self.phrases.roles(joined)
            self.role, self.role_text = (known[0] if known else segment.role), joined
        else:
            prefix = " ".join(self.modifiers[-1:]) if self.modifiers and self.modifiers[-1] in _DEPUTIES else ""
            self.role, self.role_text = segment.role, f"{prefix} {text}".strip()
        self.last_was_role = True
        self.head = text.lower().split()[-1]
        if not self.bodies and segment.role.kind != "group":
            self._owner_of_role(text)

    def _owner_of_role(self, text: str) -> None:
        """ "UN envoy", "White House aide", "Mossad chief" are phrases of their own, and still the body's that they begin with."""
        words = text.split()
        for length in range(len(words) - 1, 0, -1):
            front = " ".join(words[:length])
            common = length == 1 and not front.isupper() and (self.phrases.is_plain(front) or self.phrases.roles(front))
            if common or front.lower() in SHARED_NAMES or not all(w[:1].isupper() for w in words[:length]):
                continue
            hits = self.phrases.knowledge.lookup(front)
            bodies = [self.phrases.body(h.id) for h in hits if h.kind == "body"]
            if len({b.country for b in bodies}) == 1 and bodies[0].kind != "media":
                self.bodies = [b.id for b in bodies]
            if not self.countries and not self.bodies:
                self.countries += [(h.id, h) for h in hits if h.kind == "country"][:1]
            if self.bodies or self.countries:
                return

    last_was_role = False
    part_of: str | None = None

    def _name(self, segment: Segment, content: Sequence[Segment], i: int) -> None:
        if segment.text.lower() in FORMER:
            self.former = True
            return
        after = content[i + 1] if i + 1 < len(content) else None
        if after is not None and (
            segment.owner or (after.kind in ("role", "generic", "word", "body") and not self._is_person(segment))
        ):
            self.near.append(segment.text)
            return
        self.names.append(segment)
        if after is None:
            self.head = segment.text.split()[-1].lower()

    def _is_person(self, segment: Segment) -> bool:
        return any(h.kind == "person" and h.how != "surname" for h in segment.hits)

    def read_tails(self, tails: Sequence[tuple[str, list[Segment]]]) -> None:
        """What prepositions add: of whom, in which place, to whom."""
        headless = self.role is None and self.generic is None and not self.bodies and not self.names
        for preposition, segments in tails:
            for segment in segments:
                if segment.kind == "country":
                    hit = best_country(segment.hits)
                    if preposition in _TOWARDS:
                        self.toward.append(hit.id)
                    elif preposition in _WITHIN and not (self.toward and preposition == "in"):
                        self.countries.append((hit.id, hit))
                elif segment.kind in ("body", "generic") and preposition in ("of", "from", "in", "at"):
                    self._tail_body(segment, headless)
                elif segment.kind == "name" and self._is_whose(segment, segments):
                    self.names.append(segment)
                elif segment.kind == "name" and preposition in _WITHIN:
                    self.where.append(segment.text)

    def _is_whose(self, segment: Segment, tail: Sequence[Segment]) -> bool:
        """Whether a full name right behind the country of an office is its holder's: "Minister of the Republic of Korea Cho Tae-yul"."""
        before = [s for s in tail[: tail.index(segment)] if s.kind != "determiner"]
        known = bool(before) and before[-1].kind in ("country", "body", "generic") and not before[-1].owner
        return known and self.role is not None and not self.names and segment is tail[-1] and " " in segment.text

    def read_apposed(self, name: Segment | None) -> None:
        """A name behind the comma is that of the one whom the words before it describe by a role, naming nobody."""
        if name is not None and self.role is not None and not self.names:
            self.names.append(name)

    def _tail_body(self, segment: Segment, headless: bool) -> None:
        if not self.bodies:
            self.bodies = [h.id for h in segment.hits if h.kind == "body"]
        if self.generic is None and segment.generic is not None:
            self.generic = segment.generic

    def naming(self, *, definite: bool, indefinite: bool, possessor: str | None) -> Naming:
        """The finished naming."""
        name = " ".join(s.text for s in self.names) or None
        persons = tuple(dict.fromkeys(p for s in self.names for p in s.persons)) if len(self.names) == 1 else ()
        plural = bool(self.head) and (
            self.head in PLURAL_NOUNS or (self.head.endswith("s") and not self.head.endswith(("ss", "us", "is")))
        )
        bare = (
            bool(self.countries)
            and not (self.bodies or self.generic or self.role or self.names or self.near)
            and self.last == "country"
        )
        return Naming(
            words=self.words, countries=tuple(dict.fromkeys([*(code for code, _ in self.countries), *([self.part_of] if self.part_of else [])])),
            how=self.countries[0][1].how if self.countries else None, where=tuple(self.where), near=tuple(self.near),
            toward=tuple(self.toward), bodies=tuple(self.bodies), generic=self.generic, role=self.role, role_text=self.role_text,
            persons=persons, name=name, head=self.head, modifiers=tuple(self.modifiers), definite=definite, indefinite=indefinite,
            plural=plural, former=self.former, possessor=possessor, bare=bare,
        )  # fmt: skip


_WIDE = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
_DEPUTIES = frozenset(
    ["deputy", "vice", "assistant", "acting", "first", "senior", "chief", "interim", "special", "permanent"]
)
_ORDER = ("name", "short", "official", "abbreviation", "adjective", "demonym", "metonym", "seat", "capital")


def best_country(hits: Sequence[Hit]) -> Hit:
    """Of several countries of a name, the one that bears it as its own name, then adjective, then seat."""
    countries = [h for h in hits if h.kind == "country"]
    return min(countries, key=lambda h: (_ORDER.index(h.how) if h.how in _ORDER else 9, h.period.end is None, h.id))
