"""Whom a pronoun takes up: among those named before by gender, number and grammar, the one that offers itself most."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.resolve.entities import Entity, Link, View, latest_of
from dragoman.resolve.fitting import grammar_bars, pronoun_fits
from dragoman.resolve.words import HE, IT, PERSONS, RELATIVE, SHE, SPEAKERS


class Pronouns:
    """Looks back over the entities of one report; sees what the cast gathers, and enters nothing.

    Attributes:
        entities: The cast's, as they grow.
        order: Every mention so far with its entity, in order of the text.
    """

    def __init__(self, entities: Sequence[Entity], order: Sequence[tuple[View, Entity]]) -> None:
        self.entities, self.order = entities, order

    def taken_up(self, view: View, low: str) -> Link | None:
        """Whom a pronoun (lower case) stands for; None when nobody fits."""
        if low in RELATIVE:
            return self._relative(view)
        if low in SPEAKERS:
            return self._speaker(view, low)
        best: tuple[float, Entity] | None = None
        seen: set[int] = set()
        for before, entity in reversed(self.order):
            if entity.number in seen or view.sentence - before.sentence > 4:
                continue
            seen.add(entity.number)
            if not pronoun_fits(low, entity) or grammar_bars(view, before):
                continue
            score = self._salience(view, before, entity)
            if best is None or score > best[0]:
                best = (score, entity)
        if low not in HE | SHE | IT:
            pair = self._pair_for(view)
            if pair is not None and (best is None or self._pair_salience(view, pair) > best[0]):
                return Link(pair, f"{view.words!r} are those named together")
        if best is None:
            return None
        return Link(best[1], f"{view.words!r} stands for {best[1].views[0].words!r}")

    def _salience(self, view: View, before: View, entity: Entity) -> float:
        """How much a mention offers itself as antecedent; weights set on the training part of the corpus."""
        away = view.sentence - before.sentence
        score = -0.9 * away
        if before.stand.subject:
            score += 0.7
        if before.stand.owner:
            score -= 0.25
        if before.stand.preposition and not before.stand.subject:
            score -= 0.15
        if away == 0 and before.stand.verb == view.stand.verb and before.stand.subject:
            score += 0.4
        score += 0.12 * min(len(entity.views), 4)
        if view.stand.subject and before.stand.subject:
            score += 0.25
        if before.words.lower() in HE | SHE | IT:
            score += 0.2
        return score - 0.0008 * (view.start - before.start)

    def _pair_for(self, view: View) -> Entity | None:
        pairs = [p for p in self.entities if p.members]
        near = [
            p
            for p in pairs
            if any(view.sentence - v.sentence <= 1 for v in (*p.views[-1:], *latest_of(p, self.entities)))
        ]
        return max(
            near, key=lambda p: max(v.start for v in (*p.views[-1:], *latest_of(p, self.entities))), default=None
        )

    def _pair_salience(self, view: View, pair: Entity) -> float:
        last = max((*pair.views[-1:], *latest_of(pair, self.entities)), key=lambda v: v.start)
        return self._salience(view, last, pair) + 0.1

    def _relative(self, view: View) -> Link | None:
        before = [(v, e) for v, e in self.order if v.sentence == view.sentence and v.end <= view.start]
        if before:
            nearest = max(before, key=lambda pair: (pair[0].end, pair[0].end - pair[0].start))
            return Link(nearest[1], f"{view.words!r} stands for {nearest[0].words!r}")
        return None

    def _speaker(self, view: View, low: str) -> Link | None:
        """ "I" and "we" in quotation are who speaks: the subject of the sentence's main verb, or of the one before."""
        single = low in ("i", "me", "my", "mine", "myself")
        for away in (0, 1, 2):
            here = [
                (v, e)
                for v, e in self.order
                if v.sentence == view.sentence - away and v.stand.subject and not v.stand.quoted
            ]
            here = [(v, e) for v, e in here if not single or e.kinds & PERSONS]
            if here:
                chosen = here[-1] if away == 0 else here[0]
                return Link(chosen[1], f"{view.words!r} is who speaks")
        return None
