"""What the dispatching side does with an item under way, from amending to ending it, and splitting it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luoshi.calendars.services import calendar_of
from luoshi.core.actor import Actor
from luoshi.core.clock import now, today
from luoshi.core.errors import BadInput, Conflict, NotAllowed
from luoshi.ledger.enums import BLOCKING, ENDED, Action, State, Track
from luoshi.ledger.lights import expected_line, light_on, set_turning_days
from luoshi.ledger.limits import require_amount, require_day, require_text
from luoshi.ledger.models import Assignment, Citation, Item, StateSpan, Target
from luoshi.ledger.orders import NewTarget, Part
from luoshi.ledger.permissions import DOER_ROLES
from luoshi.ledger.services.acting import Act, acting
from luoshi.ledger.services.dispatching import part_of, targets_of
from luoshi.ledger.services.rolling_up import live_parts, percent_of_target, recount_progress
from luoshi.ledger.tallies import cell_of
from luoshi.ledger.words import index_items
from luoshi.ledger.workflow import Need
from luoshi.organisations.enums import Role
from luoshi.organisations.models import Person
from luoshi.organisations.queries import heads_of_unit, settings_of
from luoshi.organisations.tree import tree_of
from luoshi.outbox.services import queue_notice

AMENDABLE = (
    "title",
    "requirement",
    "measure",
    "category",
    "note",
    "theme",
    "due_on",
    "internal_due_on",
    "report_beat",
    "lead_leader_id",
    "verifier_unit_id",
)


def amend_item(*, actor: Actor, item: Item, changes: Mapping[str, Any], reason: str, version: int) -> Item:
    """Change what the order says. `changes` maps fields of `AMENDABLE` to new values; what was stands in the event.

    When somebody else changed the item since `version`, both texts come back in a `Conflict` and nothing is written.
    """
    unknown = set(changes) - set(AMENDABLE)
    if unknown:
        raise BadInput(_("These fields cannot be amended: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    try:
        with acting(actor=actor, item=item, action=Action.AMEND, version=version) as act:
            act.require(Need.REASON, reason.strip(), _("Say why the order is changed."))
            _apply(act, changes)
            act.body["reason"] = reason.strip()
    except Conflict as conflict:
        raise _both_texts(item.pk, changes) from conflict
    return act.item


def _both_texts(item_id: int, changes: Mapping[str, Any]) -> Conflict:
    now_there = Item.objects.get(pk=item_id)
    theirs = {name: getattr(now_there, name) for name in changes if getattr(now_there, name) != changes[name]}
    message = _("Somebody changed this item while you were writing. Both texts are below; nothing of yours is lost.")
    return Conflict(message, theirs=theirs, yours={name: changes[name] for name in theirs})


def _apply(act: Act, changes: Mapping[str, Any]) -> None:
    item = act.item
    changed = {name: value for name, value in changes.items() if getattr(item, name) != value}
    act.require(Need.CHANGE, changed, _("Nothing was changed."))
    _check_changes(act.actor, changed)
    act.body["changes"] = {name: [_plain(getattr(item, name)), _plain(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(item, name, value)
    if "due_on" in changed:  # the words of the document spoke of another day
        item.due_words = item.due_precision = item.due_code = ""
    if not item.title.strip():
        raise BadInput(_("An item needs a title."), "title")
    if item.due_on is None and item.track != Track.STANDING and item.state != State.REGISTERED:
        raise BadInput(_("A dispatched item keeps a due day."), "due_on")
    if item.internal_due_on and (item.due_on is None or item.internal_due_on > item.due_on):
        raise BadInput(_("The internal day must not be after the due day."), "internal_due_on")


def _check_changes(actor: Actor, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        if isinstance(value, str):
            require_text(value, name)
        elif isinstance(value, date):
            require_day(value, name)
    leader, unit = changed.get("lead_leader_id"), changed.get("verifier_unit_id")
    if leader is not None and not Person.objects.of_tenant(actor.tenant_id).filter(pk=leader).exists():
        raise BadInput(_("Choose a leader of your own tenant."), "lead_leader")
    if unit is not None and tree_of(actor.tenant_id).unit(unit) is None:
        raise BadInput(_("Choose a verifying unit of your own tenant."), "verifier_unit")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def redispatch_item(*, actor: Actor, item: Item, unit_id: int, reason: str, version: int | None = None) -> Item:
    """Decide on a returned item: again to the same unit, or to another one."""
    with acting(actor=actor, item=item, action=Action.REDISPATCH, version=version) as act:
        act.require(Need.REASON, reason.strip(), _("Say why it goes there."))
        unit = tree_of(actor.tenant_id).unit(unit_id)
        if unit is None or not unit.open or not actor.covers(unit.path, {Role.CLERK}):
            raise BadInput(_("Choose an open unit below your office."), "unit")
        _refuse_second_part(act.item, unit_id, unit.label)
        assisted, _rows = Assignment.objects.filter(item=act.item, unit_id=unit_id).delete()
        act.body.update(reason=reason.strip(), unit=[str(act.item.unit), unit.label], assisted=bool(assisted))
        if unit_id != act.item.unit_id:
            act.item.was_returned = _was_returned_by(act.item, unit_id)
            act.item.handler = None
        act.item.unit_id = unit_id
        act.item.dispatched_by_id = actor.person_id
    return act.item


def _refuse_second_part(item: Item, unit_id: int, label: str) -> None:
    others = Item.objects.filter(parent=item.parent_id, unit_id=unit_id).exclude(pk=item.pk)
    if item.parent_id is not None and others.exclude(state=State.TERMINATED).exists():
        raise BadInput(_("%(unit)s has a part of this item already.") % {"unit": label}, "unit")


def _was_returned_by(item: Item, unit_id: int) -> bool:
    """Whether the unit has returned this item before: then the office has decided."""
    return item.spans.filter(state=State.RETURNED, unit_id=unit_id).exists()


def suspend_item(*, actor: Actor, item: Item, reason: str, version: int | None = None) -> Item:
    """Put an item to rest while its condition is gone; it carries no light until it is resumed."""
    with acting(actor=actor, item=item, action=Action.SUSPEND, version=version) as act:
        act.require(Need.REASON, reason.strip(), _("Say why the item rests."))
        act.item.suspended_from = act.item.state
        act.body["reason"] = reason.strip()
    return act.item


def resume_item(*, actor: Actor, item: Item, reason: str, version: int | None = None) -> Item:
    """Take a resting item up again in the state it was in."""
    with acting(actor=actor, item=item, action=Action.RESUME, version=version) as act:
        act.require(Need.REASON, reason.strip(), _("Say why the item goes on."))
        act.item.state = act.item.suspended_from or State.IN_PROGRESS
        act.item.suspended_from = ""
        act.body["reason"] = reason.strip()
    return act.item


def terminate_item(*, actor: Actor, item: Item, reason: str, version: int | None = None) -> Item:
    """End an item that should not be: it stays on the ledger with its reason. Its parts must have ended before."""
    with acting(actor=actor, item=item, action=Action.TERMINATE, version=version) as act:
        act.require(Need.REASON, reason.strip(), _("Say why the item is ended."))
        if act.item.children.filter(parent_role__in=BLOCKING).exclude(state__in=ENDED).exists():
            raise BadInput(_("End its open parts first."))
        act.body["reason"] = reason.strip()
    return act.item


def remind(*, actor: Actor, item: Item, words: str = "") -> Item:
    """Urge the lead unit, at most once a day for an item."""
    with acting(actor=actor, item=item, action=Action.REMIND) as act:
        if act.item.reminded_on == today():
            raise BadInput(_("A reminder went out today already."))
        act.item.reminded_on = today()
        act.body["words"] = words.strip()
        _tell(act, words.strip())
    return act.item


def _tell(act: Act, words: str) -> None:
    told = [act.item.handler_id] if act.item.handler_id else [head.pk for head in heads_of_unit(act.item.unit)]
    for person_id in told:
        queue_notice(
            tenant_id=act.item.tenant_id,
            person_id=person_id,
            kind="remind",
            subject=("item", act.item.pk),
            payload={"title": act.item.title, "words": words},
        )


def split_item(*, actor: Actor, item: Item, parts: Sequence[Part], version: int | None = None) -> list[Item]:
    """Give parts of an item to units below its lead or below the clerk's office; shares divide the primary target."""
    with acting(actor=actor, item=item, action=Action.SPLIT, version=version) as act:
        act.require(Need.UNITS, parts, _("Choose at least one unit."))
        _check_parts(act, parts)
        children = _write_parts(act, parts)
        act.subjects.extend(("item", child.pk) for child in children)
        act.body["numbers"] = [child.number for child in children]
    return children


def _check_parts(act: Act, parts: Sequence[Part]) -> None:
    tree = tree_of(act.actor.tenant_id)
    there = set(act.item.children.exclude(state=State.TERMINATED).values_list("unit_id", flat=True))
    if act.item.split_depth >= 3:
        raise BadInput(_("An item is split over at most three levels."))
    for part in parts:
        require_amount(part.share, "share")
        unit = tree.unit(part.unit_id)
        if unit is None or not unit.open:
            raise BadInput(_("Choose an open unit."), "units")
        if not act.actor.covers(unit.path, {Role.CLERK, *DOER_ROLES}):
            raise NotAllowed(_("You cannot split to %(unit)s: it is not below you.") % {"unit": unit.label})
        if part.unit_id in there:
            raise BadInput(_("%(unit)s has a part of this item already.") % {"unit": unit.label}, "units")
        there.add(part.unit_id)


def _write_parts(act: Act, parts: Sequence[Part]) -> list[Item]:
    parent, rules = act.item, settings_of(act.item.tenant_id)
    calendar = calendar_of(parent.tenant_id)
    goals = [
        NewTarget(target.metric, target.comparison, target.value, target.measured_in)
        for target in parent.targets.order_by("ordinal")
    ]
    children = []
    for ordinal, part in enumerate(parts, start=parent.children_numbered + 1):
        child = part_of(parent, part, ordinal)
        child.dispatched_by_id = child.registered_by_id = act.actor.person_id
        primary = next(iter(targets_of(child, goals[:1], part.share)), None)
        child.percent = percent_of_target(primary)
        set_turning_days(child, expected_line(child, primary, []), rules, calendar)
        child.light = light_on(child, today())
        child.save(force_insert=True)
        Target.objects.bulk_create(targets_of(child, goals, part.share))
        Citation.objects.bulk_create(_copies(parent, child))
        StateSpan.objects.create(item=child, state=child.state, unit_id=child.unit_id, due_on=child.due_on, since=now())
        act.changes[cell_of(child)] += 1
        children.append(child)
    index_items(children)
    parent.children_numbered += len(children)
    recount_progress(parent, live_parts(parent))
    return children


def _copies(parent: Item, child: Item) -> list[Citation]:
    return [
        Citation(
            item=child,
            source=cited.source,
            source_id=cited.source_id,
            start=cited.start,
            end=cited.end,
            label=cited.label,
            quote=cited.quote,
        )
        for cited in parent.citations.all()
    ]
