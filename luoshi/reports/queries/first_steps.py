"""The way from an empty house to the first dispatch, in four steps."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.documents.models import Document
from luoshi.ledger.models import Item
from luoshi.organisations.enums import Role
from luoshi.organisations.models import Post
from luoshi.organisations.tree import tree_of


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether it is done, whether it is the next, and where the reader may do it (empty: another's)."""

    title: str
    text: str
    done: bool
    current: bool
    url: str
    act: str


def first_steps(actor: Actor) -> list[Step]:
    """The four steps while nothing was ever dispatched; an empty list from then on."""
    if Item.objects.of_tenant(actor.tenant_id).filter(number__isnull=False).exists():
        return []
    admin, clerk = actor.holds(Role.SYSADMIN), actor.holds(Role.CLERK)
    done = [
        len(tree_of(actor.tenant_id).units) > 1,
        Post.objects.filter(unit__tenant_id=actor.tenant_id).exists(),
        Document.objects.of_tenant(actor.tenant_id).exists(),
        False,
    ]
    following = done.index(False)
    units, people, documents = "organisations:add_units", "organisations:add_person", "documents:list"
    told = (
        (_("Add the units"), _("Offices, villages, branches."), admin, units, _("Add units")),
        (_("Add the people"), _("A clerk, and a head for each unit."), admin, people, _("Add a person")),
        (_("Read in a document"), _("A speech or a plan."), clerk, documents, _("To the documents")),
        (_("Dispatch"), _("Set owners and days, then dispatch."), clerk, documents, _("To the documents")),
    )
    return [
        Step(title, text, done[place], place == following, reverse(name) if may else "", act)
        for place, (title, text, may, name, act) in enumerate(told)
    ]
