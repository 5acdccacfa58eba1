"""How wide the network is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the heads and drop-out rates; the encoder's own widths come with its weights."""

    layers: int = 6
    shared: int = 4
    hidden: int = 384
    inner: int = 1536
    attention_heads: int = 12
    vocabulary: int = 30522
    positions: int = 512
    mixed: int = 4
    arc: int = 256
    relation: int = 96
    upos: int = 256
    predicate: int = 128
    role: int = 128
    span: int = 128
    event: int = 256
    party: int = 96
    dropout: float = 0.1
    head_dropout: float = 0.2
