"""Every format becomes reports; every failure becomes a problem with a reason and a remedy."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import NoSuchPathError
from dragoman.ingest import Copy, Options, ingest
from dragoman.ingest.streams import zstd
from dragoman.records import Problem, Report

TEXT = "The foreign minister of Kenya met her Ugandan counterpart in Kampala on Tuesday, and they signed an accord on fishing."


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(items: list[object]) -> Report:
    (item,) = items
    assert isinstance(item, Report), item
    return item


def problem(items: list[object]) -> Problem:
    (item,) = items
    assert isinstance(item, Problem), item
    assert item.reason
    assert item.remedy
    return item


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Lake Wire</title><item><title>Fishing accord</title>
<link>https://lake.example/1</link><pubDate>Tue, 06 Feb 2024 08:00:00 GMT</pubDate><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Lake Wire</title><entry><title>Accord</title><id>x1</id>
<link href="https://lake.example/1"/><updated>2024-02-06T08:00:00Z</updated><content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""
PETRARCH = f"""<Sentences><Sentence date="20240206" id="LAKE_1" source="LW" sentence="True"><Text>
{TEXT}
</Text><Parse>(ROOT)</Parse></Sentence></Sentences>"""
PAGE = f"""<html><head><title>Fishing accord | Lake Wire</title><meta property="article:published_time" content="2024-02-06">
<meta property="og:site_name" content="Lake Wire"></head><body><nav>Home Sport</nav><article><h1>Fishing accord</h1><p>{TEXT}</p>
<p>The lake feeds two million people, and its perch has been overfished for years, according to both governments.</p></article>
<footer>Scroll to top</footer></body></html>"""
ROW = {
    "id": "k1",
    "event_text": TEXT,
    "pub_date": "2024-02-06",
    "headline": "Fishing accord",
    "publisher": "Lake Wire",
    "link": "https://lake.example/1",
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.txt", TEXT, id="text"),
        pytest.param("a.md", f"# Fishing accord\n\n{TEXT}", id="markdown"),
        pytest.param("a.html", PAGE, id="html"),
        pytest.param("a.jsonl", json.dumps(ROW), id="jsonl"),
        pytest.param("a.json", json.dumps([ROW]), id="json-list"),
        pytest.param("a.csv", f'id,body,date\nk1,"{TEXT}",2024-02-06\n', id="csv"),
        pytest.param("a.csv", f'id;body;date\nk1;"{TEXT}";2024-02-06\n', id="csv-semicolons"),
        pytest.param("a.tsv", f"id\ttext\tday\nk1\t{TEXT}\t20240206\n", id="tsv"),
        pytest.param("a.rss", RSS, id="rss"),
        pytest.param("a.xml", ATOM, id="atom"),
        pytest.param("a.xml", PETRARCH, id="petrarch"),
        pytest.param("a.txt", TEXT.encode("utf-16"), id="utf-16"),
        pytest.param("a.txt", b"\xef\xbb\xbf" + TEXT.encode(), id="bom"),
        pytest.param("a.txt.gz", gzip.compress(TEXT.encode()), id="gzip"),
        pytest.param("a.txt.zst", zstd.compress(TEXT.encode()), id="zstd"),
        pytest.param("a.jsonl", gzip.compress(json.dumps(ROW).encode()), id="gzip-without-its-name"),
    ],
)
def test_every_format_gives_the_report(tmp_path: Path, name: str, content: bytes | str) -> None:
    report = only(list(ingest([put(tmp_path, name, content)])))
    assert TEXT in report.text
    assert "Scroll to top" not in report.text


def test_metadata_of_a_page(tmp_path: Path) -> None:
    report = only(list(ingest([put(tmp_path, "a.html", PAGE)])))
    assert (report.title, report.source, report.published, report.published_from) == (
        "Fishing accord", "Lake Wire", date(2024, 2, 6), "metadata",
    )  # fmt: skip


def test_parquet(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT '{TEXT}' AS body, DATE '2024-02-06' AS published, 'k1' AS id) TO '{path}'")
    report = only(list(ingest([path])))
    assert (report.text, report.published, report.origins[0].report_id) == (TEXT, date(2024, 2, 6), "k1")


def test_warc(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        writer.write_record(
            writer.create_warc_record(
                "https://lake.example/1", "response", payload=io.BytesIO(PAGE.encode()), http_headers=headers
            )
        )
    report = only(list(ingest([path])))
    assert (report.url, report.published) == ("https://lake.example/1", date(2024, 2, 6))


@pytest.mark.parametrize(
    ("name", "content", "options", "expected"),
    [
        pytest.param(
            "20240101.txt",
            f"KAMPALA, 3 March 2024 (Lake Wire) - {TEXT}",
            Options(published=date(2020, 1, 1)),
            (date(2020, 1, 1), "option"),
            id="option-first",
        ),
        pytest.param("20240101.jsonl", json.dumps(ROW), Options(), (date(2024, 2, 6), "metadata"), id="then-metadata"),
        pytest.param(
            "2024-01-01_x.txt",
            f"KAMPALA, 3 March 2024 (Lake Wire) - {TEXT}",
            Options(),
            (date(2024, 1, 1), "file name"),
            id="then-file-name",
        ),
        pytest.param(
            "x.txt",
            f"KAMPALA, 3 March 2024 (Lake Wire) - {TEXT}",
            Options(),
            (date(2024, 3, 3), "dateline"),
            id="then-dateline",
        ),
        pytest.param(
            "x.txt", f"March 3, 2024\n\n{TEXT}", Options(), (date(2024, 3, 3), "dateline"), id="date-on-its-own-line"
        ),
        pytest.param("x.txt", f"Since 3 March 2019 {TEXT}", Options(), (None, None), id="a-date-in-the-story-is-none"),
        pytest.param("x.txt", TEXT, Options(), (None, None), id="nothing-says"),
    ],
)
def test_where_the_date_comes_from(
    tmp_path: Path, name: str, content: str, options: Options, expected: tuple[date | None, str | None]
) -> None:
    report = only(list(ingest([put(tmp_path, name, content)], options)))
    assert (report.published, report.published_from) == expected


def _cut_gzip() -> bytes:
    whole = gzip.compress(
        "\n".join(json.dumps({**ROW, "event_text": f"{TEXT} Number {n}."}) for n in range(400)).encode()
    )
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        pytest.param("a.txt", b"", "empty", id="empty"),
        pytest.param("a.txt", b"   \n\n \t", "empty", id="blank"),
        pytest.param("a.txt", bytes(range(256)) * 40, "not-text", id="binary-junk"),
        pytest.param("a.html", "<html><body></body></html>", "no-text", id="page-without-article"),
        pytest.param("a.html", b"\x00\x01\x02" * 1000, "not-text", id="binary-page"),
        pytest.param("a.html", "<div>" * 100_000, "no-text", id="html-bomb"),
        pytest.param("a.jsonl", "{not json", "bad-json", id="bad-json"),
        pytest.param("a.jsonl", "[1, 2]", "bad-json", id="json-but-no-object"),
        pytest.param("a.jsonl", "[" * 100_000, "bad-json", id="json-bomb"),
        pytest.param("a.jsonl", '{"colour": "red"}', "no-text-column", id="no-text-column"),
        pytest.param("a.csv", "colour,size\nred,3\n", "no-text-column", id="csv-with-the-wrong-columns"),
        pytest.param("a.jsonl", json.dumps({**ROW, "pub_date": "9999-01-01"}), "bad-date", id="year-9999"),
        pytest.param("a.jsonl", json.dumps({**ROW, "pub_date": "soon"}), "bad-date", id="no-date-at-all"),
        pytest.param(
            "a.txt",
            "Die chinesische Armee hat am Donnerstag mit Manövern rund um Taiwan begonnen, wie das Ministerium mitteilte.",
            "not-english",
            id="german",
        ),
        pytest.param(
            "a.txt", "台湾国防部は木曜日、中国軍の航空機が防空識別圏に入ったと発表した。", "not-english", id="japanese"
        ),
        pytest.param("a.txt", "🙂🙂🙂", "not-english", id="emoji"),
        pytest.param("a.txt", b"a" * (9 * 1024 * 1024), "too-large", id="one-huge-word"),
        pytest.param("a.txt.gz", gzip.compress(b" a" * (30 * 1024 * 1024)), "too-large", id="gzip-bomb"),
        pytest.param("a.parquet", b"PAR1 no parquet at all", "unreadable", id="no-parquet"),
        pytest.param("a.xml", "<Sentences><Sentence>", "bad-xml", id="broken-xml"),
        pytest.param(
            "a.xml",
            '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><Sentences><Sentence><Text>&c;</Text></Sentence></Sentences>',
            "bad-xml",
            id="entity-bomb",
        ),
        pytest.param("a.rss", "<rss></rss>", "bad-feed", id="empty-feed"),
        pytest.param("a.txt.zst", b"\x28\xb5\x2f\xfd garbage", "bad-compression", id="broken-zstd"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_its_reason(
    tmp_path: Path, name: str, content: bytes | str, kind: str
) -> None:
    assert problem(list(ingest([put(tmp_path, name, content)]))).kind == kind


def test_a_truncated_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    items = list(ingest([put(tmp_path, "a.jsonl.gz", _cut_gzip())]))
    assert sum(isinstance(i, Report) for i in items) > 10
    assert [i.kind for i in items if isinstance(i, Problem)][-1] == "bad-compression"


def test_one_overlong_line_costs_only_itself(tmp_path: Path) -> None:
    long = json.dumps({**ROW, "event_text": "x" * (9 * 1024 * 1024)})
    items = list(ingest([put(tmp_path, "a.jsonl", f"{long}\n{json.dumps(ROW)}\n")]))
    assert [type(i).__name__ for i in items] == ["Problem", "Report"]
    assert items[0].locator == "line 1"  # type: ignore[union-attr]


def test_copies_are_one_report_with_several_origins(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", TEXT)
    put(tmp_path, "b.txt", TEXT.replace(" ", "  ", 3) + "\r\n")
    first, second = ingest([tmp_path])
    assert isinstance(first, Report)
    assert isinstance(second, Copy)
    assert second.report_id == first.id


def test_folders_are_walked_in_order_and_hidden_files_left_alone(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "picture.png"):
        put(tmp_path, name, f"{TEXT} This is {name}.")
    assert [Path(i.origins[0].path).name for i in ingest([tmp_path]) if isinstance(i, Report)] == ["a.txt", "b.txt"]


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "link.txt").symlink_to(put(tmp_path, "secret.txt", TEXT))
    assert problem(list(ingest([inside]))).kind == "nothing-to-read"


def test_a_path_that_is_not_there_is_a_misuse() -> None:
    with pytest.raises(NoSuchPathError, match="no such file"):
        list(ingest(["/nowhere/at/all.txt"]))


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", f'Words,Tag\n"{TEXT}",2024-02-06\n')
    report = only(list(ingest([path], Options(columns={"text": "Words", "date": "Tag"}))))
    assert report.published == date(2024, 2, 6)


@given(
    content=st.binary(max_size=3000),
    name=st.sampled_from(
        ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.xml", "a.warc", "a.md", "a.parquet", "a.gz", "a"]
    ),
)
def test_junk_never_crashes_and_is_never_lost(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    path = put(tmp_path_factory.mktemp("fuzz"), name, content)
    for item in ingest([path]):
        assert isinstance(item, Report | Copy | Problem)


@given(text=st.text(min_size=1, max_size=400))
def test_cleaning_is_idempotent_and_ids_do_not_see_white_space(text: str) -> None:
    from dragoman.ingest.clean import clean_text, content_id

    once = clean_text(text)
    assert clean_text(once) == once
    assert content_id(once) == content_id(once.replace(" ", "   "))
