"""State over time: which state, unit and due day an item had, from when to when."""

from datetime import date

from luoshi.core.clock import now
from luoshi.ledger.models import Item, StateSpan

SpanKey = tuple[str, int, date | None]


def span_of(item: Item) -> SpanKey:
    """What a span tells apart."""
    return (item.state, item.unit_id, item.due_on)


def renew_span(item: Item) -> None:
    """Close the open span and begin one with the item's present state, unit and due day.

    A clock that was set back ends no span before it began.
    """
    begun = StateSpan.objects.filter(item=item, until__isnull=True).values_list("since", flat=True).first()
    moment = max(now(), begun) if begun else now()
    StateSpan.objects.filter(item=item, until__isnull=True).update(until=moment)
    StateSpan.objects.create(item=item, state=item.state, unit_id=item.unit_id, due_on=item.due_on, since=moment)
