"""How every act on an item runs: permission, lock, version, rows, tallies, one event, in one transaction."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from luoshi.audit.services import Happening, record_event
from luoshi.core.actor import Actor
from luoshi.core.clock import today
from luoshi.core.errors import BadInput, Conflict
from luoshi.ledger.enums import Action
from luoshi.ledger.family import ids_above
from luoshi.ledger.lights import light_on, resolve_turning_days
from luoshi.ledger.models import Item
from luoshi.ledger.permissions import require_side
from luoshi.ledger.services.rolling_up import roll_up
from luoshi.ledger.spans import SpanKey, renew_span, span_of
from luoshi.ledger.tallies import Cell, cell_of, shift_tallies
from luoshi.ledger.words import index_items
from luoshi.ledger.workflow import Need, Rule, rule_for
from luoshi.organisations.queries import settings_of


@dataclass(slots=True)
class Act:
    """An act under way on locked rows; `body` becomes the particulars of its event."""

    actor: Actor
    item: Item
    action: Action
    rule: Rule
    body: dict[str, Any] = field(default_factory=dict)
    on_behalf_of_id: int | None = None
    subjects: list[tuple[str, int]] = field(default_factory=list)
    changes: Counter[Cell] = field(default_factory=Counter)

    def require(self, need: Need, given: object, message: str) -> None:
        """Refuse the act when something it asks for is missing."""
        if need in self.rule.needs and not given:
            raise BadInput(message, str(need))


@contextmanager
def acting(*, actor: Actor, item: Item, action: Action, version: int | None = None) -> Iterator[Act]:
    """Lock the item (its ancestors first), check that the act is possible and permitted, and finish it on leaving."""
    with transaction.atomic():
        locked = lock_item(actor, item.pk)
        rule = rule_for(locked.track, locked.state, action)
        require_side(actor, locked, action)
        if version is not None and locked.version != version:
            raise Conflict(
                _("Somebody changed this item meanwhile; it is now: %(state)s. Look at it again, then repeat.")
                % {"state": locked.get_state_display()}
            )
        if rule is None:
            raise BadInput(
                _("This is not possible now: the item is %(state)s.") % {"state": locked.get_state_display()}
            )
        act = Act(actor, locked, action, rule)
        before, span = cell_of(locked), span_of(locked)
        act.body["from"] = locked.state
        yield act
        finish(act, before, span)


def lock_item(actor: Actor, item_id: int) -> Item:
    """The item as it stands, locked together with the items above it, topmost first. 404 when not visible.

    The lock is taken on the bare rows: a join would lose a row that another act has moved to another unit meanwhile.
    """
    found = Item.objects.visible_to(actor).filter(pk=item_id).first()
    if found is None:
        raise Http404
    for pk in (*reversed(ids_above(found)), item_id):
        Item.objects.select_for_update().get(pk=pk)
    locked = Item.objects.visible_to(actor).select_related("unit", "tenant").filter(pk=item_id).first()
    if locked is None:
        raise Http404
    return locked


def finish(act: Act, before: Cell, span: SpanKey) -> None:
    """Move the state, renew light, span and tallies, roll up to the parent, and write the one event."""
    item = act.item
    if act.rule.target is not None:
        item.state = act.rule.target
    item.version += 1
    resolve_turning_days(item, settings_of(item.tenant_id))
    item.light = light_on(item, today())
    item.save()
    if act.action in {Action.AMEND, Action.DISPATCH}:
        index_items([item])
    if span_of(item) != span:
        renew_span(item)
    act.changes[before] -= 1
    act.changes[cell_of(item)] += 1
    if item.parent_id is not None:
        rolled = roll_up(item.parent_id)
        act.changes.update(rolled.changes)
        act.subjects.extend(("item", above) for above in dict.fromkeys((item.parent_id, *rolled.moved)))
    shift_tallies(act.changes)
    act.body["to"] = item.state
    record_event(
        tenant_id=item.tenant_id,
        actor=act.actor,
        happening=Happening(
            str(act.action), [("item", item.pk), *act.subjects], act.body, on_behalf_of_id=act.on_behalf_of_id
        ),
    )
