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
