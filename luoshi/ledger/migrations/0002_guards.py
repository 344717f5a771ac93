"""Promise 4, the shape of the tree and the permanence of records, as triggers (see core/db/triggers.py)."""

from django.db import migrations

from luoshi.core.db.operations import InstallTriggers
from luoshi.core.db.triggers import TriggerSQL, never_changed, never_deleted, never_replaced

# ruff: noqa: S608 - nothing of these texts comes from outside

_FINISHED = "('closed', 'struck_off')"
_ENDED = "('closed', 'struck_off', 'archived', 'terminated')"
_WORK_ROLES = "('split', 'measure')"
_LOCK_ITEM = "1 FROM ledger_item WHERE id = NEW.item_id FOR UPDATE"


def _family(item: str) -> str:
    """The item and the parts and measures below it (three levels): whoever did those did this."""
    part = f"parent_role IN {_WORK_ROLES}"
    below = f"SELECT a.id FROM ledger_item a WHERE a.parent_id = {item} AND a.{part}"
    second = f"SELECT b.id FROM ledger_item b WHERE b.{part} AND b.parent_id IN ({below})"
    third = f"SELECT c.id FROM ledger_item c WHERE c.{part} AND c.parent_id IN ({second})"
    return f"(SELECT {item} UNION {below} UNION {second} UNION {third})"


def _above(item: str) -> str:
    """The item and those above it: their assisting units assist in it too."""
    first = f"SELECT a.parent_id FROM ledger_item a WHERE a.id = {item}"
    second = f"SELECT b.parent_id FROM ledger_item b WHERE b.id IN ({first})"
    third = f"SELECT c.parent_id FROM ledger_item c WHERE c.id IN ({second})"
    return f"(SELECT {item} UNION {first} UNION {second} UNION {third})"


def _seat(person: str, units: str, since: str) -> str:
    """A post in one of the units, or a grant to head or work in it, on any day from `since` on."""
    lasting = f"(s.ends_on IS NULL OR s.ends_on >= {since}) AND s.person_id = {person} AND s.unit_id IN ({units})"
    return (
        f"EXISTS (SELECT 1 FROM organisations_post s WHERE {lasting}) OR "
        f"EXISTS (SELECT 1 FROM organisations_grant s WHERE {lasting} AND s.role IN ('head', 'member'))"
    )


def _took_part(item: str, person: str) -> str:
    units = (
        f"SELECT u.unit_id FROM ledger_item u WHERE u.id IN {_family(item)} UNION "
        f"SELECT v.unit_id FROM ledger_assignment v WHERE v.item_id IN {_family(item)} OR v.item_id IN {_above(item)}"
    )
    since = f"(SELECT COALESCE(d.dispatched_on, d.registered_on) FROM ledger_item d WHERE d.id = {item})"
    return (
        f"EXISTS (SELECT 1 FROM ledger_item h WHERE h.id IN {_family(item)} AND h.handler_id = {person}) OR "
        f"EXISTS (SELECT 1 FROM ledger_progress p WHERE p.item_id IN {_family(item)} AND p.kind <> 'review' "
        f"AND (p.author_id = {person} OR p.on_behalf_of_id = {person})) OR {_seat(person, units, since)}"
    )


_CALLED = (
    "EXISTS (SELECT 1 FROM organisations_grant g JOIN organisations_unitclosure c ON c.ancestor_id = g.unit_id "
    "JOIN ledger_item i ON i.unit_id = c.descendant_id AND i.id = NEW.item_id WHERE g.person_id = NEW.verifier_id "
    "AND (g.role IN ('leader', 'inspector') OR (g.role = 'clerk' AND i.dispatched_by_id = NEW.verifier_id)))"
)
_PASSED = "FROM ledger_verification v WHERE v.item_id = NEW.id AND v.round = NEW.round AND v.result = 'passed'"
_PASSED_HERE = (
    "FROM ledger_verification v JOIN ledger_item i ON i.id = v.item_id AND i.round = v.round "
    "WHERE v.item_id = NEW.item_id AND v.result = 'passed'"
)
_SINCE_HERE = "COALESCE(NEW.dispatched_on, NEW.registered_on)"


def _other_tenant(table: str, row: str, tenant: str) -> str:
    return f"({row} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = {row} AND t.tenant_id = {tenant}))"


def _same_tenant(name: str, event: str) -> TriggerSQL:
    """Nothing crosses tenants: units, people and the parent are of the item's own."""
    condition = " OR ".join(
        (
            _other_tenant("organisations_unit", "NEW.unit_id", "NEW.tenant_id"),
            _other_tenant("organisations_unit", "NEW.verifier_unit_id", "NEW.tenant_id"),
            _other_tenant("organisations_person", "NEW.handler_id", "NEW.tenant_id"),
            _other_tenant("organisations_person", "NEW.lead_leader_id", "NEW.tenant_id"),
            _other_tenant("organisations_person", "NEW.dispatched_by_id", "NEW.tenant_id"),
            _other_tenant("ledger_item", "NEW.parent_id", "NEW.tenant_id"),
        )
    )
    return TriggerSQL(name, "ledger_item", event, "nothing crosses tenants", condition=condition)


PROMISE_4 = (
    TriggerSQL(
        "ledger_doer_does_not_verify",
        "ledger_verification",
        "INSERT",
        "the doer does not verify",
        condition=_took_part("NEW.item_id", "NEW.verifier_id"),
        locks=_LOCK_ITEM,
    ),
    TriggerSQL(
        "ledger_verifier_is_called",
        "ledger_verification",
        "INSERT",
        "a leader, an inspector or the dispatching clerk verifies",
        condition=f"NOT {_CALLED}",
    ),
    TriggerSQL(
        "ledger_verify_only_reported",
        "ledger_verification",
        "INSERT",
        "only what was reported done is verified",
        condition="NOT EXISTS (SELECT 1 FROM ledger_item i WHERE i.id = NEW.item_id AND i.state = 'reported' "
        "AND i.round = NEW.round)",
    ),
    TriggerSQL(
        "ledger_no_finish_unverified",
        "ledger_item",
        "UPDATE OF state",
        "an item is finished only after somebody else has verified it",
        when=f"NEW.state IN {_FINISHED} AND OLD.state NOT IN {_FINISHED}",
        condition=f"NOT EXISTS (SELECT 1 {_PASSED} AND (NEW.handler_id IS NULL OR v.verifier_id <> NEW.handler_id) "
        f"AND NOT ({_took_part('NEW.id', 'v.verifier_id')}))",
    ),
    TriggerSQL(
        "ledger_verifier_stays_apart",
        "ledger_item",
        "UPDATE",
        "who has verified an item in this round is not made its handler or lead",
        when="NEW.round = OLD.round AND (NEW.unit_id <> OLD.unit_id "
        "OR COALESCE(NEW.handler_id, 0) <> COALESCE(OLD.handler_id, 0))",
        condition=f"(NEW.handler_id IS NOT NULL AND EXISTS (SELECT 1 {_PASSED} AND v.verifier_id = NEW.handler_id)) "
        f"OR (NEW.unit_id <> OLD.unit_id AND EXISTS (SELECT 1 {_PASSED} AND "
        f"({_seat('v.verifier_id', 'NEW.unit_id', _SINCE_HERE)})))",
    ),
    TriggerSQL(
        "ledger_finished_stays_as_verified",
        "ledger_item",
        "UPDATE",
        "a finished item keeps its round, lead and handler",
        when=f"OLD.state IN {_FINISHED} AND NEW.state IN ('closed', 'struck_off', 'archived') "
        "AND (NEW.round <> OLD.round OR NEW.unit_id <> OLD.unit_id "
        "OR COALESCE(NEW.handler_id, 0) <> COALESCE(OLD.handler_id, 0))",
    ),
    TriggerSQL(
        "ledger_no_report_by_verifier",
        "ledger_progress",
        "INSERT",
        "who has verified an item in this round does not report on it",
        when="NEW.kind <> 'review'",
        condition=f"EXISTS (SELECT 1 {_PASSED_HERE} "
        "AND (v.verifier_id = NEW.author_id OR v.verifier_id = NEW.on_behalf_of_id))",
        locks=_LOCK_ITEM,
    ),
    TriggerSQL(
        "ledger_verifier_does_not_assist",
        "ledger_assignment",
        "INSERT",
        "a unit of somebody who has verified the item in this round does not assist in it",
        condition=f"EXISTS (SELECT 1 {_PASSED_HERE} AND "
        f"({_seat('v.verifier_id', 'NEW.unit_id', 'COALESCE(i.dispatched_on, i.registered_on)')}))",
        locks=_LOCK_ITEM,
    ),
)

SHAPE = (
    TriggerSQL(
        "ledger_no_finished_insert",
        "ledger_item",
        "INSERT",
        "an item begins registered or dispatched",
        when="NEW.state NOT IN ('registered', 'dispatched', 'accepted')",
    ),
    TriggerSQL(
        "ledger_no_archive_unfinished",
        "ledger_item",
        "UPDATE OF state",
        "only a finished or terminated item is archived",
        when=f"NEW.state = 'archived' AND OLD.state NOT IN {_ENDED}",
    ),
    TriggerSQL(
        "ledger_parts_end_first",
        "ledger_item",
        "UPDATE OF state",
        "parts and measures end before their parent",
        when=f"NEW.state IN {_FINISHED} AND OLD.state NOT IN {_FINISHED}",
        condition=f"EXISTS (SELECT 1 FROM ledger_item c WHERE c.parent_id = NEW.id AND c.parent_role IN {_WORK_ROLES} "
        f"AND c.track <> 'standing' AND c.state NOT IN {_ENDED})",
    ),
    TriggerSQL(
        "ledger_parent_is_open",
        "ledger_item",
        "UPDATE OF state",
        "an ended part is taken up again only below an open parent",
        when=f"OLD.state IN {_ENDED} AND NEW.state NOT IN {_ENDED} AND NEW.parent_role IN {_WORK_ROLES}",
        condition=f"EXISTS (SELECT 1 FROM ledger_item p WHERE p.id = NEW.parent_id AND p.state IN {_ENDED})",
    ),
    TriggerSQL(
        "ledger_place_and_number_stay",
        "ledger_item",
        "UPDATE",
        "an item keeps its tenant, its parent and its number",
        when="NEW.tenant_id <> OLD.tenant_id OR COALESCE(NEW.parent_id, 0) <> COALESCE(OLD.parent_id, 0) "
        "OR NEW.parent_role <> OLD.parent_role OR NEW.split_depth <> OLD.split_depth "
        "OR (OLD.number IS NOT NULL AND (NEW.number IS NULL OR NEW.number <> OLD.number))",
    ),
    TriggerSQL(
        "ledger_part_is_one_level_down",
        "ledger_item",
        "INSERT",
        "a part stands one level below its parent",
        when="NEW.parent_role = 'split'",
        condition="NOT EXISTS (SELECT 1 FROM ledger_item p WHERE p.id = NEW.parent_id "
        "AND p.split_depth + 1 = NEW.split_depth)",
    ),
    _same_tenant("ledger_item_in_tenant", "INSERT"),
    _same_tenant(
        "ledger_item_stays_in_tenant",
        "UPDATE OF tenant_id, unit_id, verifier_unit_id, handler_id, lead_leader_id, dispatched_by_id",
    ),
    TriggerSQL(
        "ledger_assisting_is_another",
        "ledger_assignment",
        "INSERT",
        "an assisting unit is another unit of the tenant",
        condition="NOT EXISTS (SELECT 1 FROM ledger_item i JOIN organisations_unit u ON u.tenant_id = i.tenant_id "
        "WHERE i.id = NEW.item_id AND u.id = NEW.unit_id AND u.id <> i.unit_id)",
    ),
    TriggerSQL(
        "ledger_assisting_stays",
        "ledger_assignment",
        "DELETE",
        "a unit assists from dispatch to the end unless a returned item is dispatched again",
        condition="EXISTS (SELECT 1 FROM ledger_item i WHERE i.id = OLD.item_id "
        "AND i.dispatched_on IS NOT NULL AND i.state <> 'returned')",
    ),
    TriggerSQL("ledger_assisting_as_is", "ledger_assignment", "UPDATE", "assignments are not changed"),
)

PERMANENCE = (
    never_deleted("ledger_item"),
    never_replaced("ledger_item", "(old.tenant_id = NEW.tenant_id AND old.number = NEW.number)"),
    *never_changed("ledger_verification"),
    never_replaced("ledger_verification"),
    *never_changed("ledger_progress"),
    never_replaced("ledger_progress"),
    *never_changed("ledger_citation"),
)


class Migration(migrations.Migration):
    """What no service, script or hand at the database may do to the ledger."""

    dependencies = [("ledger", "0001_items"), ("organisations", "0001_tree_and_people")]

    operations = [InstallTriggers((*PROMISE_4, *SHAPE, *PERMANENCE))]
