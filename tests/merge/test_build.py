"""What the mentions of one event say about it together."""

from __future__ import annotations

from dataclasses import replace

from dragoman.merge.build import build, event_id, telling
from dragoman.records import Attribution, EventMention
from tests.conftest import make_mention, make_party

TOKYO = make_party("Tokyo", "JPN")


def told(report: str, confidence: float, **fields: object) -> EventMention:
    return replace(make_mention(report_id=report, source=report), confidence=confidence, **fields)  # type: ignore[arg-type]


def test_a_mention_much_less_sure_than_the_surest_decides_nothing_and_stays_listed() -> None:
    weak = told(
        "a",
        0.3,
        base_type="ACCUSE",
        event_type="ACCUSE",
        actors=(TOKYO,),
        recipients=(TOKYO,),
        status="negated",
        quad_class=3,
    )
    sure = told("b", 0.8, status="future")
    event = build([weak, sure], {})
    assert (event.base_type, event.status, event.actors, event.recipients) == ("CONSULT", "future", sure.actors, ())
    assert (event.disputes, event.n_sources, event.confidence) == ((), 1, 0.8)
    assert event.mentions == (weak, sure)
    assert (event.n_mentions, event.n_reports, event.event_id) == (2, 2, event_id(weak))


def test_mentions_of_like_sureness_speak_together() -> None:
    one, two = told("a", 0.4, status="negated"), told("b", 0.8)
    assert telling([one, two]) == (one, two)
    event = build([one, two], {})
    assert (event.n_sources, [d.field for d in event.disputes]) == (2, ["status"])


def test_of_weak_mentions_alone_the_surest_speaks() -> None:
    one, two = told("a", 0.1), told("b", 0.21)
    assert telling([one, two]) == (two,)


def test_where_a_speaker_is_told_of_but_not_named_the_publisher_vouches() -> None:
    unnamed = Attribution("", "unnamed", "claims", False)
    one, two = told("Gazette", 0.8, status="negated", attribution=(unnamed,)), told("Herald", 0.8)
    (dispute,) = build([one, two], {}).disputes
    assert [said_by for _, said_by, _ in dispute.sides] == [("Gazette",), ("Herald",)]


def test_a_ministry_without_a_country_is_no_other_doer() -> None:
    blame = {"quad_class": 3, "base_type": "ACCUSE", "event_type": "ACCUSE"}
    ministry = replace(TOKYO, text="the ministry", country=None, actor_id=None, sectors=("GOV",))
    gunmen = replace(ministry, text="gunmen", sectors=("UAF",))
    named = told("a", 0.8, actors=(TOKYO,), **blame)
    assert build([named, told("b", 0.8, actors=(ministry,), **blame)], {}).disputes == ()
    assert [d.field for d in build([named, told("b", 0.8, actors=(gunmen,), **blame)], {}).disputes] == ["actors"]
