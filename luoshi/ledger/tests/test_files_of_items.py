"""Files sent with a report: kept, listed, opened by who may see the item."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.ledger.models import Attachment
from luoshi.ledger.tests.making import accepted, dispatched
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def upload(name: str, text: str) -> SimpleUploadedFile:
    """A text file as a browser sends it."""
    return SimpleUploadedFile(name, text.encode(), "text/plain")


def test_several_files_go_with_one_report(cast: Cast, signed_in: SignIn) -> None:
    item = accepted(cast)
    sent = {"happened": "验收合格", "files": [upload("验收.txt", "合格"), upload("名单.txt", "十二户")]}
    assert signed_in("head_a").post(f"/items/{item.pk}/progress/", sent).status_code == 302
    assert [one.file.name for one in Attachment.objects.order_by("pk")] == ["验收.txt", "名单.txt"]
    html = signed_in("clerk").get(f"/items/{item.pk}/").content.decode()
    assert "验收.txt" in html
    assert f'href="/items/{item.pk}/files/{Attachment.objects.earliest("pk").pk}/"' in html


def test_a_file_is_opened_by_who_sees_the_item(cast: Cast, signed_in: SignIn) -> None:
    item, other = accepted(cast), dispatched(cast, unit="village_b")
    signed_in("head_a").post(f"/items/{item.pk}/progress/", {"happened": "好", "files": upload("证.txt", "合格")})
    pk = Attachment.objects.get().pk
    response = signed_in("auditor").get(f"/items/{item.pk}/files/{pk}/")
    assert b"".join(response.streaming_content) == "合格".encode()  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment")
    for who in ("head_b", "stranger", "sysadmin"):
        assert signed_in(who).get(f"/items/{item.pk}/files/{pk}/").status_code == 404
    assert signed_in("clerk").get(f"/items/{other.pk}/files/{pk}/").status_code == 404
    assert signed_in("anonymous").get(f"/items/{item.pk}/files/{pk}/")["Location"].startswith("/sign-in/")


def test_a_file_that_is_none_of_ours_keeps_the_text(cast: Cast, signed_in: SignIn) -> None:
    item = accepted(cast)
    sent = {"happened": "换种完毕", "files": SimpleUploadedFile("run.exe", b"MZ\x00")}
    response = signed_in("head_a").post(f"/items/{item.pk}/progress/", sent)
    html = response.content.decode()
    assert response.status_code == 400
    assert "换种完毕" in html
    assert "请重新选择附件" in html
    assert not Attachment.objects.exists()
