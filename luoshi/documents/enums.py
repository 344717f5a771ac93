"""The words of reading."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    OPEN = "open", _("Undecided")
    KEPT = "kept", _("Kept")
    DISCARDED = "discarded", _("Not registered")
    MERGED = "merged", _("Merged")
    DISPATCHED = "dispatched", _("Dispatched")


class PieceKind(models.TextChoices):
    DELIVERABLE = "deliverable", _("Deliverable")
    STANDING = "standing", _("Standing duty")
    EXHORTATION = "exhortation", _("Exhortation")
    CONTEXT = "context", _("Context")
    BOILERPLATE = "boilerplate", _("Boilerplate")


class DraftUnitRole(models.TextChoices):
    ASSIST = "assist", _("Assists")
    PART = "part", _("Has a part")
