"""Changing tables on SQLite without losing their guards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SQLiteSchemaEditor


class DatabaseSchemaEditor(SQLiteSchemaEditor):
    """Django makes a table anew for most changes; SQLite then drops its triggers and stumbles over those of others.

    So every trigger steps aside while a table is remade or renamed, and comes back as it was.
    """

    @contextmanager
    def _guards_aside(self) -> Iterator[None]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
            for name, _sql in guards:
                cursor.execute(f"DROP TRIGGER {name}")
        yield
        with self.connection.cursor() as cursor:
            for _name, sql in guards:
                cursor.execute(sql)

    def _remake_table(self, *args: Any, **kwargs: Any) -> None:
        with self._guards_aside():
            super()._remake_table(*args, **kwargs)  # type: ignore[misc]  # not in the stubs

    def alter_db_table(self, *args: Any, **kwargs: Any) -> None:
        with self._guards_aside():
            super().alter_db_table(*args, **kwargs)
