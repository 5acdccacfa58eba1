"""The record keeps what it was given, once, and a second writer is turned away in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import NoSuchEventError, NotARecordError, RecordBusyError, RecordVersionError, UsageError
from dragoman.records import Event, Origin, Problem
from dragoman.records.codec import event_from_json, event_to_json, mention_from_json, mention_to_json
from dragoman.store import CodedReport, Reader, Writer, connect, put_by
from tests.conftest import make_mention, make_report


def event_of(number: int = 1) -> Event:
    mention = make_mention(report_id=make_report("A text.").id)
    return Event(
        f"e{number}", "CONSULT", "CONSULT", None, ("diplomatic",), "046", 1, 2.5, 7.0, "actual", mention.actors, (), mention.date_start,
        mention.date_end, "day", None, (), (), (), 0.8, mention.published, 1, 1, 1, 1, (), (mention,), (("m", "the same words"),),
    )  # fmt: skip


def test_records_survive_the_round_trip() -> None:
    event = event_of()
    assert event_from_json(event_to_json(event)) == event
    assert mention_from_json(mention_to_json(event.mentions[0])) == event.mentions[0]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    report = make_report("A text.")
    with Writer(path) as writer:
        coded = CodedReport(report, (make_mention(report_id=report.id),))
        writer.add(
            [coded], [(report.id, Origin("b.txt"))], [Problem("c.txt", "", "empty", "nothing", "none")], coder="x"
        )
        assert writer.needs_merge()
        assert [m.report_id for m in writer.mentions()] == [report.id]
        assert writer.replace_events([event_of()]) == 1
        assert not writer.needs_merge()
        assert writer.coded([report, make_report("Another.")], "x") == {report.id: 1}
    with Reader(path) as reader:
        assert next(reader.events()) == event_of()
        assert reader.counts() == {
            "reports": 1,
            "origins": 2,
            "problems": 1,
            "event_mentions": 1,
            "events": 1,
            "runs": 0,
        }
        assert reader.event_json("e")["cameo"] == "046"


def test_writing_again_adds_nothing(tmp_path: Path) -> None:
    report = make_report("A text.")
    with Writer(tmp_path / "r.duckdb") as writer:
        for _ in range(3):
            writer.add(
                [CodedReport(report, (make_mention(report_id=report.id),))],
                [],
                [Problem("c", "", "k", "r", "m")],
                coder="x",
            )
            writer.replace_events([event_of()])
        assert Reader(writer.connection).counts() == {
            "reports": 1,
            "origins": 1,
            "problems": 1,
            "event_mentions": 1,
            "events": 1,
            "runs": 0,
        }


def test_a_failed_chunk_leaves_nothing(tmp_path: Path) -> None:
    report = make_report("A text.")
    mention = make_mention(report_id=report.id)
    with Writer(tmp_path / "r.duckdb") as writer:
        with pytest.raises(duckdb.Error):  # the same key twice in one chunk
            writer.add([CodedReport(report, (mention, mention))], [], [], coder="x")
        assert set(Reader(writer.connection).counts().values()) == {0}


def test_a_second_writer_gets_a_clear_message(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    with Writer(path):
        script = f"from dragoman.store import Writer; Writer({str(path)!r})"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert RecordBusyError.__name__ in done.stderr
    assert "Nothing was changed" in done.stderr


def test_files_that_are_no_records_are_refused(tmp_path: Path) -> None:
    junk = tmp_path / "junk.duckdb"
    junk.write_bytes(b"not a database" * 100)
    with pytest.raises(NotARecordError, match="not a Dragoman record"):
        connect(junk)
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as db:
        db.execute("CREATE TABLE t (x INT)")
    with pytest.raises(NotARecordError, match="other tables"):
        connect(other)


def test_a_record_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    Writer(path).close()
    with duckdb.connect(str(path)) as db:
        db.execute("INSERT INTO dragoman_schema VALUES (9999)")
    with pytest.raises(RecordVersionError, match="9999"):
        connect(path)


def test_event_ids_may_be_shortened_but_not_guessed(tmp_path: Path) -> None:
    report = make_report("A text.")
    with Writer(tmp_path / "r.duckdb") as writer:
        writer.add([CodedReport(report, (make_mention(report_id=report.id),))], [], [], coder="x")
        writer.replace_events([event_of(1)])
        reader = Reader(writer.connection)
        assert reader.event_json("e1")["event_id"] == "e1"
        with pytest.raises(NoSuchEventError, match="no event has this id"):
            reader.event_json("zzz")


@pytest.mark.parametrize(
    "sql",
    ["SELECT * FROM read_csv('/etc/passwd')", "DROP TABLE events", "SELECT 1; SELECT 2", "COPY events TO '/tmp/x.csv'", "INSTALL httpfs",
     "ATTACH '/tmp/x.duckdb'", "SET enable_external_access=true", "SELEC 1", "INSERT INTO events SELECT * FROM events"],
)  # fmt: skip
def test_queries_cannot_write_or_reach_files(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "r.duckdb"
    Writer(path).close()
    with Reader(path) as reader, pytest.raises(UsageError):
        list(reader.query(sql)[1])


def test_a_query_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    Writer(path).close()
    with Reader(path) as reader:
        names, rows = reader.query("SELECT count(*) AS n FROM events")
        assert (names, list(rows)) == (["n"], [(0,)])


def test_a_record_of_an_older_version_is_brought_up_to_date_on_reading(tmp_path: Path) -> None:
    from dragoman.store.connect import migrations, schema_version

    (number, sql), *_ = migrations()
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute("CREATE TABLE dragoman_schema (version INTEGER PRIMARY KEY)")
        db.execute(sql)
        db.execute("INSERT INTO dragoman_schema VALUES (?)", [number])
    with Reader(path) as reader:
        assert schema_version(reader.db) == migrations()[-1][0]
        assert reader.counts()["reports"] == 0


def test_memory_is_given_back_meanwhile_and_the_limit_restored() -> None:
    def limit() -> str:
        return str(db.sql("SELECT current_setting('memory_limit')").fetchall()[0][0])

    with connect(":memory:") as db:
        usual = limit()
        with put_by(db):
            assert limit() != usual
            assert db.sql("SELECT count(*) FROM event_mentions").fetchall() == [(0,)]
        assert limit() == usual
