"""Counts per unit, track, state and light: kept by every act, turned at midnight, recounted by the check."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, F, QuerySet

from luoshi.core.clock import today
from luoshi.ledger.lights import light_expression
from luoshi.ledger.models import Item, Tally

Cell = tuple[int, str, str, str]
CELL_FIELDS = ("unit_id", "track", "state", "light")


def cell_of(item: Item) -> Cell:
    """The cell in which an item is counted: unit, track, state, light."""
    return (item.unit_id, item.track, item.state, item.light)


def shift_tallies(changes: Mapping[Cell, int]) -> None:
    """Add to each cell, in a fixed order so that two acts never wait for each other in a circle."""
    for cell in sorted(changes):
        if not changes[cell]:
            continue
        where: dict[str, Any] = dict(zip(CELL_FIELDS, cell, strict=True))
        if not Tally.objects.filter(**where).update(count=F("count") + changes[cell]):
            Tally.objects.get_or_create(**where)
            Tally.objects.filter(**where).update(count=F("count") + changes[cell])


@transaction.atomic
def turn_lights(day: date | None = None) -> int:
    """Bring every light to the day and move the tallies with it; run at midnight and at start-up. Number of items."""
    wanted = light_expression(day or today())
    stale: QuerySet[Item] = Item.objects.annotate(fresh=wanted).exclude(light=F("fresh"))
    ids = list(stale.order_by("pk").select_for_update().values_list("pk", flat=True))
    changes: Counter[Cell] = Counter()
    for first in range(0, len(ids), 500):
        chunk = ids[first : first + 500]
        rows = Item.objects.filter(pk__in=chunk).annotate(fresh=wanted)
        for unit_id, track, state, light, fresh in rows.values_list(*CELL_FIELDS, "fresh"):
            changes[(unit_id, track, state, light)] -= 1
            changes[(unit_id, track, state, fresh)] += 1
        Item.objects.filter(pk__in=chunk).update(light=wanted)
    shift_tallies(changes)
    return len(ids)


def recount() -> dict[Cell, int]:
    """The counts as a fresh count of the items gives them."""
    rows = Item.objects.order_by().values_list(*CELL_FIELDS).annotate(Count("pk"))
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows}


def tally_faults() -> dict[Cell, tuple[int, int]]:
    """Cells whose kept count differs from a recount: cell → (kept, counted)."""
    kept = {(row[0], row[1], row[2], row[3]): row[4] for row in Tally.objects.values_list(*CELL_FIELDS, "count")}
    counted = recount()
    cells = sorted({*kept, *counted})
    pairs = {cell: (kept.get(cell, 0), counted.get(cell, 0)) for cell in cells}
    return {cell: pair for cell, pair in pairs.items() if pair[0] != pair[1]}
