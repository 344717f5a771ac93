"""The words for fields of a draft, as shown beside both texts of a collision."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from luoshi.core.errors import Conflict
from luoshi.documents.enums import DraftState
from luoshi.ledger.enums import Kind

LABELS = {
    "state": _("Decision"),
    "title": _("Words of the draft"),
    "lead": _("Lead unit"),
    "assisting": _("Assisting units"),
    "parts": _("Parts"),
    "due": _("Due day"),
    "kind": _("Kind"),
    "targets": _("Targets"),
    "shares": _("Shares"),
}


def sides_of(error: Conflict) -> Sequence[tuple[str, str, str]]:
    """Both texts by field: (label, theirs, yours), in the order of the labels; blank where this person sets nothing."""
    return [
        (str(label), _shown(name, error.theirs.get(name, "")), _shown(name, error.yours[name]) if name in yours else "")
        for yours in [error.yours]
        for name, label in LABELS.items()
        if name in error.theirs or name in yours
    ]


def _shown(name: str, value: str) -> str:
    """A code as its word."""
    if name == "state" and value in DraftState.values:
        return str(DraftState(value).label)
    if name == "kind" and value in Kind.values:
        return str(Kind(value).label)
    return value or "—"
