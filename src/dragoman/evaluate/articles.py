"""`articles` (IndiaPoliceEvents form): which sentences of an article say that police killed, arrested, used force, acted, or failed to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from dragoman.evaluate import forms
from dragoman.evaluate.metrics import prf
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.evaluate.texts import code_texts, lenient
from dragoman.pipeline import Tools
from dragoman.records import EventMention, Party

NOT_TOLD = ("negated", "hypothetical", "future", "cancelled", "postponed")

LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")


def run(path: Path, tools: Tools) -> Outcome:
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
    tools = lenient(tools)
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
        inside: list[list[EventMention]] = [[] for _ in sentences]
        for mention in coded.mentions:
            inside[max(i for i, start in enumerate(begin) if start <= mention.trigger[0])].append(mention)
        found = [sentence_labels(mentions) for mentions in inside]
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


KILLING = ("kill", "dead", "death", "died", "gunned down", "lynch", "murder", "toll", "perish")
"""Beginnings of words that say that somebody died."""
FORCE = ("fir", "shot", "shoot", "lathi", "charg", "gas", "baton", "beat", "thrash", "force", "dispers", "burst", "lob",
         "crack", "bullet", "cane", "caning", "kill", "round", "encounter", "gun", "assault", "attack", "open", "resort")  # fmt: skip
"""Beginnings of words of force; an act of violence told in other words needs `SURE`."""
ARREST = ("arrest", "detain", "detent", "custod", "nab", "round", "pick", "held", "hold", "jail", "book", "apprehend",
          "caught", "catch", "lock", "bar", "charg", "remand", "captur", "imprison", "court", "put")  # fmt: skip
"""Beginnings of words of arrest; likewise."""
SURE = 0.3
NEAR = 60
"""Characters to either side of the trigger in which a death is part of what the act did."""


def sentence_labels(mentions: Sequence[EventMention]) -> set[str]:
    """The labels of a sentence with these events: deaths of which it names no doer are the police's where they use force."""
    labels = {label for mention in mentions for label in police_labels(mention)}
    if "FORCE" in labels and any(
        m.base_type == "ASSAULT" and not m.actors and m.status == "actual" and _deadly(m) for m in mentions
    ):
        labels.add("KILL")
    return labels


def police_labels(mention: EventMention) -> set[str]:
    """The form's labels that an event of the police (or of no named actor, for arrests) stands for."""
    police = any(_is_police(p) for p in mention.actors)
    if mention.status in ("negated", "cancelled") and police:
        return {"FAIL"}
    labels: set[str] = set()
    if mention.status in NOT_TOLD:
        return labels
    words = re.findall(r"\w+", mention.trigger_text.lower())

    def told(stems: tuple[str, ...]) -> bool:
        return mention.confidence >= SURE or any(word.startswith(stems) for word in words)

    if mention.base_type == "COERCE" and mention.mode == "arrest" and (police or not mention.actors) and told(ARREST):
        labels |= {"ARREST", "ANY_ACTION"}
    if not police and not (mention.mode == "crowd-control" and not mention.actors):
        return labels
    labels.add("ANY_ACTION")
    if mention.base_type == "ASSAULT" and told(FORCE):
        labels.add("FORCE")
        if _deadly(mention):
            labels.add("KILL")
    return labels


def _deadly(mention: EventMention) -> bool:
    """Whether somebody died of it: by its toll, its code, or a word of death beside the trigger."""
    if any(q.kind == "killed" for q in mention.quantities) or (mention.cameo or "").startswith(("1823", "186", "202")):
        return True
    start, end = (at - mention.sentence_start for at in mention.trigger)
    beside = mention.sentence[max(0, start - NEAR) : end + NEAR].lower()
    return any(word.startswith(KILLING) for word in re.findall(r"\w+", beside))


POLICE = frozenset({"COP", "MIL", "PRM"})
POLICE_WORDS = frozenset(
    ["police", "policeman", "policemen", "policewoman", "cop", "cops", "constable", "constables", "jawan", "jawans",
     "troops", "soldiers", "army", "security", "raf", "crpf", "srp", "bsf"]
)  # fmt: skip
"""Words that name the police and the forces beside them where no actor is known by name."""


def _is_police(party: Party) -> bool:
    return bool(POLICE & set(party.sectors)) or bool(POLICE_WORDS & set(party.text.lower().replace("-", " ").split()))
