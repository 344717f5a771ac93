"""Progress and reporting done."""

from decimal import Decimal

import pytest
import time_machine

from luoshi.core.errors import BadInput, NotAllowed
from luoshi.ledger.models import Item, Progress
from luoshi.ledger.services.handling import Report, report_done, report_progress, set_handler
from luoshi.ledger.tallies import tally_faults
from luoshi.ledger.tests.making import accepted, in_progress, shared_out, with_target
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_an_amount_adds_to_the_target_and_moves_the_percent(cast: Cast) -> None:
    item = accepted(cast, with_target(cast))
    report_progress(actor=cast.actor("member_a"), item=item, report=Report("一组完成", Decimal(105)))
    report_progress(actor=cast.actor("head_a"), item=item, report=Report("二组完成", Decimal(20)))
    now_there = Item.objects.get(pk=item.pk)
    assert (now_there.state, now_there.percent) == ("in_progress", Decimal("25.00"))
    assert now_there.targets.get().current == 125
    assert tally_faults() == {}


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_parts_roll_up_to_their_parent(cast: Cast) -> None:
    parent, part_a, part_b = shared_out(cast)
    for part, head, amount in ((part_a, "head_a", 90), (part_b, "head_b", 10)):
        accepted(cast, part, head)
        report_progress(actor=cast.actor(head), item=part, report=Report("完成一批", Decimal(amount)))
    parent.refresh_from_db()
    assert (parent.state, parent.percent) == ("in_progress", Decimal("20.00"))
    assert parent.targets.get().current == 100
    assert tally_faults() == {}


def test_a_parent_is_not_reported_before_its_parts_have_ended(cast: Cast) -> None:
    parent, *_parts = shared_out(cast)
    report = Report("完成", on_behalf_of=None)
    with pytest.raises(BadInput, match="2"):
        report_done(actor=cast.actor("clerk"), item=parent, report=report)


def test_the_amount_of_a_parent_comes_from_its_parts_only(cast: Cast) -> None:
    parent, *_parts = shared_out(cast)
    with pytest.raises(BadInput):
        report_progress(actor=cast.actor("clerk"), item=parent, report=Report("手填", Decimal(5)))


@pytest.mark.parametrize(
    "report",
    [Report(""), Report("多", Decimal(5)), Report("过", percent=Decimal(101)), Report("负", percent=Decimal(-1))],
)
def test_bad_reports_are_refused_and_nothing_is_written(cast: Cast, report: Report) -> None:
    item = accepted(cast)
    with pytest.raises(BadInput):
        report_progress(actor=cast.actor("head_a"), item=item, report=report)
    assert not Progress.objects.exists()


def test_an_inspector_does_not_report(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        report_progress(actor=cast.actor("inspector"), item=accepted(cast), report=Report("看过"))


def test_only_the_head_reports_done(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        report_done(actor=cast.actor("member_a"), item=in_progress(cast), report=Report("完成"))


def test_a_handler_sits_in_the_lead_unit(cast: Cast) -> None:
    item = accepted(cast)
    with pytest.raises(BadInput):
        set_handler(actor=cast.actor("head_a"), item=item, handler=cast.people["head_b"])
    assert set_handler(actor=cast.actor("head_a"), item=item, handler=cast.people["member_a"]).handler_id
