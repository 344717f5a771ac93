"""The gate in front of every page that asks who is there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def signed_in(view: View[Rest]) -> View[Rest]:
    """Let only a person of a tenant through; others sign in first and come back, a first password is changed first."""

    @wraps(view)
    def gate(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return _sent_to(request, "accounts:sign_in")
        if getattr(user, "must_change_password", False):
            return _sent_to(request, "accounts:password")
        if getattr(request, "actor", None) is None:
            message = _("You hold no post here any more. Ask your office to give you one.")
            return render(request, "core/error.html", {"status": 403, "message": message}, status=403)
        return view(request, *args, **kwargs)

    return gate


def _sent_to(request: HttpRequest, name: str) -> HttpResponse:
    """A fragment cannot show another page inside itself, so htmx is told to go there as a whole."""
    address = f"{reverse(name)}?{urlencode({'next': _back(request)})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _back(request: HttpRequest) -> str:
    """The page to return to: this one, or for a form sent the page it stood on."""
    if request.method in {"GET", "HEAD"} and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    stood = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(stood, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(stood)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
