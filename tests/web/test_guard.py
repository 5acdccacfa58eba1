"""Who is let in, and what a page may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.query.index import SlowQueryError
from dragoman.web.app import create_app
from dragoman.web.guard import host_is, same
from tests.web.conftest import BASE


@pytest.mark.parametrize(("host", "fine"), [
    ("127.0.0.1:8350", True), ("localhost", True), ("LOCALHOST:1", True), ("[::1]:8350", True), ("[::1]", True), ("evil.example", False),
    ("127.0.0.1.evil.example", False), ("", False), ("localhost.evil.example:8350", False),
])  # fmt: skip
def test_only_known_hosts_are_answered(client: TestClient, host: str, fine: bool) -> None:
    assert host_is(host, ("127.0.0.1", "localhost", "[::1]")) is fine
    assert client.get("/problems", headers={"host": host}).status_code == (200 if fine else 421)


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    for path in ("/", "/api/v1/record", "/static/app.js", "/nowhere", "/static/nothing"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/search?q=summoned")
    again = client.get("/search?q=summoned", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/search?q=met", headers={"if-none-match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/", "/api/v1/events", "/review", "/event/x", "/review/x/accept"])
def test_nothing_can_be_changed_without_review(client: TestClient, method: str, path: str) -> None:
    assert getattr(client, method)(path, headers={"origin": BASE}).status_code in (404, 405)


def test_forms_from_elsewhere_are_refused(client: TestClient) -> None:
    assert client.post("/", headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/").status_code == 403
    assert client.post("/", headers={"origin": BASE, "sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize(
    "path", ["/search?q=" + "a" * 5000, "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"]
)
def test_odd_addresses_are_refused(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 405, 414)


def test_a_token_is_asked_for_once_and_kept(record: Path) -> None:
    with TestClient(create_app(record, token="right"), base_url=BASE, follow_redirects=False) as asked:
        assert asked.get("/").status_code == 401
        assert asked.get("/static/app.js").status_code == 401
        assert asked.get("/?token=wrong").status_code == 401
        assert asked.get("/", headers={"authorization": "Bearer wröng".encode("latin-1")}).status_code == 401
        assert asked.get("/api/v1/record", headers={"authorization": "Bearer right"}).status_code == 200
        given = asked.get(f"{BASE}//evil.example/?token=right&q=a")
        assert (given.status_code, given.headers["location"]) == (303, "/evil.example/?q=a")
        cookie = given.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert asked.get("/").status_code == 200


def test_tokens_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    monkeypatch.setattr("hmac.compare_digest", lambda a, b: compared.append((a, b)) or a == b)
    assert same("right", "right")
    assert not same("wröng", "right")
    assert compared == [(b"right", b"right"), ("wröng".encode(), b"right")]


@pytest.mark.parametrize("path", ["/search", "/api/v1/events"])
def test_a_stopped_question_says_how_to_narrow_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def slow(*_: object, **__: object) -> list[int]:
        raise SlowQueryError(10)

    monkeypatch.setattr("dragoman.query.search.numbers", slow)
    answer = client.get(path)
    assert answer.status_code == 503
    assert "shorter period" in answer.text


def test_a_question_that_takes_too_long_is_stopped(record: Path) -> None:
    app = create_app(record)
    with pytest.raises(Exception, match="took longer") as caught, app.state.dragoman.index.cursor(0.2) as cursor:
        cursor.execute(
            "SELECT count(*) FROM range(3000000) a, range(3000000) b WHERE (a.range * b.range) % 7 = 3"
        ).fetchone()
    assert type(caught.value).__name__ == "SlowQueryError"


def test_the_index_reaches_no_other_file(record: Path, tmp_path: Path) -> None:
    other = tmp_path / "secret.csv"
    other.write_text("a\n1\n")
    app = create_app(record)
    with app.state.dragoman.index.cursor() as cursor:
        for sql in (
            f"SELECT * FROM read_csv('{other}')",
            f"COPY ev TO '{tmp_path}/out.csv'",
            f"ATTACH '{tmp_path}/x.duckdb'",
            "SET enable_external_access=true",
            "DELETE FROM record.events",
        ):
            with pytest.raises(Exception, match=r"disabled|locked|not allowed|read-only|read only"):
                cursor.execute(sql)
