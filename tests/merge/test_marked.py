"""Marked mentions: two stories with like words stay two; a noun and its verb are one act."""

from __future__ import annotations

from dragoman.evaluate.coref import folded
from dragoman.merge.marked import MarkedMention, cluster_marked

TEXTS = {
    "a": "Officials in Accra negotiated over cocoa tariffs with planters on Monday .",
    "b": "The negotiation over cocoa tariffs with planters in Accra ended on Monday .",
    "c": "A tremor shook Quito on Friday and cracked a cathedral wall .",
    "d": "Friday 's tremor in Quito cracked the wall of a cathedral .",
}
TRIGGERS = {"a": "negotiated", "b": "negotiation", "c": "tremor", "d": "tremor"}


def groups() -> set[frozenset[object]]:
    documents = {name: [text.split()] for name, text in TEXTS.items()}
    mentions = [
        MarkedMention(name, name, tuple(text.split()), (text.split().index(TRIGGERS[name]),), 0)
        for name, text in TEXTS.items()
    ]
    return {frozenset(group) for group in cluster_marked(mentions, documents, folded)}


def test_one_event_in_two_texts_is_one_and_two_are_two() -> None:
    assert groups() == {frozenset("ab"), frozenset("cd")}
