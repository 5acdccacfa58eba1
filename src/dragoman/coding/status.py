"""Whether an act has happened: cues of the sentence, its dates, and what the model says, weighed together."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import DATA
from dragoman.coding.light_verbs import light_verb
from dragoman.records import When

STATUSES = ("actual", "historical", "future", "hypothetical", "negated", "postponed", "cancelled")
OLD_DAYS = 31
"""What ended more than this before publication is background (codebook: "over a month")."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A reason for a status.

    Attributes:
        token: Where the words stand; None for a date.
        weight: Log-odds that it adds to its status.
    """

    status: str
    because: str
    token: int | None
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status, how sure (probability), and the cue that spoke for it (None: nothing speaks against a plain fact)."""

    status: str
    probability: float
    cue: Cue | None
    model: float | None


FACT = Verdict("actual", 1.0, None, None)
"""Told as a fact: also of a refusal, which is done by saying it."""


@lru_cache(maxsize=1)
def cue_words() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """kind -> word -> (status, because), from `data/status.tsv`."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    with (DATA / "status.tsv").open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["kind"], {})[row["word"]] = (
                row["status"],
                row["because"].replace('"', "“", 1).replace('"', "”"),
            )
    return found


CLEAR, STRONG, WEAK = 8.0, 5.0, 2.5
"""Weights of the act's own modal and of words that say outright that it was not done; of cues that govern it directly; of
those that are further away or looser. The model can outvote all but the first."""


def judge(
    g: Grammar,
    trigger: tuple[int, ...],
    head: int,
    model: Mapping[str, float],
    when: When | None,
    published: date | None,
) -> Verdict:
    """The status of the act whose trigger is given.

    Args:
        model: The model's probability of each status; empty when it does not know the trigger.
        when: The date of the event, if the sentence gives one.
    """
    cues = list(find(g, trigger, head))
    dated = _from_date(when, published, g, head)
    if dated:
        cues.append(dated)
    cues = _combined(cues, g)
    scores = dict.fromkeys(STATUSES, 0.0)
    scores["actual"] = 2.0
    for cue in cues:
        scores[cue.status] += cue.weight
    if model:
        for status in STATUSES:
            scores[status] += 1.2 * _log(model.get(status, 0.01))
    best = max(STATUSES, key=lambda s: (scores[s], -STATUSES.index(s)))
    return Verdict(
        best,
        _softmax(scores, best),
        next((c for c in cues if c.status == best), None),
        model.get(best) if model else None,
    )


def _log(p: float) -> float:
    from math import log

    return log(max(p, 0.01))


def _softmax(scores: Mapping[str, float], best: str) -> float:
    from math import exp

    top = scores[best]
    return 1.0 / sum(exp(s - top) for s in scores.values())


def _combined(cues: list[Cue], g: Grammar) -> list[Cue]:
    """Two negations, or a negation of doubt, make no negation: "did not rule out", "did not deny"."""
    negations = [c for c in cues if c.status == "negated"]
    statuses = {c.status for c in cues}
    if len(negations) >= 2 and any(
        c.token is not None and g.lemmas[c.token] in ("rule", "exclude", "reject") for c in negations
    ):
        return [Cue("hypothetical", "not ruled out", negations[0].token, CLEAR)]
    if len(negations) >= 2 and any(
        c.token is not None and g.lemmas[c.token] in ("deny", "fail", "refuse", "stop", "hesitate") for c in negations
    ):
        return [c for c in cues if c.status != "negated"]
    if statuses & {"postponed", "cancelled"}:
        return [c for c in cues if c.status in ("postponed", "cancelled")]
    if "negated" in statuses and "future" in statuses:
        return [c for c in cues if c.status != "future"]
    return cues


def find(g: Grammar, trigger: tuple[int, ...], head: int) -> Iterator[Cue]:
    """All cues that bear on the act, nearest first."""
    words = cue_words()
    yield from _own(g, head, trigger)
    light = light_verb(g, head) if not g.is_verb(head) else None
    if light is not None and light != head:
        yield from _own(g, light, trigger)
    if g.is_verb(head):
        yield from _without(g, head)
    else:
        yield from _of_noun(g, head, trigger)
        yield from _not_held(g, head)
    if light is not None and light != head and (lemma := _with_particle(g, light)) in words["verb"]:
        yield Cue(*words["verb"][lemma], light, STRONG)
    yield from _above(g, light if light is not None else head, set(trigger))
    case = g.case(head)
    if case in words["mark"] and not g.is_verb(head):
        yield Cue(*words["mark"][case], head, CLEAR if case != "before" else WEAK)


def _without(g: Grammar, verb: int) -> Iterator[Cue]:
    """ "left without signing": told only to say that it was not done."""
    at = verb
    while g.tokens[at].deprel == "conj" and g.is_verb(g.tokens[at].head) and not _has_subject(g, at):
        at = g.tokens[at].head
    for child in g.children[at]:
        if g.lemmas[child] == "without" and g.tokens[child].deprel in ("mark", "case"):
            yield Cue("negated", "“without”", child, CLEAR)


HELD = frozenset({"take", "happen", "occur", "materialise", "materialize"})
"""Verbs by which an act that is their subject comes about ("take" with "place")."""


def _not_held(g: Grammar, noun: int) -> Iterator[Cue]:
    """ "the meeting did not take place": the negation of such a verb is that of the act."""
    verb = g.tokens[noun].head
    if verb < 0 or g.tokens[noun].deprel != "nsubj" or g.lemmas[verb] not in HELD:
        return
    if g.lemmas[verb] == "take" and not any(g.lemmas[o] == "place" for o in g.objects(verb)):
        return
    for child in g.children[verb]:
        if g.lemmas[child] in ("not", "n't", "never"):
            yield Cue("negated", "it did not come about", child, CLEAR)


def _modal(g: Grammar, verb: int, auxiliary: str) -> bool:
    """Whether the auxiliary alone says that the act is only possible: "may", or "would" with a condition beside it."""
    return auxiliary in ("may", "might") or (
        auxiliary in ("would", "could") and any(g.case(c).split()[:1] in (["if"], ["unless"]) for c in g.children[verb])
    )


def _own(g: Grammar, verb: int, trigger: tuple[int, ...]) -> Iterator[Cue]:
    """Auxiliaries, negation and adverbs of the act's own verb (or of the verb it shares them with)."""
    words = cue_words()
    seen_aux = False
    at = verb
    for _ in range(4):
        for child in g.children[at]:
            token, lemma = g.tokens[child], g.tokens[child].text.lower()
            if token.deprel.startswith("aux") and lemma in words["aux"] and not seen_aux:
                status, because = words["aux"][lemma]
                if lemma in ("would", "'d") and _reported_past(g, at):
                    status, because = "future", "“would” in reported speech"
                yield Cue(status, because, child, CLEAR if at == verb and _modal(g, at, lemma) else STRONG)
            elif g.lemmas[child] in words["adverb"] and token.deprel in ("advmod", "cc:preconj", "det", "cc"):
                status, because = words["adverb"][g.lemmas[child]]
                if status == "negated" or child < at:
                    yield Cue(status, because, child, STRONG if status == "negated" else WEAK)
            elif token.deprel == "mark" and _mark(g, child) in words["mark"] and g.is_verb(at):
                mark = _mark(g, child)
                status, because = words["mark"][mark]
                if status == "hypothetical":
                    yield Cue(status, because, child, STRONG)
        if any(g.tokens[c].deprel.startswith("aux") for c in g.children[at]):
            seen_aux = True
        token = g.tokens[at]
        if (
            token.deprel == "conj"
            and token.head >= 0
            and g.is_verb(token.head)
            and not seen_aux
            and not _has_subject(g, at)
        ):
            at = token.head
            continue
        break
    yield from _be_to(g, verb)


def _mark(g: Grammar, child: int) -> str:
    return " ".join([g.lemmas[child], *(g.lemmas[c] for c in g.children[child] if g.tokens[c].deprel == "fixed")])


def _has_subject(g: Grammar, verb: int) -> bool:
    return any(g.tokens[c].deprel in ("nsubj", "nsubj:pass") for c in g.children[verb])


def _be_to(g: Grammar, verb: int) -> Iterator[Cue]:
    """ "is to visit", "was to have met", "are going to": a plan."""
    token = g.tokens[verb]
    marks = [c for c in g.children[verb] if g.lemmas[c] == "to" and g.tokens[c].deprel == "mark"]
    if marks and token.head >= 0 and token.deprel in ("xcomp", "ccomp"):
        head = token.head
        if g.lemmas[head] == "be":
            yield Cue("future", "“is to”", head, STRONG)
        elif g.lemmas[head] == "go" and g.tokens[head].text.lower() == "going":
            yield Cue("future", "“going to”", head, STRONG)
        elif g.lemmas[head] == "have" and g.tokens[head].text.lower() != "had" and not g.objects(head):
            yield Cue("hypothetical", "“have to”", head, WEAK)


def _reported_past(g: Grammar, verb: int) -> bool:
    """ "said it would send": the future of reported speech."""
    at = verb
    for _ in range(3):
        token = g.tokens[at]
        if token.head < 0:
            return any(
                g.tokens[c].deprel == "parataxis" and g.lemmas[c] in ("say", "tell", "report", "announce", "add")
                for c in g.children[at]
            )
        if token.deprel == "ccomp":
            return g.tokens[token.head].text.lower() not in ("says", "say")
        at = token.head
    return False


def _of_noun(g: Grammar, noun: int, trigger: tuple[int, ...]) -> Iterator[Cue]:
    """Adjectives before a nominal act, and "no": "a planned visit", "no talks"."""
    words = cue_words()
    for child in g.children[noun]:
        lemma, text = g.lemmas[child], g.tokens[child].text.lower()
        if g.tokens[child].deprel in ("amod", "acl", "compound") and (
            text in words["adjective"] or lemma in words["adjective"]
        ):
            status, because = words["adjective"].get(text) or words["adjective"][lemma]
            yield Cue(status, because, child, STRONG)
        elif lemma in ("no", "neither") and g.tokens[child].deprel in ("det", "advmod"):
            yield Cue("negated", "“no”", child, STRONG)


def _above(g: Grammar, start: int, trigger: set[int]) -> Iterator[Cue]:
    """Verbs, nouns and adjectives that govern the act."""
    words = cue_words()
    at = start
    for depth in range(4):
        token = g.tokens[at]
        head = token.head
        if head < 0 or (
            token.deprel in ("parataxis", "advcl", "acl:relcl", "appos", "root")
            and not (
                token.deprel == "advcl" and (g.is_infinitive(at) or g.case(at) in ("of", "from") or _gerund_object(g, at))
            )
        ):
            if token.deprel in ("acl", "acl:relcl") and head >= 0:
                pass
            else:
                return
        weight = STRONG if depth == 0 else WEAK
        if token.deprel == "conj":
            at = head
            continue
        if head in trigger:
            at = head
            continue
        lemma = _with_particle(g, head)
        clause = g.is_verb(at) and token.deprel in ("xcomp", "ccomp", "advcl", "acl", "obl")
        noun_under = not g.is_verb(at) and token.deprel in ("obj", "nsubj:pass", "obl", "nmod", "nsubj")
        if g.is_verb(head):
            if (
                token.deprel == "ccomp"
                and not g.is_infinitive(at)
                and lemma in words["verb"]
                and words["verb"][lemma][0] in ("future", "hypothetical")
            ):
                if lemma in (
                    "hope",
                    "fear",
                    "expect",
                    "wonder",
                    "doubt",
                    "suggest",
                    "propose",
                    "demand",
                    "ask",
                    "threaten",
                    "warn",
                    "anticipate",
                ):
                    yield Cue(*words["verb"][lemma], head, WEAK)
            elif lemma in words["verb"] and (
                clause or (noun_under and token.deprel != "nsubj" and (token.deprel != "obl" or _governs(g, at, lemma)))
            ):
                yield Cue(
                    *words["verb"][lemma], head, STRONG if lemma == "deny" and g.lemmas[at] in TOLD_AS else weight
                )
            elif g.lemmas[head] == "stop" and g.has(head, "short"):
                yield Cue("negated", "it stopped short of it", head, CLEAR)
            negated = any(g.lemmas[c] in ("not", "n't", "never") for c in g.children[head])
            if (
                negated
                and (clause or token.deprel in ("obj", "nsubj:pass"))
                and (token.deprel != "advcl" or _gerund_object(g, at))
            ):
                yield Cue("negated", "its governing verb is negated", head, STRONG if token.deprel != "ccomp" else WEAK)
            if clause or noun_under:
                for child in g.children[head]:
                    text = g.tokens[child].text.lower()
                    if (
                        g.tokens[child].deprel.startswith("aux")
                        and text in words["aux"]
                        and token.deprel != "ccomp"
                        and token.deprel != "advcl"
                    ):
                        status, because = words["aux"][text]
                        if text in ("would", "'d") and _reported_past(g, head):
                            status = "future"
                        yield Cue(status, because, child, WEAK)
            if token.deprel == "ccomp":
                return
        elif g.tokens[head].upos == "ADJ" and g.lemmas[head] in words["adjective"]:
            yield Cue(*words["adjective"][g.lemmas[head]], head, weight)
        elif g.tokens[head].upos == "NOUN" and g.lemmas[head] in words["noun"]:
            yield Cue(*words["noun"][g.lemmas[head]], head, weight)
        elif g.tokens[head].upos == "NOUN" and not g.is_verb(at) and depth > 1:
            return
        at = head


TOLD_AS = frozenset({"report", "claim", "allegation", "suggestion", "rumour", "rumor", "story", "speculation"})
"""Nouns for the telling of an act: who denies the telling denies the act."""


def _gerund_object(g: Grammar, verb: int) -> bool:
    """ "rule out sending": a gerund close behind its verb is its object, whatever the tree calls it."""
    head = g.tokens[verb].head
    return (
        g.tokens[verb].text.lower().endswith("ing")
        and not g.case(verb)
        and head < verb
        and all(g.tokens[t].deprel == "compound:prt" for t in range(head + 1, verb))
    )


def _governs(g: Grammar, at: int, lemma: str) -> bool:
    return (lemma, g.case(at)) in {
        ("refrain", "from"),
        ("hope", "for"),
        ("ask", "for"),
        ("plan", "for"),
        ("prepare", "for"),
        ("warn", "of"),
        ("warn", "against"),
        ("aim", "at"),
        ("push", "for"),
    }


def _with_particle(g: Grammar, verb: int) -> str:
    for child in g.children[verb]:
        if g.tokens[child].deprel == "compound:prt" or (
            g.lemmas[child] in ("off", "out") and g.tokens[child].deprel in ("advmod", "case")
        ):
            return f"{g.lemmas[verb]} {g.lemmas[child]}"
    if g.lemmas[verb] == "call" and any(g.case(c) == "for" for c in g.children[verb]):
        return "call for"
    return g.lemmas[verb]


def _from_date(when: When | None, published: date | None, g: Grammar, head: int) -> Cue | None:
    if when is None or published is None:
        return None
    if when.start > published:
        return Cue("future", f"its date ({when.start.isoformat()}) lies after publication", None, STRONG)
    if (published - when.end).days > OLD_DAYS:
        return Cue(
            "historical", f"its date ({when.end.isoformat()}) lies over a month before publication", None, STRONG
        )
    return None
