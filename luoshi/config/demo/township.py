"""Founding 青禾镇: its units, its people, and who acts for whom."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.accounts.services import create_user
from luoshi.config.demo.stories import load_township, village_names
from luoshi.core.actor import Actor
from luoshi.organisations.enums import Role, UnitKind
from luoshi.organisations.models import Person, Unit
from luoshi.organisations.queries import actor_of_person
from luoshi.organisations.services import NewPerson, NewUnit, add_person, add_units, found_tenant


@dataclass(slots=True)
class Township:
    """Units by short name, people and who acts by sign-in name, the head of each unit."""

    root: Unit
    villages: list[str]
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)

    def head_of(self, unit: str) -> str:
        """Who answers for the unit; of the office of clerks and the inspectors the first who sits there."""
        return self.heads[unit]


def found_township(since: date) -> Township:
    """Make the tenant, then its administrator, who adds everybody else; posts and grants hold since the day."""
    told = load_township()
    tenant = found_tenant(name=told["name"], short_name=told["short_name"], kind=UnitKind.TOWN)
    town = Township(Unit.objects.get(tenant=tenant, parent=None), village_names(told))
    rows = [(row, bool(group["over"])) for group in told["people"] for row in group["list"]]
    # The administrator comes first and sits nowhere: the units are added afterwards, by him.
    for row, _over in rows:
        if row[4] == Role.SYSADMIN:
            _join(town, row, town.root, None, since)
    admin = town.actors["sysadmin"]
    _add_units(town, admin, told)
    for row, over in rows:
        if row[4] != Role.SYSADMIN:
            _join(town, row, town.units[row[2]], admin, since, over=over)
    for username, person in town.people.items():
        town.actors[username] = actor_of_person(person)
    return town


def _add_units(town: Township, admin: Actor, told: dict[str, Any]) -> None:
    new = [
        NewUnit(town.root, group["kind"], names[0], names[1], [alias for alias in names[2:] if alias != names[1]])
        for group in told["unit"]
        for names in group["names"]
    ]
    for unit in add_units(actor=admin, units=new):
        town.units[unit.short_name] = unit


def _join(town: Township, row: list[str], unit: Unit, admin: Actor | None, since: date, *, over: bool = True) -> None:
    username, name, place, title, role = row
    new = NewPerson(name, unit, title, [role], town.root if over else unit, create_user(username=username), since)
    person = add_person(actor=admin, new=new)
    town.people[username] = person
    town.actors[username] = actor_of_person(person)
    if role in {Role.HEAD, Role.CLERK, Role.INSPECTOR}:
        town.heads.setdefault(place, username)
