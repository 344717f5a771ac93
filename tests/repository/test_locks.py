"""The lock files: every package by hash, no address of an index, one version everywhere."""

import re
import tomllib

import pytest

from tests.repository.tree import ROOT

LOCKS = ("build", "dev", "postgres", "run")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def lock(name: str) -> str:
    """The text of a lock file."""
    return (ROOT / f"requirements/{name}.lock").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    """Package → version of a lock file."""
    return dict(PIN.findall(lock(name)))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    assert re.findall(r"https?:|--\S*index\S*|--find-links|^-", lock(name), re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_its_hashes(name: str) -> None:
    blocks = re.split(r"(?m)^(?=[a-z0-9])", lock(name))
    assert [block.split()[0] for block in blocks[1:] if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["build", "postgres", "run"])
def test_the_development_lock_holds_the_others(name: str) -> None:
    assert pins(name).items() <= pins("dev").items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[^a-z0-9-]", text)[0] for text in project["dependencies"]}
    assert asked <= pins("run").keys()
    assert {"psycopg", "psycopg-binary", "psycopg-pool"} <= pins("postgres").keys()
