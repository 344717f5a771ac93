"""Who acts, and what people and units there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.core.actor import Actor, GrantHeld
from luoshi.core.clock import today
from luoshi.organisations.enums import SEATED_ROLES, UnitKind
from luoshi.organisations.models import Grant, Person, Post, TenantSettings, Unit, UnitAlias
from luoshi.organisations.tree import tree_of


def holding_on(day: date) -> Q:
    """Condition: a dated row holds on the day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def actor_for(user_id: int) -> Actor | None:
    """The actor a signed-in user stands for today; None when no person is behind the user or he or she has left."""
    person = Person.objects.filter(user_id=user_id).first()
    if person is None or (person.left_on is not None and person.left_on < today()):
        return None
    return actor_of_person(person)


def actor_of_person(person: Person) -> Actor:
    """The actor with the grants and posts that hold today."""
    day = today()
    grants = Grant.objects.filter(holding_on(day), person=person).select_related("unit").order_by("id")
    posts = list(Post.objects.filter(holding_on(day), person=person).select_related("unit").order_by("id"))
    home = posts[0].unit if posts else next((grant.unit for grant in grants), None)
    return Actor(
        tenant_id=person.tenant_id,
        user_id=person.user_id or 0,
        person_id=person.pk,
        name=person.name,
        place=str(home) if home else "",
        grants=tuple(GrantHeld(grant.role, grant.unit_id, grant.unit.path) for grant in grants),
        posts=frozenset(post.unit_id for post in posts),
    )


def settings_of(tenant_id: int) -> TenantSettings:
    """The tenant's own thresholds and clocks."""
    return TenantSettings.objects.get(tenant_id=tenant_id)


def people_of_units(tenant_id: int, unit_ids: frozenset[int] | set[int]) -> QuerySet[Person]:
    """People who hold a post today in one of the units, by name."""
    held = Post.objects.filter(holding_on(today()), unit_id__in=unit_ids).values("person_id")
    return Person.objects.of_tenant(tenant_id).filter(pk__in=held, left_on__isnull=True).order_by("name", "id")


def heads_of_unit(unit: Unit) -> QuerySet[Person]:
    """People who answer for the unit: a head's grant on it today."""
    held = Grant.objects.filter(holding_on(today()), unit=unit, role="head").values("person_id")
    return Person.objects.filter(pk__in=held, left_on__isnull=True).order_by("id")


def sat_in_units_since(person_id: int, unit_ids: set[int], since: date) -> bool:
    """Whether the person has a post in one of the units, or a grant to head or work in it, on any day from `since`."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=since)
    seat = lasting & Q(person_id=person_id, unit_id__in=unit_ids)
    return Post.objects.filter(seat).exists() or Grant.objects.filter(seat, role__in=SEATED_ROLES).exists()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the list shows it; `people` are "name, post" of today, `may_change` whether the reader manages it."""

    id: int
    name: str
    short_name: str
    kind: str
    indent: str
    open: bool
    aliases: tuple[str, ...]
    people: tuple[str, ...]
    may_change: bool


def unit_rows(actor: Actor, managed: Collection[int]) -> list[UnitRow]:
    """All units of the actor's tenant in tree order; three queries."""
    aliases: dict[int, list[str]] = {}
    named = UnitAlias.objects.filter(tenant_id=actor.tenant_id).order_by("alias").values_list("unit_id", "alias")
    for unit_id, alias in named:
        aliases.setdefault(unit_id, []).append(alias)
    people: dict[int, list[str]] = {}
    held = Post.objects.filter(holding_on(today()), unit__tenant_id=actor.tenant_id, person__left_on__isnull=True)
    for unit_id, name, title in held.order_by("pk").values_list("unit_id", "person__name", "title"):
        people.setdefault(unit_id, []).append(f"{name} {title}".strip())
    return [
        UnitRow(
            id=unit.id,
            name=unit.name,
            short_name=unit.short_name,
            kind=str(UnitKind(unit.kind).label),
            indent="\u3000" * unit.depth,
            open=unit.open,
            aliases=tuple(aliases.get(unit.id, ())),
            people=tuple(people.get(unit.id, ())),
            may_change=unit.id in managed,
        )
        for unit in tree_of(actor.tenant_id).units
    ]
