"""The exported model with the large products in 8-bit integers; every scale is fixed beforehand, so no sentence leans on another.

    python -m training.quantise build/training/reader.onnx src/dragoman/read/model/reader.onnx

(`python -m training` does it as its last step.)

Weights: symmetric, one scale per column. Activations: one scale and zero point per tensor, found on sentences of the training
parts, as the range that changes the products least. What reads badly in eight bits for its few large channels is divided
channel by channel first and the weights multiplied by the same (as SmoothQuant does). Integers are kept so small that
processors without VNNI, which add pairs of products in sixteen bits, cannot overflow: all give the same answer.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from corpus.splits import split
from dragoman.read.runtime import Piece, Reader, _tensors
from training import own, treebanks

Floats = NDArray[np.float32]

LEAST = 96  # rows and columns of a matrix that is worth it; the classifiers at the end stay fp32
TOP = 63  # of a weight's integer: 255 * (63 + 63) stays within sixteen bits
STEPS = 255  # of an activation's
_CLIPS = (0.0, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3)  # share of the values that may lie beyond each end of the range
_ROWS = 1500  # of each activation that ranges are judged on


@dataclass(frozen=True, slots=True)
class Product:
    """One product of an activation with a constant matrix, and the addition after it, if any."""

    node: onnx.NodeProto
    weight: str
    bias: onnx.NodeProto | None


@dataclass(frozen=True, slots=True)
class Fit:
    """How an activation becomes integers: `smooth` (one per channel, or None) divides it, then scale and zero point."""

    smooth: Floats | None
    scale: float
    zero: int
    error: float

    def integers(self, rows: Floats) -> Floats:
        """The rows as they come back from the integers, still divided."""
        even = rows if self.smooth is None else rows / self.smooth
        return (np.clip(np.rint(even / self.scale) + self.zero, 0, STEPS) - self.zero) * np.float32(self.scale)


class Graph:
    """A model file's graph, with what is asked of it here."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model, self.graph = model, model.graph
        self.constants = {t.name: t for t in self.graph.initializer}
        self.widened = {n.output[0]: n for n in self.graph.node if n.op_type == "Cast" and n.input[0] in self.constants}
        self.users: dict[str, list[onnx.NodeProto]] = {}
        for node in self.graph.node:
            for name in node.input:
                self.users.setdefault(name, []).append(node)

    def array(self, name: str) -> Floats:
        """A constant as fp32."""
        stored = self.widened[name].input[0] if name in self.widened else name
        return numpy_helper.to_array(self.constants[stored]).astype(np.float32)

    def constant(self, name: str) -> bool:
        """Is it one?"""
        return name in self.constants or name in self.widened

    def products(self) -> dict[str, list[Product]]:
        """The products that are worth it, by the activation they share."""
        found: dict[str, list[Product]] = {}
        for node in self.graph.node:
            if (
                node.op_type == "MatMul"
                and self.constant(node.input[1])
                and min(self.array(node.input[1]).shape) >= LEAST
            ):
                after = self.users[node.output[0]]
                add = after[0] if len(after) == 1 and after[0].op_type == "Add" else None
                bias = add if add is not None and any(self.constant(i) for i in add.input) else None
                found.setdefault(node.input[0], []).append(Product(node, node.input[1], bias))
        return found


def activations(model: onnx.ModelProto, names: Sequence[str], feeds: Sequence[Mapping[str, Any]]) -> dict[str, Floats]:
    """Rows (n, channels) that each tensor takes over the feeds."""
    open_ = onnx.ModelProto()
    open_.CopyFrom(model)
    open_.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(open_.SerializeToString(), options, providers=["CPUExecutionProvider"])
    rows: dict[str, list[Floats]] = {name: [] for name in names}
    for feed in feeds:
        for name, value in zip(names, session.run(list(names), dict(feed)), strict=True):
            rows[name].append(value.reshape(-1, value.shape[-1]))
    return {name: np.concatenate(parts) for name, parts in rows.items()}


def fit(rows: Floats, weights: Sequence[Floats], *, smooth: bool) -> Fit:
    """The range, and the evening out of channels where it pays, under which the products change least."""
    some = rows[np.random.default_rng(0).permutation(len(rows))[:_ROWS]]
    whole = np.concatenate(list(weights), axis=1)
    exact = some @ whole
    tried = [_ranged(rows, some, whole, exact, None)]
    if smooth:
        tops = np.abs(rows).max(0) + 1e-6
        for share in (0.4, 0.6):
            even = tops**share / (np.abs(whole).max(1) + 1e-6) ** (1 - share)
            even = (even / np.exp(np.log(even).mean())).astype(np.float32)
            tried.append(_ranged(rows, some, whole, exact, even))
    plain, best = tried[0], min(tried, key=lambda f: f.error)
    return best if best.error < 0.8 * plain.error else plain


def _ranged(rows: Floats, some: Floats, whole: Floats, exact: Floats, smooth: Floats | None) -> Fit:
    even = rows if smooth is None else rows / smooth
    matrix = whole if smooth is None else whole * smooth[:, None]
    scales = column_scales(matrix)
    back = np.rint(matrix / scales) * scales
    flat = even.ravel()
    ends = np.quantile(flat[:: max(1, len(flat) // 2_000_000)], [q for c in _CLIPS[1:] for q in (c, 1 - c)])
    ranges = [(float(flat.min()), float(flat.max())), *zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True)]
    best: Fit | None = None
    for low, high in ranges:
        scale = (max(high, 0.0) - min(low, 0.0)) / STEPS
        one = Fit(smooth, scale, round(-min(low, 0.0) / scale), 0.0)
        error = float(np.square(one.integers(some) @ back - exact).sum() / np.square(exact - exact.mean(0)).sum())
        if best is None or error < best.error:
            best = Fit(smooth, scale, one.zero, error)
    assert best is not None
    return best


def column_scales(matrix: Floats) -> Floats:
    """One scale per column: the one of a few clippings that changes the column least."""
    top = np.abs(matrix).max(0) + 1e-9
    best, least = top / TOP, np.full(matrix.shape[1], np.inf, np.float32)
    for share in (1.0, 0.92, 0.84, 0.76):
        scale = top * share / TOP
        error = np.square(np.clip(np.rint(matrix / scale), -TOP, TOP) * scale - matrix).sum(0)
        best, least = np.where(error < least, scale, best), np.minimum(error, least)
    return best.astype(np.float32)


def quantise(model: onnx.ModelProto, feeds: Sequence[Mapping[str, Any]], *, say: bool = False) -> onnx.ModelProto:
    """A copy of the model with its large products in integers; `feeds` are the graph's inputs, one sentence each."""
    small = onnx.ModelProto()
    small.CopyFrom(model)
    graph = Graph(small)
    groups = graph.products()
    seen = activations(model, list(groups), feeds)
    replaced: dict[str, list[onnx.NodeProto]] = {}
    dropped: set[str] = set()
    for name, products in groups.items():
        chosen = fit(seen[name], [graph.array(p.weight) for p in products], smooth="LayerNorm" in name)
        if say:
            print(
                f"{products[0].node.name:45} error {100 * chosen.error:6.3f} % {'evened' if chosen.smooth is not None else ''}"
            )
        before = _integer_input(graph, name, chosen)
        for product in products:
            replaced[product.node.name] = [*before, _integer_product(graph, name, product, chosen, seen[name])]
            before = []
            dropped |= {product.bias.name} if product.bias is not None else set()
    _rebuild(graph, replaced, dropped)
    return small


def _put(graph: Graph, name: str, array: NDArray[Any]) -> str:
    graph.graph.initializer.append(numpy_helper.from_array(array, name))
    return name


def _integer_input(graph: Graph, name: str, chosen: Fit) -> list[onnx.NodeProto]:
    _put(graph, f"{name}_scale", np.float32(chosen.scale).reshape(()))
    _put(graph, f"{name}_zero", np.uint8(chosen.zero).reshape(()))
    nodes = []
    source = name
    if chosen.smooth is not None:
        source = f"{name}_even"
        factor = _put(graph, f"{name}_factor", (1.0 / chosen.smooth).astype(np.float32))
        nodes.append(helper.make_node("Mul", [name, factor], [source], name=source))
    integers = [source, f"{name}_scale", f"{name}_zero"]
    return [*nodes, helper.make_node("QuantizeLinear", integers, [f"{name}_integers"], name=f"{name}_integers")]


def _rounded(matrix: Floats, scales: Floats, rows: Floats) -> NDArray[np.int8]:
    """The matrix (in, out) in integers; each row's rounding error is made good by the rows after it, as far as the activations
    `rows` (n, in) let them (the second-order rounding of GPTQ, Frantar et al. 2023)."""
    moments = rows.T.astype(np.float64) @ rows / len(rows)
    moments[np.diag_indices_from(moments)] += 0.01 * np.diag(moments).mean()
    upper = np.linalg.cholesky(np.linalg.inv(moments)).T
    left = matrix.astype(np.float64)
    found = np.empty(matrix.shape, np.int8)
    for i in range(len(left)):
        found[i] = np.clip(np.rint(left[i] / scales), -TOP, TOP)
        left[i:] -= np.outer(upper[i, i:], (left[i] - found[i] * scales) / upper[i, i])
    return found


def _integer_product(graph: Graph, name: str, product: Product, chosen: Fit, rows: Floats) -> onnx.NodeProto:
    matrix = graph.array(product.weight)
    if chosen.smooth is not None:
        matrix = matrix * chosen.smooth[:, None]
    scales = column_scales(matrix)
    at = product.node.name
    integers = _put(graph, f"{at}_weight", _rounded(matrix, scales, chosen.integers(rows)))
    inputs = [f"{name}_integers", integers, f"{name}_scale", _put(graph, f"{at}_scales", scales), f"{name}_zero", ""]
    output = product.node.output[0]
    if product.bias is not None:
        output = product.bias.output[0]
        inputs.append(next(i for i in product.bias.input if graph.constant(i)))
    return helper.make_node("MatMulIntegerToFloat", inputs, [output], name=at, domain="com.microsoft")


def _rebuild(graph: Graph, replaced: Mapping[str, list[onnx.NodeProto]], dropped: set[str]) -> None:
    """New nodes in the old ones' places; constants that nothing reads any more go."""
    nodes = [
        n for old in graph.graph.node for n in replaced.get(old.name, [old]) if old.name not in dropped or not old.name
    ]
    read = {name for node in nodes for name in node.input} | {o.name for o in graph.graph.output}
    nodes = [n for n in nodes if n.output[0] not in graph.widened or n.output[0] in read]
    read = {name for node in nodes for name in node.input}
    kept = [onnx.NodeProto.FromString(n.SerializeToString()) for n in nodes]
    del graph.graph.node[:]
    graph.graph.node.extend(kept)
    constants = [onnx.TensorProto.FromString(t.SerializeToString()) for t in graph.graph.initializer if t.name in read]
    del graph.graph.initializer[:]
    graph.graph.initializer.extend(constants)
    if not any(o.domain == "com.microsoft" for o in graph.model.opset_import):
        graph.model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


# --- the sentences that ranges are found on --------------------------------------------------------------------------------


def calibration(reader: Reader, data: Path, count: int) -> Iterator[dict[str, Any]]:
    """The graph's inputs for sentences of the training parts, half from the corpus and half from the treebank."""
    chosen = random.Random(20261121)
    ours = [e.words for r in split(own.reports())["train"] for e in own.sentences(r)]
    trees = [e.words for e in treebanks.ewt(data, "train")]
    for words in chosen.sample(ours, count // 2) + chosen.sample(trees, count - count // 2):
        piece: Piece = reader.piece(words[:90])
        yield _tensors([piece])


def shrink(source: Path, target: Path, data: Path, *, sentences: int = 240, say: bool = False) -> None:
    """Write the small form of a model file."""
    feeds = list(calibration(Reader(source), data, sentences))
    onnx.save(quantise(onnx.load(str(source)), feeds, say=say), str(target))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the small model."""
    parser = argparse.ArgumentParser(prog="python -m training.quantise", description=__doc__)
    parser.add_argument("source", type=Path, help="model file as exported, with halves for weights")
    parser.add_argument("target", type=Path, help="model file to write")
    parser.add_argument("--data", type=Path, default=Path("../shared/corpora"), help="folder of the open corpora")
    parser.add_argument("--sentences", type=int, default=240, help="how many sentences the ranges are found on")
    options = parser.parse_args(arguments)
    shrink(options.source, options.target, options.data, sentences=options.sentences, say=True)
    print(f"{options.target}: {options.target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
