"""The lexicon of trigger frames: which word in which construction means what. Read from `data/frames/*.txt`.

    [ACCUSE/disapprove 114 subj > obj; ctx=diplomatic]
    summon.v obj=@envoy ; call.v +in obj=@envoy
    lodge.v obj=protest|complaint                  : subj > with|to|against

A line in brackets gives the codes of the entries below it: type/mode, CAMEO, who is actor and who recipient. An entry is a head word
with its part of speech (`v` verb, `n` noun, `a` adjective), then conditions, then (after a colon) its own parties. Entries are parted
by `;` or line ends; `#` opens a comment; `@name = word word` declares a set of words.

    slot|slot        a phrase in one of the slots          slot=a|b|@set   its head word is one of these
    !slot            there is none                         !slot=a|b       there is none with these words
    slot=<person>    a person or holder of an office
    +word            a particle or adverb                  ~               weak: counts only with a known party

Slots of verbs: subj obj iobj (deep: the passive's agent is subj), inf (its infinitive), ing (its gerund), that (its clause), infobj (object of the
infinitive), any preposition, cop (subject of a noun or adjective with "be"). Slots of nouns: subj (light verb's subject, "by" or owner),
of, by, poss, with, between, comp (words compounded), lv (light verb), any preposition. Parties: `a|b` takes the first slot that is filled, `a+b` both, `-` nobody.
`about=slot|slot` in the bracket names the slots whose words decide mode and code by `data/content.tsv`, in its column `as=`; with `need=content` the
frames fit only where such a word is found, with `need=must` only where the clause says what somebody else must or should do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.ontology import UnknownCodeError, cameo_code, plover

DATA = Path(__file__).parent / "data"
Slots = tuple[tuple[str, ...], ...]
"""Parties: for each of the joined groups, the slots to try in order."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a frame: in one of the slots stands one of the words; `words` empty asks only that something is there."""

    slots: tuple[str, ...]
    words: frozenset[str] = frozenset()
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of the lexicon.

    Attributes:
        entry: The entry as it is written, for trails.
        event_type: PLOVER base type, or "none": in this construction the word names no event.
        modes: PLOVER modes, most telling first; () when the words do not say.
        cameo: CAMEO code of the act itself, None for "none".
        about: Slots whose words decide mode and code.
        column: Which column of the content table applies ("appeal", "demand", ...), "" without `about`.
        weak: Counts only with a known party or the model's support.
        needs: "content": fits only where a word of the content table stands in one of the `about` slots; "must": only where the clause
            says that somebody else must or should do something.
    """

    entry: str
    where: str
    lemma: str
    pos: str
    conditions: tuple[Condition, ...]
    event_type: str
    modes: tuple[str, ...]
    cameo: str | None
    actors: Slots
    recipients: Slots
    contexts: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    column: str = ""
    weak: bool = False
    needs: str = ""

    @property
    def exactness(self) -> int:
        """How much the frame asks for; the most exacting of those that fit is taken."""
        asked = sum(3 if c.words else 1 for c in self.conditions if not c.absent)
        return 2 * asked + sum(1 for c in self.conditions if c.absent) + (self.event_type == "none")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames by head word and part of speech, and the named sets of words."""

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    sets: Mapping[str, frozenset[str]]

    def __len__(self) -> int:
        return sum(len(frames) for frames in self.frames.values())


class FrameError(DragomanError):
    """An entry of the lexicon cannot be read."""

    def __init__(self, where: str, entry: str, problem: str) -> None:
        super().__init__(f"{where}: {entry!r}: {problem}. The form is described at the head of `coding/lexicon.py`.")
        self.where, self.entry = where, entry


_GROUP = re.compile(r"\[([A-Za-z]+)(?:/([\w,-]+))?(?:\s+(\d{2,4}))?\s*([^;\]]*?)\s*((?:;[^\]]*)?)\]")
_HEAD = re.compile(r"([\w'’-]+)\.([vna])")


@dataclass(frozen=True, slots=True)
class _Group:
    event_type: str
    modes: tuple[str, ...]
    cameo: str | None
    parties: str
    options: Mapping[str, str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon; read once.

    Raises:
        FrameError: An entry is malformed or names a code that does not exist.
    """
    return read_lexicon(sorted((DATA / "frames").glob("*.txt")))


def read_lexicon(paths: list[Path]) -> Lexicon:
    """The frames of some files; sets of words are shared by all of them."""
    lines = [(path.name, n, line) for path in paths for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)]
    sets: dict[str, frozenset[str]] = {}
    for name, number, line in lines:
        text = line.split("#", 1)[0].strip()
        if text.startswith("@"):
            key, _, words = text[1:].partition("=")
            if not words.strip():
                raise FrameError(f"{name}:{number}", text, "a set needs words")
            sets[key.strip()] = frozenset(_words(words.split(), sets, f"{name}:{number}", text))
    found: dict[tuple[str, str], list[Frame]] = {}
    group: _Group | None = None
    for name, number, line in lines:
        text, where = line.split("#", 1)[0].strip(), f"{name}:{number}"
        if not text or text.startswith("@"):
            continue
        if text.startswith("["):
            group = _group(text, where)
            continue
        if group is None:
            raise FrameError(where, text, "it stands before the first line in brackets")
        for entry in text.split(";"):
            if entry.strip():
                for frame in _frames(entry.strip(), group, sets, where):
                    found.setdefault((frame.lemma, frame.pos), []).append(frame)
    ordered = {key: tuple(sorted(frames, key=lambda f: -f.exactness)) for key, frames in found.items()}
    return Lexicon(ordered, sets)


def _group(text: str, where: str) -> _Group:
    match = _GROUP.fullmatch(text)
    if not match:
        raise FrameError(where, text, "it is no group head like [TYPE/mode 111 subj > obj; ctx=a,b]")
    kind, modes, code, parties, rest = match.groups()
    options = dict(part.strip().split("=", 1) for part in rest.split(";") if "=" in part)
    kept = tuple(modes.split(",")) if modes else ()
    try:
        if kind != "none":
            plover().type(kind)
            for mode in kept:
                plover().mode(kind, mode)
            for context in filter(None, options.get("ctx", "").split(",")):
                plover().context(context)
            cameo_code(code or "")
    except UnknownCodeError as error:
        raise FrameError(where, text, str(error)) from error
    if kind != "none" and ">" not in parties:
        raise FrameError(where, text, "it does not say who is actor and who recipient")
    return _Group(kind, kept, code, parties, options)


def _frames(entry: str, group: _Group, sets: Mapping[str, frozenset[str]], where: str) -> Iterator[Frame]:
    pattern, _, parties = entry.partition(" : ")
    words = pattern.split()
    head = _HEAD.fullmatch(words[0])
    if not head:
        raise FrameError(where, entry, "it does not begin with a word and its part of speech, like summon.v")
    weak = "~" in words
    conditions = tuple(_condition(w, sets, where, entry) for w in words[1:] if w != "~")
    sides = (parties.strip() or group.parties or "- > -").split(">")
    if len(sides) != 2:
        raise FrameError(where, entry, "parties are written ACTORS > RECIPIENTS")
    yield Frame(
        entry, where, head[1].replace("_", " "), head[2], conditions, group.event_type, group.modes, group.cameo,
        _slots(sides[0]), _slots(sides[1]), tuple(filter(None, group.options.get("ctx", "").split(","))),
        tuple(filter(None, group.options.get("about", "").split("|"))), group.options.get("as", ""), weak,
        group.options.get("need", ""),
    )  # fmt: skip


def _condition(text: str, sets: Mapping[str, frozenset[str]], where: str, entry: str) -> Condition:
    absent = text.startswith("!")
    text = text.removeprefix("!")
    if text.startswith("+"):
        return Condition(("+",), frozenset(text[1:].split("|")), absent)
    slots, _, words = text.partition("=")
    if not re.fullmatch(r"[a-z_]+(\|[a-z_]+)*", slots):
        raise FrameError(where, entry, f"{text!r} is no condition")
    return Condition(
        tuple(slots.replace("_", " ").split("|")),
        frozenset(_words(words.split("|") if words else [], sets, where, entry)),
        absent,
    )


def _words(words: list[str], sets: Mapping[str, frozenset[str]], where: str, entry: str) -> Iterator[str]:
    for word in words:
        if word.startswith("@"):
            if word[1:] not in sets:
                raise FrameError(where, entry, f"the set {word!r} is not declared before it is used")
            yield from sets[word[1:]]
        elif word:
            yield word.replace("_", " ").strip('"')


def _slots(text: str) -> Slots:
    text = text.strip()
    return (
        ()
        if text in ("", "-")
        else tuple(tuple(s.strip().replace("_", " ") for s in g.split("|")) for g in text.split("+"))
    )
