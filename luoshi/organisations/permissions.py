"""Who may change the house itself."""

from django.http import Http404
from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.errors import NotAllowed
from luoshi.organisations.enums import Role
from luoshi.organisations.models import Unit

MANAGING_ROLES = frozenset({Role.SYSADMIN})


def can_manage(actor: Actor, unit: Unit) -> bool:
    """Whether the actor may add units and people below the unit."""
    return unit.tenant_id == actor.tenant_id and actor.covers(unit.path, MANAGING_ROLES)


def require_managing(actor: Actor, unit: Unit) -> None:
    """Refuse whoever may not manage the unit; a unit of another tenant does not exist."""
    if unit.tenant_id != actor.tenant_id:
        raise Http404
    if not can_manage(actor, unit):
        raise NotAllowed(_("Only an administrator of %(unit)s may do this.") % {"unit": unit})
