"""A user's own labels for marked pairs: a small classifier on top of the shipped encoder, trained in seconds without torch.

The encoder's states of a marked pair (sentence, actor, recipient) are kept as they are; only a multinomial logistic
regression on them is fitted, by accelerated gradient descent with a fixed number of steps, so that the same labels give
the same classifier.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DragomanError, UsageError
from dragoman.pipeline import Tools
from dragoman.relation import Span, checked_pairs

Floats = NDArray[np.float32]
FORMAT = 1
STEPS = 400
L2 = 3e-3
"""Weight decay per example; chosen by cross-validation on the corpus's own pairs."""


class LabelsFileError(DragomanError):
    """A labels file cannot be used with this program or this model."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}. Make it again with `dragoman train`.")
        self.path = path


@dataclass(frozen=True, slots=True)
class OwnLabels:
    """A fitted classifier.

    Attributes:
        labels: Label names, in the order of the columns.
        weights: Shape (features + 1, labels); the last row is the bias.
        mean, scale: Shape (features,): the features are centred and scaled with them.
        model: SHA-256 of the reading model whose states it was fitted on.
    """

    labels: tuple[str, ...]
    weights: Floats
    mean: Floats
    scale: Floats
    model: str

    def probabilities(self, states: Floats) -> Floats:
        """Shape (pairs, labels), rows sum to one."""
        x = np.concatenate([(states - self.mean) / self.scale, np.ones((len(states), 1), np.float32)], axis=1)
        return _softmax(x @ self.weights)

    def save(self, path: Path) -> None:
        """Write the classifier, whole or not at all."""
        part = path.with_name(path.name + ".part")
        with part.open("wb") as file:
            about = json.dumps({"format": FORMAT, "labels": self.labels, "model": self.model})
            np.savez(file, weights=self.weights, mean=self.mean, scale=self.scale, about=np.array(about))
        part.replace(path)

    @classmethod
    def load(cls, path: Path, *, model: str) -> OwnLabels:
        """Read a classifier made by `save`.

        Raises:
            LabelsFileError: it is none, or was fitted on another model.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                about = json.loads(str(file["about"]))
                weights, mean, scale = (file[name].astype(np.float32) for name in ("weights", "mean", "scale"))
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise LabelsFileError(path, f"this is no labels file ({error})") from error
        if about.get("format") != FORMAT:
            raise LabelsFileError(path, f"its format {about.get('format')!r} is not {FORMAT}")
        if about["model"] != model:
            raise LabelsFileError(path, "it was trained with another reading model")
        return cls(tuple(about["labels"]), weights, mean, scale, about["model"])


def states_of(
    tools: Tools,
    texts: Sequence[str],
    actors: Sequence[Span | None],
    recipients: Sequence[Span | None],
    *,
    strict: bool = True,
) -> Floats:
    """The encoder's states of marked pairs, shape (pairs, features), float32."""
    return tools.reader.pair_states(checked_pairs(texts, actors, recipients, strict=strict))


def fit(states: Floats, labels: Sequence[str], *, model: str, l2: float = L2) -> OwnLabels:
    """Fit a classifier to the states of pairs and their labels.

    Raises:
        UsageError: fewer than two labels, or fewer than two examples of each on average.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2 or len(labels) < 2 * len(names):
        raise UsageError(
            f"{len(labels)} examples of {len(names)} labels are too few: give at least two labels and several examples of each."
        )
    column = {name: i for i, name in enumerate(names)}
    target = np.array([column[x] for x in labels])
    mean = states.mean(axis=0)
    scale = states.std(axis=0) + 1e-4
    x = np.concatenate([(states - mean) / scale, np.ones((len(states), 1), np.float32)], axis=1).astype(np.float64)
    weights = _descend(x, target, len(names), l2)
    return OwnLabels(names, weights.astype(np.float32), mean.astype(np.float32), scale.astype(np.float32), model)


def _descend(x: NDArray[np.float64], target: NDArray[np.int64], classes: int, l2: float) -> NDArray[np.float64]:
    """Nesterov's accelerated gradient on the mean log loss with rare classes weighted up (square root of inverse frequency)."""
    n, d = x.shape
    counts = np.bincount(target, minlength=classes).astype(float)
    weight = np.sqrt(n / (classes * counts))[target]
    weight /= weight.mean()
    one_hot = np.zeros((n, classes))
    one_hot[np.arange(n), target] = 1
    # The largest eigenvalue of the Hessian bounds the step; power iteration finds it without forming the matrix.
    v = np.ones(d) / np.sqrt(d)
    for _ in range(30):
        v = x.T @ (x @ v)
        v /= np.linalg.norm(v)
    step = 1 / (0.5 * float(np.linalg.norm(x @ v) ** 2) / n * float(weight.max()) + l2)
    w = np.zeros((d, classes))
    ahead, momentum = w.copy(), 1.0
    for _ in range(STEPS):
        gradient = x.T @ ((_softmax(x @ ahead) - one_hot) * weight[:, None]) / n + l2 * ahead
        following = ahead - step * gradient
        new = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = following + (momentum - 1) / new * (following - w)
        w, momentum = following, new
    return w


def _softmax(scores: NDArray[Any]) -> NDArray[Any]:
    e: NDArray[Any] = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[Any] = e / e.sum(axis=1, keepdims=True)
    return shares


def folds(keys: Sequence[str], count: int) -> list[int]:
    """Fold of each item, by hash of its key: items with one key (one sentence) stay together."""
    return [int(hashlib.sha256(key.encode()).hexdigest(), 16) % count for key in keys]
