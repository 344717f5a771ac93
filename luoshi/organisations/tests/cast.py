"""The fixed cast on its fixed tree: county › town › village A, village B; another tenant beside it."""

from dataclasses import dataclass
from datetime import date

from luoshi.accounts.models import User
from luoshi.accounts.services import create_user
from luoshi.core.actor import Actor
from luoshi.organisations.enums import Role, UnitKind
from luoshi.organisations.models import Person, Tenant, Unit
from luoshi.organisations.queries import actor_of_person
from luoshi.organisations.services import NewPerson, NewUnit, add_person, add_units, found_tenant

SINCE = date(2020, 1, 1)
MEMBERS = ("clerk", "leader", "head_a", "member_a", "head_b", "inspector", "auditor", "sysadmin", "stranger")
"""Everybody who signs in; `anonymous` is the absence of them."""


@dataclass(slots=True)
class Cast:
    """Units, people and users by short names; `actor("clerk")` is who acts."""

    tenant: Tenant
    other_tenant: Tenant
    units: dict[str, Unit]
    people: dict[str, Person]

    def actor(self, name: str) -> Actor:
        """The actor as of now, with today's grants and posts."""
        return actor_of_person(self.people[name])

    def user(self, name: str) -> User:
        """The sign-in of a member of the cast."""
        user = self.people[name].user
        assert user is not None
        return user


def gather_cast() -> Cast:
    """Found both tenants and put everybody in place."""
    tenant = found_tenant(name="云岭县", short_name="云岭", kind=UnitKind.COUNTY)
    units = {"county": Unit.objects.get(tenant=tenant, parent=None)}
    people = {"sysadmin": _join("sysadmin", "方管理", units["county"], [Role.SYSADMIN])}
    admin = actor_of_person(people["sysadmin"])
    units["town"] = _put(admin, units["county"], UnitKind.TOWN, "青禾镇")
    for key, kind, name in (
        ("party_office", UnitKind.OFFICE, "党政办"),
        ("leading_office", UnitKind.OFFICE, "班子办"),
        ("inspection_office", UnitKind.OFFICE, "督查室"),
        ("village_a", UnitKind.VILLAGE, "石桥村"),
        ("village_b", UnitKind.VILLAGE, "柳湾村"),
    ):
        units[key] = _put(admin, units["town"], kind, name)
    for key, name, unit, role in (
        ("clerk", "周敏", "party_office", Role.CLERK),
        ("leader", "陈立", "leading_office", Role.LEADER),
        ("inspector", "王建国", "inspection_office", Role.INSPECTOR),
        ("auditor", "梁审", "inspection_office", Role.AUDITOR),
    ):
        people[key] = _join(key, name, units[unit], [role], units["town"])
    for key, name, unit, role in (
        ("head_a", "李春山", "village_a", Role.HEAD),
        ("member_a", "赵小禾", "village_a", Role.MEMBER),
        ("head_b", "孙柳", "village_b", Role.HEAD),
    ):
        people[key] = _join(key, name, units[unit], [role])
    other = found_tenant(name="东岭县", short_name="东岭", kind=UnitKind.COUNTY)
    units["other"] = Unit.objects.get(tenant=other, parent=None)
    people["stranger"] = _join("stranger", "外人", units["other"], [Role.CLERK, Role.LEADER, Role.SYSADMIN])
    return Cast(tenant, other, units, people)


def _put(admin: Actor, parent: Unit, kind: UnitKind, name: str) -> Unit:
    return add_units(actor=admin, units=[NewUnit(parent, kind, name)])[0]


def _join(key: str, name: str, unit: Unit, roles: list[Role], over: Unit | None = None) -> Person:
    user = create_user(username=key)
    return add_person(actor=_founder(unit), new=NewPerson(name, unit, "", roles, over, user, SINCE))


def _founder(unit: Unit) -> Actor | None:
    admin = Person.objects.filter(tenant_id=unit.tenant_id, grants__role=Role.SYSADMIN).first()
    return actor_of_person(admin) if admin else None
