"""What can go wrong with an act, as the person should hear it."""

from collections.abc import Mapping
from typing import Any


class LuoshiError(Exception):
    """An act that was not carried out; nothing has changed. `message` is in the reader's language."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInput(LuoshiError):
    """Something given is missing or wrong; `field` names the form field when there is one."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(LuoshiError):
    """The person may see the thing but not do this to it (403)."""

    status = 403


class Conflict(LuoshiError):
    """The thing changed under the person's hands (409). `theirs` and `yours` map field to text."""

    status = 409

    def __init__(
        self, message: str, *, theirs: Mapping[str, Any] | None = None, yours: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.theirs = dict(theirs or {})
        self.yours = dict(yours or {})
