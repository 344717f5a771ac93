"""The demonstration's speech and plan, with days counted from the day on which they are held."""

import re
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PLACE = re.compile(r"\{(今日|年|旬|底(\d+))\}")
MONTHS_SPEECH_AGO = 5
DAYS_PLAN_AGO = 6


def speech(day: date) -> str:
    """The secretary's speech as held on the day; its deadlines lie one to eight months later."""
    return _dated("speech.txt", day)


def plan(day: date) -> str:
    """The office's plan as issued on the day."""
    return _dated("plan.txt", day)


def month_end(day: date, months: int) -> date:
    """The last day of the month that lies so many months after the day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _dated(name: str, day: date) -> str:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return PLACE.sub(lambda place: _words(place, day), text)


def _words(place: re.Match[str], day: date) -> str:
    """What stands in the place: full day, year, a day in a fortnight, or the end of a month as documents say it."""
    if place[1] == "年":
        return str(day.year)
    if place[1] == "今日":
        return f"{day.year}年{day.month}月{day.day}日"
    if place[1] == "旬":
        soon = day + timedelta(days=14)
        return f"{soon.year}年{soon.month}月{soon.day}日"
    end = month_end(day, int(place[2]))
    year = "" if end.year == day.year else f"{end.year}年"
    return f"{year}{end.month}月底"
