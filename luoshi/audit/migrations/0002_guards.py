"""What the database itself keeps of the chain (see core/db/triggers.py)."""

from django.db import migrations

from luoshi.core.db.operations import InstallTriggers
from luoshi.core.db.triggers import TriggerSQL, never_changed, never_deleted, never_replaced

GUARDS: tuple[TriggerSQL, ...] = (
    *never_changed("audit_event"),
    never_replaced("audit_event", "(old.tenant_id = NEW.tenant_id AND old.sequence = NEW.sequence)"),
    *never_changed("audit_eventsubject"),
    never_replaced("audit_eventsubject"),
    *never_changed("audit_checkpoint"),
    never_deleted("audit_eventpayload"),
    TriggerSQL(
        "audit_eventpayload_no_replace",
        "audit_eventpayload",
        "INSERT",
        "audit_eventpayload rows are never replaced",
        condition="EXISTS (SELECT 1 FROM audit_eventpayload old WHERE old.event_id = NEW.event_id)",
        only="sqlite",
    ),
    never_deleted("audit_purge"),
    never_deleted("audit_chainhead"),
    TriggerSQL(
        "audit_payload_only_erased",
        "audit_eventpayload",
        "UPDATE",
        "a payload is erased by two persons or left as it is",
        condition=(
            "NEW.body IS NOT NULL OR NEW.salt <> '' OR NEW.event_id <> OLD.event_id OR NOT EXISTS "
            "(SELECT 1 FROM audit_purge p WHERE p.event_id = OLD.event_id AND p.approved_by_id IS NOT NULL)"
        ),
    ),
    TriggerSQL(
        "audit_purge_begins_asked",
        "audit_purge",
        "INSERT",
        "a purge is asked for first and approved by another afterwards",
        when="NEW.approved_by_id IS NOT NULL",
    ),
    TriggerSQL(
        "audit_purge_approved_once",
        "audit_purge",
        "UPDATE",
        "a purge is approved once and otherwise stays as it was asked for",
        when=(
            "OLD.approved_by_id IS NOT NULL OR NEW.event_id <> OLD.event_id OR NEW.asked_by_id <> OLD.asked_by_id "
            "OR NEW.asked_at <> OLD.asked_at OR NEW.reason <> OLD.reason"
        ),
    ),
    TriggerSQL(
        "audit_head_goes_forward",
        "audit_chainhead",
        "UPDATE",
        "the head of a chain goes forward by one link",
        condition="NEW.tenant_id <> OLD.tenant_id OR NEW.sequence <> OLD.sequence + 1",
    ),
)


class Migration(migrations.Migration):
    """The database refuses to change or delete events."""

    dependencies = [("audit", "0001_events")]

    operations = [InstallTriggers(GUARDS)]
