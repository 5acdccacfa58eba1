"""The shipped file goes back into the network that it came from (needs the training extra)."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the network needs torch, see training/README.md")
pytest.importorskip("onnx", reason="the file is read with onnx, see training/README.md")

from dragoman.read.runtime import MODEL, VOCABULARY, Reader  # noqa: E402
from dragoman.read.wordpiece import WordPieces  # noqa: E402
from training.batches import Encoding  # noqa: E402
from training.data import EXTRA_SPANS, SPANS  # noqa: E402
from training.examples import Example, LabelSets  # noqa: E402
from training.live import torch_scorer  # noqa: E402
from training.model import Reader as Network  # noqa: E402
from training.sizes import Sizes  # noqa: E402
from training.thaw import NotThisNetworkError, thaw  # noqa: E402

WORDS = ("Japan", "'s", "foreign", "minister", "met", "his", "Russian", "counterpart", "on", "Friday", ".")


def network(labels: LabelSets) -> Network:
    return Network(Sizes(), relations=len(labels.relations), roles=len(labels.roles), spans=len(labels.spans)).eval()


def labels_of(reader: Reader) -> LabelSets:
    by_name = {head.name: head.labels for head in reader.contract.heads}
    roles = by_name.get("roles") or by_name["role"]
    return LabelSets(by_name["relations"], roles, (*SPANS, *EXTRA_SPANS))


def test_it_reads_as_the_file_does() -> None:
    reader = Reader(MODEL)
    labels = labels_of(reader)
    model = network(labels)
    thaw(model, MODEL)
    sentence = Example("s", "corpus", WORDS)
    encoding = Encoding(WordPieces.load(VOCABULARY), labels)
    ours = torch_scorer(model, labels, encoding, {})([sentence])[0]
    theirs = next(iter(dict(reader.scores([reader.piece(WORDS)])).values()))
    # The file's products are in eight bits, the network's are not: nearly all choices agree, not all.
    for name, choose in (("upos", None), ("relations", None), ("arcs", -1), ("types", -1)):
        mine, file = (a if choose is None else a.argmax(choose) for a in (ours[name], theirs[name]))
        assert np.mean(mine == file) > 0.85, name


def test_another_network_is_refused() -> None:
    other = Network(Sizes(arc=64), relations=4, roles=3, spans=20)
    with pytest.raises(NotThisNetworkError, match="has no place"):
        thaw(other, MODEL)
