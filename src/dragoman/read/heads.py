"""The contract between training and reading: the model's heads, their labels, their shapes.

Training writes a `Contract` into the model file; the reader compares it with what it knows on load.

Axes: B sentences; W positions, where position 0 stands for the root (the encoder's [CLS]) and position i for word i (from 1).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.errors import DragomanError

FORMAT = 1
"""Version of this contract; a model of another version cannot be read."""

UPOS = (
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
)
TYPES = (
    "none",
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
MODES: Mapping[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign", "return"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence", "ban"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
        "ban",
    ),
    "ASSAULT": (
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
        "execute",
        "assassinate",
        "massacre",
        "cleansing",
    ),
}
MODE_LABELS = tuple(f"{kind}/{mode}" for kind, modes in MODES.items() for mode in modes)
CONTEXTS = (
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "diplomatic",
    "territory",
    "peacekeeping",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "asylum",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "human_security",
    "health",
    "migration",
    "economic",
    "natural_resource",
    "environment",
    "disasters",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
)
STATUSES = ("actual", "historical", "future", "hypothetical", "negated", "postponed", "cancelled")
QUANTITIES = ("killed", "injured", "arrested", "participants", "displaced", "money")
NAMES = ("PER", "ORG", "LOC")
SPANS = ("actor", "place", "time", *QUANTITIES, "trigger", "cue", *NAMES)
"""Labels of the span head; one span may carry several (a name is often an actor too)."""

ACTORS = (
    "person",
    "office",
    "state",
    "institution",
    "igo",
    "armed-group",
    "party",
    "company",
    "media",
    "ngo",
    "crowd",
    "other",
    "group",
    "pronoun",
)
"""Labels of an actor mention; "group" is "the two countries", "pronoun" a pronoun or possessive."""

ROLES = ("actor", "recipient", "place", "time", "speaker", "quantity")
"""What a mention can be in an event."""

MARKERS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")
"""Put around the actor (first two) and the recipient (last two) when a relation is asked for."""


@dataclass(frozen=True, slots=True)
class Head:
    """One output of the model.

    Attributes:
        name: Name of the output in the ONNX graph.
        axes: Its shape, e.g. ("B", "W", "labels").
        dtype: "float32" or "uint8".
        labels: What the last axis (or, for uint8, the value) means; () where it is another word.
    """

    name: str
    axes: tuple[str, ...]
    dtype: str
    labels: tuple[str, ...] = ()


def heads(*, relations: tuple[str, ...], roles: tuple[str, ...]) -> tuple[Head, ...]:
    """All heads, given the two label sets that come from the treebanks rather than from us.

    Scores ending in "logits" are to be added before the sigmoid; all others are probabilities but for "arcs".
    """
    word, pair = ("B", "W"), ("B", "W", "W")
    return (
        Head("upos", word, "uint8", UPOS),
        Head("arcs", pair, "float32"),
        Head("relations", pair, "uint8", relations),
        Head("predicates", word, "float32"),
        Head("roles", pair, "uint8", roles),
        Head("role_probabilities", pair, "float32"),
        Head("spans", (*pair, "labels"), "float32", SPANS),
        Head("actor_start_logits", (*word, "labels"), "float32", ACTORS),
        Head("actor_end_logits", (*word, "labels"), "float32", ACTORS),
        Head("types", (*word, "labels"), "float32", TYPES),
        Head("modes", (*word, "labels"), "float32", MODE_LABELS),
        Head("contexts", (*word, "labels"), "float32", CONTEXTS),
        Head("statuses", (*word, "labels"), "float32", STATUSES),
        Head("event_start_logits", (*pair, "labels"), "float32", ROLES),
        Head("event_end_logits", (*pair, "labels"), "float32", ROLES),
        Head("cues", pair, "float32"),
        Head("relation_types", ("B", "labels"), "float32", TYPES),
        Head("relation_statuses", ("B", "labels"), "float32", STATUSES),
        Head("pair_states", ("B", "features"), "float32"),
    )


@dataclass(frozen=True, slots=True)
class Contract:
    """What a model file says of itself.

    Attributes:
        heads: Its outputs.
        trained_on: Names of the data sets it learned from.
        made: Free text: version and date of the training run.
    """

    heads: tuple[Head, ...]
    trained_on: tuple[str, ...]
    made: str

    def labels(self, name: str) -> tuple[str, ...]:
        """Labels of the head of that name."""
        return next(head.labels for head in self.heads if head.name == name)

    def to_json(self) -> str:
        """The form that is stored in the model file."""
        rows = [[h.name, h.axes, h.dtype, h.labels] for h in self.heads]
        return json.dumps({"format": FORMAT, "heads": rows, "trained_on": self.trained_on, "made": self.made})

    @classmethod
    def from_json(cls, text: str) -> Contract:
        """Read the stored form.

        Raises:
            HeadMismatchError: It is of another format.
        """
        stored = json.loads(text)
        if stored.get("format") != FORMAT:
            raise HeadMismatchError("format", found=stored.get("format"), expected=FORMAT)
        rows = tuple(Head(n, tuple(axes), dtype, tuple(labels)) for n, axes, dtype, labels in stored["heads"])
        return cls(rows, tuple(stored["trained_on"]), stored["made"])


OPTIONAL = frozenset({"pair_states"})
"""Heads that a model may lack; what needs them says so (training on a user's own labels)."""


def check(contract: Contract, shapes: Mapping[str, tuple[object, ...]]) -> None:
    """Compare what a model says of itself with what this program knows and with the shapes its graph really has.

    Args:
        contract: As stored in the model file.
        shapes: Output name to shape as the runtime reports it; a dimension is an int, or a name where it varies.
    Raises:
        HeadMismatchError: The first head that differs.
    """
    expected = heads(relations=contract_labels(contract, "relations"), roles=contract_labels(contract, "roles"))
    found = {head.name: head for head in contract.heads}
    for head in expected:
        if head.name in OPTIONAL and head.name not in found:
            continue
        if head.name not in found or head.name not in shapes:
            raise HeadMismatchError(head.name, found=None, expected=head.axes)
        if found[head.name] != head:
            raise HeadMismatchError(head.name, found=found[head.name].labels, expected=head.labels)
        shape = shapes[head.name]
        if len(shape) != len(head.axes):
            raise HeadMismatchError(head.name, found=shape, expected=head.axes)
        if head.axes[-1] == "labels" and shape[-1] != len(head.labels):
            raise HeadMismatchError(head.name, found=shape[-1], expected=len(head.labels))


def contract_labels(contract: Contract, name: str) -> tuple[str, ...]:
    """Labels of a head, () when the model has no such head."""
    return next((head.labels for head in contract.heads if head.name == name), ())


class HeadMismatchError(DragomanError):
    """The model file and this program disagree about a head."""

    def __init__(self, head: str, *, found: object, expected: object) -> None:
        super().__init__(
            f"The reading model does not fit this program: head {head!r} is {found!r} in the model, {expected!r} "
            "here. Reinstall Dragoman, or train again with `python -m training`."
        )
        self.head, self.found, self.expected = head, found, expected
