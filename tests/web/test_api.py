"""The API: stable names, pages, forms by content negotiation, and an OpenAPI description that tells the truth."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

DESIGN = {
    "event_id", "event_type", "base_type", "mode", "contexts", "cameo", "quad_class", "plover_score", "goldstein", "status", "actors", "recipients",
    "date_start", "date_end", "date_precision", "place", "attribution", "confidence", "mentions", "casualties", "amounts", "first_seen", "novelty_days",
    "n_mentions", "n_reports", "n_sources", "disputes",
}  # fmt: skip
PATHS = ("/api/v1/record", "/api/v1/events", "/api/v1/counts", "/api/v1/pairs", "/api/v1/pairs/KOR/RUS", "/api/v1/reports?q=summoned", "/api/v1/reports/0000000000000001",
         "/api/v1/actors?q=rud", "/api/v1/actors/per:andrey-rudenko", "/api/v1/network", "/api/v1/problems", "/api/v1/openapi.json")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_question_is_answered_as_json(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["etag"]
    json.loads(answer.text)


def test_events_have_the_record_s_names(client: TestClient) -> None:
    event = client.get("/api/v1/events?q=summoned").json()["events"][0]
    assert set(event) >= DESIGN
    assert {m["source"] for m in event["mentions"]} == {"Hanbit", "Smolensk Square"}
    assert event == client.get(f"/api/v1/events/{event['event_id']}").json()


def test_pages_of_events_hold_each_once(client: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/api/v1/events?limit=3"
    while address:
        page = client.get(address).json()
        seen += [e["event_id"] for e in page["events"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] == 10


@pytest.mark.parametrize("how", ["accept", "format"])
@pytest.mark.parametrize(("form", "kind"), [
    ("csv", "text/csv"), ("jsonl", "application/x-ndjson"), ("parquet", "application/vnd.apache.parquet"), ("arrow", "application/vnd.apache.arrow.stream"),
])  # fmt: skip
def test_tables_come_in_other_forms(client: TestClient, tmp_path: Path, form: str, kind: str, how: str) -> None:
    query = "country=KOR&order=oldest"
    answer = (
        client.get(f"/api/v1/events?{query}", headers={"accept": kind})
        if how == "accept"
        else client.get(f"/api/v1/events?{query}&format={form}")
    )
    assert answer.headers["content-type"].split(";")[0] == kind
    wanted = [e["event_id"] for e in client.get(f"/api/v1/events?{query}").json()["events"]]
    assert len(wanted) == 7
    if form == "csv":
        assert [r["event_id"] for r in csv.DictReader(io.StringIO(answer.text))] == wanted
    elif form == "jsonl":
        assert [json.loads(line)["event_id"] for line in answer.text.splitlines()] == wanted
    elif form == "parquet":
        (tmp_path / "e.parquet").write_bytes(answer.content)
        assert [r[0] for r in duckdb.execute(f"SELECT event_id FROM '{tmp_path}/e.parquet'").fetchall()] == wanted
    else:
        pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        assert pa.ipc.open_stream(answer.content).read_all()["event_id"].to_pylist() == wanted


def test_one_event_comes_as_a_row(client: TestClient) -> None:
    event = client.get("/api/v1/events?q=summoned").json()["events"][0]["event_id"]
    answer = client.get(f"/api/v1/events/{event}?format=csv")
    assert answer.headers["content-type"].split(";")[0] == "text/csv"
    assert [r["event_id"] for r in csv.DictReader(io.StringIO(answer.text))] == [event]


def test_no_form_that_cannot_be_given(client: TestClient) -> None:
    assert client.get("/api/v1/events", headers={"accept": "image/png"}).status_code == 406
    assert client.get("/api/v1/events", headers={"accept": "image/png, */*;q=0.1"}).status_code == 200
    assert client.get("/api/v1/events?format=pdf").status_code == 422


def test_a_spreadsheet_runs_nothing_of_a_report(client: TestClient) -> None:
    csv.field_size_limit(10_000_000)
    rows = list(csv.reader(io.StringIO(client.get("/api/v1/events?format=csv").text)))
    assert rows
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "@", "+")]


@pytest.mark.parametrize(("path", "status"), [
    ("/api/v1/events/none", 404), ("/api/v1/reports/none", 404), ("/api/v1/actors/none", 404), ("/api/v1/events?limit=0", 422), ("/api/v1/events?order=x", 422),
    ("/api/v1/events?since=2024-02-30", 400), ("/api/v1/pairs/1/2", 422), ("/api/v1/nothing", 404), ("/api/v1/events?country=12", 400),
])  # fmt: skip
def test_errors_say_what_to_do(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_openapi_survives_a_fuzzer(client: TestClient) -> None:
    schemathesis = pytest.importorskip(
        "schemathesis", reason="schemathesis is not installed: pip install 'dragoman[dev]'"
    )
    from hypothesis import HealthCheck, given, settings

    described = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 11
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
        )
        def fuzz(case: object) -> None:
            asked = case.as_transport_kwargs(base_url="http://127.0.0.1:8350")  # type: ignore[attr-defined]
            answer = client.request(
                asked["method"],
                asked["url"],
                params=asked.get("params"),
                headers={k: v for k, v in (asked.get("headers") or {}).items() if k.lower() == "accept"},
            )
            assert answer.status_code < 500, (asked["url"], asked.get("params"), answer.text[:300])
            case.validate_response(  # type: ignore[attr-defined]
                schemathesis.Response.from_any(answer),
                checks=[
                    not_a_server_error,
                    status_code_conformance,
                    content_type_conformance,
                    response_schema_conformance,
                ],
            )

        fuzz()
