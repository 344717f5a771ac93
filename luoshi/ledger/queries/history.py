"""What happened to an item, in words: events of the audit chain told to the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from luoshi.audit.models import Event
from luoshi.audit.queries import history_of
from luoshi.core.words import number_words
from luoshi.ledger.enums import Action, VerificationResult, VerificationWay
from luoshi.ledger.models import Item
from luoshi.ledger.queries.changes import change_lines

BATCHES = frozenset({Action.REGISTER, Action.DISPATCH})
"""Acts whose one event may name many items, the first of them as its object."""
TEXTS = ("reason", "what", "note", "words")

TOLD = {
    Action.REGISTER: pgettext_lazy("history", "registered it"),
    Action.DISPATCH: pgettext_lazy("history", "dispatched it"),
    Action.REDISPATCH: pgettext_lazy("history", "dispatched it again"),
    Action.ACCEPT: pgettext_lazy("history", "accepted it"),
    Action.RETURN: pgettext_lazy("history", "returned it"),
    Action.SET_HANDLER: pgettext_lazy("history", "named the handler"),
    Action.SPLIT: pgettext_lazy("history", "split it"),
    Action.PROGRESS: pgettext_lazy("history", "reported progress"),
    Action.REPORT_DONE: pgettext_lazy("history", "reported it done"),
    Action.SEND_BACK: pgettext_lazy("history", "sent it back"),
    Action.VERIFY: pgettext_lazy("history", "verified it"),
    Action.CLOSE: pgettext_lazy("history", "verified and closed it"),
    Action.REOPEN: pgettext_lazy("history", "reopened it"),
    Action.SUSPEND: pgettext_lazy("history", "suspended it"),
    Action.RESUME: pgettext_lazy("history", "resumed it"),
    Action.TERMINATE: pgettext_lazy("history", "terminated it"),
    Action.AMEND: pgettext_lazy("history", "amended it"),
    Action.REMIND: pgettext_lazy("history", "sent a reminder"),
    Action.REVIEW: pgettext_lazy("history", "made the yearly review"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is told: when, who, what, and the words he or she gave."""

    day: datetime
    who: str
    words: str
    text: str


def history_in_words(item: Item, parts: Mapping[int, str]) -> list[Told]:
    """The item's history, newest first. `parts` maps the visible parts to their unit; others are not told of."""
    told = [_told(event, item, parts) for event in history_of(item.tenant_id, "item", item.pk)]
    return [one for one in reversed(told) if one is not None]


def _told(event: Event, item: Item, parts: Mapping[int, str]) -> Told | None:
    body = event.payload.body
    if body is None:
        return Told(event.at, "", _("The content of this entry was erased."), "")
    own = event.object_type == "item" and event.object_id == item.pk
    place = ""
    if not own and event.object_id in parts:
        place = parts[event.object_id]
    elif not own and event.action == Action.SPLIT and event.object_id == item.parent_id:
        return Told(event.at, _who(body), _("made it a part of a larger item"), "")
    elif not own and event.action not in BATCHES:
        return None
    words = _words(event.action, body)
    told = _("%(place)s: %(words)s") % {"place": place, "words": words} if place else words
    return Told(event.at, _who(body), told, _text(event.action, body))


def _who(body: Mapping[str, Any]) -> str:
    name, other = body.get("actor_name") or _("the system"), body.get("on_behalf_of")
    return _("%(name)s for %(other)s") % {"name": name, "other": other} if other else str(name)


def _words(action: str, body: Mapping[str, Any]) -> str:
    said = str(TOLD.get(Action(action), "")) if action in Action.values else action
    more = list(filter(None, (_more(action, body), _amount(body))))
    return _("%(said)s (%(more)s)") % {"said": said, "more": _(", ").join(more)} if more else said


def _more(action: str, body: Mapping[str, Any]) -> str:
    if action == Action.SET_HANDLER:
        return str(body.get("handler", ""))
    if action == Action.REDISPATCH:
        return " → ".join(str(unit) for unit in body.get("unit", ()))
    way, result = body.get("way"), body.get("result")
    if way in VerificationWay.values and result in VerificationResult.values:
        return _("%(way)s: %(result)s") % {
            "way": VerificationWay(way).label,
            "result": VerificationResult(result).label,
        }
    return ""


def _amount(body: Mapping[str, Any]) -> str:
    if body.get("amount"):
        return f"+{number_words(Decimal(body['amount']))} {body.get('measured_in', '')}".strip()
    return f"{number_words(Decimal(body['percent']))}%" if body.get("percent") else ""


def _text(action: str, body: Mapping[str, Any]) -> str:
    lines = change_lines(body.get("changes", {})) if action == Action.AMEND else []
    lines.extend(str(body[name]) for name in TEXTS if body.get(name))
    if body.get("problem"):
        lines.append(_("Problem: %(text)s") % {"text": body["problem"]})
    if body.get("next_step"):
        lines.append(_("Next step: %(text)s") % {"text": body["next_step"]})
    if body.get("files"):
        lines.append(_("Files: %(names)s") % {"names": _(", ").join(body["files"])})
    return "\n".join(dict.fromkeys(lines))
