"""Reviewed mentions as annotated reports: whatever was marked and whatever the text holds, the format's own parser reads it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.parse import parse
from corpus.records import CorpusReport, Entity, Place
from dragoman.query.annotated import annotated
from dragoman.records import EventMention, Party, PlaceRef
from dragoman.store import CodedReport, Writer
from dragoman.store.decisions import append
from tests.conftest import make_mention, make_party, make_report

TEXT = "Seoul and Moscow held talks in Moscow on Friday."
TALKS = make_mention(sentence=TEXT, trigger=(17, 27))


def exported(text: str, mentions: Sequence[EventMention], verdict: str = "accept") -> tuple[CorpusReport, str]:
    """The one report with these mentions decided, as the corpus's own parser reads it, and its file."""
    report = make_report(text)
    writer = Writer(":memory:")
    made = tuple(replace(m, report_id=report.id, mention_id=f"m{n}") for n, m in enumerate(mentions))
    writer.add([CodedReport(report, made)], [], [], coder="x")
    for mention in made:
        append(writer.connection, verdict, mention.mention_id, {}, made_by="editor")
    (entry,) = annotated(writer.connection)
    writer.close()
    reports, problems = parse(entry)
    assert [str(p) for p in problems] == []
    (only,) = reports
    return only, entry


def test_an_accepted_mention_is_an_event_with_its_parties() -> None:
    report, _ = exported(TEXT, [TALKS])
    assert report.text == TEXT
    assert [(e.type, e.cameo, e.status) for e in report.events] == [("CONSULT", "046", "actual")]
    assert [TEXT[m.start : m.end] for m in report.mentions] == ["Seoul", "Moscow"]


def test_a_rejected_mention_is_a_near_miss() -> None:
    report, entry = exported(TEXT, [TALKS], "reject")
    assert not report.events
    assert "{held talks|-}" in entry


def test_a_party_and_a_place_over_the_same_words_keep_their_own_declarations() -> None:
    moscow = PlaceRef("Moscow", "RUS", None, None, None, None, "city", (31, 37))
    there = replace(TALKS, place=moscow)
    hosts = replace(
        TALKS, trigger=(38, 47), trigger_text=TEXT[38:47], actors=(make_party("Moscow", "RUS", span=(31, 37)),)
    )
    report, _ = exported(TEXT, [there, hosts])
    declared = {d.id: d for d in report.declarations}
    assert isinstance(declared["e1p"], Place)
    assert [type(declared[m.id]) for m in report.mentions if (m.start, m.end) == (31, 37)].count(Entity) == 1


def test_a_mark_that_crosses_another_is_left_out_and_said() -> None:
    crossing = replace(TALKS, actors=(make_party("Moscow held", "RUS", span=(10, 21)),))
    report, entry = exported(TEXT, [TALKS, crossing])
    assert "# p3: its words cross those of e1" in entry
    assert len(report.events) == 2


@pytest.mark.parametrize("text", [
    "@POTUS met them.\n!Breaking: they met.\n=== The end ===",
    "Brackets [like] {these} <and> | bars.",
    "One\u2028two\x85three\x0bfour.",
    "!!!\n===\n@",
    "# Not a comment.",
])  # fmt: skip
def test_a_text_cannot_pass_for_the_format(text: str) -> None:
    report, _ = exported(text + "\n" + TEXT, [moved(TALKS, len(text) + 1)])
    assert [e.type for e in report.events] == ["CONSULT"]


@settings(max_examples=12)  # each opens a record
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_back(before: str, after: str) -> None:
    start = f"{before}\n\n"
    report, _ = exported(start + TEXT + "\n\n" + after, [moved(TALKS, len(start))])
    assert [e.type for e in report.events] == ["CONSULT"]


def moved(mention: EventMention, by: int) -> EventMention:
    """The same mention further on in the text."""

    def parties(given: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(replace(p, span=(p.span[0] + by, p.span[1] + by)) for p in given if p.span)

    return replace(
        mention,
        trigger=(mention.trigger[0] + by, mention.trigger[1] + by),
        sentence_start=by, sentence_end=mention.sentence_end + by,
        actors=parties(mention.actors), recipients=parties(mention.recipients),
        spans={f: tuple((a + by, b + by) for a, b in given) for f, given in mention.spans.items()},
    )  # fmt: skip
