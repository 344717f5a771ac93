"""The days a recurring rule names: codes such as `R:quarterly`, `R:monthly@25`, `R:weekly*1@5`."""

import re
from calendar import monthrange
from datetime import date, timedelta

RULE = re.compile(r"R:(?P<period>[a-z]+)(?:\*\d+)?(?:@(?P<day>\d{1,2}))?", re.ASCII)
MONTHS = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "halfyearly": 6, "yearly": 12}
SUNDAY = 7


def is_rule(code: str) -> bool:
    """Whether the code is a recurring rule whose next day can be told."""
    return next_occurrence(code, ANY_DAY) is not None


def next_occurrence(code: str, since: date) -> date | None:
    """The last admissible day of the first occurrence that ends on or after `since`; None when no day can be told.

    Without a day of its own an occurrence may be done until the end of its period: of the week, the month, the
    quarter. A day of the month is only clear for monthly rules; for longer periods a person says which month.
    """
    found = RULE.fullmatch(code)
    if found is None:
        return None
    period, day = found["period"], int(found["day"]) if found["day"] else None
    if period == "daily":
        return since
    if period in {"weekly", "biweekly"}:
        return _in_week(since, day or SUNDAY)
    if period not in MONTHS or (day is not None and period != "monthly"):
        return None
    return _in_months(since, MONTHS[period], day)


def _in_week(since: date, weekday: int) -> date | None:
    if not 1 <= weekday <= SUNDAY:
        return None
    return since + timedelta(days=(weekday - since.isoweekday()) % SUNDAY)


def _in_months(since: date, length: int, day: int | None) -> date | None:
    if day is not None and not 1 <= day <= 31:
        return None
    last = -(-since.month // length) * length
    found = _day_of(since.year, last, day)
    if found < since:
        following = since.year * 12 + last - 1 + length
        found = _day_of(following // 12, following % 12 + 1, day)
    return found


def _day_of(year: int, month: int, day: int | None) -> date:
    """The day of the month, or its last one where the month is shorter."""
    last = monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


ANY_DAY = date(2000, 1, 1)
