"""The trained network as one ONNX file: probabilities calibrated inside the graph, weights stored as fp16, widened on load.

Every multiplication is done in fp32: the stored halves are cast when the runtime loads the file. Only the word table is
looked up as fp16 and its rows are widened afterwards, which saves memory and changes nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from dragoman.read.heads import SPANS, Contract, heads
from training.examples import LabelSets
from training.model import Biaffine, Reader

METADATA = "dragoman.contract"
_SMALL = 2048  # numbers; smaller tensors (biases, norms) stay fp32
_PERHAPS = 0.02  # least probability of being a predicate for a word whose arguments are looked for


class Exported(nn.Module):
    """The network as the runtime sees it: inputs ids, shapes (B, S), firsts (B, W), markers (B, 2); outputs as in `heads`."""

    def __init__(self, reader: Reader, labels: LabelSets, temperatures: Mapping[str, float]) -> None:
        super().__init__()
        self.reader = copy.deepcopy(reader).eval()
        self.reader.spans = _first_labels(self.reader.spans, len(SPANS))
        self.role_pairs, self.reader.roles = self.reader.roles, Sides()
        self.temperatures = dict(temperatures)

    def _cooled(self, name: str, scores: Tensor) -> Tensor:
        return scores / self.temperatures.get(name, 1.0)

    def _roles(self, left: Tensor, right: Tensor, predicates: Tensor) -> tuple[Tensor, Tensor]:
        """Best role and its probability, (B, W, W), for the words that may be predicates; zeros for all others, most of them."""
        sentence, word = (predicates >= _PERHAPS).nonzero(as_tuple=True)
        scores = self.role_pairs(left[sentence, word].unsqueeze(1), right[sentence])
        probability, role = self._cooled("roles", scores).softmax(-1).max(-1)
        none = torch.zeros_like(predicates).unsqueeze(-1).expand(-1, -1, predicates.shape[1])
        return tuple(none.index_put((sentence, word), x.squeeze(1).to(none.dtype)) for x in (role, probability))

    def forward(self, ids: Tensor, shapes: Tensor, firsts: Tensor, markers: Tensor) -> tuple[Tensor, ...]:
        lower = self.reader.encoder(ids, shapes)
        f = self.reader.form(self.reader.form_states(lower), firsts)
        states = self.reader.meaning_states(lower)
        s = self.reader.meaning(states, firsts)
        predicates = self._cooled("predicates", f.predicates).sigmoid()
        role, role_probability = self._roles(*f.roles, predicates)
        pair_types, pair_statuses = self.reader.relation(states, markers)
        pair_states = self.reader.pair_states(states, markers)
        byte = torch.uint8
        return (
            f.upos.argmax(-1).to(byte),
            f.arcs,
            f.relations.argmax(-1).to(byte),
            predicates,
            role.to(byte),
            role_probability,
            self._cooled("spans", s.spans).sigmoid(),
            self._cooled("actors", s.actor_start),
            self._cooled("actors", s.actor_end),
            self._cooled("types", s.types).softmax(-1),
            self._cooled("modes", s.modes).sigmoid(),
            self._cooled("contexts", s.contexts).sigmoid(),
            self._cooled("statuses", s.statuses).softmax(-1),
            self._cooled("parties", s.event_start),
            self._cooled("parties", s.event_end),
            self._cooled("cues", s.cues).sigmoid(),
            self._cooled("pair_types", pair_types).softmax(-1),
            self._cooled("pair_statuses", pair_statuses).softmax(-1),
            pair_states,
        )


class Sides(nn.Module):
    """In a biaffine's place: what it would pair, (2, B, W, d)."""

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Both sides, unpaired."""
        return torch.stack((left, right))


def _first_labels(pairs: Biaffine, count: int) -> Biaffine:
    """The same scores for the first `count` labels only."""
    size = pairs.weight.shape[0]
    kept = Biaffine(size - 1, count)
    weight = pairs.weight.detach().view(size, pairs.labels, size)[:, :count]
    kept.weight = nn.Parameter(weight.reshape(size, count * size).clone())
    return kept


def export(
    reader: Reader,
    labels: LabelSets,
    temperatures: Mapping[str, float],
    path: Path,
    *,
    trained_on: tuple[str, ...],
    made: str,
) -> None:
    """Write the model file."""
    contract = Contract(heads(relations=labels.relations, roles=labels.roles), trained_on, made)
    path.parent.mkdir(parents=True, exist_ok=True)
    model = Exported(reader, labels, temperatures)
    inputs = (
        torch.tensor([[101, 2023, 2003, 102]]),
        torch.tensor([[0, 2, 1, 0]]),
        torch.tensor([[0, 1, 2]]),
        torch.tensor([[0, 0]]),
    )
    names = [head.name for head in contract.heads]
    axes = {"ids": {0: "B", 1: "S"}, "shapes": {0: "B", 1: "S"}, "firsts": {0: "B", 1: "W"}, "markers": {0: "B"}}
    for head in contract.heads:
        axes[head.name] = {i: a for i, a in enumerate(head.axes) if a != "labels"}
    wide = path.with_suffix(".wide.onnx")
    torch.onnx.export(
        model,
        inputs,
        str(wide),
        input_names=["ids", "shapes", "firsts", "markers"],
        output_names=names,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    graph = onnx.load(str(wide))
    _halve(graph)
    del graph.metadata_props[:]
    helper.set_model_props(graph, {METADATA: contract.to_json()})
    graph.producer_name, graph.producer_version, graph.doc_string = "dragoman", "", ""
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))
    wide.unlink()


def _halve(model: onnx.ModelProto) -> None:
    """Store large fp32 tensors as fp16 behind a cast; a table that is only looked up is cast after the look-up."""
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or int(np.prod(tensor.dims)) < _SMALL:
            continue
        halves = numpy_helper.to_array(tensor).astype(np.float16)
        if not np.isfinite(halves).all():
            raise ValueError(f"{tensor.name}: a weight does not fit fp16")
        tensor.CopyFrom(numpy_helper.from_array(halves, tensor.name))
        users = [n for n in graph.node if tensor.name in n.input]
        if users and all(n.op_type == "Gather" and n.input[0] == tensor.name for n in users):
            for node in users:
                plain = node.output[0]
                node.output[0] = plain + "_half"
                casts.append((node, helper.make_node("Cast", [plain + "_half"], [plain], to=TensorProto.FLOAT)))
            continue
        for node in users:
            node.input[:] = [tensor.name + "_wide" if name == tensor.name else name for name in node.input]
        casts.append((None, helper.make_node("Cast", [tensor.name], [tensor.name + "_wide"], to=TensorProto.FLOAT)))
    nodes = [cast for after, cast in casts if after is None]
    for node in graph.node:
        nodes.append(node)
        nodes += [cast for after, cast in casts if after is node]
    kept = [copy.deepcopy(n) for n in nodes]
    del graph.node[:]
    graph.node.extend(kept)
