"""Which guards the migrations promise, and which of them the database really has."""

from collections.abc import Iterator

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from luoshi.core.db.operations import InstallTriggers
from luoshi.core.db.triggers import TriggerSQL


def promised_guards() -> Iterator[TriggerSQL]:
    """Every trigger that an applied migration has installed."""
    loader = MigrationLoader(connection)
    for key in loader.applied_migrations:
        migration = loader.disk_migrations.get(key)
        for operation in migration.operations if migration else ():
            if isinstance(operation, InstallTriggers):
                yield from operation.triggers


def missing_guards() -> list[str]:
    """Names of promised triggers that are gone, switched off, or say something else than they should."""
    vendor = connection.vendor
    wanted = {guard.name: guard.create(vendor) for guard in promised_guards()}
    present = _present()
    return sorted(name for name, said in _wanted_text(wanted).items() if present.get(name) != said)


def _wanted_text(wanted: dict[str, list[str]]) -> dict[str, str]:
    """What should be there for each trigger: its text on SQLite; on PostgreSQL that it is on, and its function."""
    if connection.vendor == "sqlite":
        return {name: statements[0] for name, statements in wanted.items() if statements}
    return {name: "O" + statements[0].split("$refuse$")[1] for name, statements in wanted.items() if statements}


def _present() -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, CAST(t.tgenabled AS text) || f.prosrc"
                " FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid WHERE NOT t.tgisinternal"
            )
        return {str(name): str(said) for name, said in cursor.fetchall()}
