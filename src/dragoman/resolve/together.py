"""Mentions that name several: "Armenia and Azerbaijan", "the leaders of France, Germany and Poland", "Indian and Chinese troops"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.resolve.knowledge import Knowledge
from dragoman.resolve.naming import Namer, Naming
from dragoman.resolve.words import singular

_JOINT = re.compile(r",? and |, ")
_SHARED_BEFORE = re.compile(r"(?P<who>.+?) (?P<of>of|from) (?P<list>.+ and .+)")
_AS_OWNER = frozenset({"adjective", "demonym", "abbreviation"})


@dataclass(frozen=True, slots=True)
class Part:
    """One of those named: the words to read for it, and where its own words stand in the mention."""

    words: str
    start: int
    end: int


def parts_of(words: str, namer: Namer, knowledge: Knowledge, on: date | None) -> tuple[Part, ...]:
    """Those that a mention names, two or more; () when it names one.

    What several share stands once in the text and is read with each of them: "the leaders of France", "the leaders of Germany".
    """
    if " and " not in words or knowledge.lookup(words):
        return ()
    return (
        _halves(words, namer, on)
        or _alone(words, namer, on)
        or _sharing_before(words, namer, knowledge, on)
        or _sharing_after(words, namer, knowledge, on)
    )


def _pieces(words: str, at: int = 0) -> list[Part]:
    """The stretches between commas and "and"."""
    found: list[Part] = []
    start = 0
    for joint in [*_JOINT.finditer(words), None]:
        end = joint.start() if joint else len(words)
        if words[start:end].strip():
            found.append(Part(words[start:end].strip(), at + start, at + end))
        start = joint.end() if joint else end
    return found


def _halves(words: str, namer: Namer, on: date | None) -> tuple[Part, ...]:
    """ "North and South Korea", "East and West Germany": a country's name shared by its halves."""
    pieces = _pieces(words)
    shared = pieces[-1].words.partition(" ")[2]
    namings = [namer.read(f"{p.words} {shared}", on) for p in pieces[:-1]]
    if not shared or not all(_is_state(n) for n in [*namings, namer.read(pieces[-1].words, on)]):
        return ()
    return (*(replace(p, words=n.words) for p, n in zip(pieces, namings, strict=False)), pieces[-1])


def _alone(words: str, namer: Namer, on: date | None) -> tuple[Part, ...]:
    """Names that stand side by side, each by itself."""
    pieces = _pieces(words)
    namings = [namer.read(p.words, on) for p in pieces]
    whole = namer.read(words, on)
    if len(whole.bodies) == 1 and not all(n.bare or n.bodies for n in namings):
        return ()
    alone = all(
        (n.bare and n.how not in ("adjective", "demonym")) or (n.bodies and not n.generic) or n.persons for n in namings
    )
    return tuple(pieces) if alone and len(pieces) > 1 else ()


def _sharing_before(words: str, namer: Namer, knowledge: Knowledge, on: date | None) -> tuple[Part, ...]:
    """ "The leaders of France, Germany and Poland": who, and of which countries."""
    match = _SHARED_BEFORE.fullmatch(words)
    if match is None or knowledge.lookup(match["list"]) or not _common(namer.read(match["who"], on)):
        return ()
    pieces = _pieces(match["list"], match.start("list"))
    if len(pieces) < 2 or not all(_is_state(namer.read(p.words, on)) for p in pieces):
        return ()
    who = _each(match["who"], knowledge)
    first, *others = (Part(f"{who} {match['of']} {p.words}", p.start, p.end) for p in pieces)
    return Part(first.words, 0, first.end), *others


def _sharing_after(words: str, namer: Namer, knowledge: Knowledge, on: date | None) -> tuple[Part, ...]:
    """ "The French, German and Polish ambassadors": of which countries, and who."""
    pieces = _pieces(words)
    last = namer.read(pieces[-1].words, on)
    noun = _noun(pieces[-1].words, namer, on)
    if len(pieces) < 2 or not noun or last.bare or last.name or not (_common(last) and last.country):
        return ()
    joined = words[: len(words) - len(noun)].strip().removeprefix("the ").removeprefix("The ")
    if knowledge.lookup(joined) or not all(_owns(namer.read(p.words, on)) for p in pieces[:-1]):
        return ()
    each = _each(noun, knowledge)
    ends = replace(pieces[-1], words=pieces[-1].words.removesuffix(noun) + each)
    return (*(Part(f"{p.words} {each}", p.start, p.end) for p in pieces[:-1]), ends)


def _each(words: str, knowledge: Knowledge) -> str:
    """ "Presidents" of several countries are the president of each, where a country has but one."""
    *before, last = words.split(" ")
    if last.lower() == "leaders":  # who leads is a president here, a prime minister there, or several
        return words
    one = " ".join([*before, singular(last.lower())])
    role = knowledge.role_for(one.lower().removeprefix("the "), None)
    office = knowledge.offices.get(role.office or "") if role is not None else None
    return one if office is not None and office.single else words


def _common(naming: Naming) -> bool:
    """Whether the words say what somebody is, not who."""
    return (
        not naming.name
        and not naming.persons
        and (naming.role is not None or naming.generic is not None or naming.plural)
    )


def _is_state(naming: Naming) -> bool:
    return naming.bare and naming.how not in ("adjective", "demonym")


def _owns(naming: Naming) -> bool:
    return naming.bare and naming.how in _AS_OWNER


def _noun(words: str, namer: Namer, on: date | None) -> str:
    """What is left of "Polish ambassadors" behind the country: "ambassadors"."""
    split: Sequence[str] = words.split(" ")
    for n in range(len(split) - 1, 0, -1):
        if _owns(namer.read(" ".join(split[:n]), on)):
            return " ".join(split[n:])
    return ""
