"""Founding a tenant, and putting units, aliases, people, posts and grants into it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.accounts.models import User
from luoshi.accounts.services import create_user, first_password
from luoshi.audit.services import Happening, note_checkpoint, record_event
from luoshi.core.actor import Actor
from luoshi.core.clock import today
from luoshi.core.errors import BadInput
from luoshi.organisations.enums import UnitKind
from luoshi.organisations.models import (
    Grant,
    Person,
    Post,
    Tenant,
    TenantSettings,
    Unit,
    UnitAlias,
    UnitClosure,
)
from luoshi.organisations.permissions import require_managing
from luoshi.organisations.tree import renew_tree


@transaction.atomic
def found_tenant(*, name: str, short_name: str, kind: str) -> Tenant:
    """Make a tenant with its root unit and default settings."""
    if Tenant.objects.filter(name=name).exists():
        raise BadInput(_("%(name)s exists already.") % {"name": name}, "name")
    tenant = Tenant.objects.create(name=name, short_name=short_name)
    TenantSettings.objects.create(tenant=tenant)
    root = _put_unit(Unit(tenant=tenant, kind=kind, name=name))
    record_event(tenant_id=tenant.pk, actor=None, happening=Happening("found", [("unit", root.pk)], {"name": name}))
    return tenant


def _put_unit(unit: Unit) -> Unit:
    unit.save(force_insert=True)
    unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    unit.depth = unit.path.count("/") - 2
    unit.save(update_fields=["path", "depth"])
    above = [int(part) for part in unit.path.strip("/").split("/")]
    UnitClosure.objects.bulk_create(
        UnitClosure(ancestor_id=ancestor, descendant=unit, steps=len(above) - 1 - place)
        for place, ancestor in enumerate(above)
    )
    renew_tree(unit.tenant_id)
    return unit


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be added below `parent`."""

    parent: Unit
    kind: str
    name: str
    short_name: str = ""
    aliases: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def add_units(*, actor: Actor, units: Sequence[NewUnit]) -> list[Unit]:
    """Add several units in one act, all or none; a name may stand once below one parent."""
    made = []
    for new in units:
        require_managing(actor, new.parent)
        if not new.name.strip():
            raise BadInput(_("Give the unit a name."), "name")
        if Unit.objects.filter(tenant_id=actor.tenant_id, parent=new.parent, name=new.name).exists():
            raise BadInput(
                _("%(parent)s has a unit called %(name)s already.") % {"parent": new.parent, "name": new.name}, "name"
            )
        position = new.parent.children.count()
        unit = _put_unit(
            Unit(
                tenant_id=actor.tenant_id,
                parent=new.parent,
                kind=new.kind,
                name=new.name.strip(),
                short_name=new.short_name.strip(),
                position=position,
            )
        )
        for alias in new.aliases:
            add_alias(unit=unit, alias=alias)
        made.append(unit)
    if made:
        names = [unit.name for unit in made]
        record_event(
            tenant_id=actor.tenant_id,
            actor=actor,
            happening=Happening("add_units", [("unit", unit.pk) for unit in made], {"names": names}),
        )
    return made


def add_alias(*, unit: Unit, alias: str) -> UnitAlias:
    """Another name for the unit; one alias means one unit of the tenant."""
    held = UnitAlias.objects.filter(tenant_id=unit.tenant_id, alias=alias).select_related("unit").first()
    if held is not None and held.unit_id != unit.pk:
        raise BadInput(_("%(alias)s already means %(unit)s.") % {"alias": alias, "unit": held.unit}, "alias")
    found, _made = UnitAlias.objects.get_or_create(tenant_id=unit.tenant_id, unit=unit, alias=alias)
    return found


@transaction.atomic
def name_unit_also(*, actor: Actor, unit: Unit, alias: str) -> UnitAlias:
    """Let a unit be found under another name too."""
    require_managing(actor, unit)
    if not alias.strip():
        raise BadInput(_("Give the other name."), "alias")
    made = add_alias(unit=unit, alias=alias.strip())
    # Names are kept in memory with the tree, so the tree counts as changed.
    renew_tree(unit.tenant_id)
    happening = Happening("add_alias", [("unit", unit.pk)], {"alias": made.alias})
    record_event(tenant_id=actor.tenant_id, actor=actor, happening=happening)
    return made


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person with a post in `unit` and, when roles are given, grants on it (or on `grant_unit`)."""

    name: str
    unit: Unit
    title: str = ""
    roles: Sequence[str] = ()
    grant_unit: Unit | None = None
    user: User | None = None
    since: date | None = None


@transaction.atomic
def add_person(*, actor: Actor | None, new: NewPerson) -> Person:
    """Add a person with a post and grants. Without an actor only the first administrator of a tenant is made."""
    grant_unit = new.grant_unit or new.unit
    if actor is not None:
        require_managing(actor, new.unit)
        require_managing(actor, grant_unit)
    elif Person.objects.of_tenant(new.unit.tenant_id).exists():
        raise BadInput(_("This tenant has people already; one of its administrators adds more."))
    if not new.name.strip():
        raise BadInput(_("Give the person's name."), "name")
    since = new.since or today()
    person = Person.objects.create(tenant_id=new.unit.tenant_id, name=new.name.strip(), user=new.user)
    if new.unit.kind not in (UnitKind.COUNTY, UnitKind.TOWN):
        Post.objects.create(person=person, unit=new.unit, title=new.title, starts_on=since)
    Grant.objects.bulk_create(Grant(person=person, unit=grant_unit, role=role, starts_on=since) for role in new.roles)
    record_event(
        tenant_id=person.tenant_id,
        actor=actor,
        happening=Happening(
            "add_person",
            [("person", person.pk), ("unit", new.unit.pk)],
            {"name": person.name, "title": new.title, "roles": list(new.roles)},
        ),
    )
    return person


@transaction.atomic
def add_person_with_sign_in(*, actor: Actor, new: NewPerson, username: str) -> tuple[Person, str]:
    """Add a person who may sign in; the first password is returned to be told once and must be changed at once."""
    require_managing(actor, new.unit)
    password = first_password()
    user = create_user(username=username, password=password, must_change_password=True)
    return add_person(actor=actor, new=replace(new, user=user)), password


def note_checkpoints() -> None:
    """Remember where every tenant's chain stands now."""
    for tenant_id in Tenant.objects.order_by("pk").values_list("pk", flat=True):
        note_checkpoint(tenant_id=tenant_id)
