"""Attaching, serving and checking what was stored."""

from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from luoshi.core.errors import BadInput
from luoshi.files.models import StoredFile
from luoshi.files.queries import files_of
from luoshi.files.services import BrokenFile, MissingFileError, attach, read, serve, store, verify_files
from luoshi.files.shelf import path_of


@pytest.fixture(autouse=True)
def shelf_folder(settings: Settings, tmp_path: Path) -> None:
    settings.LUOSHI_FILES = tmp_path / "files"


def keep(text: str, name: str = "讲话.txt", tenant_id: int = 1) -> StoredFile:
    return store(tenant_id=tenant_id, uploaded_by_id=2, name=name, data=text.encode(), allowed=frozenset({"txt"}))


def test_a_file_is_served_as_a_download_no_browser_runs(db: None) -> None:
    response = serve(keep("各村要报送", "年度 讲话.txt"))

    assert response.getvalue() == "各村要报送".encode()
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Length"] == "15"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%B9%B4%E5%BA%A6%20%E8%AE%B2%E8%AF%9D.txt"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_a_quote_in_a_name_stays_in_the_name(db: None) -> None:
    response = serve(keep("x", 'a"; filename="b.txt'))

    assert response["Content-Disposition"] == 'attachment; filename="a\\"; filename=\\"b.txt"'


def test_a_missing_file_is_said_in_words(db: None) -> None:
    stored = keep("text")
    path_of(stored.sha256).unlink()

    for act in (serve, read):
        with translation.override("en"), pytest.raises(MissingFileError) as refused:
            act(stored)
        assert refused.value.message == "The stored file is missing. Ask the administrator to run “luoshi check”."
        assert refused.value.status == 404


def test_a_file_is_attached_once(db: None) -> None:
    stored = keep("text")

    attach(stored, "item", 5)
    attach(StoredFile.objects.get(pk=stored.pk), "item", 5)
    with pytest.raises(BadInput):
        attach(stored, "item", 6)

    assert list(StoredFile.objects.values_list("owner_type", "owner_id")) == [("item", 5)]


def test_files_of_many_owners_take_one_query(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, second, foreign = keep("a"), keep("b"), keep("c", tenant_id=9)
    for stored in (first, second, foreign):
        attach(stored, "item", 5)
    attach(keep("d"), "progress", 5)

    with django_assert_num_queries(1):
        found = files_of(1, "item", [4, 5, 6])

    assert found == {5: [first, second]}


def test_the_check_names_what_is_missing_or_changed(db: None) -> None:
    whole, lost, short, forged = keep("whole"), keep("lost"), keep("short"), keep("forged")
    again = keep("forged", "乙.txt", tenant_id=3)
    path_of(lost.sha256).unlink()
    path_of(short.sha256).write_bytes(b"shor")
    path_of(forged.sha256).write_bytes(b"FORGED")

    found = sorted(verify_files(), key=lambda broken: broken.file_id)

    assert read(whole) == b"whole"
    assert found == [
        BrokenFile(1, lost.pk, lost.sha256, "missing"),
        BrokenFile(1, short.pk, short.sha256, "size"),
        BrokenFile(1, forged.pk, forged.sha256, "hash"),
        BrokenFile(3, again.pk, forged.sha256, "hash"),
    ]
