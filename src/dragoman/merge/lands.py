"""Countries that a sentence names, whatever part they play in it: a party that one account leaves out, or another puts
elsewhere in the sentence, is no other party."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources

_RUN = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*")
LONGEST = 3
"""Words of the longest name that is looked for: "Papua New Guinea"."""

KINDS = frozenset(["short", "adjective", "demonym", "abbreviation", "metonym", "capital"])
SEATS = {"brussels": "EUR", "european union": "EUR", "eu": "EUR", "united nations": "UNO", "un": "UNO"}
"""Bodies that are told by their seat or their letters."""


@cache
def names() -> Mapping[str, frozenset[str]]:
    """Folded name -> the codes that it may stand for."""
    found: dict[str, set[str]] = {}
    for row in _rows("countries.tsv"):
        coded = row["sovereign"] or row["code"]
        for name in (row["name"], row["capital"]):
            if name:
                found.setdefault(_folded(name), set()).add(coded)
    for row in _rows("country_names.tsv"):
        if row["kind"] in KINDS and not row["to"]:
            found.setdefault(_folded(row["name"]), set()).add(row["code"])
    for name, code in SEATS.items():
        found.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items() if len(name.split()) <= LONGEST}


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    text = (resources.files("dragoman") / "knowledge" / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def _folded(name: str) -> str:
    return name.replace("’", "'").removesuffix("'s").replace(".", "").casefold().removeprefix("the ")


def lands(sentence: str) -> frozenset[str]:
    """The codes of all countries (and of the few bodies of SEATS) named in a sentence; of two names in one place the longer."""
    return frozenset().union(*map(_of, _RUN.findall(sentence)))


@lru_cache(maxsize=1 << 16)
def _of(run: str) -> frozenset[str]:
    """The countries in a run of capitalised words."""
    found: set[str] = set()
    words = run.split()
    at = 0
    while at < len(words):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            codes = names().get(_folded(" ".join(words[at : at + length])))
            if codes:
                found |= codes
                at += length
                break
        else:
            at += 1
    return frozenset(found)
