"""Three hundred copies of one agency's story are one account."""

from __future__ import annotations

import random
from datetime import date

import pytest

from dragoman.ingest.repeats import Text, accounts, credit, shared, shingles

STORY = (
    "The foreign ministers of the two countries met in the border town on Tuesday and agreed to reopen the bridge that has been shut since spring. "
    "Trucks with grain are to cross first, followed by families who have waited for months on the eastern bank of the river. "
    "The ministry said that customs officers of both sides would share one building. An opposition deputy called the accord a photograph without a camera. "
    "Prices for flour in the town fell by a tenth in the evening, traders at the market said, and two bakeries stayed open after dark."
)
OTHER = (
    "A court in the capital sentenced four officers to prison on Wednesday over the sale of fuel from an army depot, in a case that ran for three years. "
    "The judge read for two hours and said that the ledgers had been kept in pencil. Lawyers of the officers will appeal. "
    "The army has changed the locks of the depot and put a colonel from another province in charge of the pumps, a spokesman said."
)


def told(name: str, text: str, source: str | None = None, day: int = 2) -> Text:
    return Text(name, text, source, date(2024, 3, day))


def test_a_rehosted_story_is_one_account() -> None:
    cut = "What we know. " + ". ".join(STORY.split(". ")[:4]) + ". Read more on our site."
    found = accounts([told("a", STORY, "Agency"), told("b", cut, "Paper", day=3), told("c", OTHER, "Radio")])
    assert found == {"a": "agency", "b": "agency", "c": "radio"}


def test_the_original_names_the_account_whatever_the_order() -> None:
    reports = [told(f"r{n}", STORY + f" Edition {n}.", f"Paper {n}", day=9 - n) for n in range(6)]
    random.Random(1).shuffle(reports)
    assert set(accounts(reports).values()) == {"paper 5"}


def test_two_stories_of_one_publisher_are_one_account() -> None:
    assert len(set(accounts([told("a", STORY, "Agency"), told("b", OTHER, "agency")]).values())) == 1


def test_without_a_publisher_each_text_speaks_for_itself() -> None:
    assert accounts([told("a", STORY), told("b", OTHER)]) == {"a": "a", "b": "b"}


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("KYIV, March 3 (Reuters) - Ukraine said on Sunday", "Reuters"),
        ("Москва (Interfax) — The ministry", "Interfax"),
        ("The treaty (signed in 1992) - long forgotten - is back", None),
        ("", None),
    ],
)
def test_a_dateline_credits_an_agency(text: str, agency: str | None) -> None:
    assert credit(text) == agency


@pytest.mark.parametrize("text", ["", "One.", "Four words stand here"])
def test_short_texts_have_one_run(text: str) -> None:
    assert len(shingles(text)) == 1


def test_a_quotation_is_no_copy() -> None:
    quoting = OTHER + " " + STORY.split(". ")[0] + "."
    assert shared(shingles(STORY), shingles(quoting)) < 0.4
