"""Names of persons: spellings folded together, and the clues that say whether two names are one person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from dragoman.resolve.normalise import normalise

# Letters that differ between transliterations of one name, folded in this order. Each pair was taken from names that
# news English spells in both ways (Gaddafi/Qadhafi, Yanukovych/Yanukovich, Lukashenka/Aliaksandr, Zhomart/Jomart).
_FOLDS: tuple[tuple[str, str], ...] = (
    (r"(?:iy|i|y)ev(?=a?$)", "iev"),
    (r"^al|^el(?=[bcdfghjklmnpqrstvwxz]{2})", ""),
    (r"dh|dd|dt", "d"),
    (r"kh|gh|ck|q|g(?=h)", "k"),
    (r"zh|dj|dzh|j", "j"),
    (r"sch|sh|ch|tch|cz|tz|ts", "s"),
    (r"th", "t"),
    (r"ph", "f"),
    (r"iy|ij|yi|yy|ii|ey|ei|ay|ai|ie|ye|ia|ya|yo|io|iu|yu", "i"),
    (r"y", "i"),
    (r"ou|oo|u", "o"),
    (r"ow|ov|off|ev|ew", "ov"),
    (r"w", "v"),
    (r"x", "ks"),
    (r"e", "i"),
    (r"(?<=.)h", ""),
    (r"(.)\1+", r"\1"),
    (r"(?<=.)[ia]+$", ""),
)
_COMPILED = tuple((re.compile(pattern), to) for pattern, to in _FOLDS)
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "abu",
        "abd",
        "de",
        "del",
        "della",
        "da",
        "dos",
        "das",
        "do",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "y",
        "e",
        "bint",
        "ould",
    ]
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "haji",
        "sayyid",
        "president",
        "general",
        "gen",
        "col",
        "colonel",
    ]
)

NICKNAMES: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "william bill will billy", "joseph joe", "robert bob rob", "james jim jimmy", "richard dick rick", "edward ed ted eddie",
        "michael mike mick", "anthony tony antony", "thomas tom", "daniel dan danny", "david dave", "benjamin ben bibi binyamin",
        "alexander alex sasha aleksandr aliaksandr alyaksandr oleksandr aleksander alexandr", "radoslaw radek", "vladimir volodymyr uladzimir",
        "mikheil mikhail mykhailo michail", "nicholas nick nikolai nicolas mykola", "stephen steve steven", "matthew matt", "samuel sam", "ronald ron",
        "donald don", "theodore ted teddy", "jacob jack yaakov", "john jack johnny", "elizabeth liz", "margaret maggie", "susan sue",
        "katherine kate catherine kathy", "joko jokowi", "yulia yuliya iuliia julia", "sergei sergey serhii sergiy siarhei", "andrei andrey andriy andrii",
        "dmitry dmitri dmitriy dmytro", "evgeny yevgeny yevgeniy evgeni yevhen", "pavel pavlo", "petro pyotr petr", "grigory hryhorii", "mohammed mohamed muhammad mohammad mahomed mehmet mahamat",
        "ahmed ahmad ahmet", "mahmoud mahmud", "hussein hossein husain hussain husein", "hassan hasan", "yusuf yousef youssef yousuf", "ibrahim ebrahim", "omar umar omer",
        "abdullah abdallah abdulla", "rahman rehman", "osama usama", "moammar muammar", "yasser yasir", "shehbaz shahbaz", "reza riza",
    )
)  # fmt: skip
_NICKNAME = {name: number for number, group in enumerate(NICKNAMES) for name in group}


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A word's key under transliteration: "gaddafi" and "qadhafi" share one."""
    text = word
    for pattern, to in _COMPILED:
        text = pattern.sub(to, text)
    return text or word


@lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[str, ...]:
    """The folded words of a name, titles and suffixes left out; "Abdel-Fattah" is two."""
    words = [w for w in normalise(name.replace("-", " ")).split() if w not in _TITLES]
    return tuple(w for w in words if w not in _SUFFIXES)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """One key for the usual spellings and orders of a full name: sounds of its words, sorted and joined."""
    return "".join(sorted(sound(w) for w in parts(name) if w not in _PARTICLES))


def suffix(name: str) -> str | None:
    """ "jr" and the like, which tell a son from his father."""
    return next((w for w in normalise(name).split() if w in _SUFFIXES), None)


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a report names him or her: name, office in words, country; None where the words do not say."""

    name: str
    office: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether two namings are one person, and why, in words; `score` in log-odds."""

    same: bool
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clue:
    """A named reason for or against; `holds` looks at two namings, `weight` is log-odds when it does."""

    name: str
    weight: float
    holds: Callable[[Named, Named], bool]


def same_person(a: Named, b: Named) -> Finding:
    """Weigh the clues; the same when they add up to more than even odds."""
    held = [clue for clue in CLUES if clue.holds(a, b)]
    score = sum(clue.weight for clue in held)
    return Finding(score > 0, score, tuple(f"{clue.name} ({clue.weight:+g})" for clue in held))


def _alike(one: str, two: str) -> bool:
    """Two words of names that may spell one."""
    if one == two or sound(one) == sound(two) or (one in _NICKNAME and _NICKNAME.get(one) == _NICKNAME.get(two)):
        return True
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    if min(len(one), len(two)) >= 5 and skeleton(one) == skeleton(two) and len(skeleton(one)) >= 3:
        return not _feminine(one, two)
    return min(len(one), len(two)) >= 6 and _close(one, two)


def _close(one: str, two: str) -> bool:
    """A letter or two apart in a long word, or so once transliterated; "Karimov" and "Karimova" are two."""
    if _feminine(one, two):
        return False
    return JaroWinkler.similarity(one, two) >= 0.94 or JaroWinkler.similarity(sound(one), sound(two)) >= 0.95


def _feminine(one: str, two: str) -> bool:
    return {one, two} == {min(one, two, key=len), min(one, two, key=len) + "a"}


def skeleton(word: str) -> str:
    """The consonants of a word's sound: what is left when the vowels of a transliteration are in doubt."""
    return re.sub(r"[aeiou]", "", sound(word).replace("g", "k"))


def _core(name: str) -> list[str]:
    return [w for w in parts(name) if w not in _PARTICLES] or list(parts(name))


def _solid(name: str) -> str:
    return "".join(_core(name))


def _all_alike(a: Named, b: Named) -> bool:
    """Every word of the one has its like in the other, in any order."""
    one, two = _core(a.name), _core(b.name)
    if len(one) != len(two):
        return False
    left = list(two)
    for word in one:
        found = next((w for w in left if _alike(word, w)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _joined(a: Named, b: Named) -> bool:
    """The same letters once hyphens and spaces are gone, or so by sound, in either order of family and given name."""
    one, two = _core(a.name), _core(b.name)
    if "".join(one) == "".join(two) or name_key(a.name) == name_key(b.name):
        return True
    rotations = ("".join(two[i:] + two[:i]) for i in range(len(two)))
    return "".join(one) in rotations or (len(one) > 1 and len(two) > 1 and sound("".join(one)) == sound("".join(two)))


def _contained(a: Named, b: Named) -> bool:
    """The shorter name (two words or more) is part of the longer; of four words and more, a stretch of it."""
    short, long = sorted((_core(a.name), _core(b.name)), key=len)
    if len(short) < 2 or len(short) == len(long):
        return False
    left = list(long)
    for word in short:
        found = next((w for w in left if _alike(word, w)), None)
        if found is None:
            return False
        left.remove(found)
    return len(long) <= 3 or any(
        all(_alike(s, w) for s, w in zip(short, long[i:], strict=False)) for i in range(len(long) - len(short) + 1)
    )


def _wider_given(a: Named, b: Named) -> bool:
    """What the longer name adds stands at its end as a second family name ("Maduro Guerra"), a sign of a child."""
    short, long = sorted((_core(a.name), _core(b.name)), key=len)
    return (
        len(long) > len(short) >= 2
        and all(_alike(s, w) for s, w in zip(short, long, strict=False))
        and not _same_office(a, b)
    )


def _countries_differ(a: Named, b: Named) -> bool:
    return bool(a.country and b.country and a.country != b.country and not {a.country, b.country} & _BODIES)


_BODIES = frozenset({"UNO", "IGO", "EUR", "NGO", "IMG"})


def _same_office(a: Named, b: Named) -> bool:
    one, two = (set(normalise(p.office or "").split()) for p in (a, b))
    return bool(one & two - {"of", "the", "minister", "deputy"}) or (bool(one) and one == two)


def _offices_far(a: Named, b: Named) -> bool:
    """Politician on the one side, another walk of life on the other."""
    one, two = (set(normalise(p.office or "").split()) for p in (a, b))
    return bool((one & _PRIVATE) ^ (two & _PRIVATE)) and bool(one) and bool(two)


_PRIVATE = frozenset(
    [
        "footballer",
        "businessman",
        "lawyer",
        "singer",
        "actor",
        "coach",
        "cleric",
        "journalist",
        "farmer",
        "doctor",
        "teacher",
        "writer",
        "player",
        "striker",
    ]
)


def _short(a: Named, b: Named) -> bool:
    return min(len(_core(a.name)), len(_core(b.name))) < 2


def _suffix_differs(a: Named, b: Named) -> bool:
    return suffix(a.name) != suffix(b.name)


def _initial_differs(a: Named, b: Named) -> bool:
    """Both carry initials, and they differ: George H.W. and George W. Bush."""
    one, two = ([m.lower() for m in re.findall(r"\b([A-Z])\.?(?=[A-Z.\s])", p.name)] for p in (a, b))
    return bool(one) and bool(two) and one != two


def _given_differs(a: Named, b: Named) -> bool:
    """First and last words pair off, but one given name is another name: Yi and Wenbin, Ilham and Heydar."""
    one, two = _core(a.name), _core(b.name)
    unlike_one = [w for w in one if not any(_alike(w, v) for v in two)]
    unlike_two = [w for w in two if not any(_alike(w, v) for v in one)]
    return bool(unlike_one) and bool(unlike_two)


# Weights in log-odds, set on names of the news by hand so that spelling alone (all alike, one country) is 4 and a name that
# is part of another is 2.5; a different country outweighs both, since namesakes are commoner than emigrants.
CLUES: tuple[Clue, ...] = (
    Clue("without any clue two names are two persons", -3.0, lambda a, b: True),
    Clue("every word of the names is spelt alike", 5.0, _all_alike),
    Clue("the same letters once joined", 5.0, lambda a, b: _joined(a, b) and not _all_alike(a, b)),
    Clue("the one name is part of the other", 3.8, _contained),
    Clue("what the longer name adds is a second family name, and the office is not the same", -2.0, _wider_given),
    Clue("a given name is another", -4.0, lambda a, b: _given_differs(a, b) and not _joined(a, b)),
    Clue("a single word is no full name", -2.0, _short),
    Clue("one is junior or senior", -6.0, _suffix_differs),
    Clue("their initials differ", -6.0, _initial_differs),
    Clue("of different countries", -4.0, _countries_differ),
    Clue("the same office", 0.8, _same_office),
    Clue("of different walks of life", -4.0, _offices_far),
)
