"""Cutting text: tables of cases, and laws that hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.sentences import cut, dateline_end, respell, splits_at_hyphens


def sentences(text: str) -> list[str]:
    return [text[c.start : c.end] for c in cut(text)]


def words(text: str) -> list[str]:
    return [text[a:b] for c in cut(text) for a, b in c.words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He met Mr. Putin. She left.", ["He met Mr. Putin.", "She left."], id="title"),
        pytest.param("The U.S. President spoke.", ["The U.S. President spoke."], id="acronym-goes-on"),
        pytest.param(
            "He is in the U.S. The visit ended.", ["He is in the U.S.", "The visit ended."], id="acronym-ends"
        ),
        pytest.param("J. K. Smith met Gen. Li.", ["J. K. Smith met Gen. Li."], id="initials"),
        pytest.param('"We refuse." He left.', ['"We refuse."', "He left."], id="quote"),
        pytest.param('"Why?" he asked. No answer.', ['"Why?" he asked.', "No answer."], id="question-in-quote"),
        pytest.param("Talks on Feb. 3 failed.", ["Talks on Feb. 3 failed."], id="month"),
        pytest.param("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."], id="decimal"),
        pytest.param("Talks fail\n\nThe talks failed.", ["Talks fail", "The talks failed."], id="heading"),
        pytest.param(
            "The ministers of the two countries met on Friday\nand agreed to meet again.",
            ["The ministers of the two countries met on Friday\nand agreed to meet again."],
            id="wrapped-line",
        ),
        pytest.param("  \n ", [], id="blank"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("South Korea's envoy", ["South", "Korea", "'s", "envoy"], id="possessive"),
        pytest.param("He doesn't agree.", ["He", "does", "n't", "agree", "."], id="negation"),
        pytest.param("Chung Byung-won met", ["Chung", "Byung-won", "met"], id="hyphenated-name"),
        pytest.param("Iran-backed rebels", ["Iran", "-", "backed", "rebels"], id="state-in-adjective"),
        pytest.param("US-led forces", ["US", "-", "led", "forces"], id="capitals"),
        pytest.param("the Asia-Pacific area", ["the", "Asia", "-", "Pacific", "area"], id="two-names"),
        pytest.param("an S-400 and F-16s", ["an", "S-400", "and", "F-16s"], id="weapons"),
        pytest.param("paid $3.5bn (50%)", ["paid", "$", "3.5", "bn", "(", "50", "%", ")"], id="money"),
        pytest.param("at 5 p.m. on Friday.", ["at", "5", "p.m.", "on", "Friday", "."], id="clock"),
        pytest.param("see www.un.org/en today", ["see", "www.un.org/en", "today"], id="address"),
        pytest.param("pre-war and co-operate", ["pre-war", "and", "co-operate"], id="prefix"),
        pytest.param("2024-02-03", ["2024-02-03"], id="date"),
        pytest.param("the ministers' talks", ["the", "ministers", "'", "talks"], id="plural-possessive"),
    ],
)
def test_a_sentence_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=300))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    covered = set()
    last = 0
    for sentence in cut(text):
        for start, end in sentence.words:
            assert sentence.start <= start < end <= sentence.end
            assert start >= last
            assert not text[start:end].isspace()
            last = end
            covered.update(range(start, end))
    assert all(character.isspace() for i, character in enumerate(text) if i not in covered)


def test_respelling_keeps_track_of_the_old_tokens() -> None:
    assert respell(["Iran-backed", "Jong-un", "--"]) == (
        ["Iran", "-", "backed", "Jong-un", "--"],
        [(0, 3), (3, 4), (4, 5)],
    )


def test_names_are_not_split_at_hyphens() -> None:
    assert not any(map(splits_at_hyphens, ("Byung-won", "Jong-un", "Jae-yong", "Ki-moon", "F-16", "ex-president")))


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("ISLAMABAD, Feb 28: The army left.", "The army"),
        ("LA PAZ, Bolivia - The army left.", "The army"),
        ("ISLAMABAD, 28 Feb 2019 (Agency): The army left.", "The army"),
        ("THE HAGUE: The court sat.", "THE HAGUE"),
        ("TAPPER: Well, the army left.", "TAPPER"),
    ],
)
def test_a_dateline_may_end_in_a_colon(text: str, begins: str) -> None:
    assert text[dateline_end(text, 0, len(text)) :].startswith(begins)
