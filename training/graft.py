"""Heads that were taught anew, put into a model file in the old ones' place: every other byte stays as it is.

What the rest of the file reads (trees, parts of speech, roles, names, mentions) is then read as before, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.quantise import TOP, column_scales, fit
from training.thaw import NotThisNetworkError

Floats = NDArray[Any]
PAIRED = ("event_start", "event_end", "cues")
"""Heads that score pairs of words; their left side is the trigger's, and its range is found anew."""


def graft(path: Path, target: Path, weights: Mapping[str, Tensor], triggers: Floats, made: str) -> None:
    """Write the model file at `path` with other weights to `target`.

    Args:
        weights: Names of the network's state to their values, of whole heads: matrix and bias.
        triggers: What the layer for triggers gives for some words, shape (words, width): what the range of its integers is
            found on.
        made: Said in the file's note on how it was made, before what stands there.

    Raises:
        NotThisNetworkError: The file has no such head.
    """
    model = onnx.load(str(path))
    held = {t.name: t for t in model.graph.initializer}
    for name, array in _arrays(model, held, weights, triggers):
        if name not in held or tuple(held[name].dims) != array.shape:
            raise NotThisNetworkError(f"{path}: no {name} of shape {array.shape} to put other weights in")
        held[name].CopyFrom(numpy_helper.from_array(array.astype(numpy_helper.to_array(held[name]).dtype), name))
    if not any('"made": "' in entry.value for entry in model.metadata_props):
        raise NotThisNetworkError(f"{path}: it does not say how it was made")
    for entry in model.metadata_props:
        entry.value = entry.value.replace('"made": "', f'"made": "{made}; before that ', 1)
    onnx.save(model, str(target))


COOLED = {
    "types": "types", "modes": "modes", "contexts": "contexts", "statuses": "statuses", "cues": "cues",
    "event_start": "parties", "event_end": "parties",
}  # fmt: skip
"""Last layers and the temperature that their scores are divided by."""


def cooled(path: Path, weights: Mapping[str, Tensor], wanted: Mapping[str, float]) -> dict[str, Tensor]:
    """The weights, the last layers so scaled that the file's own temperatures do what the wanted ones would."""
    held = _temperatures(onnx.load(str(path)))
    found = dict(weights)
    for head, task in COOLED.items():
        scale = held[head] / wanted.get(task, held[head])
        for name in (f"{head}.weight", f"{head}.bias"):
            if name in found:
                found[name] = found[name] * scale
    return found


def _temperatures(model: onnx.ModelProto) -> dict[str, float]:
    """The number by which the file divides the scores of each last layer."""
    made = {o: n for n in model.graph.node for o in n.output}
    found = {}
    for node in model.graph.node:
        if node.op_type != "Div":
            continue
        source = node.input[0]
        while (before := made.get(source)) is not None and before.op_type == "Squeeze":
            source = before.input[0]
        head = source.split("/")[1] if source.startswith("/") else ""
        constant = made.get(node.input[1])
        if head in COOLED and constant is not None and constant.op_type == "Constant":
            found[head] = float(numpy_helper.to_array(constant.attribute[0].t))
    return found


def _arrays(
    model: onnx.ModelProto, held: Mapping[str, onnx.TensorProto], weights: Mapping[str, Tensor], triggers: Floats
) -> Iterator[tuple[str, Floats]]:
    """Names of the file's constants and what they are to be."""
    widened = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "Cast"}
    nodes = {n.name: n for n in model.graph.node}
    source = nodes[f"/{PAIRED[0]}/MatMul"].input[0].removesuffix("_integers")
    padded = np.pad(triggers, ((0, 0), (0, 1)), constant_values=1.0)
    chosen = fit(padded, [weights[f"{head}.weight"].detach().numpy() for head in PAIRED], smooth=False)
    yield f"{source}_scale", np.float32(chosen.scale).reshape(())
    yield f"{source}_zero", np.uint8(chosen.zero).reshape(())
    for name, weight in weights.items():
        array = weight.detach().numpy().astype(np.float32)
        head = name.removesuffix(".weight")
        if name.endswith(".bias"):
            yield f"reader.{name}", array
        elif head in PAIRED:
            yield from _product(nodes[f"/{head}/MatMul"], array, held)
        elif (integer := nodes.get(f"/{head.split('.')[0]}/{head}/MatMul")) is not None:
            yield from _product(integer, array.T, held)
        else:
            yield widened.get(nodes[f"/{head}/MatMul"].input[1], nodes[f"/{head}/MatMul"].input[1]), array.T


def _product(
    node: onnx.NodeProto, matrix: Floats, held: Mapping[str, onnx.TensorProto]
) -> Iterator[tuple[str, Floats]]:
    """The integers and scales of a large product."""
    factor = node.input[0].removesuffix("_integers") + "_factor"
    if factor in held:
        matrix = matrix / numpy_helper.to_array(held[factor]).astype(np.float32)[:, None]
    scales = column_scales(matrix)
    yield f"{node.name}_weight", np.clip(np.rint(matrix / scales), -TOP, TOP)
    yield f"{node.name}_scales", scales
