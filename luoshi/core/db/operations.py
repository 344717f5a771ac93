"""A migration step in the SQL of both engines."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from luoshi.core.db.triggers import TriggerSQL


class InstallTriggers(Operation):
    """Create triggers, each written for SQLite and for PostgreSQL; reversible."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, triggers: Sequence[TriggerSQL]) -> None:
        self.triggers = triggers

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__qualname__, [self.triggers], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of the model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for trigger in self.triggers:
            for statement in trigger.create(schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for trigger in reversed(self.triggers):
            for statement in trigger.drop(schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return "Install triggers " + ", ".join(trigger.name for trigger in self.triggers)
