"""Text to sentences and sentences to words, never losing a character offset.

Words follow the conventions of Universal Dependencies for English (*do n't*, *Korea 's*, *Asia - Pacific*), with one
departure: a hyphenated name such as *Byung-won* stays one word.
"""

# ruff: noqa: SIM905  (word lists read better as lines of words)
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """One sentence of a text.

    Attributes:
        start, end: Characters in the text, end-exclusive, without surrounding blanks.
        paragraph: Counts from 0.
        words: Character spans of its words in the text, in order; they never overlap.
    """

    start: int
    end: int
    paragraph: int
    words: tuple[Span, ...]


def cut(text: str) -> Iterator[Cut]:
    """Cut a text into sentences; a sentence without any word is left out (it is all blanks)."""
    for number, (start, end) in enumerate(paragraphs(text)):
        begin = dateline_end(text, start, end)
        if begin > start:
            yield Cut(start, len(text[start:begin].rstrip()) + start, number, tuple(word_spans(text, start, begin)))
        for first, last in sentence_spans(text, begin, end):
            spans = tuple(word_spans(text, first, last))
            if spans:
                yield Cut(first, last, number, spans)


_DATELINE = re.compile(r"[^\n]{3,90}?(?:\)|\s)\s?(?:--|[-–—])\s+(?=[\"“'‘]?[^\W\d_])")
_IN_CAPITALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]{2}\s)?[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]{2,}")
_WITH_COLON = re.compile(
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .’'-]{2,30},\s(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
    r"(?:\s\d{1,2})?(?:,?\s\d{4})?\s?(?:\([^()\n]{2,40}\)\s?)?:\s+(?=[\"“'‘]?[^\W\d_])"
)
_AGENCY = re.compile(r"\([^()\n]{2,50}\)\s*(?:--|[-–—])\s*$")


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the story begins after a dateline ("SEOUL, Feb. 2 (Agency) -- "); `start` when there is none.

    A dateline is a sentence of its own: its place and agency take no part in what the first sentence tells.
    """
    dated = _WITH_COLON.match(text, start, end)  # "ISLAMABAD, Feb 28: "
    if dated:
        return dated.end()
    match = _DATELINE.match(text, start, end)
    if not match or len(match.group().split()) > 12:
        return start
    place = _IN_CAPITALS.match(match.group())
    story = text[match.end() : match.end() + 40]
    named = _AGENCY.search(match.group()) is not None
    opens = story.lstrip("\"“'‘")[:1].isupper()
    return match.end() if (place or named) and opens and story.upper() != story else start


# --- paragraphs ---------------------------------------------------------------------------------------------------------

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_SHORT_LINE = 45  # characters; a shorter line before a capital is a heading or a list item, not a wrapped line


def paragraphs(text: str) -> Iterator[Span]:
    """Blocks between blank lines; a single line break splits too where the line before it is plainly complete."""
    start = 0
    for block_end, next_start in [*(m.span() for m in _BLANK_LINE.finditer(text)), (len(text),) * 2]:
        yield from _lines(text, start, block_end)
        start = next_start


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    position = text.find("\n", start, end)
    while position != -1:
        line = text[text.rfind("\n", begin, position) + 1 if "\n" in text[begin:position] else begin : position].strip()
        following = text[position + 1 : end].lstrip()[:1]
        if _complete(line, following):
            yield from _stripped(text, begin, position)
            begin = position + 1
        position = text.find("\n", position + 1, end)
    yield from _stripped(text, begin, end)


def _complete(line: str, following: str) -> bool:
    if not line or _LINE_END.search(line):
        return True
    return len(line) < _SHORT_LINE and not line.endswith((",", "-", ";")) and not following.islower()


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


# --- sentences ----------------------------------------------------------------------------------------------------------

_STOP = re.compile(r"(?:[.!?]+|…)[\"'”’»)\]]*(?=\s)|[。！？]")
_LAST_WORD = re.compile(r"[^\W\d_](?:[\w.’'-]*\w)?$")
_OPENING = "\"'“‘«([—–-•*"

# Words whose full stop does not end a sentence when something follows: titles, months, and the like.
_TITLES = frozenset(
    (
        "mr mrs ms mx dr prof rev hon sr sra gen maj col lt sgt cpl pvt capt cmdr adm brig pres sen rep gov amb "
        "sec supt insp det fr st ste mt ft messrs mme mlle no nos art vs v fig vol pp jan feb mar apr jun jul aug "
        "sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun al approx ca cf eg ie viz min dep asst "
        "vice atty"
    ).split()
)
# Those that may end a sentence: they do when a word follows that usually starts one.
_MAYBE = frozenset(("inc ltd co corp bros jr sr plc etc dept est ave blvd rd univ assn bldg").split())
_STARTERS = frozenset(
    (
        "The A An In On At By For From To With Of As But And Or So Yet If When While After Before Since Although "
        "Though Because He She It They We You I His Her Its Their Our My Your This That These Those There Here "
        "What Who Why How Where Which Both Some Many Most Several All Such No Not Now Then However Meanwhile "
        "Earlier Later Also Still Under Between During Despite Last Next Officials Police Authorities According"
    ).split()
)
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*([^\W_]+)?")


def sentence_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the sentences of one paragraph; together they hold all that is not blank."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, begin, stop, end):
            yield from _stripped(text, begin, stop.end())
            begin = stop.end()
    yield from _stripped(text, begin, end)


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT_WORD.match(text, stop.end(), end)
    word = (following.group(1) or "") if following else ""
    first = text[stop.end() : end].lstrip()[:1]
    if not first:
        return True
    if first.islower() or first in ",;:)":
        return False
    if stop.group()[0] != "." or stop.group().startswith(".."):
        return True
    return not _abbreviates(text, begin, stop.start(), word, quoted=len(stop.group()) > 1)


def _abbreviates(text: str, begin: int, dot: int, following: str, *, quoted: bool) -> bool:
    """Is the full stop at `dot` part of the word before it, with the sentence going on?"""
    found = _LAST_WORD.search(text, max(begin, dot - 40), dot)
    if found is None or quoted:
        return False
    word = found.group()
    if len(word) == 1:  # an initial: "J. Smith"; "I." and "X." alone end a sentence before a starter
        return word.isupper() and following not in _STARTERS
    if "." in word:  # U.S., a.m., Ph.D
        return following not in _STARTERS
    lowered = word.lower()
    if lowered in _MAYBE:
        return following not in _STARTERS
    if lowered in _TITLES:
        return word != "no" and not (lowered in {"mar", "sun", "sat", "fig", "art", "al"} and following in _STARTERS)
    return False


# --- words --------------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)[^\s<>"“”]+[^\s<>"“”.,;:!?)\]'’])
  | (?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+ | [@\#]\w+)
  | (?P<initials>(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w]))?)                 # U.S., a.m., Ph.D is a word
  | (?P<number>\d+(?:[.,:/]\d+)+(?!\w) | \d{1,4}(?:-\d{1,2}){2}(?!\w) | \d+(?:st|nd|rd|th)\b)
  | (?P<dots>\.{2,}|…)
  | (?P<word>[^\W_]+(?:[’'`_.&/]?[^\W_]+|-[^\W_]+)*\.?[’']?)
  | (?P<dash>-{2,})
  | (?P<other>\S)
    """,
    re.VERBOSE,
)


def word_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the words between two characters of a text."""
    for found in _TOKEN.finditer(text, start, end):
        position = found.start()
        if found.lastgroup != "word":
            yield found.span()
            continue
        for length in _pieces(found.group(), found.end() >= end):
            yield position, position + length
            position += length


_ABBREVIATION = frozenset({*_TITLES, *_MAYBE} - {"no", "min", "mar", "sun", "sat", "art", "al", "v"}) | {"no"}
_CONTRACTION = re.compile(r"(?i)^(.+?)(n[’']t|[’'](?:s|re|ve|ll|d|m))$")
_FUSED = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3}
_UNIT = re.compile(r"^(\d+(?:[.,]\d+)*)([^\W\d_]+)$")
_DIGIT_UNITS = frozenset(("am pm km kg m cm mm km2 mph kph bn mn tn k ft lb lbs gb mb tb kw mw gw mwh kwh c f").split())


@lru_cache(maxsize=65536)
def _pieces(word: str, last: bool) -> tuple[int, ...]:
    """Lengths of the words in one unbroken run of letters, digits, hyphens and apostrophes."""
    tail: list[int] = []
    if word[-1] in "’'":
        word, tail = word[:-1], [1]
    if word.endswith("."):
        bare = word[:-1].lower()
        initial = len(bare) == 1 and word[0].isupper() and not last
        if not ((bare in _ABBREVIATION and not (last and bare not in _MAYBE)) or initial):
            word, tail = word[:-1], [1, *tail]
    if "." in word[:-1] and not any(c.isdigit() for c in word):
        parts = _split_stop(word)
        if len(parts) > 1:
            return (*(n for part in parts for n in _pieces(part, False)), *tail)
    contraction = _CONTRACTION.match(word)
    if contraction:
        return (*_hyphens(contraction.group(1)), len(contraction.group(2)), *tail)
    if word.lower() in _FUSED:
        cut_at = _FUSED[word.lower()]
        return (cut_at, len(word) - cut_at, *tail)
    unit = _UNIT.match(word)
    if unit and unit.group(2).lower() in _DIGIT_UNITS:
        return (len(unit.group(1)), len(unit.group(2)), *tail)
    return (*_slashes(word), *tail)


def _split_stop(word: str) -> list[str]:
    """Cut "Friday.The" (a blank was lost) into Friday . The; leave "bbc.co.uk" and "v.2" whole."""
    at = re.search(r"(?<=[a-z]{2})\.(?=[A-Z][a-z])", word)
    return [word] if at is None else [word[: at.start()], ".", word[at.end() :]]


def _slashes(word: str) -> tuple[int, ...]:
    parts = word.split("/")
    if len(parts) == 1 or any(c.isdigit() for c in word):
        return _hyphens(word)
    lengths: list[int] = []
    for i, part in enumerate(parts):
        lengths += ([1] if i else []) + list(_hyphens(part))
    return tuple(lengths)


# What UD keeps in one word before a hyphen.
_PREFIXES = frozenset(
    (
        "e re co pre post anti pro non ex mid un sub semi multi neo ultra inter intra bi tri counter quasi pseudo "
        "super trans de mis pan proto micro macro mini mega meta para vice over under out extra infra socio geo "
        "un"
    ).split()
)
# English words that follow a name and a hyphen: "Iran-backed", "Saudi-led", "Moscow-friendly".
_SECOND = frozenset(
    (
        "led run held based born made bound built wide level style type era class friendly hosted linked tied "
        "ally allied owned free run loyal speaking language trained installed majority dominated rule ruled run "
        "side area region border bank day year month week hour minute old term time on in to off up out at for "
        "and the of by or a an range scale strong size affiliated aligned armed born bred educated appointed "
        "designate elect general turned like only related specific wing backer proxy brand fire line flag rate "
        "tax mark base leaning member nation state party man woman child power plant brokered sponsored mediated "
        "drafted proposed supplied"
    ).split()
)


def splits_at_hyphens(word: str) -> bool:
    """Does UD's convention (with ours for names) cut this word at its hyphens?

    >>> [w for w in ("Byung-won", "Iran-backed", "US-led", "co-operate", "F-16", "Asia-Pacific") if splits_at_hyphens(w)]
    ['Iran-backed', 'US-led', 'Asia-Pacific']
    """
    first, _, rest = word.partition("-")
    if not rest or (any(c.isdigit() for c in word) and not word.replace("-", "").isdigit() and first.isupper()):
        return False
    if first.lower() in _PREFIXES and not rest[:1].isupper():
        return False
    if first.lower() in {"anti", "pro", "non", "pre", "post", "mid", "ex", "neo", "un", "trans", "pan"}:
        return False
    name_like = first[:1].isupper() and any(c.islower() for c in first) and rest.replace("-", "").islower()
    if name_like:
        second = rest.rpartition("-")[2]
        return second in _SECOND or (len(second) > 4 and second.endswith(("ed", "ing", "ish", "ern")))
    return True


def _hyphens(word: str) -> tuple[int, ...]:
    if "-" not in word or not splits_at_hyphens(word):
        return (len(word),)
    lengths: list[int] = []
    for i, part in enumerate(word.split("-")):
        lengths += ([1] if i else []) + ([len(part)] if part else [])
    return tuple(lengths)


def respell(tokens: list[str] | tuple[str, ...]) -> tuple[list[str], list[Span]]:
    """Cut the tokens of another convention at their hyphens as ours does.

    Returns the new words, and for each old token the range of new words it became.
    """
    words: list[str] = []
    ranges: list[Span] = []
    for token in tokens:
        first, position = len(words), 0
        simple = token.replace("-", "").isalnum() and token[:1].isalnum() and token[-1:].isalnum()
        for length in _hyphens(token) if simple else (len(token),):
            words.append(token[position : position + length])
            position += length
        ranges.append((first, len(words)))
    return words, ranges
