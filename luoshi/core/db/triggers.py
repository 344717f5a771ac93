"""Guards that the database itself keeps, written for SQLite and PostgreSQL side by side.

A trigger refuses when its condition holds. Conditions are plain SQL that both engines read; `NEW`
and `OLD` are the rows. Where the engines differ, the two texts stand next to each other.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TriggerSQL:
    """Refuse `event` on `table` when `condition` holds, with `message` as the database's words.

    `event` is `INSERT`, `DELETE`, `UPDATE` or `UPDATE OF column`. `when` narrows cheaply on NEW and OLD
    alone; `condition` may look into other tables. `locks` is a statement PostgreSQL performs before it looks,
    so that two transactions cannot each miss what the other is about to commit; SQLite has one writer anyway.
    """

    name: str
    table: str
    event: str
    message: str
    when: str = ""
    condition: str = ""
    locks: str = ""
    only: str = ""

    def create(self, vendor: str) -> list[str]:
        """Statements that install the trigger on the engine; none when it is written for the other one `only`."""
        if self.only not in ("", vendor):
            return []
        return self._create_postgresql() if vendor == "postgresql" else [self._create_sqlite()]

    def drop(self, vendor: str) -> list[str]:
        """Statements that take the trigger away again."""
        if self.only not in ("", vendor):
            return []
        if vendor == "postgresql":
            return [
                f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
                f"DROP FUNCTION IF EXISTS {self.name}_refuse()",
            ]
        return [f"DROP TRIGGER IF EXISTS {self.name}"]

    def _create_sqlite(self) -> str:
        when = f" WHEN {self.when}" if self.when else ""
        where = f" WHERE {self.condition}" if self.condition else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW{when} "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'){where}; END"
        )

    def _create_postgresql(self) -> list[str]:
        when = f" WHEN ({self.when})" if self.when else ""
        result = "OLD" if self.event == "DELETE" else "NEW"
        test = self.condition or "TRUE"
        locks = f"PERFORM {self.locks}; " if self.locks else ""
        function = (
            f"CREATE FUNCTION {self.name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse$ BEGIN {locks}"
            f"IF {test} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {result}; END $refuse$"
        )
        trigger = (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW{when} "
            f"EXECUTE FUNCTION {self.name}_refuse()"
        )
        return [function, trigger]


def never_changed(table: str) -> tuple[TriggerSQL, TriggerSQL]:
    """Rows of `table` are written once: no update, no delete."""
    return (
        TriggerSQL(f"{table}_no_update", table, "UPDATE", f"{table} rows are never changed"),
        never_deleted(table),
    )


def never_replaced(table: str, *same: str) -> TriggerSQL:
    """No `INSERT OR REPLACE`: SQLite would delete the row that is there without asking the triggers.

    `same` are conditions under which a row of `table` called `old` is the one that NEW would replace.
    """
    found = " OR ".join(("old.id = NEW.id", *same))
    return TriggerSQL(
        f"{table}_no_replace",
        table,
        "INSERT",
        f"{table} rows are never replaced",
        condition=f"EXISTS (SELECT 1 FROM {table} old WHERE {found})",  # noqa: S608 - names of our own tables
        only="sqlite",
    )


def never_deleted(table: str) -> TriggerSQL:
    """Rows of `table` may change but never go."""
    return TriggerSQL(f"{table}_no_delete", table, "DELETE", f"{table} rows are never deleted")
