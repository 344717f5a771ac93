"""Who may do what on the ledger. Visibility is `Item.objects.visible_to`; truth itself is a database constraint."""

from django.db.models import Q
from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.errors import NotAllowed
from luoshi.ledger.enums import Action, ProgressKind
from luoshi.ledger.family import family_of, ids_above
from luoshi.ledger.models import Assignment, Item, Progress
from luoshi.ledger.workflow import Who, rule_for
from luoshi.organisations.enums import Role
from luoshi.organisations.queries import sat_in_units_since

DOER_ROLES = frozenset({Role.HEAD, Role.MEMBER})


def can_register(actor: Actor) -> bool:
    """Whether the actor may put items on the ledger at all."""
    return actor.holds(Role.CLERK)


def stands_as(actor: Actor, item: Item, who: Who) -> bool:
    """Whether the actor is on that side of the item."""
    path = item.unit.path
    if who is Who.DISPATCHER:
        return actor.covers(path, {Role.CLERK})
    if who is Who.LEADER:
        return actor.covers(path, {Role.LEADER})
    if who is Who.UNIT_HEAD:
        return actor.covers(path, {Role.HEAD}) or _enters_for(actor, item)
    if who is Who.DOER:
        return actor.covers(path, DOER_ROLES) or item.handler_id == actor.person_id or _enters_for(actor, item)
    return may_verify(actor, item)


def _enters_for(actor: Actor, item: Item) -> bool:
    """A clerk over the lead unit may enter what reached the office by phone or on paper."""
    return actor.covers(item.unit.path, {Role.CLERK})


def may_verify(actor: Actor, item: Item) -> bool:
    """Leader, inspector or the dispatching clerk, and none of those who did the work (promise 4)."""
    path = item.unit.path
    called = actor.covers(path, {Role.LEADER, Role.INSPECTOR}) or (
        item.dispatched_by_id == actor.person_id and actor.covers(path, {Role.CLERK})
    )
    return called and not did_the_work(actor.person_id, item)


def did_the_work(person_id: int, item: Item) -> bool:
    """The handler, anyone who reported or was entered for, anyone who sat in a lead or assisting unit meanwhile.

    Whoever did a part did the whole; units that assist in the whole assist in its parts. A grant to head or work in
    one of the units counts as a seat in it. The same rule stands in the database (migration `0002_guards`).
    """
    family = family_of(item)
    parts = Item.objects.filter(pk__in=family).values_list("handler_id", "unit_id") if len(family) > 1 else ()
    if person_id in {item.handler_id, *(handler for handler, _unit in parts)}:
        return True
    reports = Progress.objects.filter(item_id__in=family).exclude(kind=ProgressKind.REVIEW)
    if reports.filter(Q(author_id=person_id) | Q(on_behalf_of_id=person_id)).exists():
        return True
    assisting = Assignment.objects.filter(item_id__in={*family, *ids_above(item)}).values_list("unit_id", flat=True)
    return sat_in_units_since(
        person_id,
        {item.unit_id, *(unit for _handler, unit in parts), *assisting},
        item.dispatched_on or item.registered_on,
    )


def sides_of(actor: Actor, item: Item, asked: frozenset[Who]) -> frozenset[Who]:
    """Those of the sides asked for on which the actor stands; who asks about several acts asks once."""
    return frozenset(who for who in asked if stands_as(actor, item, who))


def is_own(actor: Actor, item: Item) -> bool:
    """Whether the actor is of the lead unit's own people, and so reports without saying for whom."""
    covered = actor.covers(item.unit.path, DOER_ROLES)
    return covered or item.handler_id == actor.person_id or item.unit_id in actor.posts


def can_act(actor: Actor, item: Item, action: Action) -> bool:
    """Whether the act is possible in the item's state and the actor stands where it asks."""
    rule = rule_for(item.track, item.state, action)
    return rule is not None and any(stands_as(actor, item, who) for who in rule.who)


def require_side(actor: Actor, item: Item, action: Action) -> None:
    """Refuse whoever may see the item but does not stand where the act asks (403)."""
    rule = rule_for(item.track, item.state, action)
    if rule is None or any(stands_as(actor, item, who) for who in rule.who):
        return
    if Who.VERIFIER in rule.who and did_the_work(actor.person_id, item):
        raise NotAllowed(_("You took part in this item, so somebody else must verify it."))
    raise NotAllowed(_("This is not yours to do; it is for: %(who)s.") % {"who": words_of(rule.who)})


def words_of(sides: frozenset[Who]) -> str:
    """The sides of an item in words."""
    words = {
        Who.DISPATCHER: _("the office that dispatches"),
        Who.LEADER: _("a leader"),
        Who.UNIT_HEAD: _("the head of the lead unit"),
        Who.DOER: _("the lead unit"),
        Who.VERIFIER: _("a leader, an inspector or the dispatching clerk"),
    }
    return _(", ").join(words[side] for side in Who if side in sides)
