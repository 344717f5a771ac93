"""Counting over the seeded years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.calendars.rules import Calendar, add_months
from luoshi.calendars.services import add_working_days, calendar_of, is_estimated, is_working_day, working_days_between

ANY_DAY = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday worked for it
        (date(2026, 1, 4), True),  # a Sunday worked for the New Year
        (date(2026, 2, 23), False),  # a Monday of the Spring Festival
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2024, 2, 9), True),  # in 2024 the eve was no day off
        (date(2027, 2, 9), False),  # estimated
        (date(2027, 2, 20), False),  # a Saturday of a year without shifted days yet
        (date(2028, 10, 2), True),  # a Monday beyond the table
    ],
)
def test_working_days_follow_the_published_calendar(db: None, day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_working_days_of_a_published_year_are_as_the_notices_make_them(db: None) -> None:
    """The sums the press prints each November: 2024 has 251 working days, 2025 and 2026 have 248."""
    sums = [working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) for year in (2024, 2025, 2026)]

    assert sums == [251, 248, 248]


def test_counting_skips_the_start_day_and_the_holiday(db: None) -> None:
    assert add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert add_working_days(date(2026, 9, 30), 4) == date(2026, 10, 12)
    assert add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 3)


def test_days_between_are_signed(db: None) -> None:
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert working_days_between(date(2026, 10, 10), date(2026, 9, 30)) == -3
    assert working_days_between(date(2026, 10, 1), date(2026, 10, 7)) == 0
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 23)) == 0


def test_only_years_with_official_days_are_certain(db: None) -> None:
    assert [is_estimated(date(year, 6, 1)) for year in range(2023, 2029)] == [True, False, False, False, True, True]


def test_a_year_nobody_knows_counts_monday_to_friday() -> None:
    bare = Calendar({}, frozenset())

    assert bare.working_days_between(date(2030, 1, 1), date(2030, 1, 31)) == 22
    assert bare.add_working_days(date(2030, 1, 4), 1) == date(2030, 1, 7)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 23), 2, date(2027, 1, 23)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(day: date, count: int, expected: date) -> None:
    assert add_months(day, count) == expected


def test_counting_forth_and_back_agree(db: None) -> None:
    calendar = calendar_of()

    @given(ANY_DAY, st.integers(1, 300))
    def holds(day: date, count: int) -> None:
        end = calendar.add_working_days(day, count)
        assert calendar.is_working_day(end)
        assert calendar.working_days_between(day, end) == count
        assert calendar.working_days_between(end, day) == -count
        back = calendar.add_working_days(end, -count)
        assert back <= day
        assert calendar.end_of_rest(back + timedelta(days=1)) <= end

    holds()


def test_sums_equal_counting_day_by_day(db: None) -> None:
    calendar = calendar_of()

    @given(ANY_DAY, st.integers(0, 500))
    def holds(first: date, length: int) -> None:
        days = (first + timedelta(days=step) for step in range(1, length + 1))
        last = first + timedelta(days=length)
        assert calendar.working_days_between(first, last) == sum(map(calendar.is_working_day, days))

    holds()
