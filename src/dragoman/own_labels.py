"""A user's own labels for marked pairs: a small classifier on top of the shipped encoder and coder, trained in seconds without torch.

Ridge regression on five blocks of features (`dragoman.own_features`), solved in closed form in the space of the
examples, so that the same labels give the same classifier. How sharp its probabilities are is set on the examples themselves, each left out in turn.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DragomanError, UsageError
from dragoman.own_features import Features, Floats
from dragoman.query.output import whole

Doubles = NDArray[np.float64]
FORMAT = 3
RIDGE = 0.3
"""How strongly weights are held down; 0.1 to 0.5 differ by less than half a point in cross-validation."""
BALANCE = 0.3
"""Power of the inverse frequency by which rare labels are weighted up."""
BLOCKS = (0.25, 0.25, 0.75, 0.25, 0.5)
"""Mean squared length of an example in states, numbers, words, signs, answers; chosen in cross-validation, where a factor of two
changes less than half a point."""
WAVES, WIDTH = 1024, 0.5
"""How the program's own answers are looked at: by so many random waves, whose inner products are near exp(-WIDTH * distance squared)
(random Fourier features, Rahimi and Recht 2007), so that like answers count together and unlike ones not at all."""
DENSE = ("states", "numbers", "answers")
AT_ONCE = 4096
"""Columns of words worked on together."""
SHARPNESS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 14.0)


class LabelsFileError(DragomanError):
    """A labels file cannot be used with this program or this model."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}. Make it again with `dragoman train`.")
        self.path = path


@dataclass(frozen=True, slots=True)
class Space:
    """How features become numbers.

    Attributes:
        centre, scale: Per dense block (states, numbers, answers): mean and deviation, shape (features,).
        rarity: Per block of names (words, signs): name -> (column, weight).
    """

    centre: tuple[Floats, Floats, Floats]
    scale: tuple[Floats, Floats, Floats]
    rarity: tuple[dict[str, tuple[int, float]], dict[str, tuple[int, float]]]

    def parts(self, seen: Features) -> Iterator[Floats]:
        """The columns of all features, some at a time; shapes (pairs, some features)."""
        dense = zip((seen.states, seen.numbers), self.centre[:2], self.scale[:2], BLOCKS[:2], strict=True)
        for block, centre, scale, share in dense:
            yield ((block - centre) / scale * np.float32((share / len(centre)) ** 0.5)).astype(np.float32)
        for names, rarity, share in zip((seen.words, seen.signs), self.rarity, BLOCKS[2:4], strict=True):
            yield from _named(names, rarity, share**0.5)
        yield _waves((seen.answers - self.centre[2]) / self.scale[2], BLOCKS[4] ** 0.5)


def _named(items: Sequence[frozenset[str]], rarity: dict[str, tuple[int, float]], length: float) -> Iterator[Floats]:
    """Rows of one length whose entries are the rarity of the names that are there, some columns at a time."""
    rows = [sorted(rarity[name] for name in names if name in rarity) for names in items]
    norms = [length / max(sum(w * w for _, w in row) ** 0.5, 1e-6) for row in rows]
    for start in range(0, len(rarity), AT_ONCE):
        x = np.zeros((len(items), min(AT_ONCE, len(rarity) - start)), np.float32)
        for i, row in enumerate(rows):
            first, last = (bisect_left(row, (edge, 0.0)) for edge in (start, start + AT_ONCE))
            for column, weight in row[first:last]:
                x[i, column - start] = weight * norms[i]
        yield x


def _waves(x: Floats, length: float) -> Floats:
    """Rows of about one length whose inner products fall with the distance of the rows of x, shape (pairs, WAVES)."""
    chance = np.random.default_rng(20261122)  # the same waves for every fit
    turns = chance.normal(size=(x.shape[1], WAVES)) * (2 * WIDTH / x.shape[1]) ** 0.5
    shifts = chance.uniform(0, 2 * np.pi, WAVES)
    waves: Floats = (length * (2 / WAVES) ** 0.5 * np.cos(x @ turns + shifts)).astype(np.float32)
    return waves


def space_of(seen: Features) -> Space:
    """The space that some examples span."""
    dense = (seen.states, seen.numbers, seen.answers)
    centre = tuple(part.mean(axis=0) for part in dense)
    scale = tuple(part.std(axis=0) + np.float32(1e-4) for part in dense)
    return Space(
        (centre[0], centre[1], centre[2]), (scale[0], scale[1], scale[2]), (_rarity(seen.words), _rarity(seen.signs))
    )


def _rarity(items: Sequence[frozenset[str]]) -> dict[str, tuple[int, float]]:
    counts = Counter(name for names in items for name in names)
    return {name: (i, log((1 + len(items)) / counts[name])) for i, name in enumerate(sorted(counts))}


@dataclass(frozen=True, slots=True)
class OwnLabels:
    """A fitted classifier.

    Attributes:
        labels: Label names, in the order of the columns.
        space: How features become numbers.
        weights: Shape (features, labels); bias: shape (labels,).
        sharpness: What scores are multiplied by before they become shares.
        model: SHA-256 of the reading model whose states it was fitted on.
    """

    labels: tuple[str, ...]
    space: Space
    weights: Floats
    bias: Floats
    sharpness: float
    model: str

    def probabilities(self, seen: Features) -> Floats:
        """Shape (pairs, labels), rows sum to one."""
        scores = np.tile(self.bias, (len(seen), 1))
        at = 0
        for part in self.space.parts(seen):
            scores += part @ self.weights[at : at + part.shape[1]]
            at += part.shape[1]
        return _softmax(self.sharpness * scores).astype(np.float32)

    def save(self, path: Path) -> None:
        """Write the classifier, whole or not at all.

        Raises:
            CannotWriteError: the file cannot be made.
        """
        about = {
            "format": FORMAT, "labels": self.labels, "model": self.model, "sharpness": self.sharpness,
            "names": [list(r) for r in self.space.rarity],
        }  # fmt: skip
        rarities = [np.array([w for _, w in r.values()]) for r in self.space.rarity]
        with whole(path) as part, part.open("wb") as file:
            np.savez_compressed(
                file, weights=self.weights, bias=self.bias, words=rarities[0], signs=rarities[1],
                centre_states=self.space.centre[0], centre_numbers=self.space.centre[1], centre_answers=self.space.centre[2],
                scale_states=self.space.scale[0], scale_numbers=self.space.scale[1], scale_answers=self.space.scale[2], about=np.array(json.dumps(about)),
            )  # fmt: skip

    @classmethod
    def load(cls, path: Path, *, model: str) -> OwnLabels:
        """Read a classifier made by `save`.

        Raises:
            LabelsFileError: it is none, or was fitted on another model.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                about = json.loads(str(file["about"]))
                stored = {name: file[name] for name in file.files if name != "about"}
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise LabelsFileError(path, f"this is no labels file ({error})") from error
        if about.get("format") != FORMAT:
            raise LabelsFileError(path, f"its format {about.get('format')!r} is not {FORMAT}")
        if about["model"] != model:
            raise LabelsFileError(path, "it was trained with another reading model")
        rarity = [
            {name: (i, float(w)) for i, (name, w) in enumerate(zip(names, stored[block], strict=True))}
            for names, block in zip(about["names"], ("words", "signs"), strict=True)
        ]
        centre, scale = ([stored[f"{what}_{n}"] for n in DENSE] for what in ("centre", "scale"))
        space = Space((centre[0], centre[1], centre[2]), (scale[0], scale[1], scale[2]), (rarity[0], rarity[1]))
        return cls(
            tuple(about["labels"]), space, stored["weights"], stored["bias"], float(about["sharpness"]), about["model"]
        )


def fit(seen: Features, labels: Sequence[str], *, model: str) -> OwnLabels:
    """Fit a classifier to the features of pairs and their labels.

    Raises:
        UsageError: fewer than two labels, or fewer than two examples of each on average.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2 or len(labels) < 2 * len(names):
        raise UsageError(
            f"{len(labels)} examples of {len(names)} labels are too few: give at least two labels and several examples of each."
        )
    column = {name: i for i, name in enumerate(names)}
    right = np.array([column[x] for x in labels])
    space = space_of(seen)
    alike = np.zeros((len(right), len(right)))
    for part in space.parts(seen):
        alike += part @ part.T
    target, weight = _targets(right, len(names))
    bias = (weight[:, None] * target).sum(axis=0) / weight.sum()
    inverse = np.linalg.inv(alike + RIDGE * np.diag(1 / weight))
    dual = inverse @ (target - bias)
    # A ridge regression's error on an example that it has not seen follows from the one on all.
    left_out = target - dual / np.diag(inverse)[:, None]
    sharpness = max(SHARPNESS, key=lambda s: float(np.log(_softmax(s * left_out)[np.arange(len(right)), right]).sum()))
    weights = np.concatenate([part.T @ dual.astype(np.float32) for part in space.parts(seen)])
    return OwnLabels(names, space, weights, bias.astype(np.float32), sharpness, model)


def _targets(right: NDArray[np.int64], count: int) -> tuple[Doubles, Doubles]:
    """One for the right label and a little below nothing for the others; the weight of each example."""
    target = np.full((len(right), count), -1 / (count - 1))
    target[np.arange(len(right)), right] = 1.0
    counts = np.bincount(right, minlength=count)
    weight: Doubles = (len(right) / (count * np.maximum(counts, 1))) ** BALANCE
    return target, weight[right]


def _softmax(scores: NDArray[Any]) -> NDArray[Any]:
    e: NDArray[Any] = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[Any] = e / e.sum(axis=1, keepdims=True)
    return shares


def folds(keys: Sequence[str], count: int) -> list[int]:
    """Fold of each item, by hash of its key: items with one key (one sentence) stay together."""
    return [int(hashlib.sha256(key.encode()).hexdigest(), 16) % count for key in keys]
