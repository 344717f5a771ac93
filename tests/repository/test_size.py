"""The stops of size: a file or a function that reaches one is split before it grows further."""

import ast

from tests.repository.tree import of_kind

FILE_LINES = 500
TEMPLATE_LINES = 200
FUNCTION_LINES = 60
STYLESHEET_BYTES = 24 * 1024


def test_code_files_stay_below_the_stop() -> None:
    # A migration lists what it changes; splitting one list helps nobody.
    long = {
        path: len(text.splitlines())
        for path, text in of_kind(".py", ".js", ".sh")
        if "/migrations/" not in path and len(text.splitlines()) > FILE_LINES
    }
    assert long == {}


def test_templates_stay_below_the_stop() -> None:
    long = {path: len(text.splitlines()) for path, text in of_kind(".html") if len(text.splitlines()) > TEMPLATE_LINES}
    assert long == {}


def test_functions_stay_below_the_stop() -> None:
    long = {
        f"{path}:{node.lineno} {node.name}": length
        for path, text in of_kind(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_stylesheets_stay_small() -> None:
    large = {path: len(text.encode()) for path, text in of_kind(".css") if len(text.encode()) > STYLESHEET_BYTES}
    assert large == {}
