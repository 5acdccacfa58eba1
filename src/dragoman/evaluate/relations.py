"""`relations` (PLV form): the root type of a marked pair; and end to end, with no pair given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.evaluate import forms
from dragoman.evaluate.metrics import accuracy, confusion, macro_f1, per_class_f1, prf
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.evaluate.own import apart
from dragoman.evaluate.texts import code_texts
from dragoman.pipeline import Tools
from dragoman.records import EventMention

ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""PLOVER's types as PLV has them: RETREAT and CONCEDE together are YIELD (Hu et al. 2024, Zero-Shot PLOVER)."""

QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1), **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}  # fmt: skip
"""Root -> quad class as PLV's `penta` has it, for the form's 15 roots."""

Span = tuple[int, int]


def root_of(event_type: str) -> str:
    """A PLOVER type as one of ROOTS."""
    return "YIELD" if event_type in ("RETREAT", "CONCEDE") else event_type


@dataclass(frozen=True, slots=True)
class Pair:
    """One gold record: the sentence, the marked sides (every place of their words), root and quad class."""

    item: str
    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    root: str
    penta: int


def read(path: Path) -> list[Pair]:
    """The records of a PLV-form file."""
    pairs = []
    for line, row in forms.rows(path, form="relations", required={"text": str, "root": str}):
        text, root = row["text"], root_of(row["root"])
        if root not in ROOTS:
            raise forms.GoldFormError(
                path, line, f"root: {row['root']!r} is no PLOVER type", f"Roots are {', '.join(ROOTS)}."
            )
        sides = []
        for field in ("source", "target"):
            value = row.get(field)
            if value is not None and not isinstance(value, dict):
                raise forms.GoldFormError(
                    path, line, f"{field}: is {type(value).__name__}", "It is {text, spans} or null."
                )
            sides.append(forms.spans_of((value or {}).get("spans"), path=path, line=line, field=field, text=text))
        penta = row.get("penta")
        pairs.append(
            Pair(
                str(row.get("id", line)),
                text,
                sides[0],
                sides[1],
                root,
                penta if isinstance(penta, int) else QUAD[root],
            )
        )
    return pairs


def run(path: Path, tools: Tools) -> Outcome:
    """Score both tasks."""
    from dragoman.relation import relate

    pairs = read(path)
    sides = [apart(p.source, p.target) for p in pairs]
    found = relate(tools, [p.text for p in pairs], [s[0] for s in sides], [s[1] for s in sides], strict=False)
    roots, quads = [], []
    for relation in found:
        by_root: dict[str, float] = dict.fromkeys(ROOTS, 0.0)
        for name, p in relation.types.items():
            if name != "none":
                by_root[root_of(name)] += p
        roots.append(max(ROOTS, key=lambda r, scores=by_root: scores[r]))  # type: ignore[misc]
        by_quad = {q: sum(p for r, p in by_root.items() if QUAD[r] == q) for q in (1, 2, 3, 4)}
        quads.append(max(by_quad, key=lambda q, scores=by_quad: scores[q]))  # type: ignore[misc]
    gold, penta = [p.root for p in pairs], [p.penta for p in pairs]
    metrics = {
        "root_macro_f1": macro_f1(gold, roots, [r for r in ROOTS if r in gold]),
        "quad_macro_f1": macro_f1(penta, quads),
        "binary_macro_f1": macro_f1([q > 2 for q in penta], [q > 2 for q in quads]),
        "root_accuracy": accuracy(gold, roots),
    }
    metrics |= _end_to_end(pairs, tools)
    metrics |= {
        f"f1_{label}": score for label, score in sorted(per_class_f1(gold, roots).items(), key=lambda kv: str(kv[0]))
    }
    mistakes = tuple(Mistake(p.item, p.root, r, _marked(p)) for p, r in zip(pairs, roots, strict=True) if p.root != r)
    return Outcome("relations", str(path), len(pairs), metrics, confusion(gold, roots), mistakes)


def _marked(pair: Pair) -> str:
    names = [pair.text[slice(*spans[0])] if spans else "-" for spans in (pair.source, pair.target)]
    return f"{names[0]} > {names[1]} | {pair.text}"


def _end_to_end(pairs: Sequence[Pair], tools: Tools) -> dict[str, float]:
    """Events found with nothing given; right when the root is the gold one and both marked sides overlap the event's sides.

    The gold marks one pair a sentence and says nothing of the others, so `end_to_end_*` judges the events found between the marked
    sides. `end_to_end_all_*` counts every other event against precision, also those that are right: a lower bound.
    """
    right = found = judged = 0
    for pair, coded in zip(pairs, code_texts([(p.text, None) for p in pairs], tools), strict=True):
        events = coded.mentions
        touching = [m for m in events if sides_match(m, pair)]
        right += any(pair.root in (root_of(m.event_type), root_of(m.base_type)) for m in touching)
        found += len(events)
        judged += len(touching)
    p, r, f = prf(right, judged, len(pairs))
    all_p, all_r, all_f = prf(right, found, len(pairs))
    return {
        "end_to_end_precision": p, "end_to_end_recall": r, "end_to_end_f1": f, "end_to_end_all_precision": all_p,
        "end_to_end_all_recall": all_r, "end_to_end_all_f1": all_f,
    }  # fmt: skip


def sides_match(mention: EventMention, pair: Pair) -> bool:
    """Whether the marked source is among the event's actors and the target among its recipients.

    A reciprocal event (several actors, no recipient) matches in either order; an unmarked side matches anything.
    """
    actors = [p.span for p in mention.actors if p.span]
    recipients = [p.span for p in mention.recipients if p.span]
    if not mention.recipients and len(actors) > 1:
        recipients = actors

    def touches(marked: tuple[Span, ...], spans: Sequence[Span]) -> bool:
        return not marked or any(a < d and c < b for a, b in marked for c, d in spans)

    return touches(pair.source, actors) and touches(pair.target, recipients)
