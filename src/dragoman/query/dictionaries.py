"""Dictionaries of TABARI and PETRARCH as files of the project's own form: actors, agents and verb patterns.

    BARACK_OBAMA_  [USAELI <20090120]         an actor, its codes with the days they hold; words joined by "_"
    +PRESIDENT_OBAMA_                          a further name of the actor above it
        [USAGOV 20090120-20170120]             a further code of it
    FISHERMAN {FISHERMEN} [~LAB]               an agent: a common noun with a role code, its plural in braces
    --- ABANDON [070] ---                      a verb, and below it its patterns:
    - * SUPPORT [055]                          "*" is the verb, "+" the target, "$" the source, "&WEAPON" a set of words

What is after "#", ";" or inside "<!-- -->" is comment. An actor whose code is a bare country becomes a name of that country; with
role codes, an institution of it; without a country, a role. Patterns that ask for more than the verb, one word after it and one
preposition have no like in the lexicon and are set aside, as is every line that cannot be read, each with its number and reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.ontology import UnknownCodeError, read_cameo_actor, sectors, to_plover
from dragoman.read.lemmas import lemma
from dragoman.resolve.knowledge import load_knowledge
from dragoman.resolve.normalise import slug
from dragoman.resolve.phrasewords import PREPOSITIONS
from dragoman.resolve.setting import SUPRANATIONAL
from dragoman.resolve.tables import TABLES

KINDS = ("actors", "agents", "verbs")
HEADERS = {
    "institutions": ("id", "name", "type", "country", "sectors", "aliases", "from", "to", "note"),
    "country_names": ("code", "name", "kind", "from", "to"),
    "roles": ("phrase", "kind", "sectors", "rank", "office", "country"),
}
_COMMENT = re.compile(r"<!--.*?-->|[#;].*")
_CODE = re.compile(r"\[\s*([~A-Z:-]+)?\s*\(?\s*(<|>)?\s*(\d{6}|\d{8})?\s*(?:-\s*(\d{6}|\d{8}))?\s*\)?\s*\]")
_PLURAL = re.compile(r"\{([^}]*)\}")
_TARGETS = "to|for|with|of|against|obj"


class DictionaryKindError(DragomanError):
    """What a dictionary holds can neither be told from its name nor was it said."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file}: is it of actors, agents or verbs? Its name does not say; add `--kind actors`.")
        self.file = file


@dataclass(slots=True)
class Converted:
    """What became of dictionaries.

    Attributes:
        tables: Name of a knowledge table -> its rows, cells in the order of HEADERS.
        frames: Lines of a file of trigger frames.
        aside: (where, line, why) of what could not be taken over.
    """

    tables: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: {name: [] for name in HEADERS})
    frames: list[str] = field(default_factory=list)
    aside: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Actor:
    names: list[str]
    codes: list[tuple[str, str, str]]
    """(code, first day, last day), days "" where open."""
    where: str
    line: str


def kind_of(file: str) -> str:
    """What a dictionary of that file name holds.

    Raises:
        DictionaryKindError: the name does not say.
    """
    low = file.lower()
    for kind, words in (
        ("agents", ("agent",)),
        ("verbs", ("verb",)),
        ("actors", ("actor", "countries", "international")),
    ):
        if any(word in low for word in words):
            return kind
    raise DictionaryKindError(file)


def convert(kind: str, text: str, file: str, into: Converted) -> None:
    """Read one dictionary (`kind` of KINDS) and add what it says to `into`."""
    lines = [(f"{file}:{n}", _COMMENT.sub("", line).rstrip()) for n, line in enumerate(text.splitlines(), 1)]
    lines = [(where, line) for where, line in lines if line.strip()]
    if kind == "verbs":
        _verbs(lines, into)
        return
    for actor in _entries(lines, into):
        _put(actor, into)


def _entries(lines: list[tuple[str, str]], into: Converted) -> Iterator[_Actor]:
    """The entries of actors or agents, each with the synonyms and codes on the lines below it."""
    current: _Actor | None = None
    for where, line in lines:
        codes = [_dated(m) for m in _CODE.finditer(line)]
        plural = _PLURAL.search(line)
        name = _words(_PLURAL.sub("", _CODE.sub("", line)).lstrip(" \t+"))
        if line.startswith(("!", "&")) or "=" in line:
            into.aside.append((where, line.strip(), "substitution sets are not read"))
        elif line.startswith("+") and current is not None:
            current.names.append(name)
        elif not name:
            if current is not None:
                current.codes += codes
        else:
            if current is not None:
                yield current
            names = [name, *([_words(plural[1]) or name + "s"] if plural else [])]
            current = _Actor(names, codes, where, line.strip())
    if current is not None:
        yield current


def _words(text: str) -> str:
    return " ".join(text.replace("_", " ").split())


def _dated(found: re.Match[str]) -> tuple[str, str, str]:
    """(code, first day, last day) of "[USAGOV 20090120-20170120]", "[USAGOV >20090120]", "[USAELI (<090120)]"."""
    code, sign, first, last = (part or "" for part in found.groups())
    if sign == "<":
        return code, "", _day(first)
    return code, _day(first), _day(last) if last else ""


def _day(digits: str) -> str:
    """ISO text; two digits of a year are of 1931 to 2030."""
    if len(digits) == 6:
        digits = ("19" if digits > "30" else "20") + digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits else ""


def _put(actor: _Actor, into: Converted) -> None:
    """An actor's rows, one for each code."""
    if not actor.codes:
        into.aside.append((actor.where, actor.line, "it has no code"))
    for number, (code, start, end) in enumerate(actor.codes):
        found = read_cameo_actor(code.removeprefix("~").replace(":", ""))
        roles = tuple(s for s in found.sectors if s in sectors())
        if found.country is None:
            if roles:
                into.tables["roles"] += [(name.lower(), "group", ";".join(roles), "8", "", "") for name in actor.names]
            else:
                into.aside.append((actor.where, actor.line, f"{code!r} holds no country and no role that PLOVER has"))
        elif found.country not in load_knowledge().countries and found.country not in SUPRANATIONAL:
            into.aside.append((actor.where, actor.line, f"{found.country!r} is no country"))
        elif not roles and found.country not in SUPRANATIONAL:
            into.tables["country_names"] += [(found.country, name.title(), "short", start, end) for name in actor.names]
        else:
            ident = slug(actor.names[0]) + (f"-{number + 1}" if number else "")
            names = [name.title() for name in actor.names]
            into.tables["institutions"].append(
                (ident, names[0], "dictionary", found.country, ";".join(roles or ("GOV",)), ";".join(names[1:]), start, end, "")
            )  # fmt: skip


# --- verbs ------------------------------------------------------------------------------------------------------------


def _verbs(lines: list[tuple[str, str]], into: Converted) -> None:
    """The verbs and their patterns as groups of frames; a pattern is of all verbs of the block above it."""
    verbs: list[str] = []
    base, current_set, in_block, after_pattern = "", "", False, False
    synsets: dict[str, list[str]] = {}
    for where, line in lines:
        text = line.strip()
        code, body = _last_code(text), re.sub(r"\[[^\]]*\]", "", text)
        words = _PLURAL.sub("", body).strip("- ").split()
        if text.startswith("&"):
            current_set = text[1:].split()[0].lower()
            synsets[current_set] = []
        elif text.startswith("+") and current_set:
            synsets[current_set].append(_noun(_words(text[1:])))
        elif text.startswith("-") and not text.startswith("---"):
            for verb in verbs:
                _pattern(verb, body.lstrip("- ").split(), code, where, text, into)
            after_pattern = True
        else:  # "--- VERB [code] ---" opens a block; a verb alone joins it or, without blocks, stands for itself
            if text.startswith("---"):
                verbs, base, in_block = [], code, True
            elif after_pattern and not in_block:
                verbs, base = [], ""
            after_pattern = False
            if words and (verb := _verb(words[0])) not in verbs:
                verbs.append(verb)
                _frame(verb, [], code or base, where, text, into)
    into.frames[:0] = [f"@{name} = {' '.join(words)}" for name, words in synsets.items() if words]


def _last_code(text: str) -> str:
    found = re.findall(r"\[([^\]]*)\]", text)
    return found[-1].split(":")[-1].strip() if found else ""


def _verb(word: str) -> str:
    """The head of a frame: "GIVE_UP" is `give.v +up`."""
    first, *rest = word.lower().split("_")
    return f"{lemma(first, 'VERB')}.v" + "".join(f" +{part}" for part in rest if part)


def _noun(words: str) -> str:
    return lemma(words.lower(), "NOUN") if " " not in words else words.lower().replace(" ", "_")


def _pattern(verb: str, words: list[str], code: str, where: str, line: str, into: Converted) -> None:
    """One pattern of a verb as a frame, or set aside."""
    at = words.index("*") if "*" in words else -1
    before, after = words[:at], [w for w in words[at + 1 :] if w not in ("+", "%", "^")]
    if at < 0 or set(before) - {"$"} or "$" in after or any(c in w for w in after for c in "(){}"):
        into.aside.append((where, line, "the lexicon has no like for this pattern"))
        return
    conditions: list[str] = []
    for i, word in enumerate(after):
        low = word.lower()
        prior = after[i - 1].lower() if i else ""
        if low in PREPOSITIONS:
            conditions.append(low)
        else:
            noun = f"@{low[1:]}" if low.startswith("&") else _noun(_words(word))
            if prior in PREPOSITIONS:
                conditions.pop()
            conditions.append(f"{prior}={noun}" if prior in PREPOSITIONS else f"obj={noun}")
    if len(conditions) > 2 or sum(c.startswith("obj=") for c in conditions) > 1:
        into.aside.append((where, line, "the lexicon has no like for this pattern"))
        return
    _frame(verb, conditions, code, where, line, into)


def _frame(verb: str, conditions: list[str], code: str, where: str, line: str, into: Converted) -> None:
    """Add a group with one frame; "---" is a construction that names no event."""
    if not code:
        return  # a verb whose patterns alone are coded
    if code == "---":
        into.frames += ["[none]", " ".join([verb, *conditions])]
        return
    try:
        plover = to_plover(code)
    except UnknownCodeError as error:
        into.aside.append((where, line, str(error)))
        return
    if plover is None:  # plain statements are no events of PLOVER
        into.frames += ["[none]", " ".join([verb, *conditions])]
        return
    mode = f"/{plover.base_mode}" if plover.base_mode else ""
    bare = [c for c in conditions if "=" not in c]
    whom = bare[0] if bare else _TARGETS if any(c.startswith("obj=") for c in conditions) else "obj|" + _TARGETS[:-4]
    into.frames += [f"[{plover.base_type}{mode} {code} subj > {whom}]", " ".join([verb, *conditions])]


def write(converted: Converted, folder: Path) -> list[Path]:
    """Write what was converted as a knowledge folder; the files made. Rows of one key are written once, the last of them."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for name, rows in converted.tables.items():
        if rows:
            keys = [HEADERS[name].index(column) for column in TABLES[name].key]
            unique = {tuple(row[k] for k in keys): row for row in rows}
            path = folder / f"{name}.tsv"
            path.write_text("\n".join("\t".join(row) for row in (HEADERS[name], *unique.values())) + "\n", "utf-8")
            made.append(path)
    if converted.frames:
        path = folder / "frames" / "dictionary.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(converted.frames) + "\n", "utf-8")
        made.append(path)
    return made
