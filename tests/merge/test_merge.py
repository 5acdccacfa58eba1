"""One event, many reports; two events that look alike stay two; order of arrival does not matter."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.merge import Decisions, features, merge
from dragoman.merge.acts import acts_of
from dragoman.merge.clues import probability
from dragoman.merge.features import figures
from dragoman.merge.lands import lands
from dragoman.merge.many import Many
from dragoman.records import EventMention
from tests.conftest import make_mention, make_party

SEOUL, MOSCOW, TOKYO = (make_party("Seoul", "KOR"), make_party("Moscow", "RUS"), make_party("Tokyo", "JPN"))
BEIJING = make_party("Beijing", "CHN")


def told(report: str, sentence: str, day: int = 2, **fields: object) -> EventMention:
    values = {"actors": (SEOUL,), "recipients": (MOSCOW,), "event_type": "ACCUSE"} | fields
    return make_mention(
        report_id=report,
        sentence=sentence,
        trigger=(0, 5),
        day=date(2024, 2, day),
        published=date(2024, 2, day + 1),
        source=report,
        **values,
    )  # type: ignore[arg-type]


SUMMONS = "South Korea summoned the Russian ambassador over remarks on the North."


def test_two_reports_of_one_event_are_one_event() -> None:
    (event,) = merge(
        [
            told("a", SUMMONS),
            told("b", "The ambassador of Russia was summoned in Seoul over the remarks about North Korea."),
        ]
    )
    assert (event.n_reports, event.n_mentions, event.n_sources) == (2, 2, 2)
    assert event.merged_because[0][1]


def test_a_like_event_days_later_is_another() -> None:
    events = list(
        merge([told("a", SUMMONS), told("b", "Seoul summoned the envoy again, this time over a satellite.", day=20)])
    )
    assert len(events) == 2


def test_other_parties_are_another_event() -> None:
    tokyo = "Japan summoned the Russian ambassador over remarks on the North."
    assert len(list(merge([told("a", SUMMONS), told("b", tokyo, actors=(TOKYO,))]))) == 2


def test_two_acts_of_one_sentence_stay_two() -> None:
    one, two = told("a", SUMMONS), told("a", SUMMONS, event_type="REQUEST", number=1)
    assert len(list(merge([one, two]))) == 2


def test_a_denial_is_a_dispute_of_the_same_event() -> None:
    (event,) = merge(
        [
            told("a", SUMMONS),
            told("b", "Russia denied that its ambassador had been summoned over the remarks.", status="negated"),
        ]
    )
    assert event.status == "actual"
    (dispute,) = event.disputes
    assert dispute.field == "status"
    assert {side[0] for side in dispute.sides} == {"actual", "negated"}


def test_the_host_of_a_meeting_is_no_dispute_of_who_met() -> None:
    visit = told("a", SUMMONS, event_type="CONSULT")
    meeting = told("b", SUMMONS, event_type="CONSULT", actors=(SEOUL, MOSCOW), recipients=())
    (event,) = merge([visit, meeting])
    assert event.disputes == ()


mentions = st.lists(
    st.builds(
        lambda r, s, d, t, a: told(f"r{r}", s, day=d, event_type=t, actors=a),
        st.integers(0, 6), st.sampled_from([SUMMONS, "Talks were held in Geneva.", "They met again to discuss grain."]), st.integers(1, 25),
        st.sampled_from(["ACCUSE", "CONSULT", "REQUEST"]), st.sampled_from([(SEOUL,), (TOKYO,), (SEOUL, TOKYO)]),
    ),
    max_size=14,
).map(lambda found: [EventMentionWithId(m, n) for n, m in enumerate(found)])  # fmt: skip


def EventMentionWithId(mention: EventMention, number: int) -> EventMention:
    return replace(mention, mention_id=f"m{number}")


@given(found=mentions, seed=st.integers(0, 99))
def test_any_order_of_arrival_gives_the_same_events(found: list[EventMention], seed: int) -> None:
    shuffled = found[:]
    random.Random(seed).shuffle(shuffled)
    assert list(merge(shuffled)) == list(merge(found))


@given(found=mentions)
def test_many_pairs_at_once_are_judged_as_one_by_one(found: list[EventMention]) -> None:
    shown = [features(m) for m in found]
    one, two = (np.array(side, dtype=np.int64) for side in np.triu_indices(len(shown), 1))
    for i, j, odds in zip(one, two, Many(shown).log_odds(one, two), strict=True):
        sure = probability(shown[i], shown[j])
        assert odds == pytest.approx(math.log(sure / (1 - sure))) or (odds == -math.inf and sure <= 0.5)


@given(found=mentions)
def test_no_mention_is_lost_or_doubled(found: list[EventMention]) -> None:
    merged = [m.mention_id for event in merge(found) for m in event.mentions]
    assert sorted(merged) == sorted(m.mention_id for m in found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Some 1,212 bodies came home in 12 lorries.", {1212, 12}),
        ("Twenty-nine bosses and eleven guards, two of them women.", {29, 11}),
        ("On March 14, 2024 the 17th round began; on 3 May it ended.", set()),
        ("One, two and three.", {3}),
        ("No numbers here.", set()),
        ("About ﬁfty people died.", {50}),
        ("In Löten, troops moved.", set()),
        ("The Big Five's envoys met after a four-to-three ruling.", {3, 5}),
    ],
)
def test_figures_are_numbers_that_are_no_dates(sentence: str, expected: set[int]) -> None:
    assert figures(sentence) == expected
    assert features(replace(make_mention(), sentence=sentence)).figures == expected


def test_other_words_for_one_kind_of_act() -> None:
    assert acts_of("closed") & acts_of("was shut")
    assert acts_of("swap") & acts_of("exchanged")
    assert not acts_of("signed") & acts_of("bombed")


def test_a_weekday_taken_for_the_next_is_no_other_day() -> None:
    one, same = told("a", SUMMONS, day=2), told("b", SUMMONS, day=2)
    week, five = (features(replace(same, date_start=day, date_end=day)) for day in (date(2024, 2, 9), date(2024, 2, 7)))
    assert probability(features(one), week) > probability(features(one), five)


def test_an_account_with_another_type_meets_the_others() -> None:
    """A note of protest is PROTEST to one account and ACCUSE to the other."""
    note = "Tokyo protested to Beijing over a buoy near Okinawa."
    one = told("a", note, actors=(TOKYO,), recipients=(BEIJING,))
    other = told(
        "b", "Japan complained about the buoy off Okinawa to China.", actors=(TOKYO,), recipients=(BEIJING,), event_type="PROTEST",
    )  # fmt: skip
    assert len(list(merge([one, other]))) == 1


def test_the_sentence_that_stands_for_an_event_tells_it_as_its_fields_do() -> None:
    vague = told("a", "They were called in on Friday over the remarks about the North.", recipients=())
    full = told("b", SUMMONS, day=3)
    (event,) = merge([vague, full], decisions=Decisions(together=((vague.mention_id, full.mention_id),)))
    assert event.representative.mention_id == full.mention_id


def test_decisions_by_hand_win() -> None:
    a, b = (
        told("a", SUMMONS),
        told("b", "The ambassador of Russia was summoned in Seoul over the remarks about North Korea."),
    )
    assert len(list(merge([a, b], decisions=Decisions(apart=((a.mention_id, b.mention_id),))))) == 2
    far = told("c", "A fishing accord was signed.", day=25, actors=(TOKYO,), recipients=(), event_type="SUPPORT")
    assert len(list(merge([a, far], decisions=Decisions(together=((a.mention_id, far.mention_id),))))) == 1


def test_nothing_joins_a_pinned_event() -> None:
    a, b = (told("a", SUMMONS), told("b", SUMMONS))
    assert len(list(merge([a, b], decisions=Decisions(pinned=((a.mention_id,),))))) == 2


def test_a_late_report_keeps_the_id() -> None:
    early = told("a", SUMMONS)
    (before,) = merge([early])
    (after,) = merge([told("b", SUMMONS + " Again.", day=2), early])
    assert after.event_id == before.event_id


@pytest.mark.parametrize("count", [0, 1])
def test_few(count: int) -> None:
    assert len(list(merge([told("a", SUMMONS)] * count))) == count


def test_an_answer_in_kind_is_another_event() -> None:
    one = told("a", "Seoul expelled six Russian diplomats on Friday.", event_type="SANCTION")
    answer = told(
        "b",
        "Moscow expelled six South Korean diplomats on Friday.",
        event_type="SANCTION",
        actors=(MOSCOW,),
        recipients=(SEOUL,),
    )
    assert len(list(merge([one, answer]))) == 2


def test_what_is_told_as_done_was_not_done_later() -> None:
    """The publication is of the third; a day in the week to come was the last one of that name."""
    late = replace(told("a", SUMMONS), date_start=date(2024, 2, 6), date_end=date(2024, 2, 6))
    assert features(late).start == date(2024, 1, 30).toordinal()
    planned = replace(late, status="future")
    assert features(planned).start == date(2024, 2, 6).toordinal()


def test_countries_that_a_sentence_names() -> None:
    assert lands("South Korean and U.S. envoys met in Kinshasa.") == {"KOR", "USA", "COD"}
    assert lands("They met again.") == frozenset()


def test_that_two_undated_acts_were_told_in_one_week_is_no_date() -> None:
    one = replace(told("a", "Seoul accused Moscow of a raid."), date_start=None, date_end=None)
    other = replace(told("b", "Seoul accused Moscow of spying."), date_start=None, date_end=None)
    same = replace(other, report_id="a")
    dated = told("c", "Seoul accused Moscow of spying.")
    apart, together, known = (probability(features(one), features(x)) for x in (same, other, dated))
    assert together < known
    assert apart < known


def test_two_persons_of_one_country_are_two() -> None:
    first, second = (
        replace(make_party(name, "USA"), actor_id=f"per:{name.lower()}", kind="person") for name in ("Mattis", "McGurk")
    )
    one = told("a", "Mattis quit on Thursday.", actors=(first,), recipients=(), event_type="RETREAT")
    same = told("b", "Mattis quit on Thursday.", actors=(first,), recipients=(), event_type="RETREAT")
    other = told("b", "McGurk quit on Thursday.", actors=(second,), recipients=(), event_type="RETREAT")
    assert probability(features(one), features(other)) < 0.5 < probability(features(one), features(same))
