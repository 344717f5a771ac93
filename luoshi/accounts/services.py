"""Accounts are made and given their first password here."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.accounts.models import User
from luoshi.audit.services import Happening, record_event
from luoshi.core.actor import Actor
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


@transaction.atomic
def change_password(*, user: User, actor: Actor | None, old: str, new: str) -> None:
    """Change one's own password; knowing the present one is asked for. `actor` is None for a user without a post."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.check_password(old):
        raise BadInput(_("The present password is not right."), "old")
    if old == new:
        raise BadInput(_("Choose a password that differs from the present one."), "new")
    try:
        set_password(user=locked, password=new)
    except BadInput as error:
        raise BadInput(error.message, "new") from error
    locked.must_change_password = False
    locked.save(update_fields=["password", "must_change_password"])
    user.password, user.must_change_password = locked.password, False
    if actor is not None:
        happening = Happening("change_password", [("user", user.pk)])
        record_event(tenant_id=actor.tenant_id, actor=actor, happening=happening)


def choose_language(*, user: User, language: str) -> None:
    """Remember the language a person reads; a wish, not an act, so no event."""
    User.objects.filter(pk=user.pk).update(language=language)
