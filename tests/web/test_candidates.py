"""Candidates on pages and in the API: left out unless asked for, always counted, always within reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.web.app import create_app
from tests.web.conftest import BASE

DOUBTFUL = {"min_confidence": "0.6"}
"""A bound above which two of the record's doubtful events are candidates (their confidence: 0.5 and 0.55)."""


@pytest.fixture
def strict(record: Path) -> Iterator[TestClient]:
    """The app with a bound of its own."""
    app = create_app(record, min_confidence=0.6)
    with TestClient(app, base_url=BASE, follow_redirects=False) as opened:
        yield opened
    app.state.dragoman.index.close()


@pytest.mark.parametrize(
    "address",
    ["/api/v1/events", "/api/v1/counts", "/api/v1/pairs/KOR/RUS", "/api/v1/network"],
)
def test_the_api_leaves_them_out_and_counts_them(client: TestClient, address: str) -> None:
    every = client.get(address, params={"min_confidence": "0"}).json()
    sure = client.get(address, params=DOUBTFUL).json()
    assert every["candidates"] == 0
    assert sure["candidates"] > 0
    assert sure["total"] + sure["candidates"] == every["total"]


def test_the_record_and_an_actor_count_them_too(client: TestClient) -> None:
    for address, events in (("/api/v1/record", "events"), ("/api/v1/actors/state:KOR", "events")):
        every = client.get(address, params={"min_confidence": "0"}).json()
        sure = client.get(address, params=DOUBTFUL).json()
        assert sure[events] + sure["candidates"] == every[events]
        assert sure["candidates"] > 0


@pytest.mark.parametrize("page", ["/", "/search", "/pair/KOR/RUS", "/actor/state:KOR", "/network"])
def test_a_page_says_how_many_and_leads_to_them(client: TestClient, page: str) -> None:
    shown = client.get(page, params=DOUBTFUL).text
    assert "below 0.60" in shown
    assert "min_confidence=0" in shown
    assert "below 0" not in client.get(page, params={"min_confidence": "0"}).text


def test_an_app_of_its_own_bound(strict: TestClient, client: TestClient) -> None:
    asked = client.get("/api/v1/events", params=DOUBTFUL).json()
    assert strict.get("/api/v1/events").json()["total"] == asked["total"]
    assert strict.get("/api/v1/events", params={"min_confidence": "0.5"}).json()["total"] > asked["total"]
    page = strict.get("/search", params={"min_confidence": "0.5", "q": "deal"}).text
    assert "min_confidence=0.5" in page  # links keep what is not the app's usual
    assert ">candidate<" in page


def test_a_candidate_has_its_page_and_stands_in_its_report(strict: TestClient) -> None:
    found = strict.get("/api/v1/events", params={"min_confidence": "0", "order": "doubtful"}).json()["events"][0]
    assert found["confidence"] < 0.6
    assert ">candidate<" in strict.get(f"/event/{found['event_id']}").text
    assert ">candidate<" in strict.get(f"/report/{found['mentions'][0]['report_id']}").text


def test_what_is_confirmed_is_reported(own_record: Path) -> None:
    app = create_app(own_record, review=True, min_confidence=1.0)
    with TestClient(app, base_url=BASE, follow_redirects=False) as opened:
        found = opened.get("/api/v1/events", params={"min_confidence": "0", "order": "doubtful"}).json()["events"][0]
        before = opened.get("/api/v1/events").json()["total"]
        form = {"form_key": app.state.dragoman.access.form_key, "kind": "accept", "event": found["event_id"]}
        assert opened.post("/review/decide", data=form, headers={"origin": BASE}).status_code == 303
        assert opened.get("/api/v1/events").json()["total"] == before + 1
    app.state.dragoman.index.close()


@pytest.mark.parametrize("text", ["x", "-1", "1.5"])
def test_what_is_no_confidence_is_refused(client: TestClient, text: str) -> None:
    answer = client.get("/api/v1/record", params={"min_confidence": text})
    assert answer.status_code == 400
    assert "min_confidence" in answer.json()["error"]
