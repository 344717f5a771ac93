"""Amending, suspending, resuming, terminating, reminding, splitting, reopening."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from luoshi.audit.queries import history_of
from luoshi.audit.services import verify_chain
from luoshi.core.errors import BadInput, Conflict, NotAllowed
from luoshi.ledger.models import Item, StateSpan
from luoshi.ledger.orders import Order, Part
from luoshi.ledger.services.dispatching import dispatch_item, dispatch_orders, register_item
from luoshi.ledger.services.handling import accept_item, review_standing
from luoshi.ledger.services.steering import (
    amend_item,
    remind,
    resume_item,
    split_item,
    suspend_item,
    terminate_item,
)
from luoshi.ledger.services.verifying import reopen_item
from luoshi.ledger.tallies import tally_faults
from luoshi.ledger.tests.making import JUNE, accepted, closed, dispatched, in_progress, shared_out, with_target
from luoshi.organisations.tests.cast import Cast
from luoshi.outbox.models import Notice

pytestmark = pytest.mark.django_db


def test_an_amended_order_keeps_what_was_in_its_event(cast: Cast) -> None:
    item = amend_item(
        actor=cast.actor("clerk"),
        item=dispatched(cast),
        changes={"due_on": date(2026, 9, 30), "note": "经党委会同意"},
        reason="会议调整",
        version=1,
    )
    assert (item.due_on, item.red_from) == (date(2026, 9, 30), date(2026, 10, 1))
    body = list(history_of(cast.tenant.pk, "item", item.pk))[-1].payload.body
    assert body is not None
    assert body["changes"] == {"due_on": ["2026-06-30", "2026-09-30"], "note": ["", "经党委会同意"]}
    assert [span.due_on for span in StateSpan.objects.order_by("id")] == [date(2026, 6, 30), date(2026, 9, 30)]


def test_colliding_amendments_show_both_texts(cast: Cast) -> None:
    item, clerk = dispatched(cast), cast.actor("clerk")
    amend_item(actor=clerk, item=item, changes={"note": "甲写的"}, reason="补充", version=1)
    with pytest.raises(Conflict) as conflict:
        amend_item(actor=clerk, item=item, changes={"note": "乙写的"}, reason="补充", version=1)
    assert conflict.value.theirs == {"note": "甲写的"}
    assert conflict.value.yours == {"note": "乙写的"}
    assert Item.objects.get().note == "甲写的"


@pytest.mark.parametrize(
    "changes",
    [{}, {"title": " "}, {"due_on": None}, {"internal_due_on": date(2026, 7, 1)}, {"state": "closed"}],
)
def test_amendments_that_make_no_sense_are_refused(cast: Cast, changes: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        amend_item(actor=cast.actor("clerk"), item=dispatched(cast), changes=changes, reason="改", version=1)


@time_machine.travel("2026-08-02 09:00:00+08:00", tick=False)
def test_a_resting_item_has_no_light_and_goes_on_where_it_was(cast: Cast) -> None:
    leader = cast.actor("leader")
    item = suspend_item(actor=leader, item=in_progress(cast), reason="资金未到")
    assert (item.state, item.light) == ("suspended", "none")
    item = resume_item(actor=leader, item=item, reason="资金已到")
    assert (item.state, item.light) == ("in_progress", "red")
    assert tally_faults() == {}


def test_a_wrong_item_ends_with_its_reason_and_stays(cast: Cast) -> None:
    with pytest.raises(BadInput):
        terminate_item(actor=cast.actor("clerk"), item=dispatched(cast), reason="")
    item = terminate_item(actor=cast.actor("clerk"), item=Item.objects.get(), reason="重复立项")
    assert (item.state, item.light, item.number) == ("terminated", "none", "云岭-2026-0001")


def test_a_parent_ends_after_its_parts(cast: Cast) -> None:
    parent, *parts = shared_out(cast)
    with pytest.raises(BadInput):
        terminate_item(actor=cast.actor("clerk"), item=parent, reason="不办了")
    for part in parts:
        terminate_item(actor=cast.actor("clerk"), item=part, reason="不办了")
    assert terminate_item(actor=cast.actor("clerk"), item=parent, reason="不办了").state == "terminated"
    assert tally_faults() == {}


def test_a_reminder_reaches_the_head_once_a_day(cast: Cast) -> None:
    item = dispatched(cast)
    remind(actor=cast.actor("clerk"), item=item, words="请尽快签收")
    assert Notice.objects.get().person_id == cast.people["head_a"].pk
    with pytest.raises(BadInput):
        remind(actor=cast.actor("leader"), item=item)


def test_the_unit_itself_reminds_nobody(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        remind(actor=cast.actor("head_a"), item=dispatched(cast))


def test_splitting_gives_parts_their_words_and_shares(cast: Cast) -> None:
    item = accepted(cast, with_target(cast))
    parts = [Part(cast.units["village_b"].pk, Decimal(200))]
    children = split_item(actor=cast.actor("clerk"), item=item, parts=parts)
    child = children[0]
    assert (child.number, child.title, child.due_on) == (f"{item.number}-1", item.title, item.due_on)
    assert child.targets.get().value == 200
    assert tally_faults() == {}
    with pytest.raises(BadInput):
        split_item(actor=cast.actor("clerk"), item=item, parts=parts)


def test_a_head_splits_only_below_the_own_unit(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        split_item(actor=cast.actor("head_a"), item=accepted(cast), parts=[Part(cast.units["village_b"].pk)])


def test_items_split_over_at_most_three_levels(cast: Cast) -> None:
    item, clerk = accepted(cast), cast.actor("clerk")
    for level, unit in enumerate(("village_b", "inspection_office", "leading_office", "party_office")):
        if level == 3:
            with pytest.raises(BadInput):
                split_item(actor=clerk, item=item, parts=[Part(cast.units[unit].pk)])
            return
        item = split_item(actor=clerk, item=item, parts=[Part(cast.units[unit].pk)])[0]
        head = {"village_b": "head_b", "inspection_office": "inspector", "leading_office": "leader"}[unit]
        accept_item(actor=clerk, item=item, on_behalf_of=cast.people[head])


def test_a_closed_item_is_taken_up_again(cast: Cast) -> None:
    item = reopen_item(actor=cast.actor("leader"), item=closed(cast), reason="回头看发现反弹")
    assert (item.state, item.closed_on, item.round) == ("in_progress", None, 2)
    assert tally_faults() == {}
    assert verify_chain(cast.tenant.pk) is None


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_a_standing_duty_has_no_light_and_a_yearly_review(cast: Cast) -> None:
    order = Order("管好用好集体资金", cast.units["village_a"].pk, kind="standing")
    item = dispatch_orders(actor=cast.actor("clerk"), orders=[order])[0]
    assert (item.track, item.light, item.due_on, item.review_on) == ("standing", "none", None, date(2026, 11, 30))
    accept_item(actor=cast.actor("head_a"), item=item)
    with time_machine.travel("2026-11-20 09:00:00+08:00", tick=False):
        review_standing(actor=cast.actor("head_a"), item=item, note="继续坚持")
    assert Item.objects.get().review_on == date(2027, 11, 30)


def test_an_item_by_hand_gets_its_number_when_it_is_dispatched(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    item = register_item(actor=clerk, order=Order("临时任务", cast.units["village_a"].pk))
    assert (item.state, item.number) == ("registered", None)
    with pytest.raises(BadInput):
        dispatch_item(actor=clerk, item=item)
    amend_item(actor=clerk, item=item, changes={"due_on": JUNE.on}, reason="补时限", version=1)
    assert dispatch_item(actor=clerk, item=item).number == "云岭-2026-0001"
    assert tally_faults() == {}
