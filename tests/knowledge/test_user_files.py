"""A user's knowledge files add to what ships and override it, and can never break it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.resolve.knowledge import load_knowledge
from dragoman.resolve.tables import TABLES, KnowledgeFileError, read_table

PARTIES = "id\tname\ttype\tcountry\tsectors\taliases\n"
PEOPLE = "id\tname\taliases\tcountry\toffice\tbody\tfrom\tto\n"


def folder(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / f"{name}.tsv").write_text(text, encoding="utf-8")
    return root


def test_a_row_adds_and_a_row_of_a_known_key_replaces(tmp_path: Path) -> None:
    own = folder(
        tmp_path,
        parties=PARTIES + "moon-party\tMoon Party\tparty\tFRA\tPTY\tLunatics\n"
        "likud\tLikud Reborn\tparty\tISR\tPTY;GOV\t\n",
    )
    known = load_knowledge([own])
    assert {hit.id for hit in known.lookup("Lunatics")} == {"moon-party"}
    assert known.bodies["likud"].name == "Likud Reborn"
    assert load_knowledge().bodies["likud"].name == "Likud"


def test_a_new_minister_holds_the_office(tmp_path: Path) -> None:
    own = folder(tmp_path, people=PEOPLE + "jane-doe\tJane Doe\tDoe\tTUV\tdefence_minister\t\t2024\t\n")
    assert [s.person for s in load_knowledge([own]).holders("defence_minister", "TUV")] == ["jane-doe"]


def test_words_and_ways_of_governing_are_added(tmp_path: Path) -> None:
    own = folder(
        tmp_path,
        governance="country\tled_by\tparts\nITA\thead_of_state\tstates\nFRA\t\t\n",
        regions="name\tkind\tregion\nTransoxiana\tname\t\nTransoxianan\tadjective\tCentral Asia\n",
        division_abbreviations="division\tabbreviations\nBavaria\tBav.;B.Y.\n",
        party_words="word\nLunar\n",
        not_places="word\nMoonlight\n",
        place_words="word\tkind\nyonder\tdirection\nparish\tdivision\n",
        place_kinds="kind\tprecision\nfjord\tsea\n",
    )
    known, shipped = load_knowledge([own]), load_knowledge()
    assert known.federal == shipped.federal | {"ITA"}
    assert known.led_by_head_of_state == (shipped.led_by_head_of_state | {"ITA"}) - {"FRA"}
    assert known.regions - shipped.regions == {"transoxiana"}
    assert known.region_adjectives["transoxianan"] == "Central Asia"
    assert known.division_abbreviations["by"] == known.division_abbreviations["bav"] == "Bavaria"
    assert known.party_words - shipped.party_words == {"lunar"}
    assert known.not_places - shipped.not_places == {"Moonlight"}
    assert known.directions - shipped.directions == {"yonder"}
    assert known.division_words - shipped.division_words == {"parish"}
    assert known.place_kinds["fjord"] == "sea"


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("parties", PARTIES + "x\tX\tparty\tFRA\tPTYY\t\n", "parties.tsv:2: sectors: 'PTYY'"),
        ("parties", PARTIES + "X Y\tX\tparty\tFRA\tPTY\t\n", "parties.tsv:2: id:"),
        ("parties", PARTIES + "x\tX\tparty\tFRX\tPTY\t\n", "country 'FRX' is not known"),
        ("parties", PARTIES + "x\t\tparty\tFRA\tPTY\t\n", "'name' is empty"),
        ("parties", PARTIES + "x\tX\tparty\tFRA\tPTY\ta\tb\tc\td\n", "cells where the header"),
        ("parties", PARTIES + "x\tX\tp\tFRA\tPTY\t\nx\tX\tp\tFRA\tPTY\t\n", "repeats parties.tsv:2"),
        ("parties", "id\tname\tkind\n", "unknown column 'kind'"),
        ("people", PEOPLE + "a-b\tA B\t\tFRA\tforeign_ministr\t\t2020\t\n", "Did you mean 'foreign_minister'?"),
        ("people", PEOPLE + "a-b\tA B\t\tFRA\tpresident\t\t2020-13\t\n", "is not a date"),
        ("people", PEOPLE + "a-b\tA B\t\tFRA\tpresident\t\t2021\t2020\n", "is after 'to'"),
        ("people", PEOPLE + "a-b\tA B\t\tFRA\tleader\tno-such\t\t\n", "body 'no-such'"),
        ("partys", PARTIES, "Did you mean 'parties'?"),
        ("governance", "country\tled_by\nFRA\thead_of_stat\n", "did you mean 'head_of_state'?"),
        ("governance", "country\tled_by\nFRX\thead_of_state\n", "country 'FRX' is not known"),
    ],
)
def test_an_error_names_file_line_and_remedy(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    with pytest.raises(KnowledgeFileError) as refusal:
        load_knowledge([folder(tmp_path, **{name: text})])
    assert complaint in str(refusal.value)
    assert refusal.value.remedy
    assert load_knowledge().lookup("Likud")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "parties.tsv").write_bytes(b"\xff\xfe\x00id")
    with pytest.raises(KnowledgeFileError, match="UTF-8"):
        load_knowledge([tmp_path])


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "parties.tsv"
    path.write_text(PARTIES + text, encoding="utf-8", errors="replace", newline="")
    refused = False
    try:
        rows = list(read_table(path, TABLES["parties"]))
    except KnowledgeFileError as refusal:
        refused = refusal.line >= 1
        rows = []
    assert refused or all(row["id"] and row["name"] for row in rows)
