"""A parent's progress is its own reports and what its parts have reached."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from luoshi.core.clock import today
from luoshi.ledger.enums import BLOCKING, ENDED, Comparison, State
from luoshi.ledger.lights import light_on, resolve_turning_days
from luoshi.ledger.models import Item, Progress, Target
from luoshi.ledger.orders import adds_up
from luoshi.ledger.spans import renew_span
from luoshi.ledger.tallies import Cell, cell_of
from luoshi.organisations.queries import settings_of

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
IDLE = frozenset({State.REGISTERED, State.DISPATCHED, State.ACCEPTED, State.RETURNED})


@dataclass(slots=True)
class RolledUp:
    """What a roll-up changed: tally cells, and the ids of the parents whose state moved."""

    changes: Counter[Cell] = field(default_factory=Counter)
    moved: list[int] = field(default_factory=list)


def percent_of_target(target: Target | None) -> Decimal | None:
    """How much of a target is reached, 0–100; None for targets that are no amount to be reached."""
    if target is None or target.value <= 0 or target.comparison == Comparison.AT_MOST:
        return None
    return min(HUNDRED, target.current * HUNDRED / target.value).quantize(CENT)


def live_parts(item: Item) -> list[Item]:
    """Parts and measures that count: terminated ones were never to be done."""
    return list(item.children.filter(parent_role__in=BLOCKING).exclude(state=State.TERMINATED))


def roll_up(parent_id: int) -> RolledUp:
    """Recompute a parent (locked already) and everything above it from its parts. An ended parent stays as it is."""
    rolled = RolledUp()
    current: int | None = parent_id
    while current is not None:
        parent = Item.objects.select_related("unit").get(pk=current)
        if parent.state not in ENDED:
            _refresh(parent, rolled)
        current = parent.parent_id
    return rolled


def _refresh(parent: Item, rolled: RolledUp) -> None:
    before, state = cell_of(parent), parent.state
    parts = live_parts(parent)
    recount_progress(parent, parts)
    if state == State.ACCEPTED and any(part.state not in IDLE for part in parts):
        parent.state = State.IN_PROGRESS
        parent.version += 1
        rolled.moved.append(parent.pk)
    resolve_turning_days(parent, settings_of(parent.tenant_id))
    parent.light = light_on(parent, today())
    parent.save()
    if parent.state != state:
        renew_span(parent)
    rolled.changes[before] -= 1
    rolled.changes[cell_of(parent)] += 1


def recount_progress(parent: Item, parts: list[Item]) -> None:
    """Set the target's current value and the percent of an item that is shared out; the caller saves the item."""
    target = parent.targets.filter(is_primary=True).first()
    if target is not None and percent_of_target(target) is not None and adds_up(target.comparison, target.measured_in):
        target.current = max(Decimal(0), _reported(parent) + _reached_by(parts, target))
        target.save(update_fields=["current"])
        parent.percent = percent_of_target(target)
    elif parts:
        parent.percent = weighted_percent(parts)
        if target is not None and percent_of_target(target) is not None:
            target.current = (target.value * (parent.percent or Decimal(0)) / HUNDRED).quantize(CENT)
            target.save(update_fields=["current"])


def _reported(parent: Item) -> Decimal:
    """What was reported on the parent itself, before or beside its parts."""
    own = Progress.objects.filter(item=parent).aggregate(total=Sum("amount"))["total"]
    return own if own is not None else Decimal(0)


def _reached_by(parts: list[Item], target: Target) -> Decimal:
    """What the parts have reached in the parent's measure."""
    rows = Target.objects.filter(item__in=parts, is_primary=True, measured_in=target.measured_in)
    return sum(rows.values_list("current", flat=True), Decimal(0))


def weighted_percent(parts: list[Item]) -> Decimal | None:
    """Average percent of the parts by weight; an ended part counts as done.

    None as long as no part has ended or given a percent: nothing is known then, and nothing is invented.
    """
    if all(part.percent is None and part.state not in ENDED for part in parts):
        return None
    total = sum((part.weight for part in parts), Decimal(0))
    reached = sum(
        (part.weight * (HUNDRED if part.state in ENDED else part.percent or Decimal(0)) for part in parts), Decimal(0)
    )
    return (reached / total).quantize(CENT)
