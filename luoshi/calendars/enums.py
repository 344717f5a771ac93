"""What a day of the calendar is, and how sure of it we are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", _("day off")
    WORKDAY = "workday", _("shifted working day")


class DayStatus(models.TextChoices):
    OFFICIAL = "official", _("official")
    ESTIMATED = "estimated", _("estimated")
