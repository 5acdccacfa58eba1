"""Decisions are appended, the later wins, and each can be undone."""

from __future__ import annotations

import pytest

from dragoman.api import remerge
from dragoman.errors import UsageError
from dragoman.store import CodedReport, Writer, standing
from dragoman.store.decisions import append, decisions
from tests.conftest import make_mention, make_report


@pytest.fixture
def writer() -> Writer:
    """Two reports of one meeting."""
    made = Writer(":memory:")
    for name in ("Seoul and Moscow held talks.", "Moscow and Seoul held talks."):
        report = make_report(name, source=name[:5])
        made.add([CodedReport(report, (make_mention(report_id=report.id, sentence=name),))], [], [], coder="x")
    return made


def ids(writer: Writer) -> list[str]:
    return [row[0] for row in writer.connection.execute("SELECT mention_id FROM event_mentions ORDER BY 1").fetchall()]


def test_a_split_is_carried_out_and_undone(writer: Writer) -> None:
    assert remerge(writer) == 1
    a, b = ids(writer)
    decision = append(
        writer.connection, "split", "e", {"mentions": [a], "from": [b]}, made_by="editor", why="two rounds"
    )
    assert writer.needs_merge()
    assert remerge(writer) == 2
    append(writer.connection, "undo", decision, {}, made_by="editor")
    assert remerge(writer) == 1
    assert [d.kind for d in decisions(writer.connection)] == ["split", "undo"]


def test_a_later_merge_wins_over_a_split(writer: Writer) -> None:
    a, b = ids(writer)
    append(writer.connection, "split", "e", {"mentions": [a], "from": [b]}, made_by="editor")
    append(writer.connection, "merge", "e", {"mentions": [a, b]}, made_by="editor")
    assert standing(writer.connection).apart == ()
    assert remerge(writer) == 1


def test_nothing_joins_a_pinned_event(writer: Writer) -> None:
    a, _ = ids(writer)
    append(writer.connection, "pin", "e", {"mentions": [a]}, made_by="editor")
    assert remerge(writer) == 2


@pytest.mark.parametrize(("kind", "body"), [("join", {}), ("merge", {}), ("split", {"mentions": []})])
def test_what_makes_no_sense_is_refused(writer: Writer, kind: str, body: dict[str, list[str]]) -> None:
    with pytest.raises(UsageError):
        append(writer.connection, kind, "e", body, made_by="editor")
