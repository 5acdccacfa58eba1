"""CAMEO to PLOVER and back, for every code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ontology import (
    OntologyFileError,
    UnknownCodeError,
    cameo,
    details,
    plover,
    to_cameo,
    to_plover,
)
from dragoman.ontology.crosswalk import down_rules, up_table

BELOW_ROOTS = [c for c in cameo() if len(c) > 2]
CODED = [c for c in BELOW_ROOTS if to_plover(c) is not None]
# PLOVER's "disapprove" is CAMEO's "criticise or denounce"; the parent is never all that is known.
NOT_BACK_TO_ITSELF = {"110": "111"}
# Without the details, an appeal is a request like any other and an apology a concession (0103, 0106).
ANOTHER_ROOT = {c for c in CODED if c[:2] == "02"} | {"055", "056"}


def back(code: str, *, with_details: bool) -> str:
    up = to_plover(code)
    assert up is not None
    return to_cameo(
        up.event_type,
        up.mode,
        up.contexts,
        base_type=up.base_type,
        base_mode=up.base_mode,
        status=up.status,
        details=up.details if with_details else (),
    )


def test_only_plain_statements_are_dropped():
    assert {c for c in cameo() if to_plover(c) is None} == {c for c in cameo() if c[:2] == "01"}


@pytest.mark.parametrize("code", CODED)
def test_a_code_comes_back_to_itself(code):
    assert back(code, with_details=True) == NOT_BACK_TO_ITSELF.get(code, code)


@pytest.mark.parametrize("code", CODED)
def test_without_details_a_code_comes_back_to_its_root(code):
    came = back(code, with_details=False)
    assert (came[:2] == code[:2]) == (code not in ANOTHER_ROOT)


def test_every_rule_down_is_there_for_something():
    reached = {rule.cameo for rules in down_rules().values() for rule in rules}
    assert set(CODED) - reached == {"110"} - reached
    for rules in down_rules().values():
        asked = [(r.mode, r.needs, r.base_type, r.base_mode, r.status, r.details) for r in rules]
        assert len(asked) == len(set(asked))


def test_a_row_that_differs_from_what_was_published_says_why():
    for row in up_table().values():
        if row.plover is None:
            assert row.published == ""
            continue
        parts = [row.plover.event_type, row.plover.mode, _contexts(row.plover.contexts)]
        written = ".".join(p for p in parts if p)
        assert (written == row.published) or row.why, row.cameo
        if row.why:
            assert re.search(r"\(01(0[1-9]|1[0-2])\)$", row.why), row.cameo


def _contexts(contexts: tuple[str, ...]) -> str:
    return f"[{';'.join(contexts)}]" if contexts else ""


def test_types_after_the_status_rules_agree_with_them():
    from dragoman.ontology import after_status

    for code in CODED:
        up = to_plover(code)
        assert up is not None
        after = after_status(up.base_type, up.status, mode=up.base_mode)
        assert after.event_type == up.event_type, code


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("CONSULT",), "040"),
        (("CONSULT", "visit"), "042"),
        (("CONSULT", "phone", ["diplomatic", "military"]), "041"),
        (("SUPPORT",), "050"),
        (("AID", None, ["military"]), "072"),
        (("AID", None, ["military", "economic"]), "070"),
        (("ACCUSE", "allege", ["crime", "corruption"]), "1121"),
        (("ACCUSE", "allege", ["crime", "human_rights"]), "112"),
        (("PROTEST", "demo", ["executive"]), "141"),
        (("COERCE", "arrest", ["legal", "election"]), "173"),
        (("COERCE", "cyber"), "170"),
        (("ASSAULT", "firearms"), "193"),
        (("ASSAULT", "firearms", ["repression"]), "175"),
        (("ASSAULT", "drone", ["military"]), "195"),
        (("SANCTION", "discontinue", ["economic", "diplomatic"]), "163"),
        (("SANCTION", "discontinue", ["diplomatic"]), "161"),
        (("DEMAND", "yield", ["military"]), "1056"),
    ],
)
def test_the_deepest_code_that_the_event_supports(asked, code):
    assert to_cameo(*asked) == code


@pytest.mark.parametrize(
    ("asked", "more", "code"),
    [
        (("CONSULT", "visit"), {"details": ["host"]}, "043"),
        (("SUPPORT",), {"details": ["sign"]}, "057"),
        (("REQUEST", "yield"), {"details": ["appeal", "release"]}, "0253"),
        (("REQUEST", "yield"), {"details": ["demand", "release"]}, "1053"),
        (("AGREE",), {"base_type": "CONSULT", "base_mode": "visit", "status": "future"}, "036"),
        (("AGREE", None, ["military"]), {"base_type": "AID", "status": "future"}, "0332"),
        (("CONCEDE",), {"base_type": "RETREAT", "base_mode": "release", "status": "future"}, "0353"),
        (("CONCEDE",), {"base_type": "RETREAT", "base_mode": "ceasefire"}, "0871"),
        (("SANCTION", "discontinue", ["military"]), {"details": ["aid"]}, "1622"),
        (("PROTEST", "demo"), {"details": ["leadership"]}, "1411"),
        (("THREATEN", "violence"), {"details": ["ultimatum"]}, "139"),
    ],
)
def test_details_and_base_act_lead_deeper(asked, more, code):
    assert to_cameo(*asked, **more) == code


@given(data=st.data())
def test_any_event_has_a_code_of_a_root_that_its_type_knows(data):
    of = data.draw(st.sampled_from(plover().types))
    mode = data.draw(st.sampled_from([None, *[m.code for m in of.modes]]))
    about = data.draw(st.sets(st.sampled_from(plover().context_codes), max_size=4))
    beyond = data.draw(st.sets(st.sampled_from(sorted(details())), max_size=2))
    status = data.draw(st.sampled_from([s.code for s in plover().statuses]))
    base = data.draw(st.sampled_from([None, *plover().type_codes]))
    code = to_cameo(of.code, mode, about, base_type=base, status=status, details=beyond)
    assert code in cameo()
    assert len(code) >= 3
    assert code[:2] in {rule.cameo[:2] for rule in down_rules()[of.code]}


def test_the_order_of_contexts_does_not_matter():
    assert to_cameo("AID", contexts=["health", "military"]) == to_cameo("AID", contexts=["military", "health"])


@pytest.mark.parametrize(
    "call",
    [
        lambda: to_cameo("CONSLUT"),
        lambda: to_cameo("CONSULT", "arrest"),
        lambda: to_cameo("CONSULT", contexts=["tea"]),
        lambda: to_cameo("CONSULT", details=["hosting"]),
        lambda: to_cameo("CONSULT", status="maybe"),
        lambda: to_plover("57"),
    ],
)
def test_an_unknown_code_is_refused(call):
    with pytest.raises(UnknownCodeError):
        call()


def test_a_broken_row_is_refused_with_its_line(tmp_path, monkeypatch):
    from dragoman.ontology import crosswalk

    text = (crosswalk.DATA / "plover-to-cameo.csv").read_text(encoding="utf-8")
    (tmp_path / "plover-to-cameo.csv").write_text(text.replace("CONSULT,phone", "CONSULT,phoen", 1))
    monkeypatch.setattr(crosswalk, "DATA", tmp_path)
    with pytest.raises(OntologyFileError, match=r"plover-to-cameo.csv:\d+: .*Did you mean 'phone'"):
        down_rules.__wrapped__()
