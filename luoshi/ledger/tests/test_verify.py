"""Promise 4: the doer does not verify. Held by the service and by the database."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from luoshi.core.errors import BadInput, NotAllowed
from luoshi.ledger.models import Assignment, Item, Progress, Verification
from luoshi.ledger.services.handling import Report, report_done, report_progress
from luoshi.ledger.services.verifying import Check, close_item, reopen_item, send_back, verify_item
from luoshi.ledger.tallies import tally_faults
from luoshi.ledger.tests.making import (
    PAPERS,
    accepted,
    closed,
    dispatched,
    in_progress,
    refused_by_database,
    reported,
    with_target,
)
from luoshi.organisations.models import Grant, Post
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["inspector", "leader", "clerk"])
def test_a_leader_an_inspector_or_the_dispatching_clerk_closes(cast: Cast, who: str) -> None:
    item = close_item(actor=cast.actor(who), item=reported(cast), check=PAPERS)
    assert (item.state, item.light) == ("closed", "green")
    assert Verification.objects.get().verifier_id == cast.people[who].pk
    assert tally_faults() == {}


@pytest.mark.parametrize("who", ["head_a", "member_a", "auditor"])
def test_nobody_else_closes(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        close_item(actor=cast.actor(who), item=reported(cast), check=PAPERS)


def _grant(cast: Cast, name: str, role: str = "inspector") -> None:
    Grant.objects.create(person=cast.people[name], unit=cast.units["town"], role=role, starts_on=date(2020, 1, 1))


@pytest.mark.parametrize("who", ["head_a", "member_a"])
def test_a_grant_does_not_wash_the_doer_clean(cast: Cast, who: str) -> None:
    item = reported(cast)
    _grant(cast, who)
    with pytest.raises(NotAllowed):
        close_item(actor=cast.actor(who), item=item, check=PAPERS)
    with refused_by_database():
        _verify_by_hand(cast, item, who)


def test_who_was_entered_for_counts_as_reporter(cast: Cast) -> None:
    item = accepted(cast)
    report_progress(actor=cast.actor("clerk"), item=item, report=Report("电话报", on_behalf_of=cast.people["head_a"]))
    report_done(actor=cast.actor("head_a"), item=item, report=Report("完成"))
    Post.objects.filter(person=cast.people["head_a"]).update(ends_on=date(2020, 1, 2))
    _grant(cast, "head_a")
    for who in ("clerk", "head_a"):
        with pytest.raises(NotAllowed):
            close_item(actor=cast.actor(who), item=item, check=PAPERS)
        with refused_by_database():
            _verify_by_hand(cast, item, who)


def test_a_post_in_an_assisting_unit_bars_too(cast: Cast) -> None:
    item = reported(cast, with_target(cast, assisting=("inspection_office",)))
    with pytest.raises(NotAllowed):
        close_item(actor=cast.actor("inspector"), item=item, check=PAPERS)
    with refused_by_database():
        _verify_by_hand(cast, item, "inspector")


def test_a_post_left_during_the_work_bars_still(cast: Cast) -> None:
    with time_machine.travel("2026-03-02 09:00:00+08:00", tick=False):
        item = reported(cast)
        Post.objects.create(
            person=cast.people["inspector"],
            unit=cast.units["village_a"],
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 3, 2),
        )
    with time_machine.travel("2026-04-02 09:00:00+08:00", tick=False), pytest.raises(NotAllowed):
        close_item(actor=cast.actor("inspector"), item=item, check=PAPERS)
    with refused_by_database():
        _verify_by_hand(cast, item, "inspector")


def _verify_by_hand(cast: Cast, item: Item, who: str, result: str = "passed") -> None:
    Verification.objects.create(
        item=item, at=timezone.now(), verifier=cast.people[who], way="papers", result=result, round=item.round
    )


def test_the_database_closes_nothing_that_nobody_verified(cast: Cast) -> None:
    item = reported(cast)
    with refused_by_database():
        Item.objects.filter(pk=item.pk).update(state="closed")
    with refused_by_database():
        Item.objects.filter(pk=item.pk).update(state="archived")
    with refused_by_database():
        Item.objects.filter(pk=item.pk).update(state="struck_off")


def test_the_database_verifies_only_what_was_reported(cast: Cast) -> None:
    item = in_progress(cast)
    with refused_by_database():
        _verify_by_hand(cast, item, "inspector")


def test_the_database_lets_no_verifier_become_a_doer_afterwards(cast: Cast) -> None:
    item = reported(cast)
    verify_item(actor=cast.actor("inspector"), item=item, check=PAPERS)
    inspector = cast.people["inspector"]
    with refused_by_database():
        Item.objects.filter(pk=item.pk).update(handler=inspector)
    with refused_by_database():
        Item.objects.filter(pk=item.pk).update(handler=inspector, state="closed")
    with refused_by_database():
        Item.objects.filter(pk=item.pk).update(unit=cast.units["inspection_office"])
    with refused_by_database():
        Assignment.objects.create(item=item, unit=cast.units["inspection_office"])
    with refused_by_database():
        Progress.objects.create(
            item=item, at=timezone.now(), author=inspector, unit=item.unit, what="代报", round=item.round
        )


def test_verifications_and_reports_are_permanent(cast: Cast) -> None:
    closed(cast)
    with refused_by_database():
        Verification.objects.update(verifier=cast.people["leader"])
    with refused_by_database():
        Verification.objects.all()._raw_delete(Verification.objects.db)
    with refused_by_database():
        Progress.objects.all()._raw_delete(Progress.objects.db)
    with refused_by_database():
        Item.objects.all()._raw_delete(Item.objects.db)


def test_a_verification_of_an_earlier_round_counts_no_more(cast: Cast) -> None:
    item = reopen_item(actor=cast.actor("leader"), item=closed(cast), reason="回头看发现反弹")
    report_done(actor=cast.actor("head_a"), item=item, report=Report("再次完成"))
    with refused_by_database():
        Item.objects.filter(pk=item.pk).update(state="closed")


def test_what_is_not_good_enough_goes_back_with_its_reason(cast: Cast) -> None:
    with pytest.raises(BadInput):
        send_back(actor=cast.actor("inspector"), item=reported(cast), reason="", check=Check("on_site"))
    item = send_back(actor=cast.actor("inspector"), item=Item.objects.get(), reason="还差三户", check=Check("on_site"))
    assert (item.state, item.round, item.reported_on) == ("in_progress", 2, None)
    assert Verification.objects.get().result == "failed"


def test_the_way_of_checking_is_asked_for(cast: Cast) -> None:
    with pytest.raises(BadInput) as refusal:
        close_item(actor=cast.actor("inspector"), item=reported(cast), check=Check(""))
    assert refusal.value.field == "way"


def test_done_after_the_day_is_late_for_good_and_green(cast: Cast) -> None:
    with time_machine.travel("2026-03-02 09:00:00+08:00", tick=False):
        item = dispatched(cast)
    with time_machine.travel("2026-07-02 09:00:00+08:00", tick=False):
        item = closed(cast, item)
    assert (item.finished_late, item.light) == (True, "green")
