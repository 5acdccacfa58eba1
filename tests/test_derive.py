"""A decision takes effect at once, and on nothing but the events it concerns."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.derive import decide, remerge
from dragoman.records.codec import Json
from dragoman.store import CodedReport, Writer
from tests.conftest import make_mention, make_party, make_report

WORDS = ("held talks on grain", "held talks on a bridge", "met again over the border", "signed a fishing accord")
COUNTRIES = ("KOR", "RUS", "JPN")


def filled(count: int, seed: int, days: int = 6) -> Writer:
    """A record of reports that resemble one another, its events derived."""
    chance = random.Random(seed)
    made = Writer(":memory:")
    for number in range(count):
        a, b = chance.sample(COUNTRIES, 2)
        published = date(2024, 2, 3) + timedelta(days=chance.randrange(days))
        text = f"{a} and {b} {chance.choice(WORDS)}, {number} said."
        own = " ".join(f"word{chance.randrange(9999)}" for _ in range(30))  # no two reports are copies of one text
        report = make_report(f"{text} {own}", source=f"s{number}", published=published)
        parties = (make_party(a, a), make_party(b, b))
        mention = make_mention(
            report_id=report.id, sentence=text, actors=parties, day=published - timedelta(days=1), published=published
        )
        made.add([CodedReport(report, (mention,))], [], [], coder="x")
    remerge(made)
    return made


def events_of(writer: Writer) -> list[tuple[object, ...]]:
    db = writer.connection
    return [
        *db.execute("SELECT * FROM events ORDER BY event_id").fetchall(),
        *db.execute("SELECT * FROM event_members ORDER BY event_id, position").fetchall(),
    ]


def any_decision(writer: Writer, chance: random.Random) -> tuple[str, str, Json]:
    db = writer.connection
    ids = [r[0] for r in db.execute("SELECT mention_id FROM event_mentions ORDER BY 1").fetchall()]
    earlier = [r[0] for r in db.execute("SELECT decision_id FROM decisions ORDER BY made_at, decision_id").fetchall()]
    some = chance.sample(ids, min(3, len(ids)))
    kind = chance.choice(["merge", "split", "pin", "reject", "correct", "accept", *(["undo"] if earlier else [])])
    if kind == "undo":
        return kind, chance.choice(earlier), {}
    if kind == "split":
        return kind, "e", {"mentions": some[:1], "from": some[1:]}
    if kind in ("merge", "pin"):
        return kind, "e", {"mentions": some}
    if kind == "correct":
        return kind, some[0], {"field": "date", "value": "2024-02-05", "spans": []}
    return kind, some[0], {}


@settings(max_examples=12)
@given(count=st.integers(2, 12), seed=st.integers(0, 10_000))
def test_a_decision_changes_what_deriving_everything_would_change(count: int, seed: int) -> None:
    chance = random.Random(seed)
    with filled(count, seed) as writer:
        for _ in range(4):
            kind, target, body = any_decision(writer, chance)
            decide(writer.connection, kind, target, body, made_by="editor")
            found = events_of(writer)
            assert not writer.needs_merge()
            remerge(writer)
            assert found == events_of(writer), kind


def test_other_events_are_left_alone() -> None:
    with filled(60, 3, days=700) as writer:
        ids = [r[0] for r in writer.connection.execute("SELECT mention_id FROM event_mentions ORDER BY 1").fetchall()]
        (own,) = writer.connection.execute("SELECT event_id FROM event_members WHERE mention_id = ?", [ids[7]]).fetchone() or ("",)  # fmt: skip
        changed = decide(writer.connection, "reject", ids[7], {}, made_by="editor")
        assert own in (*changed.gone, *changed.made)
        assert len(changed.gone) + len(changed.made) <= 3
        undone = decide(writer.connection, "undo", changed.decision, {}, made_by="editor")
        assert own in undone.made


@pytest.mark.parametrize("waiting", [True, False])
def test_mentions_that_wait_for_deriving_still_wait(waiting: bool) -> None:
    with filled(4, 1) as writer:
        if waiting:
            writer.connection.execute("UPDATE state SET value = 'no' WHERE name = 'merged'")
        (mention,) = writer.connection.execute("SELECT min(mention_id) FROM event_mentions").fetchone() or ("",)
        decide(writer.connection, "accept", mention, {}, made_by="editor")
        assert writer.needs_merge() is waiting
