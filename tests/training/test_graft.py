"""Heads put into the shipped file: they say the same, and nothing else changes (needs the training extra)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the network needs torch, see training/README.md")
onnx = pytest.importorskip("onnx", reason="the file is read with onnx, see training/README.md")

from dragoman.read.runtime import MODEL, VOCABULARY, Reader  # noqa: E402
from dragoman.read.wordpiece import WordPieces  # noqa: E402
from tests.training.test_thaw import WORDS, labels_of, network  # noqa: E402
from training import events  # noqa: E402
from training.batches import Encoding  # noqa: E402
from training.examples import Example  # noqa: E402
from training.graft import cooled, graft  # noqa: E402
from training.thaw import thaw  # noqa: E402


def test_the_files_own_heads_put_back_change_next_to_nothing(tmp_path: Path) -> None:
    reader = Reader(MODEL)
    labels = labels_of(reader)
    model = network(labels)
    thaw(model, MODEL)
    encoding = Encoding(WordPieces.load(VOCABULARY), labels)
    kept = events.states_of(model, encoding, [Example(str(i), "corpus", WORDS) for i in range(20)])
    heads = {n: t for n, t in model.state_dict().items() if n.split(".")[0] in events.NAMES}
    target = tmp_path / "reader.onnx"
    graft(MODEL, target, cooled(MODEL, heads, {}), events.triggers(model, kept), "the same heads")
    before, after = (
        {t.name: t.SerializeToString() for t in onnx.load(str(path)).graph.initializer} for path in (MODEL, target)
    )
    touched = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert all(any(head in name for head in (*events.NAMES, "onnx::MatMul")) for name in touched), touched
    piece = reader.piece(WORDS)
    (old,), (new,) = ([scores for _, scores in Reader(path).scores([piece])] for path in (MODEL, target))
    for name in ("upos", "arcs", "relations", "spans"):
        assert np.array_equal(old[name], new[name]), name
    assert np.abs(old["types"].astype(float) - new["types"].astype(float)).max() < 0.1
