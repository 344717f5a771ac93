"""The stories of the demonstration's items, as the data files tell them."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Goal:
    """A measure of success."""

    metric: str
    value: Decimal
    measured_in: str


@dataclass(frozen=True, slots=True)
class Story:
    """How one item lived; speech_items.toml says what each field means. Days are counted from today."""

    title: str
    lead: str
    course: str
    until: int = 0
    until_due: int | None = None
    begun: int = 0
    due: int | None = None
    words: str = ""
    also: Sequence[str] = ()
    assist: Sequence[str] = ()
    category: str = ""
    requirement: str = ""
    standing: bool = False
    goal: Goal | None = None
    reached: float | None = None
    reports: Sequence[str] = ()
    problem: str = ""
    next_step: str = ""
    reason: str = ""
    second_reason: str = ""
    note: str = ""
    files: int = 0
    handler: str = ""
    head: str = ""
    moved_to: str = ""
    spoken_for: bool = False
    parts: Sequence[str] = ()
    villages: Sequence[str] = field(default_factory=tuple)
    part_reports: Sequence[str] = ()


def load_township() -> dict[str, Any]:
    """The units and people of township.toml."""
    return tomllib.loads((FOLDER / "township.toml").read_text(encoding="utf-8"))


def load_stories(name: str) -> list[Story]:
    """The stories of a data file."""
    told = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["story"]
    return [_story(entry) for entry in told]


def _story(entry: dict[str, Any]) -> Story:
    known = {one.name for one in fields(Story)}
    given = {name: value for name, value in entry.items() if name in known and name not in {"parts", "villages"}}
    if "target" in entry:
        metric, value, measured_in = entry["target"]
        given["goal"] = Goal(metric, Decimal(str(value)), measured_in)
    villages = entry.get("villages", "").split()
    return Story(**given, villages=villages, parts=entry.get("parts", "").split())


def village_names(township: dict[str, Any]) -> list[str]:
    """The villages in their order."""
    return [names[1] for group in township["unit"] if group["kind"] == "village" for names in group["names"]]


def day_from(today: date, days: int) -> date:
    """A day counted from today."""
    return today + timedelta(days=days)
