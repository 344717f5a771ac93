"""What the database refuses by itself, whoever holds the pen."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from luoshi.audit.models import Event
from luoshi.ledger.models import Assignment, Citation, Item, Progress, Target, Verification
from luoshi.ledger.orders import NewCitation, Order
from luoshi.ledger.services.dispatching import dispatch_orders
from luoshi.ledger.services.verifying import verify_item
from luoshi.ledger.tests.making import (
    JUNE,
    PAPERS,
    closed,
    dispatched,
    refused_by_database,
    reported,
    shared_out,
    with_target,
)
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
Change = Callable[[Cast, Item], dict[str, object]]


@pytest.mark.parametrize(
    "change",
    [
        lambda cast, _item: {"unit": cast.units["other"]},
        lambda cast, _item: {"handler": cast.people["stranger"]},
        lambda cast, _item: {"lead_leader": cast.people["stranger"]},
        lambda cast, _item: {"tenant": cast.other_tenant},
        lambda _cast, _item: {"number": "云岭-2026-9999"},
        lambda _cast, _item: {"number": None},
        lambda _cast, item: {"parent": item, "parent_role": "split"},
        lambda _cast, _item: {"state": "struck_off"},
        lambda _cast, _item: {"state": "unknown"},
        lambda _cast, _item: {"weight": 0},
        lambda _cast, _item: {"split_depth": 3},
    ],
)
def test_an_item_is_not_bent(cast: Cast, change: Change) -> None:
    item = dispatched(cast)
    with refused_by_database():
        Item.objects.filter(pk=item.pk).update(**change(cast, item))


def test_a_finished_item_stays_as_it_was_verified(cast: Cast) -> None:
    item = closed(cast)
    for change in ({"round": 9}, {"unit": cast.units["village_b"]}, {"handler": cast.people["inspector"]}):
        with refused_by_database():
            Item.objects.filter(pk=item.pk).update(**change)


@pytest.mark.parametrize("who", ["auditor", "sysadmin", "stranger", "head_b"])
def test_only_who_is_called_verifies(cast: Cast, who: str) -> None:
    item = reported(cast)
    with refused_by_database():
        Verification.objects.create(
            item=item, at=timezone.now(), verifier=cast.people[who], way="papers", result="passed"
        )


def test_a_parent_does_not_close_over_open_parts(cast: Cast) -> None:
    parent, *_parts = shared_out(cast)
    Item.objects.filter(pk=parent.pk).update(state="reported")
    Verification.objects.create(
        item=parent, at=timezone.now(), verifier=cast.people["leader"], way="papers", result="passed"
    )
    with refused_by_database():
        Item.objects.filter(pk=parent.pk).update(state="closed")


def test_assisting_units_stay(cast: Cast) -> None:
    item = with_target(cast, assisting=("village_b",))
    with refused_by_database():
        Assignment.objects.filter(item=item).update(unit=cast.units["inspection_office"])
    with refused_by_database():
        Assignment.objects.filter(item=item)._raw_delete("default")
    for unit in ("village_a", "other"):
        with refused_by_database():
            Assignment.objects.create(item=item, unit=cast.units[unit])


def test_reports_and_citations_are_written_once(cast: Cast) -> None:
    order = Order("甲", cast.units["village_a"].pk, JUNE, citations=[NewCitation("document", 1, 0, 3, "讲话", "句")])
    reported(cast, dispatch_orders(actor=cast.actor("clerk"), orders=[order])[0])
    for rows, change in ((Progress.objects.all(), {"kind": "review"}), (Citation.objects.all(), {"end": 9})):
        with refused_by_database():
            rows.update(**change)
        with refused_by_database():
            rows._raw_delete("default")


def test_a_target_is_not_below_zero(cast: Cast) -> None:
    with_target(cast)
    with refused_by_database():
        Target.objects.update(current=-1)


def test_nothing_is_replaced_on_sqlite(cast: Cast) -> None:
    item = reported(cast)
    verify_item(actor=cast.actor("inspector"), item=item, check=PAPERS)
    for table, key in (("audit_event", Event.objects.last()), ("ledger_verification", Verification.objects.get())):
        assert key is not None
        columns = ", ".join(str(field.column) for field in key._meta.concrete_fields)
        with refused_by_database(), connection.cursor() as cursor:
            verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
            again = f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = {key.pk}"  # noqa: S608
            cursor.execute(again)
