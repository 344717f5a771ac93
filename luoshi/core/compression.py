"""Pages go out compressed; files as they are.

Django's own middleware adds up to 100 random bytes to each answer, and the form token is masked anew each time, so
lengths tell nothing about secrets on the page (the BREACH attack).
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPagesMiddleware(GZipMiddleware):
    """Compresses text; downloads stay untouched, they are mostly compressed already and are sent piece by piece."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or not response.get("Content-Type", "").startswith("text/"):
            return response
        return super().process_response(request, response)
