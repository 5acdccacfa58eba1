"""Confidence, where what speaks for an event is thin."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding import MentionCoder
from dragoman.records import EventReading
from tests.coding.parsed import actor, resolved


def test_a_type_that_a_rule_gives_may_have_nothing_else_for_it() -> None:
    text = "Kenya:PROPN:nsubj:1 deployed=deploy:VERB:root:-1 peacekeepers=peacekeeper:NOUN:obj:1 to:ADP:case:4 Haiti:PROPN:obl:1"
    read = EventReading((1,), (("MOBILIZE", 0.7),), (), (), (("actual", 0.9),), ())
    coder = replace(MentionCoder.load(), floor=0.0)
    (event,) = coder.code(resolved(text, [actor("Kenya", "KEN"), actor("Haiti", "HTI")], events=[read]))
    assert event.base_type == "AID"
    assert 0.0 < event.confidence < 1.0
