"""The days a recurring rule names."""

from datetime import date

import pytest

from luoshi.documents.occurrences import is_rule, next_occurrence


@pytest.mark.parametrize(
    ("code", "since", "day"),
    [
        ("R:quarterly", date(2026, 1, 1), date(2026, 3, 31)),
        ("R:quarterly*1", date(2026, 3, 31), date(2026, 3, 31)),
        ("R:quarterly", date(2026, 4, 1), date(2026, 6, 30)),
        ("R:monthly@25", date(2026, 2, 25), date(2026, 2, 25)),
        ("R:monthly@25", date(2026, 12, 26), date(2027, 1, 25)),
        ("R:monthly@31", date(2026, 2, 3), date(2026, 2, 28)),
        ("R:monthly", date(2028, 2, 1), date(2028, 2, 29)),
        ("R:bimonthly", date(2026, 11, 1), date(2026, 12, 31)),
        ("R:halfyearly", date(2026, 7, 1), date(2026, 12, 31)),
        ("R:yearly", date(2026, 7, 1), date(2026, 12, 31)),
        ("R:weekly@5", date(2026, 11, 23), date(2026, 11, 27)),
        ("R:weekly", date(2026, 11, 23), date(2026, 11, 29)),
        ("R:daily", date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_the_first_occurrence_that_is_not_over(code: str, since: date, day: date) -> None:
    assert next_occurrence(code, since) == day


@pytest.mark.parametrize("code", ["", "R:quarterly@20", "R:monthly@0", "R:weekly@8", "E:+5wd", "2026-06-30", "R:often"])
def test_codes_that_name_no_day(code: str) -> None:
    assert not is_rule(code)
