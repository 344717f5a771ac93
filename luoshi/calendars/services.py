"""The calendar of a tenant, as every other module asks for it, and how a year is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from luoshi.calendars.enums import DayKind, DayStatus
from luoshi.calendars.memory import memory
from luoshi.calendars.models import CalendarDay, CalendarVersion
from luoshi.calendars.rules import Calendar, Resolved
from luoshi.core.errors import BadInput

VERSION_ROW = 1


@dataclass(frozen=True, slots=True)
class DayGiven:
    """One exceptional day as published. `kind` is a `DayKind` value."""

    date: date
    kind: str
    name: str


def is_working_day(day: date, tenant_id: int | None = None) -> bool:
    """Whether offices work on the day: weekends and holidays no, shifted working days yes."""
    return calendar_of(tenant_id).is_working_day(day)


def add_working_days(day: date, count: int, tenant_id: int | None = None) -> date:
    """The `count`-th working day after `day` (before it when negative); `day` itself is not counted."""
    return calendar_of(tenant_id).add_working_days(day, count)


def working_days_between(first: date, last: date, tenant_id: int | None = None) -> int:
    """Working days after `first` up to and including `last`; the same with a minus when `last` is earlier."""
    return calendar_of(tenant_id).working_days_between(first, last)


def is_estimated(day: date, tenant_id: int | None = None) -> bool:
    """Whether the day lies in a year whose holidays are not yet published: counts are provisional."""
    return calendar_of(tenant_id).is_estimated(day)


def resolve(code: str, *, base: date, tenant_id: int | None = None) -> Resolved | None:
    """The day a deadline code means, counted from `base`; None where a person decides (`Calendar.resolve`)."""
    return calendar_of(tenant_id).resolve(code, base=base)


def calendar_of(tenant_id: int | None = None) -> Calendar:
    """The tenant's calendar. One small query per request tells whether the days in memory are still right."""
    token = _current_token()
    found = memory.calendars.get((token, tenant_id))
    if found is None:
        if any(held != token for held, _tenant in memory.calendars):
            memory.calendars.clear()
        found = memory.calendars[token, tenant_id] = _load(tenant_id)
    return found


def _current_token() -> str:
    if memory.in_request and memory.token is not None:
        return memory.token
    token = CalendarVersion.objects.filter(pk=VERSION_ROW).values_list("token", flat=True).first() or ""
    memory.token = token
    return token


def _load(tenant_id: int | None) -> Calendar:
    national = Q(tenant_id__isnull=True)
    rows = CalendarDay.objects.filter(national | Q(tenant_id=tenant_id) if tenant_id else national)
    exceptions: dict[date, bool] = {}
    official: set[int] = set()
    # National days first, so that the tenant's own take their place.
    for row in sorted(rows, key=lambda row: row.tenant_id is not None):
        exceptions[row.date] = row.kind == DayKind.WORKDAY
        if row.tenant_id is None and row.status == DayStatus.OFFICIAL:
            official.add(row.date.year)
    return Calendar(exceptions, frozenset(official))


def replace_year(
    *, year: int, days: Sequence[DayGiven], status: str = DayStatus.OFFICIAL, tenant_id: int | None = None
) -> None:
    """Put the days of a year in the place of those held for it, for all (no tenant) or for one tenant.

    Raises BadInput for a day of another year, a day given twice or an unknown kind. Whether the person may
    do this, and the event that records it, are the caller's.
    """
    _refuse_wrong_days(year, days)
    with transaction.atomic():
        # Locks the version first: two who publish at once follow one another.
        CalendarVersion.objects.update_or_create(pk=VERSION_ROW, defaults={"token": uuid4().hex})
        CalendarDay.objects.filter(tenant_id=tenant_id, date__year=year).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(tenant_id=tenant_id, date=day.date, kind=day.kind, status=status, name=day.name[:60])
            for day in days
        )
    memory.token = None


def _refuse_wrong_days(year: int, days: Sequence[DayGiven]) -> None:
    seen: set[date] = set()
    for day in days:
        if day.date.year != year:
            raise BadInput(_("%(day)s is not a day of %(year)s.") % {"day": day.date, "year": year}, field="days")
        if day.date in seen:
            raise BadInput(_("%(day)s is given twice. Keep one line for it.") % {"day": day.date}, field="days")
        if day.kind not in DayKind.values:
            raise BadInput(_("Say for %(day)s whether it is a day off or a working day.") % {"day": day.date}, "days")
        seen.add(day.date)
