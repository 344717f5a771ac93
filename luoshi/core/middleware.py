"""A request id on every answer, and our errors as pages a person understands."""

import logging
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.core.errors import Conflict, LuoshiError

_request_id: ContextVar[str] = ContextVar("request_id", default="-")
Answer = Callable[[HttpRequest], HttpResponse]


class RequestIdFilter(logging.Filter):
    """Puts the id of the current request on each log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class RequestIdMiddleware:
    """Gives every request an id; it stands on error pages and in the log."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        token = _request_id.set(request.request_id)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


class PlainCookiesMiddleware:
    """Drops cookies with control characters, which no database takes as the key of a session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if not value.isprintable()]:
            del request.COOKIES[name]
        return self.get_response(request)


class NotKeptMiddleware:
    """Lets no browser keep a page: on a shared computer the Back key after signing out would show the ledger again."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class PlainErrorsMiddleware:
    """Turns an act that was refused into its page: 400, 403 or 409 with the reason in words."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, LuoshiError):
            return None
        context = {"message": error.message, "status": error.status, "request_id": _request_id.get()}
        if isinstance(error, Conflict):
            context["conflict"] = error
        return render(request, "core/error.html", context, status=error.status)
