"""Status phrases: how the sentence tells that an act has happened, will, may, or did not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.coding import MentionCoder
from dragoman.coding.grammar import Grammar
from dragoman.coding.status import judge
from tests.coding.parsed import actor, resolved

CODER = replace(MentionCoder.load(), floor=0.0)
SIDES = [actor("Kenya", "KEN"), actor("Sudan", "SDN")]

UNTRUE = "that:SCONJ:mark:3 Kenya:PROPN:nsubj:3 attacked=attack:VERB:acl:0 Sudan:PROPN:obj:3"
"""What "Claims" and the like begin."""

PHRASES = [
    pytest.param(
        "Kenya:PROPN:nsubj:1 attacked=attack:VERB:root:-1 Sudan:PROPN:obj:1 at:ADP:case:5 the:DET:det:5 time:NOUN:obl:1",
        "ASSAULT", "historical", id="at the time",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 attacked=attack:VERB:root:-1 Sudan:PROPN:obj:1 at:ADP:case:5 the:DET:det:5 time:NOUN:obl:1 of:ADP:case:7 talks=talk:NOUN:nmod:5",
        "ASSAULT", "actual", id="at the time of talks",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:2 may:AUX:aux:2 attack:VERB:root:-1 Sudan:PROPN:obj:2", "ASSAULT", "hypothetical", id="may",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:2 May:AUX:aux:2 attacked=attack:VERB:root:-1 Sudan:PROPN:obj:2", "ASSAULT", "actual", id="May",
    ),
    pytest.param(
        "Did=do:AUX:aux:2 Kenya:PROPN:nsubj:2 attack:VERB:root:-1 Sudan:PROPN:obj:2 ?:PUNCT:punct:2",
        "ASSAULT", "hypothetical", id="did it?",
    ),
    pytest.param(
        "Q:NOUN:root:-1 :=colon:PUNCT:punct:0 Has=have:AUX:aux:4 Kenya:PROPN:nsubj:4 attacked=attack:VERB:parataxis:0 Sudan:PROPN:obj:4 ?:PUNCT:punct:4",
        "ASSAULT", "hypothetical", id="has it?, behind a colon",
    ),
    pytest.param(
        "Why:ADV:advmod:3 did=do:AUX:aux:3 Kenya:PROPN:nsubj:3 attack:VERB:root:-1 Sudan:PROPN:obj:3 ?:PUNCT:punct:3",
        "ASSAULT", "actual", id="why did it?",
    ),
    pytest.param(
        "Did=do:AUX:aux:3 n't=not:PART:advmod:3 Kenya:PROPN:nsubj:3 attack:VERB:root:-1 Sudan:PROPN:obj:3 ?:PUNCT:punct:3",
        "ASSAULT", "negated", id="did it not? is left as it was",
    ),
    pytest.param(
        f"Claims=claim:NOUN:nsubj:7 {UNTRUE} do:AUX:aux:7 not:PART:advmod:7 correspond:VERB:root:-1 to:ADP:case:9 reality:NOUN:obl:7",
        "ASSAULT", "negated", id="claims do not correspond to reality",
    ),
    pytest.param(
        f"Reports=report:NOUN:nsubj:7 {UNTRUE} are=be:AUX:cop:7 utterly:ADV:advmod:7 false:ADJ:root:-1",
        "ASSAULT", "negated", id="reports are false",
    ),
    pytest.param(
        f"Rumours=rumour:NOUN:nsubj:6 {UNTRUE} were=be:AUX:aux:6 dismissed=dismiss:VERB:root:-1 by:ADP:case:8 Chad:PROPN:obl:6 as:ADP:case:10 nonsense:NOUN:obl:6",
        "ASSAULT", "negated", id="rumours were dismissed as nonsense",
    ),
    pytest.param(
        f"Reports=report:NOUN:nsubj:7 {UNTRUE} are=be:AUX:cop:7 not:PART:advmod:7 false:ADJ:root:-1",
        "ASSAULT", "actual", id="reports are not false",
    ),
    pytest.param(
        f"Claims=claim:VERB:root:-1 {UNTRUE} are=be:AUX:cop:7 not:PART:advmod:7 true:ADJ:ccomp:0",
        "ASSAULT", "negated", id="claims, read as a verb, are not true",
    ),
    pytest.param(
        f"Claims=claim:NOUN:nsubj:7 {UNTRUE} have:VERB:root:-1 no:DET:det:7 basis:NOUN:obj:5",
        "ASSAULT", "negated", id="claims have no basis",
    ),
    pytest.param(
        f"Reports=report:NOUN:nsubj:6 {UNTRUE} were=be:AUX:aux:6 confirmed=confirm:VERB:root:-1 and:CCONJ:cc:11 its:PRON:nmod.poss:9 denial:NOUN:nsubj:11 was=be:AUX:cop:11 false:ADJ:conj:6",
        "ASSAULT", "actual", id="reports were confirmed, the denial was false",
    ),
    pytest.param(
        f"Suggestions=suggestion:NOUN:nsubj:7 {UNTRUE} might:AUX:aux:7 be:AUX:cop:7 false:ADJ:root:-1",
        "ASSAULT", "actual", id="suggestions might be false",
    ),
    pytest.param(
        f"Reports=report:NOUN:nsubj:5 {UNTRUE} prompted=prompt:VERB:root:-1 Chad:PROPN:obj:5 to:PART:mark:8 say:VERB:xcomp:5 talks=talk:NOUN:nsubj:11 are=be:AUX:cop:11 wrong:ADJ:ccomp:8",
        "ASSAULT", "actual", id="something else is wrong",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:3 did=do:AUX:aux:3 not:PART:advmod:3 rule:VERB:root:-1 out:ADP:compound.prt:3 visiting=visit:VERB:xcomp:3 Sudan:PROPN:obj:5",
        "CONSULT", "hypothetical", id="did not rule out",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 refuses=refuse:VERB:root:-1 talks=talk:NOUN:obj:1 until:SCONJ:mark:6 Sudan:PROPN:nsubj:6 unconditionally:ADV:advmod:6 withdraws=withdraw:VERB:advcl:1",
        "RETREAT", "hypothetical", id="until it withdraws",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:3 will:AUX:aux:3 not:PART:advmod:3 talk:VERB:root:-1 before:SCONJ:mark:6 Sudan:PROPN:nsubj:6 apologises=apologise:VERB:advcl:3",
        "CONCEDE", "hypothetical", id="not before it apologises",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:2 will:AUX:aux:2 visit:VERB:root:-1 Sudan:PROPN:obj:2 only:ADV:advmod:7 if:SCONJ:mark:7 guns=gun:NOUN:nsubj:7 fall:VERB:advcl:2",
        "CONSULT", "hypothetical", id="will only if",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:4 will:AUX:aux:4 no:ADV:advmod:3 longer=long:ADV:advmod:4 visit:VERB:root:-1 Sudan:PROPN:obj:4",
        "CONSULT", "negated", id="no longer",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 stopped=stop:VERB:root:-1 short:ADV:advmod:1 of:SCONJ:fixed:2 criticising=criticise:VERB:advcl:1 Sudan:PROPN:obj:4",
        "ACCUSE", "negated", id="stopped short of",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:4 was=be:AUX:aux:4 to:PART:mark:4 have:AUX:aux:4 visited=visit:VERB:root:-1 Sudan:PROPN:obj:4 but:CCONJ:cc:7 did=do:AUX:conj:4 not:PART:advmod:7",
        "CONSULT", "negated", id="was to have",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 denied=deny:VERB:root:-1 having=have:AUX:aux:3 attacked=attack:VERB:ccomp:1 Sudan:PROPN:obj:3",
        "ASSAULT", "negated", id="denied having",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:3 had=have:AUX:aux:3 been=be:AUX:cop:3 due:ADJ:root:-1 to:PART:mark:5 visit:VERB:xcomp:3 Sudan:PROPN:obj:5",
        "CONSULT", "future", id="had been due to",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:2 would:AUX:aux:2 consider:VERB:root:-1 visiting=visit:VERB:xcomp:2 Sudan:PROPN:obj:3",
        "CONSULT", "hypothetical", id="would consider",
    ),
    pytest.param(
        "If:SCONJ:mark:4 Kenya:PROPN:nsubj:4 were=be:AUX:aux:4 to:PART:mark:4 attack:VERB:advcl:8 Sudan:PROPN:obj:4 ,:PUNCT:punct:8 many:ADJ:nsubj:8 lose:VERB:root:-1",
        "ASSAULT", "hypothetical", id="if they were to",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 cancelled=cancel:VERB:root:-1 a:DET:det:3 visit:NOUN:obj:1 to:ADP:case:5 Sudan:PROPN:nmod:3",
        "CONSULT", "cancelled", id="cancelled",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 called=call:VERB:root:-1 off:ADP:compound.prt:1 a:DET:det:4 visit:NOUN:obj:1 to:ADP:case:6 Sudan:PROPN:nmod:4",
        "CONSULT", "cancelled", id="called off",
    ),
    pytest.param(
        "A:DET:det:1 meeting:NOUN:nsubj.pass:7 between:ADP:case:3 Kenya:PROPN:nmod:1 and:CCONJ:cc:5 Sudan:PROPN:conj:3 was=be:AUX:aux.pass:7 called=call:VERB:root:-1 off:ADP:compound.prt:7",
        "CONSULT", "cancelled", id="was called off",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 put:VERB:root:-1 off:ADP:compound.prt:1 a:DET:det:4 visit:NOUN:obj:1 to:ADP:case:6 Sudan:PROPN:nmod:4",
        "CONSULT", "postponed", id="put off",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:2 is=be:AUX:cop:2 free:ADJ:root:-1 to:PART:mark:4 request:VERB:xcomp:2 help:NOUN:obj:4 from:ADP:case:7 Sudan:PROPN:obl:4",
        "REQUEST", "hypothetical", id="is free to request",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 failed=fail:VERB:root:-1 to:PART:mark:3 meet:VERB:xcomp:1 Sudan:PROPN:obj:3",
        "CONSULT", "negated", id="failed to",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 stopped=stop:VERB:root:-1 short:ADV:advmod:1 of:SCONJ:mark:4 condemning=condemn:VERB:advcl:1 Sudan:PROPN:obj:4",
        "ACCUSE", "negated", id="stopped short of",
    ),
    pytest.param(
        "Talks=talk:NOUN:nsubj:5 between:ADP:case:2 Kenya:PROPN:nmod:0 and:CCONJ:cc:4 Sudan:PROPN:conj:2 continue:VERB:root:-1 ahead:ADP:case:9 of:ADP:fixed:6 a:DET:det:9 visit:NOUN:obl:5 to:ADP:case:11 Sudan:PROPN:nmod:9",
        "CONSULT", "future", id="ahead of",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:2 may:AUX:aux:2 attack:VERB:root:-1 Sudan:PROPN:obj:2",
        "ASSAULT", "hypothetical", id="may",
    ),
    pytest.param(
        "Kenya:PROPN:nsubj:1 left=leave:VERB:root:-1 without:SCONJ:mark:3 meeting=meet:VERB:advcl:1 Sudan:PROPN:obj:3",
        "CONSULT", "negated", id="without",
    ),
    pytest.param(
        "A:DET:det:1 meeting:NOUN:nsubj:8 between:ADP:case:3 Kenya:PROPN:nmod:1 and:CCONJ:cc:5 Sudan:PROPN:conj:3 did=do:AUX:aux:8 not:PART:advmod:8 take:VERB:root:-1 place:NOUN:obj:8",
        "CONSULT", "negated", id="did not take place",
    ),
    pytest.param(
        "Officials=official:NOUN:nsubj:1 denied=deny:VERB:root:-1 a:DET:det:3 report:NOUN:obj:1 that:SCONJ:mark:7 Kenya:PROPN:nsubj:7 had=have:AUX:aux:7 attacked=attack:VERB:acl:3 Sudan:PROPN:obj:7",
        "ASSAULT", "negated", id="denied a report that",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "base", "status"), PHRASES)
def test_status_of_a_phrase(text: str, base: str, status: str) -> None:
    found = {(m.base_type, m.status) for m in CODER.code(resolved(text, SIDES))}
    assert (base, status) in found


def test_what_is_called_off_is_not_carried_by_the_verb() -> None:
    text = "Kenya:PROPN:nsubj:1 called=call:VERB:root:-1 off:ADP:compound.prt:1 a:DET:det:4 visit:NOUN:obj:1 to:ADP:case:6 Sudan:PROPN:nmod:4"
    found = [(m.trigger_text, m.base_type, m.status) for m in CODER.code(resolved(text, SIDES))]
    assert found == [("called off", "REJECT", "actual"), ("visit", "CONSULT", "cancelled")]


ENDED = [
    ("lifted=lift:VERB:root:-1", "embargo:NOUN:obj:1", "on:ADP:case:5"),
    ("lifted=lift:VERB:root:-1", "blockade:NOUN:obj:1", "of:ADP:case:5"),
]


@pytest.mark.parametrize(("verb", "noun", "of"), ENDED)
def test_what_is_ended_is_no_act_again(verb: str, noun: str, of: str) -> None:
    text = f"Kenya:PROPN:nsubj:1 {verb} the:DET:det:3 {noun} {of} Sudan:PROPN:nmod:3"
    (found,) = CODER.code(resolved(text, SIDES))
    assert found.base_type in ("CONCEDE", "RETREAT")


def test_a_particle_before_a_preposition_belongs_to_its_verb() -> None:
    text = "Kenya:PROPN:nsubj:1 pulled=pull:VERB:root:-1 out:ADP:case:5 of:ADP:case:5 the:DET:det:5 treaty:NOUN:obl:1 with:ADP:case:7 Sudan:PROPN:nmod:5"
    found = CODER.code(resolved(text, SIDES))
    assert ("pulled out", "SANCTION") in {(m.trigger_text, m.base_type) for m in found}


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (
            "Kenya:PROPN:nsubj:1 denied=deny:VERB:root:-1 a:DET:det:3 report:NOUN:obj:1 that:SCONJ:mark:7 Sudan:PROPN:nsubj:7 had=have:AUX:aux:7 spoken=speak:VERB:acl:3",
            7,
        ),
        (
            "Kenya:PROPN:nsubj:1 denied=deny:VERB:root:-1 that:SCONJ:mark:5 Sudan:PROPN:nsubj:5 had=have:AUX:aux:5 spoken=speak:VERB:ccomp:1",
            5,
        ),
    ],
)
def test_what_is_denied_did_not_happen_however_sure_the_model_is(text: str, head: int) -> None:
    g = Grammar(resolved(text).reading.sentences[0])
    assert judge(g, (head,), head, {"actual": 0.99, "negated": 0.001}, None, None).status == "negated"
