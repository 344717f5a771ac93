"""From a valid form to the service: one function for each act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luoshi.core.actor import Actor
from luoshi.files.enums import EVIDENCE
from luoshi.files.models import StoredFile
from luoshi.files.services import store
from luoshi.ledger.enums import Action
from luoshi.ledger.models import Item
from luoshi.ledger.queries.changes import LABELS
from luoshi.ledger.services import dispatching, handling, steering, verifying


@dataclass(frozen=True, slots=True)
class Given:
    """Who acts on what, with the cleaned form, the version the person looked at, and the unit of measurement."""

    actor: Actor
    item: Item
    form: dict[str, Any]
    version: int | None
    percent: bool = False

    def text(self, name: str) -> str:
        """A text of the form, empty when it was not asked for."""
        return str(self.form.get(name) or "")

    def files(self) -> list[StoredFile]:
        """The uploads, stored; the service ties them to what it writes."""
        owner = {"tenant_id": self.actor.tenant_id, "uploaded_by_id": self.actor.person_id}
        return [
            store(**owner, name=upload.name or "", data=upload, allowed=EVIDENCE)
            for upload in self.form.get("files") or ()
        ]


def carry_out(action: Action, given: Given) -> None:
    """Do the act: uploads and act in one transaction. Raises what the service raises."""
    with transaction.atomic():
        DOING[action](given)


def _report(given: Given) -> handling.Report:
    amount = given.form.get("amount")
    return handling.Report(
        what=given.text("happened"),
        amount=None if given.percent else amount,
        percent=amount if given.percent else None,
        problem=given.text("problem"),
        next_step=given.text("next_step"),
        files=given.files(),
        on_behalf_of=given.form.get("on_behalf_of"),
    )


def _check(given: Given) -> verifying.Check:
    return verifying.Check(given.text("way"), given.text("note"), given.files())


def _accept(given: Given) -> None:
    behalf = given.form.get("on_behalf_of")
    handling.accept_item(actor=given.actor, item=given.item, on_behalf_of=behalf, version=given.version)


def _set_handler(given: Given) -> None:
    handler = given.form["handler"]
    handling.set_handler(actor=given.actor, item=given.item, handler=handler, version=given.version)


def _progress(given: Given) -> None:
    handling.report_progress(actor=given.actor, item=given.item, report=_report(given))


def _report_done(given: Given) -> None:
    handling.report_done(actor=given.actor, item=given.item, report=_report(given), version=given.version)


def _review(given: Given) -> None:
    handling.review_standing(actor=given.actor, item=given.item, note=given.text("happened"))


def _send_back(given: Given) -> None:
    verifying.send_back(
        actor=given.actor, item=given.item, reason=given.text("reason"), check=_check(given), version=given.version
    )


def _verify(given: Given) -> None:
    verifying.verify_item(actor=given.actor, item=given.item, check=_check(given), version=given.version)


def _close(given: Given) -> None:
    verifying.close_item(actor=given.actor, item=given.item, check=_check(given), version=given.version)


def _dispatch(given: Given) -> None:
    dispatching.dispatch_item(actor=given.actor, item=given.item, version=given.version)


def _redispatch(given: Given) -> None:
    steering.redispatch_item(
        actor=given.actor,
        item=given.item,
        unit_id=given.form["unit"],
        reason=given.text("reason"),
        version=given.version,
    )


def _amend(given: Given) -> None:
    changes = {name: given.form[name] for name in LABELS if name in given.form}
    steering.amend_item(
        actor=given.actor,
        item=given.item,
        changes=changes,
        reason=given.text("reason"),
        version=given.version if given.version is not None else given.item.version,
    )


def _remind(given: Given) -> None:
    steering.remind(actor=given.actor, item=given.item, words=given.text("words"))


def _with_reason(service: Callable[..., Item]) -> Callable[[Given], None]:
    """Acts that ask for a reason and nothing else."""

    def do(given: Given) -> None:
        service(actor=given.actor, item=given.item, reason=given.text("reason"), version=given.version)

    return do


DOING: dict[Action, Callable[[Given], None]] = {
    Action.DISPATCH: _dispatch,
    Action.REDISPATCH: _redispatch,
    Action.ACCEPT: _accept,
    Action.RETURN: _with_reason(handling.return_item),
    Action.SET_HANDLER: _set_handler,
    Action.PROGRESS: _progress,
    Action.AMEND: _amend,
    Action.REMIND: _remind,
    Action.REPORT_DONE: _report_done,
    Action.SEND_BACK: _send_back,
    Action.VERIFY: _verify,
    Action.CLOSE: _close,
    Action.REOPEN: _with_reason(verifying.reopen_item),
    Action.SUSPEND: _with_reason(steering.suspend_item),
    Action.RESUME: _with_reason(steering.resume_item),
    Action.TERMINATE: _with_reason(steering.terminate_item),
    Action.REVIEW: _review,
}
"""Splitting has a page and a view of its own."""
