"""What was done on an item: progress, attachments, extensions, verifications."""

from django.db import models
from django.db.models import F, Q

from luoshi.files.models import StoredFile
from luoshi.ledger.enums import ExtensionDecision, ProgressKind, VerificationResult, VerificationWay
from luoshi.ledger.models.item import Item
from luoshi.ledger.models.substance import Target
from luoshi.organisations.models import Person, Unit


class Progress(models.Model):
    """What happened, how much, by whom. Entered for another, that person counts as the reporter."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="progress")
    kind = models.CharField(max_length=8, choices=ProgressKind.choices, default=ProgressKind.REPORT)
    at = models.DateTimeField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    what = models.TextField()
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    target = models.ForeignKey(Target, models.SET_NULL, null=True, blank=True, related_name="+")
    percent = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    problem = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_percent_in_range",
                condition=Q(percent__isnull=True) | (Q(percent__gte=0) & Q(percent__lte=100)),
            ),
            models.CheckConstraint(
                name="ledger_on_behalf_of_another",
                condition=Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of=F("author")),
            ),
        ]
        indexes = [models.Index(fields=["item", "id"], name="ledger_progress_by_item")]


class Verification(models.Model):
    """Somebody else's check of a report. The database refuses a verifier who did any of the work."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="verifications")
    at = models.DateTimeField()
    verifier = models.ForeignKey(Person, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=VerificationWay.choices)
    result = models.CharField(max_length=6, choices=VerificationResult.choices)
    note = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["item", "round", "result"], name="ledger_verification_by_item")]


class Attachment(models.Model):
    """A file that shows what was done or what was found."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="attachments")
    progress = models.ForeignKey(Progress, models.PROTECT, null=True, blank=True, related_name="attachments")
    verification = models.ForeignKey(Verification, models.PROTECT, null=True, blank=True, related_name="attachments")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")


class Extension(models.Model):
    """A later day asked for, and what was decided."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="extensions")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_day = models.DateField()
    reason = models.TextField()
    asked_late = models.BooleanField(default=False)
    decision = models.CharField(max_length=8, choices=ExtensionDecision.choices, default="", blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    granted_day = models.DateField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(decision=""), name="ledger_one_open_extension"),
            models.CheckConstraint(
                name="ledger_extension_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
        ]
