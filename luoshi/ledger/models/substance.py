"""What an item consists of: its targets, its milestones, and the sentences it came from."""

from django.db import models
from django.db.models import F, Q

from luoshi.ledger.enums import Comparison
from luoshi.ledger.models.item import Item


class Target(models.Model):
    """A measure of success: metric, comparison, value and unit of measurement, with the value reached."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="targets")
    metric = models.CharField(max_length=60, blank=True)
    comparison = models.CharField(max_length=2, choices=Comparison.choices, default=Comparison.AT_LEAST)
    value = models.DecimalField(max_digits=16, decimal_places=2)
    measured_in = models.CharField(max_length=20, blank=True)
    current = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    is_primary = models.BooleanField(default=False)
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(is_primary=True), name="ledger_one_primary_target"),
            models.CheckConstraint(name="ledger_target_not_negative", condition=Q(value__gte=0) & Q(current__gte=0)),
        ]


class Milestone(models.Model):
    """A day on the way with a value of the primary target or a text."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="milestones")
    day = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_milestone_says_something", condition=Q(value__isnull=False) | ~Q(text="")
            )
        ]
        indexes = [models.Index(fields=["item", "day"], name="ledger_milestone_by_item")]


class Citation(models.Model):
    """The characters of a frozen text from which an item came.

    `source` names the kind of text in the registry of sources, `source_id` the row; `quote` and `label`
    are kept as they were, so the ledger shows them without asking the source.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="citations")
    source = models.CharField(max_length=32)
    source_id = models.BigIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    label = models.CharField(max_length=120, blank=True)
    quote = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="ledger_citation_has_extent", condition=Q(end__gt=F("start"))),
            models.UniqueConstraint(
                fields=["item", "source", "source_id", "start", "end"], name="ledger_citation_once"
            ),
        ]
        indexes = [models.Index(fields=["source", "source_id", "start"], name="ledger_citation_by_source")]
