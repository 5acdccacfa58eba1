"""`classes` (cameo_class), `spans` (cameo_ner) and `articles` (IndiaPoliceEvents): sentences labelled as wholes or by span."""

from __future__ import annotations

from pathlib import Path

from dragoman.evaluate import forms
from dragoman.evaluate.metrics import accuracy, confusion, macro_f1, per_class_f1, prf
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.evaluate.texts import code_texts
from dragoman.ontology import quad_class
from dragoman.pipeline import Tools
from dragoman.records import EventMention

NOT_TOLD = ("negated", "hypothetical", "future", "cancelled", "postponed")


def classes(path: Path, tools: Tools) -> Outcome:
    """Five classes: 0 neutral, 1 to 4 the class of the sentence's surest event, by CAMEO as the form has it."""
    items = [
        (str(row.get("id", n)), row["text"], int(row["quad"]))
        for n, row in forms.rows(path, form="classes", required={"text": str, "quad": int})
    ]
    found = []
    for coded in code_texts([(text, None) for _, text, _ in items], tools):
        best = max(coded.mentions, key=lambda m: m.confidence, default=None)
        found.append(five_class(best) if best else 0)
    gold = [quad for _, _, quad in items]
    metrics = {"macro_f1": macro_f1(gold, found), "accuracy": accuracy(gold, found)}
    metrics |= {
        f"f1_{label}": score for label, score in sorted(per_class_f1(gold, found).items(), key=lambda kv: str(kv[0]))
    }
    mistakes = tuple(Mistake(i, str(g), str(f), t) for (i, t, g), f in zip(items, found, strict=True) if g != f)
    return Outcome(
        "classes", str(path), len(items), metrics, confusion([str(g) for g in gold], [str(f) for f in found]), mistakes
    )


def five_class(mention: EventMention) -> int:
    """An event in CAMEO's five classes (Phoenix): appeals and what is only considered are neutral, sanctions are verbal conflict.

    CAMEO has no status: cooperation that is refused or fails is verbal conflict there, what is promised verbal cooperation.
    """
    if mention.event_type == "REJECT":
        return 3
    if mention.status == "hypothetical" and mention.event_type != "THREATEN":
        return 0
    if mention.status in ("negated", "cancelled"):
        return 3 if mention.quad_class in (1, 2) else 2 if mention.quad_class == 4 else 0
    if mention.status == "future" and mention.quad_class in (1, 2):
        return 1
    return quad_class((mention.cameo or "01")[:2], "phoenix")


def spans(path: Path, tools: Tools) -> Outcome:
    """Exact spans of sources, targets and reciprocal actors; micro precision, recall and F1."""
    items = []
    for line, row in forms.rows(path, form="spans", required={"text": str, "entities": list}):
        gold = set()
        for entity in row["entities"]:
            if not isinstance(entity, dict) or entity.get("role") not in ("source", "target", "reciprocal"):
                raise forms.GoldFormError(
                    path,
                    line,
                    f"entities: {entity!r} has no role source, target or reciprocal",
                    "See the form of spans.",
                )
            (span,) = forms.spans_of(
                [[entity.get("start"), entity.get("end")]], path=path, line=line, field="entities", text=row["text"]
            )
            gold.add((str(entity["role"]), *span))
        items.append((str(row.get("id", line)), row["text"], gold))
    right = total = wanted = 0
    mistakes = []
    for (item, text, gold), coded in zip(items, code_texts([(i[1], None) for i in items], tools), strict=True):
        found = {span for mention in coded.mentions for span in role_spans(mention)}
        right, total, wanted = right + len(gold & found), total + len(found), wanted + len(gold)
        if gold != found:
            mistakes.append(Mistake(item, _shown(gold, text), _shown(found, text), text))
    p, r, f = prf(right, total, wanted)
    return Outcome("spans", str(path), len(items), {"precision": p, "recall": r, "f1": f}, {}, tuple(mistakes))


def _shown(marked: set[tuple[str, int, int]], text: str) -> str:
    return ", ".join(f"{role}={text[start:end]}" for role, start, end in sorted(marked, key=lambda m: m[1]))


def role_spans(mention: EventMention) -> set[tuple[str, int, int]]:
    """The sides of an event as the form names them: a reciprocal event's actors are `reciprocal`."""
    actors = [p.span for p in mention.actors if p.span]
    recipients = [p.span for p in mention.recipients if p.span]
    role = (
        "reciprocal"
        if len(actors) > 1
        and not recipients
        and mention.base_type in ("CONSULT", "COOPERATE", "AGREE", "SUPPORT", "ASSAULT")
        else "source"
    )
    return {(role, *span) for span in actors} | {("target", *span) for span in recipients}


LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")


def articles(path: Path, tools: Tools) -> Outcome:
    """Which sentences say that police killed, arrested, used force, did anything, or failed to act; F1 per label.

    Sentences are coded within their article, so that "they" has its antecedent.
    """
    items = []
    for line, row in forms.rows(path, form="articles", required={"sentences": list}):
        for sentence in row["sentences"]:
            if (
                not isinstance(sentence, dict)
                or not isinstance(sentence.get("text"), str)
                or not isinstance(sentence.get("labels"), list)
            ):
                raise forms.GoldFormError(
                    path, line, "sentences: an entry lacks text or labels", "It is {text, labels}."
                )
        items.append((str(row.get("id", line)), row["sentences"], forms.day(row.get("date"))))
    texts, starts = [], []
    for _, sentences, published in items:
        at, begin, parts = 0, [], []
        for sentence in sentences:
            begin.append(at)
            parts.append(sentence["text"])
            at += len(sentence["text"]) + 2
        starts.append(begin)
        texts.append(("\n\n".join(parts), published))
    right, total, wanted = (dict.fromkeys(LABELS, 0) for _ in range(3))
    mistakes = []
    for (item, sentences, _), begin, coded in zip(items, starts, code_texts(texts, tools), strict=True):
        found: list[set[str]] = [set() for _ in sentences]
        for mention in coded.mentions:
            index = max(i for i, start in enumerate(begin) if start <= mention.trigger[0])
            found[index] |= police_labels(mention)
        for sentence, labels in zip(sentences, found, strict=True):
            gold = {label for label in sentence["labels"] if label in LABELS}
            for label in LABELS:
                right[label] += label in gold and label in labels
                total[label] += label in labels
                wanted[label] += label in gold
            if gold != labels:
                mistakes.append(Mistake(item, "+".join(sorted(gold)), "+".join(sorted(labels)), sentence["text"]))
    scores = {label: prf(right[label], total[label], wanted[label]) for label in LABELS}
    metrics = {f"f1_{label}": score[2] for label, score in scores.items()}
    metrics["f1"] = sum(metrics[f"f1_{label}"] for label in ("KILL", "ARREST", "FORCE")) / 3
    metrics["f1_all"] = sum(score[2] for score in scores.values()) / len(scores)
    metrics |= {
        f"{name}_{label}": score[i] for label, score in scores.items() for i, name in ((0, "precision"), (1, "recall"))
    }
    return Outcome("articles", str(path), sum(len(s) for _, s, _ in items), metrics, {}, tuple(mistakes))


KILLING = ("kill", "dead", "gunned down", "lynch", "murder")
"""Words within a trigger that say that somebody died."""


def police_labels(mention: EventMention) -> set[str]:
    """The form's labels that an event of the police (or of no named actor, for arrests) stands for."""
    police = any("COP" in p.sectors or "MIL" in p.sectors or "PRM" in p.sectors for p in mention.actors)
    labels: set[str] = set()
    if mention.status in ("negated", "cancelled") and police:
        return {"FAIL"}
    if mention.status in NOT_TOLD:
        return labels
    if mention.base_type == "COERCE" and mention.mode == "arrest" and (police or not mention.actors):
        labels |= {"ARREST", "ANY_ACTION"}
    if not police:
        return labels
    labels.add("ANY_ACTION")
    if mention.base_type == "ASSAULT":
        labels.add("FORCE")
        if (
            any(q.kind == "killed" for q in mention.quantities)
            or (mention.cameo or "").startswith(("1823", "186", "202"))
            or any(word in mention.trigger_text.lower() for word in KILLING)
        ):
            labels.add("KILL")
    return labels
