"""What countries and bodies of states a report names, whether or not the reader marked the words."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.records import Reading, Sentence
from dragoman.resolve.actors import Actors
from dragoman.resolve.lent import Told
from dragoman.resolve.naming import best_country
from dragoman.resolve.phrase import Segment
from dragoman.resolve.places import Places
from dragoman.resolve.setting import OF_STATES, SUPRANATIONAL

LOCATIVE = frozenset(["in", "at", "near", "from", "around", "outside", "across", "into"])
ARRIVALS = frozenset(["arrive", "land", "travel", "fly", "head", "leave", "go"])
"""Who does so in a country comes from another."""


def countries_told(reading: Reading, actors: Actors, places: Places) -> Iterator[Told]:
    """Every country that the text names, also by its bodies, office-holders and towns; organisations of states by their codes."""
    finder = _Finder(reading, actors, places)
    title = reading.report.title
    if title:
        yield from finder.told_in(title, -1, 0, None)
    for sentence in reading.sentences:
        text = reading.report.text[sentence.start : sentence.end]
        yield from finder.told_in(text, sentence.index, sentence.start, sentence)


class _Finder:
    """Goes through one report."""

    def __init__(self, reading: Reading, actors: Actors, places: Places) -> None:
        self.on = reading.report.published
        self.actors, self.places = actors, places

    def told_in(self, text: str, number: int, start: int, sentence: Sentence | None) -> Iterator[Told]:
        """The countries of a stretch of text; a sentence of -1 is the title."""
        before = ""
        for segment in self.actors.phrases.cut(text, self.on):
            placed = before in LOCATIVE
            for country, place in self._of(segment, placed, number < 1 and not before):
                at = start + segment.at
                subject = sentence is not None and _is_subject(sentence, at)
                faced = sentence is not None and not subject and (not place or _is_reached(sentence, at))
                yield Told(country, number, at, place, subject, faced)
            before = segment.text if segment.kind == "preposition" else before if segment.kind == "determiner" else ""

    def _of(self, segment: Segment, placed: bool, leading: bool) -> Iterator[tuple[str, bool]]:
        """(country, whether as a place) of one stretch of words."""
        if segment.kind == "country":
            yield best_country(segment.hits).id, placed
        elif segment.kind == "body" and segment.generic is None:
            countries = {self.actors.knowledge.bodies[h.id].country for h in segment.hits if h.kind == "body"}
            if len(countries) == 1 and not self.actors.phrases.is_plain(segment.text):
                yield from ((c, False) for c in countries if c not in SUPRANATIONAL or c in OF_STATES)
        elif segment.kind == "role" and segment.role is not None and segment.role.country and segment.role.rank <= 5:
            yield segment.role.country, False
        elif segment.kind == "name":
            yield from self._of_name(segment, placed, leading)

    def _of_name(self, segment: Segment, placed: bool, leading: bool) -> Iterator[tuple[str, bool]]:
        known = [h.id for h in segment.hits if h.kind == "person" and h.how != "surname"]
        if known:
            held = self.actors.knowledge.spells_on(known[0], self.on)
            if held and held[0].country not in SUPRANATIONAL - OF_STATES:
                yield held[0].country, False
        elif (placed or leading) and (country := self.places.country_of_city(segment.text)):
            yield country, True


def _is_subject(sentence: Sentence, start: int) -> bool:
    """Whether the word there is a subject or belongs to one: "Turkey", "Turkish" of "Turkish police said"."""
    tokens = sentence.tokens
    at = next((i for i, t in enumerate(tokens) if t.start <= start < t.end), -1)
    for _ in range(4):
        if at < 0:
            return False
        if tokens[at].deprel.startswith("nsubj"):
            return True
        if tokens[at].deprel not in ("nmod:poss", "amod", "compound", "flat", "nmod"):
            return False
        at = tokens[at].head
    return False


def _is_reached(sentence: Sentence, start: int) -> bool:
    """Whether somebody arrives at the place there."""
    tokens = sentence.tokens
    at = next((i for i, t in enumerate(tokens) if t.start <= start < t.end), -1)
    return at >= 0 and tokens[at].head >= 0 and tokens[tokens[at].head].lemma in ARRIVALS
