"""Classes of nouns that the tree alone does not tell apart: papers, times, doers, containers."""

PAPERS = frozenset(
    [
        "statement", "report", "letter", "resolution", "note", "message", "petition", "declaration",
        "communiqué", "communique", "speech", "tweet", "article", "editorial", "motion", "bill", "law",
        "decree", "order", "call", "appeal", "draft", "document", "interview", "post", "open-letter", "memo",
        "telegram", "cable", "warning", "campaign", "comment", "remark",
    ]
)  # fmt: skip
"""Nouns that speak for whoever issues them ("put out a report accusing ...")."""

CALENDAR = frozenset(
    [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "april", "june", "july", "august", "september", "october", "november", "december", "today", "yesterday",
        "tomorrow", "week", "weekend", "month", "year", "morning", "evening", "afternoon", "night",
    ]
)  # fmt: skip
"""Names of days and months, and words for stretches of time: a phrase with one of these is no party."""

DOERS = frozenset(
    [
        "police", "army", "navy", "military", "militia", "rebel", "militant", "insurgent", "government",
        "guerrilla", "mob", "gang", "student", "worker", "union", "opposition", "coalition", "jihadist",
    ]
)  # fmt: skip
"""Common nouns that name the doer when compounded with the act: "police firing", "rebel attack"."""

CONTAINERS = frozenset(
    [
        "round", "series", "set", "number", "wave", "string", "spate", "bout", "day", "act", "campaign",
        "barrage", "flurry", "raft", "package", "part", "hail", "volley", "burst", "slew", "kind", "form",
        "list", "range", "program", "programme", "process", "course", "night", "week", "outbreak",
    ]
)  # fmt: skip
"""Nouns that stand before the noun that matters: "a round of talks"."""

QUANTIFIERS = frozenset(
    ["hundred", "thousand", "dozen", "score", "number", "handful", "majority", "ten", "one", "two", "some", "many", "most", "several", "all", "part", "rest", "lot", "none", "each", "couple", "million", "contingent", "column", "band", "wave"]
)  # fmt: skip
"""Nouns that count what stands behind their "of"."""

PREMISES = frozenset({"headquarters", "headquarter", "office", "bureau", "base", "camp", "compound", "post", "barracks", "position", "patrol", "convoy", "column"})  # fmt: skip
"""Words for places of work and fighting that stand for whoever has them."""

LANDS = frozenset({"region", "province", "district", "city", "town", "village", "county", "valley", "oblast", "governorate", "state", "area"})  # fmt: skip
"""Nouns behind a place's name ("the Ryazan region"): the name is no owner."""

STRICKEN = frozenset(
    ["hit", "stricken", "ravaged", "torn", "ridden", "prone", "plagued", "battered", "devastated", "wracked", "racked", "affected", "hungry", "strapped"]
)  # fmt: skip
"""Second halves of words that say from what a country suffers."""

OPPOSED = frozenset(
    {"enemy", "foe", "adversary", "rival", "opponent", "critic", "detractor", "nemesis", "arch-nemesis", "archenemy", "ally", "friend",
     "partner", "neighbour", "neighbor", "backer", "patron", "sponsor", "proxy", "accuser", "captor", "invader", "occupier"}
)  # fmt: skip
"""Whom one has, but is not: what "its enemies" do is not its own doing."""
