"""Classes of verbs that the tree alone does not tell apart: by control, by light use, by what their object does."""

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

LIGHT = frozenset(
    [
        "hold", "have", "make", "pay", "give", "take", "do", "conduct", "stage", "launch", "carry", "issue",
        "lodge", "file", "send", "deliver", "undertake", "mount", "perform", "wage", "kick", "begin", "start",
        "open", "close", "end", "conclude", "wrap", "finish", "continue", "resume", "receive", "get", "reach",
        "sign", "strike", "seal", "ink", "host", "attend", "convene", "engage", "enter", "join", "offer",
        "express", "voice", "extend", "show", "provide", "grant", "announce", "declare", "impose", "slap",
        "level", "put", "call", "organise", "organize", "lead", "commit", "perpetrate", "execute", "initiate",
        "arrange", "table", "submit", "register", "raise", "enjoy", "maintain", "pursue", "complete", "suffer",
        "face", "see", "witness", "stand", "lend", "throw", "present", "repeat", "reiterate", "renew", "press",
        "step", "come", "go", "plan", "schedule", "prepare", "postpone", "cancel", "delay", "suspend", "break",
        "halt", "order", "tighten", "lift", "ease", "discuss", "propose", "seek", "demand", "refuse", "reject",
        "decline", "deny", "accept", "welcome", "condemn", "criticise", "criticize", "praise", "describe",
        "confirm", "report", "mark", "cut", "short", "embark", "commence", "place", "agree", "lay", "inflict",
        "unleash", "cover", "staff", "avert", "foil", "prevent",
    ]
)  # fmt: skip
"""Verbs whose subject is taken as the doer of the act that their object names ("paid a visit", "launched an attack")."""

NOT_DOER = frozenset(
    [
        "condemn", "criticise", "criticize", "welcome", "praise", "discuss", "report", "confirm", "describe",
        "deny", "witness", "see", "face", "suffer", "receive", "accept", "reject", "refuse", "demand",
        "propose", "seek", "avert", "foil", "prevent", "mark", "cover", "host", "announce", "order", "postpone",
        "cancel", "delay", "lift", "ease", "suspend", "halt", "break", "call off", "put off",
    ]
)  # fmt: skip
"""Of these (or of these with a particle), verbs whose subject need not be the doer of the noun: asked only when the noun names no doer itself."""

LIGHT_BY_PREPOSITION = frozenset(
    {
        ("enter", "into"), ("engage", "in"), ("take", "in"), ("go", "on"), ("embark", "on"), ("take", "part in"), ("come", "to"),
        ("come", "under"), ("step", "up"), ("arrive", "for"), ("travel", "for"), ("fly", "for"), ("meet", "for"),
        ("participate", "in"), ("go", "into"), ("be", "in"), ("carry", "out"), ("sit", "for"), ("gather", "for"), ("join", "in"),
    }
)  # fmt: skip
"""(verb, preposition) that carry a noun as light verbs do: "entered into talks", "arrived for a visit"."""
