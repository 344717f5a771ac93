"""How every form field is drawn: label, help, error, control, tied together for a screen reader."""

from django.forms.renderers import TemplatesSetting


class LuoshiRenderer(TemplatesSetting):
    """Set as `FORM_RENDERER`; needs `django.forms` among the installed apps."""

    field_template_name = "core/field.html"
