"""Django's SQLite engine with a queue of writers before BEGIN IMMEDIATE."""

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper

from luoshi.core.db.sqlite.schema import DatabaseSchemaEditor
from luoshi.core.db.writer_queue import WriterQueue


class DatabaseWrapper(SQLiteWrapper):
    """Every transaction is a write transaction and waits its turn; reads run in autocommit."""

    SchemaEditorClass = DatabaseSchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._queue: WriterQueue | None = None

    def _turn(self) -> WriterQueue | None:
        if self._queue is None and not self.is_in_memory_db():
            self._queue = WriterQueue(str(self.settings_dict["NAME"]))
        return self._queue

    def _start_transaction_under_autocommit(self) -> None:
        turn = self._turn()
        if turn is not None:
            turn.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        if self._queue is not None:
            self._queue.leave()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()
