"""Small words by which a phrase is cut: particles of names, prepositions, determiners, words for what was."""

from __future__ import annotations

PARTICLES = frozenset(
    ["al", "el", "bin", "ibn", "ben", "abu", "de", "del", "della", "da", "dos", "das", "do", "du", "di", "la", "le",
     "van", "von", "der", "den", "ter", "zu", "y", "e", "bint", "ould"]
)  # fmt: skip
ABBREVIATED_TITLES = frozenset(
    ["adm", "ag", "amb", "brig", "capt", "cllr", "cmdr", "col", "cpl", "det", "gen", "gov", "insp", "lt", "maj", "rep", "reps", "rev", "sen",
     "sens", "sgt", "supt"]
)  # fmt: skip
"""Titles only before a name: "Sen. Rand Paul", not "Amartya Sen" or "Volkswagen AG"."""
SHARED_NAMES = frozenset(
    [
        "security council",
        "foreign office",
        "home office",
        "treasury",
        "national police",
        "intelligence bureau",
        "national unity",
    ]
)
"""Names by which one body is known, that other states' bodies bear too."""
SMALL_NAMES = frozenset(
    ["state department", "justice department", "treasury department", "department of homeland security"]
)
"""Names of bodies that British papers write small throughout."""
BODY_NOUNS = frozenset(
    ["party", "parliament", "commission", "council", "court", "union", "bank", "movement", "front", "forces", "army",
     "assembly", "agency", "ministry", "department", "congress", "league", "alliance", "committee", "organisation",
     "organization", "federation", "foundation", "corps", "brigades", "senate", "authority", "coalition", "service"]
)  # fmt: skip
"""Last words of names of bodies that British papers write small: "the Labour party"."""
PREPOSITIONS = frozenset(
    ["of", "to", "for", "in", "from", "on", "at", "with", "against", "by", "near", "over", "under", "around", "about",
     "as", "into", "among", "between", "during", "after", "before", "amid", "along", "within", "outside", "inside",
     "across"]
)  # fmt: skip
DETERMINERS = frozenset(
    ["the", "a", "an", "this", "that", "these", "those", "some", "several", "many", "both", "all", "two", "three", "four",
     "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds", "thousands", "scores", "each", "every", "no",
     "any", "other", "another", "more", "most", "few", "its", "his", "her", "their", "our", "my", "your", "whose", "one"]
)  # fmt: skip
POSSESSORS = frozenset(
    ["its", "his", "her", "their", "our", "my", "your", "whose"]
)  # fmt: skip
RELATIVES = frozenset(
    ["who", "which", "that", "whose", "whom", "where", "when"]
)  # fmt: skip
FORMER = frozenset(
    ["former", "ex", "ousted", "deposed", "late", "exiled", "ex-", "then", "erstwhile", "retired", "outgoing"]
)  # fmt: skip
STOPS = ",;:()[]"
"""Marks that are words of their own."""
