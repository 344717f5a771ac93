"""Pages go out compressed, files as they are."""

import gzip
from io import BytesIO

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from luoshi.core.compression import CompressPagesMiddleware

LONG = "落实到人、落实到天。" * 200


def answered(response: HttpResponseBase) -> HttpResponseBase:
    """The answer as a browser that takes gzip receives it."""
    request: HttpRequest = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    # The middleware serves any response; Django's type speaks only of the most common.
    return CompressPagesMiddleware(lambda _request: response)(request)  # type: ignore[return-value]


def test_a_page_is_compressed_and_keeps_its_words() -> None:
    response = answered(HttpResponse(LONG))
    assert isinstance(response, HttpResponse)
    assert (response["Content-Encoding"], "Accept-Encoding" in response["Vary"]) == ("gzip", True)
    assert gzip.decompress(response.content).decode() == LONG
    assert len(response.content) < 400


@pytest.mark.parametrize("kind", ["image/png", "application/pdf"])
def test_a_download_stays_as_it_is(kind: str) -> None:
    response = answered(FileResponse(BytesIO(LONG.encode()), content_type=kind))
    assert "Content-Encoding" not in response
    assert isinstance(response, FileResponse)
    assert b"".join(response.streaming_content) == LONG.encode()  # type: ignore[arg-type]
