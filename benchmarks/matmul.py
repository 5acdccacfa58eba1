"""How fast this machine multiplies fp32 matrices with onnxruntime: the yardstick for the reading model's speed."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

_FLOAT, _INT = 1, 7


def _number(value: int) -> bytes:
    out = bytearray()
    while True:
        out.append(value & 0x7F | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def _field(number: int, payload: bytes | int) -> bytes:
    if isinstance(payload, int):
        return _number(number << 3) + _number(payload)
    return _number(number << 3 | 2) + _number(len(payload)) + payload


def _value(name: str, *shape: int) -> bytes:
    """A ValueInfoProto: a float tensor with a fixed shape."""
    dims = b"".join(_field(1, _field(1, size)) for size in shape)
    tensor = _field(1, _FLOAT) + _field(2, dims)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))


def product_model(rows: int, inner: int, columns: int) -> bytes:
    """An ONNX model with one node, C = A B, written out by hand so that no further package is needed."""
    node = _field(1, b"A") + _field(1, b"B") + _field(2, b"C") + _field(4, b"MatMul")
    graph = _field(1, node) + _field(2, b"product")
    graph += _field(11, _value("A", rows, inner)) + _field(11, _value("B", inner, columns))
    graph += _field(12, _value("C", rows, columns))
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, b"") + _field(2, 17))


def peak(threads: int, *, size: int = 1536, seconds: float = 1.5) -> float:
    """Best rate of a large square fp32 product, in GFLOP/s."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    session: Any = ort.InferenceSession(product_model(size, size, size), options, providers=["CPUExecutionProvider"])
    random = np.random.default_rng(0)
    inputs = {name: random.standard_normal((size, size), np.float32) for name in "AB"}
    session.run(None, inputs)
    best, end = 0.0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        session.run(None, inputs)
        best = max(best, 2 * size**3 / (time.perf_counter() - begun) / 1e9)
    return best
