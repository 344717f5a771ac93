"""Tenants, their unit trees, and the people who hold posts and grants in them."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.core.db.tokens import fresh_token
from luoshi.core.querysets import ScopedQuerySet
from luoshi.organisations.enums import Role, UnitKind


class Tenant(models.Model):
    """One root of an installation: a county with all below it, or a single township or village."""

    name = models.CharField(max_length=100, unique=True)
    short_name = models.CharField(max_length=20)
    tree_version = models.CharField(max_length=32, default=fresh_token)

    def __str__(self) -> str:
        return self.name


class TenantSettings(models.Model):
    """What a tenant decides for itself: thresholds of lights, clocks, the meaning of 责任单位; in working days."""

    class ResponsibleUnit(models.TextChoices):
        LEAD = "lead", _("the lead unit")
        EXECUTING = "executing", _("executing units under a lead")

    tenant = models.OneToOneField(Tenant, models.PROTECT, related_name="settings")
    yellow_days = models.PositiveSmallIntegerField(default=10)
    short_limit_days = models.PositiveSmallIntegerField(default=15)
    short_yellow_days = models.PositiveSmallIntegerField(default=3)
    pace_yellow_points = models.PositiveSmallIntegerField(default=10, validators=[MinValueValidator(1)])
    pace_red_points = models.PositiveSmallIntegerField(default=30, validators=[MinValueValidator(1)])
    internal_days_before = models.PositiveSmallIntegerField(default=0)
    accept_within_days = models.PositiveSmallIntegerField(default=1)
    immediate_within_days = models.PositiveSmallIntegerField(default=5)
    responsible_unit_means = models.CharField(
        max_length=10, choices=ResponsibleUnit.choices, default=ResponsibleUnit.LEAD
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_red_after_yellow", condition=Q(pace_red_points__gt=F("pace_yellow_points"))
            ),
            models.CheckConstraint(name="organisations_short_yellow_first", condition=Q(short_yellow_days__gte=1)),
        ]


class Unit(models.Model):
    """One body on the tree. `path` is `/root/…/self/` in ids; `UnitClosure` holds every ancestor."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=10, choices=UnitKind.choices)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=255, default="")
    depth = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")

    objects = ScopedQuerySet["Unit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "parent", "name"], name="organisations_unit_name_once"),
            models.UniqueConstraint(fields=["tenant"], condition=Q(parent__isnull=True), name="organisations_one_root"),
            models.CheckConstraint(
                name="organisations_not_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "path"], name="organisations_unit_by_path"),
            models.Index(fields=["tenant", "kind"], name="organisations_unit_by_kind"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class UnitClosure(models.Model):
    """Every pair of a unit and one at or below it, with the number of steps between."""

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="above")
    steps = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ancestor", "descendant"], name="organisations_closure_once")]


class UnitAlias(models.Model):
    """Another name under which documents speak of a unit."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="aliases")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "alias"], name="organisations_alias_once")]


class UnitMerger(models.Model):
    """That one unit went up in another on a day, and why."""

    closed_unit = models.OneToOneField(Unit, models.PROTECT, related_name="merger")
    into = models.ForeignKey(Unit, models.PROTECT, related_name="mergers")
    on = models.DateField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisations_merge_into_other", condition=~Q(closed_unit=F("into")))
        ]


class Person(models.Model):
    """Somebody who works in the tenant; with `user` he or she may sign in."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="people")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person")
    name = models.CharField(max_length=40)
    left_on = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet["Person"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["tenant", "name"], name="organisations_person_by_name")]

    def __str__(self) -> str:
        return self.name


class Dated(models.Model):
    """Holds from the first day to the last, both included; no last day means until further notice."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Post(Dated):
    """A person's seat in a unit."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_post_days", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            )
        ]
        indexes = [models.Index(fields=["unit", "person"], name="organisations_post_by_unit")]


class Grant(Dated):
    """A role on a unit, holding for its subtree."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_grant_days", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            )
        ]
        indexes = [models.Index(fields=["unit", "role"], name="organisations_grant_by_unit")]
