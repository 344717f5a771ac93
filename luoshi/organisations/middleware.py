"""Puts the actor on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luoshi.organisations.queries import actor_for
from luoshi.organisations.tree import remember_trees


class ActorMiddleware:
    """`request.actor` is who is signed in, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = actor_for(user.pk) if user.is_authenticated else None  # type: ignore[attr-defined]
        with remember_trees():
            return self.get_response(request)
