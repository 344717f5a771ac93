"""Notices are rows of the act's own transaction."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from luoshi.core.clock import rehearse
from luoshi.outbox.models import Notice
from luoshi.outbox.services import News, queue_notice, queue_notices

MOMENT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_a_notice_says_whom_what_and_when(db: None) -> None:
    with rehearse(MOMENT):
        queue_notice(tenant_id=1, person_id=2, kind="item.dispatched", subject=("item", 3), payload={"number": "甲-1"})
        queue_notice(tenant_id=1, person_id=2, kind="item.due", subject=("item", 3), due_at=LATER)

    rows = Notice.objects.order_by("pk").values_list(
        "tenant_id", "person_id", "kind", "object_type", "object_id", "payload", "created_at", "due_at", "sent_at"
    )
    assert list(rows) == [
        (1, 2, "item.dispatched", "item", 3, {"number": "甲-1"}, MOMENT, MOMENT, None),
        (1, 2, "item.due", "item", 3, {}, MOMENT, LATER, None),
    ]


def test_many_notices_take_few_statements(db: None, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    news = [News(person, "told", ("item", person)) for person in range(1000)]

    with django_assert_max_num_queries(12):
        queue_notices(tenant_id=1, news=news)

    assert Notice.objects.count() == 1000


def test_a_notice_goes_with_its_act(committed: None) -> None:
    def act() -> None:
        with transaction.atomic():
            queue_notice(tenant_id=1, person_id=2, kind="told", subject=("item", 3))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        act()

    assert not Notice.objects.exists()


def test_a_notice_outside_of_a_transaction_is_refused(committed: None) -> None:
    with pytest.raises(RuntimeError):
        queue_notice(tenant_id=1, person_id=2, kind="told", subject=("item", 3))

    assert not Notice.objects.exists()
