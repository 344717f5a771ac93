"""Rules for passwords in our own words."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """A shortest length. Django 5.2 says so in a sentence that its Chinese catalogue lacks."""

    def get_error_message(self) -> str:
        """The sentence for a password that is too short."""
        return _("A password has at least %(n)d characters.") % {"n": self.min_length}
