"""What an amendment changed, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.words import day_words
from luoshi.ledger.enums import Beat

LABELS = {
    "title": gettext_lazy("Title"),
    "requirement": gettext_lazy("Requirement"),
    "measure": gettext_lazy("Measure"),
    "category": gettext_lazy("Category"),
    "note": gettext_lazy("Note"),
    "theme": gettext_lazy("Theme"),
    "due_on": gettext_lazy("Due day"),
    "internal_due_on": gettext_lazy("Own day"),
    "report_beat": gettext_lazy("Report beat"),
    "lead_leader_id": gettext_lazy("Lead leader"),
    "verifier_unit_id": gettext_lazy("Verifying unit"),
}
"""Names of what may be amended, as forms and history call it."""
BARE = frozenset({"lead_leader_id", "verifier_unit_id"})
"""Fields that hold an id: that they changed is told, the id would say nothing."""


def change_lines(changes: Mapping[str, Any]) -> list[str]:
    """One line for each changed field: what it was and what it is."""
    lines = []
    for name, pair in changes.items():
        label = str(LABELS.get(name, name))
        if name in BARE or not isinstance(pair, list | tuple) or len(pair) != 2:
            lines.append(_("%(field)s changed") % {"field": label})
            continue
        before, after = (value_words(name, value) for value in pair)
        lines.append(_("%(field)s: %(before)s → %(after)s") % {"field": label, "before": before, "after": after})
    return lines


def value_words(name: str, value: object) -> str:
    """A value as people read it; nothing is shown as a dash."""
    if name == "report_beat" and value in Beat.values:
        return str(Beat(value).label)
    if name.endswith("_on") and value:
        return day_words(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return str(value) if value not in (None, "") else "—"
