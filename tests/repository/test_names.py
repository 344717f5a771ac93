"""Names and words that do not belong here."""

import ast
import re
from pathlib import PurePosixPath

from tests.repository.tree import files, is_test, of_kind

SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc", "tools"}
# Django looks for a database engine under this name.
GIVEN = {"luoshi/core/db/sqlite/base.py", "luoshi/core/db/postgres/base.py", "luoshi/core/db/postgresql/base.py"}

# Luoshi follows work, not people: what would watch, rank or reward them is absent from the code, not switched off.
PEOPLE_WATCHING = re.compile(
    r"(?i)\b\w*(check_?ins?\b|leader_?board|ranking|geolocation|latitude|longitude|read_receipts?|online_(time|hours|since)"
    r"|last_seen|activity_score|streaks?\b|gamif\w+|sentiment|take_?down)\w*"
)

# An absolute path of somebody's machine, or the address of a package index, has no place in a repository.
MACHINE_TRACES = re.compile(
    r"(?<![\w.$}~-])/(?:work|root|home|Users|opt)/\w+|--(?:extra-)?index-url|trusted-host|/simple/"
)


def test_modules_say_what_they_hold() -> None:
    named = [
        path
        for path, _ in of_kind(".py")
        if SAY_NOTHING & {PurePosixPath(path).stem, PurePosixPath(path).parent.name}
        and not path.startswith("tools/")
        and path not in GIVEN
    ]
    assert named == []


def test_init_files_hold_no_code() -> None:
    # A package made of a grown file (models/) hands on the names of its files; nothing else is written there.
    filled = [
        f"{path}:{node.lineno}"
        for path, text in of_kind(".py")
        if path.endswith("__init__.py")
        for node in ast.parse(text).body
        if not isinstance(node, ast.Import | ast.ImportFrom) and not is_docstring(node) and not is_list_of_names(node)
    ]
    assert filled == []


def is_docstring(node: ast.stmt) -> bool:
    """Whether a statement is a bare text."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_list_of_names(node: ast.stmt) -> bool:
    """Whether a statement is `__all__ = …`."""
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]


def test_the_code_watches_nobody() -> None:
    found = [
        f"{path}: {match.group(0)}"
        for path, text in of_kind(".py", ".html", ".js")
        if not is_test(path)
        for match in PEOPLE_WATCHING.finditer(text)
    ]
    assert found == []


def test_no_trace_of_a_machine() -> None:
    kinds = (".py", ".md", ".toml", ".sh", ".lock", ".html", ".js", ".css", ".po", "")
    found = [
        f"{path}: {match.group(0)}"
        for path, text in of_kind(*kinds)
        if not path.startswith("tests/repository/")
        for match in MACHINE_TRACES.finditer(text)
    ]
    assert found == []


def test_no_work_is_left_in_comments() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        path
        for path, text in of_kind(".py", ".html", ".js", ".css", ".md", ".sh")
        if unfinished.search(text) and not path.startswith("tests/repository/")
    ]
    assert found == []


def test_no_large_files() -> None:
    large = {path.name: path.stat().st_size for path in files() if path.stat().st_size > 1024 * 1024}
    assert large == {}
