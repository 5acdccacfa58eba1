"""Who says what: cues with what belongs to them, speakers, and what is said; and who vouches for an event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.coding import MentionCoder
from dragoman.coding.attribution import quotations
from dragoman.coding.quotation import cue_words
from tests.coding.parsed import actor, resolved

CASES = [
    pytest.param(
        "Officials:NOUN:nsubj:1 said=say:VERB:root:-1 talks=talk:NOUN:nsubj:3 failed=fail:VERB:ccomp:1",
        ("Officials", "said", "talks failed"),
        id="a-clause-is-said",
    ),
    pytest.param(
        "Officials:NOUN:nsubj:1 declined=decline:VERB:root:-1 to:PART:mark:3 condemn:VERB:xcomp:1 the:DET:det:5 raid:NOUN:obj:3",
        ("Officials", "declined to condemn", "the raid"),
        id="what-leads-up-is-part-of-the-cue",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 voiced=voice:VERB:root:-1 strong:ADJ:amod:3 criticism:NOUN:obj:1 of:ADP:case:6 the:DET:det:6 raid:NOUN:nmod:3",
        ("Kenya", "voiced strong criticism of", "the raid"),
        id="a-noun-with-the-verb-that-carries-it",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 issued=issue:VERB:root:-1 a:DET:det:3 statement:NOUN:obj:1 saying=say:VERB:acl:3 talks=talk:NOUN:nsubj:6 failed=fail:VERB:ccomp:4",
        ("Kenya", "issued a statement saying", "talks failed"),
        id="a-statement-that-says",
    ),
    pytest.param(
        "As:SCONJ:mark:2 Yonhap:PROPN:nsubj:2 reported=report:VERB:advcl:5 ,:PUNCT:punct:2 talks=talk:NOUN:nsubj:5 failed=fail:VERB:root:-1",
        ("Yonhap", "reported", "talks failed"),
        id="as-somebody-reported",
    ),
    pytest.param(
        "Talks=talk:NOUN:nsubj:1 failed=fail:VERB:root:-1 ,:PUNCT:punct:5 according=accord:VERB:case:5 to:ADP:fixed:3 Yonhap:PROPN:obl:1",
        ("Yonhap", "according to", "Talks failed"),
        id="according-to",
    ),
    pytest.param(
        "The:DET:det:1 law:NOUN:root:-1 ,:PUNCT:punct:3 opposed=oppose:VERB:acl:1 by:ADP:case:5 unions=union:NOUN:obl:3",
        ("unions", "opposed", "The law"),
        id="a-participle-says-it-of-its-noun",
    ),
]


def test_a_dash_signs_a_quotation() -> None:
    text = "“:PUNCT:punct:2 They:PRON:nsubj:2 failed=fail:VERB:root:-1 ”:PUNCT:punct:2 —:PUNCT:punct:5 Ada:PROPN:appos:2 Obi:PROPN:flat:5"
    reading = resolved(text).reading
    words = reading.report.text
    (found,) = quotations(reading)
    assert [words[a:b] for a, b in (*found.source, *found.cue)] == ["Ada Obi", "—"]
    assert words[slice(*found.content[0])].strip() == "They failed"
    assert found.direct


def test_an_infinitive_that_nothing_leads_up_to_is_only_meant() -> None:
    text = "Banks=bank:NOUN:nsubj:1 seek:VERB:root:-1 a:DET:det:3 way:NOUN:obj:1 to:PART:mark:5 report:VERB:acl:3 profits=profit:NOUN:obj:5"
    assert all(q.cue_kind != "say" for q in quotations(resolved(text).reading))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_source_cue_and_content(text: str, expected: tuple[str, str, str]) -> None:
    reading = resolved(text).reading
    words = reading.report.text
    (found,) = quotations(reading)
    shown = tuple(" ".join(words[a:b] for a, b in part) for part in (found.source, found.cue, found.content))
    assert shown == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Prices=price:NOUN:nsubj:1 continued=continue:VERB:root:-1 to:PART:mark:3 rise:VERB:xcomp:1", id="no-speech"
        ),
        pytest.param("Kenya:PROPN:nsubj:1 told=tell:VERB:root:-1 reporters=reporter:NOUN:obj:1", id="nothing-is-said"),
    ],
)
def test_no_quotation(text: str) -> None:
    assert quotations(resolved(text).reading) == ()


def test_the_accuser_vouches_for_what_the_accused_is_said_to_have_done() -> None:
    text = (
        "Moscow:PROPN:nsubj:1 accused=accuse:VERB:root:-1 Kyiv:PROPN:obj:1 of:SCONJ:mark:4 shelling=shell:VERB:advcl:1 "
        "the:DET:det:6 port:NOUN:obj:4"
    )
    coded = replace(MentionCoder.load(), floor=0.0).code(resolved(text, [actor("Moscow", "RUS"), actor("Kyiv", "UKR")]))
    accusation, shelling = coded
    assert (accusation.event_type, [p.country for p in accusation.actors]) == ("ACCUSE", ["RUS"])
    assert accusation.attribution == ()
    assert (shelling.base_type, [p.country for p in shelling.actors]) == ("ASSAULT", ["UKR"])
    assert [(a.speaker, a.cue) for a in shelling.attribution] == [("Moscow", "accused")]


def test_nested_speakers_stand_outermost_first() -> None:
    text = (
        "Yonhap:PROPN:nsubj:1 reported=report:VERB:root:-1 Seoul:PROPN:nsubj:3 said=say:VERB:ccomp:1 Iran:PROPN:nsubj:5 "
        "attacked=attack:VERB:ccomp:3 France:PROPN:obj:5"
    )
    names = [actor("Seoul", "KOR"), actor("Iran", "IRN"), actor("France", "FRA")]
    (coded,) = replace(MentionCoder.load(), floor=0.0).code(resolved(text, names))
    assert [(a.speaker, a.kind) for a in coded.attribution] == [("Yonhap", "agency"), ("Seoul", "official")]


def test_the_table_of_cues_has_no_word_twice_in_a_line_and_no_empty_kind() -> None:
    words = cue_words()
    assert all(words.values())
    assert {"say", "ask", "accuse", "catenative", "carrier", "product", "medium"} <= set(words)


@pytest.mark.parametrize(("label", "speaks"), [("Ankara:PROPN", True), ("Analysis:NOUN", False), ("Q:NOUN", False)])
def test_a_headline_begins_with_who_speaks_or_with_what_follows(label: str, speaks: bool) -> None:
    text = f"{label}:root:-1 :=colon:PUNCT:punct:0 Kenya:PROPN:nsubj:3 shelled=shell:VERB:parataxis:0 Sudan:PROPN:obj:3"
    assert bool(quotations(resolved(text).reading)) == speaks
