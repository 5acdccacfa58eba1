"""Clauses: particles that the tree hangs elsewhere."""

from dragoman.coding.grammar import Grammar
from dragoman.read import Reader
from dragoman.records import Report


def grammar(text: str) -> Grammar:
    reading = Reader.load().read(Report("r", text, None, None, None, None, None, "en", ()))
    return Grammar(reading.sentences[0])


def test_a_clause_that_begins_like_a_particle_has_none_and_does_no_harm() -> None:
    """ "in case the congress stopped the work" begins with "in", a marker and no preposition of the clause."""
    g = grammar(
        "the leaders threatened to go on warpath in case the congress stopped development work undertaken by them ."
    )
    for token in range(len(g.tokens)):
        assert all(0 <= p < len(g.tokens) for p in g.particles(token))
