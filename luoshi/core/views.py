"""What is shown when something went wrong before or outside of a view."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _shown(request: HttpRequest, status: int, **said: str) -> HttpResponse:
    context = {"status": status, **said, "request_id": getattr(request, "request_id", "")}
    return render(request, "core/error.html", context, status=status)


TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, with the reason where the form held more than is taken at once."""
    if isinstance(exception, TOO_MUCH):
        return _shown(request, 400, message=_("This is more than is taken at once. Go back and send it in parts."))
    return _shown(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """403."""
    return _shown(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """404, also for what exists and is not the reader's to see."""
    return _shown(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. The page must not need what may just have failed, so it falls back to one plain sentence."""
    try:
        return _shown(request, 500)
    except Exception:  # noqa: BLE001 - whatever broke the page must not break the message
        return HttpResponse(
            _("A fault of ours; please try again."), status=500, content_type="text/plain; charset=utf-8"
        )


def lost_session(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """403 for a form without its token: mostly a session that ended while somebody was writing."""
    message = _(
        "Your sign-in ended while the form was open, so it was not sent. Go back: your text is still there. "
        "Sign in again in another tab, then send the form once more."
    )
    return _shown(request, 403, title=_("The form was not sent"), message=message)
