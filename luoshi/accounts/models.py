"""Who may sign in."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserAccounts(BaseUserManager["User"]):
    """Finds users by sign-in name; making them is `accounts.services`."""


class User(AbstractBaseUser):
    """One sign-in. What the person may do comes from grants in `organisations`."""

    username = models.CharField(_("sign-in name"), max_length=64, unique=True)
    language = models.CharField(max_length=10, default="", blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    last_login = None  # when people are online is not our business
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserAccounts()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username
