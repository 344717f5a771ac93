"""What leaves an act later or must not happen twice: keys of forms, notices, schedules, leases."""

from django.db import models


class IdempotencyKey(models.Model):
    """A form that was carried out. `result_url` is where its sender was led; a repeat is led there too."""

    user_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    result_url = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "key"], name="outbox_key_once_per_user")]
        indexes = [models.Index(fields=["created_at"], name="outbox_key_by_age")]

    def __str__(self) -> str:
        return self.key


class Notice(models.Model):
    """Something a person is to be told. Written in the act's own transaction, sent by the worker."""

    tenant_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=48)
    object_type = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(sent_at__isnull=True), name="outbox_notice_waiting"),
            models.Index(fields=["tenant_id", "person_id", "-created_at"], name="outbox_notice_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_type}:{self.object_id}"


class Schedule(models.Model):
    """When a job of the registry is to run next."""

    name = models.CharField(max_length=80, unique=True)
    next_run_at = models.DateTimeField()
    last_run_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Lease(models.Model):
    """Who alone may do a thing, and until when without saying so again. Times are the database's own."""

    name = models.CharField(max_length=80, unique=True)
    holder = models.CharField(max_length=120, blank=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
