"""What boards are counted from: states over time, and counts kept in the item's own transaction."""

from django.db import models
from django.db.models import F, Q

from luoshi.ledger.enums import Light, State, Track
from luoshi.ledger.models.item import Item
from luoshi.organisations.models import Unit


class StateSpan(models.Model):
    """That an item was in a state, with a unit and a due day, from one moment to another (open: until now)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="spans")
    state = models.CharField(max_length=12, choices=State.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(until__isnull=True), name="ledger_one_open_span"),
            models.CheckConstraint(
                name="ledger_span_forward", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]
        indexes = [
            models.Index(fields=["item", "since"], name="ledger_span_by_item"),
            models.Index(fields=["unit", "since", "until"], name="ledger_span_by_unit"),
        ]


class Tally(models.Model):
    """How many items a unit has in a track, state and light."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    track = models.CharField(max_length=10, choices=Track.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    light = models.CharField(max_length=6, choices=Light.choices)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "track", "state", "light"], name="ledger_tally_once"),
            models.CheckConstraint(name="ledger_tally_not_negative", condition=Q(count__gte=0)),
        ]
