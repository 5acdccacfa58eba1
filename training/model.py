"""The network: the published encoder with a word-shape embedding, its upper layers twice, and one small head per task.

The lower layers are shared. The upper ones exist once for the form of a sentence (parts of speech, trees, roles) and once for its
meaning (mentions, events, relations), for what helps one is in the way of the other.

Shapes: B sentences, S word-pieces, W positions (0 the root, i the ith word), H = 384. All float32 unless autocast.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dragoman.read.heads import ACTORS, CONTEXTS, MODE_LABELS, ROLES, STATUSES, TYPES, UPOS
from dragoman.read.wordpiece import SHAPES
from training.sizes import Sizes


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        h = sizes.hidden
        self.heads = sizes.attention_heads
        self.query, self.key, self.value, self.output = (nn.Linear(h, h) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(h, eps=1e-12), nn.LayerNorm(h, eps=1e-12)
        self.up, self.down = nn.Linear(h, sizes.inner), nn.Linear(sizes.inner, h)
        self.dropout = nn.Dropout(sizes.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (B, S, H), mask (B, 1, 1, S) added to the scores -> (B, S, H)."""
        b, s, h = x.shape
        q, k, v = (
            f(x).view(b, s, self.heads, h // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        scores = (q @ k.transpose(-1, -2)) / math.sqrt(h // self.heads) + mask
        mixed = scores.softmax(-1) @ v
        mixed = mixed.transpose(1, 2).reshape(b, s, h)
        x = self.norm1(x + self.dropout(self.output(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word-piece ids and word shapes to the states of the upper layers, for form or for meaning."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.places = nn.Embedding(sizes.positions, sizes.hidden)
        self.shapes = nn.Embedding(len(SHAPES), sizes.hidden)
        self.kind = nn.Parameter(torch.zeros(sizes.hidden))
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.shared))
        self.form = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers - sizes.shared))
        self.meaning = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers - sizes.shared))
        self.dropout = nn.Dropout(sizes.dropout)
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.shapes.weight[-4:], std=0.05)  # the markers, to be told apart from the start
        self.words.weight.requires_grad = False

    def forward(self, ids: Tensor, shapes: Tensor) -> Lower:
        """ids, shapes (B, S) int64, id 0 is padding."""
        mask = (1.0 - (ids > 0).unsqueeze(1).unsqueeze(2).to(self.kind.dtype)) * -1e4
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.shapes(shapes) + self.kind
        x = self.dropout(self.norm(x))
        states = []
        for layer in self.layers:
            x = layer(x, mask)
            states.append(x)
        return Lower(states, mask)


@dataclass(frozen=True, slots=True)
class Lower:
    """States (B, S, H) of the shared layers, and the attention mask (B, 1, 1, S)."""

    states: list[Tensor]
    mask: Tensor


class SharedDropout(nn.Module):
    """Drop-out with one mask for all positions of a sentence."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        keep = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype).bernoulli_(1 - self.rate)
        return x * keep / (1 - self.rate)


def mlp(size_in: int, size_out: int, rate: float) -> nn.Sequential:
    """A linear layer, GELU, drop-out shared over positions."""
    return nn.Sequential(nn.Linear(size_in, size_out), nn.GELU(), SharedDropout(rate))


class Biaffine(nn.Module):
    """Scores for pairs of positions, with bias on both sides: (B, W, d) x (B, W, d) -> (B, W, W, labels)."""

    def __init__(self, size: int, labels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(size + 1, labels * (size + 1)))
        self.labels = labels

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        left, right = F.pad(left, (0, 1), value=1.0), F.pad(right, (0, 1), value=1.0)
        b, w, d = left.shape
        turned = (left @ self.weight).view(b, w * self.labels, d)
        return (turned @ right.transpose(1, 2)).view(b, w, self.labels, right.shape[1]).transpose(2, 3)


@dataclass(frozen=True, slots=True)
class Form:
    """Scores for the form of sentences; fields as in `dragoman.read.heads`, [.., i, j] pairs row word i with j."""

    upos: Tensor
    arcs: Tensor
    relations: Tensor
    predicates: Tensor
    roles: Tensor


@dataclass(frozen=True, slots=True)
class Happening:
    """Scores for the events of sentences; fields as in `dragoman.read.heads`."""

    types: Tensor
    modes: Tensor
    contexts: Tensor
    statuses: Tensor
    event_start: Tensor
    event_end: Tensor
    cues: Tensor


@dataclass(frozen=True, slots=True)
class Meaning(Happening):
    """Scores for the meaning of sentences: events and mentions; fields as in `dragoman.read.heads`."""

    spans: Tensor
    actor_start: Tensor
    actor_end: Tensor


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, sizes: Sizes, *, relations: int, roles: int, spans: int) -> None:
        super().__init__()
        h, rate = sizes.hidden, sizes.head_dropout
        self.encoder = Encoder(sizes)
        self.mix = nn.Parameter(torch.zeros(sizes.mixed))
        self.meaning_mix = nn.Parameter(torch.zeros(sizes.mixed))
        self.mixed = sizes.mixed
        self.drop = SharedDropout(sizes.head_dropout / 4)
        self.arc_word, self.arc_head = mlp(h, sizes.arc, rate), mlp(h, sizes.arc, rate)
        self.arcs = Biaffine(sizes.arc, 1)
        self.relation_word, self.relation_head = mlp(h, sizes.relation, rate), mlp(h, sizes.relation, rate)
        self.relations = Biaffine(sizes.relation, relations)
        self.upos = nn.Sequential(mlp(h, sizes.upos, rate), nn.Linear(sizes.upos, len(UPOS)))
        self.predicates = nn.Sequential(mlp(h, sizes.predicate, rate), nn.Linear(sizes.predicate, 1))
        self.role_predicate, self.role_word = mlp(h, sizes.role, rate), mlp(h, sizes.role, rate)
        self.roles = Biaffine(sizes.role, roles)
        self.span_start, self.span_end = mlp(h, sizes.span, rate), mlp(h, sizes.span, rate)
        self.spans = Biaffine(sizes.span, spans)
        self.actor_start, self.actor_end = nn.Linear(sizes.span, len(ACTORS)), nn.Linear(sizes.span, len(ACTORS))
        self.event = mlp(h, sizes.event, rate)
        self.types, self.modes = nn.Linear(sizes.event, len(TYPES)), nn.Linear(sizes.event, len(MODE_LABELS))
        self.contexts, self.statuses = nn.Linear(sizes.event, len(CONTEXTS)), nn.Linear(sizes.event, len(STATUSES))
        self.trigger = mlp(h, sizes.party, rate)
        self.party_start, self.party_end = mlp(h, sizes.party, rate), mlp(h, sizes.party, rate)
        self.cue_word = mlp(h, sizes.party, rate)
        self.event_start, self.event_end = Biaffine(sizes.party, len(ROLES)), Biaffine(sizes.party, len(ROLES))
        self.cues = Biaffine(sizes.party, 1)
        self.pair = nn.Sequential(nn.Linear(3 * h, sizes.event), nn.GELU(), nn.Dropout(rate))
        self.pair_types = nn.Linear(sizes.event, len(TYPES))
        self.pair_statuses = nn.Linear(sizes.event, len(STATUSES))
        nn.init.constant_(self.spans.weight.view(sizes.span + 1, spans, sizes.span + 1)[-1, :, -1], -5.0)

    def set_dropout(self, upper: float | None, heads: float | None) -> None:
        """Change the drop-out of the upper layers and of the heads; None leaves it."""
        for name, module in self.named_modules():
            if upper is not None and name.startswith(("encoder.form", "encoder.meaning")):
                if isinstance(module, nn.Dropout):
                    module.p = upper
            elif heads is not None and not name.startswith("encoder") and module is not self.drop:
                if isinstance(module, SharedDropout):
                    module.rate = heads
                elif isinstance(module, nn.Dropout):
                    module.p = heads

    def form_states(self, lower: Lower) -> Tensor:
        """Word-piece states (B, S, H) for trees and roles: a mix of the last layers."""
        return _mixed(self._upper(self.encoder.form, lower), self.mix)

    def meaning_states(self, lower: Lower) -> Tensor:
        """Word-piece states (B, S, H) for mentions, events and relations: a mix of the last layers."""
        return _mixed(self._upper(self.encoder.meaning, lower), self.meaning_mix)

    def _upper(self, layers: nn.ModuleList, lower: Lower) -> list[Tensor]:
        states = list(lower.states)
        for layer in layers:
            states.append(layer(states[-1], lower.mask))
        return states[-self.mixed :]

    @staticmethod
    def words(states: Tensor, firsts: Tensor) -> Tensor:
        """States of the pieces at `firsts` (B, W) -> (B, W, H)."""
        return states.gather(1, firsts.unsqueeze(-1).expand(-1, -1, states.shape[-1]))

    def form(self, states: Tensor, firsts: Tensor) -> Form:
        """Scores from the states for form; `firsts[:, 0]` is 0, the root."""
        x = self.drop(self.words(states, firsts))
        return Form(
            upos=self.upos(x),
            arcs=self.arcs(self.arc_word(x), self.arc_head(x)).squeeze(-1),
            relations=self.relations(self.relation_word(x), self.relation_head(x)),
            predicates=self.predicates(x).squeeze(-1),
            roles=self.roles(self.role_predicate(x), self.role_word(x)),
        )

    def meaning(self, states: Tensor, firsts: Tensor) -> Meaning:
        """Scores from the states for meaning."""
        y = self.drop(self.words(states, firsts))
        start, end = self.span_start(y), self.span_end(y)
        found = self.happening(y)
        return Meaning(
            **{f.name: getattr(found, f.name) for f in fields(found)},
            spans=self.spans(start, end),
            actor_start=self.actor_start(start),
            actor_end=self.actor_end(end),
        )

    def happening(self, y: Tensor) -> Happening:
        """Scores of the event heads from the states of words (B, W, H)."""
        event, trigger = self.event(y), self.trigger(y)
        return Happening(
            types=self.types(event),
            modes=self.modes(event),
            contexts=self.contexts(event),
            statuses=self.statuses(event),
            event_start=self.event_start(trigger, self.party_start(y)),
            event_end=self.event_end(trigger, self.party_end(y)),
            cues=self.cues(trigger, self.cue_word(y)).squeeze(-1),
        )

    def relation(self, states: Tensor, markers: Tensor) -> tuple[Tensor, Tensor]:
        """Type and status scores between the two marked actors, from the states for meaning; `markers` (B, 2) are the
        pieces of the opening markers."""
        x = self.pair(self.pair_states(states, markers))
        return self.pair_types(x), self.pair_statuses(x)

    def pair_states(self, states: Tensor, markers: Tensor) -> Tensor:
        """States of the sentence and of the two opening markers, side by side: (B, 3 H)."""
        x = self.words(states, markers)
        return torch.cat([states[:, 0], x[:, 0], x[:, 1]], -1)


def _mixed(states: list[Tensor], mix: Tensor) -> Tensor:
    """Sum of the layers' states, weighted by the softmax of the learned numbers."""
    weights = mix.softmax(0)
    mixed = weights[0] * states[0]
    for number in range(1, len(states)):
        mixed = mixed + weights[number] * states[number]
    return mixed


def initialise(model: Reader, weights: dict[str, Tensor]) -> None:
    """Put the published encoder's weights (BERT names) into the model; every one of its layers must be found."""
    own = model.encoder
    own.words.weight.data.copy_(weights["embeddings.word_embeddings.weight"])
    own.places.weight.data.copy_(weights["embeddings.position_embeddings.weight"])
    own.kind.data.copy_(weights["embeddings.token_type_embeddings.weight"][0])
    _copy(own.norm, weights, "embeddings.LayerNorm")
    shared = len(own.layers)
    for number, layer in enumerate(own.layers):
        _copy_layer(layer, weights, number)
    for number, layers in enumerate(zip(own.form, own.meaning, strict=True), shared):
        for upper in layers:
            _copy_layer(upper, weights, number)


def _copy_layer(layer: Layer, weights: dict[str, Tensor], number: int) -> None:
    at = f"encoder.layer.{number}"
    _copy(layer.query, weights, f"{at}.attention.self.query")
    _copy(layer.key, weights, f"{at}.attention.self.key")
    _copy(layer.value, weights, f"{at}.attention.self.value")
    _copy(layer.output, weights, f"{at}.attention.output.dense")
    _copy(layer.norm1, weights, f"{at}.attention.output.LayerNorm")
    _copy(layer.up, weights, f"{at}.intermediate.dense")
    _copy(layer.down, weights, f"{at}.output.dense")
    _copy(layer.norm2, weights, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data.copy_(weights[f"{name}.weight"])
    module.bias.data.copy_(weights[f"{name}.bias"])
