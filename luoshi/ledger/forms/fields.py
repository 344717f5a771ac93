"""Form fields that Django does not have as we need them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from luoshi.files.enums import FileType
from luoshi.organisations.tree import Branch

ACCEPTED = ",".join((*(f".{kind.value}" for kind in FileType), ".jpeg"))
INDENT = "\u3000"


class SeveralFilesInput(forms.FileInput):
    """A chooser of several files; on a phone it also offers the camera."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """None, one or several uploads; cleans to a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 - Django's own signature
        """Each upload by the rules of one."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(SeveralFiles, self).clean(one, initial) for one in given]


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**options)


def text_area(rows: int = 3, *, keep: str = "") -> forms.Textarea:
    """A text field of several lines; `keep` names the place on the device where unsent text waits."""
    return forms.Textarea(attrs={"rows": str(rows), **({"data-keep": keep} if keep else {})})


def unit_choices(units: Iterable[Branch], empty: str = "") -> list[tuple[str, str]]:
    """Units as options, set in as deep as they stand on the tree below the first of them."""
    found = list(units)
    top = min((unit.depth for unit in found), default=0)
    options = [(str(unit.id), INDENT * (unit.depth - top) + unit.label) for unit in found]
    return [("", empty), *options] if empty else options
