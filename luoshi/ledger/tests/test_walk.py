"""A walk of random acts by everybody, right or wrong, against what must always hold."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from luoshi.audit.services import verify_chain
from luoshi.core.actor import Actor
from luoshi.core.clock import rehearse
from luoshi.core.errors import LuoshiError
from luoshi.ledger.enums import BLOCKING, ENDED, VerificationResult
from luoshi.ledger.models import Item, Progress, StateSpan
from luoshi.ledger.orders import Part
from luoshi.ledger.permissions import did_the_work
from luoshi.ledger.services.handling import Report, accept_item, report_done, report_progress, return_item, set_handler
from luoshi.ledger.services.steering import (
    redispatch_item,
    remind,
    resume_item,
    split_item,
    suspend_item,
    terminate_item,
)
from luoshi.ledger.services.verifying import Check, close_item, reopen_item, send_back, verify_item
from luoshi.ledger.tallies import tally_faults, turn_lights
from luoshi.ledger.tests.making import shared_out, with_target
from luoshi.organisations.tests.cast import MEMBERS, Cast, gather_cast
from luoshi.organisations.tree import forget_trees

Deed = Callable[[Actor, Item, Cast], object]
CHECK = Check("on_site", "看过")
DEEDS: dict[str, Deed] = {
    "accept": lambda who, item, _cast: accept_item(actor=who, item=item),
    "return": lambda who, item, _cast: return_item(actor=who, item=item, reason="不归我管"),
    "redispatch": lambda who, item, cast: redispatch_item(
        actor=who, item=item, unit_id=cast.units["village_b"].pk, reason="改交"
    ),
    "hand over": lambda who, item, cast: set_handler(actor=who, item=item, handler=cast.people["member_a"]),
    "progress": lambda who, item, _cast: report_progress(actor=who, item=item, report=Report("推进", Decimal(20))),
    "progress for": lambda who, item, cast: report_progress(
        actor=who, item=item, report=Report("电话报", on_behalf_of=cast.people["head_a"])
    ),
    "done": lambda who, item, _cast: report_done(actor=who, item=item, report=Report("完成")),
    "verify": lambda who, item, _cast: verify_item(actor=who, item=item, check=CHECK),
    "close": lambda who, item, _cast: close_item(actor=who, item=item, check=CHECK),
    "send back": lambda who, item, _cast: send_back(actor=who, item=item, reason="不够", check=CHECK),
    "reopen": lambda who, item, _cast: reopen_item(actor=who, item=item, reason="反弹"),
    "suspend": lambda who, item, _cast: suspend_item(actor=who, item=item, reason="等资金"),
    "resume": lambda who, item, _cast: resume_item(actor=who, item=item, reason="到位"),
    "terminate": lambda who, item, _cast: terminate_item(actor=who, item=item, reason="重复"),
    "remind": lambda who, item, _cast: remind(actor=who, item=item),
    "split": lambda who, item, cast: split_item(
        actor=who, item=item, parts=[Part(cast.units["village_b"].pk, Decimal(100))]
    ),
}
LIKELY = [
    ("accept", "head_a"),
    ("accept", "head_b"),
    ("progress", "member_a"),
    ("done", "head_a"),
    ("done", "head_b"),
    ("close", "inspector"),
    ("close", "leader"),
    ("verify", "leader"),
    ("reopen", "leader"),
    ("send back", "inspector"),
    ("split", "clerk"),
]
"""Acts by those whose acts they are, so that walks get far; the other half is anybody doing anything."""
BEGINNING = [("accept", "head_a"), ("progress", "member_a"), ("done", "head_a")]
ANY = st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from(MEMBERS))
STEP = st.tuples(st.one_of(st.sampled_from(LIKELY), ANY), st.sampled_from([0, 0, 0, 1, 2, 3]), st.integers(0, 20))
Step = tuple[tuple[str, str], int, int]


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(begun=st.integers(0, 3), steps=st.lists(STEP, min_size=15, max_size=40))
def test_what_must_hold_holds_after_every_act(begun: int, steps: list[Step]) -> None:
    forget_trees()
    with transaction.atomic():
        _walk([*((step, 0, 1) for step in BEGINNING[:begun]), *steps])
        transaction.set_rollback(True)


def _walk(steps: list[Step]) -> None:
    moment = datetime(2026, 3, 2, 1, tzinfo=UTC)
    with rehearse(moment):
        cast = gather_cast()
        with_target(cast)
        shared_out(cast)
    for (deed, who), place, days in steps:
        moment += timedelta(days=days)
        with rehearse(moment):
            turn_lights()
            items = list(Item.objects.order_by("pk"))
            _try(deed, cast.actor(who), items[place % len(items)], cast)
            _hold()
    assert verify_chain(cast.tenant.pk) is None


def _try(deed: str, who: Actor, item: Item, cast: Cast) -> None:
    before = (item.version, item.state)
    visible = Item.objects.visible_to(who).filter(pk=item.pk).exists()
    try:
        DEEDS[deed](who, item, cast)
    except (LuoshiError, Http404):
        after = Item.objects.get(pk=item.pk)
        assert (after.version, after.state) == before
    else:
        event(deed)
        assert visible
        assert Item.objects.get(pk=item.pk).version == before[0] + 1


def _hold() -> None:
    assert tally_faults() == {}
    for item in Item.objects.prefetch_related("children", "verifications", "assignments"):
        span = StateSpan.objects.get(item=item, until__isnull=True)
        assert (span.state, span.unit_id, span.due_on) == (item.state, item.unit_id, item.due_on)
        if item.state in {"closed", "reported"}:
            assert all(part.state in ENDED for part in item.children.all() if part.parent_role in BLOCKING)
        if item.state == "closed":
            passed = [
                one
                for one in item.verifications.all()
                if (one.round, one.result) == (item.round, VerificationResult.PASSED)
            ]
            assert any(not did_the_work(one.verifier_id, item) for one in passed)
            assert not Progress.objects.filter(item=item, author_id__in=[one.verifier_id for one in passed]).exists()
