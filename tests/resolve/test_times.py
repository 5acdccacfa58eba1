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
    ("They met on no 2014 paper.", "2014"),
    ("It was put off to June.", "2024-06"),
    ("They met last September.", "2023-09"),
    ("They met from 3 to 5 March 2022.", "2022-03-03/2022-03-05"),
    ("They met in the 1990s.", "199"),
])  # fmt: skip
def test_a_phrase_is_dated(text: str, value: str) -> None:
    found = find_times(reading_of(text, published=THURSDAY), THURSDAY)
    assert [f.value for f in found] == [value]


@pytest.mark.parametrize(("published", "text", "value"), [
    pytest.param(date(2024, 2, 14), "They met last September.", "2023-09", id="last-september-in-february"),
    pytest.param(date(2024, 12, 3), "They met last September.", "2024-09", id="last-september-in-december"),
    pytest.param(date(2024, 2, 14), "They met last February.", "2023-02", id="last-february-in-february"),
    pytest.param(THURSDAY, "They met on Wednesday night.", "2024-03-06", id="wednesday-night"),
    pytest.param(THURSDAY, "They met last Wednesday.", "2024-03-06", id="last-wednesday"),
    pytest.param(date(2024, 3, 6), "They met last Wednesday.", "2024-02-28", id="last-wednesday-on-wednesday"),
    pytest.param(THURSDAY, "They met earlier this week.", "2024-W10", id="earlier-this-week"),
    pytest.param(THURSDAY, "They met the day before yesterday.", "2024-03-05", id="day-before-yesterday"),
    pytest.param(THURSDAY, "They met in 2018.", "2018", id="a-year"),
    pytest.param(THURSDAY, "They met on the eve of Thursday's summit.", "2024-03-06", id="eve-of-a-weekday"),
    pytest.param(THURSDAY, "They met on the eve of 9 May.", "2023-05-08", id="eve-of-a-day"),
    pytest.param(THURSDAY, "They met on 1 Ramadan 1445 (11 March 2024).", "2024-03-11", id="hijri-beside-gregorian"),
    pytest.param(THURSDAY, "They met in the Iranian year 1402, in March 2023.", "2023-03", id="iranian-beside-gregorian"),
    pytest.param(THURSDAY, "They met in fiscal 2023 (April 2023 to March 2024).", "2023-04", id="fiscal-beside-gregorian"),
    pytest.param(THURSDAY, "They met at the end of 2019.", "2019-12", id="end-of-a-year"),
    pytest.param(THURSDAY, "They met in mid-January.", "2024-01-11/2024-01-20", id="middle-of-a-month"),
    pytest.param(THURSDAY, "They met during the 1999 war.", "1999", id="year-of-a-war"),
    pytest.param(THURSDAY, "They met on the twelfth of June.", "2023-06-12", id="day-in-words"),
    pytest.param(THURSDAY, "They met a fortnight ago.", "2024-02-22", id="a-fortnight-ago"),
    pytest.param(THURSDAY, "They met over the past five years.", "2019/2024", id="no-finer-than-the-words"),
    pytest.param(THURSDAY, "They met in the first half of 2022.", "2022-H1", id="half-year"),
    pytest.param(THURSDAY, "They met last summer.", "2023-SU", id="last-summer"),
    pytest.param(THURSDAY, "They met between 1990 and 1995.", "1990", id="two-years-are-two-dates"),
    pytest.param(THURSDAY, "They met in the 1930’s.", "193", id="decade-with-apostrophe"),
    pytest.param(THURSDAY, "They met on Christmas Day.", "2023-12-25", id="feast"),
    pytest.param(THURSDAY, "They met in the second week of February.", "2024-02-08/2024-02-14", id="week-of-a-month"),
])  # fmt: skip
def test_the_first_date_of_a_text(published: date, text: str, value: str) -> None:
    found = [f.value for f in find_times(reading_of(text, published=published), published) if when_of(f)]
    assert (found[0] if found else None) == value


@pytest.mark.parametrize("text", ["They met in fiscal 2023.", "They met on 12 Rajab 1445.", "They met in 1402 AH."])
def test_a_year_of_another_calendar_gives_no_days(text: str) -> None:
    assert all(when_of(f) is None for f in find_times(reading_of(text, published=THURSDAY), THURSDAY))


@pytest.mark.parametrize("text", [
    "Theresa May met Sun Myung Moon.", "He sat down for a second round.", "Resolution 1244 said so.", "Resolution 1973 said so.", "They may march.", "Every Monday they meet.", "March on, he said.",
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
