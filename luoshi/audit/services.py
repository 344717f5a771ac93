"""Events are written here and nowhere else; the chain is verified here."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from luoshi.audit.chain import digest_of, hash_of, moment_text
from luoshi.audit.models import ChainHead, Checkpoint, Event, EventPayload, EventSubject
from luoshi.core.actor import Actor
from luoshi.core.clock import now

Subject = tuple[str, int]
PAGE = 1000
HEADER_FIELDS = ("tenant_id", "sequence", "actor_id", "on_behalf_of_id", "action", "object_type", "object_id")


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be recorded: the action, what it was about, and its particulars as JSON values."""

    action: str
    subjects: Sequence[Subject]
    body: Mapping[str, Any] = field(default_factory=dict)
    on_behalf_of_id: int | None = None


def record_event(*, tenant_id: int, actor: Actor | None, happening: Happening) -> Event:
    """Append one event inside the act's own transaction. The chain's head is locked here, so call it last."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    head = _locked_head(tenant_id)
    salt = secrets.token_hex(16)
    body = {**happening.body, "actor_name": actor.name if actor else ""}
    subject = happening.subjects[0]
    event = Event(
        tenant_id=tenant_id,
        sequence=head.sequence + 1,
        at=now(),
        actor_id=actor.person_id if actor else None,
        on_behalf_of_id=happening.on_behalf_of_id,
        action=happening.action,
        object_type=subject[0],
        object_id=subject[1],
        payload_digest=digest_of(salt, body),
        previous_hash=head.hash,
    )
    event.hash = hash_of(header_of(event, happening.subjects))
    event.save(force_insert=True)
    EventPayload.objects.create(event=event, salt=salt, body=body)
    EventSubject.objects.bulk_create(
        [EventSubject(event=event, object_type=kind, object_id=key) for kind, key in sorted(set(happening.subjects))],
        batch_size=1000,
    )
    ChainHead.objects.filter(pk=head.pk).update(sequence=event.sequence, hash=event.hash)
    return event


def _locked_head(tenant_id: int) -> ChainHead:
    ChainHead.objects.get_or_create(tenant_id=tenant_id)
    return ChainHead.objects.select_for_update().get(tenant_id=tenant_id)


def header_of(event: Event, subjects: Iterable[Subject]) -> dict[str, Any]:
    """The part of an event that its hash covers: who, what, when, about which objects, and what it says as a digest."""
    header: dict[str, Any] = {name: getattr(event, name) for name in HEADER_FIELDS}
    header["at"] = moment_text(event.at)
    header["payload_digest"] = event.payload_digest
    header["previous_hash"] = event.previous_hash
    header["subjects"] = [list(subject) for subject in sorted(set(subjects))]
    return header


def note_checkpoint(*, tenant_id: int) -> Checkpoint | None:
    """Remember the present head; None when the chain is empty or the link is noted already."""
    head = ChainHead.objects.filter(tenant_id=tenant_id, sequence__gt=0).first()
    if head is None:
        return None
    checkpoint, made = Checkpoint.objects.get_or_create(
        tenant_id=tenant_id, sequence=head.sequence, defaults={"hash": head.hash, "at": now()}
    )
    return checkpoint if made else None


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first link that does not hold, and why: `gap` `link` `hash` `payload` `head` `checkpoint`."""

    tenant_id: int
    sequence: int
    fault: str


def verify_chain(tenant_id: int) -> BrokenLink | None:
    """Walk the whole chain of a tenant; None when every link holds."""
    previous = ""
    last = 0
    for event in _links(tenant_id):
        fault = _fault_of(event, last + 1, previous)
        if fault:
            return BrokenLink(tenant_id, min(event.sequence, last + 1), fault)
        previous, last = event.hash, event.sequence
    return _fault_of_ends(tenant_id, last, previous)


def _links(tenant_id: int) -> Iterator[Event]:
    """Every event in order, page by page: an open cursor would keep the writers of an SQLite file waiting."""
    events = Event.objects.filter(tenant_id=tenant_id).select_related("payload").prefetch_related("subjects", "purges")
    last = 0
    while page := list(events.filter(sequence__gt=last).order_by("sequence")[:PAGE]):
        yield from page
        last = page[-1].sequence


def _fault_of(event: Event, expected: int, previous: str) -> str:
    if event.sequence != expected:
        return "gap"
    if event.previous_hash != previous:
        return "link"
    subjects = [(one.object_type, one.object_id) for one in event.subjects.all()]
    if event.hash != hash_of(header_of(event, subjects)):
        return "hash"
    payload = getattr(event, "payload", None)
    if payload is None:
        return "payload"
    if payload.body is not None and digest_of(payload.salt, payload.body) != event.payload_digest:
        return "payload"
    if payload.body is None and all(purge.approved_by_id is None for purge in event.purges.all()):
        return "payload"
    return ""


def _fault_of_ends(tenant_id: int, last: int, hash_: str) -> BrokenLink | None:
    head = ChainHead.objects.filter(tenant_id=tenant_id).first()
    if (head.sequence, head.hash) != (last, hash_) if head else last > 0:
        return BrokenLink(tenant_id, last + 1 if head and head.sequence > last else last, "head")
    for checkpoint in Checkpoint.objects.filter(tenant_id=tenant_id):
        if not Event.objects.filter(tenant_id=tenant_id, sequence=checkpoint.sequence, hash=checkpoint.hash).exists():
            return BrokenLink(tenant_id, checkpoint.sequence, "checkpoint")
    return None


def tenants_with_history() -> Iterable[int]:
    """Ids of all tenants that have a chain."""
    return ChainHead.objects.order_by("tenant_id").values_list("tenant_id", flat=True)
