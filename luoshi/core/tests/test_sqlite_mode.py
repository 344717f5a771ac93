"""Which journal which SQLite library is trusted with, and that connections really use it."""

import pytest
from django.db import connection

from luoshi.core.db.sqlite_mode import wanted_mode, write_ahead_log_is_safe


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_the_fault_is_known_by_version(version: tuple[int, int, int], safe: bool) -> None:
    assert write_ahead_log_is_safe(version) is safe
    assert wanted_mode(version) == (("wal", "FULL") if safe else ("truncate", "EXTRA"))


@pytest.mark.django_db
def test_a_connection_runs_in_the_wanted_mode() -> None:
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return
    journal, synchronous = wanted_mode()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == (journal,)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == ({"FULL": 2, "EXTRA": 3}[synchronous],)
