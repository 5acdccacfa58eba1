"""What fills the slots of a word: subject, object, prepositional phrases, infinitives; through light verbs and containers."""

from __future__ import annotations

from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import lexicon

LIGHT = frozenset(
    [
        "hold",
        "have",
        "make",
        "pay",
        "give",
        "take",
        "do",
        "conduct",
        "stage",
        "launch",
        "carry",
        "issue",
        "lodge",
        "file",
        "send",
        "deliver",
        "undertake",
        "mount",
        "perform",
        "wage",
        "kick",
        "begin",
        "start",
        "open",
        "close",
        "end",
        "conclude",
        "wrap",
        "finish",
        "continue",
        "resume",
        "receive",
        "get",
        "reach",
        "sign",
        "strike",
        "seal",
        "ink",
        "host",
        "attend",
        "convene",
        "engage",
        "enter",
        "join",
        "offer",
        "express",
        "voice",
        "extend",
        "show",
        "provide",
        "grant",
        "announce",
        "declare",
        "impose",
        "slap",
        "level",
        "put",
        "call",
        "organise",
        "organize",
        "lead",
        "commit",
        "perpetrate",
        "execute",
        "initiate",
        "arrange",
        "table",
        "submit",
        "register",
        "raise",
        "enjoy",
        "maintain",
        "pursue",
        "complete",
        "suffer",
        "face",
        "see",
        "witness",
        "stand",
        "lend",
        "throw",
        "present",
        "repeat",
        "reiterate",
        "renew",
        "press",
        "step",
        "come",
        "go",
        "plan",
        "schedule",
        "prepare",
        "postpone",
        "cancel",
        "delay",
        "suspend",
        "break",
        "halt",
        "order",
        "impose",
        "tighten",
        "lift",
        "ease",
        "discuss",
        "propose",
        "seek",
        "demand",
        "refuse",
        "reject",
        "decline",
        "deny",
        "accept",
        "welcome",
        "condemn",
        "criticise",
        "criticize",
        "praise",
        "describe",
        "confirm",
        "report",
        "mark",
        "cut",
        "short",
        "embark",
        "commence",
        "place",
        "agree",
        "lay",
        "inflict",
        "unleash",
        "cover",
        "staff",
        "avert",
        "foil",
        "prevent",
    ]
)
"""Verbs whose subject is taken as the doer of the act that their object names ("paid a visit", "launched an attack")."""

NOT_DOER = frozenset(
    [
        "condemn",
        "criticise",
        "criticize",
        "welcome",
        "praise",
        "discuss",
        "report",
        "confirm",
        "describe",
        "deny",
        "witness",
        "see",
        "face",
        "suffer",
        "receive",
        "accept",
        "reject",
        "refuse",
        "demand",
        "propose",
        "seek",
        "avert",
        "foil",
        "prevent",
        "mark",
        "cover",
        "host",
        "announce",
        "order",
        "postpone",
        "cancel",
        "delay",
        "lift",
        "ease",
        "suspend",
        "halt",
        "break",
    ]
)
"""Of these, verbs whose subject need not be the doer of the noun: asked only when the noun names no doer itself."""

DOERS = frozenset(
    [
        "police",
        "army",
        "navy",
        "military",
        "militia",
        "rebel",
        "militant",
        "insurgent",
        "government",
        "guerrilla",
        "mob",
        "gang",
        "student",
        "worker",
        "union",
        "opposition",
        "coalition",
        "jihadist",
    ]
)
"""Common nouns that name the doer when compounded with the act: "police firing", "rebel attack"."""

CONTAINERS = frozenset(
    [
        "round",
        "series",
        "set",
        "number",
        "wave",
        "string",
        "spate",
        "bout",
        "day",
        "act",
        "campaign",
        "barrage",
        "flurry",
        "raft",
        "package",
        "part",
        "hail",
        "volley",
        "burst",
        "slew",
        "kind",
        "form",
        "list",
        "range",
        "program",
        "programme",
        "process",
        "course",
        "night",
        "week",
        "outbreak",
    ]
)
"""Nouns that stand before the noun that matters: "a round of talks"."""


def light_verb(g: Grammar, noun: int) -> int | None:
    """The verb that carries the noun as its object (or passive subject), through containers ("held a round of talks")."""
    at = noun
    for _ in range(3):
        token = g.tokens[at]
        head = token.head
        if head < 0:
            return None
        if g.is_verb(head) and g.tokens[head].deprel not in ("amod",):
            fits = token.deprel in ("obj", "nsubj:pass") or (token.deprel == "conj")
            if token.deprel in ("obl", "nmod") and (g.lemmas[head], g.case(at)) in _PREPOSITIONAL:
                return head
            return head if fits and g.lemmas[head] in LIGHT else None
        if token.deprel == "conj" or (token.deprel == "nmod" and g.case(at) == "of" and g.lemmas[head] in CONTAINERS):
            at = head
            continue
        return None
    return None


_PREPOSITIONAL = frozenset(
    {
        ("enter", "into"), ("engage", "in"), ("take", "in"), ("go", "on"), ("embark", "on"), ("take", "part in"), ("come", "to"),
        ("come", "under"), ("step", "up"), ("arrive", "for"), ("travel", "for"), ("fly", "for"), ("meet", "for"),
        ("participate", "in"), ("go", "into"), ("be", "in"), ("carry", "out"), ("sit", "for"), ("gather", "for"), ("join", "in"),
    }
)  # fmt: skip
"""(verb, preposition) that carry a noun as light verbs do: "entered into talks", "arrived for a visit"."""


def fill(g: Grammar, token: int, slot: str) -> list[int]:
    """Heads of what fills a slot of the word; empty when nothing does."""
    known = g.filled.get((token, slot))
    if known is None:
        of = _of_verb if g.tokens[token].upos in ("VERB", "AUX") else _of_noun
        known = g.filled[token, slot] = tuple(of(g, token, slot))
    return list(known)


def _doer_before(g: Grammar, verb: int) -> list[int]:
    """ "killed in police firing": the bare noun before a gerund after a preposition does it, wherever the tree hangs it."""
    named = verb > 1 and g.lemmas[verb - 1] in DOERS and g.tokens[verb - 1].upos in ("NOUN", "PROPN")
    gerund = g.tokens[verb].text.lower().endswith("ing") and not any(
        g.tokens[c].deprel.startswith("aux") for c in g.children[verb]
    )
    return [verb - 1] if named and gerund and g.tokens[verb - 2].upos in ("ADP", "SCONJ", "DET", "ADJ", "CCONJ") else []


def _of_verb(g: Grammar, verb: int, slot: str) -> list[int]:
    match slot:
        case "subj":
            return _doer_before(g, verb) or g.subject(verb)
        case "obj":
            return g.objects(verb)
        case "iobj":
            return g._spread([c for c in g.children[verb] if g.tokens[c].deprel == "iobj"])
        case "inf":
            return g.infinitives(verb)
        case "infobj":
            return [o for v in g.infinitives(verb) for o in _reached(g, v)]
        case "thatobj":
            return [o for v in g.clauses(verb) for o in _reached(g, v)]
        case "that":
            return g.clauses(verb)
        case "thatsubj":
            return [s for v in g.clauses(verb) for s in g.subject(v)]
        case "ing":
            return [
                c
                for c in g.children[verb]
                if g.is_verb(c)
                and g.tokens[c].text.lower().endswith("ing")
                and g.tokens[c].deprel in ("xcomp", "advcl", "ccomp", "obl")
            ]
        case "pred":
            objects = g.objects(verb)
            found = [
                c
                for c in g.children[verb]
                if not g.is_verb(c)
                and c not in objects
                and not (g.tokens[c].upos == "PROPN" and g.child(verb, "obj", "iobj", "nsubj:pass") is None)
                and (
                    g.tokens[c].deprel == "xcomp"
                    or (g.tokens[c].deprel == "obl" and not g.case(c) and not g.is_time(c))
                )
            ]
            return g._spread(found)
        case "poss":
            return [p for o in g.objects(verb) for p in _owners(g, o)]
        case "pass":
            return [verb] if g.passive(verb) else []
        case "comp":
            return [c for o in g.objects(verb) for c in g.children[o] if g.tokens[c].deprel in ("compound", "amod")]
        case _:
            found = g.phrases(verb, slot)
            if not found:
                found = [
                    p for o in g.children[verb] if g.tokens[o].deprel in ("obj", "xcomp") for p in g.phrases(o, slot)
                ]
            return found


def _reached(g: Grammar, verb: int, depth: int = 0) -> list[int]:
    """Whom the act of a complement verb would reach: its objects, else its phrases with to, with, for, against, from, on.

    What is given, sent or moved ("troops", "aid") is nobody; whom it is meant for comes after it ("to send troops to help Mali").
    """
    found = g._spread([c for c in g.children[verb] if g.tokens[c].deprel == "iobj"])
    found += [p for name in ("to", "with", "for", "against", "from", "on") for p in _of_verb(g, verb, name)]
    things = things_given()
    found += [o for o in g.objects(verb) if o not in found and g.lemmas[o] not in things]
    if not found and depth < 2:
        found = [p for v in g.infinitives(verb) for p in _reached(g, v, depth + 1)]
    return found or g.objects(verb)


@lru_cache(maxsize=1)
def things_given() -> frozenset[str]:
    """Words for forces, arms, relief and money, by the lexicon's sets; read once."""
    sets = lexicon().sets
    return frozenset(w for name in ("force", "arms", "aid", "money") for w in sets.get(name, ()))


def _of_noun(g: Grammar, noun: int, slot: str) -> list[int]:
    light = light_verb(g, noun)
    match slot:
        case "subj":
            return noun_subject(g, noun, light)
        case "obj":
            return _first(g.phrases(noun, p) for p in ("of", "on", "against"))
        case "lv":
            return [light] if light is not None else []
        case "comp":
            return [c for c in g.children[noun] if g.tokens[c].deprel in ("compound", "amod", "nmod:desc")]
        case "poss":
            return _owners(g, noun)
        case "cop":
            return g._surface_subject(noun) if g.child(noun, "cop") is not None else []
        case "inf":
            return g.infinitives(noun)
        case "that":
            return g.clauses(noun)
        case "infobj":
            return [o for v in g.infinitives(noun) for o in _reached(g, v)]
        case "thatsubj":
            return [s for v in g.clauses(noun) for s in g.subject(v)]
        case "ing" | "iobj" | "pred" | "pass" | "thatobj":
            return []
        case _:
            found = g.phrases(noun, slot)
            if not found and light is not None:
                found = g.phrases(light, slot)
            if not found and g.tokens[noun].deprel == "nsubj" and g.tokens[noun].head >= 0:
                found = g.phrases(g.tokens[noun].head, slot)
            return found


def noun_subject(g: Grammar, noun: int, light: int | None) -> list[int]:
    """Who does what the noun names: "by", the owner, the light verb's subject, "between", a nationality word."""
    claimed = _claimant(g, noun)
    if claimed:
        return claimed
    found = g.phrases(noun, "by") or [o for o in _owners(g, noun) if g.tokens[o].upos != "PRON" or light is None]
    if light is not None and (g.lemmas[light] not in NOT_DOER):
        found = g.subject(light) or found
    if not found:
        found = g.phrases(noun, "between")
    if not found:
        found = [
            c for c in g.children[noun]
            if g.tokens[c].deprel in ("amod", "compound") and (g.lemmas[c] in DOERS or _is_actor(g, c))
        ]  # fmt: skip
    if not found and light is not None:
        found = g.subject(light)
    return found or _owners(g, noun)


def _is_actor(g: Grammar, token: int) -> bool:
    return any(m.kind == "actor" and m.head == token for m in g.sentence.mentions)


def _claimant(g: Grammar, noun: int) -> list[int]:
    """Who claims responsibility for the act: he has done it, by his own words."""
    head = g.tokens[noun].head
    if (
        g.tokens[noun].deprel != "nmod"
        or head < 0
        or g.lemmas[head] not in ("responsibility", "credit")
        or g.case(noun) != "for"
    ):
        return []
    verb = g.tokens[head].head
    if verb >= 0 and g.lemmas[verb] in ("claim", "take", "accept", "assume", "acknowledge", "admit"):
        return g.subject(verb)
    return []


def _owners(g: Grammar, noun: int) -> list[int]:
    return g._spread([c for c in g.children[noun] if g.tokens[c].deprel == "nmod:poss"])


def _first(options: object) -> list[int]:
    for option in options:  # type: ignore[attr-defined]
        if option:
            return list(option)
    return []
