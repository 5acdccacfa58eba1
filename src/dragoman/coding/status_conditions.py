"""What conditions tell of an act's status: "until the army withdraws" has not happened, nor what comes only "if" something else does."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.coding.grammar import Grammar
from dragoman.coding.status_words import CLEAR, NOT, STRONG, Cue

AWAITED = frozenset(
    {"until", "till", "unless", "once", "as long as", "so long as", "provided", "providing", "condition"}
)
"""What begins a clause that in the present tense tells what has yet to happen."""

LASTING = frozenset({"as long as", "so long as"})
"""Of these, what under a refusal tells what goes on ("no talks as long as it builds settlements")."""

IFS = frozenset({"if", "unless", "as long as", "so long as", "provided", "providing", "condition"})
"""What begins a condition of the clause above it."""

REFUSING = frozenset(
    ["refuse", "decline", "reject", "rule", "exclude", "oppose", "resist", "bar", "deny", "forbid", "boycott", "shun", "insist",
     "demand", "urge", "call", "want", "ask"]
)  # fmt: skip
"""Verbs of refusal and demand: what stands under them with "before" is asked for first."""

UNREAL = frozenset({"would", "'d", "’d", "should", "must", "could"})
WILL = frozenset({"will", "'ll", "’ll", "shall", "would", "'d", "’d", "wo"})
PRESENT = frozenset({"has", "have", "is", "are", "am", "do", "does", "can", "'s", "'ve", "'re"})
PAST = frozenset({"had", "was", "were", "did", "would", "could", "'d"})


def awaited(g: Grammar, verb: int) -> Iterator[Cue]:
    """ "until troops withdraw", "before it pulls out": what a clause of time or condition waits for."""
    clause = _clause(g, verb)
    begins = _beginning(g, clause)
    if begins not in AWAITED and begins != "before":
        return
    governor = _governor(g, clause, begins)
    refused = governor is not None and _refused(g, governor)
    because = f"a clause with “{begins}” waits for it"
    if begins in LASTING and refused:
        return
    if _is_present(g, verb):
        wanted = begins != "before" or refused
        yield Cue("hypothetical" if wanted else "future", because, clause, CLEAR if wanted else STRONG)
    elif refused and begins != "once" and governor is not None and _is_unreal(g, governor):
        yield Cue("hypothetical", because, clause, CLEAR)


def under_condition(g: Grammar, verb: int) -> Iterator[Cue]:
    """ "will meet if the truce holds": what comes only under a condition."""
    if not any(g.tokens[c].deprel.startswith("aux") and g.tokens[c].text.lower() in WILL for c in g.children[verb]):
        return
    for child in _subordinate(g, verb):
        if _beginning(g, child) in IFS and not _even(g, child):
            yield Cue("hypothetical", "it comes only under a condition", child, CLEAR)
            return


def of_anybody(g: Grammar, verb: int) -> Iterator[Cue]:
    """ "any state that recognises it", "anyone who votes": nobody is told to have done it."""
    token = g.tokens[verb]
    if token.deprel != "acl:relcl" or token.head < 0 or not _is_present(g, verb):
        return
    head = token.head
    whoever = g.lemmas[head] in ("anyone", "anybody", "whoever", "everyone", "everybody")
    if whoever or any(g.lemmas[c] == "any" and g.tokens[c].deprel == "det" for c in g.children[head]):
        yield Cue("hypothetical", "it is told of anybody who may do it", head, CLEAR)


def not_after_all(g: Grammar, verb: int) -> Iterator[Cue]:
    """ "were to have met", "had planned to meet but did not": it was not done."""
    texts = {g.tokens[c].text.lower() for c in g.children[verb] if g.tokens[c].deprel.startswith(("aux", "mark"))}
    if {"to", "have"} <= texts and texts & {"was", "were"}:
        yield Cue("negated", "“was to have”", verb, STRONG)
    for at in (verb, *list(g.ancestors(verb))[:2]):
        for child in g.children[at]:
            if g.tokens[child].deprel == "conj" and child > verb and _is_elliptic_not(g, child):
                yield Cue("negated", "told to have failed", child, CLEAR)
                return


def _is_elliptic_not(g: Grammar, token: int) -> bool:
    """ "did not", with nothing behind it."""
    auxiliary = g.tokens[token].upos == "AUX" and g.lemmas[token] in ("do", "be", "have", "can")
    return auxiliary and any(g.lemmas[c] in NOT for c in g.children[token]) and not g.objects(token)


def _clause(g: Grammar, verb: int) -> int:
    """The first verb of its coordination, which bears the word that begins the clause."""
    token = g.tokens[verb]
    joined = token.deprel == "conj" and token.head >= 0 and g.is_verb(token.head)
    own = any(g.tokens[c].deprel == "mark" and g.lemmas[c] != "to" for c in g.children[verb])
    return _clause(g, token.head) if joined and not own else verb


def _beginning(g: Grammar, verb: int) -> str:
    """What begins the clause: "until", "as long as", "provided"; "" when nothing of the kind does."""
    for child in g.children[verb]:
        word = g.tokens[child].text.lower()
        if g.tokens[child].deprel not in ("mark", "advmod", "case") or child > verb:
            continue
        if word == "as" and child > 1 and [t.text.lower() for t in g.tokens[child - 2 : child]][1:] == ["long"]:
            return f"{g.tokens[child - 2].text.lower()} long as"
        if word in AWAITED | IFS | {"before"}:
            return word
    head = g.tokens[verb].head
    if head >= 0 and head < verb:
        if g.tokens[verb].deprel == "ccomp" and g.tokens[head].text.lower() in ("provided", "providing"):
            return "" if g.surface_subject(head) and g.tokens[head].deprel == "root" else "provided"
        if g.lemmas[head] == "condition" and g.case(head) == "on":
            return "condition"
    return ""


def _governor(g: Grammar, clause: int, begins: str) -> int | None:
    """The verb that the clause stands beside."""
    at = g.tokens[clause].head
    while at >= 0 and not g.is_verb(at):
        at = g.tokens[at].head
    if begins in ("provided", "providing") and at >= 0:
        at = g.tokens[at].head
    return at if at >= 0 else None


def _chain(g: Grammar, verb: int) -> list[int]:
    return [verb, *(a for a in list(g.ancestors(verb))[:2] if g.is_verb(a))]


def _refused(g: Grammar, verb: int) -> bool:
    """Whether the clause above refuses, forbids or demands something."""
    for at in _chain(g, verb):
        below = [
            k for c in (at, *g.children[at]) for k in g.children[c] if g.tokens[k].deprel in ("advmod", "det", "cc")
        ]
        if g.lemmas[at] in REFUSING or any(g.lemmas[k] in NOT for k in below):
            return True
        if any(g.tokens[c].text.lower() in ("must", "should") for c in g.children[at]):
            return True
    return False


def _is_unreal(g: Grammar, verb: int) -> bool:
    """Whether the clause above tells nothing that was done: "would not join", "refused to leave"."""
    return g.is_infinitive(verb) or any(
        g.tokens[c].text.lower() in UNREAL or g.lemmas[at] in REFUSING for at in _chain(g, verb) for c in g.children[at]
    )


def _is_present(g: Grammar, verb: int) -> bool:
    """Whether the verb's finite form is of the present tense."""
    auxiliaries = {g.tokens[c].text.lower() for c in g.children[verb] if g.tokens[c].deprel.startswith(("aux", "cop"))}
    if auxiliaries & PAST:
        return False
    if auxiliaries & PRESENT:
        return True
    text, lemma = g.tokens[verb].text.lower(), g.lemmas[verb]
    return text == lemma or (text.endswith("s") and text[:3] == lemma[:3])


def _subordinate(g: Grammar, verb: int) -> Iterator[int]:
    """Clauses beside a verb, through "long" and "on condition"."""
    for child in g.children[verb]:
        relation = g.tokens[child].deprel
        if relation == "advcl":
            yield from [child, *(c for c in g.children[child] if g.tokens[c].deprel == "ccomp")]
        elif relation in ("advmod", "obl") and g.lemmas[child] in ("long", "condition"):
            yield from (c for c in g.children[child] if g.tokens[c].deprel in ("advcl", "acl", "acl:relcl", "ccomp"))


def _even(g: Grammar, clause: int) -> bool:
    """ "even if": no condition."""
    first = min((c for c in g.children[clause] if g.tokens[c].text.lower() in IFS), default=0)
    return first > 0 and g.tokens[first - 1].text.lower() in ("even", "as", "not")
