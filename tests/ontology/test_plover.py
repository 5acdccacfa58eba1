"""PLOVER as its manual has it: types, modes, scores, contexts, and what a status does to a type."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dragoman.ontology as ontology_package
from dragoman.ontology import UnknownCodeError, after_status, plover, quad_class, score

# Facts of the manual's tables (docs/decisions/0101, 0102 for the two that are contested).
TYPES = {
    "AGREE": (1, 2.5), "CONSULT": (1, 2.5), "SUPPORT": (1, 5), "CONCEDE": (1, 4.5),
    "COOPERATE": (2, 9.5), "AID": (2, 10), "RETREAT": (2, 6.5),
    "REQUEST": (3, 0), "ACCUSE": (3, -3), "REJECT": (3, -2), "THREATEN": (3, -3.5),
    "PROTEST": (4, -5), "SANCTION": (4, -6), "MOBILIZE": (4, -5.5), "COERCE": (4, -7),
    "ASSAULT": (4, -9),
}  # fmt: skip
MODE_SCORES = {
    "CONSULT": "visit 4 third-party 1 multilateral 4 phone 1.5",
    "RETREAT": "withdraw 8 release 6.5 disarm 10 ceasefire 7.5 access 6.5 resign 4.5",
    "REQUEST": "assist 0.5 change -1 yield -1 meet 0",
    "ACCUSE": "disapprove -2 investigate -3.5 allege -3.5",
    "REJECT": "assist -1.5 change -2 yield -2 meet -2",
    "THREATEN": "restrict -3 arrest -3.5 relations -3.5 expel -3.5 territory -4 violence -3.5",
    "PROTEST": "demo -5 riot -7 strike -5 hunger -4.5 boycott -4.5 obstruct -4.5",
    "SANCTION": "convict -6 expel -5.5 withdraw -6 discontinue -6",
    "MOBILIZE": "troops -6.5 weapons -6.5 police -5.5 militia -6",
    "COERCE": "seize -7 restrict -7 censor -6.5 curfew -6.5 martial-law -7.5 arrest -7 deport -7 "
    "withhold -7 misinformation -6.5 cyber -7",
    "ASSAULT": "abduct -8.5 beat -7.5 torture -8.5 sexual -8.5 targeted -9.5 destroy -8.5 primitive -8 "
    "firearms -9 explosives -9 suicide-attack -9.5 aerial -9.5 drone -9.5 heavy-weapons -9.5 "
    "crowd-control -7.5 unconventional -10",
}
CONTEXTS = """military intelligence executive legislative election political_institutions pro_democracy
pro_autocracy diplomatic territory peacekeeping legal reparations human_rights rights_freedoms repression
asylum gender lgbt religion_ethnicity inequality human_security health migration economic natural_resource
environment disasters technology terrorism cbrn cyber misinformation crime corruption illegal_drugs
trafficking""".split()  # noqa: SIM905


def test_the_sixteen_types_with_quad_and_score():
    assert {t.code: (t.quad, t.score) for t in plover().types} == TYPES


def test_the_modes_and_their_scores():
    for event_type, text in MODE_SCORES.items():
        words = text.split()
        expected = dict(zip(words[::2], map(float, words[1::2]), strict=True))
        scored = {m.code: m.score for m in plover().type(event_type).modes if m.score is not None}
        assert scored == expected


def test_the_thirty_seven_contexts():
    assert list(plover().context_codes) == CONTEXTS


@pytest.mark.parametrize(("vocabulary", "count"), [("manual", 67), ("polecat", 73), ("ngec", 72)])
def test_each_published_list_has_as_many_modes_as_it_should(vocabulary, count):
    modes = [m for t in plover().types for m in t.modes]
    assert sum(vocabulary in m.vocabularies for m in modes) == count


def test_who_needs_a_recipient():
    assert {t.code for t in plover().types if t.recipient == "required"} == {"COOPERATE", "AID", "SANCTION"}
    assert {t.code for t in plover().types if t.recipient == "one-sided"} == {"ASSAULT"}


@pytest.mark.parametrize(
    ("vocabulary", "event_type", "mode", "written"),
    [
        ("manual", "ASSAULT", "massacre", "targeted"),
        ("manual", "ASSAULT", "cleansing", None),
        ("manual", "COERCE", "ban", "restrict"),
        ("polecat", "ASSAULT", "targeted", "assassinate"),
        ("polecat", "PROTEST", "vandalize", "riot"),
        ("ngec", "COERCE", "martial_law", "restrict"),
        ("ngec", "THREATEN", "rights", "rights"),
        ("polecat", "THREATEN", "rights", "restrict"),
    ],
)
def test_a_mode_is_written_as_the_other_list_has_it(vocabulary, event_type, mode, written):
    assert plover().mode_as(vocabulary, event_type, mode) == written


def test_folds_stay_within_the_list_they_fold_into():
    for of in plover().types:
        for mode in of.modes:
            assert set(mode.folds) | set(mode.vocabularies) == set(plover().vocabularies), mode.key
            for vocabulary, folded in mode.folds.items():
                assert not folded or vocabulary in plover().mode(of.code, folded).vocabularies, mode.key


@pytest.mark.parametrize(
    ("written", "code"),
    [("pro-democracy", "pro_democracy"), ("natural_resources", "natural_resource"),
     ("humanitarian", "human_security"), ("democracy", "pro_democracy"), ("CBRN", "cbrn")],
)  # fmt: skip
def test_contexts_are_read_in_other_spellings(written, code):
    assert plover().context(written).code == code


def test_contexts_are_written_as_polecat_spells_them():
    assert plover().context_as("polecat", "natural_resource") == "natural_resources"
    assert plover().context_as("manual", "natural_resource") == "natural_resource"
    with pytest.raises(UnknownCodeError, match="polecat"):
        plover().context_as("polecats", "natural_resource")


def test_a_mode_without_score_takes_that_of_its_fold_or_its_type():
    assert score("ASSAULT", "massacre") == -9.5
    assert score("ASSAULT", "cleansing") == -9
    assert score("PROTEST", "vandalize") == -5
    assert score("THREATEN", "ban") == -3


def test_every_mode_scores_on_the_side_of_its_type():
    for of in plover().types:
        for mode in of.modes:
            cooperates = of.quad in (1, 2)
            if of.code != "REQUEST":  # asking for help is worth half a point in the manual
                assert (score(of.code, mode.code) > 0) == cooperates, mode.key


def test_every_entry_is_explained_and_shown():
    for of in plover().types:
        assert sum(e.positive for e in of.examples) >= 2, of.code
        assert sum(not e.positive for e in of.examples) >= 1, of.code
        for entry in (of, *of.modes):
            assert len(entry.definition) > 10, entry.code
            assert entry.examples, entry.code
    for entry in (*plover().contexts, *plover().statuses):
        assert entry.definition, entry.code
        assert entry.examples, entry.code


def test_examples_are_sentences_whose_marks_point_at_words():
    examples = list(plover().examples())
    texts = Counter(e.text for e in examples)
    assert [t for t, n in texts.items() if n > 1] == []
    for e in examples:
        assert e.text[0].isupper(), e.text
        assert e.text.endswith("."), e.text
        for start, end in (*e.actors, *e.recipients):
            words = e.text[start:end]
            assert words == words.strip(), e.text
            assert words, e.text
        if e.positive and e.event_type is not None:
            assert e.actors, e.text


def test_an_example_obeys_the_status_rules():
    for e in plover().examples():
        if e.positive and e.event_type is not None and e.base_type is not None:
            assert after_status(e.base_type, e.status).event_type == e.event_type, e.text
        if e.mode is not None:
            assert e.event_type is not None
            assert plover().mode(e.event_type, e.mode).code == e.mode


@pytest.mark.parametrize(
    ("base", "mode", "status", "own_words", "becomes"),
    [
        ("CONSULT", "visit", "future", False, ("AGREE", None)),
        ("SUPPORT", None, "future", False, ("AGREE", None)),
        ("COOPERATE", None, "future", False, ("AGREE", None)),
        ("AID", None, "future", False, ("AGREE", None)),
        ("RETREAT", "withdraw", "future", False, ("CONCEDE", None)),
        ("CONCEDE", None, "future", False, ("CONCEDE", None)),
        ("AGREE", None, "future", False, ("AGREE", None)),
        ("SANCTION", "discontinue", "future", False, ("SANCTION", "discontinue")),
        ("ASSAULT", "aerial", "hypothetical", False, ("ASSAULT", "aerial")),
        ("ASSAULT", "aerial", "hypothetical", True, ("THREATEN", "violence")),
        ("COERCE", "arrest", "hypothetical", True, ("THREATEN", "arrest")),
        ("COERCE", "censor", "hypothetical", True, ("THREATEN", "restrict")),
        ("SANCTION", "expel", "hypothetical", True, ("THREATEN", "expel")),
        ("SANCTION", "withdraw", "hypothetical", True, ("THREATEN", "relations")),
        ("CONSULT", "visit", "negated", False, ("CONSULT", "visit")),
        ("CONSULT", "visit", "cancelled", True, ("CONSULT", "visit")),
        ("CONSULT", "visit", "postponed", False, ("CONSULT", "visit")),
        ("AID", None, "historical", False, ("AID", None)),
    ],
)
def test_what_a_status_does_to_a_type(base, mode, status, own_words, becomes):
    after = after_status(base, status, mode=mode, own_words=own_words)
    assert (after.event_type, after.mode) == becomes
    assert (after.rule is None) == (becomes == (base, mode))


@given(
    key=st.sampled_from(plover().mode_keys),
    status=st.sampled_from([s.code for s in plover().statuses]),
    own_words=st.booleans(),
)
def test_the_status_rules_always_land_on_a_code_and_stay_there(key, status, own_words):
    base, mode = key.split(".")
    after = after_status(base, status, mode=mode, own_words=own_words)
    if after.mode is not None:
        plover().mode(after.event_type, after.mode)
    if status in ("actual", "historical", "negated", "postponed", "cancelled"):
        assert after.event_type == base
    assert quad_class(after.event_type) in (1, 2, 3, 4)


def test_older_names_are_read_and_never_written():
    assert plover().type("DEMAND").code == "REQUEST"
    assert plover().type("DISAPPROVE").code == plover().type("INVESTIGATE").code == "ACCUSE"
    assert "DEMAND" not in plover().type_codes
    with pytest.raises(UnknownCodeError):
        plover().type("CRIME")


def test_an_unknown_mode_lists_those_of_its_type():
    with pytest.raises(UnknownCodeError, match="has no mode 'arrest'"):
        plover().mode("CONSULT", "arrest")
    assert "COERCE.arrest" in plover()
    assert "CONSULT.arrest" not in plover()
    assert 3 not in plover()


def test_importing_reads_no_table():
    code = "import dragoman.ontology as o;assert o.plover.cache_info().currsize == 0 == o.cameo.cache_info().currsize"
    source = Path(ontology_package.__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(source)})
