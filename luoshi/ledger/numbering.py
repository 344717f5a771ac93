"""Item numbers: `青禾-2026-0014`, without gap or double, given at dispatch inside its transaction."""

from luoshi.core.clock import today
from luoshi.ledger.models import Item, NumberSeries
from luoshi.organisations.models import Tenant


def take_numbers(tenant: Tenant, count: int) -> list[str]:
    """The next `count` numbers of the tenant's year; the series stays locked until the transaction ends."""
    if not count:
        return []
    year = today().year
    NumberSeries.objects.get_or_create(tenant=tenant, year=year)
    series = NumberSeries.objects.select_for_update().get(tenant=tenant, year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [f"{tenant.short_name}-{year}-{ordinal:04d}" for ordinal in range(first, first + count)]


def child_number(parent: Item, ordinal: int) -> str:
    """A part's number: the parent's with its ordinal, `…-0014-1`."""
    return f"{parent.number}-{ordinal}"
