"""The days that differ from the plain week: holidays, and weekends on which people work."""

from django.db import models
from django.db.models import Q

from luoshi.calendars.enums import DayKind, DayStatus


class CalendarDay(models.Model):
    """One exceptional day. Without a tenant it holds nationwide; a tenant's own row goes before it.

    Written through `services.replace_year` only, which also renews `CalendarVersion`.
    """

    tenant_id = models.BigIntegerField(null=True)
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=DayKind.choices)
    status = models.CharField(max_length=9, choices=DayStatus.choices)
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            # Two constraints, because a NULL tenant equals nothing in a plain unique index of either engine.
            models.UniqueConstraint(
                fields=["date"], condition=Q(tenant_id__isnull=True), name="calendars_national_day_once"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "date"], condition=Q(tenant_id__isnull=False), name="calendars_tenant_day_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="calendars_day_kind_known"),
            models.CheckConstraint(condition=Q(status__in=DayStatus.values), name="calendars_day_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class CalendarVersion(models.Model):
    """The one row whose token is new after every change; processes compare it with the days they hold."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
