"""Kinds of units and roles of people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    COUNTY = "county", _("County")
    TOWN = "town", _("Township")
    OFFICE = "office", _("Office")
    VILLAGE = "village", _("Village")
    BRANCH = "branch", _("Party branch")
    GROUP = "group", _("Village group")
    OTHER = "other", _("Other body")


class Role(models.TextChoices):
    CLERK = "clerk", _("Clerk")
    LEADER = "leader", _("Leader")
    HEAD = "head", _("Head of unit")
    MEMBER = "member", _("Handler")
    INSPECTOR = "inspector", _("Inspector")
    AUDITOR = "auditor", _("Auditor")
    SYSADMIN = "sysadmin", _("System administrator")
    SECURITY = "security", _("Security administrator")


SEATED_ROLES = frozenset({Role.HEAD, Role.MEMBER})
"""Roles whose grant on a unit makes a person one of its own."""
OVERSEEING_ROLES = frozenset({Role.CLERK, Role.LEADER, Role.INSPECTOR, Role.AUDITOR})
"""Roles that see what is prepared for the units below them, too."""
SEEING_ROLES = frozenset({Role.CLERK, Role.LEADER, Role.HEAD, Role.MEMBER, Role.INSPECTOR, Role.AUDITOR})
"""Roles whose grant lets a person see the items of its units; administrators run the house and read no business."""
