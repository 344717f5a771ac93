"""Writing notices, and forgetting keys that have done their service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from luoshi.core.clock import now
from luoshi.outbox.models import IdempotencyKey, Notice

KEYS_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class News:
    """What one person is to be told: kind of notice, object (type, id), particulars as JSON values, not before when."""

    person_id: int
    kind: str
    subject: tuple[str, int]
    payload: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None


def queue_notice(
    *,
    tenant_id: int,
    person_id: int,
    kind: str,
    subject: tuple[str, int],
    payload: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Have one person told, now or from `due_at` on. Call it inside the act's transaction."""
    queue_notices(tenant_id=tenant_id, news=[News(person_id, kind, subject, payload or {}, due_at)])


def queue_notices(*, tenant_id: int, news: Iterable[News]) -> None:
    """The same for many, in few statements. Raises RuntimeError outside of a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a notice is queued in the transaction of its act")
    moment = now()
    rows = [
        Notice(
            tenant_id=tenant_id,
            person_id=one.person_id,
            kind=one.kind,
            object_type=one.subject[0],
            object_id=one.subject[1],
            payload=dict(one.payload),
            created_at=moment,
            due_at=one.due_at or moment,
        )
        for one in news
    ]
    Notice.objects.bulk_create(rows, batch_size=500)


def forget_old_keys() -> None:
    """Delete the keys of forms sent more than seven days ago."""
    IdempotencyKey.objects.filter(created_at__lt=now() - KEYS_KEPT).delete()
