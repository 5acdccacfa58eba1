"""Classes of verbs that the tree alone does not tell apart: by control, by what their object does, by form."""

OBJECT_CONTROL = frozenset(
    [
        "ask", "urge", "order", "tell", "force", "compel", "persuade", "convince", "allow", "permit", "enable",
        "help", "let", "make", "get", "want", "expect", "call", "press", "push", "encourage", "invite",
        "instruct", "direct", "command", "require", "request", "beg", "implore", "advise", "warn", "forbid",
        "prompt", "lead", "cause", "drive", "oblige", "authorize", "authorise", "mandate", "appoint",
        "nominate", "pressure",
    ]
)  # fmt: skip
"""Verbs whose object is the subject of their infinitive ("urged Moscow to leave")."""

CHARGING = frozenset(
    [
        "accuse", "suspect", "blame", "charge", "convict", "stop", "prevent", "keep", "bar", "ban",
    ]
)  # fmt: skip
"""Verbs whose object does, or would do, what the clause after them says ("accused Kyiv of shelling")."""

UNCHANGED_PARTICIPLES = frozenset(
    [
        "hit", "cut", "put", "set", "hurt", "shut", "split", "spread", "cast", "beset", "burst", "rid", "upset",
        "overrun",
    ]
)  # fmt: skip
"""Participles that look like their verb's plain form."""

PARTICLES = frozenset(
    [
        "along", "away", "back", "down", "in", "off", "out", "over", "through", "up",
    ]
)  # fmt: skip
"""Words that make one with their verb, also before a preposition."""
