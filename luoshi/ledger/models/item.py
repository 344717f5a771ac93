"""An item: one duty with one lead unit, from registration to its end."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from luoshi.core.actor import Actor
from luoshi.core.querysets import ScopedQuerySet
from luoshi.ledger.enums import Beat, Kind, Light, ParentRole, Precision, State, Track
from luoshi.organisations.enums import OVERSEEING_ROLES, SEEING_ROLES
from luoshi.organisations.models import Person, Tenant, Unit
from luoshi.organisations.tree import tree_of

if TYPE_CHECKING:
    from typing import Self


class ItemQuerySet(ScopedQuerySet["Item"]):
    """Reads of the ledger; always begun with `visible_to`."""

    def visible_to(self, actor: Actor) -> "Self":
        """A grant over the lead unit, a post or grant in an assisting unit, or the handler.

        Before it is dispatched an item is known to the offices over it alone, not to the unit that is to do it.
        """
        tree = tree_of(actor.tenant_id)
        seats = actor.seats(SEEING_ROLES)
        if tree.root.id in actor.seats(OVERSEEING_ROLES):
            return self.of_tenant(actor.tenant_id)
        offices = tree.under_all(actor.seats(OVERSEEING_ROLES))
        own = tree.under_all(seats) | actor.posts
        assisting = Assignment.objects.filter(unit_id__in=own).values("item_id")
        doing = Q(unit_id__in=tree.under_all(seats)) | Q(handler_id=actor.person_id) | Q(pk__in=assisting)
        # Units and people are of one tenant, and the database holds an item to them (0002_guards); asking for the
        # tenant as well would make SQLite walk the whole of it instead of the few units.
        return self.filter(Q(unit_id__in=offices) | (doing & ~Q(state=State.REGISTERED)))


class Item(models.Model):
    """One duty on the ledger. Days are Shanghai days; `version` rises with every act."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 - many unnumbered rows, each number once
    title = models.CharField(max_length=200)
    requirement = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    category = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    theme = models.CharField(max_length=20, blank=True)
    track = models.CharField(max_length=10, choices=Track.choices, default=Track.ORDINARY)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ONCE)
    state = models.CharField(max_length=12, choices=State.choices, default=State.REGISTERED)
    light = models.CharField(max_length=6, choices=Light.choices, default=Light.NONE)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    lead_leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    handler = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    verifier_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=8, choices=Precision.choices, default="", blank=True)
    due_words = models.CharField(max_length=100, blank=True)
    due_code = models.CharField(max_length=40, blank=True)
    internal_due_on = models.DateField(null=True, blank=True)
    yellow_from = models.DateField(null=True, blank=True)
    red_from = models.DateField(null=True, blank=True)
    pace_yellow_from = models.DateField(null=True, blank=True)
    pace_red_from = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    report_beat = models.CharField(max_length=8, choices=Beat.choices, default="", blank=True)
    weight = models.DecimalField(max_digits=8, decimal_places=2, default=1)
    percent = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    parent_role = models.CharField(max_length=10, choices=ParentRole.choices, default="", blank=True)
    split_depth = models.PositiveSmallIntegerField(default=0)
    child_ordinal = models.PositiveIntegerField(default=0)
    children_numbered = models.PositiveIntegerField(default=0)

    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    registered_on = models.DateField()
    dispatched_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    dispatched_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    finished_late = models.BooleanField(default=False)
    was_returned = models.BooleanField(default=False)
    suspended_from = models.CharField(max_length=12, choices=State.choices, default="", blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="ledger_item_number_once"),
            models.UniqueConstraint(
                fields=["parent", "child_ordinal"], condition=Q(child_ordinal__gt=0), name="ledger_child_ordinal_once"
            ),
            models.CheckConstraint(
                name="ledger_number_from_dispatch",
                condition=Q(number__isnull=False) | Q(state__in=[State.REGISTERED, State.TERMINATED]),
            ),
            models.CheckConstraint(
                name="ledger_parent_has_role",
                condition=(Q(parent__isnull=True) & Q(parent_role="")) | (Q(parent__isnull=False) & ~Q(parent_role="")),
            ),
            models.CheckConstraint(name="ledger_not_own_parent", condition=~Q(parent=F("id"))),
            models.CheckConstraint(name="ledger_three_levels_of_split", condition=Q(split_depth__lte=3)),
            models.CheckConstraint(name="ledger_weight_positive", condition=Q(weight__gt=0)),
            models.CheckConstraint(
                name="ledger_known_state", condition=Q(state__in=State.values) & Q(track__in=Track.values)
            ),
            models.CheckConstraint(
                name="ledger_only_findings_struck_off",
                condition=~Q(state=State.STRUCK_OFF) | Q(track=Track.FINDING),
            ),
            models.CheckConstraint(
                name="ledger_internal_before_outer",
                condition=Q(internal_due_on__isnull=True) | Q(internal_due_on__lte=F("due_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on", "id"], name="ledger_item_by_unit"),
            models.Index(fields=["tenant", "due_on", "id"], name="ledger_item_by_tenant"),
            models.Index(fields=["tenant", "state", "due_on", "id"], name="ledger_item_by_state"),
            models.Index(fields=["tenant", "light", "due_on", "id"], name="ledger_item_by_light"),
            models.Index(fields=["handler", "due_on", "id"], name="ledger_item_by_handler"),
            models.Index(fields=["dispatched_by", "state", "due_on", "id"], name="ledger_item_by_dispatcher"),
            models.Index(fields=["verifier_unit", "state", "due_on", "id"], name="ledger_item_by_verifier"),
            models.Index(fields=["parent", "child_ordinal"], name="ledger_item_by_parent"),
            models.Index(fields=["tenant", "review_on"], name="ledger_item_by_review"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title


class Assignment(models.Model):
    """A unit that assists in an item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="ledger_assignment_once")]
        indexes = [models.Index(fields=["unit", "item"], name="ledger_assignment_by_unit")]


class NumberSeries(models.Model):
    """The last number given in a tenant's year; locked by every dispatch."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "year"], name="ledger_series_once")]
