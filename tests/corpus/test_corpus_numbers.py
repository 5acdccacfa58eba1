"""Counts, splits, bare texts and agreement, worked out by hand on tiny reports."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from tests_corpus import CLEAN, report_of

from corpus import stats
from corpus.agreement import agreement, f1, kappa, matched_events
from corpus.bare import bare, chosen
from corpus.parse import parse
from corpus.rules_set import second_matches_first
from corpus.splits import part_of, parts, split
from corpus.write import write

FIRST = report_of(
    "[The king|king] {met|e1} [the envoy|env], and [he|king] {praised|e2} [Norland|nor].\n"
    "[He|king] {left|-} [on Friday|t1].\n",
    below="@king person SWE GOV\n@env person NOR GOV\n@nor state NOR\n@t1 time 2024-02-02\n"
    "!e1 CONSULT 040 actual king,env > - ctx=diplomatic\n"
    "!e2 SUPPORT 051 actual king > nor ctx=diplomatic,economic",
)
SECOND = report_of(
    "[The king|k] {met|e1} [the envoy|v], and [he|v] {praised [Norland|n]|e2}.\n[He|k] {left|e3} on [Friday|t].\n",
    below="@k person SWE ELI\n@v person NOR GOV\n@n state NOR\n@t time 2024-02-02\n"
    "!e1 CONSULT 040 historical k,v > - ctx=diplomatic\n"
    "!e2 AGREE 030 actual v > n ctx=diplomatic\n"
    "!e3 CONSULT/visit 042 actual k > - when=t",
)


def test_f1_and_kappa() -> None:
    assert f1({1, 2, 3}, {2, 3, 4, 5}) == pytest.approx(4 / 7)
    assert f1(set(), set()) is None
    assert kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]) == pytest.approx(0.5)
    assert kappa([("a", "a")]) == 1.0
    assert kappa([]) is None


def test_agreement_layer_by_layer() -> None:
    scores = {layer: score.value for layer, score in agreement([FIRST], [SECOND]).items()}
    assert [(a.id, b.id) for a, b in matched_events(FIRST, SECOND)] == [("e1", "e1"), ("e2", "e2")]
    assert scores["triggers"] == pytest.approx(4 / 5)  # two shared of 2 and 3
    assert scores["trigger words"] == pytest.approx(2 / 5)  # only "met" has the same borders
    assert scores["mentions"] == pytest.approx(10 / 12)  # five spans shared of 6 and 6, "on Friday" differs
    assert scores["coreference"] == pytest.approx(2 / 5)  # king, he, He against king-He and envoy-he
    assert scores["status"] == pytest.approx(0.0)
    assert scores["contexts"] == pytest.approx(4 / 5)
    # meeting: both parties; praise: the recipient, not the actor
    assert scores["roles"] == pytest.approx(6 / 8)
    assert agreement([FIRST], [FIRST])["roles"].value == 1.0


def test_other_words_are_not_compared() -> None:
    other = report_of("[The king|king] {met|e1} them.", below="@king person SWE GOV\n!e1 CONSULT 040 actual king > -")
    assert agreement([FIRST], [other]) == {}
    assert [p.code for p in second_matches_first([other], [FIRST])] == ["second"]
    assert list(second_matches_first([SECOND], [FIRST])) == []


def test_counts_on_a_tiny_corpus() -> None:
    found = stats.counts([FIRST, report_of("Rain fell on the hills all day.", "xx-0002")], [SECOND])
    assert (found["reports"], found["sentences"], found["events"]) == (2, 3, 2)
    assert found["without_events"] == 2
    assert found["types"]["CONSULT"] == found["types"]["SUPPORT"] == 1
    assert found["statuses"]["actual"] == 2
    assert found["contexts"]["diplomatic"] == 2
    assert found["near_misses"] == 1
    assert found["states"] == ["NOR", "SWE"]
    assert found["agreement"]["reports"] == 1
    assert {
        "reports",
        "sentences",
        "types",
        "modes",
        "statuses",
        "contexts",
        "agreement",
        "diversity",
        "splits",
    } <= set(found)
    json.dumps(found)
    assert "| sentences | 3 | 8000 |" in stats.table(found)
    assert "CONSULT: 1 of 2" in stats.short_of(found, 0.008)


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        (("condemned", "condemning", "condemns"), "condemn"),
        (("visited", "visits"), "visit"),
        (("met",), "met"),
    ],
)
def test_inflections_fall_together(words: tuple[str, ...], stem: str) -> None:
    assert {stats.stem(w) for w in words} == {stem}


def test_parts_are_fixed_by_hash_and_pairs_stay_together() -> None:
    sizes = Counter(part_of(f"xx-{n:04}") for n in range(5000))
    assert 0.78 < sizes["train"] / 5000 < 0.82
    assert 0.08 < sizes["test"] / 5000 < 0.12
    pairs = "\n".join(
        CLEAN.replace("xx-0001", f"xx-{n:04}").replace("title:", f"pair: xx-{n - n % 3:04}\ntitle:") for n in range(60)
    )
    reports = parse(pairs)[0]
    part = parts(reports)
    assert all(part[f"xx-{n:04}"] == part[f"xx-{n - n % 3:04}"] for n in range(60))
    assert sum(len(members) for members in split(reports).values()) == 60


def test_the_bare_text_tells_nothing_of_the_annotation() -> None:
    printed = write([bare(FIRST)])
    assert not set("[]{}<>|@!") & set(printed)
    assert parse(printed)[0][0].text == FIRST.text
    assert 0.07 < sum(chosen(f"xx-{n:04}") for n in range(2000)) / 2000 < 0.13


def test_the_tables_stand_between_the_marks_of_the_readme() -> None:
    readme = f"# Corpus\n{stats.OPENS}\nold\n{stats.CLOSES}\nend\n"
    once = stats.with_tables(readme, "| new |")
    assert once == f"# Corpus\n{stats.OPENS}\n| new |\n{stats.CLOSES}\nend\n"
    assert stats.with_tables(once, "| new |") == once
