"""Products in integers: nearly the same answers, and the same whoever stands beside."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
ort = pytest.importorskip("onnxruntime")
quantise = pytest.importorskip("training.quantise")

SIZE = 128


@pytest.fixture(scope="module")
def rows() -> Any:
    return np.random.default_rng(1).standard_normal((1, 400, SIZE)).astype(np.float32)


@pytest.fixture(scope="module")
def model() -> Any:
    helper, numbers = onnx.helper, np.random.default_rng(2)
    weight = numbers.standard_normal((SIZE, SIZE)).astype(np.float16)
    bias = numbers.standard_normal(SIZE).astype(np.float32)
    shape = ["B", "W", SIZE]
    graph = helper.make_graph(
        [
            helper.make_node("Cast", ["w"], ["w_wide"], to=onnx.TensorProto.FLOAT),
            helper.make_node("MatMul", ["x", "w_wide"], ["xw"], name="/up/MatMul"),
            helper.make_node("Add", ["b", "xw"], ["y"], name="/up/Add"),
        ],
        "one product",
        [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, shape)],
        [onnx.numpy_helper.from_array(weight, "w"), onnx.numpy_helper.from_array(bias, "b")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(model: Any, x: Any) -> Any:
    return ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]


def test_answers_stay_and_neighbours_do_not_matter(model: Any, rows: Any) -> None:
    small = quantise.quantise(model, [{"x": rows}])
    assert [n.op_type for n in small.graph.node] == ["QuantizeLinear", "MatMulIntegerToFloat"]
    assert small.ByteSize() < 0.7 * model.ByteSize()
    exact, ours = run(model, rows), run(small, rows)
    assert np.square(ours - exact).mean() < 0.002 * exact.var()
    loud = np.concatenate([rows[:, :20], 100 * rows[:, 20:40]], axis=1)
    assert np.array_equal(run(small, loud)[:, :20], ours[:, :20])


def test_a_large_channel_is_evened_out(rows: Any) -> None:
    weight = np.random.default_rng(2).standard_normal((SIZE, SIZE)).astype(np.float32)
    weight[5] /= 40
    large = rows[0].copy()
    large[:, 5] *= 40  # as encoders have them
    plain, even = (quantise.fit(large, [weight], smooth=smooth) for smooth in (False, True))
    assert even.smooth is not None
    assert even.error < plain.error / 2


def test_integers_cannot_overflow_sixteen_bits() -> None:
    assert quantise.STEPS * 2 * quantise.TOP < 2**15


def test_the_command_says_what_it_needs(capsys: Any, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        quantise.main([str(tmp_path / "in.onnx")])
    assert "target" in capsys.readouterr().err
