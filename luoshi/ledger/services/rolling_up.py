"""A parent's progress is what its parts have reached."""

from collections import Counter
from decimal import Decimal

from luoshi.core.clock import today
from luoshi.ledger.enums import BLOCKING, ENDED, Comparison, State
from luoshi.ledger.lights import light_on, resolve_turning_days
from luoshi.ledger.models import Item, Target
from luoshi.ledger.spans import renew_span
from luoshi.ledger.tallies import Cell, cell_of
from luoshi.organisations.queries import settings_of

HUNDRED = Decimal(100)
CENT = Decimal("0.01")


def percent_of_target(target: Target | None) -> Decimal | None:
    """How much of a target is reached, 0–100; None for targets that are no amount to be reached."""
    if target is None or target.value <= 0 or target.comparison == Comparison.AT_MOST:
        return None
    return min(HUNDRED, target.current * HUNDRED / target.value).quantize(CENT)


def roll_up(parent_id: int) -> Counter[Cell]:
    """Recompute a parent (locked already) and everything above it from its parts. The changed tally cells."""
    changes: Counter[Cell] = Counter()
    current: int | None = parent_id
    while current is not None:
        parent = Item.objects.select_related("unit").get(pk=current)
        before = cell_of(parent)
        _refresh(parent)
        changes[before] -= 1
        changes[cell_of(parent)] += 1
        current = parent.parent_id
    return changes


def _refresh(parent: Item) -> None:
    parts = list(parent.children.filter(parent_role__in=BLOCKING).exclude(state=State.TERMINATED))
    if not parts:
        return
    target = parent.targets.filter(is_primary=True).first()
    shared = _sum_of_parts(target, parts)
    if target is not None and shared is not None:
        target.current = shared
        target.save(update_fields=["current"])
        parent.percent = percent_of_target(target)
    else:
        parent.percent = weighted_percent(parts)
    if parent.state == State.ACCEPTED and any(part.state not in _IDLE for part in parts):
        parent.state = State.IN_PROGRESS
        renew_span(parent)
    if parent.state not in ENDED:
        resolve_turning_days(parent, settings_of(parent.tenant_id))
        parent.light = light_on(parent, today())
    parent.save()


_IDLE = frozenset({State.REGISTERED, State.DISPATCHED, State.ACCEPTED, State.RETURNED})


def _sum_of_parts(target: Target | None, parts: list[Item]) -> Decimal | None:
    """Sum of what the parts have reached in the parent's measure; None when they measure something else."""
    if target is None:
        return None
    rows = Target.objects.filter(item__in=parts, is_primary=True, measured_in=target.measured_in)
    values = list(rows.values_list("current", flat=True))
    return sum(values, Decimal(0)) if values else None


def weighted_percent(parts: list[Item]) -> Decimal:
    """Average percent of the parts by weight; an ended part counts as done, one without report as nothing."""
    total = sum((part.weight for part in parts), Decimal(0))
    reached = sum(
        (part.weight * (HUNDRED if part.state in ENDED else part.percent or Decimal(0)) for part in parts), Decimal(0)
    )
    return (reached / total).quantize(CENT)
