"""The shipped file's weights, taken back into the network, so that training can go on from them: `python -m training --go-on`.

Integers come back as the numbers that they stand for, channels that were evened out as they were before. What the file leaves
out (labels that only help while learning) starts as in a new network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from dragoman.read.heads import SPANS
from training.model import Reader

_LAYER = re.compile(r"(?:encoder/)?(?P<where>layers|form|meaning)\.(?P<number>\d)/(?P<part>\w+)$")
_PAIRED = frozenset({"arcs", "relations", "roles", "spans", "event_start", "event_end", "cues"})
"""Heads whose matrix is not that of a linear layer."""

_NAMED = "reader."


class NotThisNetworkError(ValueError):
    """The file does not fill the network."""


def thaw(model: Reader, path: Path) -> None:
    """Put the weights of a model file that `training.quantise` wrote into the network.

    Raises:
        NotThisNetworkError: A weight has another shape, or one is missing.
    """
    state = model.state_dict()
    left = set(state)
    for name, weight in _weights(onnx.load(str(path)), model):
        if name == "spans.weight":
            weight = _with_new_labels(weight, state[name], model.spans.labels)
        if name not in state or state[name].shape != weight.shape:
            raise NotThisNetworkError(
                f"{path}: {name} {tuple(weight.shape)} has no place in the network of training/model.py"
            )
        state[name].copy_(weight)
        left.discard(name)
    if left:
        raise NotThisNetworkError(f"{path}: nothing found for {', '.join(sorted(left))}")


def _weights(file: onnx.ModelProto, model: Reader) -> Iterator[tuple[str, Tensor]]:
    constants = {t.name: numpy_helper.to_array(t) for t in file.graph.initializer}
    nodes = {n.name: n for n in file.graph.node}
    for name, array in constants.items():
        if name.startswith(_NAMED):
            yield name.removeprefix(_NAMED), torch.tensor(array.astype(np.float32))
        elif name.endswith("/MatMul_weight"):
            yield _product(name.removesuffix("_weight"), nodes, constants)
    yield from _classifiers(file, constants)
    yield from _mixes(file, constants, model)


def _product(
    at: str, nodes: dict[str, onnx.NodeProto], constants: dict[str, NDArray[np.generic]]
) -> tuple[str, Tensor]:
    """A large product's matrix as fp32, under the network's name for it."""
    matrix = constants[f"{at}_weight"].astype(np.float32) * constants[f"{at}_scales"]
    factor = nodes[at].input[0].removesuffix("_integers") + "_factor"
    if factor in constants:
        matrix = matrix * constants[factor].astype(np.float32)[:, None]
    path = at.removeprefix("/").removesuffix("/MatMul")
    layer = _LAYER.match(path)
    name = f"encoder.{layer['where']}.{layer['number']}.{layer['part']}" if layer else path.rsplit("/", 1)[-1]
    name = "roles" if name == "role_pairs" else name
    return f"{name}.weight", torch.tensor(matrix if name in _PAIRED else matrix.T.copy())


def _classifiers(file: onnx.ModelProto, constants: dict[str, NDArray[np.generic]]) -> Iterator[tuple[str, Tensor]]:
    """The small last layers, whose matrices have lost their names: known by the node that uses them."""
    widened = {n.output[0]: n.input[0] for n in file.graph.node if n.op_type == "Cast"}
    for node in file.graph.node:
        if node.op_type != "MatMul" or len(node.input) < 2:
            continue
        stored = widened.get(node.input[1], node.input[1])
        if stored in constants and stored.startswith("onnx::"):
            name = node.name.removesuffix("/MatMul").rsplit("/", 1)[-1]
            yield f"{name}.weight", torch.tensor(constants[stored].astype(np.float32).T.copy())


def _mixes(
    file: onnx.ModelProto, constants: dict[str, NDArray[np.generic]], model: Reader
) -> Iterator[tuple[str, Tensor]]:
    """How the last layers are mixed: two groups of shares, for form and for meaning, in the order of the graph."""
    shares = [
        float(constants[i])
        for node in file.graph.node
        if node.op_type == "Mul"
        for i in node.input
        if i.startswith("onnx::Mul") and constants.get(i, np.zeros(1)).ndim == 0
    ]
    if len(shares) != 2 * model.mixed:
        raise NotThisNetworkError(f"{len(shares)} shares of layers in the file, {2 * model.mixed} in the network")
    yield "mix", torch.tensor(shares[: model.mixed]).log()
    yield "meaning_mix", torch.tensor(shares[model.mixed :]).log()


def _with_new_labels(known: Tensor, fresh: Tensor, labels: int) -> Tensor:
    """Scores of span labels: those of the file, and behind them the fresh ones of labels that it leaves out."""
    size = known.shape[0]
    whole = fresh.view(size, labels, size).clone()
    whole[:, : len(SPANS)] = known.view(size, len(SPANS), size)
    return whole.view(size, labels * size)
