"""Storing: what is taken, what is refused, and what lies on disk afterwards."""

import errno
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation
from pytest_django import Settings

from luoshi.core.errors import BadInput
from luoshi.files.enums import EVIDENCE, READABLE
from luoshi.files.models import StoredFile
from luoshi.files.services import clean_name, store
from luoshi.files.shelf import path_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20


@pytest.fixture(autouse=True)
def shelf_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.LUOSHI_FILES = tmp_path / "files"
    return tmp_path / "files"


def package(part: str) -> bytes:
    """A zip as Office writes it, with one main part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document/>")
    return buffer.getvalue()


def keep(name: str, data: bytes, allowed: frozenset[str] = EVIDENCE) -> StoredFile:
    return store(tenant_id=1, uploaded_by_id=2, name=name, data=data, allowed=allowed)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("讲话.txt", "各村要报送".encode(), "text/plain"),
        ("讲话.TXT", "各村要报送\r\n\x1a".encode("gb18030"), "text/plain"),
        ("记事本.txt", "各村要报送\r\n".encode("utf-16"), "text/plain"),
        ("计划.md", b"\xef\xbb\xbf# plan", "text/markdown"),
        (
            "方案.docx",
            package("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("表.xlsx", package("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("通知.pdf", PDF, "application/pdf"),
        ("现场.jpeg", JPG, "image/jpeg"),
        ("现场.jpg", JPG, "image/jpeg"),
        ("现场.png", PNG, "image/png"),
    ],
)
def test_a_file_that_is_what_it_says_is_kept(db: None, name: str, data: bytes, media_type: str) -> None:
    stored = keep(name, data)

    assert (stored.name, stored.size, stored.media_type) == (name, len(data), media_type)
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert path_of(stored.sha256).read_bytes() == data
    assert (stored.owner_type, stored.owner_id) == ("", None)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.txt", b"", "empty"),
        ("照片.png", JPG, "content is something else"),
        ("照片.jpg", b"<html>", "content is something else"),
        ("表.docx", package("xl/workbook.xml"), "content is something else"),
        ("包.docx", package("readme.xml"), "content is something else"),
        ("程序.txt", b"MZ\x90\0\x03", "content is something else"),
        ("方案.txt", package("word/document.xml"), "content is something else"),
        ("通知.md", PDF, "content is something else"),
        ("乱.txt", b"\x81\xff\xff", "content is something else"),
        ("宽.txt", "ab".encode("utf-16-le"), "content is something else"),
        ("宽.txt", "要\0".encode("utf-16"), "content is something else"),
        ("宽.txt", "要".encode("utf-16") + b"\xff", "content is something else"),
        ("旧.doc", OLD_OFFICE, "without a password"),
        ("密.docx", OLD_OFFICE, "without a password"),
        ("页.html", b"<html>", "Choose one of"),
        ("图.svg", b"<svg/>", "Choose one of"),
        ("无名", b"text", "Choose one of"),
        ("", b"text", "Choose one of"),
    ],
)
def test_a_file_that_is_not_is_refused(db: None, shelf_folder: Path, name: str, data: bytes, words: str) -> None:
    with translation.override("en"), pytest.raises(BadInput) as refused:
        keep(name, data)

    assert words in refused.value.message
    assert refused.value.field == "file"
    assert not StoredFile.objects.exists()
    assert not shelf_folder.exists()


def test_only_the_types_asked_for_are_taken(db: None) -> None:
    with translation.override("en"), pytest.raises(BadInput) as refused:
        keep("现场.png", PNG, READABLE)

    assert refused.value.message == "This kind of file is not taken here. Choose one of: .txt, .md, .docx."


def test_a_file_over_the_limit_is_refused_before_it_is_read(db: None, settings: Settings) -> None:
    settings.LUOSHI_UPLOAD_BYTES = 10
    upload = SimpleUploadedFile("讲话.txt", b"12345678901")

    with translation.override("en"), pytest.raises(BadInput) as refused:
        store(tenant_id=1, uploaded_by_id=2, name=upload.name or "", data=upload, allowed=READABLE)

    assert "11\xa0bytes, more than the 10\xa0bytes allowed" in refused.value.message
    assert upload.tell() == 0
    assert keep("讲话.txt", b"1234567890").size == 10


def test_an_upload_of_django_is_kept_whole(db: None) -> None:
    data = "各村".encode() * 100_000
    upload = SimpleUploadedFile("讲话.txt", data)

    stored = store(tenant_id=1, uploaded_by_id=2, name=upload.name or "", data=upload, allowed=READABLE)

    assert path_of(stored.sha256).read_bytes() == data


def test_the_same_content_lies_on_disk_once(db: None, shelf_folder: Path) -> None:
    first, second = keep("甲.txt", b"same"), keep("乙.txt", b"same")

    assert first.pk != second.pk
    assert [path for path in shelf_folder.rglob("*") if path.is_file()] == [path_of(first.sha256)]
    assert path_of(first.sha256).relative_to(shelf_folder).parts == ("09", "67", first.sha256)


def test_a_damaged_file_is_made_whole_by_the_next_upload(db: None) -> None:
    stored = keep("甲.txt", b"whole")
    path_of(stored.sha256).write_bytes(b"wh")

    keep("甲.txt", b"whole")

    assert path_of(stored.sha256).read_bytes() == b"whole"


def test_a_disk_that_fails_leaves_no_row_and_no_remains(
    db: None, shelf_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("甲.txt", b"first")

    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("luoshi.files.shelf.os.fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        keep("乙.txt", b"second")

    assert [path.name for path in shelf_folder.rglob("*") if path.is_file()] == [hashlib.sha256(b"first").hexdigest()]
    assert list(StoredFile.objects.values_list("name", flat=True)) == ["甲.txt"]


def test_the_database_refuses_half_an_owner(db: None) -> None:
    stored = keep("甲.txt", b"text")

    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(owner_type="item")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\王\\讲话.docx", "讲话.docx"),
        ("a\0b\r\n\tc.txt", "abc.txt"),
        ("\u202egpj.txt", "gpj.txt"),
        ("  讲 话  稿 .txt ", "讲 话 稿 .txt"),
        ("...", "file"),
        ("", "file"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
        ("a." + "b" * 300, "a." + "b" * 11),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept
