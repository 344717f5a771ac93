"""The request as our views receive it."""

import secrets

from django.http import HttpRequest

from luoshi.core.actor import Actor
from luoshi.core.errors import NotAllowed


class LuoshiRequest(HttpRequest):
    """An `HttpRequest` on which the middleware has put who acts and a request id."""

    actor: Actor | None
    request_id: str

    @property
    def fragment(self) -> bool:
        """Whether htmx asks for a part of the page."""
        return self.headers.get("HX-Request") == "true"


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request that has passed `signed_in`."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise NotAllowed("")
    return actor


def fresh_key() -> str:
    """The idempotency key of one form as it is drawn."""
    return secrets.token_urlsafe(16)
