"""An ontology file is read as written, or refused with its line and a remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DragomanError, NoSuchPathError
from dragoman.ontology import OntologyFileError, UnknownCodeError, code_under, load_ontology
from dragoman.ontology.tables import read_table

OWN = Path(__file__).with_name("own.toml")


def test_a_users_own_ontology_is_a_file_of_the_same_form():
    own = load_ontology(OWN)
    assert own.type_codes == ("WALKOUT", "WARNING")
    assert own.mode_keys == ("WALKOUT.hunger",)
    good, bad = own.type("walkout").examples
    assert (good.text, good.actors, good.positive) == ("Nurses walked out in Accra.", ((0, 6),), True)
    assert (bad.event_type, bad.positive, bad.why) == ("WARNING", False, "only spoken of")


@pytest.mark.parametrize(
    ("plover", "own"),
    [
        (("PROTEST", "strike", []), ("WALKOUT", None)),
        (("PROTEST", "hunger", []), ("WALKOUT", "hunger")),
        (("PROTEST", "boycott", ["economic"]), ("WALKOUT", None)),
        (("PROTEST", "boycott", []), None),
        (("THREATEN", "restrict", ["economic"]), ("WARNING", None)),
        (("CONSULT", None, []), None),
    ],
)
def test_a_plover_event_falls_under_the_code_that_covers_it(plover, own):
    assert code_under(load_ontology(OWN), *plover) == own


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('quad = 4', 'quad = 7', 8, "'quad' is 7.0. It must be 0, 1, 2, 3 or 4."),
        ("score = -5", "scor = -5", 9, "there is no field 'scor'. Did you mean 'score'?"),
        ("score = -5", "score = -50", 9, "Scores run from -10 to 10."),
        ("score = -5", 'score = "low"', 9, "It must be a number."),
        ("score = -5", "score = true", 9, "It must be a number."),
        ('definition = "Workers stop work."\n', "", 6, "'definition' is missing"),
        ('code = "hunger"', 'code = "hunger strike"', 18, "is not one plain word"),
        ('code = "WARNING"', 'code = "walkout"', 23, "'walkout' is already the name of"),
        ('rather = "WARNING"', 'rather = "WARNNG"', 14, "Did you mean 'WARNING'?"),
        ("{a:Nurses}", "{b:Nurses}", 12, "Write {a:actor} or {r:recipient}."),
        ("PROTEST.hunger", "PROTEST.huner", 20, "Did you mean 'hunger'?"),
        ("boycott+economic", "boycott+econmic", 11, "Did you mean 'economic'?"),
        ('covers = ["THREATEN"]', 'covers = "THREATEN"', 26, "It must be a list of texts"),
        ('name = "strikes"', "name = strikes", 2, "not readable as TOML"),
        ('edition = "1"', "edition = 1", 3, "It must be a text in double quotes."),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_line_and_remedy(tmp_path, old, new, line, says):
    text = OWN.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "mine.toml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(OntologyFileError, match=re.escape(says)) as caught:
        load_ontology(broken)
    assert str(caught.value).startswith(f"mine.toml:{line}: ")


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(NoSuchPathError):
        load_ontology(tmp_path / "none.toml")


def test_modes_may_be_written_inline(tmp_path):
    path = tmp_path / "inline.toml"
    path.write_text(
        'name="x"\nedition="1"\n[[types]]\ncode="A"\nquad=1\ndefinition="d"\nmodes=[{code="m", definition="d"}]\n'
    )
    assert load_ontology(path).mode_keys == ("A.m",)


@given(cut=st.integers(min_value=0, max_value=900), put=st.sampled_from(["", "[", '"', "\0", "[[x]]\n", "é"]))
def test_no_file_crashes_the_loader(tmp_path_factory, cut, put):
    text = OWN.read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("torn") / "torn.toml"
    path.write_text(text[:cut] + put + text[cut + 3 :], encoding="utf-8")
    said = "torn.toml:1: read without complaint"
    try:
        load_ontology(path)
    except DragomanError as error:
        said = str(error)
    assert re.match(r"torn\.toml:[1-9]\d*: ", said)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,c\n1,2\n", "t.csv:1: the header is 'a,c'"),
        ("a,b\n1,2\n3\n", "t.csv:3: 1 cells in a table of 2 columns"),
        ("a,b\n1,2\n\n1,3\n", "t.csv:4: a '1' was already given in line 2"),
        ("", "t.csv:1: the header is ''"),
    ],
)
def test_a_broken_table_is_refused(tmp_path, text, says):
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(OntologyFileError, match=re.escape(says)):
        read_table(path, ("a", "b"), key="a")


def test_a_cell_of_the_wrong_kind_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\nx,maybe\n")
    (row,) = read_table(path, ("a", "b"))
    with pytest.raises(OntologyFileError, match="no number"):
        row.number("a")
    with pytest.raises(OntologyFileError, match="Write yes or no"):
        row.yes("b")
    with pytest.raises(OntologyFileError, match="Did you mean 'maybes'"):
        row.one_of("b", ("maybes",))


def test_an_unknown_code_says_where_and_what_was_meant():
    error = UnknownCodeError("CONSLUT", ontology="plover", known=["CONSULT"], where="accra.yml:14")
    assert str(error) == "accra.yml:14: plover has no code 'CONSLUT'. Did you mean 'CONSULT'?"
