"""How a user's own ontology relates to PLOVER: each of its codes says which PLOVER codes it covers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.ontology.model import Ontology, spell


@dataclass(frozen=True, slots=True)
class Cover:
    """One entry of `covers`: a PLOVER type, perhaps with a mode, perhaps with contexts.

    Written "PROTEST", "PROTEST.strike", "PROTEST+election" or "PROTEST.strike+election+legal".
    """

    type: str
    mode: str | None
    contexts: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> Cover:
        """Take the written form apart; whether the codes exist is not looked at here."""
        head, *contexts = (part.strip() for part in text.split("+"))
        event_type, _, mode = head.partition(".")
        return cls(event_type, mode or None, frozenset(spell(c) for c in contexts))

    def fits(self, event_type: str, mode: str | None, contexts: frozenset[str]) -> bool:
        """Whether an event of these (spelt) codes falls under this entry."""
        return (
            spell(self.type) == event_type
            and (self.mode is None or spell(self.mode) == mode)
            and self.contexts <= contexts
        )

    @property
    def weight(self) -> int:
        """How much it asks for; the most exacting entry wins."""
        return (100 if self.mode is not None else 0) + len(self.contexts)


def code_under(
    ontology: Ontology, event_type: str, mode: str | None = None, contexts: Iterable[str] = ()
) -> tuple[str, str | None] | None:
    """Type and mode of a user's ontology that a PLOVER event falls under; None when nothing covers it.

    The entry that asks for most wins; of equals, the first of the file.
    """
    wanted = (
        spell(event_type), spell(mode) if mode else None, frozenset(spell(c) for c in contexts)
    )  # fmt: skip
    best: tuple[str, str | None] | None = None
    best_weight = -1
    for own_type, own_mode, text in _entries(ontology):
        cover = Cover.parse(text)
        if cover.weight > best_weight and cover.fits(*wanted):
            best, best_weight = (own_type, own_mode), cover.weight
    return best


def _entries(ontology: Ontology) -> Iterable[tuple[str, str | None, str]]:
    for of in ontology.types:
        for text in of.covers:
            yield of.code, None, text
        for mode in of.modes:
            for text in mode.covers:
                yield of.code, mode.code, text
