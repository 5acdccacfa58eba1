"""When: expressions to days, read from publication and from the story."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.resolve.times import find_times, interval_of, when_of
from tests.resolve.building import reading_of

THURSDAY = date(2024, 3, 7)


@pytest.mark.parametrize(("text", "value"), [
    ("They met on Tuesday.", "2024-03-05"),
    ("They met on Thursday.", "2024-03-07"),
    ("They met last month.", "2024-02"),
    ("They met on 8 February 2018.", "2018-02-08"),
    ("They met two weeks ago.", "2024-02-22"),
    ("They met in the first week of February.", "2024-02-01/2024-02-07"),
    ("They met over the weekend.", "2024-W09-WE"),
    ("They met in the third quarter of 2019.", "2019-Q3"),
    ("A meeting is set for Monday.", "2024-03-11"),
    ("It was put off to June.", "2024-06"),
    ("They met last September.", "2023-09"),
    ("They met from 3 to 5 March 2022.", "2022-03-03/2022-03-05"),
    ("They met in the 1990s.", "199"),
])  # fmt: skip
def test_a_phrase_is_dated(text: str, value: str) -> None:
    found = find_times(reading_of(text, published=THURSDAY), THURSDAY)
    assert [f.value for f in found] == [value]


@pytest.mark.parametrize("text", [
    "Theresa May met Sun Myung Moon.", "He sat down for a second round.", "Resolution 1244 said so.", "They may march.", "Every Monday they meet.", "March on, he said.",
])  # fmt: skip
def test_no_date_is_found_where_there_is_none(text: str) -> None:
    assert find_times(reading_of(text, published=THURSDAY), THURSDAY) == []


def test_the_next_day_counts_from_the_story() -> None:
    reading = reading_of("They met on 4 October 2007.", "The next day they signed.", published=THURSDAY)
    assert [f.value for f in find_times(reading, THURSDAY)] == ["2007-10-04", "2007-10-05"]


def test_without_a_publication_day_nothing_is_guessed() -> None:
    (found,) = find_times(reading_of("They met on Tuesday.", published=None), None)
    assert found.value is None
    assert when_of(found) is None


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    low, high = interval_of(text)
    assert low is None or high is None or low <= high or "/" in text


@pytest.mark.parametrize("phrase", [
    "over the past 300 decades", "over the last thirty centuries", "999 decades ago", "999 years ago", "the day before", "the previous century", "tomorrow", "next year", "within 999 quarters' time",
])  # fmt: skip
@pytest.mark.parametrize("published", [date.min, THURSDAY, date.max], ids=str)
def test_days_beyond_the_calendar_have_no_value(phrase: str, published: date) -> None:
    for found in find_times(reading_of(f"They met {phrase}.", published=published), published):
        low, high = interval_of(found.value)
        assert (low is None) == (high is None)
        assert found.value is None or not found.value.startswith("-")
