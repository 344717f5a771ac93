"""Accepting and returning."""

import pytest
from django.http import Http404

from luoshi.audit.queries import history_of
from luoshi.core.errors import BadInput, Conflict, NotAllowed
from luoshi.ledger.services.handling import accept_item, return_item
from luoshi.ledger.services.steering import redispatch_item
from luoshi.ledger.tallies import tally_faults
from luoshi.ledger.tests.making import accepted, dispatched
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_head_accepts_and_history_says_so(cast: Cast) -> None:
    item = accepted(cast)
    assert (item.state, item.version) == ("accepted", 2)
    events = list(history_of(cast.tenant.pk, "item", item.pk))
    assert [event.action for event in events] == ["dispatch", "accept"]
    assert events[1].payload.body == {"actor_name": "李春山", "from": "dispatched", "to": "accepted"}
    assert tally_faults() == {}


@pytest.mark.parametrize("who", ["head_b", "stranger", "sysadmin"])
def test_who_does_not_see_the_item_finds_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(Http404):
        accept_item(actor=cast.actor(who), item=dispatched(cast))


@pytest.mark.parametrize("who", ["member_a", "leader", "inspector", "auditor"])
def test_who_sees_it_but_does_not_answer_for_the_unit_is_refused(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        accept_item(actor=cast.actor(who), item=dispatched(cast))


def test_a_clerk_accepts_only_for_somebody_of_the_unit(cast: Cast) -> None:
    item = dispatched(cast)
    with pytest.raises(BadInput):
        accept_item(actor=cast.actor("clerk"), item=item)
    with pytest.raises(BadInput):
        accept_item(actor=cast.actor("clerk"), item=item, on_behalf_of=cast.people["head_b"])
    accept_item(actor=cast.actor("clerk"), item=item, on_behalf_of=cast.people["head_a"])
    event = list(history_of(cast.tenant.pk, "item", item.pk))[-1]
    assert (event.actor_id, event.on_behalf_of_id) == (cast.people["clerk"].pk, cast.people["head_a"].pk)


def test_a_stale_page_is_told_what_the_item_is_now(cast: Cast) -> None:
    item = dispatched(cast)
    accept_item(actor=cast.actor("head_a"), item=item, version=1)
    with pytest.raises(Conflict, match=r"已签收|Accepted"):
        return_item(actor=cast.actor("head_a"), item=item, reason="不是本村的事", version=1)


def test_an_item_is_returned_once_then_the_office_decides(cast: Cast) -> None:
    head, clerk = cast.actor("head_a"), cast.actor("clerk")
    item = return_item(actor=head, item=dispatched(cast), reason="应为水利站事项")
    assert item.state == "returned"
    redispatch_item(actor=clerk, item=item, unit_id=cast.units["village_a"].pk, reason="仍由石桥村办理")
    with pytest.raises(BadInput):
        return_item(actor=head, item=item, reason="还是不该")
    assert tally_faults() == {}


def test_another_unit_may_return_what_it_is_given_then(cast: Cast) -> None:
    item = return_item(actor=cast.actor("head_a"), item=dispatched(cast), reason="应为柳湾村")
    redispatch_item(actor=cast.actor("clerk"), item=item, unit_id=cast.units["village_b"].pk, reason="改交柳湾村")
    assert return_item(actor=cast.actor("head_b"), item=item, reason="也不是").state == "returned"


def test_returning_asks_for_a_reason(cast: Cast) -> None:
    with pytest.raises(BadInput) as refusal:
        return_item(actor=cast.actor("head_a"), item=dispatched(cast), reason="  ")
    assert refusal.value.field == "reason"
