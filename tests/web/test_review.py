"""Decisions: appended, applied, undone, exported; and only by the app's own forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.parse import parse
from dragoman.query.index_tables import BY_EVENT
from dragoman.web.app import create_app
from tests.web.conftest import BASE


@pytest.fixture
def reviewing(own_record: Path) -> Iterator[TestClient]:
    app = create_app(own_record, review=True, reviewer="Ada")
    with TestClient(app, base_url=BASE, follow_redirects=False, headers={"origin": BASE}) as opened:
        opened.form_key = app.state.dragoman.access.form_key  # type: ignore[attr-defined]
        yield opened
    app.state.dragoman.index.close()


def decide(client: TestClient, **fields: object) -> None:
    answer = client.post("/review/decide", data={"form_key": client.form_key} | fields)  # type: ignore[attr-defined]
    assert answer.status_code == 303, answer.text


def derive(client: TestClient) -> list[dict]:  # type: ignore[type-arg]
    """The events as they stand: what was derived at once is what deriving everything gives."""
    tables = contents(client)
    events = client.get("/api/v1/events?limit=100").json()["events"]
    assert client.post("/review/apply", data={"form_key": client.form_key}).status_code == 303  # type: ignore[attr-defined]
    assert client.get("/api/v1/events?limit=100").json()["events"] == events
    assert contents(client) == tables
    return client.get("/api/v1/events?limit=100").json()["events"]  # type: ignore[no-any-return]


def contents(client: TestClient) -> dict[str, list[str]]:
    """What the index holds, without the numbers it happens to use."""
    found = {}
    with client.app.state.dragoman.index.cursor() as cursor:  # type: ignore[attr-defined]
        for table in BY_EVENT:
            columns = "* EXCLUDE (num)" if table in ("ev", "card") else "t.* EXCLUDE (num), v.event_id"
            joined = "" if table in ("ev", "card") else " JOIN ev v USING (num)"
            if table == "pairs":
                columns = "t.* EXCLUDE (num)"
            found[table] = sorted(str(r) for r in cursor.execute(f"SELECT {columns} FROM {table} t{joined}").fetchall())
        found["known"] = sorted(str(r) for r in cursor.execute("SELECT * FROM known").fetchall())
    return found


def find(client: TestClient, query: str) -> dict:  # type: ignore[type-arg]
    return client.get(f"/api/v1/events?{query}").json()["events"][0]  # type: ignore[no-any-return]


def test_the_queue_and_the_forms_show(reviewing: TestClient) -> None:
    for page in (
        "/review",
        "/review?doubt=disputes",
        "/review?doubt=persons",
        f"/review/{find(reviewing, 'q=summoned')['event_id']}",
    ):
        answer = reviewing.get(page)
        assert answer.status_code == 200
        assert "form_key" in answer.text or "Nothing is left" in answer.text


def test_a_rejected_event_goes_and_comes_back(reviewing: TestClient) -> None:
    event = find(reviewing, "status=postponed")
    decide(reviewing, kind="reject", event=event["event_id"], why="no event")
    assert event["event_id"] not in [e["event_id"] for e in derive(reviewing)]
    page = reviewing.get("/review").text
    assert "no event" in page
    assert "Ada" in page
    undo = re.findall(r'name="decision" value="(\w+)"', page)[0]
    decide(reviewing, kind="undo", event="", decision=undo)
    assert event["event_id"] in [e["event_id"] for e in derive(reviewing)]


def test_a_corrected_status_changes_the_type_after_the_codebook(reviewing: TestClient) -> None:
    event = find(reviewing, "q=met&country=FRA")
    decide(
        reviewing,
        kind="correct",
        event=event["event_id"],
        mention=event["mentions"][0]["mention_id"],
        field="status",
        value="future",
    )
    now = next(e for e in derive(reviewing) if e["event_id"] == event["event_id"])
    assert (now["base_type"], now["event_type"], now["status"]) == ("CONSULT", "AGREE", "future")


def test_a_party_is_corrected_by_selecting_words(reviewing: TestClient) -> None:
    event = find(reviewing, "q=summoned")
    mention = next(m for m in event["mentions"] if m["source"] == "Hanbit")
    at = mention["sentence"].index("the ministry")
    fields = {
        "kind": "correct",
        "event": event["event_id"],
        "mention": mention["mention_id"],
        "field": "actors",
        "value": "kor",
        "words": "the ministry",
    }
    wrong = reviewing.post(
        "/review/decide", data={"form_key": reviewing.form_key, **fields, "start": at + 1, "end": at + 13}
    )  # type: ignore[attr-defined]
    assert wrong.status_code == 400
    decide(reviewing, **fields, start=at, end=at + 12)
    now = next(m for e in derive(reviewing) for m in e["mentions"] if m["mention_id"] == mention["mention_id"])
    assert [(p["text"], p["country"], p["span"]) for p in now["actors"]] == [("the ministry", "KOR", [at, at + 12])]
    assert any(s["by"] == "review" for s in now["trail"])


def test_split_and_merge(reviewing: TestClient) -> None:
    event = find(reviewing, "q=summoned")
    assert event["n_mentions"] == 2
    decide(reviewing, kind="split", event=event["event_id"], mention=event["mentions"][1]["mention_id"])
    apart = [e for e in derive(reviewing) if e["base_type"] == "ACCUSE" and e["mode"] == "disapprove"]
    assert [e["n_mentions"] for e in apart] == [1, 1]
    decide(reviewing, kind="merge", event=apart[0]["event_id"], other=apart[1]["event_id"])
    assert [e["n_mentions"] for e in derive(reviewing) if e["base_type"] == "ACCUSE" and e["mode"] == "disapprove"] == [
        2
    ]


def test_what_was_decided_is_exported_in_the_corpus_format(reviewing: TestClient) -> None:
    event = find(reviewing, "q=summoned")
    decide(reviewing, kind="accept", event=event["event_id"])
    decide(reviewing, kind="reject", event=find(reviewing, "status=cancelled")["event_id"])
    reports, problems = parse(reviewing.get("/review/export").text)
    assert [str(p) for p in problems] == []
    assert len(reports) == 3
    assert {e.type for r in reports for e in r.events} == {"ACCUSE"}
    first = next(r for r in reports if r.header.publisher == "Hanbit")
    assert first.text == "South Korea summoned Russia on Friday, the ministry said. Chung met Rudenko in Seoul."
    assert [first.text[m.start : m.end] for m in first.mentions] == ["South Korea", "Russia"]


@pytest.mark.parametrize("path", ["/review/decide", "/review/apply"])
def test_forms_without_the_key_or_from_elsewhere_are_refused(reviewing: TestClient, path: str) -> None:
    assert reviewing.post(path, data={"kind": "accept", "event": "x"}).status_code == 403
    assert (
        reviewing.post(
            path, data={"form_key": reviewing.form_key}, headers={"origin": "https://evil.example"}
        ).status_code
        == 403
    )  # type: ignore[attr-defined]
    assert reviewing.post(path, content=b"a=" + b"b" * 100_000).status_code == 413


@pytest.mark.parametrize("fields", [
    {"kind": "nonsense"}, {"kind": "correct", "field": "confidence", "value": "1"}, {"kind": "correct", "field": "status", "value": "maybe"},
    {"kind": "correct", "field": "date", "value": "2024-13-01"}, {"kind": "split"}, {"kind": "merge", "other": "zzz"}, {"kind": "undo", "decision": "none"},
    {"kind": "correct", "field": "base_type", "value": "DANCE"}, {"kind": "correct", "field": "actors", "words": "x", "start": "-1", "end": "9"},
])  # fmt: skip
def test_decisions_that_cannot_be_say_so(reviewing: TestClient, fields: dict[str, str]) -> None:
    event = find(reviewing, "q=summoned")["event_id"]
    answer = reviewing.post("/review/decide", data={"form_key": reviewing.form_key, "event": event} | fields)  # type: ignore[attr-defined]
    assert answer.status_code in (400, 404)


def test_events_that_may_be_the_same_are_offered(reviewing: TestClient) -> None:
    event = find(reviewing, "q=summoned")
    decide(reviewing, kind="split", event=event["event_id"], mention=event["mentions"][1]["mention_id"])
    first, second = (e["event_id"] for e in reviewing.get("/api/v1/events?q=summoned").json()["events"])
    page = reviewing.get(f"/review/{first}").text
    assert f'name="other" value="{second}"' in page
