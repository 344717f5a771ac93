"""Lights: the days on which an item turns yellow and red, resolved once, and the light they give on a day.

Two causes: time (working days left before the internal or outer due day) and pace (percent behind the
expected line). The light is the worse of the two (field.md 1.3, design 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import floor

from django.db.models import Case, CharField, Q, Value, When

from luoshi.calendars.rules import Calendar
from luoshi.calendars.services import calendar_of
from luoshi.ledger.enums import Kind, Light, State, Track
from luoshi.ledger.models import Item, Milestone, Target
from luoshi.organisations.models import TenantSettings

UNLIT = frozenset({State.SUSPENDED, State.TERMINATED})
DONE = frozenset({State.CLOSED, State.STRUCK_OFF, State.ARCHIVED})
Point = tuple[date, Decimal]
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class TurningDays:
    """First day of yellow and of red; None where the cause never comes."""

    yellow: date | None
    red: date | None


NEVER = TurningDays(None, None)


def turning_by_time(item: Item, rules: TenantSettings, calendar: Calendar) -> TurningDays:
    """Yellow before the internal day (else the outer day) by working days; red the day after the outer day."""
    if item.due_on is None or has_no_light(item):
        return NEVER
    aim = item.internal_due_on or item.due_on
    begun = item.dispatched_on or item.registered_on
    limit = calendar.working_days_between(begun, aim)
    before = rules.short_yellow_days - 1 if limit <= rules.short_limit_days else rules.yellow_days
    # Counted from the day after, so that a due day on a rest day costs nobody a working day of warning.
    yellow = calendar.add_working_days(aim + timedelta(days=1), -(before + 1))
    return TurningDays(yellow, item.due_on + timedelta(days=1))


def expected_line(item: Item, target: Target | None, milestones: Sequence[Milestone]) -> list[Point]:
    """Points (day, percent) of the expected line: dispatch, milestones with a value, due day. May be empty."""
    if item.due_on is None or item.dispatched_on is None or item.due_on <= item.dispatched_on:
        return []
    points: list[Point] = [(item.dispatched_on, Decimal(0))]
    if target is not None and target.value > 0:
        for stone in sorted(milestones, key=lambda one: one.day):
            if stone.value is not None and points[-1][0] < stone.day < item.due_on:
                points.append((stone.day, min(HUNDRED, stone.value * HUNDRED / target.value)))
    points.append((item.due_on, HUNDRED))
    return points


def expected_percent(line: Sequence[Point], day: date) -> Decimal | None:
    """Where the expected line stands on a day, 0–100; None without a line."""
    if not line:
        return None
    if day <= line[0][0]:
        return line[0][1]
    for (first, low), (last, high) in pairwise(line):
        if day <= last:
            return low + (high - low) * (day - first).days / (last - first).days
    return line[-1][1]


def first_day_above(line: Sequence[Point], percent: Decimal) -> date | None:
    """First day on which the line stands strictly above `percent`; None when it never does."""
    for (first, low), (last, high) in pairwise(line):
        if high > percent:
            steps = max(Decimal(0), percent - low) * (last - first).days / (high - low)
            day = first + timedelta(days=floor(steps) + (1 if low <= percent else 0))
            return min(day, last)
    return None


def turning_by_pace(item: Item, line: Sequence[Point], rules: TenantSettings) -> TurningDays:
    """Days on which the item falls behind by more than the tenant's yellow and red points, if nothing more is done."""
    if item.percent is None or has_no_light(item):
        return NEVER
    return TurningDays(
        first_day_above(line, item.percent + rules.pace_yellow_points),
        first_day_above(line, item.percent + rules.pace_red_points),
    )


def has_no_light(item: Item) -> bool:
    """Standing duties carry no light."""
    return item.track == Track.STANDING or item.kind == Kind.STANDING


def resolve_turning_days(item: Item, rules: TenantSettings) -> None:
    """Set the four turning days of an unsaved or locked item from its days, progress, targets and milestones."""
    target, milestones = None, list[Milestone]()
    if item.pk is not None:
        target = item.targets.filter(is_primary=True).first()
        milestones = list(item.milestones.all())
    set_turning_days(item, expected_line(item, target, milestones), rules, calendar_of(item.tenant_id))


def set_turning_days(item: Item, line: Sequence[Point], rules: TenantSettings, calendar: Calendar) -> None:
    """Set the four turning days when the expected line is known already; a batch asks for the calendar once."""
    by_time, by_pace = turning_by_time(item, rules, calendar), turning_by_pace(item, line, rules)
    item.yellow_from, item.red_from = by_time.yellow, by_time.red
    item.pace_yellow_from, item.pace_red_from = by_pace.yellow, by_pace.red


def light_on(item: Item, day: date) -> Light:
    """The light of an item on a day; `light_expression` says the same in SQL."""
    if item.state in UNLIT or has_no_light(item):
        return Light.NONE
    if item.state in DONE:
        return Light.GREEN if item.closed_on else Light.NONE
    if item.red_from and item.red_from <= day:
        return Light.RED
    if item.state == State.REGISTERED or item.due_on is None:
        return Light.NONE
    if item.pace_red_from and item.pace_red_from <= day:
        return Light.RED
    turned = (item.yellow_from, item.pace_yellow_from)
    return Light.YELLOW if any(first and first <= day for first in turned) else Light.GREEN


def light_expression(day: date) -> Case:
    """The light on a day as SQL over the columns of `Item`."""
    return Case(
        When(Q(state__in=UNLIT) | Q(track=Track.STANDING) | Q(kind=Kind.STANDING), then=Value(Light.NONE)),
        When(Q(state__in=DONE) & Q(closed_on__isnull=False), then=Value(Light.GREEN)),
        When(state__in=DONE, then=Value(Light.NONE)),
        When(red_from__lte=day, then=Value(Light.RED)),
        When(Q(state=State.REGISTERED) | Q(due_on__isnull=True), then=Value(Light.NONE)),
        When(pace_red_from__lte=day, then=Value(Light.RED)),
        When(Q(yellow_from__lte=day) | Q(pace_yellow_from__lte=day), then=Value(Light.YELLOW)),
        default=Value(Light.GREEN),
        output_field=CharField(max_length=6),
    )
