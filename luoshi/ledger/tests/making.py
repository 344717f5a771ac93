"""Plain functions that bring items into a wanted state through the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from luoshi.ledger.models import Item
from luoshi.ledger.orders import Due, NewTarget, Order, Part
from luoshi.ledger.services.dispatching import dispatch_orders
from luoshi.ledger.services.handling import Report, accept_item, report_done, report_progress
from luoshi.ledger.services.verifying import Check, close_item
from luoshi.organisations.tests.cast import Cast

JUNE = Due(date(2026, 6, 30), "month", "6月底前", "2026-06-30")
PAPERS = Check("papers", "材料齐全")
GOAL = NewTarget("茶园", ">=", Decimal(500), "亩")


def dispatched(cast: Cast, unit: str = "village_a", due: Due = JUNE, title: str = "改造低产茶园") -> Item:
    """An item that waits for its unit to accept it."""
    return dispatch_orders(actor=cast.actor("clerk"), orders=[Order(title, cast.units[unit].pk, due)])[0]


def with_target(cast: Cast, assisting: tuple[str, ...] = ()) -> Item:
    """A dispatched item with 500 亩 to be reached, led by village A."""
    order = Order(
        "改造低产茶园",
        cast.units["village_a"].pk,
        JUNE,
        targets=[GOAL],
        assisting=[cast.units[name].pk for name in assisting],
    )
    return dispatch_orders(actor=cast.actor("clerk"), orders=[order])[0]


def shared_out(cast: Cast) -> list[Item]:
    """A parent led by the Party office with a part of 300 亩 in village A and one of 200 亩 in village B."""
    parts = [Part(cast.units["village_a"].pk, Decimal(300)), Part(cast.units["village_b"].pk, Decimal(200))]
    order = Order("改造低产茶园", cast.units["party_office"].pk, JUNE, targets=[GOAL], parts=parts)
    return dispatch_orders(actor=cast.actor("clerk"), orders=[order])


def accepted(cast: Cast, item: Item | None = None, head: str = "head_a") -> Item:
    """An item its unit has accepted."""
    return accept_item(actor=cast.actor(head), item=item or dispatched(cast))


def in_progress(cast: Cast, item: Item | None = None) -> Item:
    """An item with one report by village A's member."""
    found = accepted(cast, item)
    report_progress(actor=cast.actor("member_a"), item=found, report=Report("已开工"))
    return Item.objects.get(pk=found.pk)


def reported(cast: Cast, item: Item | None = None) -> Item:
    """An item that waits for verification."""
    found = in_progress(cast, item)
    report_done(actor=cast.actor("head_a"), item=found, report=Report("全部完成"))
    return Item.objects.get(pk=found.pk)


def closed(cast: Cast, item: Item | None = None) -> Item:
    """An item the inspector has verified and closed."""
    return close_item(actor=cast.actor("inspector"), item=reported(cast, item), check=PAPERS)


@contextmanager
def refused_by_database() -> Iterator[None]:
    """The block must be refused by the database itself, whatever the engine calls the refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        return
    raise AssertionError("the database let it pass")
