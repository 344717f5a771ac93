"""The form of each act, built from what the table of the workflow says it needs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.core.actor import Actor
from luoshi.ledger.enums import Action, Beat, VerificationWay
from luoshi.ledger.forms.fields import ACCEPTED, DayField, SeveralFiles, SeveralFilesInput, text_area, unit_choices
from luoshi.ledger.models import Item
from luoshi.ledger.queries.changes import LABELS
from luoshi.ledger.workflow import Need
from luoshi.organisations.enums import Role
from luoshi.organisations.models import Person
from luoshi.organisations.tree import tree_of

SPEAKING_FOR = frozenset({Action.ACCEPT, Action.PROGRESS, Action.REPORT_DONE})
"""Acts of the lead unit that the office may enter for one of its people."""
REPORTING = frozenset({Action.PROGRESS, Action.REPORT_DONE})
WITH_FILES = frozenset({*REPORTING, Action.VERIFY, Action.CLOSE, Action.SEND_BACK})
REASONS = {
    Action.RETURN: _("Why is this not your duty?"),
    Action.REDISPATCH: _("Why does it go there?"),
    Action.SEND_BACK: _("What is still missing?"),
    Action.REOPEN: _("Why is it taken up again?"),
    Action.SUSPEND: _("Why does it rest?"),
    Action.RESUME: _("Why does it go on?"),
    Action.TERMINATE: _("Why is it ended?"),
    Action.AMEND: _("Why is it changed?"),
}
FIELD_OF = {"what": "happened", "percent": "amount", "file": "files"}
"""Where a refusal of the services is shown, when the form calls the field otherwise."""


class ActForm(forms.Form):
    """The fields of one act on one item. `setting` says what the item and the actor ask for."""

    def __init__(self, setting: "Setting", **given: Any) -> None:
        self.setting = setting
        super().__init__(auto_id=f"{setting.action}_%s", **given)
        for need, fields in FIELDS_OF_NEED.items():
            if need in setting.needs:
                self.fields.update(fields(setting))
        if setting.action == Action.REMIND:
            self.fields["words"] = forms.CharField(label=_("A word with it"), required=False, widget=text_area(2))
        if setting.action in WITH_FILES:
            self.fields["files"] = _files()
        if setting.speaks_for:
            self.fields["on_behalf_of"] = _person(_("Entered for"), setting)
            self.order_fields(["on_behalf_of"])

    def refuse(self, message: str, field: str) -> None:
        """Show a refusal of the service at the field it is about."""
        name = FIELD_OF.get(field, field)
        self.add_error(name if name in self.fields else None, message)


class Setting:
    """What a form depends on: the act, the item, who acts, what is needed, and whom one may enter for."""

    def __init__(self, action: Action, item: Item, actor: Actor, needs: frozenset[Need]) -> None:
        self.action, self.item, self.actor, self.needs = action, item, actor, needs
        self.people: Sequence[Person] = ()
        self.speaks_for = False
        self.takes_amount = False
        self.in_percent = True
        self.measured_in = "%"


def _reason(setting: Setting) -> dict[str, forms.Field]:
    return {"reason": forms.CharField(label=REASONS.get(setting.action, _("Reason")), widget=text_area())}


def _what(setting: Setting) -> dict[str, forms.Field]:
    keep = f"item-{setting.item.pk}" if setting.action == Action.PROGRESS else ""
    fields: dict[str, forms.Field] = {
        "happened": forms.CharField(label=_("What happened"), widget=text_area(keep=keep)),
    }
    if setting.takes_amount:
        amount = {"inputmode": "decimal", "step": "any", **({"data-keep": f"{keep}-amount"} if keep else {})}
        fields["amount"] = forms.DecimalField(
            label=_("How far, in percent") if setting.in_percent else _("How much since the last report"),
            help_text="" if setting.in_percent else setting.measured_in,
            required=False,
            max_digits=16,
            decimal_places=2,
            widget=forms.NumberInput(attrs=amount),
        )
    if setting.action in REPORTING:
        fields["problem"] = forms.CharField(label=_("Problem"), required=False, widget=text_area(2))
        fields["next_step"] = forms.CharField(label=_("Next step"), required=False, widget=text_area(2))
    return fields


def _way(setting: Setting) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "way": forms.ChoiceField(
            label=_("How it was checked"), choices=VerificationWay.choices, widget=forms.RadioSelect
        )
    }
    if Need.REASON not in setting.needs:
        fields["note"] = forms.CharField(label=_("What was found"), required=False, widget=text_area())
    return fields


def _handler(setting: Setting) -> dict[str, forms.Field]:
    return {"handler": _person(_("Handler"), setting)}


def _person(label: Any, setting: Setting) -> forms.TypedChoiceField:  # noqa: ANN401 - a lazy text
    people = {str(person.pk): person for person in setting.people}
    options = [("", _("Choose a person")), *((key, person.name) for key, person in people.items())]
    return forms.TypedChoiceField(label=label, choices=options, coerce=people.__getitem__, empty_value=None)


def _files() -> SeveralFiles:
    return SeveralFiles(
        label=_("Files"), required=False, widget=SeveralFilesInput(attrs={"accept": ACCEPTED, "multiple": True})
    )


def _change(setting: Setting) -> dict[str, forms.Field]:
    tree = tree_of(setting.item.tenant_id)
    offices = unit_choices((unit for unit in tree.units if unit.open), str(_("Not fixed")))
    return {
        "title": forms.CharField(label=LABELS["title"], max_length=200),
        "requirement": forms.CharField(label=LABELS["requirement"], required=False, widget=text_area()),
        "measure": forms.CharField(label=LABELS["measure"], required=False, widget=text_area()),
        "category": forms.CharField(label=LABELS["category"], required=False, max_length=60),
        "note": forms.CharField(label=LABELS["note"], required=False, widget=text_area(2)),
        "due_on": DayField(label=LABELS["due_on"], required=False),
        "internal_due_on": DayField(label=LABELS["internal_due_on"], required=False),
        "report_beat": forms.ChoiceField(label=LABELS["report_beat"], required=False, choices=Beat.choices),
        "verifier_unit_id": forms.TypedChoiceField(
            label=LABELS["verifier_unit_id"], required=False, choices=offices, coerce=int, empty_value=None
        ),
    }


def amend_initial(item: Item) -> dict[str, Any]:
    """The order as it stands, to begin from."""
    return {name: getattr(item, name) for name in LABELS if hasattr(item, name)}


def _unit(setting: Setting) -> dict[str, forms.Field]:
    tree = tree_of(setting.item.tenant_id)
    below = (unit for unit in tree.units if unit.open and setting.actor.covers(unit.path, {Role.CLERK}))
    return {"unit": forms.TypedChoiceField(label=_("To which unit"), choices=unit_choices(below), coerce=int)}


def _reason_and_unit(setting: Setting) -> dict[str, forms.Field]:
    place = _unit(setting) if setting.action == Action.REDISPATCH else {}
    return {**place, **_reason(setting)}


FIELDS_OF_NEED: Mapping[Need, Callable[[Setting], dict[str, forms.Field]]] = {
    Need.CHANGE: _change,
    Need.WHAT: _what,
    Need.WAY: _way,
    Need.HANDLER: _handler,
    Need.REASON: _reason_and_unit,
}
"""In the order of the form. Units are chosen on a page of their own (`forms.splitting`)."""
