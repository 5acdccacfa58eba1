"""Scores development and test sets, whoever makes the arrays; without torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.read.decode import Analysis, Arrays, Decoder
from dragoman.read.runtime import Reader as Runtime
from training import metrics
from training.examples import Example

Scorer = Callable[[Sequence[Example]], list[Arrays]]


def runtime_scorer(reader: Runtime) -> Scorer:
    """Scores from the exported file."""

    def score(examples: Sequence[Example]) -> list[Arrays]:
        found = dict(reader.scores([reader.piece(e.words) for e in examples]))
        return [found[i] for i in range(len(examples))]

    return score


@dataclass(frozen=True, slots=True)
class Read:
    """Examples with their scores and what was decoded from them."""

    gold: Sequence[Example]
    scores: Sequence[Arrays]
    found: Sequence[Analysis]

    def part(self, chosen: Sequence[bool]) -> Read:
        """The chosen ones."""
        return Read(
            *([x for x, c in zip(all_, chosen, strict=True) if c] for all_ in (self.gold, self.scores, self.found))
        )


def read(examples: Sequence[Example], scorer: Scorer, decoder: Decoder) -> Read:
    """Score and decode."""
    scores = scorer(examples)
    return Read(examples, scores, [decoder.analyse(e.words, s) for e, s in zip(examples, scores, strict=True)])


def rows(name: str, examples: Sequence[Example], scorer: Scorer, decoder: Decoder) -> Iterator[tuple[str, float]]:
    """The figures of one set: (what, percent)."""
    some = read(examples, scorer, decoder)
    if any(e.tree is not None and e.gold_tree for e in examples):
        yield from ((f"{name} {what}", value) for what, value in metrics.parsing(some.gold, some.found).items())
    if name == "ewt":
        yield "ewt role F1", metrics.role_heads(some.gold, some.found).f1
    if name == "masc_news":
        yield "masc_news role span F1", metrics.role_spans(some.gold, some.found, some.scores, decoder).f1
    if name == "uner":
        yield "uner name F1", metrics.names(some.gold, some.found).f1
    if name == "corpus":
        yield from _events(some)


def _events(some: Read) -> Iterator[tuple[str, float]]:
    for kind in ("actor", "place", "time", "quantity"):
        if kind != "quantity":
            yield f"corpus {kind} span F1", metrics.mentions(some.gold, some.found, kind).f1
    trigger = metrics.triggers(some.gold, some.found)
    yield "corpus trigger F1", metrics.triggers(some.gold, some.found, typed=False).f1
    yield "corpus trigger+type F1", trigger.f1
    yield "corpus trigger+type P", trigger.precision
    yield "corpus trigger+type R", trigger.recall
    yield "corpus type on gold triggers", metrics.types_of_gold(some.gold, some.scores)
    yield "corpus status on gold triggers", metrics.statuses(some.gold, some.scores)
    for roles in ({"actor", "recipient"}, {"actor"}, {"recipient"}, {"speaker"}, {"place"}, {"time"}):
        yield f"corpus {'+'.join(sorted(roles))} F1", metrics.parties(some.gold, some.found, roles).f1
    yield (
        "corpus actor+recipient of right trigger F1",
        metrics.parties(some.gold, some.found, {"actor", "recipient"}, typed=False).f1,
    )
    yield "corpus mode F1", metrics.modes(some.gold, some.found).f1
    yield "corpus context F1", metrics.contexts(some.gold, some.found).f1
