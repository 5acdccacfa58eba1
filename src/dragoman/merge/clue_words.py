"""Clues from the sentences: their further names, figures and words, and whether they are one sentence or one report."""

from __future__ import annotations

from dragoman.merge.features import Features
from dragoman.merge.finding import NOTHING, Finding, cosine, one_sentence


def same_names(a: Features, b: Features) -> Finding:
    """The sentences name the same further things: a town, an accord, a person."""
    if not a.names or not b.names or one_sentence(a, b):
        return NOTHING
    shared = len(a.names & b.names)
    return (
        Finding(shared / min(len(a.names), len(b.names)), f"{shared} further name(s) in common") if shared else NOTHING
    )


def other_names(a: Features, b: Features) -> Finding:
    """Each sentence names further things, and no one thing stands in both."""
    if not a.names or not b.names or one_sentence(a, b):
        return NOTHING
    return NOTHING if a.names & b.names else Finding(1.0, "other names")


def other_towns(a: Features, b: Features) -> Finding:
    """Each says where, by names that the other does not give."""
    if one_sentence(a, b):
        return NOTHING
    clash = a.towns and b.towns and not a.names & b.towns and not a.towns & b.names
    return Finding(1.0, "other places by name") if clash else NOTHING


def same_figures(a: Features, b: Features) -> Finding:
    """The same number in both sentences; one of ten or more says more than a small one."""
    shared = a.figures & b.figures
    if not shared or one_sentence(a, b):
        return NOTHING
    return Finding(1.0 if max(shared) >= 10 else 0.5, f"both say {max(shared)}")


def like_words(a: Features, b: Features) -> Finding:
    """The sentences share content words beyond the parties' names."""
    shared = 0 if one_sentence(a, b) else len(a.words & b.words)
    return Finding(min(1.0, 1.6 * cosine(a.words, b.words)), f"{shared} content words in common") if shared else NOTHING


def other_clause(a: Features, b: Features) -> Finding:
    """Two clauses of one sentence mostly tell two acts: "vowed to avenge them and threatened more"."""
    other = one_sentence(a, b) and a.clause != b.clause
    return Finding(1.0, "told by two clauses of one sentence") if other else NOTHING


def one_report(a: Features, b: Features) -> Finding:
    """One report mostly tells each event once, however much its sentences have in common."""
    return Finding(1.0, "told by one report") if a.report == b.report else NOTHING
