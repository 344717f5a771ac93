"""The history of every tenant as a hash chain, with payloads that can be erased without breaking it."""

from django.db import models
from django.db.models import F, Q


class ChainHead(models.Model):
    """The last link of a tenant's chain; locked last in every act."""

    tenant_id = models.BigIntegerField(unique=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Event(models.Model):
    """One act. Written once: the database refuses updates and deletes."""

    tenant_id = models.BigIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=48)
    object_type = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    payload_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "sequence"], name="audit_event_one_per_sequence")]


class EventPayload(models.Model):
    """What an event says. Erasing empties body and salt; the event and its digest stay."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=32, blank=True)
    body = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_payload_whole_or_erased",
                condition=(Q(body__isnull=True) & Q(salt="")) | (Q(body__isnull=False) & ~Q(salt="")),
            )
        ]


class EventSubject(models.Model):
    """An object an event is about: one event may name a thousand rows."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="subjects")
    object_type = models.CharField(max_length=32)
    object_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "event"], name="audit_subject_by_object")]


class Checkpoint(models.Model):
    """A link noted outside the chain, so that a rewritten tail is found."""

    tenant_id = models.BigIntegerField()
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "sequence"], name="audit_checkpoint_once")]


class Purge(models.Model):
    """Personal data or a secret typed by mistake, erased by two persons; that it went stays on record."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="purges")
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    reason = models.TextField()
    approved_by_id = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_purge_by_two_persons",
                condition=Q(approved_by_id__isnull=True) | ~Q(approved_by_id=F("asked_by_id")),
            )
        ]
