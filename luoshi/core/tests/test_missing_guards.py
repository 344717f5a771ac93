"""Guards that were taken away are missed."""

import pytest
from django.db import connection

from luoshi.core.db.guards import missing_guards, promised_guards

pytestmark = pytest.mark.django_db


def test_a_fresh_database_has_them_all() -> None:
    assert missing_guards() == []
    assert {"audit_event_no_update", "ledger_doer_does_not_verify"} <= {guard.name for guard in promised_guards()}


def test_a_guard_that_is_gone_is_named() -> None:
    on = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_event_no_update{on}")
    assert missing_guards() == ["audit_event_no_update"]


# How a guard is made to guard nothing while its name stays: switched off, emptied, or put back with another condition.
SOFTENED = {
    "postgresql": (
        "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update",
        (
            "CREATE OR REPLACE FUNCTION audit_event_no_update_refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS $refuse$ BEGIN RETURN NEW; END $refuse$"
        ),
    ),
    "sqlite": (
        "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT 1; END",
        "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END",
    ),
}


@pytest.mark.parametrize("way", [0, 1])
def test_a_guard_that_was_softened_is_named(way: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_event_no_update")
        cursor.execute(SOFTENED[connection.vendor][way])
    assert missing_guards() == ["audit_event_no_update"]
