"""What an act's own clause tells of its status: auxiliaries, negation, adverbs and adjectives, the verb a noun is done by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.coding.grammar import Grammar
from dragoman.coding.status_words import CLEAR, STRONG, WEAK, Cue, auxiliary, cue_words, reported_past

SHARING = 4
"""Verbs of one coordination that may share their auxiliaries."""

HELD = frozenset({"take", "happen", "occur", "materialise", "materialize", "proceed", "come", "go"})
"""Verbs by which an act that is their subject comes about ("take" with "place", "come" with "about" or "off", "go" with "ahead")."""

HELD_WITH = {"come": frozenset({"about", "off"}), "go": frozenset({"ahead", "forward"})}


def own(g: Grammar, verb: int) -> Iterator[Cue]:
    """Auxiliaries, negation and adverbs of the act's own verb (or of the verb it shares them with)."""
    at: int | None = verb
    for _ in range(SHARING):
        if at is None:
            break
        for child in g.children[at]:
            if cue := _beside(g, at, child):
                yield replace(cue, weight=CLEAR) if at == verb and _is_modal(g, at, child) else cue
        at = _shares_with(g, at)
    yield from _be_to(g, verb)
    yield from _at_the_time(g, verb)


def _at_the_time(g: Grammar, verb: int) -> Iterator[Cue]:
    """ "condemned that meeting at the time.": done when something was that is told as past; trees hang the words on either."""
    for at in range(verb + 1, len(g.tokens) - 2):
        if g.is_verb(at):
            return
        words = [t.text.lower() for t in g.tokens[at : at + 3]]
        if words in (["at", "the", "time"], ["at", "that", "time"]) and all(
            t.upos == "PUNCT" for t in g.tokens[at + 3 : at + 4]
        ):
            yield Cue("historical", "“at the time”", at + 2, CLEAR)


def _beside(g: Grammar, verb: int, child: int) -> Cue | None:
    """The cue in a word that hangs from the verb: its auxiliary, an adverb, or the mark that begins its clause."""
    words, relation = cue_words(), g.tokens[child].deprel
    text, lemma = auxiliary(g, child), g.lemmas[child]
    if relation.startswith("aux") and text in words["aux"]:
        if text in ("would", "'d") and reported_past(g, verb):
            return Cue("future", "“would” in reported speech", child, STRONG)
        return Cue(*words["aux"][text], child, STRONG)
    if lemma in words["adverb"] and relation in ("advmod", "cc:preconj", "det", "cc"):
        status, because = words["adverb"][lemma]
        if status == "negated":
            return Cue(status, because, child, STRONG)
        weight = CLEAR if status == "historical" and lemma != "once" else WEAK
        return Cue(status, because, child, weight) if child < verb else None
    if (
        text == "long"
        and relation == "advmod"
        and child < verb
        and any(g.lemmas[c] == "have" for c in g.children[verb])
    ):
        return Cue("historical", "it has long been so", child, CLEAR)
    if text == "longer" and relation == "advmod" and child > 0 and g.lemmas[child - 1] == "no":
        return Cue("negated", "“no longer”", child, STRONG)
    if relation == "mark" and g.is_verb(verb):
        status, because = words["mark"].get(_mark(g, child), ("", ""))
        return Cue(status, because, child, STRONG) if status == "hypothetical" else None
    return None


def _is_modal(g: Grammar, verb: int, child: int) -> bool:
    """Whether it is an auxiliary that alone says that the act is only possible: "may", or "would" with a condition beside it."""
    if not g.tokens[child].deprel.startswith("aux"):
        return False
    text = auxiliary(g, child)
    return text in ("may", "might") or (
        text in ("would", "could") and any(g.case(c).split()[:1] in (["if"], ["unless"]) for c in g.children[verb])
    )


def _shares_with(g: Grammar, verb: int) -> int | None:
    """The verb before it in a coordination, whose auxiliaries are this one's too: it has none, nor a subject."""
    token = g.tokens[verb]
    if token.deprel != "conj" or token.head < 0 or not g.is_verb(token.head) or _has_subject(g, verb):
        return None
    return None if any(g.tokens[c].deprel.startswith("aux") for c in g.children[verb]) else token.head


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


def of_noun(g: Grammar, noun: int) -> Iterator[Cue]:
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


def without(g: Grammar, verb: int) -> Iterator[Cue]:
    """ "left without signing": told only to say that it was not done."""
    at = verb
    while g.tokens[at].deprel == "conj" and g.is_verb(g.tokens[at].head) and not _has_subject(g, at):
        at = g.tokens[at].head
    for child in g.children[at]:
        if g.lemmas[child] == "without" and g.tokens[child].deprel in ("mark", "case"):
            yield Cue("negated", "“without”", child, CLEAR)


def not_held(g: Grammar, noun: int) -> Iterator[Cue]:
    """ "the meeting did not take place": the negation of such a verb is that of the act."""
    verb = g.tokens[noun].head
    if verb < 0 or g.tokens[noun].deprel != "nsubj" or g.lemmas[verb] not in HELD:
        return
    if g.lemmas[verb] == "take" and not any(g.lemmas[o] == "place" for o in g.objects(verb)):
        return
    if (particles := HELD_WITH.get(g.lemmas[verb])) and not any(g.lemmas[c] in particles for c in g.children[verb]):
        return
    for child in g.children[verb]:
        if g.lemmas[child] in ("not", "n't", "never"):
            yield Cue("negated", "it did not come about", child, CLEAR)
