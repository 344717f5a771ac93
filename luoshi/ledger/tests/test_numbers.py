"""Numbers without gap or double under eight concurrent writers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from luoshi.audit.services import verify_chain
from luoshi.core.errors import BadInput
from luoshi.ledger.models import Item
from luoshi.ledger.orders import Order
from luoshi.ledger.services.dispatching import dispatch_orders
from luoshi.ledger.tallies import tally_faults
from luoshi.ledger.tests.making import JUNE
from luoshi.organisations.tests.cast import gather_cast

WRITERS = 8
EACH = 5


@pytest.mark.usefixtures("committed_db")
def test_eight_writers_leave_no_gap_and_no_double() -> None:
    cast = gather_cast()
    clerk, village = cast.actor("clerk"), cast.units["village_a"].pk
    start = Barrier(WRITERS)

    def write(_writer: int) -> None:
        start.wait(30)
        for turn in range(EACH):
            dispatch_orders(actor=clerk, orders=[Order("甲", village, JUNE), Order("乙", village, JUNE)])
            if turn % 2:
                with pytest.raises(BadInput):
                    dispatch_orders(actor=clerk, orders=[Order("丙", village, JUNE), Order("无时限", village)])
        connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    count = WRITERS * EACH * 2
    assert sorted(item.number or "" for item in Item.objects.all()) == [
        f"云岭-{Item.objects.all()[0].registered_on.year}-{ordinal:04d}" for ordinal in range(1, count + 1)
    ]
    assert tally_faults() == {}
    assert verify_chain(cast.tenant.pk) is None
