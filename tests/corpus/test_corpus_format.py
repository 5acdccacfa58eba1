"""The corpus format: what is read, what is refused, and that writing gives back what was read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse import parse, read_corpus
from corpus.problems import CorpusFormatError
from corpus.records import Argument, CorpusReport, Entity, Group, Place, Quantity, Time, Voice
from corpus.write import write

REPORT = """
=== xx-0001
published: 2024-02-03
style: agency-story
publisher: Harbour Wire
region: east-asia
title: Envoy called in

[[Norland|nor]'s foreign ministry|mofa] {summoned|e1} [the envoy|env] [on Friday|t1], [an aide|aide] <said|c1>.
[It|mofa] {lodged|e2} with [him|env] {a protest|e2}.

[The two states|both] {{traded|e3}|e4} [12 to 15|n1] prisoners at [Port Ash|ash].

@mofa institution NOR GOV
@nor state NOR
@env person SWE GOV,ELI office="ambassador to Norway" name="Ann Oak"
@aide person NOR GOV
@swe state SWE
@both group: nor, swe
@ash place - site
@t1 time 2024-02-02
@n1 participants 12-15
@m1 money 2.5 EUR
!e1 ACCUSE/disapprove 114 actual mofa > env when=t1 ctx=diplomatic by=aide:c1
!e2 ACCUSE/disapprove 114 actual mofa > env#1 ctx=diplomatic,legal by=-:c1;aide:direct
!e3 COOPERATE 063 historical both > - at=ash n=n1
!e4 RETREAT/release 0841 actual nor, swe > -
"""


@pytest.fixture
def report() -> CorpusReport:
    reports, problems = parse(REPORT)
    assert problems == []
    return reports[0]


def test_the_plain_text_has_no_marks_and_keeps_paragraphs(report: CorpusReport) -> None:
    assert report.text == (
        "Norland's foreign ministry summoned the envoy on Friday, an aide said. It lodged with him a protest."
        "\n\nThe two states traded 12 to 15 prisoners at Port Ash."
    )
    assert [s.paragraph for s in report.sentences] == [0, 0, 1]
    assert report.header.published == date(2024, 2, 3)


def test_every_span_leads_back_to_its_words(report: CorpusReport) -> None:
    assert [(m.id, report.words(m), m.nested) for m in report.mentions[:3]] == [
        ("mofa", "Norland's foreign ministry", False),
        ("nor", "Norland", True),
        ("env", "the envoy", False),
    ]
    assert [report.words(t) for t in report.triggers_of("e2")] == ["lodged", "a protest"]
    assert report.words(report.triggers_of("e3")[0]) == report.words(report.triggers_of("e4")[0]) == "traded"
    assert [report.words(c) for c in report.cues] == ["said"]


def test_declarations_become_typed_records(report: CorpusReport) -> None:
    assert report.entities["env"] == Entity("env", "person", "SWE", ("GOV", "ELI"), "ambassador to Norway", "Ann Oak")
    assert report.groups["both"] == Group("both", ("nor", "swe"))
    assert report.places["ash"] == Place("ash", None, "site")
    assert report.times["t1"] == Time("t1", "2024-02-02")
    assert report.quantities["n1"] == Quantity("n1", "participants", "12", "15")
    assert report.quantities["m1"] == Quantity("m1", "money", "2.5", "2.5", "EUR")


def test_events_name_parties_and_voices(report: CorpusReport) -> None:
    first, second, _, last = report.events
    assert (first.type, first.modes, first.cameo, first.status) == ("ACCUSE", ("disapprove",), "114", "actual")
    assert first.by == (Voice("aide", "c1"),)
    assert second.by == (Voice(None, "c1"), Voice("aide", None, True))
    assert second.recipients == (Argument("env", 1),)
    assert last.actors == (Argument("nor"), Argument("swe"))


def test_an_argument_is_the_nearest_mention_in_the_sentence(report: CorpusReport) -> None:
    nearest = report.mention_for("e2", Argument("env"))
    assert nearest is not None
    assert report.words(nearest) == "him"
    elsewhere = report.mention_for("e2", Argument("aide"))
    assert elsewhere is not None
    assert report.words(elsewhere) == "an aide"
    assert report.mention_for("e2", Argument("env", 2)) is None
    assert report.mention_for("e2", Argument("swe")) is None


def test_what_was_read_can_be_written_and_read_again(report: CorpusReport) -> None:
    again, problems = parse(write([report, report]))
    assert problems == []
    assert again == [report, report]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("[the envoy|env]", "[the envoy|env", "unclosed", 9),
        ("[the envoy|env]", "[the envoy]", "mark", 9),
        ("{summoned|e1}", "{summoned|e1]", "mark", 9),
        ("[the envoy|env]", "[the envoy|-]", "mark-id", 9),
        ("published: 2024-02-03", "published: Saturday", "header", 2),
        ("publisher: Harbour Wire", "editor: Harbour Wire", "header", 5),
        ("@t1 time 2024-02-02", "@t1 time", "declaration", 20),
        ("@n1 participants 12-15", "@n1 participants dozens", "declaration", 21),
        ("actual mofa > env when", "actual mofa env when", "event", 23),
        ("by=aide:c1\n", "by=aide:c1 where=x\n", "event", 23),
        ("=== xx-0001", "=== First", "report-id", 2),
        ("!e4", "So it ended.\n!e4", "text-after-declarations", 26),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(old: str, new: str, code: str, line: int) -> None:
    _, problems = parse(REPORT.replace(old, new, 1), "a.txt")
    assert code in {p.code for p in problems}
    assert min(p.line for p in problems if p.code == code) in (line, line - 1, line + 1, 2)
    assert all(p.remedy and p.file == "a.txt" for p in problems)


def test_a_reader_that_needs_a_clean_corpus_gets_one_error_with_all_problems(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text(REPORT.replace("|env]", "]"), encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"=== \xff")
    with pytest.raises(CorpusFormatError) as caught:
        read_corpus([tmp_path])
    assert {p.file[-5:] for p in caught.value.problems} == {"a.txt", "b.txt"}


WORDS = st.text(alphabet="abcdeé'- ", min_size=1, max_size=12).map(str.strip).filter(bool).map(lambda w: f"x{w}x")


@st.composite
def marked_sentences(draw: st.DrawFn) -> str:
    """A sentence with marks that nest."""

    def piece(depth: int) -> str:
        inner = draw(WORDS) if depth == 0 else " ".join(piece(depth - 1) for _ in range(draw(st.integers(1, 2))))
        mark = draw(st.sampled_from(["{}", "[{}|a]", "[{}|b]", "{{{}|e1}}", "<{}|c1>"]))
        return mark.format(inner)

    return " ".join(piece(draw(st.integers(0, 2))) for _ in range(draw(st.integers(1, 3))))


@given(st.lists(marked_sentences(), min_size=1, max_size=4), st.integers(0, 3))
def test_marks_survive_the_round_trip(sentences: list[str], gap: int) -> None:
    body = "\n".join(sentences[:gap]) + "\n\n" + "\n".join(sentences[gap:])
    head = "=== xx-0001\npublished: 2024-02-03\nstyle: opinion\npublisher: P\nregion: global\ntitle: T\n\n"
    reports, problems = parse(head + body.strip("\n") + "\n")
    assert problems == []
    assert parse(write(reports)) == (reports, [])
    assert not set("[]{}<>|") & set(reports[0].text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_but_never_crashes(noise: str) -> None:
    parse(noise)
    parse(REPORT + noise)
