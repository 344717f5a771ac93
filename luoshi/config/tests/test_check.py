"""`luoshi check` finds each kind of damage and names it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from luoshi.config.checking import examine
from luoshi.config.tests.installation import Installation
from luoshi.core.db.sqlite_mode import write_ahead_log_is_safe
from luoshi.ledger.orders import Order
from luoshi.ledger.services.dispatching import register_item
from luoshi.organisations.tests.cast import Cast


@pytest.fixture
def copy(demo: Installation, tmp_path: Path) -> Installation:
    """One to be damaged."""
    return demo.copy_to(tmp_path / "copy")


def faults(installation: Installation) -> list[str]:
    """The lines of what is wrong; the exit code goes with them."""
    done = installation.luoshi("check")
    found = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert (done.returncode, done.stderr) == (int(bool(found)), "")
    return found


@pytest.mark.parametrize(
    ("guard", "statement", "fault"),
    [
        (
            "audit_event_no_update",
            "UPDATE audit_event SET action = 'close' WHERE sequence = 40",
            "link 40 is broken (the event was changed)",
        ),
        (
            "audit_event_no_delete",
            "DELETE FROM audit_event WHERE sequence = 50",
            "link 50 is broken (an event is missing)",
        ),
        (
            "audit_payload_only_erased",
            "UPDATE audit_eventpayload SET body = '{}' WHERE event_id = 60",
            "link 60 is broken (its particulars were changed or are missing)",
        ),
    ],
)
def test_a_changed_history_names_its_first_broken_link(
    copy: Installation, guard: str, statement: str, fault: str
) -> None:
    copy.damage("PRAGMA foreign_keys = OFF", f"DROP TRIGGER {guard}", statement)
    assert faults(copy) == [
        f"✗ guards: the rule {guard} is missing, switched off or changed",
        f"✗ history: 青禾镇: {fault}",
    ]


def test_a_cut_history_is_found(copy: Installation) -> None:
    ((last,),) = copy.rows("SELECT max(sequence) FROM audit_event")
    drop = "DROP TRIGGER audit_event_no_delete"
    copy.damage(
        "PRAGMA foreign_keys = OFF",
        drop,
        "DELETE FROM audit_event WHERE sequence = (SELECT max(sequence) FROM audit_event)",
    )
    assert faults(copy)[1:] == [f"✗ history: 青禾镇: link {last} is broken (the last events are missing)"]


def test_a_wrong_count_is_named(copy: Installation) -> None:
    copy.damage(
        "UPDATE ledger_tally SET count = count + 1 WHERE state = 'returned' AND count = 1",
    )
    assert faults(copy) == ["✗ counts: 便民服务中心, Returned, On schedule: kept 2, counted 1"]


def test_lost_and_changed_files_are_named(copy: Installation) -> None:
    names = [str(row[0]) for row in copy.rows("SELECT DISTINCT sha256 FROM files_storedfile ORDER BY sha256 LIMIT 3")]
    paths = [copy.folder / "files" / name[:2] / name[2:4] / name for name in names]
    paths[0].unlink()
    paths[1].write_bytes(paths[1].read_bytes() + b"!")
    paths[2].write_bytes(b"x" * paths[2].stat().st_size)
    assert faults(copy) == [
        f"✗ files: {names[0]} is missing",
        f"✗ files: {names[1]} has another size than when it was uploaded",
        f"✗ files: {names[2]} has another content than when it was uploaded",
    ]


def test_a_journal_the_library_cannot_be_trusted_with_is_named(copy: Installation) -> None:
    with closing(sqlite3.connect(copy.folder / "luoshi.sqlite3")) as other:
        other.execute("PRAGMA journal_mode = wal")
        found = [line.partition(";")[0] for line in faults(copy)]
    trusted = write_ahead_log_is_safe(sqlite3.sqlite_version_info)
    assert found == ([] if trusted else ["✗ database: the journal is wal"])


@pytest.mark.django_db
def test_an_installation_in_order_is_said_to_be(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    register_item(actor=cast.actor("clerk"), order=Order("清扫村道", cast.units["village_a"].pk))
    assert examine() == 0
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["✓"] * 6


@pytest.mark.django_db
def test_a_guard_that_is_gone_is_named_on_either_engine(capsys: pytest.CaptureFixture[str]) -> None:
    on = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_event_no_update{on}")
    assert examine() == 1
    assert capsys.readouterr().out.splitlines()[2:4] == [
        "✗ 数据库规则：规则 audit_event_no_update 缺失、停用或被改动",
        "  → 有人绕过落实改动了数据库：请保留副本，与备份核对，并告知审计管理员。",
    ]


@pytest.mark.django_db
def test_a_wrong_count_is_found_on_either_engine(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    register_item(actor=cast.actor("clerk"), order=Order("清扫村道", cast.units["village_a"].pk))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_tally SET count = 7")
    assert examine() == 1
    assert "石桥村" in next(line for line in capsys.readouterr().out.splitlines() if line.startswith("✗"))
