"""What scripts written for other people's tables rely on, bytes and types, one test or more for each promise of docs/formats.md.

Media as MED or JRN, the POLECAT header and the shapes of rows are in test_layouts.py, tables that come back in test_imports.py.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dragoman.merge import merge
from dragoman.ontology import quad_class
from dragoman.ontology.quads import Convention
from dragoman.query import codes, layouts
from dragoman.query.export import export
from dragoman.query.record import Record
from dragoman.records import PlaceRef
from dragoman.store import CodedReport, Writer
from tests.conftest import make_mention, make_party, make_report

LONDON = PlaceRef("London", "GBR", "England", 51.5085, -0.12574, 2643743, "city")


@pytest.fixture
def record() -> Iterator[Record]:
    """A meeting of two and an accord in London whose parties' names hold what breaks tables: a tab, a line break, quotes."""
    report = make_report('Seoul and Moscow held talks.\tThe "Union\nof Rivers" agreed.')
    seoul, moscow = make_party("South Korea", "KOR"), make_party("Russia", "RUS")
    union = replace(make_party('The "Union\nof\tRivers"', "GBR"), actor_id=None)
    talks = make_mention(report_id=report.id, actors=(seoul, moscow))
    accord = replace(
        make_mention(report_id=report.id, event_type="AGREE", actors=(union,), recipients=(moscow,), trigger=(0, 5), number=1),
        cameo="0331", place=LONDON,
    )  # fmt: skip
    writer = Writer(":memory:")
    writer.add([CodedReport(report, (talks, accord))], [], [], coder="x")
    writer.replace_events(merge(writer.mentions()))
    yield Record(writer.connection)
    writer.close()


@pytest.mark.parametrize(
    ("form", "columns", "header"), [("gdelt", 61, False), ("icews", 20, True), ("polecat", 40, True)]
)
def test_tables_are_tabs_and_line_feeds_and_nothing_is_quoted(
    record: Record, tmp_path: Path, form: str, columns: int, header: bool
) -> None:
    export(record, form, tmp_path / "x.tab")
    data = (tmp_path / "x.tab").read_bytes()
    assert data.endswith(b"\n")
    assert b"\r" not in data
    assert b'\t"' not in data.replace(b'\tThe "', b"")  # quotes stand only where the words have them
    lines = data.decode("utf-8").split("\n")[:-1]
    assert {line.count("\t") for line in lines} == {columns - 1}
    assert len(lines) == header + (3 if form == "icews" else 2)
    named = {"gdelt": layouts.GDELT_EVENTS, "icews": layouts.ICEWS, "polecat": layouts.POLECAT}[form]
    assert (lines[0] == "\t".join(named)) is header


def test_mentions_are_sixteen_columns_without_a_header(record: Record, tmp_path: Path) -> None:
    export(record, "gdelt", tmp_path / "20240202000000.export.CSV")
    lines = (tmp_path / "20240202000000.mentions.CSV").read_bytes().decode("utf-8").split("\n")[:-1]
    assert [line.count("\t") for line in lines] == [15, 15]
    assert all(len(line.split("\t")[1]) == 14 for line in lines)


CODES = {"046", "0331"}


def test_leading_zeros_survive_sqlite_and_pandas(record: Record, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    export(record, "csv", tmp_path / "x.csv")
    export(record, "parquet", tmp_path / "x.parquet")
    export(record, "jsonl", tmp_path / "x.jsonl")
    frame = pandas.read_csv(tmp_path / "x.csv", dtype={"cameo": str})
    assert set(frame["cameo"]) == CODES
    with sqlite3.connect(":memory:") as database:
        frame.to_sql("events", database)
        assert {row[0] for row in database.execute("SELECT cameo FROM events")} == CODES
    assert set(record.events().to_pandas()["cameo"]) == CODES
    assert {row[0] for row in duckdb.sql(f"SELECT cameo FROM '{tmp_path / 'x.parquet'}'").fetchall()} == CODES
    assert {json.loads(line)["cameo"] for line in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()} == CODES


def kinds(names: tuple[str, ...], **of: tuple[str, ...]) -> dict[str, str]:
    """Column -> type for DuckDB; text where nothing else is said."""
    return {name: next((kind for kind, some in of.items() if name in some), "VARCHAR") for name in names}


GDELT_TYPES = kinds(
    layouts.GDELT_EVENTS,
    BIGINT=("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions", "NumSources", "NumArticles",
            "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type", "DATEADDED"),
    DOUBLE=("FractionDate", "GoldsteinScale", "AvgTone", *(f"{who}Geo_{axis}" for who in ("Actor1", "Actor2", "Action") for axis in ("Lat", "Long"))),
)  # fmt: skip
ICEWS_TYPES = kinds(
    layouts.ICEWS, BIGINT=("Event ID", "Story ID", "Sentence Number"), DATE=("Event Date",), DOUBLE=("Intensity", "Latitude", "Longitude")
)  # fmt: skip


@pytest.mark.parametrize(("form", "types", "null"), [("gdelt", GDELT_TYPES, ""), ("icews", ICEWS_TYPES, "NA")])
def test_tables_load_with_the_published_types(
    record: Record, tmp_path: Path, form: str, types: dict[str, str], null: str
) -> None:
    export(record, form, tmp_path / "x.tab")
    loaded = duckdb.read_csv(
        str(tmp_path / "x.tab"), sep="\t", header=form == "icews", quotechar="", columns=types, na_values=null, auto_detect=False
    )  # fmt: skip
    code = {"gdelt": "EventCode", "icews": "CAMEO Code"}[form]
    assert {row[0] for row in loaded.project(f'"{code}"').fetchall()} == CODES
    place = {"gdelt": '"ActionGeo_CountryCode", "ActionGeo_Lat"', "icews": '"Country", "Latitude"'}[form]
    found = loaded.filter(f"\"{code}\" = '0331'").project(place).fetchall()
    assert set(found) == {({"gdelt": "UK", "icews": "United Kingdom"}[form], 51.5085)}


@pytest.mark.parametrize(
    ("code", "convention", "quad"),
    [("091", "gdelt", 2), ("091", "documented", 3), ("141", "gdelt", 3), ("141", "documented", 4), ("163", "phoenix", 3), ("163", "gdelt", 4),
     ("010", "phoenix", 0), ("010", "gdelt", 1), ("141", "plover", 4)],
)  # fmt: skip
def test_quad_classes_follow_the_convention_asked_for(code: str, convention: Convention, quad: int) -> None:
    assert quad_class(code, convention) == quad


@pytest.mark.parametrize(
    ("code", "iso2", "fips", "cow", "cameo", "name"),
    [
        ("GBR", "GB", "UK", "200", "GBR", "United Kingdom"),
        ("CHE", "CH", "SZ", "225", "CHE", "Switzerland"),
        ("AUS", "AU", "AS", "900", "AUS", "Australia"),
        ("AUT", "AT", "AU", "305", "AUT", "Austria"),
        ("PHL", "PH", "RP", "840", "PHL", "Philippines"),
        ("KOR", "KR", "KS", "732", "KOR", "South Korea"),
    ],
)
def test_one_country_has_a_code_in_every_list(code: str, iso2: str, fips: str, cow: str, cameo: str, name: str) -> None:
    found = (codes.iso2(code), codes.fips(code), codes.cow(code), codes.cameo_country(code), codes.country_name(code))
    assert found == (iso2, fips, cow, cameo, name)


def test_a_number_stands_for_an_id_and_fits_an_integer_column() -> None:
    numbers = {codes.number_of(f"event {n}") for n in range(1000)}
    assert len(numbers) == 1000
    assert all(0 < n < 2**63 for n in numbers)
    assert codes.number_of("event 1") == codes.number_of("event 1")
