"""Dispatching: numbers, parts, lights, refusals."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from luoshi.audit.services import verify_chain
from luoshi.core.errors import BadInput, NotAllowed
from luoshi.ledger.models import Item
from luoshi.ledger.orders import Due, NewTarget, Order, Part
from luoshi.ledger.services.dispatching import dispatch_orders
from luoshi.ledger.tallies import tally_faults
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
DUE = Due(date(2026, 6, 30), "month", "6月底前", "2026-06-30")


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_an_order_becomes_a_dispatched_item_with_a_number(cast: Cast) -> None:
    items = dispatch_orders(actor=cast.actor("clerk"), orders=[Order("改造低产茶园", cast.units["village_a"].pk, DUE)])
    item = Item.objects.get()
    assert items == [item]
    assert (item.number, item.state, item.light) == ("云岭-2026-0001", "dispatched", "green")
    assert (item.yellow_from, item.red_from) == (date(2026, 6, 15), date(2026, 7, 1))
    assert tally_faults() == {}
    assert verify_chain(cast.tenant.pk) is None


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_parts_are_numbered_under_their_parent_and_share_its_target(cast: Cast) -> None:
    order = Order(
        "改造低产茶园",
        cast.units["party_office"].pk,
        DUE,
        targets=[NewTarget("茶园", ">=", Decimal(500), "亩")],
        parts=[Part(cast.units["village_a"].pk, Decimal(300)), Part(cast.units["village_b"].pk, Decimal(200))],
    )
    items = dispatch_orders(actor=cast.actor("clerk"), orders=[order])
    assert [(item.number, item.state, item.unit.name) for item in items] == [
        ("云岭-2026-0001", "accepted", "党政办"),
        ("云岭-2026-0001-1", "dispatched", "石桥村"),
        ("云岭-2026-0001-2", "dispatched", "柳湾村"),
    ]
    assert [item.targets.get().value for item in items] == [500, 300, 200]
    assert tally_faults() == {}


def test_an_order_without_a_day_stops_the_whole_batch(cast: Cast) -> None:
    village = cast.units["village_a"].pk
    with pytest.raises(BadInput):
        dispatch_orders(actor=cast.actor("clerk"), orders=[Order("甲", village, DUE), Order("乙", village)])
    assert not Item.objects.exists()


@pytest.mark.parametrize("who", ["head_a", "leader", "inspector", "auditor", "sysadmin"])
def test_only_a_clerk_dispatches(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        dispatch_orders(actor=cast.actor(who), orders=[Order("甲", cast.units["village_a"].pk, DUE)])


def test_a_clerk_does_not_dispatch_into_another_tenant(cast: Cast) -> None:
    with pytest.raises(BadInput):
        dispatch_orders(actor=cast.actor("clerk"), orders=[Order("甲", cast.units["other"].pk, DUE)])
