"""Registering and dispatching orders: one or a thousand in one transaction with bulk statements and one event."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.audit.services import Happening, record_event
from luoshi.calendars.rules import Calendar
from luoshi.calendars.services import calendar_of
from luoshi.core.actor import Actor
from luoshi.core.clock import now, today
from luoshi.core.errors import BadInput, NotAllowed
from luoshi.ledger.enums import Action, Kind, ParentRole, State, Track
from luoshi.ledger.lights import expected_line, light_on, set_turning_days
from luoshi.ledger.limits import require_amount, require_day, require_text
from luoshi.ledger.models import Assignment, Citation, Item, StateSpan, Target
from luoshi.ledger.numbering import child_number, take_numbers
from luoshi.ledger.orders import NewTarget, Order, Part, shared_evenly
from luoshi.ledger.permissions import can_register
from luoshi.ledger.reviews import next_review
from luoshi.ledger.services.acting import acting
from luoshi.ledger.services.rolling_up import percent_of_target
from luoshi.ledger.tallies import Cell, cell_of, shift_tallies
from luoshi.ledger.words import index_items
from luoshi.organisations.enums import Role
from luoshi.organisations.models import Person, Tenant, TenantSettings
from luoshi.organisations.queries import settings_of
from luoshi.organisations.tree import Tree, tree_of

BATCH = 500
OPEN_TRACKS = frozenset({Track.ORDINARY, Track.STANDING})
Planned = tuple[Item, Order, Part | None]


@transaction.atomic
def register_item(*, actor: Actor, order: Order) -> Item:
    """Put one duty on the ledger without dispatching it yet; its parts are given when it is."""
    if order.parts:
        raise BadInput(_("Dispatch the item to share it out; until then it has no parts."), "parts")
    return _write(actor, [order], dispatched=False)[0]


@transaction.atomic
def dispatch_orders(*, actor: Actor, orders: Sequence[Order]) -> list[Item]:
    """Register and dispatch all orders or none; the items in the order given, each followed by its parts."""
    if not orders:
        raise BadInput(_("There is nothing to dispatch."))
    return _write(actor, orders, dispatched=True)


def dispatch_item(*, actor: Actor, item: Item, version: int | None = None) -> Item:
    """Dispatch an item registered earlier; its number is given now."""
    with acting(actor=actor, item=item, action=Action.DISPATCH, version=version) as act:
        require_dispatchable(act.item)
        act.item.number = take_numbers(act.item.tenant, 1)[0]
        act.item.dispatched_by_id, act.item.dispatched_on = actor.person_id, today()
        primary = act.item.targets.filter(is_primary=True).first()
        act.item.percent = percent_of_target(primary)
        act.body["number"] = act.item.number
    return act.item


def require_dispatchable(item: Item) -> None:
    """An ordinary item is dispatched with a day; a standing duty has none."""
    if item.track == Track.ORDINARY and item.due_on is None:
        raise BadInput(_("“%(title)s” has no due day yet; set one first.") % {"title": item.title}, "due_on")


def _write(actor: Actor, orders: Sequence[Order], *, dispatched: bool) -> list[Item]:
    orders = [shared_evenly(order) for order in orders]
    tree = tree_of(actor.tenant_id)
    _check(actor, orders, tree, dispatched=dispatched)
    tenant = Tenant.objects.get(pk=actor.tenant_id)
    rules, calendar = settings_of(actor.tenant_id), calendar_of(actor.tenant_id)
    numbers = take_numbers(tenant, len(orders)) if dispatched else [None] * len(orders)
    heads: list[Planned] = [
        (_new_item(actor, order, number), order, None) for order, number in zip(orders, numbers, strict=True)
    ]
    _save(heads, rules, calendar)
    parts = [planned for head in heads for planned in _parts_of(head)]
    _save(parts, rules, calendar)
    written = [*heads, *parts]
    _save_substance(written)
    _open_spans([item for item, _order, _part in written])
    shift_tallies(_count(item for item, _order, _part in written))
    items = _in_reading_order(heads, parts)
    index_items(items)
    record_event(
        tenant_id=actor.tenant_id,
        actor=actor,
        happening=Happening(
            Action.DISPATCH if dispatched else Action.REGISTER,
            [("item", item.pk) for item in items],
            {"numbers": [item.number for item in items if item.number], "titles": [order.title for order in orders]},
        ),
    )
    return items


def _check(actor: Actor, orders: Sequence[Order], tree: Tree, *, dispatched: bool) -> None:
    """Refuse the whole batch with the first reason that one of its orders gives."""
    if not can_register(actor):
        raise NotAllowed(_("Only a clerk may register items."))
    for order in orders:
        if not order.title.strip():
            raise BadInput(_("An item needs a title."), "title")
        _check_words(order)
        _check_people(actor, order, tree)
        for unit_id in (order.unit_id, *order.assisting, *(part.unit_id for part in order.parts)):
            _check_unit(actor, tree, unit_id, order)
        if order.unit_id in order.assisting:
            raise BadInput(_("“%(title)s”: the lead unit cannot assist itself.") % {"title": order.title}, "assisting")
        units = [part.unit_id for part in order.parts]
        if len(set(units)) < len(units):
            raise BadInput(_("“%(title)s”: a unit stands twice among the parts.") % {"title": order.title}, "parts")
        _check_due(order, dispatched=dispatched)


def _check_words(order: Order) -> None:
    if order.track not in OPEN_TRACKS:
        raise BadInput(_("Items of this kind are opened by their own module."), "track")
    for name in ("title", "requirement", "measure", "category", "note", "theme"):
        require_text(getattr(order, name), name)
    for target in order.targets:
        require_text(target.metric, "metric")
        require_text(target.measured_in, "measured_in")
        require_amount(target.value, "value")
    for part in order.parts:
        require_amount(part.share, "share")
        require_day(part.due.on if part.due else None, "due_on")
    require_day(order.due.on, "due_on")
    require_day(order.due.internal_on, "internal_due_on")


def _check_people(actor: Actor, order: Order, tree: Tree) -> None:
    if order.verifier_unit_id is not None and tree.unit(order.verifier_unit_id) is None:
        raise BadInput(_("Choose a verifying unit of your own tenant."), "verifier_unit")
    leader = order.lead_leader_id
    if leader is not None and not Person.objects.of_tenant(actor.tenant_id).filter(pk=leader).exists():
        raise BadInput(_("Choose a leader of your own tenant."), "lead_leader")


def _check_unit(actor: Actor, tree: Tree, unit_id: int, order: Order) -> None:
    unit = tree.unit(unit_id)
    if unit is None or not unit.open:
        raise BadInput(_("“%(title)s”: the unit does not exist or is closed.") % {"title": order.title}, "unit")
    if not actor.covers(unit.path, {Role.CLERK}):
        raise NotAllowed(_("You cannot dispatch to %(unit)s: it is not below your office.") % {"unit": unit.label})


def _check_due(order: Order, *, dispatched: bool) -> None:
    due = order.due
    if dispatched and not is_standing(order) and due.on is None:
        raise BadInput(_("“%(title)s” has no due day yet; set one first.") % {"title": order.title}, "due_on")
    if due.on and due.internal_on and due.internal_on > due.on:
        raise BadInput(
            _("“%(title)s”: the internal day must not be after the due day.") % {"title": order.title},
            "internal_due_on",
        )


def is_standing(order: Order) -> bool:
    """Whether the order is a standing duty: without a day, without a light, with a yearly review."""
    return order.track == Track.STANDING or order.kind == Kind.STANDING


def _new_item(actor: Actor, order: Order, number: str | None) -> Item:
    """An unsaved item. A lead that shares its duty out among parts accepts its own order by dispatching it."""
    state = State.REGISTERED
    if number is not None:
        state = State.ACCEPTED if order.parts else State.DISPATCHED
    standing = is_standing(order)
    day = today()
    return Item(
        tenant_id=actor.tenant_id,
        number=number,
        title=order.title.strip(),
        requirement=order.requirement,
        measure=order.measure,
        category=order.category,
        note=order.note,
        theme=order.theme,
        track=Track.STANDING if standing else order.track,
        kind=Kind.STANDING if standing else order.kind,
        state=state,
        unit_id=order.unit_id,
        lead_leader_id=order.lead_leader_id,
        verifier_unit_id=order.verifier_unit_id,
        due_on=None if standing else order.due.on,
        due_precision=order.due.precision,
        due_words=order.due.words,
        due_code=order.due.code,
        internal_due_on=None if standing else order.due.internal_on,
        review_on=next_review(day) if standing else None,
        registered_by_id=actor.person_id,
        registered_on=day,
        dispatched_by_id=actor.person_id if number else None,
        dispatched_on=day if number else None,
        accepted_on=day if state == State.ACCEPTED else None,
        children_numbered=len(order.parts),
    )


def _parts_of(head: Planned) -> Iterable[Planned]:
    parent, order, _none = head
    for ordinal, part in enumerate(order.parts, start=1):
        child = part_of(parent, part, ordinal)
        yield child, order, part


def part_of(parent: Item, part: Part, ordinal: int) -> Item:
    """An unsaved part of a dispatched parent, dispatched to its unit with the parent's words and day."""
    due = part.due
    return Item(
        tenant_id=parent.tenant_id,
        number=child_number(parent, ordinal),
        title=parent.title,
        requirement=parent.requirement,
        measure=parent.measure,
        category=parent.category,
        theme=parent.theme,
        track=parent.track,
        kind=parent.kind,
        state=State.DISPATCHED,
        unit_id=part.unit_id,
        lead_leader_id=parent.lead_leader_id,
        verifier_unit_id=parent.verifier_unit_id,
        due_on=due.on if due else parent.due_on,
        due_precision=due.precision if due else parent.due_precision,
        due_words=due.words if due else parent.due_words,
        due_code=due.code if due else parent.due_code,
        internal_due_on=due.internal_on if due else parent.internal_due_on,
        review_on=parent.review_on,
        registered_by_id=parent.registered_by_id,
        registered_on=today(),
        dispatched_by_id=parent.dispatched_by_id,
        dispatched_on=today() if parent.number else None,
        parent=parent,
        parent_role=ParentRole.SPLIT,
        split_depth=parent.split_depth + 1,
        child_ordinal=ordinal,
    )


def targets_of(item: Item, targets: Sequence[NewTarget], share: Decimal | None) -> list[Target]:
    """Unsaved targets of an item; a part's primary target has its own share as value."""
    return [
        Target(
            item=item,
            metric=target.metric,
            comparison=target.comparison,
            value=share if share is not None and not place else target.value,
            measured_in=target.measured_in,
            is_primary=not place,
            ordinal=place,
        )
        for place, target in enumerate(targets)
    ]


def _save(planned: Sequence[Planned], rules: TenantSettings, calendar: Calendar) -> None:
    """Insert the items with their lights; the expected line starts at dispatch, with nothing reached."""
    for item, order, part in planned:
        target = next(iter(targets_of(item, order.targets[:1], part.share if part else None)), None)
        item.percent = percent_of_target(target) if item.number else None
        set_turning_days(item, expected_line(item, target, []), rules, calendar)
        item.light = light_on(item, today())
    Item.objects.bulk_create([item for item, _order, _part in planned], batch_size=BATCH)


def _save_substance(planned: Sequence[Planned]) -> None:
    targets = [
        target
        for item, order, part in planned
        for target in targets_of(item, order.targets, part.share if part else None)
    ]
    Target.objects.bulk_create(targets, batch_size=BATCH)
    Assignment.objects.bulk_create(
        [
            Assignment(item=item, unit_id=unit_id)
            for item, order, part in planned
            if part is None
            for unit_id in dict.fromkeys(order.assisting)
        ],
        batch_size=BATCH,
    )
    Citation.objects.bulk_create(
        [
            Citation(
                item=item,
                source=cited.source,
                source_id=cited.source_id,
                start=cited.start,
                end=cited.end,
                label=cited.label[:120],
                quote=cited.quote,
            )
            for item, order, _part in planned
            for cited in order.citations
        ],
        batch_size=BATCH,
    )


def _open_spans(items: Iterable[Item]) -> None:
    moment = now()
    StateSpan.objects.bulk_create(
        [
            StateSpan(item=item, state=item.state, unit_id=item.unit_id, due_on=item.due_on, since=moment)
            for item in items
        ],
        batch_size=BATCH,
    )


def _count(items: Iterable[Item]) -> Counter[Cell]:
    return Counter(cell_of(item) for item in items)


def _in_reading_order(heads: Sequence[Planned], parts: Sequence[Planned]) -> list[Item]:
    below: dict[int, list[Item]] = {}
    for item, _order, _part in parts:
        below.setdefault(item.parent_id or 0, []).append(item)
    return [item for head, _order, _part in heads for item in (head, *below.get(head.pk, ()))]
