"""From parsed sentences to event mentions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.coding import MentionCoder
from dragoman.records import EventMention, EventReading, Role
from tests.coding.parsed import actor, place, resolved, time

CODER = replace(MentionCoder.load(), floor=0.0)  # what is coded, however sure
KOREA, RUSSIA, FRANCE, IRAN = (
    actor("Seoul", "KOR"),
    actor("Russian", "RUS"),
    actor("France", "FRA"),
    actor("Iran", "IRN"),
)


def only(found: tuple[EventMention, ...]) -> EventMention:
    """The one event of a sentence."""
    assert len(found) == 1, [(m.base_type, m.trigger_text) for m in found]
    return found[0]


SUMMONS = "Seoul:PROPN:nsubj:1 summoned=summon:VERB:root:-1 the:DET:det:4 Russian:ADJ:amod:4 ambassador:NOUN:obj:1 on:ADP:case:6 Friday:PROPN:obl:1 .:PUNCT:punct:1"


def test_a_summons_is_an_accusation_and_every_field_has_its_words_and_reason() -> None:
    coded = only(
        CODER.code(
            resolved(
                SUMMONS,
                [KOREA, actor("the Russian ambassador", "RUS", kind="office"), time("Friday", date(2024, 3, 8))],
            )
        )
    )
    assert (coded.event_type, coded.mode, coded.cameo, coded.quad_class, coded.status) == (
        "ACCUSE",
        "disapprove",
        "114",
        3,
        "actual",
    )
    assert [p.country for p in coded.actors] == ["KOR"]
    assert [p.text for p in coded.recipients] == ["the Russian ambassador"]
    assert (coded.date_start, coded.date_precision, coded.date_found) == (date(2024, 3, 8), "day", "argument")
    assert coded.trigger_text == "summoned"
    for field, spans in coded.spans.items():
        for start, end in spans:
            assert 0 <= start < end <= len(coded.sentence), field
    assert {step.field for step in coded.trail} >= {
        "base_type",
        "mode",
        "cameo",
        "actors",
        "recipients",
        "status",
        "date_start",
        "confidence",
    }
    assert all(step.because for step in coded.trail)


def test_the_same_reading_gives_the_same_bytes() -> None:
    reading = resolved(SUMMONS, [KOREA])
    assert CODER.code(reading) == CODER.code(reading)
    assert CODER.fingerprint == MentionCoder.load().fingerprint


def test_a_passive_turns_the_sides_round() -> None:
    text = "Twelve:NUM:nummod:1 activists=activist:NOUN:nsubj.pass:3 were=be:AUX:aux.pass:3 arrested=arrest:VERB:root:-1 by:ADP:case:5 police:NOUN:obl:3"
    coded = only(
        CODER.code(
            resolved(
                text,
                [
                    actor("police", "FRA", kind="institution", sectors=("COP",)),
                    actor("Twelve activists", "FRA", kind="crowd"),
                ],
            )
        )
    )
    assert (coded.base_type, coded.mode) == ("COERCE", "arrest")
    assert [p.text for p in coded.actors] == ["police"]
    assert [p.text for p in coded.recipients] == ["Twelve activists"]


def test_all_who_meet_are_actors() -> None:
    text = "France:PROPN:nsubj:3 and:CCONJ:cc:2 Iran:PROPN:conj:0 held=hold:VERB:root:-1 talks=talk:NOUN:obj:3 in:ADP:case:6 Geneva:PROPN:obl:3"
    coded = only(CODER.code(resolved(text, [FRANCE, IRAN, place("Geneva", "CHE")])))
    assert (coded.base_type, coded.trigger_text) == ("CONSULT", "held talks")
    assert [p.country for p in coded.actors] == ["FRA", "IRN"]
    assert coded.recipients == ()
    assert coded.place is not None
    assert coded.place.country == "CHE"


def test_states_that_share_a_noun_are_all_parties() -> None:
    text = (
        "India=Indian:ADJ:amod:3 and:CCONJ:cc:2 Chinese:ADJ:conj:0 troops=troop:NOUN:nsubj:4 clashed=clash:VERB:root:-1"
    )
    coded = only(CODER.code(resolved(text, [actor("India", "IND"), actor("Chinese", "CHN")])))
    assert [p.country for p in coded.actors] == ["IND", "CHN"]


def test_calling_on_somebody_to_apologise_is_no_telephone_call() -> None:
    text = "Iran:PROPN:nsubj:1 called=call:VERB:root:-1 on:ADP:case:3 France:PROPN:obl:1 to:PART:mark:5 apologise:VERB:advcl:1"
    assert only(CODER.code(resolved(text, [IRAN, FRANCE]))).base_type == "REQUEST"


def test_who_receives_is_the_host() -> None:
    text = (
        "France:PROPN:nsubj:1 received=receive:VERB:root:-1 Iran:PROPN:nmod.poss:4 's:PART:case:2 president:NOUN:obj:1"
    )
    coded = only(CODER.code(resolved(text, [FRANCE, actor("Iran's president", "IRN", kind="office")])))
    assert (coded.cameo, coded.mode) == ("043", "visit")
    assert [p.country for p in coded.actors] == ["IRN"]
    assert [p.country for p in coded.recipients] == ["FRA"]


@pytest.mark.parametrize(
    ("text", "type_", "cameo"),
    [
        (
            "Iran:PROPN:nsubj:1 urged=urge:VERB:root:-1 France:PROPN:obj:1 to:PART:mark:4 release:VERB:xcomp:1 prisoners=prisoner:NOUN:obj:4",
            "REQUEST",
            "0253",
        ),
        (
            "Iran:PROPN:nsubj:1 urged=urge:VERB:root:-1 France:PROPN:obj:1 to:PART:mark:4 lift:VERB:xcomp:1 sanctions=sanction:NOUN:obj:4",
            "REQUEST",
            "0254",
        ),
        (
            "Iran:PROPN:nsubj:1 refused=refuse:VERB:root:-1 to:PART:mark:3 meet:VERB:xcomp:1 France:PROPN:obj:3",
            "REJECT",
            "125",
        ),
        (
            "Iran:PROPN:nsubj:1 threatened=threaten:VERB:root:-1 to:PART:mark:3 attack:VERB:xcomp:1 France:PROPN:obj:3",
            "THREATEN",
            "138",
        ),
    ],
)
def test_what_is_asked_refused_or_threatened_decides_the_code_and_is_no_event_of_its_own(
    text: str, type_: str, cameo: str
) -> None:
    coded = only(CODER.code(resolved(text, [IRAN, FRANCE])))
    assert (coded.base_type, coded.cameo) == (type_, cameo)
    assert [p.country for p in coded.actors] == ["IRN"]
    assert [p.country for p in coded.recipients] == ["FRA"]


STATUS = [
    ("France:PROPN:nsubj:2 will:AUX:aux:2 visit:VERB:root:-1 Iran:PROPN:obj:2", "future", "AGREE"),
    ("France:PROPN:nsubj:2 may:AUX:aux:2 visit:VERB:root:-1 Iran:PROPN:obj:2", "hypothetical", "CONSULT"),
    (
        "France:PROPN:nsubj:3 did=do:AUX:aux:3 not:PART:advmod:3 visit:VERB:root:-1 Iran:PROPN:obj:3",
        "negated",
        "CONSULT",
    ),
    (
        "France:PROPN:nsubj:1 plans=plan:VERB:root:-1 to:PART:mark:3 visit:VERB:xcomp:1 Iran:PROPN:obj:3",
        "future",
        "AGREE",
    ),
    (
        "France:PROPN:nsubj:1 denied=deny:VERB:root:-1 visiting=visit:VERB:xcomp:1 Iran:PROPN:obj:2",
        "negated",
        "CONSULT",
    ),
    (
        "France:PROPN:nsubj:1 postponed=postpone:VERB:root:-1 a:DET:det:3 visit:NOUN:obj:1 to:ADP:case:5 Iran:PROPN:nmod:3",
        "postponed",
        "CONSULT",
    ),
    ("If:SCONJ:mark:2 France:PROPN:nsubj:2 attacks=attack:VERB:root:-1 Iran:PROPN:obj:2", "hypothetical", "ASSAULT"),
    (
        "France:PROPN:nsubj:1 stopped=stop:VERB:root:-1 short:ADV:advmod:1 of:SCONJ:mark:4 condemning=condemn:VERB:advcl:1 Iran:PROPN:obj:4",
        "negated",
        "ACCUSE",
    ),
]


REFUSALS = [
    ("visit", "France:PROPN:nsubj:3 will:AUX:aux:3 not:PART:advmod:3 visit:VERB:root:-1 Iran:PROPN:obj:3", "meet"),
    ("meet", "France:PROPN:nsubj:3 would:AUX:aux:3 never:ADV:advmod:3 meet:VERB:root:-1 Iran:PROPN:obj:3", "meet"),
    ("help", "France:PROPN:nsubj:3 wo:AUX:aux:3 n't:PART:advmod:3 help:VERB:root:-1 Iran:PROPN:obj:3", "assist"),
]


@pytest.mark.parametrize(("trigger", "text", "mode"), REFUSALS)
def test_who_says_that_he_will_not_do_it_refuses(trigger: str, text: str, mode: str) -> None:
    coded = only(CODER.code(resolved(text, [FRANCE, IRAN])))
    assert coded.trigger_text == trigger
    assert (coded.base_type, coded.event_type, coded.mode, coded.status) == ("REJECT", "REJECT", mode, "actual")
    assert [p.country for p in coded.actors] == ["FRA"]
    assert [p.country for p in coded.recipients] == ["IRN"]


def test_a_passive_that_will_not_be_is_no_refusal() -> None:
    text = "Iran:PROPN:nsubj.pass:4 will:AUX:aux:4 not:PART:advmod:4 be:AUX:aux.pass:4 visited=visit:VERB:root:-1 by:ADP:case:6 France:PROPN:obl:4"
    assert only(CODER.code(resolved(text, [FRANCE, IRAN]))).base_type == "CONSULT"


@pytest.mark.parametrize(("text", "status", "type_"), STATUS)
def test_status_follows_its_cue_and_the_type_the_status(text: str, status: str, type_: str) -> None:
    coded = [m for m in CODER.code(resolved(text, [FRANCE, IRAN])) if m.base_type != "REJECT"]
    assert [(m.status, m.event_type) for m in coded] == [(status, type_)]


def test_what_happened_long_before_publication_is_historical() -> None:
    text = "Iran:PROPN:nsubj:1 attacked=attack:VERB:root:-1 France:PROPN:obj:1 in:ADP:case:4 2019:NUM:obl:1"
    coded = only(CODER.code(resolved(text, [IRAN, FRANCE, time("2019", date(2019, 1, 1), date(2019, 12, 31), "year")])))
    assert (coded.status, coded.date_precision) == ("historical", "year")


def test_who_says_so_is_kept_apart_from_who_does() -> None:
    text = "Iran:PROPN:nsubj:1 attacked=attack:VERB:ccomp:5 France:PROPN:obj:1 ,:PUNCT:punct:5 Yonhap:PROPN:nsubj:5 said=say:VERB:root:-1 .:PUNCT:punct:5"
    coded = only(CODER.code(resolved(text, [IRAN, FRANCE, actor("Yonhap", "KOR", kind="media", sectors=("JRN",))])))
    assert [p.country for p in coded.actors] == ["IRN"]
    assert [(a.speaker, a.kind, a.cue, a.direct) for a in coded.attribution] == [("Yonhap", "agency", "said", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Sales=sale:NOUN:nsubj:1 met=meet:VERB:root:-1 expectations=expectation:NOUN:obj:1",
        "Iran:PROPN:nsubj:1 declined=decline:VERB:root:-1 to:PART:mark:3 comment:VERB:xcomp:1",
        "Iran:PROPN:nsubj:1 spoke=speak:VERB:root:-1 to:ADP:case:3 reporters=reporter:NOUN:obl:1",
        "Iran:PROPN:nsubj:1 asked=ask:VERB:root:-1 not:PART:advmod:5 to:PART:mark:5 be:AUX:aux.pass:5 named=name:VERB:xcomp:1",
        "A:DET:det:1 storm:NOUN:nsubj:2 killed=kill:VERB:root:-1 nine:NUM:nummod:4 people=person:NOUN:obj:2",
    ],
)
def test_words_in_other_senses_are_no_events(text: str) -> None:
    assert CODER.code(resolved(text, [IRAN] if "Iran" in text else [])) == ()


def test_the_model_alone_makes_an_event_and_the_trail_says_so() -> None:
    text = "Iran:PROPN:nsubj:1 frobbed=frob:VERB:root:-1 France:PROPN:obj:1"
    read = EventReading(
        (1,),
        (("SANCTION", 0.9),),
        (("discontinue", 0.8),),
        (),
        (("actual", 0.9),),
        (Role("actor", 0, 0.9), Role("recipient", 1, 0.9)),
    )
    coded = only(CODER.code(resolved(text, [IRAN, FRANCE], events=[read])))
    assert (coded.base_type, coded.mode, coded.trail[0].by) == ("SANCTION", "discontinue", "model")
    assert [p.country for p in coded.recipients] == ["FRA"]


def test_no_event_without_anybody() -> None:
    assert CODER.code(resolved("It:PRON:expl:1 rained=rain:VERB:root:-1")) == ()
    assert CODER.code(resolved("Attack:NOUN:root:-1")) == ()


def test_a_relative_clause_dates_its_own_act_alone() -> None:
    text = (
        "Iran:PROPN:nsubj:1 cancelled=cancel:VERB:root:-1 a:DET:det:3 meeting:NOUN:obj:1 with:ADP:case:5 France:PROPN:nmod:3 on:ADP:case:8 the:DET:det:8 deal:NOUN:nmod:3 "
        "that:PRON:nsubj.pass:13 was=be:AUX:aux.pass:13 to:PART:mark:13 be:AUX:aux.pass:13 ratified=ratify:VERB:acl.relcl:8 next:ADJ:amod:15 year:NOUN:obl:13"
    )
    next_year = time("next year", date(2025, 1, 1), date(2025, 12, 31), "year")
    coded = CODER.code(resolved(text, [IRAN, FRANCE, next_year]))
    assert coded
    assert {m.date_start for m in coded} == {None}


def test_a_clause_of_time_with_a_subject_of_its_own_keeps_its_day_and_place() -> None:
    text = (
        "Iran:PROPN:nsubj:1 condemned=condemn:VERB:root:-1 France:PROPN:obj:1 after:SCONJ:mark:5 gunmen=gunman:NOUN:nsubj:5 killed=kill:VERB:advcl:1 "
        "pilgrims=pilgrim:NOUN:obj:5 in:ADP:case:8 Beirut:PROPN:obl:5 on:ADP:case:10 Sunday:PROPN:obl:5"
    )
    sunday, beirut = time("Sunday", date(2024, 1, 28)), place("Beirut", "LBN")
    coded = CODER.code(resolved(text, [IRAN, FRANCE, actor("gunmen", None, kind="armed-group"), sunday, beirut]))
    of_type = {m.base_type: m for m in coded}
    assert (of_type["ACCUSE"].date_start, of_type["ACCUSE"].place) == (None, None)
    assert of_type["ASSAULT"].date_start == date(2024, 1, 28)
    assert of_type["ASSAULT"].place is not None


@pytest.mark.parametrize(
    ("words", "first", "last", "status"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31), "historical"),  # it explains
        ("January", date(2024, 1, 1), date(2024, 1, 31), "actual"),
    ],
)
def test_what_has_gone_on_since_a_day_goes_on_until_publication(
    words: str, first: date, last: date, status: str
) -> None:
    text = f"Iran:PROPN:nsubj:2 has=have:AUX:aux:2 accused=accuse:VERB:root:-1 France:PROPN:obj:2 since:ADP:case:5 {words}:NUM:obl:2"
    report = resolved(text, [IRAN, FRANCE, time(words, first, last, "month")])
    (coded,) = CODER.code(report)
    assert (coded.status, coded.date_start, coded.date_end) == (status, first, report.reading.report.published)


def test_what_is_told_as_done_ends_with_the_day_of_publication() -> None:
    text = "Iran:PROPN:nsubj:1 accused=accuse:VERB:root:-1 France:PROPN:obj:1 this:DET:det:4 month:NOUN:obl:1"
    report = resolved(text, [IRAN, FRANCE, time("this month", date(2024, 3, 1), date(2024, 3, 31), "month")])
    (coded,) = CODER.code(report)
    assert (coded.date_start, coded.date_end) == (date(2024, 3, 1), report.reading.report.published)


FOUGHT = "Iran:PROPN:nsubj:1 attacked=attack:VERB:root:-1 Syria:PROPN:obj:1 in:ADP:case:4 2006:NUM:obl:1 and:CCONJ:cc:{verb} {second}"


@pytest.mark.parametrize(
    ("verb", "second"),
    [
        (8, "France:PROPN:nsubj:8 has=have:AUX:aux:8 accused=accuse:VERB:conj:1 Seoul:PROPN:obj:8"),  # another's
        (8, "is=be:AUX:aux:8 now:ADV:advmod:8 accusing=accuse:VERB:conj:1 France:PROPN:obj:8"),  # another time
    ],
)
def test_a_day_does_not_reach_the_next_main_clause(verb: int, second: str) -> None:
    text = FOUGHT.format(verb=verb, second=second)
    who = [IRAN, actor("Syria", "SYR"), FRANCE, *([KOREA] if "Seoul" in text else [])]
    coded = CODER.code(resolved(text, [*who, time("2006", date(2006, 1, 1), date(2006, 12, 31), "year")]))
    of_type = {m.base_type: m for m in coded}
    assert of_type["ASSAULT"].date_start == date(2006, 1, 1)
    assert of_type["ACCUSE"].date_start is None


def test_the_time_of_what_is_condemned_is_not_that_of_condemning() -> None:
    text = "Iran:PROPN:nsubj:1 condemned=condemn:VERB:root:-1 the:DET:det:4 2023:NUM:nummod:4 attack:NOUN:obj:1 by:ADP:case:6 France:PROPN:nmod:4"
    year = time("2023", date(2023, 1, 1), date(2023, 12, 31), "year")
    of_type = {m.base_type: m for m in CODER.code(resolved(text, [IRAN, FRANCE, year]))}
    assert of_type["ACCUSE"].date_start is None


@pytest.mark.parametrize(
    ("text", "mode", "cameo"),
    [
        ("Iran:PROPN:nsubj:1 killed=kill:VERB:root:-1 soldiers=soldier:NOUN:obj:1", None, "180"),
        ("Iran:PROPN:nsubj:1 killed=kill:VERB:root:-1 soldiers=soldier:NOUN:obj:1 with:ADP:case:4 rockets=rocket:NOUN:obl:1", "heavy-weapons", "194"),
        ("Iran:PROPN:nsubj:1 killed=kill:VERB:root:-1 soldiers=soldier:NOUN:obj:1 in:ADP:case:6 a:DET:det:6 drone:NOUN:compound:6 strike:NOUN:obl:1", "drone", "195"),
        ("Iran:PROPN:nsubj:1 attacked=attack:VERB:root:-1 soldiers=soldier:NOUN:obj:1", None, "190"),
        ("Iran:PROPN:nsubj:1 attacked=attack:VERB:root:-1 a:DET:det:4 gas:NOUN:compound:4 plant:NOUN:obj:1", None, "190"),
        ("Iran:PROPN:nsubj:1 killed=kill:VERB:root:-1 a:DET:det:4 suicide:NOUN:compound:4 bomber:NOUN:obj:1", None, "180"),
        ("Iran:PROPN:nsubj:1 shot=shoot:VERB:root:-1 down:ADP:advmod:1 a:DET:det:4 jet:NOUN:obj:1", "heavy-weapons", "194"),
    ],
)  # fmt: skip
def test_a_weapon_needs_a_word_for_it(text: str, mode: str | None, cameo: str) -> None:
    coded = only(CODER.code(resolved(text, [IRAN])))
    assert (coded.base_type, coded.mode, coded.cameo) == ("ASSAULT", mode, cameo)


def test_ones_enemies_are_not_oneself() -> None:
    text = "Seoul:PROPN:nsubj:1 accused=accuse:VERB:root:-1 its=its:PRON:nmod.poss:3 enemies=enemy:NOUN:obj:1"
    coded = only(CODER.code(resolved(text, [KOREA, actor("its", "IRN", kind="pronoun")])))
    assert [(p.text, p.country) for p in coded.recipients] == [("its enemies", None)]


def test_where_a_thing_was_is_not_who_is_blamed_for_it() -> None:
    text = "Iran:PROPN:nsubj:1 condemned=condemn:VERB:root:-1 the:DET:det:3 launch:NOUN:obj:1 of:ADP:case:5 missiles=missile:NOUN:nmod:3 over:ADP:case:7 France:PROPN:nmod:5"
    (coded,) = (m for m in CODER.code(resolved(text, [IRAN, FRANCE])) if m.base_type == "ACCUSE")
    assert coded.recipients == ()


def test_who_condemns_an_attack_has_not_made_it() -> None:
    text = "Iran:PROPN:nsubj:1 condemned=condemn:VERB:root:-1 the:DET:det:3 attacks=attack:NOUN:obj:1"
    assert [m.base_type for m in CODER.code(resolved(text, [IRAN]))] == ["ACCUSE"]


def test_who_rejects_an_accusation_as_absurd_does_not_accuse() -> None:
    text = "Iran:PROPN:nsubj:1 rejected=reject:VERB:root:-1 the:DET:det:3 accusation:NOUN:obj:1 as:ADP:case:5 absurd:ADJ:obl:1"
    coded = only(CODER.code(resolved(text, [IRAN])))
    assert (coded.base_type, coded.status) == ("REJECT", "actual")


def test_who_is_named_behind_a_title_speaks_once() -> None:
    text = (
        "A:DET:det:1 commander:NOUN:nsubj:6 ,:PUNCT:punct:3 Wekesa:PROPN:appos:1 ,:PUNCT:punct:3 of:ADP:case:1 said=say:VERB:root:-1 "
        "Iran:PROPN:nsubj:8 attacked=attack:VERB:ccomp:6 France:PROPN:obj:8"
    )
    whole, name = actor("A commander, Wekesa", None, kind="person"), actor("Wekesa", None, kind="person")
    coded = only(CODER.code(resolved(text, [whole, name, IRAN, FRANCE])))
    assert " and " not in coded.attribution[-1].speaker


def test_a_crowd_is_against_whom_it_protests_in_a_phrase_beside_its_act() -> None:
    text = "Miners:NOUN:nsubj:1 blocked=block:VERB:root:-1 the:DET:det:3 road:NOUN:obj:1 in:ADP:case:5 protest:NOUN:advcl:1 at:ADP:case:9 the:DET:det:8 government:NOUN:nmod.poss:9 plan:NOUN:obl:5 .:PUNCT:punct:1"
    sentence = resolved(
        text, [actor("Miners", "BOL", kind="crowd"), actor("the government", "BOL", kind="institution")]
    )
    coded = next(m for m in CODER.code(sentence) if m.mode == "obstruct")
    assert [p.text for p in coded.recipients] == ["the government"]


def test_captors_free_whom_they_held_when_nobody_else_is_named() -> None:
    text = "Three:NUM:nummod:1 engineers=engineer:NOUN:nsubj.pass:7 held=hold:VERB:acl:1 by:ADP:case:5 the:DET:det:5 rebels=rebel:NOUN:obl:2 were=be:AUX:aux.pass:7 released=release:VERB:root:-1 .:PUNCT:punct:7"
    sentence = resolved(
        text, [actor("Three engineers", "CHN", kind="crowd"), actor("the rebels", "SDN", kind="armed-group")]
    )
    coded = next(m for m in CODER.code(sentence) if m.base_type == "RETREAT")
    assert [p.text for p in coded.actors] == ["the rebels"]
    assert [p.text for p in coded.recipients] == ["Three engineers"]


def test_who_claims_an_attack_has_made_it() -> None:
    text = "An:DET:det:1 attack:NOUN:nsubj:10 on:ADP:case:4 a:DET:det:4 base:NOUN:nmod:1 ,:PUNCT:punct:6 claimed=claim:VERB:acl:1 by:ADP:case:9 the:DET:det:9 militia:NOUN:obl:6 failed=fail:VERB:root:-1 .:PUNCT:punct:10"
    coded = next(m for m in CODER.code(resolved(text, [actor("the militia", "IRQ", kind="armed-group")])) if m.actors)
    assert [p.text for p in coded.actors] == ["the militia"]
