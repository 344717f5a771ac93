"""Who may read a document in and work on its drafts. Visibility is `Document.objects.visible_to`."""

from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.errors import NotAllowed
from luoshi.documents.models import READING_ROLES, Document
from luoshi.organisations.enums import Role
from luoshi.organisations.tree import Branch, tree_of

WORKING_ROLES = frozenset({Role.CLERK})


def can_read_in(actor: Actor) -> bool:
    """Whether the actor may bring documents in at all."""
    return actor.holds(Role.CLERK)


def require_reading_in(actor: Actor) -> None:
    """Refuse whoever is no clerk."""
    if not can_read_in(actor):
        raise NotAllowed(_("Only a clerk may read documents in."))


def can_work_on(actor: Actor, document: Document) -> bool:
    """Whether the actor may change the drafts of a document: a clerk over the office that read it in."""
    return document.tenant_id == actor.tenant_id and actor.covers(document.unit.path, WORKING_ROLES)


def require_working_on(actor: Actor, document: Document) -> None:
    """Refuse whoever sees the document but is no clerk over its office."""
    if not can_work_on(actor, document):
        raise NotAllowed(_("Only a clerk of %(unit)s may work on the drafts.") % {"unit": document.unit})


def sees_drafts(actor: Actor, document: Document) -> bool:
    """Whether the actor sees duties that are drafted but not dispatched yet; others see only their own items."""
    return document.tenant_id == actor.tenant_id and actor.covers(document.unit.path, READING_ROLES)


def units_to_give_to(actor: Actor) -> tuple[Branch, ...]:
    """Open units to which the actor may dispatch, in tree order: those under a clerk's grant."""
    units = tree_of(actor.tenant_id).units
    return tuple(unit for unit in units if unit.open and actor.covers(unit.path, WORKING_ROLES))
