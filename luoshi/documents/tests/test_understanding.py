"""Files that are too much for the reader, and what a clerk is told."""

import io
import zipfile

import pytest

from luoshi.core.errors import BadInput
from luoshi.documents.models import Document
from luoshi.documents.services.reading_in import Source, read_in
from luoshi.documents.services.understanding import words_of
from luoshi.files.models import StoredFile
from luoshi.files.sandbox import SandboxError
from luoshi.organisations.tests.cast import Cast

REASONS = ("empty", "binary", "unsupported", "damaged", "encrypted", "too_large", "old_word")


def zip_bomb() -> bytes:
    """A small .docx whose text would unpack to 300 MB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _megabyte in range(300):
                part.write(b"0" * 2**20)
    return data.getvalue()


@pytest.mark.django_db
def test_a_bomb_is_put_aside_and_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(BadInput) as raised:
        read_in(actor=cast.actor("clerk"), source=Source(zip_bomb(), "讲话.docx"))
    assert raised.value.field == "file"
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words_of_its_own(reason: str) -> None:
    others = {words_of(SandboxError("refused", "", other)) for other in (*REASONS, "unheard of") if other != reason}
    assert words_of(SandboxError("refused", "", reason)) not in others


@pytest.mark.parametrize("code", ["time", "memory", "crashed"])
def test_a_reader_that_gave_up_says_what_to_do_next(code: str) -> None:
    assert "粘贴" in words_of(SandboxError(code, ""))
