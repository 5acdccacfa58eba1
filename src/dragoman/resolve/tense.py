"""Whether an expression of time looks back or ahead: from the words before it, and from the verb that governs it."""

from __future__ import annotations

import re

from dragoman.records import Sentence, Token

_PLANNED = re.compile(
    r"\b(?P<was>(?:was|were|had been)\s+(?:originally\s+|first\s+)?)?(?:due|set|scheduled?|slated|planned|plans?|fixed|foreseen|expected|arranged|earmarked|billed|pencilled in|booked|drawn up|deadline|upcoming|forthcoming)"
    r"\s+(?:\w+\s+){0,3}?(?:for|to|on|in|until|by|from)?\s*(?:the\s+|early\s+|late\s+|this\s+)?$",
    re.I,
)  # fmt: skip
_MOVED = re.compile(
    r"\b(?:called|announced|moved|put (?:off|back)|postponed|deferred|delayed|adjourned|rescheduled|extended|brought forward|pushed back|shifted|valid|open)\b[^.;]{0,30}?\b(?:for|to|until|till)\s+(?:the\s+|early\s+|late\s+|this\s+)?$",
    re.I,
)  # fmt: skip
_IS_TO = re.compile(r"\b(?:is|are)\s+(?:\w+ly\s+)?to\s+(?:be\s+)?\w+(?:\s+\w+){0,4}?\s*$", re.I)
_PLANNING = frozenset(
    ["plan", "schedule", "expect", "intend", "hope", "aim", "want", "promise", "pledge", "vow", "prepare", "set", "due"]
)
_FUTURE_AUX = frozenset(["will", "shall", "may", "might", "'ll", "’ll", "wo"])
_PAST_AUX = frozenset(["was", "were", "had", "did", "'d"])
_SAYING = frozenset(
    [
        "say",
        "tell",
        "add",
        "note",
        "show",
        "report",
        "write",
        "claim",
        "warn",
        "insist",
        "argue",
        "believe",
        "think",
        "know",
        "have",
        "be",
    ]
)
# Verbs whose past is written like their present: "hit the base on Tuesday" looks back.
_UNCHANGED = frozenset(
    [
        "put",
        "set",
        "hit",
        "cut",
        "let",
        "read",
        "quit",
        "beat",
        "spread",
        "cast",
        "shut",
        "split",
        "bid",
        "burst",
        "cost",
        "hurt",
        "shed",
        "thrust",
        "upset",
        "broadcast",
    ]
)
# Irregular pasts, for words whose lemma a small table may lack.
_PASTS = frozenset([
    "arose", "awoke", "ate", "bade", "became", "befell", "began", "bent", "bit", "bled", "blew", "bore", "bought", "bound",
    "bred", "broke", "brought", "built", "burnt", "came", "caught", "chose", "clung", "crept", "dealt", "dove", "drank", "drew",
    "drove", "dug", "fed", "fell", "felt", "fled", "flew", "flung", "forbade", "foresaw", "forgave", "forgot", "fought", "found",
    "froze", "gave", "ground", "grew", "had", "heard", "held", "hid", "hung", "kept", "knelt", "knew", "laid", "lay",
    "leapt", "learnt", "led", "left", "lent", "lit", "lost", "made", "meant", "met", "mistook", "overcame", "overtook", "overthrew",
    "oversaw", "paid", "proved", "ran", "rang", "rebuilt", "rode", "rose", "said", "sang", "sank", "sat", "saw", "sent",
    "shone", "shook", "shot", "shrank", "slept", "slew", "slid", "slung", "sold", "sought", "sowed", "spelt", "spent", "spoke",
    "sprang", "stood", "stole", "strode", "strove", "struck", "stuck", "stung", "swam", "swore", "swept", "swung", "taught", "thought",
    "threw", "told", "took", "tore", "undertook", "understood", "undid", "upheld", "wept", "went", "woke", "won", "wore", "wound",
    "wove", "withdrew", "withheld", "withstood", "wrote", "wrung",
])  # fmt: skip
# In the present tense, what these say lies behind: "the decision follows a call on Friday".
_LOOKS_BACK = frozenset(["follow", "stem", "result", "reflect", "echo", "mirror", "recall"])
_BE_NOW = frozenset(["is", "are", "'s", "'re"])


def leaning(sentence: Sentence, text: str, start: int, preposition: str) -> str:
    """ "past", "future" or "" for what stands at `start` of the report's text."""
    if preposition in ("since",):
        return "past"
    before = text[max(sentence.start, start - 70) : start]
    token = next((i for i, t in enumerate(sentence.tokens) if t.end > start), None)
    by_verb = "" if token is None else _of_verb(sentence.tokens, token)
    if _MOVED.search(before):
        return "future"
    if planned := _PLANNED.search(before):
        return "past" if planned["was"] or _root_is_past(sentence.tokens) else "future"
    if _IS_TO.search(before):
        return "future"
    if preposition in ("until", "till", "for"):
        return "future"
    if preposition == "by":
        return by_verb if by_verb == "past" else "future"
    if by_verb == "present":  # "the council votes on Friday": a plan told in the present
        return "future" if preposition in ("on", "in", "from") else ""
    return by_verb


def _root_is_past(tokens: tuple[Token, ...]) -> bool:
    """Whether the sentence as a whole is told of the past: its main verb is, and is not the planning itself."""
    root = next((i for i, t in enumerate(tokens) if t.deprel == "root"), None)
    if root is None or tokens[root].lemma in _PLANNING:
        return False
    helpers = {t.text.lower() for t in tokens if t.head == root and t.deprel.startswith("aux")}
    return not helpers & {"has", "have", "is", "are"} and tense_of(tokens, root) == "past"


def _of_verb(tokens: tuple[Token, ...], token: int) -> str:
    """The tense of the nearest verb above the token that has one."""
    at, steps = token, 0
    while at >= 0 and steps < 12:
        if tokens[at].upos in ("VERB", "AUX") or tokens[at].deprel == "root":
            found = tense_of(tokens, at)
            if found:
                return found
        at = tokens[at].head
        steps += 1
    return ""


def tense_of(tokens: tuple[Token, ...], verb: int) -> str:
    """Of one verb with its auxiliaries: "will go", "is to go", "plans to go" are ahead, "went", "has gone" back."""
    helpers = [t.text.lower() for t in tokens if t.head == verb and t.deprel.startswith(("aux", "cop"))]
    if any(h in _FUTURE_AUX for h in helpers):
        return "future"
    marked = any(t.head == verb and t.deprel == "mark" and t.text.lower() == "to" for t in tokens)
    above = tokens[verb].head
    if marked and above >= 0 and tokens[above].text.lower() in ("was", "were"):
        return "past"
    if marked and above >= 0:
        return (
            "future"
            if tokens[above].lemma in _PLANNING or tokens[above].upos in ("AUX", "NOUN")
            else tense_of(tokens, above)
        )
    before = tokens[verb - 1].text.lower() if verb else ""
    if before == "to" and any(t.text.lower() in ("was", "were") for t in tokens[max(0, verb - 3) : verb]):
        return "past"
    if before == "to" and any(t.text.lower() in _BE_NOW for t in tokens[max(0, verb - 3) : verb]):
        return "future"
    if any(h in _PAST_AUX for h in helpers) or any(h in ("has", "have", "'ve") for h in helpers):
        return "past"
    word, lemma = tokens[verb].text.lower(), tokens[verb].lemma.lower()
    if any(h in _BE_NOW for h in helpers):
        return "present" if word.endswith("ing") else ""
    if tokens[verb].upos == "VERB" and word in _PASTS:
        return "past"
    if tokens[verb].upos == "VERB" and word != lemma and not word.endswith(("ing", "s")):
        return "past"
    if word in _PAST_AUX:
        return "past"
    if word.endswith("ing") and not helpers:  # "ending on Friday" is of the time of what it hangs on
        return ""
    if lemma in _LOOKS_BACK:
        return "past"
    now = word == lemma or word.endswith("s")
    return "present" if now and tokens[verb].upos == "VERB" and lemma not in _SAYING and word not in _UNCHANGED else ""
