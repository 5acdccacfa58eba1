"""The project's corpus as training examples."""

from corpus.parse import parse
from dragoman.read.heads import MARKERS
from training.examples import Example
from training.own import marked, relations, sentences

FILE = """=== aa-0001
published: 2024-02-03
style: agency-story
publisher: Hanbit News Agency
region: east-asia
title: Seoul calls in envoy

[South Korea's Foreign Ministry|mofa] {summoned|e1} [[Russian|rus] Ambassador Georgy Saltykov|saltykov] [on Friday|t1], [a ministry official|off] <said|c1>.
[He|saltykov] {denied|e2} it.

@mofa institution KOR GOV
@rus state RUS
@saltykov person RUS GOV
@off person KOR GOV
@t1 time 2024-02-02
!e1 ACCUSE/disapprove 114 actual mofa > saltykov when=t1 ctx=diplomatic by=off:c1
!e2 REJECT 120 actual saltykov > mofa ctx=diplomatic
"""


def examples() -> list[Example]:
    reports, problems = parse(FILE)
    assert not problems
    return [*sentences(reports[0])]


def test_marks_become_spans_of_words() -> None:
    first, second = examples()
    assert first.words[:7] == ("South", "Korea", "'s", "Foreign", "Ministry", "summoned", "Russian")
    assert ((1, 5), "actor") in first.spans
    assert ((7, 10), "actor") in first.spans
    assert ((7, 7), "actor") in first.spans
    assert ((11, 12), "time") in first.spans
    assert ((7, 10), "person") in first.actors
    assert second.actors == (((1, 1), "pronoun"),)


def test_events_carry_their_parties() -> None:
    first, second = examples()
    (event,) = first.events or ()
    assert (event.word, event.type, event.modes, event.status) == (6, "ACCUSE", ("ACCUSE/disapprove",), "actual")
    assert {(p.role, p.span) for p in event.parties} == {
        ("actor", (1, 5)),
        ("recipient", (7, 10)),
        ("time", (11, 12)),
        ("speaker", (14, 16)),
    }
    assert event.cues == ((17, 17),)
    (other,) = second.events or ()
    assert {(p.role, p.span) for p in other.parties} == {("actor", (1, 1))}  # the ministry is not named here


def test_pairs_of_actors_become_questions() -> None:
    first, _ = examples()
    answers = {q.id.split("?")[1]: q.relation for q in relations(first)}
    assert answers["1-5>7-10"] == ("ACCUSE", "actual")
    assert answers["7-10>1-5"] == ("none", None)
    assert "1-5>7-7" not in answers
    assert marked(("a", "b", "c"), (1, 2), (3, 3)) == (MARKERS[0], "a", "b", MARKERS[1], MARKERS[2], "c", MARKERS[3])
