"""Promise 4 and the permanence of records, as triggers of the database (see core/db/triggers.py)."""

from django.db import migrations

from luoshi.core.db.operations import InstallTriggers
from luoshi.core.db.triggers import TriggerSQL, never_changed, never_deleted

_REPORTERS = (
    "SELECT 1 FROM ledger_progress p WHERE p.item_id = {item} AND p.kind <> 'review' "
    "AND (p.author_id = {person} OR p.on_behalf_of_id = {person})"
)
_SEATS = (
    "SELECT 1 FROM organisations_post s JOIN ledger_item i ON i.id = {item} "
    "WHERE s.person_id = {person} AND (s.ends_on IS NULL OR s.ends_on >= COALESCE(i.dispatched_on, i.registered_on)) "
    "AND (s.unit_id = i.unit_id OR s.unit_id IN "
    "(SELECT a.unit_id FROM ledger_assignment a WHERE a.item_id = {item}))"
)
_HANDLER = "SELECT 1 FROM ledger_item h WHERE h.id = {item} AND h.handler_id = {person}"


def _took_part(item: str, person: str) -> str:
    return " OR ".join(f"EXISTS ({text.format(item=item, person=person)})" for text in (_HANDLER, _REPORTERS, _SEATS))


# ruff: noqa: S608 - nothing of these texts comes from outside
_VERIFIED = (
    "SELECT 1 FROM ledger_verification v WHERE v.item_id = NEW.id AND v.round = NEW.round AND v.result = 'passed' "
    "AND (NEW.handler_id IS NULL OR v.verifier_id <> NEW.handler_id) "
    "AND NOT (" + _took_part("NEW.id", "v.verifier_id") + ")"
)
_PASSED_BY = (
    "EXISTS (SELECT 1 FROM ledger_verification v WHERE v.item_id = {item} AND v.round = {round} "
    "AND v.result = 'passed' AND {who})"
)
_SITS_IN = (
    "EXISTS (SELECT 1 FROM organisations_post s WHERE s.person_id = v.verifier_id AND s.unit_id = NEW.unit_id "
    "AND (s.ends_on IS NULL OR s.ends_on >= {since}))"
)
_FINISHED = "('closed', 'struck_off')"

GUARDS: tuple[TriggerSQL, ...] = (
    TriggerSQL(
        "ledger_doer_does_not_verify",
        "ledger_verification",
        "INSERT",
        "the doer does not verify",
        condition=_took_part("NEW.item_id", "NEW.verifier_id"),
    ),
    TriggerSQL(
        "ledger_no_finish_unverified",
        "ledger_item",
        "UPDATE OF state",
        "an item is finished only after somebody else has verified it",
        when=f"NEW.state IN {_FINISHED} AND OLD.state NOT IN {_FINISHED}",
        condition=f"NOT EXISTS ({_VERIFIED})",
    ),
    TriggerSQL(
        "ledger_no_archive_unfinished",
        "ledger_item",
        "UPDATE OF state",
        "only a finished or terminated item is archived",
        when="NEW.state = 'archived' AND OLD.state NOT IN ('closed', 'struck_off', 'terminated', 'archived')",
    ),
    TriggerSQL(
        "ledger_no_finished_insert",
        "ledger_item",
        "INSERT",
        "an item begins registered or dispatched",
        when="NEW.state NOT IN ('registered', 'dispatched', 'accepted')",
    ),
    TriggerSQL(
        "ledger_no_report_by_verifier",
        "ledger_progress",
        "INSERT",
        "who has verified an item in this round does not report on it",
        when="NEW.kind <> 'review'",
        condition=(
            "EXISTS (SELECT 1 FROM ledger_verification v WHERE v.item_id = NEW.item_id AND v.round = NEW.round "
            "AND v.result = 'passed' AND (v.verifier_id = NEW.author_id OR v.verifier_id = NEW.on_behalf_of_id))"
        ),
    ),
    TriggerSQL(
        "ledger_verify_only_reported",
        "ledger_verification",
        "INSERT",
        "only what was reported done is verified",
        condition="NOT EXISTS (SELECT 1 FROM ledger_item i WHERE i.id = NEW.item_id AND i.state = 'reported')",
    ),
    TriggerSQL(
        "ledger_verifier_stays_apart",
        "ledger_item",
        "UPDATE",
        "who has verified an item in this round is not made its handler or lead",
        when="NEW.round = OLD.round AND NEW.unit_id IS NOT NULL",
        condition=(
            "(NEW.handler_id IS NOT NULL AND (OLD.handler_id IS NULL OR NEW.handler_id <> OLD.handler_id) AND "
            + _PASSED_BY.format(item="NEW.id", round="NEW.round", who="v.verifier_id = NEW.handler_id")
            + ") OR (NEW.unit_id <> OLD.unit_id AND "
            + _PASSED_BY.format(
                item="NEW.id",
                round="NEW.round",
                who=_SITS_IN.format(since="COALESCE(NEW.dispatched_on, NEW.registered_on)"),
            )
            + ")"
        ),
    ),
    TriggerSQL(
        "ledger_verifier_does_not_assist",
        "ledger_assignment",
        "INSERT",
        "a unit of somebody who has verified the item in this round does not assist in it",
        condition=(
            "EXISTS (SELECT 1 FROM ledger_item i JOIN ledger_verification v ON v.item_id = i.id AND v.round = i.round "
            "WHERE i.id = NEW.item_id AND v.result = 'passed' AND "
            + _SITS_IN.format(since="COALESCE(i.dispatched_on, i.registered_on)")
            + ")"
        ),
    ),
    never_deleted("ledger_item"),
    *never_changed("ledger_verification"),
    never_deleted("ledger_progress"),
)


class Migration(migrations.Migration):
    """Promise 4 and the permanence of items and their records, held by the database."""

    dependencies = [("ledger", "0001_items"), ("organisations", "0001_tree_and_people")]

    operations = [InstallTriggers(GUARDS)]
