"""The network learns, and gives the same file and the same scores as the runtime reads (needs the training extra)."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the network needs torch, see training/README.md")
pytest.importorskip("onnx", reason="the export needs onnx, see training/README.md")

from dragoman.read.runtime import VOCABULARY, Reader  # noqa: E402
from dragoman.read.wordpiece import WordPieces  # noqa: E402
from tests.training.test_own import examples  # noqa: E402
from training import own  # noqa: E402
from training.batches import Encoding  # noqa: E402
from training.config import Stage  # noqa: E402
from training.data import EXTRA_SPANS, SPANS  # noqa: E402
from training.examples import Example, Frame, Frames, LabelSets, Tree  # noqa: E402
from training.export import export  # noqa: E402
from training.live import torch_scorer  # noqa: E402
from training.loop import hide, lean, rate_at  # noqa: E402
from training.losses import WEIGHTS, losses  # noqa: E402
from training.model import Reader as Network  # noqa: E402
from training.sizes import Sizes  # noqa: E402

SIZES = Sizes(layers=2, mixed=2, hidden=48, inner=64, attention_heads=4, dropout=0.0, head_dropout=0.0)
LABELS = LabelSets(("nsubj", "obj", "punct", "root"), ("_", "ARG0", "ARG1"), (*SPANS, *EXTRA_SPANS))
PARSED = Example(
    "p",
    "ewt",
    ("France", "met", "Iran", "."),
    tree=Tree(("PROPN", "VERB", "PROPN", "PUNCT"), (2, 0, 2, 2), ("nsubj", "root", "obj", "punct")),
    frames=Frames((Frame(2, (("ARG0", (1, 1)), ("ARG1", (3, 3)))),)),
)


def network() -> Network:
    torch.manual_seed(0)
    return Network(SIZES, relations=4, roles=3, spans=len(LABELS.spans))


def test_every_task_has_a_loss_and_training_lowers_it() -> None:
    encoding, model = Encoding(WordPieces.load(VOCABULARY), LABELS), network()
    sentences = [PARSED, *examples()]
    questions = own.relations(sentences[1])
    batches = [encoding.batch(sentences), encoding.batch(questions)]
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    totals = []
    for _ in range(30):
        found = {**losses(model, batches[0]), **losses(model, batches[1])}
        assert set(found) == set(WEIGHTS)
        total = sum(found.values())
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        totals.append(total.item())
    assert totals[-1] < totals[0] / 3


def test_the_exported_file_scores_as_the_network_does(tmp_path: Path) -> None:
    encoding, model = Encoding(WordPieces.load(VOCABULARY), LABELS), network().eval()
    random.seed(0)
    for parameter in model.parameters():  # as they are stored: halves
        parameter.data = parameter.data.half().float()
    path = tmp_path / "tiny.onnx"
    export(model, LABELS, {"types": 2.0}, path, trained_on=("nothing",), made="test")
    reader = Reader(path)
    assert reader.contract.trained_on == ("nothing",)
    sentences = [PARSED, *examples()]
    ours = torch_scorer(model, LABELS, encoding, {"types": 2.0})(sentences)
    theirs = dict(reader.scores([reader.piece(e.words) for e in sentences]))
    for number, arrays in enumerate(ours):
        for name, array in arrays.items():
            assert np.allclose(array, theirs[number][name], atol=2e-3), name


def test_a_stage_changes_the_drop_out_above_the_shared_layers_alone() -> None:
    model = Network(replace(SIZES, layers=3, shared=2), relations=4, roles=3, spans=len(LABELS.spans))
    model.set_dropout(0.2, 0.4)
    assert {m.p for m in model.encoder.form.modules() if isinstance(m, torch.nn.Dropout)} == {0.2}
    assert {m.p for m in model.encoder.layers.modules() if isinstance(m, torch.nn.Dropout)} <= {0.0}
    assert model.event[2].rate == 0.4
    assert model.drop.rate == 0.0
    model.set_dropout(None, None)
    assert model.event[2].rate == 0.4


def test_pieces_are_covered_by_what_a_batch_teaches() -> None:
    encoding = Encoding(WordPieces.load(VOCABULARY), LABELS)
    torch.manual_seed(1)
    for sentences, stage, covered in (
        ([PARSED] * 20, Stage("s", 1, {}, hidden=0.5), False),
        ([PARSED] * 20, Stage("s", 1, {}, hidden=0.0, hidden_form=0.5), True),
    ):
        batch = encoding.batch(sentences)
        before = batch.ids.clone()
        hide(batch, 103, stage)
        assert bool((batch.ids == 103).any()) == covered
        assert batch.ids[:, 0].equal(before[:, 0])


def test_rates_rise_hold_and_fall() -> None:
    stage = Stage("s", 1, {}, warm_up=0.1, hold=0.5, last_rate=0.0)
    rates = [rate_at(step, 100, stage) for step in range(101)]
    assert rates[:10] == sorted(rates[:10])
    assert rates[0] == pytest.approx(0.1)
    assert set(rates[10:51]) == {1.0}
    assert rates[75] == pytest.approx(0.5)
    assert rates[100] == 0.0
    at_once = replace(stage, hold=0.0)
    assert rate_at(55, 100, at_once) == pytest.approx(0.5)


def test_the_mean_with_the_start() -> None:
    model = network()
    start = {"mix": torch.zeros_like(model.mix)}
    with torch.no_grad():
        model.mix.fill_(1.0)
        model.meaning_mix.fill_(1.0)
    lean(model, start, 0.25)
    assert model.mix.tolist() == pytest.approx([0.75] * len(model.mix))
    assert set(model.meaning_mix.tolist()) == {1.0}
