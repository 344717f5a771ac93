"""Bringing the tables up to date, with a backup before anything changes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from luoshi.config import environment
from luoshi.config.console import FAILED, Progress, Stop, progress
from luoshi.config.words import gettext as _

if TYPE_CHECKING:
    from django.db.migrations import Migration
    from django.db.migrations.executor import MigrationExecutor

Plan = list[tuple["Migration", bool]]


def migration_plan() -> tuple["MigrationExecutor", Plan]:
    """The migrations that this database lacks, with what carries them out."""
    from django.db import DatabaseError, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
        return executor, executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise Stop(
            _("The database cannot be opened: %(error)s") % {"error": str(error).strip().splitlines()[0]},
            _("Check that it runs and that LUOSHI_DATABASE or LUOSHI_DATA names it rightly."),
            FAILED,
        ) from error


def migrate(*, backup_made: bool = False) -> None:
    """Bring the tables up to date; a database that holds something is backed up before."""
    executor, plan = migration_plan()
    if not plan:
        return
    if executor.loader.applied_migrations and not backup_made:
        from luoshi.config.backups import back_up  # noqa: PLC0415

        back_up(environment.data_folder() / "backups")
    with progress(_("Setting up the tables")) as shown:
        executor.progress_callback = _counting(shown, len(plan))
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)


def _counting(shown: Progress, total: int) -> Callable[..., None]:
    done = 0

    def tell(action: str, *_rest: object) -> None:
        nonlocal done
        if action == "apply_success":
            done += 1
            shown.show(done, total)

    return tell
