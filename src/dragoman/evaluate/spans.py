"""`spans` (cameo_ner form): which words name the sources, targets and reciprocal actors of a sentence's main event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from dragoman.coding.attribution import in_sentence
from dragoman.coding.grammar import Grammar
from dragoman.coding.quotes import Quoted
from dragoman.evaluate import forms
from dragoman.evaluate.metrics import prf
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.evaluate.texts import lenient, resolve_texts
from dragoman.pipeline import Tools
from dragoman.records import EventMention, Party, ResolvedReading, Sentence

ROLES = ("source", "target", "reciprocal")
Marked = tuple[str, int, int]
Span = tuple[int, int]


def run(path: Path, tools: Tools) -> Outcome:
    """Exact spans of sources, targets and reciprocal actors; micro precision, recall and F1."""
    items = _read(path)
    coder = lenient(tools).coder
    right = total = wanted = 0
    mistakes = []
    for (item, text, gold), resolved in zip(items, resolve_texts([(i[1], None) for i in items], tools), strict=True):
        found = marked(resolved, coder.code(resolved))
        right, total, wanted = right + len(gold & found), total + len(found), wanted + len(gold)
        if gold != found:
            mistakes.append(Mistake(item, _shown(gold, text), _shown(found, text), text))
    p, r, f = prf(right, total, wanted)
    return Outcome("spans", str(path), len(items), {"precision": p, "recall": r, "f1": f}, {}, tuple(mistakes))


def _read(path: Path) -> list[tuple[str, str, set[Marked]]]:
    items = []
    for line, row in forms.rows(path, form="spans", required={"text": str, "entities": list}):
        gold = set()
        for entity in row["entities"]:
            if not isinstance(entity, dict) or entity.get("role") not in ROLES:
                raise forms.GoldFormError(
                    path, line, f"entities: {entity!r} has no role {', '.join(ROLES)}", "See the form of spans."
                )
            (span,) = forms.spans_of(
                [[entity.get("start"), entity.get("end")]], path=path, line=line, field="entities", text=row["text"]
            )
            gold.add((str(entity["role"]), *span))
        items.append((str(row.get("id", line)), row["text"], gold))
    return items


def _shown(spans: set[Marked], text: str) -> str:
    return ", ".join(f"{role}={text[start:end]}" for role, start, end in sorted(spans, key=lambda m: m[1]))


def marked(resolved: ResolvedReading, mentions: Sequence[EventMention]) -> set[Marked]:
    """The sides of the first event as the form has them: one event a text, whole phrases, both sides of a meeting
    `reciprocal`, and the speaker as source where speaking comes first.
    """
    reading = resolved.reading
    text = reading.report.text
    first = min(mentions, key=lambda m: m.trigger, default=None)
    sentence = reading.sentences[first.sentence_index] if first else next(iter(reading.sentences), None)
    if sentence is None or not sentence.tokens:
        return set()
    g = Grammar(sentence)
    speaker = _speaker(g, Quoted(text), first)
    if first is None:
        return {("source", *span) for span in speaker}
    actors = list(dict.fromkeys(_phrase(g, p, first) for p in first.actors if p.span))
    recipients = [s for s in dict.fromkeys(_phrase(g, p, first) for p in first.recipients if p.span) if s not in actors]
    if len(actors) > 1 and not recipients and first.base_type in RECIPROCAL:
        return {("reciprocal", *span) for span in _joined(actors, text, ("and", ""))}
    if speaker:
        actors = speaker
    if not recipients:
        recipients = _other_side(g, first)
    sources = _joined(actors, text, ("",))
    return {("source", *s) for s in sources} | {
        ("target", *s) for s in _joined(recipients, text, ("",)) if s not in sources
    }


RECIPROCAL = ("CONSULT", "COOPERATE", "AGREE", "SUPPORT", "ASSAULT", "REJECT")


def _speaker(g: Grammar, quoted: Quoted, first: EventMention | None) -> list[Span]:
    """The source of the first cue, where it stands before the event and all that is said of it."""
    for q in in_sentence(g, quoted):
        if q.source and (first is None or (q.source[0][0] < first.trigger[0] and _says(g, q.content_tokens, first))):
            return [q.source[0]]
    return []


def _says(g: Grammar, content: Iterable[int], first: EventMention) -> bool:
    return any(g.tokens[t].start <= first.trigger[0] < g.tokens[t].end for t in content)


def _phrase(g: Grammar, party: Party, event: EventMention) -> Span:
    """The whole noun phrase that names a side, without relative clauses; "Japan" in "a Japan-drafted text" is that text."""
    assert party.span is not None
    head = _head(g.sentence, party.span)
    if head is None:
        return party.span
    trigger = {i for i, t in enumerate(g.tokens) if event.trigger[0] <= t.start < event.trigger[1]}
    while (
        g.tokens[head].deprel in ("compound", "amod", "nmod:poss", "nmod")
        and g.tokens[head].head not in trigger
        and g.tokens[g.tokens[head].head].upos in ("NOUN", "PROPN")
        and (g.tokens[head].deprel != "nmod" or g.case(head) == "of")
    ):
        head = g.tokens[head].head
    cut = _cut(g, head, trigger)
    whole = cut[0] < party.span[1] and party.span[0] < cut[1] and not g.is_verb(head)
    return (min(cut[0], party.span[0]), max(cut[1], party.span[1])) if whole else cut


def _head(sentence: Sentence, span: Span) -> int | None:
    inside = [i for i, t in enumerate(sentence.tokens) if span[0] <= t.start and t.end <= span[1]]
    return next((i for i in inside if sentence.tokens[i].head not in inside), None)


def _cut(g: Grammar, head: int, trigger: set[int]) -> Span:
    """The phrase under a head, up to what does not belong to a name: clauses, other conjuncts, cases, the trigger."""
    kept = set(g.below(head))
    for child in g.children[head]:
        loose = g.tokens[child].deprel in ("nmod", "obl") and child > head and g.case(child) not in ("of", "in", "from")
        if loose or g.tokens[child].deprel in LEFT_OUT or (g.tokens[child].deprel == "case" and child < head):
            kept -= set(g.below(child))
    kept = {t for t in kept if t not in trigger}
    run = [head]
    for step in (-1, 1):
        at = head + step
        while at in kept:
            run.append(at)
            at += step
    return g.span(*_trimmed(g, min(run), max(run)))


def _trimmed(g: Grammar, first: int, last: int) -> tuple[int, int]:
    """Without marks at the ends (a bracket that is opened is closed) and without a preposition at the start."""
    while last > first and g.tokens[last].upos == "PUNCT":
        last -= 1
    while first < last and (g.tokens[first].upos == "PUNCT" or g.tokens[first].upos == "ADP"):
        first += 1
    words = [t.text for t in g.tokens[first : last + 1]]
    if "(" in words and ")" not in words and last + 1 < len(g.tokens) and g.tokens[last + 1].text == ")":
        last += 1
    if first > 2 and g.tokens[first - 1].text == "s" and g.tokens[first - 2].text in ("’", "'"):
        owner = first - 3
        while owner > 0 and g.tokens[owner - 1].upos in ("PROPN", "DET") and g.tokens[owner - 1].text != ",":
            owner -= 1
        first = owner
    return first, last


LEFT_OUT = ("acl:relcl", "conj", "cc", "parataxis", "advcl", "acl", "cop", "nsubj", "aux", "punct")


def _other_side(g: Grammar, event: EventMention) -> list[Span]:
    """What stands for a recipient that is no actor: the place, else what the act is directed to."""
    if event.place and event.place.span:
        return [event.place.span]
    trigger = {i for i, t in enumerate(g.tokens) if event.trigger[0] <= t.start < event.trigger[1]}
    for token in sorted(trigger):
        for child in g.children[token]:
            if child not in trigger and child > token and g.case(child) in DIRECTED and not g.is_verb(child):
                return [_cut(g, child, trigger)]
    return []


DIRECTED = ("to", "against")


def _joined(spans: Sequence[Span], text: str, links: Sequence[str]) -> list[Span]:
    """Spans with no more than one of the links between them as one: "Jordan and Britain", "journalist" "Jane Doe"."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and text[found[-1][1] : span[0]].strip() in links:
            found[-1] = (found[-1][0], max(span[1], found[-1][1]))
        else:
            found.append(span)
    return found
