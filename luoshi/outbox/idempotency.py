"""The same form sent twice makes one entry."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from luoshi.core.clock import now
from luoshi.core.errors import BadInput
from luoshi.outbox.models import IdempotencyKey

FIELD = "idempotency_key"
DONE = "X-Luoshi-Done"
KEY = re.compile(r"[\x21-\x7e]{1,64}")

Request = TypeVar("Request", bound=HttpRequest)
Given = ParamSpec("Given")
View = Callable[Concatenate[Request, Given], HttpResponse]


def once(view: View[Request, Given]) -> View[Request, Given]:
    """Carry out a POST with an `idempotency_key` at most once per user; goes under the sign-in decorator.

    The view runs in one transaction with the key. It counts as done when it redirects (3xx or HX-Redirect), or
    answers 200 with the header `X-Luoshi-Done` (its value, when it begins with `/`, is where a repeat is led;
    else the path of the request). A repeat is led to the earlier result without calling the view. Any other
    answer and any error roll everything back, so the corrected form may be sent with the same key.
    """

    @wraps(view)
    def carried_out_once(request: Request, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        key = request.POST.get(FIELD, "") if request.method == "POST" else ""
        user_id = getattr(getattr(request, "user", None), "pk", None)
        if not key or user_id is None:
            return view(request, *args, **kwargs)
        if not KEY.fullmatch(key):
            raise BadInput(_("This form cannot be read any more. Load the page again and send it once more."))
        with transaction.atomic():
            row = _insert(user_id, key)
            if row is None:
                return _led_to_earlier(request, user_id, key)
            response = view(request, *args, **kwargs)
            row.result_url = _result_url(request, response)
            if row.result_url:
                row.save(update_fields=["result_url"])
            else:
                transaction.set_rollback(True)
            return response

    return carried_out_once


def _insert(user_id: int, key: str) -> IdempotencyKey | None:
    """The new row, or None when the form was carried out before.

    Two requests at once: SQLite lets one begin its transaction; PostgreSQL lets the second wait here on the
    unique index until the first has committed (then it is refused) or rolled back (then it goes ahead).
    """
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(user_id=user_id, key=key, created_at=now())
    except IntegrityError:
        return None


def _led_to_earlier(request: HttpRequest, user_id: int, key: str) -> HttpResponse:
    url = IdempotencyKey.objects.values_list("result_url", flat=True).get(user_id=user_id, key=key)
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


def _result_url(request: HttpRequest, response: HttpResponse) -> str:
    """Where a repeat is to be led; empty when nothing was done."""
    location = response.headers.get("Location", "") if 300 <= response.status_code < 400 else ""
    if location or response.status_code != 200:
        return location
    if "HX-Redirect" in response.headers:
        return response.headers["HX-Redirect"]
    done = response.headers.get(DONE, "")
    return done if done.startswith("/") else request.get_full_path() if done else ""
