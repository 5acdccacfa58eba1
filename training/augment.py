"""Other names in the same sentences: transliterated and hyphenated names are rare in the treebanks, common in news; and an event
should be read from what is done, not from which country does it."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

from training.examples import Example

_KNOWLEDGE = Path(__file__).parent.parent / "src" / "dragoman" / "knowledge"

# Syllables and parts that combine into plausible names; no person is meant.
_KOREAN = [
    "Byung",
    "Jong",
    "Min",
    "Hyun",
    "Sung",
    "Jae",
    "Young",
    "Kyung",
    "Soo",
    "Woo",
    "Chul",
    "Hee",
    "Dong",
    "Tae",
    "Sang",
    "Ki",
    "Yong",
    "Hwan",
    "Jin",
    "Ho",
    "Geun",
    "Won",
]
_KOREAN_LAST = [
    "won",
    "un",
    "hye",
    "jun",
    "seok",
    "ho",
    "min",
    "hwan",
    "kyu",
    "soo",
    "geun",
    "young",
    "sik",
    "moon",
    "jin",
    "woo",
    "hyuk",
    "beom",
    "cheol",
    "hui",
]
_CHINESE = [
    "Xiao",
    "Zhen",
    "Guo",
    "Wen",
    "Jian",
    "Li",
    "Wei",
    "Hong",
    "Zhi",
    "Chun",
    "Yu",
    "Tian",
    "Ming",
    "Hai",
    "Qing",
]
_CHINESE_LAST = [
    "ping",
    "hua",
    "bin",
    "qiang",
    "liang",
    "min",
    "yi",
    "long",
    "jun",
    "feng",
    "lin",
    "chen",
    "tao",
    "jie",
    "wu",
]
_PARTICLES = [
    "Sisi",
    "Assad",
    "Sudani",
    "Maliki",
    "Hashimi",
    "Burhan",
    "Thani",
    "Saud",
    "Sadr",
    "Houthi",
    "Jolani",
    "Shabaab",
    "Qassim",
    "Nahyan",
]
_OTHER = [
    "Zelenskiy",
    "Lavrov",
    "Wickremesinghe",
    "Rudenko",
    "Mirziyoyev",
    "Berdimuhamedow",
    "Tokayev",
    "Jaishankar",
    "Ndayishimiye",
    "Tshisekedi",
    "Mnangagwa",
    "Hakainde",
    "Hichilema",
    "Obiang",
    "Ouattara",
    "Prabowo",
    "Anutin",
    "Srettha",
    "Phumtham",
    "Sharif",
    "Bhutto",
    "Rahmon",
    "Pashinyan",
    "Aliyev",
    "Kobakhidze",
    "Vucic",
    "Plenkovic",
    "Kurti",
    "Orban",
    "Fico",
    "Sikorski",
    "Landsbergis",
    "Kallas",
    "Stubb",
    "Boric",
    "Petro",
    "Lula",
    "Milei",
    "Maduro",
    "Arce",
    "Ramaphosa",
    "Ruto",
    "Museveni",
    "Kagame",
    "Isaias",
    "Abiy",
    "Sassou",
    "Deby",
    "Traore",
    "Goita",
    "Tchiani",
    "Nguema",
    "Faye",
    "Bazoum",
    "Guelleh",
]


def _made_name(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.4:
        return f"{chance.choice(_KOREAN)}-{chance.choice(_KOREAN_LAST)}"
    if kind < 0.5:
        return f"{chance.choice(_CHINESE)}{chance.choice(_CHINESE_LAST)}"
    if kind < 0.6:
        return f"{chance.choice(_CHINESE)}-{chance.choice(_CHINESE_LAST)}"
    if kind < 0.7:
        return chance.choice(_PARTICLES)
    return chance.choice(_OTHER)


def respelled(example: Example, chance: random.Random, rate: float = 0.12) -> Example:
    """The example with the last word of some personal names replaced; annotation stays, for the number of words does.

    Only words inside a span labelled PER, or proper nouns attached as "flat" in a treebank, are touched.
    """
    if chance.random() > rate:
        return example
    places = {last for (_, last), label in example.spans if label == "PER"}
    if example.tree is not None and example.gold_tree:
        tree = example.tree
        places |= {
            i for i, (u, r) in enumerate(zip(tree.upos, tree.relations, strict=True), 1) if u == "PROPN" and r == "flat"
        }
    places |= {last for (first, last), label in example.actors if label == "person" and last > first}
    places = {p for p in places if example.words[p - 1][:1].isupper() and example.words[p - 1].isalpha()}
    if not places:
        return example
    words = list(example.words)
    for place in places:
        words[place - 1] = _made_name(chance)
    return replace(example, words=tuple(words))


@cache
def _countries() -> dict[str, dict[str, tuple[str, ...]]]:
    """Country code to its one-word names by kind: "name", "capital", "adjective", "demonym"."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows("countries.tsv"):
        found[row["code"]]["name"].append(row["name"])
        found[row["code"]]["capital"].append(row["capital"] or "")
    for row in _rows("country_names.tsv"):
        if row["kind"] in {"adjective", "demonym"}:
            found[row["code"]][row["kind"]].append(row["name"])
    return {
        code: {kind: tuple(n for n in names if n.isalpha() and len(n) > 2) for kind, names in kinds.items()}
        for code, kinds in found.items()
    }


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (_KNOWLEDGE / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _by_word() -> dict[str, tuple[str, str]]:
    """Word to (country, kind); a word of two countries or two kinds is left out, but demonyms pass for adjectives."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for code, kinds in _countries().items():
        for kind, names in kinds.items():
            for name in names:
                found[name].add((code, kind))
    chosen = {}
    for word, places in found.items():
        best = sorted(places, key=lambda place: place[1])
        if len({code for code, _ in places}) == 1:
            chosen[word] = best[0]
    return chosen


def moved(example: Example, chance: random.Random, rate: float = 0.4) -> Example:
    """The example told of other countries: one-word country names, capitals and adjectives are exchanged throughout.

    The same country becomes the same other country in all its forms; the number of words stays, and so does the annotation.
    """
    if chance.random() > rate:
        return example
    words, known, table = list(example.words), _by_word(), _countries()
    others: dict[str, str] = {}
    for place, word in enumerate(words):
        if word not in known:
            continue
        code, kind = known[word]
        if code not in others:
            others[code] = chance.choice(list(table))
        names = [n for n in table[others[code]].get(kind, ()) if n.endswith("s") == word.endswith("s")]
        if names:
            words[place] = names[0]
    return replace(example, words=tuple(words)) if others else example
