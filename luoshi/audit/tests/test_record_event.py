"""Recording: an event belongs to the transaction of its act."""

import pytest

from luoshi.audit.services import Happening, record_event


@pytest.mark.usefixtures("committed_db")
def test_an_event_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError):
        record_event(tenant_id=7, actor=None, happening=Happening("note", [("item", 1)]))
