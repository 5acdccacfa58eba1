"""A gold file of the wrong form is refused with line and field."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from dragoman.errors import NoSuchPathError
from dragoman.evaluate import articles, relations
from dragoman.evaluate.forms import GoldFormError, rows
from dragoman.evaluate.own import apart
from dragoman.evaluate.records import read as read_records

GOOD = {
    "text": "Kenya thanked Uganda.",
    "source": {"text": "Kenya", "spans": [[0, 5]]},
    "target": {"text": "Uganda", "spans": [[14, 20]]},
    "root": "SUPPORT",
    "penta": 1,
}


def put(folder: Path, *lines: str, name: str = "gold.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (pair,) = relations.read(put(tmp_path, json.dumps(GOOD)))
    assert (pair.root, pair.source, pair.target, pair.penta) == ("SUPPORT", ((0, 5),), ((14, 20),), 1)


def test_retreat_and_concede_are_yield(tmp_path: Path) -> None:
    pairs = relations.read(put(tmp_path, *(json.dumps(GOOD | {"root": r}) for r in ("RETREAT", "CONCEDE", "YIELD"))))
    assert [p.root for p in pairs] == ["YIELD"] * 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("{", "this is not JSON", id="no-json"),
        pytest.param("[]", "not a JSON object", id="no-object"),
        pytest.param(json.dumps({"root": "AID"}), "'text' is missing", id="no-text"),
        pytest.param(json.dumps(GOOD | {"text": 3}), "'text' is int", id="text-is-a-number"),
        pytest.param(json.dumps(GOOD | {"root": "LOVE"}), "no PLOVER type", id="no-such-root"),
        pytest.param(json.dumps(GOOD | {"source": "Kenya"}), "source: is str", id="source-is-text"),
        pytest.param(json.dumps(GOOD | {"source": {"spans": [[0, 99]]}}), "outside the text", id="span-outside"),
        pytest.param(json.dumps(GOOD | {"source": {"spans": [[5, 5]]}}), "outside the text", id="span-empty"),
        pytest.param(json.dumps(GOOD | {"source": {"spans": [["a", 5]]}}), "no [start, end]", id="span-of-letters"),
    ],
)
def test_the_wrong_form_is_refused_with_line_and_field(tmp_path: Path, line: str, message: str) -> None:
    path = put(tmp_path, json.dumps(GOOD), line)
    with pytest.raises(GoldFormError) as caught:
        relations.read(path)
    assert message in str(caught.value)
    assert f"{path}:2:" in str(caught.value)


def test_missing_empty_and_damaged_files(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPathError):
        list(rows(tmp_path / "none.jsonl", form="x", required={}))
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    with pytest.raises(GoldFormError, match="empty"):
        list(rows(empty, form="x", required={}))
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(json.dumps(GOOD).encode() * 100)[:40])
    with pytest.raises(GoldFormError, match="cannot be read"):
        list(rows(cut, form="x", required={}))


def test_petrarch_validation_xml(tmp_path: Path) -> None:
    path = tmp_path / "gold.xml"
    path.write_text(
        """<Sentences><Sentence date="20150101" id="A_1" category="DEMO" evaluate="true"><Text>Israel praised Egypt.</Text>
        <EventCoding eventcode="051" sourcecode="ISRGOV" targetcode="EGY"/></Sentence>
        <Sentence date="20150101" id="A_2"><Text>Nothing.</Text><EventCoding noevents="true"/></Sentence>
        <Sentence date="20150101" id="A_3"><Text>Not scored.</Text></Sentence></Sentences>"""
    )
    first, second = read_records(path)
    assert (first.events[0].code, first.events[0].source, first.events[0].target) == ("051", {"ISR"}, {"EGY"})
    assert second.events == ()


def test_sides_that_overlap_are_set_apart() -> None:
    assert apart(((0, 5),), ((3, 9), (12, 15))) == ((0, 5), (12, 15))
    assert apart((), ((3, 9),)) == (None, (3, 9))


def test_labels_of_police_articles() -> None:
    from tests.conftest import make_mention, make_party

    police = make_party("police", "IND", "COP")
    arrest = make_mention(event_type="COERCE", actors=(police,))
    from dataclasses import replace

    assert articles.police_labels(replace(arrest, mode="arrest")) == {"ARREST", "ANY_ACTION"}
    assert articles.police_labels(replace(arrest, event_type="ASSAULT", base_type="ASSAULT")) == {
        "FORCE",
        "ANY_ACTION",
    }
    assert articles.police_labels(replace(arrest, mode="arrest", status="future")) == set()
    assert articles.police_labels(replace(arrest, status="negated")) == {"FAIL"}
