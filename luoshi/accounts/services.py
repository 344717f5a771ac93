"""Accounts are made and given their first password here."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luoshi.accounts.models import User
from luoshi.core.errors import BadInput

UNAMBIGUOUS = "abcdefghjkmnpqrstuvwxyz23456789"


def create_user(*, username: str, password: str | None = None, must_change_password: bool = False) -> User:
    """Make a sign-in; without a password nobody can sign in with it until one is set."""
    username = username.strip()
    if not username:
        raise BadInput(_("Give a sign-in name."), "username")
    if User.objects.filter(username=username).exists():
        raise BadInput(_("The sign-in name %(name)s is taken; choose another.") % {"name": username}, "username")
    user = User(username=username, must_change_password=must_change_password)
    if password is None:
        user.set_unusable_password()
    else:
        set_password(user=user, password=password)
    user.save()
    return user


def set_password(*, user: User, password: str) -> None:
    """Set a password that passes the rules; the caller saves the user."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), "password") from error
    user.set_password(password)


def first_password() -> str:
    """A password to be told once and changed at the first sign-in: twelve unambiguous characters."""
    return "-".join("".join(secrets.choice(UNAMBIGUOUS) for _position in range(4)) for _group in range(3))
