"""A classifier of a user's own labels: fitted in closed form, stored whole, refused when it does not fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import UsageError
from dragoman.own_features import Features
from dragoman.own_labels import LabelsFileError, OwnLabels, fit, folds

WORDS = {"blame": ("1 accuse", "1 blame"), "visit": ("1 visit", "1 tour"), "arm": ("1 arm", "1 weapon")}


def examples(count: int = 30) -> tuple[Features, list[str]]:
    """Pairs whose label shows in one of two words and in one state."""
    labels = [list(WORDS)[i % 3] for i in range(count)]
    rng = np.random.default_rng(7)
    states = rng.normal(size=(count, 4)).astype(np.float32)
    states[:, 0] += [list(WORDS).index(x) for x in labels]
    words = tuple(frozenset({WORDS[x][i // 3 % 2], "1 the"}) for i, x in enumerate(labels))
    return Features(
        states,
        np.zeros((count, 2), np.float32),
        np.zeros((count, 2), np.float32),
        words,
        tuple(frozenset[str]() for _ in labels),
    ), labels


def test_it_learns_and_gives_the_same_shares_after_a_round_trip(tmp_path: Path) -> None:
    seen, labels = examples()
    fitted = fit(seen, labels, model="m")
    shares = fitted.probabilities(seen)
    assert shares.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert [fitted.labels[k] for k in shares.argmax(axis=1)] == labels
    fitted.save(tmp_path / "labels.npz")
    again = OwnLabels.load(tmp_path / "labels.npz", model="m")
    assert np.allclose(again.probabilities(seen), shares, atol=1e-5)
    with pytest.raises(LabelsFileError, match="another reading model"):
        OwnLabels.load(tmp_path / "labels.npz", model="other")


def test_the_same_labels_give_the_same_classifier_and_unseen_words_say_nothing() -> None:
    seen, labels = examples()
    one, two = fit(seen, labels, model="m"), fit(seen, labels, model="m")
    assert np.array_equal(one.weights, two.weights)
    other = Features(
        seen.states[:1], seen.numbers[:1], seen.answers[:1], (frozenset({"1 never-seen"}),), (frozenset(),)
    )
    bare = Features(seen.states[:1], seen.numbers[:1], seen.answers[:1], (frozenset(),), (frozenset(),))
    assert np.allclose(one.probabilities(other), one.probabilities(bare))


def test_too_few_labels_are_refused() -> None:
    seen, labels = examples(4)
    with pytest.raises(UsageError, match="too few"):
        fit(seen, labels, model="m")
    with pytest.raises(UsageError, match="too few"):
        fit(seen, ["one"] * 4, model="m")


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(b"no classifier")
    with pytest.raises(LabelsFileError, match="no labels file"):
        OwnLabels.load(tmp_path / "x.npz", model="m")


def test_one_sentence_stays_in_one_fold() -> None:
    assert folds(["a", "b", "a"], 5)[0] == folds(["a", "b", "a"], 5)[2]
