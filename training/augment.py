"""Other people's names in the same sentences: transliterated and hyphenated names are rare in the treebanks, common in news."""

from __future__ import annotations

import random
from dataclasses import replace

from training.examples import Example

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
