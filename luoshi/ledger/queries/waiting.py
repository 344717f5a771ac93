"""Whose turn it is: what waits for a person, what he or she waits for, and what comes soon."""

from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce

from luoshi.calendars.services import add_working_days
from luoshi.core.actor import Actor
from luoshi.core.clock import today
from luoshi.ledger.enums import BLOCKING, WORKING, Light, ProgressKind, State, Track
from luoshi.ledger.models import Assignment, Item
from luoshi.ledger.models.item import ItemQuerySet
from luoshi.ledger.models.record import Progress
from luoshi.organisations.enums import SEATED_ROLES, Role
from luoshi.organisations.models import Grant, Post
from luoshi.organisations.queries import holding_on
from luoshi.organisations.tree import tree_of

SOON_WORKING_DAYS = 10
UNDER_WAY = (State.DISPATCHED, *sorted(WORKING))
DESKS = ("waiting", "watching", "soon")


def desk_of(actor: Actor, name: str) -> ItemQuerySet:
    """The items of one part of Today: `waiting`, `watching` or `soon`; any other name finds nothing."""
    if name == "waiting":
        return waiting_for(actor)
    if name == "watching":
        return watched_by(actor)
    return soon_for(actor) if name == "soon" else Item.objects.none()


def waiting_for(actor: Actor) -> ItemQuerySet:
    """Items on which the next step is the actor's own."""
    mine = to_accept(actor) | to_report(actor) | to_review(actor) | to_verify(actor) | to_decide(actor)
    return Item.objects.visible_to(actor).filter(mine)


def to_accept(actor: Actor) -> Q:
    """Dispatched to a unit for which the actor answers."""
    return Q(state=State.DISPATCHED, unit_id__in=_below(actor, Role.HEAD))


def to_report(actor: Actor) -> Q:
    """Own work that is due soon, late or behind pace, or was sent back."""
    pressing = Q(light__in=[Light.YELLOW, Light.RED]) | Q(round__gt=1, reported_on__isnull=True)
    return pressing & Q(state__in=WORKING, track=Track.ORDINARY) & _own_work(actor)


def to_review(actor: Actor) -> Q:
    """Standing duties whose yearly review comes within ten working days."""
    return Q(track=Track.STANDING, state__in=WORKING, review_on__lte=soon_until()) & _own_work(actor)


def to_verify(actor: Actor) -> Q:
    """Reported, and the actor is called to verify and took no part in it, in its parts or in what it is a part of."""
    called = Q(unit_id__in=_below(actor, Role.LEADER, Role.INSPECTOR))
    own = Q(dispatched_by_id=actor.person_id, unit_id__in=_below(actor, Role.CLERK))
    seats = _seats(actor)
    done = _took_part(actor, seats)
    parts = Item.objects.filter(done, parent_role__in=BLOCKING).values("parent_id")
    wholes = Item.objects.filter(assignments__unit_id__in=seats).values("pk")
    return Q(state=State.REPORTED) & (called | own) & ~done & ~Q(pk__in=parts) & ~Q(parent_id__in=wholes)


def _took_part(actor: Actor, seats: list[int]) -> Q:
    """Items the actor handled or reported on, or whose lead or assisting unit he or she sat in."""
    reports = Progress.objects.exclude(kind=ProgressKind.REVIEW).filter(
        Q(author_id=actor.person_id) | Q(on_behalf_of_id=actor.person_id)
    )
    return (
        Q(handler_id=actor.person_id)
        | Q(unit_id__in=seats)
        | Q(pk__in=reports.values("item_id"))
        | Q(pk__in=Assignment.objects.filter(unit_id__in=seats).values("item_id"))
    )


def _seats(actor: Actor) -> list[int]:
    """Units in which the actor ever had a post, or a grant to head or work: read once per call of Today."""
    posts = Post.objects.filter(person_id=actor.person_id).values_list("unit_id", flat=True)
    grants = Grant.objects.filter(person_id=actor.person_id, role__in=SEATED_ROLES).values_list("unit_id", flat=True)
    return sorted({*posts, *grants})


def to_decide(actor: Actor) -> Q:
    """Returned by the unit, or registered and not yet dispatched, in the actor's own office."""
    office = by_office(actor, "dispatched_by", State.RETURNED) | by_office(actor, "registered_by", State.REGISTERED)
    return Q(unit_id__in=_below(actor, Role.CLERK)) & office


def watched_by(actor: Actor) -> ItemQuerySet:
    """What the actor's office dispatched and others have in hand; a parent stands back behind its parts."""
    sent = by_office(actor, "dispatched_by", *UNDER_WAY)
    return Item.objects.visible_to(actor).filter(sent, children_numbered=0, track=Track.ORDINARY)


def soon_for(actor: Actor) -> ItemQuerySet:
    """Visible items due within the next ten working days on which the actor need not act at once."""
    return (
        Item.objects.visible_to(actor)
        .annotate(aim=Coalesce("internal_due_on", "due_on"))
        .filter(state__in=UNDER_WAY, due_on__gte=today(), aim__lte=soon_until())
        .exclude(pk__in=waiting_for(actor).values("pk"))
    )


def soon_until() -> date:
    """The tenth working day from today."""
    return add_working_days(today(), SOON_WORKING_DAYS)


def by_office(actor: Actor, field: str, *states: str) -> Q:
    """Items in these states which the actor, or somebody with a post in one of the actor's offices, set going."""
    held = Post.objects.filter(holding_on(today()), unit_id__in=actor.posts).values("person_id")
    return Q(state__in=states) & (Q(**{f"{field}_id": actor.person_id}) | Q(**{f"{field}_id__in": held}))


def _below(actor: Actor, *roles: str) -> frozenset[int]:
    return tree_of(actor.tenant_id).under_all(actor.seats(roles))


def _own_work(actor: Actor) -> Q:
    """Handed to the actor, or in his or her unit: all of it for its head, what nobody has in hand for a member."""
    handed = Q(handler_id=actor.person_id)
    free = Q(handler__isnull=True, unit_id__in=_below(actor, Role.MEMBER))
    return handed | free | Q(unit_id__in=_below(actor, Role.HEAD))
