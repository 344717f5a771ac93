"""When a standing duty is looked at again: each year at the end of November."""

from datetime import date, timedelta

LEAST_DAYS_AHEAD = 60


def next_review(day: date) -> date:
    """30 November of the year, or of the next when that is less than 60 days away."""
    this_year = date(day.year, 11, 30)
    return this_year if this_year - day >= timedelta(days=LEAST_DAYS_AHEAD) else date(day.year + 1, 11, 30)
