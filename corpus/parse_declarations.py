"""What a corpus report declares behind its body: `@` lines for parties, places, times and sizes, `!` lines for events."""

from __future__ import annotations

import re

from corpus.draft import Draft
from corpus.records import Argument, Declaration, Entity, Event, Group, Place, Quantity, Time, Voice

COUNTS = ("killed", "injured", "arrested", "participants", "displaced")
_QUOTED = re.compile(r'\s+(office|name)\s*=\s*"([^"]*)"')
_ARGUMENT = re.compile(r"(\w[\w-]*)(?:#(\d+))?")
_RANGE = re.compile(r"(\d[\d_]*(?:\.\d+)?)?(-)?(\d[\d_]*(?:\.\d+)?)?")
_EVENT = re.compile(r"!\s*(\S+)\s+([A-Za-z]+)\s*(?:/\s*([\w,\s-]*?))?\s+(\d{2,4})\s+([a-z]+)\s*(.*)")
_KEY = re.compile(r"(?:^|\s)([a-z]+)\s*=\s*")


def declare(draft: Draft, line: str, number: int) -> None:
    """Read one `@` line."""
    quoted = dict(_QUOTED.findall(line))
    words = re.sub(r"\s*,\s*", ",", _QUOTED.sub("", line[1:])).replace("group :", "group:").split()
    made: Declaration | None = None
    if len(words) >= 2 and '"' not in "".join(words):
        made = _declaration(words[0], words[1], words[2:], quoted, number)
    if made is None:
        draft.wrong(
            number,
            "declaration",
            f"cannot read {line!r}.",
            'Forms: `@id KIND COUNTRY [SECTORS] [office=".."] [name=".."]`, `@id place COUNTRY|- KIND`, '
            "`@id time VALUE`, `@id killed N|MIN-MAX`, `@id money AMOUNT CUR`, `@id group: id,id`.",
        )
        return
    draft.declarations.append(made)


def _declaration(id_: str, kind: str, rest: list[str], quoted: dict[str, str], line: int) -> Declaration | None:
    """The record that the words of a declaration stand for; None when they stand for none."""
    office, name = quoted.get("office"), quoted.get("name")
    match kind, rest:
        case "group:", [members]:
            return Group(id_, tuple(m for m in members.split(",") if m), line)
        case "place", [country, place_kind]:
            return Place(id_, _known(country), place_kind, name, line)
        case "time", [value]:
            return Time(id_, _known(value), line)
        case "money", [amount, currency]:
            return _quantity(id_, kind, amount, currency, line)
        case word, [amount] if word in COUNTS:
            return _quantity(id_, word, amount, None, line)
        case (("group:" | "place" | "time" | "money"), _):
            return None
        case word, [country] if word not in COUNTS:
            return Entity(id_, word, _known(country), (), office, name, line)
        case word, [country, sectors] if word not in COUNTS:
            return Entity(id_, word, _known(country), tuple(_listed(sectors)), office, name, line)
        case _:
            return None


def _quantity(id_: str, kind: str, amount: str, currency: str | None, line: int) -> Quantity | None:
    """A quantity from `12`, `12-15`, `12-` (at least), `-15` (at most) or `-` (words that give no figure)."""
    if amount == "-":
        return Quantity(id_, kind, None, None, currency, line)
    found = _RANGE.fullmatch(amount)
    if not found or not (found[1] or found[3]) or (found[1] and found[3] and not found[2]):
        return None
    low, high = (n.replace("_", "") if n else None for n in (found[1], found[3]))
    return Quantity(id_, kind, low, high if found[2] else low, currency, line)


def _known(word: str) -> str | None:
    return None if word == "-" else word


def _listed(words: str) -> list[str]:
    return [w for w in words.split(",") if w and w != "-"]


# --- events -----------------------------------------------------------------------------------------------------------


def event(draft: Draft, line: str, number: int) -> None:
    """Read one `!` line."""
    found = _EVENT.fullmatch(re.sub(r"\s*,\s*", ",", line))
    if not found or ">" not in found[6]:
        draft.wrong(
            number,
            "event",
            f"cannot read {line!r}.",
            "Form: `!e1 TYPE/MODE CAMEO STATUS ACTORS > RECIPIENTS [key=value ...]`, `-` for no party.",
        )
        return
    id_, type_, modes, cameo, status, tail = found.groups()
    left, right = tail.split(">", 1)
    pieces = _KEY.split(right)
    values = dict(zip(pieces[1::2], (v.strip() for v in pieces[2::2]), strict=True))
    unknown = sorted(values.keys() - {"at", "when", "by", "ctx", "n", "same"})
    actors, recipients = _arguments(left), _arguments(pieces[0])
    by = _voices(values.get("by", ""))
    if unknown or actors is None or recipients is None or by is None or len(pieces[1::2]) != len(values):
        what = f"the keys {unknown}" if unknown else "the parties or the keys"
        draft.wrong(
            number,
            "event",
            f"cannot read {what} of {line!r}.",
            "Parties: ids joined by commas, or `-`. Keys, each once: at= when= by=SPEAKER[:CUE[:direct]][;...] ctx= n= same=.",
        )
        return
    draft.events.append(
        Event(
            id_,
            type_,
            tuple(_listed(modes or "")),
            cameo,
            status,
            actors,
            recipients,
            _known(values.get("at", "-")),
            _known(values.get("when", "-")),
            by,
            tuple(_listed(values.get("ctx", ""))),
            tuple(_listed(values.get("n", ""))),
            tuple(_listed(values.get("same", ""))),
            number,
        )
    )


def _arguments(words: str) -> tuple[Argument, ...] | None:
    """The parties named by `a,b#2`; None when the words are no such list."""
    made = []
    words = words.strip()
    for word in [] if words == "-" else words.split(","):
        found = _ARGUMENT.fullmatch(word)
        if not found:
            return None
        made.append(Argument(found[1], int(found[2]) if found[2] else None))
    return tuple(made)


def _voices(words: str) -> tuple[Voice, ...] | None:
    """The chain of attribution in `a:c1;b:c2:direct`, outermost first; None when it cannot be read."""
    made = []
    for step in words.split(";") if words and words != "-" else []:
        parts = [p.strip() for p in step.strip().split(":")]
        direct = len(parts) > 1 and parts[-1] == "direct"
        parts = parts[:-1] if direct else parts
        if not 1 <= len(parts) <= 2 or not all(re.fullmatch(r"-|\w[\w-]*|", p) for p in parts) or not parts[0]:
            return None
        cue = parts[1] if len(parts) == 2 and parts[1] not in ("", "-") else None
        made.append(Voice(_known(parts[0]), cue, direct))
    return tuple(made)
