"""The validator: one mistake in a clean file gives the problem that names it."""

from __future__ import annotations

from datetime import date

import pytest
from tests_corpus import CLEAN, report_of

from corpus import codes
from corpus.check import check, check_paths, main
from corpus.parse import parse
from corpus.rules_body import bounds
from corpus.rules_set import longest_run, shared_runs


def codes_of(text: str) -> set[str]:
    reports, problems = parse(text)
    return {p.code for p in (*problems, *check(reports))}


def test_a_clean_report_has_no_problems() -> None:
    assert codes_of(CLEAN) == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ACCUSE/disapprove 114", "ACUSE/disapprove 114", "unknown-type"),
        ("ACCUSE/disapprove 114", "ACCUSE/visit 114", "unknown-mode"),
        ("ACCUSE/disapprove 114", "ACCUSE/disapprove 118", "unknown-cameo"),
        ("ACCUSE/disapprove 114", "ACCUSE/disapprove 190", "cameo-type"),
        ("ACCUSE/disapprove 114", "ACCUSE/disapprove 090", "cameo-mode"),
        ("114 actual", "114 factual", "unknown-status"),
        ("ctx=diplomatic", "ctx=diplomacy", "unknown-context"),
        ("ctx=diplomatic", "ctx=legal,legal", "context-twice"),
        ("@env person SWE GOV", "@env person SWD GOV", "unknown-country"),
        ("@env person SWE GOV", "@env human SWE GOV", "unknown-kind"),
        ("@env person SWE GOV", "@env person SWE GVO", "unknown-sector"),
        ("@env person SWE GOV", "@env igo SWE GOV", "igo-country"),
        ("@env person SWE GOV", "@env person SWE", "no-sector"),
        ("@env person SWE GOV", "@env state -", "state-country"),
        ("@oslo place NOR city", "@oslo place NOR town", "unknown-place-kind"),
        ("time 2024-02-02", "time Friday", "time-value"),
        ("time 2024-02-02", "time 2024-02-31", "time-value"),
        ("time 2024-02-02", "time 2024-02-05/2024-02-02", "time-value"),
        ("killed 3-5", "killed 5-3", "range"),
        ("killed 3-5", "killed 2.5", "range"),
        ("killed 3-5", "money 5 EURO", "currency"),
        ("mofa > env", "mofa > envoy", "unknown-party"),
        ("mofa > env", "mofa > oslo", "party-is-place"),
        ("mofa > env", "mofa > mofa", "own-recipient"),
        ("mofa > env", "mofa,mofa > env", "party-twice"),
        ("mofa > env", "mofa > env#2", "nth-mention"),
        ("mofa > env", "- > -", "no-party"),
        ("ACCUSE/disapprove 114 actual mofa", "CONSULT 040 actual mofa", "recipient"),
        ("ACCUSE/disapprove 114 actual mofa > env", "AID 070 actual mofa > -", "no-recipient"),
        ("at=oslo", "at=t1", "unknown-place"),
        ("when=t1", "when=t9", "unknown-time"),
        ("n=k1", "n=t1", "unknown-quantity"),
        ("by=aide:c1", "by=aid:c1", "unknown-speaker"),
        ("by=aide:c1", "by=aide:c3", "unknown-cue"),
        ("by=aide:c1", "by=aide:e2", "own-cue"),
        ("by=aide:c1", "by=aide:c1 same=xx-0001/e9", "same"),
        ("title: Envoy called in", "title: Envoy called in\npair: xx-0002", "pair"),
        ("style: agency-story", "style: rumour", "unknown-style"),
        ("region: western-europe", "region: arctic", "unknown-region"),
        ("{summoned|e1}", "summoned", "no-trigger"),
        ("{summoned|e1}", "{summoned|e7}", "no-event"),
        ("{summoned|e1}", "{sum|e1}moned", "span-borders"),
        ("{summoned|e1} ", "{summoned |e1}", "span-borders"),
        ("{summoned|e1}", "{{summoned|e1} twice|e2}", "nested-triggers"),
        ("[Three to five|k1]", "[...|k1]", "empty-mark"),
        ("[the envoy|env]", "[the envoy|envy]", "undeclared"),
        ("@env person SWE GOV", "@env person SWE GOV\n@env person SWE GOV", "declared-twice"),
        ("@env person SWE GOV", "@env person SWE GOV\n@e1 person SWE GOV", "id-clash"),
        ("@env person SWE GOV", "@env person SWE GOV\n@x state SWE", "no-words"),
        ("[Oslo|oslo].", "[Oslo|oslo]. Snow fell all day.", "two-sentences"),
        ("[Oslo|oslo].", "[Oslo|oslo] " + "and on " * 40 + "again.", "sentence-length"),
        ("2024-02-02", "2023-01-02", "date-status"),
        ("2024-02-02", "2024-03-02", "date-status"),
        ("2024-02-02", "2024-02-01", "weekday"),
        ("on [Friday|t1]", "[on Friday|t1]", "time-preposition"),
        ("on [Friday|t1]", "on Friday", "unmarked-time"),
        ("{summoned|e1}", "{may|e1} summon", "bare-modal"),
        ("{summoned|e1}", "{said|-} it {summoned|e1}", "saying-near-miss"),
        ("<said|c1>", "said", "unknown-cue"),
        ("by=aide:c1", "by=aide", "no-cue"),
        ("{summoned|e1}", "{called in for a long and earnest talk|e1}", "long-trigger"),
    ],
)
def test_one_mistake_is_named(old: str, new: str, code: str) -> None:
    assert CLEAN.count(old) >= 1
    assert code in codes_of(CLEAN.replace(old, new, 1))


def test_a_mediator_has_the_parties_as_recipients() -> None:
    mediated = CLEAN.replace("{summoned|e1}", "{mediated|e1} with").replace(
        "ACCUSE/disapprove 114 actual mofa > env", "CONSULT/third-party 045 actual mofa,env > -"
    )
    assert codes_of(mediated) == {"mediator"}


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert "two-sentences" not in codes_of(CLEAN.replace("at [Oslo|oslo]", "before Gen. Smith and J. Doe of St. Ives"))


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2023-12", (date(2023, 12, 1), date(2023, 12, 31))),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024-W06", (date(2024, 2, 5), date(2024, 2, 11))),
        ("2024-02-28/2024-03", (date(2024, 2, 28), date(2024, 3, 31))),
        ("2024-W60", None),
        ("soon", None),
    ],
)
def test_time_values_cover_days(value: str, days: tuple[date, date] | None) -> None:
    assert bounds(value) == days


def test_reports_must_not_share_runs_of_words_beyond_names() -> None:
    one = report_of("Dockers at the port laid down their tools before dawn and went home.", "xx-0001")
    two = report_of("In Oran dockers at the port laid down their tools again.", "xx-0002")
    names = report_of("The Ministry of Foreign Affairs of the Republic of Chad met.", "xx-0003")
    names2 = report_of("He left the Ministry of Foreign Affairs of the Republic of Chad.", "xx-0004")
    assert [(a.id, b.id, w) for a, b, w in shared_runs([one, two, names, names2])] == [
        ("xx-0001", "xx-0002", "dockers at the port laid down their tools")
    ]
    assert longest_run([one, two]) == (8, "dockers at the port laid down their tools")


def test_ids_are_unique_in_the_corpus() -> None:
    reports = parse(CLEAN + CLEAN)[0]
    assert "report-twice" in {p.code for p in check(reports)}


def test_the_command_lists_all_files_and_fails_on_errors(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    (tmp_path / "b.txt").write_text(CLEAN.replace("xx-0001", "xx-0002").replace("|env]", "|envy]"), encoding="utf-8")
    (tmp_path / "c.txt").write_text("=== xx-0003\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "b.txt:8: error [undeclared]" in printed
    assert "c.txt:1: error [header]" in printed
    assert main([str(tmp_path / "nowhere.txt")]) == 1


def test_the_corpus_itself_passes() -> None:
    reports, problems = check_paths([])
    assert (reports, problems) == ([], [])


def test_the_code_tables_agree_with_each_other() -> None:
    assert len(codes.CONTEXTS) == 37
    assert sum(len(modes) for modes in codes.MODES.values()) == 74
    assert len(codes.CAMEO) == 293
    assert len(set(codes.COUNTRIES)) == len(codes.COUNTRIES)
    for type_, mode in codes.CAMEO_OF_MODE:
        assert mode in codes.MODES[type_]
    assert set(codes.CAMEO_OF_TYPE) == set(codes.TYPES)
    assert all(any(codes.cameo_fits(c, codes.CAMEO_OF_TYPE[t]) for c in codes.CAMEO) for t in codes.TYPES)
