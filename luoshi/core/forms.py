"""How every form field is drawn: label, help, error, control, tied together for a screen reader."""

from django.forms.renderers import DjangoTemplates


class LuoshiRenderer(DjangoTemplates):
    """Set as `FORM_RENDERER`. Finds our field and Django's own widgets without `django.forms` being installed."""

    field_template_name = "core/field.html"
