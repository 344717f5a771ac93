"""A table may change later without losing the guards that stand on it or look into it."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader


def _guards() -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1")
        return [tuple(row) for row in cursor.fetchall()]


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize(
    ("app", "model", "field"),
    [("audit", "event", "action"), ("ledger", "item", "title"), ("organisations", "post", "title")],
)
def test_guards_survive_a_change_of_their_table(app: str, model: str, field: str) -> None:
    before = _guards()
    state = MigrationLoader(connection).project_state()
    longer = migrations.AlterField(model, field, models.CharField(max_length=250, blank=True))
    changed = state.clone()
    longer.state_forwards(app, changed)
    back = migrations.AlterField(model, field, state.models[app, model].fields[field])
    for operation, first, second in ((longer, state, changed), (back, changed, state)):
        with connection.schema_editor() as editor:
            operation.database_forwards(app, editor, first, second)
    assert _guards() == before
    assert before
