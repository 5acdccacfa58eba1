"""Learning a user's own labels from a file of marked pairs, and how well that goes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from dragoman.errors import UsageError
from dragoman.evaluate import forms
from dragoman.evaluate.metrics import accuracy, confusion, macro_f1, per_class_f1
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.own_features import Features, features_of
from dragoman.own_labels import OwnLabels, fit, folds
from dragoman.pipeline import Tools
from dragoman.relation import Span


def _read(path: Path, tools: Tools) -> tuple[list[str], list[str], Features, list[str]]:
    """(sentence keys, labels, features, texts) of a file of marked pairs with labels of any name."""
    keys, labels, texts = [], [], []
    actors: list[Span | None] = []
    recipients: list[Span | None] = []
    for line, row in forms.rows(path, form="relations", required={"text": str, "root": str}):
        text = row["text"]
        sides = []
        for field in ("source", "target"):
            value = row.get(field)
            if value is not None and not isinstance(value, dict):
                raise forms.GoldFormError(
                    path, line, f"{field}: is {type(value).__name__}", "It is {text, spans} or null."
                )
            sides.append(forms.spans_of((value or {}).get("spans"), path=path, line=line, field=field, text=text))
        actor, recipient = apart(sides[0], sides[1])
        keys.append(str(row.get("sentence_id") or text))
        labels.append(row["root"])
        texts.append(text)
        actors.append(actor)
        recipients.append(recipient)
    return keys, labels, features_of(tools, texts, actors, recipients, strict=False), texts


def apart(source: tuple[Span, ...], target: tuple[Span, ...]) -> tuple[Span | None, Span | None]:
    """The first places of the two sides that do not overlap; None for a side that is not marked."""
    for s in source:
        for t in target:
            if s[1] <= t[0] or t[1] <= s[0]:
                return s, t
    if source:
        return source[0], None
    return None, target[0] if target else None


def learn(path: Path, tools: Tools) -> OwnLabels:
    """A classifier fitted on the whole file."""
    _, labels, seen, _ = _read(path, tools)
    return fit(seen, labels, model=tools.reader.sha256)


def cross_validate(path: Path, tools: Tools, count: int = 5) -> Outcome:
    """Each fold labelled by a classifier fitted on the others; sentences never stand on both sides.

    Raises:
        UsageError: there are too few sentences for so many folds.
    """
    keys, labels, seen, texts = _read(path, tools)
    if len(set(keys)) < 4 * count:
        raise UsageError(
            f"{path}: {len(set(keys))} different sentences are too few for {count} folds; give more, or fewer `--folds`."
        )
    fold = np.array(folds(keys, count))
    found = [""] * len(labels)
    for number in range(count):
        inside, outside = np.flatnonzero(fold != number).tolist(), np.flatnonzero(fold == number).tolist()
        if not outside:
            continue
        fitted = fit(seen.rows(inside), [labels[i] for i in inside], model=tools.reader.sha256)
        best = fitted.probabilities(seen.rows(outside)).argmax(axis=1)
        for i, b in zip(outside, best, strict=True):
            found[i] = fitted.labels[b]
    return _outcome(path, keys, labels, found, texts)


def transfer(train_on: Path, path: Path, tools: Tools) -> Outcome:
    """A file labelled by a classifier fitted on another."""
    keys, labels, seen, texts = _read(path, tools)
    fitted = learn(train_on, tools)
    found = [fitted.labels[b] for b in fitted.probabilities(seen).argmax(axis=1)]
    return _outcome(path, keys, labels, found, texts)


def _outcome(path: Path, keys: list[str], labels: list[str], found: list[str], texts: list[str]) -> Outcome:
    metrics = {"root_macro_f1": macro_f1(labels, found), "root_accuracy": accuracy(labels, found)}
    metrics |= {
        f"f1_{label}": score for label, score in sorted(per_class_f1(labels, found).items(), key=lambda kv: str(kv[0]))
    }
    mistakes = tuple(Mistake(k, g, f, t) for k, g, f, t in zip(keys, labels, found, texts, strict=True) if g != f)
    return Outcome("relations-trained", str(path), len(labels), metrics, confusion(labels, found), mistakes)
