"""`luoshi check`: history, counts, files and the database itself, each held against what it should be."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction

from luoshi.audit.services import BrokenLink, tenants_with_history, verify_chain
from luoshi.config.console import BAD_INPUT, Stop, say
from luoshi.config.migrating import migration_plan
from luoshi.config.words import gettext as _
from luoshi.core.db.guards import missing_guards
from luoshi.core.db.sqlite_mode import mode_in_file, mode_in_force, wanted_mode
from luoshi.files.services import verify_files
from luoshi.ledger.enums import Light, State
from luoshi.ledger.tallies import tally_faults
from luoshi.organisations.models import Tenant, Unit

Found = TypeVar("Found")
SHOWN = 5
"""Faults of one kind that are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one sentence, and what to do."""

    message: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Check:
    """One examination: its name, and what finds its faults."""

    name: str
    find: Callable[[], Iterator[Fault]]


def examine() -> int:
    """Run every check and print a line for each; the exit code: 1 when anything is wrong."""
    require_database()
    # The file is looked at before the first connection, which may change its journal.
    before = list(sqlite_file_faults())
    if before:
        _report(Check(_("database"), lambda: iter(before)))
        return _left_out()
    if _report(Check(_("tables"), pending_migrations)):
        return _left_out()
    checks = (
        Check(_("database"), lambda: chain(sqlite_mode_faults(), damaged_pages())),
        Check(_("guards"), lost_guards),
        Check(_("history"), broken_chains),
        Check(_("counts"), wrong_tallies),
        Check(_("files"), broken_files),
    )
    found = [_report(check) for check in checks]
    return int(any(found))


def _left_out() -> int:
    say(_("The other checks are left out until this is mended."))
    return 1


def _report(check: Check) -> bool:
    faults = list(check.find())
    if not faults:
        say(_("✓ %(name)s: in order") % {"name": check.name})
        return False
    for fault in faults[:SHOWN]:
        say(_("✗ %(name)s: %(fault)s") % {"name": check.name, "fault": fault.message})
    if len(faults) > SHOWN:
        say(_("  and %(count)d more of this kind") % {"count": len(faults) - SHOWN})
    for step in dict.fromkeys(fault.next_step for fault in faults):
        say(f"  → {step}")
    return True


def require_database() -> None:
    """Stop when there is nothing to examine; asking SQLite would make an empty file."""
    if connection.vendor == "sqlite" and not _sqlite_path().is_file():
        raise Stop(
            _("There is no database in %(folder)s yet.") % {"folder": settings.DATA},
            _("“luoshi up” makes one; LUOSHI_DATA names another folder."),
            BAD_INPUT,
        )


def _sqlite_path() -> Path:
    return Path(connection.settings_dict["NAME"])


def pending_migrations() -> Iterator[Fault]:
    """Tables that are older than the program."""
    _executor, plan = migration_plan()
    if plan:
        names = ", ".join(f"{migration.app_label} {migration.name}" for migration, _backwards in plan[:SHOWN])
        yield Fault(
            _("%(count)d migrations are not applied: %(names)s") % {"count": len(plan), "names": names},
            _("Run “luoshi up”: it backs the database up and applies them."),
        )


def sqlite_file_faults() -> Iterator[Fault]:
    """A journal noted in the file that this library cannot be trusted with; look before the first connection."""
    if connection.vendor == "sqlite" and mode_in_file(_sqlite_path()) == "wal" != wanted_mode()[0]:
        yield _wrong_mode("wal", wanted_mode()[0])


def sqlite_mode_faults() -> Iterator[Fault]:
    """A mode in force on our own connection that is not the wanted one."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        found, wanted = mode_in_force(connection.connection), wanted_mode()
        if found != wanted:
            yield _wrong_mode("/".join(found), "/".join(wanted))


def damaged_pages() -> Iterator[Fault]:
    """SQLite's own examination of the file."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        (answer,) = cursor.fetchone()
    if answer != "ok":
        yield Fault(
            _("SQLite finds the file damaged: %(answer)s") % {"answer": answer},
            _("Stop Luoshi, keep a copy of the folder, and put back the last good backup."),
        )


def _wrong_mode(found: str, wanted: str) -> Fault:
    words = _("the journal is %(found)s; SQLite %(version)s is safe only with %(wanted)s")
    return Fault(
        words % {"found": found, "wanted": wanted, "version": sqlite3.sqlite_version},
        _("End every other program that has the database open, put it on a local disk, then run “luoshi up” again."),
    )


def lost_guards() -> Iterator[Fault]:
    """Rules the database itself should hold (history is not rewritten, the doer does not verify) and does not."""
    for name in missing_guards():
        yield Fault(
            _("the rule %(name)s is missing, switched off or changed") % {"name": name},
            _("The database was changed past Luoshi: keep a copy, compare it with a backup, tell the auditor."),
        )


def broken_chains() -> Iterator[Fault]:
    """The first broken link of each tenant's history."""
    names = dict(Tenant.objects.values_list("pk", "name"))
    for tenant_id in tenants_with_history():
        link = verify_chain(tenant_id) and _while_nobody_writes(partial(verify_chain, tenant_id))
        if link is not None:
            words = _("%(tenant)s: link %(sequence)d is broken (%(fault)s)")
            yield Fault(
                words
                % {
                    "tenant": names.get(tenant_id, tenant_id),
                    "sequence": link.sequence,
                    "fault": words_of_link(link),
                },
                _("The database was changed past Luoshi: keep a copy, compare it with a backup, tell the auditor."),
            )


def words_of_link(link: BrokenLink) -> str:
    """What is wrong with a link, in words."""
    words = {
        "gap": _("an event is missing"),
        "link": _("it does not follow the one before"),
        "hash": _("the event was changed"),
        "payload": _("its particulars were changed or are missing"),
        "head": _("the last events are missing"),
        "checkpoint": _("it differs from the checkpoint"),
    }
    return words[link.fault]


def wrong_tallies() -> Iterator[Fault]:
    """Kept counts that differ from a fresh count."""
    faults = tally_faults() and _while_nobody_writes(tally_faults)
    units = dict(Unit.objects.filter(pk__in={cell[0] for cell in faults}).values_list("pk", "name"))
    for (unit_id, _track, state, light), (kept, counted) in faults.items():
        words = _("%(unit)s, %(state)s, %(light)s: kept %(kept)d, counted %(counted)d")
        yield Fault(
            words
            % {
                "unit": units.get(unit_id, unit_id),
                "state": State(state).label,
                "light": Light(light).label,
                "kept": kept,
                "counted": counted,
            },
            _("Compare with a backup and tell who looks after the machine; the items themselves are what counts."),
        )


def broken_files() -> Iterator[Fault]:
    """Stored files that are missing or are not what was uploaded."""
    words = {
        "missing": _("%(name)s is missing"),
        "size": _("%(name)s has another size than when it was uploaded"),
        "hash": _("%(name)s has another content than when it was uploaded"),
    }
    for broken in verify_files():
        yield Fault(
            words[broken.fault] % {"name": broken.sha256},
            _("Put the file back from a backup into the folder “files”; its name begins with these characters."),
        )


def _while_nobody_writes(look: Callable[[], Found]) -> Found:
    """Look again in one transaction, so that an act just under way is not taken for damage."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return look()
