"""What a mention shows to the judge: small enough to hold a million of them."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from dragoman.merge.acts import acts_of
from dragoman.merge.lands import lands
from dragoman.records import EventMention, Party

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}|\d[\d,.]*")
# A pattern that begins with a letter, a digit or a space skips at once to the next one; so what stands before is looked at second.
_NAME = re.compile(r"[A-Z](?<=[\w,;:)’'”] .)[\w'’-]{2,}")
_AT = "|".join(rf"(?<=\b{word} )" for word in ("in", "at", "near", "off", "outside", "around", "by", "of"))
_WHERE = re.compile(rf" (?=[A-Z])(?:{_AT})((?:[A-Z][\w'’-]{{2,}} ?)+)")
_CALENDAR = frozenset(
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July",
     "August", "September", "October", "November", "December"]
)  # fmt: skip
_STOP = frozenset(
    ["the", "and", "for", "that", "with", "was", "were", "has", "have", "had", "his", "her", "its", "their", "from", "said", "says", "after", "before", "who", "which", "will", "would", "are", "not", "but", "this", "they", "been", "about", "into", "over", "than", "also", "more", "when", "where", "while", "during", "between", "against", "two", "new", "one", "on", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
     "told", "according", "officials", "official", "government", "minister", "ministry", "president", "spokesman", "spokeswoman", "statement", "country", "people", "state", "foreign",
     "week", "month", "year", "years", "day", "days", "morning", "night", "evening", "afternoon", "first", "last", "since", "because", "there", "some", "all", "off", "out", "her", "him", "them"]
)  # fmt: skip
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_NUMBER = re.compile(rf"\d(?<![\w.,:].)(?:\d{{0,2}}(?:,\d{{3}})+|\d*)(?![\w:]|[.,]\d| {_MONTH})")
_AFTER_MONTH = re.compile(rf"(?<!\w){_MONTH} \Z")
_ONES = {w: n for n, w in enumerate((
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen"), 1)}  # fmt: skip
_TENS = {w: 10 * n for n, w in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}  # fmt: skip
_TOKEN = re.compile(r"\w+")
_PARTS = re.compile(r"[-'’]")
_TIED = re.compile("[ſﬀ-ﬆ]")
"""Letters that become plain ones when case is folded, tied ones as in "ﬁfty"."""
_LETTERS = re.compile(r"\b[a-z]+(?:-[a-z]+)?\b")
_POINT = re.compile(r"[,;:–—]")
_JOINING = frozenset(["and", "but", "while", "after", "before", "as"])
LARGEST_FIGURE = 2**32
WEEK = 7
NO_STATE = frozenset(["NGO", "MNC", "IGO", "ISM", "IMG"])
"""Codes that stand for bodies of one kind, wherever they are at home: two of them, or one and a state, may be one party."""


class Features(NamedTuple):
    """One mention as the clues see it.

    Attributes:
        key: The mention's id; `report` its report's.
        actors, recipients: Identities: actor id where resolved, else country with sector, else the folded words.
        actor_countries, recipient_countries: Country codes; several parties give several.
        start, end: Event days as ordinals; None when undated. `published` likewise.
        word_bytes: Hashes of the sentence's content words, stems of five letters; each once, four bytes each (`packed`).
        name_bytes: Stems of the capitalised words that no resolved party owns: towns, persons, bodies, accords.
        town_bytes: Those of them that stand after "in", "near", "off" and the like.
        side_bytes: Stems of the words of all parties.
        trigger: Hash of the trigger's stem.
        place: (name, country, precision) or None.
        fine: Whether the words of the event itself date it to the day.
        named: Those of the countries that a party's own words give, not merely what stands around them ("police").
        acts: The groups of `data/same_act.txt` that the words for the act stand in.
        figures: Numbers of the sentence from 3 up, in figures or words, years and days of months left out.
        at: (latitude, longitude) of a place finer than a country.
        lands: Countries that the sentence names anywhere, its parties' and its place's among them.
        clause: How many commas and joining words of the sentence stand before the trigger.
        doers, bearers: Of actors and recipients, whether they are arms of the state; those of whom it is not known left out.
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
    word_bytes: bytes
    name_bytes: bytes
    town_bytes: bytes
    side_bytes: bytes
    trigger: int
    place: tuple[str, str | None, str] | None
    cameo: str | None
    mode: str | None
    contexts: tuple[str, ...]
    fine: bool
    source: str | None
    named: frozenset[str]
    acts: frozenset[int]
    figures: frozenset[int]
    at: tuple[float, float] | None
    lands: frozenset[str]
    clause: int
    doers: frozenset[bool]
    bearers: frozenset[bool]

    @property
    def words(self) -> frozenset[int]:
        """Stems of the sentence's content words."""
        return unpacked(self.word_bytes)

    @property
    def names(self) -> frozenset[int]:
        """Stems of the names that no resolved party owns."""
        return unpacked(self.name_bytes)

    @property
    def towns(self) -> frozenset[int]:
        """Stems of those after a preposition of place."""
        return unpacked(self.town_bytes)

    @property
    def party_words(self) -> frozenset[int]:
        """Stems of the parties' words."""
        return unpacked(self.side_bytes)

    @property
    def order(self) -> tuple[int, str, int, str]:
        """(publication day, report id, trigger start, key): says which of two was first, whatever their arrival."""
        return (
            date.max.toordinal() if self.published is None else self.published,
            self.report,
            self.trigger_at[0],
            self.key,
        )


def packed(hashes: Iterable[int]) -> bytes:
    """Whole numbers below 2**32, four bytes each, in order: a third of the memory that a tuple takes, and quick to send."""
    return array("I", sorted(hashes)).tobytes()


@lru_cache(maxsize=1 << 13)
def unpacked(data: bytes) -> frozenset[int]:
    """What `packed` packed; a mention is looked at by many clues in a row, and then again with the next one."""
    return frozenset(memoryview(data).cast("I"))


def identity(party: Party) -> str:
    """Who a party is, as far as is known."""
    if party.actor_id:
        return party.actor_id
    if party.country:
        return f"{party.country}/{'+'.join(party.sectors[:1]) or party.kind}"
    return party.text.casefold()


def _sorts(parties: Sequence[Party]) -> frozenset[bool]:
    return frozenset(STATE.issuperset(p.sectors) for p in parties if p.sectors or p.kind == "state")


STATE = frozenset(["GOV", "MIL", "COP", "JUD", "LEG", "SPY"])
"""Sectors that are arms of the state."""


def is_named(party: Party, sentence_start: int) -> bool:
    """Whether the party's own words say whose it is: a state, a person, or a capitalised word that does not merely open the sentence."""
    if party.actor_id and party.actor_id.startswith(("state:", "per:")):
        return True
    opens = party.span is not None and party.span[0] == sentence_start
    return _capitalised(party.text, opens)


@lru_cache(maxsize=1 << 16)
def _capitalised(text: str, opens: bool) -> bool:
    words = [w for w in text.split() if w not in ("The", "A", "An")]
    return any(w[:1].isupper() for w in words[opens:])


def figures(sentence: str, *, spelled: bool = True) -> frozenset[int]:
    """Numbers from 3 up, in figures or words; "July 4", "2024" and "the 17th" are dates and left out.

    Args:
        spelled: Whether a number may be in words; where it is known that none is, they are not looked for.
    """
    found = set(_in_digits(sentence))
    if spelled or _TIED.search(sentence):
        found.update(_spelled(sentence))
    return frozenset(found)


def _in_digits(sentence: str) -> Iterator[int]:
    for match in _NUMBER.finditer(sentence):
        value = int(match[0].replace(",", "")[:12])
        dated = _AFTER_MONTH.search(sentence[max(0, match.start() - 11) : match.start()])
        if not dated and 3 <= value < LARGEST_FIGURE and not 1900 <= value <= 2100:
            yield value


def _spelled(sentence: str) -> Iterator[int]:
    for word in _LETTERS.findall(sentence.casefold()):
        tens, _, ones = word.partition("-")
        if (tens in _TENS and (not ones or ones in _ONES)) or word in _ONES:
            value = _TENS.get(tens, 0) + _ONES.get(ones or tens, 0)
            if value >= 3:
                yield value


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> int:
    """A 32-bit hash of the first five letters: "accused" and "accusation" agree, and so do "talks" and "talked"."""
    return zlib.crc32(word.casefold()[:5].encode())


@lru_cache(maxsize=1 << 17)
def _content(word: str) -> int:
    """The stem of a content word; 0 for the words that every report uses."""
    return 0 if word.casefold() in _STOP else stem(word)


@lru_cache(maxsize=1 << 17)
def _counts(word: str) -> bool:
    """Whether a part of the word is a number: "five-to-four", "Five's"."""
    return any(part in _ONES or part in _TENS for part in _PARTS.split(word.casefold()))


@lru_cache(maxsize=1 << 16)
def _stems(words: str) -> tuple[frozenset[int], frozenset[int]]:
    """(stems of the content words, stems of all words)."""
    found = _WORD.findall(words)
    return frozenset(stem(w) for w in found if w.casefold() not in _STOP), frozenset(map(stem, found))


_OWN = frozenset(["key", "word_bytes", "name_bytes", "town_bytes", "side_bytes"])
"""Fields whose values hardly two mentions share."""


class Shelf:
    """Where equal values of a field are kept once: a million mentions then fit into memory."""

    def __init__(self) -> None:
        self._kept: list[dict[Any, Any] | None] = [None if f in _OWN else {} for f in Features._fields]

    def placed(self, shown: Features) -> Features:
        """The same features, of values that are shared."""
        return Features._make(
            value if kept is None else kept.setdefault(value, value)
            for value, kept in zip(shown, self._kept, strict=True)
        )


def features(mention: EventMention) -> Features:
    """The features of a mention."""
    parties = (*mention.actors, *mention.recipients)
    stems = [_stems(f"{p.text} {p.name}") for p in parties]
    owned = {s for content, _ in stems for s in content}
    resolved = {s for p, (_, all_) in zip(parties, stems, strict=True) if p.country for s in all_}
    told = _WORD.findall(mention.sentence)
    words = set(map(_content, told)) - owned - {0}
    names = {stem(w) for w in _NAME.findall(mention.sentence) if w not in _CALENDAR} - resolved
    towns = {stem(w) for where in _WHERE.findall(mention.sentence) for w in where.split()} & names if names else set()
    place = mention.place
    if place and place.precision == "country":  # "in Afghanistan" is no other place than a town there
        towns -= {stem(w) for w in place.name.split()}
    named = frozenset(
        p.country for p in parties if p.country and p.country not in NO_STATE and is_named(p, mention.sentence_start)
    )
    countries = {p.country for p in parties if p.country} | ({place.country} if place and place.country else set())
    start, end = _days(mention)
    before = mention.sentence[: max(0, mention.trigger[0] - mention.sentence_start)]
    return Features(
        key=mention.mention_id, report=mention.report_id, base_type=mention.base_type, quad=mention.quad_class, status=mention.status,
        actors=frozenset(map(identity, mention.actors)), recipients=frozenset(map(identity, mention.recipients)),
        actor_countries=frozenset(p.country for p in mention.actors if p.country),
        recipient_countries=frozenset(p.country for p in mention.recipients if p.country),
        start=start, end=end,
        published=mention.published.toordinal() if mention.published else None,
        sentence=(mention.sentence_start, mention.sentence_end), trigger_at=mention.trigger,
        word_bytes=packed(words), name_bytes=packed(names), town_bytes=packed(towns), side_bytes=packed(owned), trigger=stem(mention.trigger_text), cameo=mention.cameo,
        place=(place.name, place.country, place.precision) if place else None, mode=mention.mode, contexts=mention.contexts,
        fine=mention.date_precision == "day" and mention.date_found == "argument", source=mention.source,
        named=named, acts=acts_of(mention.trigger_text), figures=figures(mention.sentence, spelled=any(map(_counts, told))),
        at=(place.lat, place.lon) if place and place.lat is not None and place.lon is not None and place.precision != "country" else None,
        lands=lands(mention.sentence) | countries, clause=_breaks(before),
        doers=_sorts(mention.actors), bearers=_sorts(mention.recipients),
    )  # fmt: skip


def _breaks(words: str) -> int:
    return len(_POINT.findall(words)) + sum(w in _JOINING for w in _TOKEN.findall(words))


def _days(mention: EventMention) -> tuple[int | None, int | None]:
    """The event's days as ordinals. What is told as done was not done after it was told: a weekday that was taken for the
    next one is the last."""
    start = mention.date_start.toordinal() if mention.date_start else None
    end = mention.date_end.toordinal() if mention.date_end else None
    if start is None or start != end or mention.published is None or mention.status != "actual":
        return start, end
    late = start - mention.published.toordinal()
    return (start - WEEK, start - WEEK) if 0 < late < WEEK else (start, end)
