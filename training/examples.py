"""What a sentence teaches: words and whichever layers of annotation it has.

Words count from 1 and 0 is the root, as in the model. A layer that is None is not annotated and teaches nothing; an empty
layer is annotated and teaches that there is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

Span = tuple[int, int]
"""First and last word of a span, both included, from 1."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A dependency tree: for each word its part of speech (None: unknown), head (0: root) and relation."""

    upos: tuple[str | None, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate and its arguments: (role, span)."""

    word: int
    arguments: tuple[tuple[str, Span], ...]
    auxiliary: bool = False


@dataclass(frozen=True, slots=True)
class Frames:
    """The predicates of a sentence.

    Attributes:
        known: Words of which it is known whether they are predicates (1-based); None: all.
        full: Whether roles are annotated for every frame here (they always are).
    """

    frames: tuple[Frame, ...]
    known: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A mention that takes part in an event; `others` are mentions of the same thing, neither right nor wrong."""

    role: str
    span: Span
    others: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as its sentence tells it. `word` is the head of the trigger."""

    word: int
    trigger: Span
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    status: str
    parties: tuple[Party, ...]
    cues: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence of training or test data.

    Attributes:
        source: Name of the data set, e.g. "ewt", "gum/news", "corpus".
        spans: (span, label) over the labels in `layers`.
        layers: Span labels annotated here.
        actors: (span, actor label).
        events: None when events are not annotated.
        relation: (type, status) when the words hold the markers of a relation.
    """

    id: str
    source: str
    words: tuple[str, ...]
    tree: Tree | None = None
    frames: Frames | None = None
    spans: tuple[tuple[Span, str], ...] = ()
    layers: frozenset[str] = field(default_factory=frozenset)
    actors: tuple[tuple[Span, str], ...] = ()
    events: tuple[Happening, ...] | None = None
    relation: tuple[str, str | None] | None = None
    gold_tree: bool = True

    def with_tree(self, tree: Tree) -> Example:
        """The same sentence with a tree that a model made: used to find heads, never to learn parsing from."""
        return replace(self, tree=tree, gold_tree=False)


@dataclass(frozen=True, slots=True)
class LabelSets:
    """Label to number for the sets that come from data: UD relations, PropBank roles (0 is none), span labels."""

    relations: tuple[str, ...]
    roles: tuple[str, ...]
    spans: tuple[str, ...]


def head_of(span: Span, tree: Tree) -> int:
    """The word of a span whose head lies outside it; a punctuation mark only when there is nothing else."""
    first, last = span
    tops = [w for w in range(first, last + 1) if not first <= tree.heads[w - 1] <= last]
    for word in tops:
        if tree.relations[word - 1] != "punct":
            return word
    return tops[0] if tops else last
