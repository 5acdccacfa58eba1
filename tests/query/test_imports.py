"""Other people's tables come in marked, and what Dragoman exports comes back as it went."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.api import remerge
from dragoman.errors import NoSuchPathError, UsageError
from dragoman.merge import merge
from dragoman.query.export import export
from dragoman.query.imports import MARK, import_file
from dragoman.query.layouts import ICEWS
from dragoman.query.record import Record
from dragoman.records import PlaceRef
from dragoman.store import CodedReport, Writer
from tests.conftest import make_mention, make_party, make_report

PLACE = PlaceRef("Geneva", "CHE", "Geneva", 46.2, 6.15, 2660646, "city")


@pytest.fixture
def original() -> Record:
    """A meeting of two, and an arrest with police for a doer."""
    report = make_report("Seoul and Moscow held talks.")
    seoul, moscow = make_party("South Korea", "KOR"), make_party("Russia", "RUS")
    police = replace(make_party("Police", "FRA", "COP"), actor_id=None)
    workers = replace(make_party("Workers", "FRA", "LAB"), actor_id=None)
    talks = make_mention(report_id=report.id, actors=(seoul, moscow))
    arrest = replace(
        make_mention(report_id=report.id, event_type="COERCE", actors=(police,), recipients=(workers,), trigger=(0, 5), number=1),
        cameo="173", mode="arrest", quad_class=4, plover_score=-7.0, goldstein=-5.0, place=PLACE, contexts=("rights_freedoms",), sentence_index=3,
    )  # fmt: skip
    writer = Writer(":memory:")
    writer.add([CodedReport(report, (talks, arrest))], [], [], coder="x")
    writer.replace_events(merge(writer.mentions()))
    return Record(writer.connection)


def brought_in(path: Path, form: str) -> tuple[Record, int, int]:
    writer = Writer(":memory:")
    count, problems = import_file(writer, path, form)
    remerge(writer)
    return Record(writer.connection), count, len(problems)


IDS = {"icews": {"Event ID", "Story ID", "Sentence Number"}, "polecat": {"Event ID", "Version"}}


@pytest.mark.parametrize("form", ["icews", "polecat"])
def test_what_goes_out_comes_back(original: Record, tmp_path: Path, form: str) -> None:
    export(original, form, tmp_path / "a.txt")
    again, _, problems = brought_in(tmp_path / "a.txt", form)
    assert problems == 0
    export(again, form, tmp_path / "b.txt")

    def rows(name: str) -> list[dict[str, str]]:
        with (tmp_path / name).open() as file:
            found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return sorted(({k: v for k, v in row.items() if k not in IDS[form]} for row in found), key=str)

    if form == "icews":
        assert rows("b.txt") == rows("a.txt")
    else:  # POLECAT has one actor a row, so that a meeting comes back as an act of the first towards the second
        assert [r["Event Type"] for r in rows("b.txt")] == [r["Event Type"] for r in rows("a.txt")]
        assert [r for r in rows("b.txt") if r["Event Type"] == "COERCE"] == [
            r for r in rows("a.txt") if r["Event Type"] == "COERCE"
        ]


def test_gdelt_comes_back_with_its_codes(original: Record, tmp_path: Path) -> None:
    export(original, "gdelt", tmp_path / "a.export.CSV")
    again, count, problems = brought_in(tmp_path / "a.export.CSV", "gdelt")
    assert (count, problems) == (2, 0)
    found = {e["cameo"]: e for e in again.events().rows()}
    assert set(found) == {"046", "173"}
    assert (found["173"]["actors"][0]["country"], found["173"]["actors"][0]["sectors"]) == ("FRA", ["COP"])
    assert (found["173"]["event_type"], found["173"]["mode"], found["173"]["place"]["country"]) == (
        "COERCE",
        "arrest",
        "CHE",
    )


@pytest.mark.parametrize("form", ["icews", "gdelt", "polecat"])
def test_imported_events_say_so_and_stay_apart(original: Record, tmp_path: Path, form: str) -> None:
    export(original, form, tmp_path / "a.txt")
    again, count, _ = brought_in(tmp_path / "a.txt", form)
    events = list(again.events().rows())
    assert len(events) == count == 2
    for event in events:
        (mention,) = event["mentions"]
        assert mention["trail"][0]["because"] == MARK
        assert mention["sentence"] == ""
        assert mention["spans"] == {}


@pytest.mark.parametrize("bad", ["2018-13-01", "NA", "tomorrow"])
def test_a_broken_row_is_a_problem_and_the_rest_is_read(tmp_path: Path, bad: str) -> None:
    cells = dict.fromkeys(ICEWS, "NA") | {
        "Event ID": "1",
        "CAMEO Code": "042",
        "Source Name": "Kenya",
        "Source Country": "Kenya",
    }
    path = tmp_path / "events.tab"
    lines = ["\t".join(ICEWS), *("\t".join((cells | {"Event Date": day}).values()) for day in (bad, "2018-06-01"))]
    path.write_bytes("\n".join(lines).encode("latin-1"))
    again, count, problems = brought_in(path, "icews")
    assert (count, problems) == (1, 1)
    (event,) = again.events().rows()
    assert (event["actors"][0]["country"], event["date_start"]) == ("KEN", "2018-06-01")


def test_plain_statements_are_left_out_in_words(tmp_path: Path) -> None:
    cells = dict.fromkeys(ICEWS, "NA") | {"Event ID": "1", "Event Date": "2018-06-01", "CAMEO Code": "010"}
    path = tmp_path / "events.tab"
    path.write_text("\t".join(ICEWS) + "\n" + "\t".join(cells.values()) + "\n")
    again, count, _ = brought_in(path, "icews")
    (problem,) = again.problems()
    assert count == 0
    assert "plain statement" in problem.reason


def test_misuse_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="icews"):
        import_file(Writer(":memory:"), tmp_path, "acled")
    with pytest.raises(NoSuchPathError):
        import_file(Writer(":memory:"), tmp_path / "none.tab", "icews")


CODED = """<Sentences>
<Sentence date="20150103" id="LAKE_1" source="LW" category="DEMO" evaluate="true"><Text>Kenya thanked Uganda.</Text>
<EventCoding eventcode="051" sourcecode="KENGOV" targetcode="UGA"/></Sentence>
<Sentence date="20150104" id="LAKE_2"><Text>Two at once.</Text>
<EventCoding eventcode="042" sourcecode="KEN" targetcode="UGA"/><EventCoding eventcode="043" sourcecode="UGA" targetcode="---"/></Sentence>
<Sentence date="20150105" id="LAKE_3"><Text>Rain fell.</Text><EventCoding noevents="True"/></Sentence>
<Sentence date="20150105" id="LAKE_4"><Text>No such code.</Text><EventCoding eventcode="999" sourcecode="KEN" targetcode="UGA"/></Sentence>
<Sentence id="LAKE_5"><Text>No day.</Text><EventCoding eventcode="051" sourcecode="KEN" targetcode="UGA"/></Sentence>
</Sentences>"""


def test_codings_of_petrarch_xml_come_in_marked(tmp_path: Path) -> None:
    path = tmp_path / "gold.xml"
    path.write_text(CODED, "utf-8")
    writer = Writer(":memory:")
    count, problems = import_file(writer, path, "petrarch")
    found = sorted(writer.mentions(), key=lambda m: (str(m.date_start), m.cameo or ""))
    assert (count, [p.locator for p in problems]) == (3, ["row 4", "row 5"])
    sides = [([p.country for p in m.actors], [p.country for p in m.recipients]) for m in found]
    assert [m.cameo for m in found] == ["051", "042", "043"]
    assert sides == [(["KEN"], ["UGA"]), (["KEN"], ["UGA"]), (["UGA"], [])]
    assert found[0].actors[0].sectors == ("GOV",)
    assert {str(m.date_start) for m in found} == {"2015-01-03", "2015-01-04"}
    assert all(m.trail[0].because == MARK and m.sentence == "" for m in found)
    assert import_file(Writer(":memory:"), path, "petrarch")[0] == 3


def test_petrarch_codings_go_out_and_come_back(tmp_path: Path) -> None:
    """XML in, the ICEWS and GDELT tables out and in again: codes, days and countries are the same."""
    path = tmp_path / "gold.xml"
    path.write_text(CODED, "utf-8")
    first, _, _ = brought_in(path, "petrarch")
    wanted = told(first)
    assert len(wanted) == 3
    for form in ("icews", "gdelt"):
        export(first, form, tmp_path / form)
        again, _, problems = brought_in(tmp_path / form, form)
        assert (told(again), problems) == (wanted, 0)


def told(record: Record) -> set[tuple[object, ...]]:
    """Code, day and countries of every event."""
    return {
        (e["cameo"], str(e["date_start"]), *(tuple(p["country"] for p in e[side]) for side in ("actors", "recipients")))
        for e in record.events().rows()
    }


def test_xml_that_is_broken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.xml"
    path.write_text("<Sentences><Sentence>", "utf-8")
    with pytest.raises(UsageError, match="not well-formed"):
        import_file(Writer(":memory:"), path, "petrarch")
