"""Terms: text of one segment to a deadline code (see ``model.Deadline``). Pure; a missing year is never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from .deadline_forms import FIXED, FORM_GROUPS, HINT, OPEN_ENDED, RECURRING, RELATIVE
from .model import NO_DEADLINE, Deadline
from .numerals import chinese_number
from .rules import Rule

_HINT = re.compile(HINT)
_GROUPS = {"recurring": RECURRING, "fixed": FIXED, "relative": RELATIVE, "open": OPEN_ENDED}
_PERIODS = {
    "天": "daily", "日": "daily", "工作日": "daily", "周": "weekly", "星期": "weekly", "半月": "monthly*2",
    "半个月": "monthly*2", "旬": "monthly*3", "月": "monthly", "季度": "quarterly", "季": "quarterly",
    "半年": "halfyearly", "学期": "halfyearly", "年": "yearly", "年度": "yearly",
}  # fmt: skip
_TWO = {"weekly": "biweekly", "monthly": "bimonthly"}
_TIMES = re.compile(
    r"(?:不少于|至少|不低于|≥)?(\d{1,3}|[一二两三四五六七八九十])(?:[-—~至](\d{1,2}))?(?:次|场|期|轮|遍|回)"
)
_DAY_OF = re.compile(r"^(?:的|初|末|底|首月|末月)*(\d{1,2})[日号]")
_WEEKDAY = re.compile(r"^[一二三四五六日天](?![次个场])")
_FEASTS = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "十一": (10, 1),
    "国庆": (10, 1),
}
_NEXT = ("明年", "次年", "翌年", "来年")


@dataclass(frozen=True, slots=True)
class Clock:
    """What the document says about its own time: its year, its day (ISO) when it is dated.

    ``turn`` is the month in which a school year begins: earlier months lie in the year after ``year``.
    """

    year: int | None
    dated_on: str | None = None
    turn: int | None = None


def find_deadline(
    view: str, clock: Clock, only: tuple[str, ...] = ("recurring", "fixed", "relative", "open")
) -> Deadline:
    """The term stated in ``view``; offsets count in ``view``. ``only`` limits the groups of forms."""
    if not _HINT.search(view):
        return NO_DEADLINE
    for name in only:
        best: Deadline | None = None
        for form in _GROUPS[name]:
            for hit in form.pattern.finditer(view):
                found = _read(form, hit, view, clock)
                if found is not None:
                    best = found if best is None or found.start < best.start else best
                    break
        if best is not None:
            return best
    return NO_DEADLINE


def all_forms() -> tuple[Rule, ...]:
    """Every form, for the test of the table."""
    return tuple(form for group in FORM_GROUPS for form in group)


def _read(form: Rule, hit: re.Match[str], view: str, clock: Clock) -> Deadline | None:
    if form.verdict in ("every", "by_period"):
        return _recurring(hit, view)
    if form.verdict == "within":
        return _within(hit)
    if form.verdict == "event":
        return _made(hit, "E:" + hit.group(), "event", "")
    if form.verdict in ("immediate", "longterm"):
        return _made(hit, "N:" + form.verdict, form.verdict, "")
    return _fixed(form.verdict, hit, clock)


def _made(hit: re.Match[str], code: str, kind: str, precision: str, end: int | None = None) -> Deadline:
    last = hit.end() if end is None else end
    return Deadline(code, kind, precision, hit.string[hit.start() : last], hit.start(), last)


def _recurring(hit: re.Match[str], view: str) -> Deadline:
    groups = hit.groupdict()
    period = _PERIODS[groups.get("period") or groups.get("other") or "年"]
    count = groups.get("count")
    if count in ("两", "二", "2"):
        period = _TWO.get(period, period)
    elif count in ("三", "3") and period == "monthly":
        period = "quarterly"
    elif count in ("六", "6") and period == "monthly":
        period = "halfyearly"
    tail = groups.get("tail") or ""
    day = _DAY_OF.match(tail)
    weekday = _WEEKDAY.match(tail) if period == "weekly" and not count else None
    end = hit.end() - len(tail)
    code = period
    times = _TIMES.search(view, end, end + 40)
    if times and "*" not in code:
        low = chinese_number(times.group(1)) if not times.group(1).isdigit() else int(times.group(1))
        code += f"*{low}"
    if day:
        code += f"@{int(day.group(1))}"
        end += day.end()
    elif weekday:
        code += f"@{'一二三四五六日'.find(weekday.group().replace('天', '日')) + 1}"
        end += 1
    return _made(hit, "R:" + code, "recurring", "", end)


def _within(hit: re.Match[str]) -> Deadline | None:
    amount = int(hit["n"]) if hit["n"].isdigit() else chinese_number(hit["n"])
    if hit["n"] == "八" and hit["unit"] == "小时":
        return None  # 八小时之内: working hours, not a term
    unit = {
        "工作日": "wd",
        "小时": "h",
        "分钟": "min",
        "日": "d",
        "天": "d",
        "周": "w",
        "星期": "w",
        "月": "m",
        "年": "y",
    }[hit["unit"]]
    return _made(hit, f"E:+{amount}{unit}", "event", "") if amount else None


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else chinese_number(text)


def _year(hit: re.Match[str], clock: Clock) -> int | None:
    groups = hit.groupdict()
    written = _number(groups.get("year") or groups.get("year3"))
    if written is not None:
        return written
    if groups.get("relyear") in _NEXT:
        return None if clock.year is None else clock.year + 1
    month = _number(groups.get("m1"))
    if clock.turn is not None and clock.year is not None and month is not None and month < clock.turn:
        return clock.year + 1
    return clock.year


def _fixed(verdict: str, hit: re.Match[str], clock: Clock) -> Deadline | None:
    year = _year(hit, clock)
    parts = _parts(verdict, hit, year, clock)
    if parts is None:
        return None
    precision, days = parts
    if year is None and verdict not in ("plan", "year_range"):
        return _made(hit, "E:" + hit.group(), "event", precision)
    shown = [f"{y:04d}-{m:02d}-{d:02d}" for y, m, d in days]
    unwritten = "year" not in hit.groupdict() or not (hit["year"] or hit.groupdict().get("year3"))
    if unwritten and clock.dated_on is not None and shown[-1] < clock.dated_on:
        return _made(hit, "E:" + hit.group(), "event", precision)
    return _made(hit, "/".join(shown), "day" if len(shown) == 1 else "range", precision)


_Days = tuple[str, list[tuple[int, int, int]]]


def _parts(verdict: str, hit: re.Match[str], year: int | None, clock: Clock) -> _Days | None:
    """Precision and one or two days; ``year`` may be unknown, then any leap year stands in."""
    known = year or 2000
    if verdict == "range":
        return _range(hit, known)
    if verdict == "year_range":
        return "year", [(int(hit["year"]), 1, 1), (int(hit["year2"]), 12, 31)]
    if verdict == "plan":
        first = 2011 + 5 * ("二三四五六".find(hit["plan"]))
        return "year", [(first, 1, 1), (first + 4, 12, 31)]
    if verdict == "year_end":
        return "year", [(known, 12, 31)]
    if verdict in ("quarter", "half", "feast"):
        return _season(verdict, hit, known)
    if verdict == "month_end":
        if clock.dated_on is None:
            return None
        month = int(clock.dated_on[5:7])
        return "month", [(known, month, monthrange(known, month)[1])]
    return _month_or_day(verdict, hit, known)


def _season(verdict: str, hit: re.Match[str], year: int) -> _Days:
    if verdict == "feast":
        return "day", [(year, *_FEASTS[hit["feast"]])]
    if verdict == "half":
        return "half", [(year, 6, 30) if hit["half"] == "上半年" else (year, 12, 31)]
    month = 3 * ("一二三四".find(hit["q"]) + 1 if hit["q"] in "一二三四" else int(hit["q"]))
    return "quarter", [(year, month, monthrange(year, month)[1])]


def _month_or_day(verdict: str, hit: re.Match[str], year: int) -> _Days | None:
    month = _number(hit["m1"])
    if month is None or not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if verdict == "ten_days":
        return "ten_days", [(year, month, {"上旬": 10, "中旬": 20, "初": 10}.get(hit["part"], last))]
    if verdict == "month":
        return "month", [(year, month, last)]
    day = _number(hit["d1"])
    return ("day", [(year, month, day)]) if day is not None and 1 <= day <= last else None


def _range(hit: re.Match[str], year: int) -> _Days | None:
    groups = hit.groupdict()
    first_month = _number(groups["m1"])
    second_month = _number(groups["m2"]) or first_month
    if first_month is None or second_month is None or not (1 <= first_month <= 12 and 1 <= second_month <= 12):
        return None
    last_year = int(groups["year2"]) if groups.get("year2") else year + (second_month < first_month)
    first_day = _number(groups.get("d1")) or 1
    last_day = _number(groups.get("d2")) or monthrange(last_year, second_month)[1]
    if first_day > monthrange(year, first_month)[1] or last_day > monthrange(last_year, second_month)[1]:
        return None
    precision = "day" if groups.get("d2") else "month"
    return precision, [(year, first_month, first_day), (last_year, second_month, last_day)]
