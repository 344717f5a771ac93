"""From the code of a deadline to its day."""

from datetime import date

import pytest

from luoshi.calendars.rules import Resolved
from luoshi.calendars.services import resolve

BASE = date(2026, 9, 24)  # a Thursday before Mid-Autumn


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2026-10-01", date(2026, 10, 1)),  # a fixed day stays on the holiday
        ("2026-10-01/2026-10-31", date(2026, 10, 31)),
        ("E:+5wd", date(2026, 10, 9)),
        ("E:+4d", date(2026, 9, 28)),
        ("E:+1m", date(2026, 10, 26)),  # the 24th is a Saturday
    ],
)
def test_codes_that_name_a_day(db: None, code: str, day: date) -> None:
    found = resolve(code, base=BASE)

    assert found is not None
    assert found.day == day


def test_a_limit_ending_in_a_holiday_moves_to_the_day_after_it(db: None) -> None:
    assert resolve("E:+7d", base=BASE) == Resolved(date(2026, 10, 8), False, date(2026, 10, 1))
    assert resolve("E:+1d", base=BASE) == Resolved(date(2026, 9, 28), False, date(2026, 9, 25))


def test_a_limit_ending_on_a_weekend_moves_but_not_off_a_shifted_working_day(db: None) -> None:
    assert resolve("E:+2d", base=date(2026, 11, 19)) == Resolved(date(2026, 11, 23), False, date(2026, 11, 21))
    assert resolve("E:+16d", base=BASE) == Resolved(date(2026, 10, 10), False)


def test_a_limit_into_an_unpublished_year_is_provisional(db: None) -> None:
    assert resolve("E:+5wd", base=date(2026, 12, 28)) == Resolved(date(2027, 1, 5), True)
    assert resolve("E:+60d", base=date(2026, 11, 23)) == Resolved(date(2027, 1, 22), True)
    assert resolve("2027-12-31", base=BASE) == Resolved(date(2027, 12, 31), False)


@pytest.mark.parametrize(
    "code",
    [
        "E:+24h", "E:汛期前", "E:", "R:monthly@25", "R:weekly*1@5", "N:immediate", "N:longterm", "none", "",
        "2026-02-30", "2026-12", "E:+99999d", "E:+9999y", "2026-12-31|2027-01-01", "２０２６-12-31",
    ],
)  # fmt: skip
def test_codes_that_a_person_has_to_decide(db: None, code: str) -> None:
    assert resolve(code, base=BASE) is None
