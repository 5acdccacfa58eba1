"""Every page answers, says what it should, and shows what reports say as text and nothing else."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.store import Writer
from dragoman.web.app import create_app
from tests.web.conftest import ARABIC, BASE

PAGES = ("/", "/search", "/search?q=summoned", "/pair/KOR/RUS", "/pair/FRA/DEU", "/network", "/network?view=graph", "/problems", "/api", "/report/0000000000000014",
         "/report/0000000000000015", "/report/0000000000000016", "/actor/per:andrey-rudenko", "/actor/per:m/..%2F%22%3E%3Cscript%3E", "/search?q=zebra", "/pair/FRA/RUS")  # fmt: skip


class Read(HTMLParser):
    """Elements with their attributes, and the text outside scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._in and tag == self._in[-1]:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if not self._in:
            self.text += data


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_and_is_safe(client: TestClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200, answer.text[:300]
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    read = Read(answer.text)
    for tag, attributes in read.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
        assert tag not in ("iframe", "object", "embed", "base")
        if tag == "script":
            assert attributes.get("type") == "application/json" or (attributes.get("src") or "").startswith("/static/")
        for name in ("href", "src", "action"):
            value = attributes.get(name)
            assert value is None or value == "" or re.match(r"^(/(?!/)|#|\?|https://news\.example/)", value), (
                tag,
                value,
            )
    assert sum(tag == "h1" for tag, _ in read.elements) == 1
    assert "\u202e" not in answer.text
    assert "\x07" not in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_data_for_charts_is_json(client: TestClient, page: str) -> None:
    for block in re.findall(r'<script type="application/json">(.*?)</script>', client.get(page).text, re.S):
        json.loads(block)


def test_the_overview_counts(client: TestClient) -> None:
    text = Read(client.get("/").text).text
    assert "South Korea and Russia" in " ".join(text.split())
    assert "2023-03-01 to 2024-02-21" in " ".join(text.split())


def test_a_pair_shows_statuses_quotes_and_people(client: TestClient) -> None:
    page = client.get("/pair/KOR/RUS")
    text = " ".join(Read(page.text).text.split())
    for word in (
        "planned",
        "possible",
        "postponed",
        "called off",
        "past",
        "accounts differ",
        "South Korea says",
        "Andrey Rudenko",
        "economic",
    ):
        assert word in text
    points = json.loads(
        re.findall(r'data-chart="timeline".*?<script type="application/json">(.*?)</script>', page.text, re.S)[0]
    )
    assert {p["status"] for p in points} >= {"actual", "future", "hypothetical", "postponed", "cancelled", "historical"}


def test_a_pair_can_be_filtered(client: TestClient) -> None:
    assert "5 events" in client.get("/pair/KOR/RUS?context=economic").text
    assert "No events between the two fit these filters" in client.get("/pair/KOR/RUS?type=ASSAULT").text


@pytest.mark.parametrize(
    ("given", "to"),
    [
        ("/pair/kor/rus", "/pair/KOR/RUS"),
        ("/pair?first=kor&second=rus", "/pair/KOR/RUS"),
        ("/pair?first=South+Korea&second=russia", "/pair/KOR/RUS"),
    ],
)
def test_pairs_have_one_address(client: TestClient, given: str, to: str) -> None:
    answer = client.get(given)
    assert (answer.status_code, answer.headers["location"]) == (303, to)


def test_an_event_tells_both_accounts_and_where_they_differ(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/event/{ids['ACCUSE-actual-KOR-RUS']}").text
    text = " ".join(Read(page).text.split())
    assert "2 accounts" in text
    assert "Where they differ" in text
    assert "The embassy" in text
    assert "same event because" in text
    assert "the model reads it so" in text
    assert '<span class="f f-trigger">summoned</span>' in page
    assert 'href="https://news.example/1"' in page


def test_the_start_of_an_id_leads_to_the_event(client: TestClient, ids: dict[str, str]) -> None:
    event_id = ids["ACCUSE-actual-KOR-RUS"]
    assert client.get(f"/event/{event_id[:12]}").headers["location"] == f"/event/{event_id}"


def test_a_report_is_whole_and_marked(client: TestClient) -> None:
    read = Read(client.get("/report/0000000000000001").text)
    assert "South Korea summoned Russia on Friday, the ministry said. Chung met Rudenko in Seoul." in read.text
    assert [a["class"] for t, a in read.elements if t == "a" and "trigger" in (a.get("class") or "")] == [
        "trigger q3",
        "trigger q1",
    ]


def test_hostile_reports_are_text(client: TestClient) -> None:
    page = client.get("/report/0000000000000014").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "‹U+202E›evil" in page
    assert ARABIC in page
    assert "javascript:" not in page
    assert "49" not in re.findall(r"<h1.*?</h1>", page, re.S)[0]


def test_an_actor_has_names_offices_and_contacts(client: TestClient) -> None:
    text = " ".join(Read(client.get("/actor/per:andrey-rudenko").text).text.split())
    for word in ("deputy foreign minister", "Chung Byung-won", "Named as", "1 as actor"):
        assert word in text


@pytest.mark.parametrize(("query", "total"), [
    ("q=summoned", 1), ("q=summon*", 1), ("q=SUMMONED+rudenko", 0), ("country=KOR", 7), ("country=KOR&other=RUS", 7), ("status=postponed", 1),
    ("type=CONSULT&type=AGREE", 5), ("context=economic", 5), ("disputed=1", 1), ("source=Hanbit", 2), ("place=KOR", 1), ("place=seoul", 1),
    ("since=2024-02-01", 2), ("until=2023-04-30", 2), ("quad=4", 1), ("min_confidence=0.89", 5), ("actor=per:andrey-rudenko", 1), ("actor=rudenko", 1), ("actor=%25", 0), ("country=South+Korea", 7), ("country=south+korea&other=Russia", 7), ("q=***", 0), ("q=", 10),
])  # fmt: skip
def test_search_finds(client: TestClient, query: str, total: int) -> None:
    assert client.get(f"/api/v1/events?{query}").json()["total"] == total
    assert client.get(f"/search?{query}").status_code == 200


@pytest.mark.parametrize(("page", "status"), [
    ("/event/nothing", 404), ("/report/nothing", 404), ("/actor/per:nobody", 404), ("/nowhere", 404), ("/pair/K/R", 400), ("/search?since=2024-99-99", 400),
    ("/search?since=yesterday", 422), ("/search?page=0", 422), ("/search?order=sideways", 400), ("/search?quad=9", 400), ("/search?min_confidence=x", 400), ("/review", 404),
])  # fmt: skip
def test_what_cannot_be_answered_says_so(client: TestClient, page: str, status: int) -> None:
    answer = client.get(page)
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_an_empty_record_says_what_to_do(tmp_path: Path) -> None:
    with Writer(tmp_path / "empty.duckdb"):
        pass
    with TestClient(create_app(tmp_path / "empty.duckdb"), base_url=BASE) as opened:
        assert "dragoman code" in opened.get("/").text
        for page in ("/search", "/network", "/pair/KOR/RUS", "/problems"):
            assert opened.get(page).status_code == 200
