"""The papers of the repository: present, short, their links alive."""

import re
import tomllib

from tests.repository.tree import PACKAGE, ROOT, of_kind

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
EXPECTED = {
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "docs/architecture.md",
    "docs/settings.md",
}


def test_the_papers_are_there() -> None:
    assert {name for name in EXPECTED if not (ROOT / name).is_file()} == set()


def test_links_inside_the_repository_lead_somewhere() -> None:
    dead = [
        f"{path}: {target}"
        for path, text in of_kind(".md")
        for target in LINK.findall(text)
        if not ((ROOT / path).parent / target).exists()
    ]
    assert dead == []


def test_the_map_is_short_and_names_every_module() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    modules = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert len(text.splitlines()) <= 150
    assert {name for name in modules if f"`{name}`" not in text} == set()


def test_decisions_are_numbered_without_a_gap_and_have_one_form() -> None:
    records = sorted(path for path in (ROOT / "docs/decisions").glob("*.md") if path.name[0].isdigit())
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    headings = ["## Context", "## Decision", "## Consequences"]
    formless = [
        path.name for path in records if re.findall(r"(?m)^## \w+$", path.read_text(encoding="utf-8")) != headings
    ]
    assert formless == []


def test_the_changelog_leads_with_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"(?m)^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert headings[0].startswith(("Unreleased", version))
