"""Every choice of a training run, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from training.sizes import Sizes


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of the optimiser.

    Attributes:
        name: Used for the checkpoint's file.
        epochs: Passes, each over `shares` of the data.
        shares: Source (or its prefix up to "/") to the share of its sentences drawn in each epoch; above 1 repeats.
        encoder_rate, head_rate: Peak learning rates.
        budget: Padded word-pieces in a batch of one process.
        warm_up: Share of the steps until the rates reach their peak.
        hold: Share of the steps after which they begin to fall.
        average: Of the running average of the weights.
        hidden: Share of the pieces that are covered in half of the sentences that teach meaning alone.
        hidden_form: The same for sentences that teach trees or roles.
        upper_dropout: Drop-out of the upper layers; None leaves that of `Sizes`.
        head_dropout: Drop-out of the heads; None leaves that of `Sizes`.
        last_rate: Rates at the end, as a share of the peak; they fall in a straight line.
        start: What the weights before the stage count for in the mean that the stage ends with.
    """

    name: str
    epochs: int
    shares: Mapping[str, float]
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    budget: int = 500
    warm_up: float = 0.06
    hold: float = 0.0
    average: float = 0.998
    last_rate: float = 0.02
    hidden: float = 0.1
    hidden_form: float = 0.0
    upper_dropout: float | None = None
    head_dropout: float | None = None
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Config:
    """A training run.

    Attributes:
        data: The folder of the open corpora.
        work: Checkpoints, automatic trees and logs.
        processes: How many work on batches of their own, with one thread each.
        longest: Word-pieces; longer sentences are not trained on.
        origin: What the weights are at the start, for the model file's note on how it was made.
    """

    data: Path = Path("../shared/corpora")
    work: Path = Path("build/training")
    seed: int = 20261121
    processes: int = 2
    longest: int = 160
    sizes: Sizes = field(default_factory=Sizes)
    stages: tuple[Stage, ...] = ()
    origin: str = "all-MiniLM-L6-v2"


# Shares were set so that no data set is much more than a third of an epoch, in word-pieces; where the project's corpus takes
# part it is seen most, for it alone teaches events.
PARSER = Stage("parser", epochs=2, shares={"ewt": 1.0, "gum": 1.0, "ner": 0.2})
READING = Stage(
    "reading",
    epochs=2,
    last_rate=0.75,
    shares={
        "ewt": 1.0,
        "gum": 1.0,
        "masc": 1.0,
        "masc/spoken": 0.5,
        "frames": 0.25,
        "ner/masc_ne": 0.3,
        "ner/wikigold": 0.5,
        "ner/re3d": 0.5,
        "ner/uner_ewt_dev": 1.0,
        "corpus": 2.0,
        "relation": 0.5,
    },
)
_SETTLED = {
    "ewt": 0.65,
    "gum": 0.5,
    "masc": 0.35,
    "frames": 0.05,
    "ner/masc_ne": 0.1,
    "ner/wikigold": 0.2,
    "ner/re3d": 0.2,
    "ner/uner_ewt_dev": 1.0,
    "corpus": 2.0,
    "relation": 0.22,
}
MIDDLE = Stage("middle", epochs=2, shares=_SETTLED, encoder_rate=1.6e-4, warm_up=0.02, last_rate=0.8)
JOINT = Stage(
    "joint",
    epochs=7,
    shares=_SETTLED | {"ewt": 1.0, "gum": 0.6, "masc": 0.4, "frames": 0.07, "corpus": 1.5, "relation": 0.6},
    encoder_rate=2e-4,
    warm_up=0.02,
    average=0.999,
    last_rate=0.0,
    budget=700,
)
GO_ON = Stage(
    "going-on",
    epochs=4,
    shares={
        "ewt": 0.5,
        "ewt/named": 0.7,
        "ewt/none": 0.45,
        "gum": 0.7,
        "gum/news": 1.4,
        "masc": 0.15,
        "frames": 0.03,
        "ner/masc_ne": 0.05,
        "ner/wikigold": 0.15,
        "ner/re3d": 0.12,
        "ner/uner_ewt_dev": 0.8,
        "corpus": 0.6,
        "corpus/plain": 0.7,
        "corpus/tree": 0.8,
        "relation": 0.15,
        "relation/plain": 0.25,
    },
    encoder_rate=1.6e-4,
    head_rate=8e-4,
    warm_up=0.05,
    hold=0.45,
    average=0.999,
    last_rate=0.0,
    budget=700,
    hidden=0.15,
    hidden_form=0.12,
    upper_dropout=0.18,
    head_dropout=0.45,
    start=0.3,
)
"""For data that has grown: from the shipped weights on, about an hour."""

STAGES = (PARSER, READING, MIDDLE, JOINT)


@dataclass(frozen=True, slots=True)
class Heads:
    """How the event heads are taught alone.

    Attributes:
        epochs: Passes over the corpus's train part.
        dense: How often dense reports are seen in one.
        rate: Peak learning rate; warm_up: steps until it is reached; it falls to nothing in a straight line.
        dropout: Drop-out of the heads.
        average: Share of each step in the running average of the weights.
        start: What the weights before count for in the mean that the heads end with.
    """

    seed: int = 20261123
    epochs: int = 4
    dense: int = 3
    rate: float = 5e-4
    warm_up: int = 200
    dropout: float = 0.35
    average: float = 0.004
    start: float = 0.25


EVENTS = Heads()
"""For a corpus that has grown, where trees and names are to stay as they are: some ten minutes."""
