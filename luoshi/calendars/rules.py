"""Counting days: pure rules over a set of exceptional days."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

SATURDAY = 5
ONE_DAY = timedelta(days=1)
LIMIT = re.compile(r"E:\+(?P<count>\d{1,4})(?P<unit>wd|d|w|m|y)")
DAYS_IN_UNIT = {"d": 1, "w": 7}
MONTHS_IN_UNIT = {"m": 1, "y": 12}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The day a deadline code means. `estimated`: it was counted over a year that is not yet published.

    `moved_from` is the day counted at first, when that was a rest day and the limit moved on.
    """

    day: date
    estimated: bool
    moved_from: date | None = None


class Calendar:
    """The days of one tenant: exceptions over Monday to Friday, and the years that are official."""

    def __init__(self, exceptions: Mapping[date, bool], official_years: frozenset[int]) -> None:
        """`exceptions` maps a day to whether people work on it."""
        self._exceptions = dict(exceptions)
        self._official_years = official_years
        changing = sorted(day for day, works in exceptions.items() if works != (day.weekday() < SATURDAY))
        self._changing = changing
        self._gained = [0, *accumulate(1 if exceptions[day] else -1 for day in changing)]

    def is_working_day(self, day: date) -> bool:
        works = self._exceptions.get(day)
        return day.weekday() < SATURDAY if works is None else works

    def is_estimated(self, day: date) -> bool:
        """Whether the day lies in a year without official days."""
        return day.year not in self._official_years

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it when negative); `day` itself is not counted."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _turn in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; the same with a minus when `last` is earlier."""
        return self._working_days_until(last) - self._working_days_until(first)

    def end_of_rest(self, day: date) -> date:
        """The first day on or after `day` that is no rest day."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def resolve(self, code: str, *, base: date) -> Resolved | None:
        """The day of a deadline code, counted from `base`; None when the code names no day or asks for an event.

        A fixed day stays where it is. A limit counted in working days ends on one anyway. A limit in
        days, weeks, months or years whose last day is a rest day ends on the day after the rest (Civil
        Code 201-203; 法定休假日 includes the weekly rest days and follows the shifted ones).
        """
        fixed = code.rpartition("/")[2]
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", fixed, re.ASCII):
            return _fixed_day(fixed)
        limit = LIMIT.fullmatch(code)
        if limit is None:
            return None
        try:
            return self._counted(int(limit["count"]), limit["unit"], base)
        except (OverflowError, ValueError):  # past the year 9999
            return None

    def _counted(self, count: int, unit: str, base: date) -> Resolved:
        if unit == "wd":
            day = self.add_working_days(base, count)
            return Resolved(day, self._any_estimated(base, day))
        if unit in MONTHS_IN_UNIT:
            last = add_months(base, count * MONTHS_IN_UNIT[unit])
        else:
            last = base + timedelta(days=count * DAYS_IN_UNIT[unit])
        day = self.end_of_rest(last)
        return Resolved(day, self._any_estimated(last, day), last if day != last else None)

    def _any_estimated(self, first: date, last: date) -> bool:
        return any(year not in self._official_years for year in range(first.year, last.year + 1))

    def _working_days_until(self, day: date) -> int:
        weeks, rest = divmod(day.toordinal(), 7)  # ordinal 1 was a Monday
        return weeks * 5 + min(rest, 5) + self._gained[bisect_right(self._changing, day)]


def add_months(day: date, count: int) -> date:
    """The same-numbered day `count` months on; where there is none, the last of the month (Civil Code 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _fixed_day(text: str) -> Resolved | None:
    try:
        return Resolved(date.fromisoformat(text), estimated=False)
    except ValueError:  # no such day, as 30 February
        return None
