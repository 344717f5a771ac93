"""Who may import what. The layers themselves are contracts of import-linter in pyproject.toml."""

import ast
import subprocess
import sys
from collections.abc import Iterator

from tests.repository.tree import PACKAGE, ROOT, is_test, module_of, of_kind

# What one module may take from another. `signals` is the ledger's alone: news upward, on commit.
OPEN = {"services", "queries", "enums", "models", "signals"}
# The doors of a module that bear another name, with what stands behind them.
ALSO_OPEN = {
    # what a feeder hands in as plain values; where it says how it is opened; the conditions in the query string
    "ledger": {"orders", "sources", "forms"},
    "calendars": {"rules"},  # a calendar as plain counting, handed through loops
    "files": {"sandbox"},  # where a feeder has a foreign file opened
    "organisations": {"tree"},  # the unit tree in memory: a query that is no query of the database
    "outbox": {"idempotency", "jobs"},  # the decorator for views that post; the names under which work is registered
}
# core is everybody's library; reading is a library of pure functions; config puts everything together.
LIBRARIES = {"core", "reading"}


def imported(text: str) -> Iterator[tuple[int, str]]:
    """Every `luoshi.module.part` that a text imports, with its line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            short = node.module.count(".") < 2
            yield from ((node.lineno, f"{node.module}.{name.name}" if short else node.module) for name in node.names)


def test_layers_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_modules_take_only_what_is_open() -> None:
    found = []
    for path, text in of_kind(".py"):
        here = module_of(path)
        if here is None or here == "config" or is_test(path):
            continue
        for line, name in imported(text):
            parts = name.split(".")
            other = parts[0] == "luoshi" and len(parts) > 2 and parts[1] not in LIBRARIES | {here}
            if other and parts[2] not in OPEN | ALSO_OPEN.get(parts[1], set()):
                found.append(f"{path}:{line}: {name}")
    assert found == []


def test_migrations_import_no_module() -> None:
    found = [
        f"{path}:{line}: {name}"
        for path, text in of_kind(".py")
        if "/migrations/" in path
        for line, name in imported(text)
        if name.startswith("luoshi.") and not name.startswith("luoshi.core.db")
    ]
    assert found == []


def test_core_has_no_tables() -> None:
    assert not (PACKAGE / "core/models.py").exists()
    assert not (PACKAGE / "core/migrations").exists()


def test_foreign_keys_across_modules_leave_no_name_behind() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, text in of_kind(".py")
        if module_of(path) and "/migrations/" not in path and not is_test(path)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and crosses(node, module_of(path)) and not names_nothing(node)
    ]
    assert found == []


def crosses(call: ast.Call, here: str | None) -> bool:
    """Whether a call makes a relation to a table of another module, given as `"module.Model"`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name not in {"ForeignKey", "OneToOneField", "ManyToManyField"} or not call.args:
        return False
    target = call.args[0]
    return isinstance(target, ast.Constant) and "." in str(target.value) and str(target.value).split(".")[0] != here


def names_nothing(call: ast.Call) -> bool:
    """Whether the relation carries `related_name="+"`."""
    return any(
        word.arg == "related_name" and isinstance(word.value, ast.Constant) and word.value.value == "+"
        for word in call.keywords
    )
