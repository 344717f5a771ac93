"""What may be given to documents and drafts, as forms. They read and check; services write."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.errors import BadInput
from luoshi.core.requests import row_id
from luoshi.documents.services.editing import Seen
from luoshi.files.enums import READABLE
from luoshi.ledger.enums import Comparison, Kind

ACCEPT = ",".join(f".{ending}" for ending in sorted(READABLE))
ALL = "all"


def checked(form: forms.Form) -> dict[str, Any]:
    """What a form was given. Raises BadInput with its first complaint."""
    if form.is_valid():
        return form.cleaned_data
    field, errors = next(iter(form.errors.items()))
    raise BadInput(str(errors[0]), str(field))


def seen_of(values: Sequence[str]) -> list[Seen]:
    """Drafts as the page sends them: 12 or 12.3, the second number being the revision that was shown."""
    found: dict[int, Seen] = {}
    for value in values:
        number, dot, shown = value.partition(".")
        draft_id, revision = row_id(number), row_id(shown)
        if draft_id is None or (dot and revision is None):
            raise BadInput(_("Choose at least one draft."), "draft")
        found[draft_id] = Seen(draft_id, revision)
    return list(found.values())


class NewDocumentForm(forms.Form):
    """A file or pasted text, and the word that it holds nothing classified."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Word (.docx) or plain text (.txt, .md)."),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "zh-Hans"}),
    )
    not_classified = forms.BooleanField(
        label=gettext_lazy("It holds nothing classified"),
        error_messages={"required": gettext_lazy("Confirm that it holds nothing classified.")},
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        given: dict[str, Any] = super().clean() or {}
        has_text = bool((given.get("text") or "").strip())
        if not given.get("file") and not has_text and "file" not in self.errors:
            self.add_error("file", _("Choose a file or paste the text."))
        if given.get("file") and has_text:
            self.add_error("text", _("Choose a file or paste text, not both."))
        return given


class TitleForm(forms.Form):
    """What the draft is called."""

    title = forms.CharField(label=gettext_lazy("Words of the draft"), max_length=200)


class KindForm(forms.Form):
    """Once, recurring or standing."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices, widget=forms.RadioSelect)


class DueForm(forms.Form):
    """A day, or the words for one; both empty take the day away."""

    due_day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    due_words = forms.CharField(label=gettext_lazy("Or in words"), required=False, max_length=100)

    @property
    def given(self) -> tuple[date | None, str]:
        """The day and the words; a day goes before words."""
        found = checked(self)
        return found["due_day"], found["due_words"].strip()


class SplitForm(forms.Form):
    """Before which character the sentence is cut."""

    at = forms.IntegerField(label=gettext_lazy("Place"), min_value=1)


class TargetForm(forms.Form):
    """One measure of success; empty when its value is."""

    metric = forms.CharField(label=gettext_lazy("What is measured"), required=False, max_length=60)
    comparison = forms.ChoiceField(label=gettext_lazy("How"), choices=Comparison.choices, required=False)
    value = forms.CharField(label=gettext_lazy("How many"), required=False, max_length=30)
    unit = forms.CharField(label=gettext_lazy("Unit of measure"), required=False, max_length=20)
    words = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)


TargetFormSet = forms.formset_factory(TargetForm, extra=1, max_num=20, validate_max=True, absolute_max=20)


class SharesForm(forms.Form):
    """How much of the target falls to each unit that has a part."""

    def __init__(self, units: Sequence[tuple[int, str, Decimal | None]], **given: Any) -> None:
        super().__init__(**given)
        for unit_id, label, share in units:
            self.fields[f"share_{unit_id}"] = forms.DecimalField(
                label=label, initial=share, required=False, min_value=0, max_digits=16, decimal_places=2
            )

    @property
    def given(self) -> dict[int, Decimal]:
        """Unit → share, those left empty left out."""
        found = checked(self)
        return {int(name.removeprefix("share_")): share for name, share in found.items() if share is not None}


class SentencesForm(forms.Form):
    """Sentences of the text of which drafts are to be made: start-end."""

    def __init__(self, sentences: Sequence[tuple[int, int]], **given: Any) -> None:
        super().__init__(**given)
        options = [(f"{start}-{end}", "") for start, end in sentences]
        self.fields["sentence"] = forms.MultipleChoiceField(
            choices=options, error_messages={"required": _("Choose at least one sentence.")}
        )

    @property
    def given(self) -> list[tuple[int, int]]:
        """The sentences chosen."""
        pairs = (value.split("-") for value in checked(self)["sentence"])
        return [(int(start), int(end)) for start, end in pairs]
