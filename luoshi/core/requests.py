"""The request as our views receive it."""

import secrets

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

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


LONGEST_ROW_ID = 18
"""So many digits always fit the 64 bits in which both engines keep identifiers."""


def row_id(text: str) -> int | None:
    """The identifier of a row as a form sends it; None when no row can have it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ROW_ID else None


def is_page_here(request: HttpRequest, wished: str) -> bool:
    """Whether an address that somebody sent along is a page of this site: an absolute path, on this host."""
    return wished.startswith(("/", f"{request.scheme}://")) and url_has_allowed_host_and_scheme(
        wished, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def fresh_key() -> str:
    """The idempotency key of one form as it is drawn."""
    return secrets.token_urlsafe(16)
