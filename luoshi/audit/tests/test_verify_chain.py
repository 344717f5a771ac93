"""The chain: what holds, what breaks it, what the database refuses, and what may be erased."""

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from luoshi.audit.models import ChainHead, Event, EventPayload, EventSubject, Purge
from luoshi.audit.services import BrokenLink, Happening, note_checkpoint, record_event, verify_chain

pytestmark = pytest.mark.django_db
TENANT = 7
GUARDS = ("audit_event_no_update", "audit_event_no_delete", "audit_payload_only_erased", "audit_head_goes_forward")


@pytest.fixture
def chain() -> list[Event]:
    """Three links."""
    return [
        record_event(tenant_id=TENANT, actor=None, happening=Happening("note", [("item", place)], {"what": "落实"}))
        for place in range(3)
    ]


def _without_guards(statement: str) -> None:
    """Do by force what the database refuses, as somebody with the database in hands could."""
    with connection.cursor() as cursor:
        for name in GUARDS:
            table = {"audit_p": "audit_eventpayload", "audit_h": "audit_chainhead"}.get(name[:7], "audit_event")
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
        cursor.execute(statement)


def test_a_whole_chain_holds(chain: list[Event]) -> None:
    assert verify_chain(TENANT) is None
    assert [event.previous_hash for event in chain] == ["", chain[0].hash, chain[1].hash]


@pytest.mark.parametrize(
    ("statement", "fault", "sequence"),
    [
        ("UPDATE audit_event SET action = 'other' WHERE sequence = 2", "hash", 2),
        ("UPDATE audit_event SET previous_hash = 'x' WHERE sequence = 2", "link", 2),
        ("UPDATE audit_event SET sequence = 9 WHERE sequence = 3", "gap", 3),
        (
            "UPDATE audit_eventpayload SET salt = 'x' WHERE event_id = (SELECT id FROM audit_event WHERE sequence = 2)",
            "payload",
            2,
        ),
        (
            (
                "UPDATE audit_eventpayload SET salt = '', body = NULL "
                "WHERE event_id = (SELECT id FROM audit_event WHERE sequence = 1)"
            ),
            "payload",
            1,
        ),
        ("UPDATE audit_chainhead SET hash = 'x'", "head", 3),
        ("UPDATE audit_chainhead SET sequence = 5", "head", 4),
    ],
)
@pytest.mark.usefixtures("chain")
def test_the_first_broken_link_is_named(statement: str, fault: str, sequence: int) -> None:
    _without_guards(statement)
    assert verify_chain(TENANT) == BrokenLink(TENANT, sequence, fault)


def test_a_rewritten_tail_is_found_by_its_checkpoint(chain: list[Event]) -> None:
    note_checkpoint(tenant_id=TENANT)
    _without_guards("DELETE FROM audit_eventsubject WHERE 1 = 0")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_chainhead SET sequence = 0, hash = ''")
        cursor.execute("UPDATE audit_event SET tenant_id = 8")
    assert verify_chain(TENANT) == BrokenLink(TENANT, chain[-1].sequence, "checkpoint")


def _refused(act: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        act()  # type: ignore[operator]


@pytest.mark.usefixtures("chain")
def test_the_database_refuses_updates_and_deletes() -> None:
    _refused(lambda: Event.objects.update(action="other"))
    _refused(lambda: connection.cursor().execute("DELETE FROM audit_event"))
    _refused(lambda: connection.cursor().execute("DELETE FROM audit_eventpayload"))
    _refused(lambda: EventPayload.objects.update(body={"what": "另"}))
    _refused(lambda: EventPayload.objects.update(body=None, salt=""))
    _refused(lambda: ChainHead.objects.update(sequence=1))


def test_two_persons_erase_a_payload_and_the_chain_holds(chain: list[Event]) -> None:
    moment = timezone.now()
    purge = _ask(chain[1], moment=moment)
    _refused(lambda: Purge.objects.filter(pk=purge.pk).update(approved_by_id=1, approved_at=moment))
    _refused(lambda: Purge.objects.filter(pk=purge.pk).update(reason="另"))
    _refused(lambda: EventPayload.objects.filter(event=chain[1]).update(body=None, salt=""))
    Purge.objects.filter(pk=purge.pk).update(approved_by_id=2, approved_at=moment)
    _refused(lambda: Purge.objects.filter(pk=purge.pk).update(approved_by_id=3))
    EventPayload.objects.filter(event=chain[1]).update(body=None, salt="")
    assert verify_chain(TENANT) is None


def _ask(event: Event, moment: datetime) -> Purge:
    return Purge.objects.create(event=event, asked_by_id=1, asked_at=moment, reason="误填身份证号")


def test_an_event_cannot_be_given_another_subject(chain: list[Event]) -> None:
    EventSubject.objects.create(event=chain[1], object_type="item", object_id=99)
    assert verify_chain(TENANT) == BrokenLink(TENANT, 2, "hash")


def test_equal_payloads_have_different_digests(chain: list[Event]) -> None:
    assert len({event.payload_digest for event in chain}) == 3
