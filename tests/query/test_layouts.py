"""The field's layouts: columns, order and conventions that existing scripts rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import UsageError
from dragoman.merge import merge
from dragoman.query import layouts
from dragoman.query.export import export
from dragoman.query.record import Record
from dragoman.records import EventMention
from dragoman.store import CodedReport, Writer
from tests.conftest import make_mention, make_party, make_report

REPORT = make_report("Seoul and Moscow held talks.\tA tab\tis here.")


def mention(**changes: object) -> EventMention:
    base = make_mention(report_id=REPORT.id, sentence=REPORT.text)
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    press = replace(make_party("Radio\tFree", "GBR", "JRN"), actor_id=None)
    found = (
        mention(cameo="046"),
        mention(
            mention_id="m2",
            base_type="AGREE",
            event_type="AGREE",
            cameo="0331",
            actors=(press,),
            recipients=(make_party("Moscow", "RUS"),),
            trigger=(6, 9),
        ),
        mention(
            mention_id="m3",
            base_type="PROTEST",
            event_type="PROTEST",
            cameo="141",
            quad_class=4,
            status="future",
            trigger=(10, 16),
        ),
    )
    writer = Writer(":memory:")
    writer.add([CodedReport(REPORT, found)], [], [], coder="x")
    writer.replace_events(merge(writer.mentions()))
    return Record(writer.connection)


def rows(record: Record, form: str, tmp_path: Path) -> list[list[str]]:
    out = tmp_path / f"x.{form}"
    export(record, form, out)
    return [line.split("\t") for line in out.read_text("utf-8").splitlines()]


def test_the_numbers_of_columns() -> None:
    assert (len(layouts.GDELT_EVENTS), len(layouts.GDELT_MENTIONS), len(layouts.ICEWS), len(layouts.POLECAT)) == (
        61,
        16,
        20,
        40,
    )


def test_gdelt_has_no_header_61_columns_and_one_row_a_pair(record: Record, tmp_path: Path) -> None:
    found = rows(record, "gdelt", tmp_path)
    assert {len(row) for row in found} == {61}
    assert sorted(row[26] for row in found) == [
        "0331",
        "046",
    ]  # codes keep their zeros; the planned protest is left out
    (talks,) = [row for row in found if row[26] == "046"]
    assert (talks[1], talks[5], talks[15], talks[29], talks[30]) == ("20240202", "KOR", "RUS", "1", "7.0")
    assert talks[4] == "2024.0877"  # as real rows have it: 2024 + (1 * 30 + 2) / 365
    beside = (tmp_path / "x.mentions.CSV").read_text("utf-8").splitlines()
    assert {len(line.split("\t")) for line in beside} == {16}


def test_media_are_med_in_cameo_and_jrn_in_plover(record: Record, tmp_path: Path) -> None:
    (row,) = [r for r in rows(record, "gdelt", tmp_path) if r[26] == "0331"]
    assert (row[5], row[12]) == ("GBRMED", "MED")
    plover = [json.loads("\t".join(r)) for r in rows(record, "plover", tmp_path)]
    assert {e["actor"][0]["sector"] for e in plover if e["cameo"] == "0331"} == {"JRN"}


def test_tabs_inside_cells_become_spaces(record: Record, tmp_path: Path) -> None:
    (row,) = [r for r in rows(record, "gdelt", tmp_path) if r[26] == "0331"]
    assert row[6] == "RADIO FREE"


def test_icews_mirrors_reciprocal_events(record: Record, tmp_path: Path) -> None:
    header, *found = rows(record, "icews", tmp_path)
    assert tuple(header) == layouts.ICEWS
    talks = [r for r in found if r[6] == "046"]
    assert {(r[4], r[10]) for r in talks} == {("South Korea", "Russia"), ("Russia", "South Korea")}


def test_polecat_header_and_the_text_none(record: Record, tmp_path: Path) -> None:
    header, *found = rows(record, "polecat", tmp_path)
    assert "\t".join(header) == (
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary Actor Sector\t"
        "Actor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\t"
        "Recipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\t"
        "GeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion"
    )
    assert all("None" in row and len(row) == 40 for row in found)


@pytest.mark.parametrize(
    ("convention", "expected"), [("gdelt", "3"), ("documented", "4"), ("phoenix", "4"), ("plover", "4")]
)
def test_the_quad_class_is_switchable(convention: str, expected: str) -> None:
    event = {
        "event_id": "e", "cameo": "141", "status": "actual", "date_start": "2024-02-02", "first_seen": "2024-02-02", "actors": [], "recipients": [],
        "mentions": [{"sentence_index": 0, "url": None}], "n_mentions": 1, "n_sources": 1, "n_reports": 1, "place": None,
    }  # fmt: skip
    (row,) = layouts.gdelt_rows(event, convention)  # type: ignore[arg-type]
    assert str(row["QuadClass"]) == expected


def test_codes_keep_their_zeros_on_every_path(record: Record, tmp_path: Path) -> None:
    export(record, "csv", tmp_path / "x.csv")
    export(record, "parquet", tmp_path / "x.parquet")
    export(record, "jsonl", tmp_path / "x.jsonl")
    by_csv = {
        r[0]
        for r in duckdb.sql(
            f"SELECT cameo FROM read_csv('{tmp_path / 'x.csv'}', types={{'cameo': 'VARCHAR'}})"
        ).fetchall()
    }
    by_parquet = {r[0] for r in duckdb.sql(f"SELECT cameo FROM '{tmp_path / 'x.parquet'}'").fetchall()}
    by_json = {json.loads(line)["cameo"] for line in (tmp_path / "x.jsonl").read_text().splitlines()}
    assert by_csv == by_parquet == by_json == {"046", "0331", "141"}


def test_parquet_needs_a_file(record: Record) -> None:
    with pytest.raises(UsageError, match="--out"):
        export(record, "parquet", None)
