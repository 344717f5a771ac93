"""What somebody else does: verify, close, send back, reopen. The doer does not verify (promise 4)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.clock import now, today
from luoshi.core.errors import BadInput
from luoshi.files.models import StoredFile
from luoshi.ledger.enums import BLOCKING, ENDED, Action, State, VerificationResult, VerificationWay
from luoshi.ledger.limits import require_text
from luoshi.ledger.models import Item, Verification
from luoshi.ledger.services.acting import Act, acting
from luoshi.ledger.services.handling import attach_files, require_parts_ended
from luoshi.ledger.workflow import Need


@dataclass(frozen=True, slots=True)
class Check:
    """How something was checked: `papers` or `on_site`, what was found, and files that show it."""

    way: str
    note: str = ""
    files: Sequence[StoredFile] = field(default_factory=tuple)


def verify_item(*, actor: Actor, item: Item, check: Check, version: int | None = None) -> Verification:
    """Record that the report holds, without closing the item yet."""
    with acting(actor=actor, item=item, action=Action.VERIFY, version=version) as act:
        return _record(act, check, VerificationResult.PASSED)


def close_item(*, actor: Actor, item: Item, check: Check, version: int | None = None) -> Item:
    """Verify and close in one act: the item is finished, late when it was reported after its due day."""
    with acting(actor=actor, item=item, action=Action.CLOSE, version=version) as act:
        require_parts_ended(act.item)
        _record(act, check, VerificationResult.PASSED)
        done = act.item.reported_on or today()
        act.item.closed_on = today()
        act.item.finished_late = act.item.due_on is not None and done > act.item.due_on
    return act.item


def send_back(*, actor: Actor, item: Item, reason: str, check: Check, version: int | None = None) -> Item:
    """The result is not good enough: to be done again, with the reason; a new round begins."""
    with acting(actor=actor, item=item, action=Action.SEND_BACK, version=version) as act:
        act.require(Need.REASON, reason.strip(), _("Say what is still missing."))
        _record(act, Check(check.way, reason.strip(), check.files), VerificationResult.FAILED)
        act.item.round += 1
        act.item.reported_on = None
        act.body["reason"] = reason.strip()
    return act.item


def reopen_item(*, actor: Actor, item: Item, reason: str, version: int | None = None) -> Item:
    """A closed item is taken up again; a new round begins and its verification counts no more."""
    with acting(actor=actor, item=item, action=Action.REOPEN, version=version) as act:
        act.require(Need.REASON, reason.strip(), _("Say why the item is opened again."))
        _require_open_parent(act.item)
        act.item.round += 1
        act.item.reported_on = act.item.closed_on = None
        act.item.finished_late = False
        act.body["reason"] = reason.strip()
    return act.item


def _require_open_parent(item: Item) -> None:
    """A part is taken up again only while the whole is open: a whole that was reported says its parts are done."""
    parent = item.parent
    if parent is None or item.parent_role not in BLOCKING:
        return
    if parent.state in ENDED:
        raise BadInput(_("Its parent %(number)s has ended; reopen that first.") % {"number": parent.number})
    if parent.state == State.REPORTED:
        raise BadInput(_("Its parent %(number)s is reported done; send that back first.") % {"number": parent.number})


def _record(act: Act, check: Check, result: VerificationResult) -> Verification:
    if check.way not in VerificationWay.values:
        raise BadInput(_("Say how it was checked: by papers or on site."), "way")
    require_text(check.note, "note")
    verification = Verification.objects.create(
        item=act.item,
        at=now(),
        verifier_id=act.actor.person_id,
        way=check.way,
        result=result,
        note=check.note.strip(),
        round=act.item.round,
    )
    attach_files(act.item, check.files, verification=verification)
    act.subjects.append(("verification", verification.pk))
    act.body.update(
        way=check.way, result=str(result), note=check.note.strip(), files=[stored.name for stored in check.files]
    )
    return verification
