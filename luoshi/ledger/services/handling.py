"""What the lead unit does: accept, return, hand to a handler, report progress, report done, review."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.clock import now, today
from luoshi.core.errors import BadInput
from luoshi.files.models import StoredFile
from luoshi.files.services import attach
from luoshi.ledger.enums import BLOCKING, ENDED, Action, ProgressKind, Track
from luoshi.ledger.limits import require_amount, require_text
from luoshi.ledger.models import Attachment, Item, Progress, Target
from luoshi.ledger.reviews import next_review
from luoshi.ledger.services.acting import Act, acting
from luoshi.ledger.services.rolling_up import live_parts, percent_of_target
from luoshi.ledger.workflow import Need
from luoshi.organisations.enums import Role
from luoshi.organisations.models import Person
from luoshi.organisations.queries import holding_on, people_of_units

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Report:
    """What a person enters. `amount` adds to the primary target; `percent` (0–100) is for items without one."""

    what: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    problem: str = ""
    next_step: str = ""
    files: Sequence[StoredFile] = field(default_factory=tuple)
    on_behalf_of: Person | None = None


def accept_item(*, actor: Actor, item: Item, on_behalf_of: Person | None = None, version: int | None = None) -> Item:
    """The lead unit acknowledges the item."""
    with acting(actor=actor, item=item, action=Action.ACCEPT, version=version) as act:
        _speak_for(act, on_behalf_of)
        act.item.accepted_on = today()
    return act.item


def return_item(*, actor: Actor, item: Item, reason: str, version: int | None = None) -> Item:
    """Not our duty: back to the dispatcher with a reason, once."""
    with acting(actor=actor, item=item, action=Action.RETURN, version=version) as act:
        act.require(Need.REASON, reason.strip(), _("Say why this is not your duty."))
        if act.item.was_returned:
            raise BadInput(_("This item was returned once already; the office has decided that it is yours."))
        act.item.was_returned = True
        act.body["reason"] = reason.strip()
    return act.item


def set_handler(*, actor: Actor, item: Item, handler: Person, version: int | None = None) -> Item:
    """Name the person who does the work; he or she sits in the lead unit."""
    with acting(actor=actor, item=item, action=Action.SET_HANDLER, version=version) as act:
        if not people_of_units(actor.tenant_id, {act.item.unit_id}).filter(pk=handler.pk).exists():
            raise BadInput(
                _("%(person)s has no post in %(unit)s.") % {"person": handler, "unit": act.item.unit}, "handler"
            )
        act.item.handler = handler
        act.body["handler"] = handler.name
        act.subjects.append(("person", handler.pk))
    return act.item


def report_progress(*, actor: Actor, item: Item, report: Report) -> Progress:
    """Add what happened and how much. Reports never collide: each is a row of its own."""
    with acting(actor=actor, item=item, action=Action.PROGRESS) as act:
        return _enter(act, report, ProgressKind.REPORT)


def report_done(*, actor: Actor, item: Item, report: Report, version: int | None = None) -> Progress:
    """The lead unit says the work is done; from now on it waits for verification."""
    with acting(actor=actor, item=item, action=Action.REPORT_DONE, version=version) as act:
        require_parts_ended(act.item)
        progress = _enter(act, report, ProgressKind.DONE)
        act.item.reported_on = today()
    return progress


def review_standing(*, actor: Actor, item: Item, note: str, on_behalf_of: Person | None = None) -> Progress:
    """The yearly look at a standing duty; the next one is set a year on."""
    with acting(actor=actor, item=item, action=Action.REVIEW) as act:
        progress = _enter(act, Report(what=note, on_behalf_of=on_behalf_of), ProgressKind.REVIEW)
        act.item.review_on = next_review(today())
    return progress


def require_parts_ended(item: Item) -> None:
    """Parts and measures must have ended before their parent is reported or closed."""
    blocking = item.children.filter(parent_role__in=BLOCKING).exclude(track=Track.STANDING)
    open_parts = blocking.exclude(state__in=ENDED)
    count = open_parts.count()
    if count:
        first = open_parts.select_related("unit").order_by("child_ordinal").first()
        raise BadInput(
            _("%(count)d parts are still open, the first is with %(unit)s.")
            % {"count": count, "unit": first.unit if first else ""}
        )


def _speak_for(act: Act, person: Person | None) -> None:
    """Note for whom something is entered; whoever is not of the lead unit's own people must say so."""
    if person is not None and person.pk == act.actor.person_id:
        person = None
    own = (
        act.actor.covers(act.item.unit.path, {Role.HEAD, Role.MEMBER})
        or act.item.handler_id == act.actor.person_id
        or act.item.unit_id in act.actor.posts
    )
    if person is None:
        if not own:
            raise BadInput(_("Say for whom of %(unit)s you enter this.") % {"unit": act.item.unit}, "on_behalf_of")
        return
    left = person.left_on is not None and person.left_on < today()
    of_unit = person.posts.filter(holding_on(today()), unit_id=act.item.unit_id).exists()
    granted = person.grants.filter(holding_on(today()), unit_id=act.item.unit_id).exists()
    if left or not (of_unit or granted or act.item.handler_id == person.pk):
        raise BadInput(
            _("%(person)s has no post in %(unit)s.") % {"person": person, "unit": act.item.unit}, "on_behalf_of"
        )
    act.on_behalf_of_id = person.pk
    act.body["on_behalf_of"] = person.name


def _enter(act: Act, report: Report, kind: ProgressKind) -> Progress:
    act.require(Need.WHAT, report.what.strip(), _("Say what happened."))
    _check_report(report)
    if kind is not ProgressKind.REVIEW or report.on_behalf_of is not None:
        _speak_for(act, report.on_behalf_of)
    item = act.item
    target = item.targets.select_for_update().filter(is_primary=True).first()
    progress = Progress.objects.create(
        item=item,
        kind=kind,
        at=now(),
        author_id=act.actor.person_id,
        on_behalf_of_id=act.on_behalf_of_id,
        unit_id=item.unit_id,
        what=report.what.strip(),
        amount=report.amount,
        target=target if report.amount is not None else None,
        percent=report.percent,
        problem=report.problem.strip(),
        next_step=report.next_step.strip(),
        round=item.round,
    )
    _advance(item, target, report)
    attach_files(item, report.files, progress=progress)
    act.subjects.append(("progress", progress.pk))
    act.body.update(
        what=progress.what,
        amount=str(report.amount) if report.amount is not None else None,
        measured_in=target.measured_in if target and report.amount is not None else "",
        percent=str(report.percent) if report.percent is not None else None,
        problem=progress.problem,
        next_step=progress.next_step,
        files=[stored.name for stored in report.files],
    )
    return progress


def _check_report(report: Report) -> None:
    for name in ("what", "problem", "next_step"):
        require_text(getattr(report, name), name)
    require_amount(report.amount, "amount", negative=True)
    require_amount(report.percent, "percent")
    if report.percent is not None and report.percent > HUNDRED:
        raise BadInput(_("A percentage lies between 0 and 100."), "percent")


def _advance(item: Item, target: Target | None, report: Report) -> None:
    """Move the target and the percent. What parts have reached is never overwritten by hand."""
    if report.amount is not None:
        if target is None:
            raise BadInput(_("This item has no amount to be reached; give a percentage instead."), "amount")
        if live_parts(item):
            raise BadInput(_("The amount of this item is the sum of its parts; report it there."), "amount")
        if target.current + report.amount < 0:
            raise BadInput(_("That would bring the amount below zero."), "amount")
        target.current += report.amount
        target.save(update_fields=["current"])
        reached = percent_of_target(target)
        item.percent = item.percent if reached is None else reached
    elif report.percent is not None:
        if percent_of_target(target) is not None or live_parts(item):
            raise BadInput(_("The percentage of this item comes from its amounts; report an amount."), "percent")
        item.percent = report.percent


def attach_files(item: Item, files: Sequence[StoredFile], **record: object) -> None:
    """Tie uploaded files to the item and the record that brought them."""
    for stored in files:
        if stored.tenant_id != item.tenant_id:
            raise BadInput(_("This file belongs to something else. Upload it again."), "files")
        attach(stored, "item", item.pk)
        Attachment.objects.create(item=item, file=stored, **record)
