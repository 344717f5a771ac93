"""Storing, attaching, serving and checking files."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from luoshi.core.clock import now
from luoshi.core.errors import BadInput, LuoshiError
from luoshi.files import shelf
from luoshi.files.content import MEDIA_TYPES, holds, is_protected_or_old, type_of_name
from luoshi.files.enums import FileType
from luoshi.files.models import StoredFile

LONGEST_NAME = 120
PAGE = 500
SERVED_POLICY = "sandbox; default-src 'none'"


class MissingFileError(LuoshiError):
    """The row is there, the bytes are not: the data folder was damaged or not copied whole."""

    status = 404


def store(
    *, tenant_id: int, uploaded_by_id: int, name: str, data: "bytes | UploadedFile[Any]", allowed: frozenset[str]
) -> StoredFile:
    """Keep an upload. `allowed` holds `FileType` values. The bytes are safe on disk before the row is written.

    Raises BadInput (field `file`) when the file is empty, too large, or not what its name says.
    """
    shown = clean_name(name)
    content = _read(data)
    kind = _checked_type(shown, content, allowed)
    return StoredFile.objects.create(
        tenant_id=tenant_id,
        sha256=shelf.put(content),
        size=len(content),
        media_type=MEDIA_TYPES[kind],
        name=shown,
        uploaded_by_id=uploaded_by_id,
        uploaded_at=now(),
    )


def clean_name(name: str) -> str:
    """The name for display and download: no folders, no control or direction characters, at most 120 characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Category C: control, format (which can turn the reading direction round), surrogate, unassigned.
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    path = PurePosixPath(" ".join(plain.split()).strip(" .") or "file")
    ending = path.suffix[:12]
    return path.name[: len(path.name) - len(path.suffix)][: LONGEST_NAME - len(ending)] + ending


def _read(data: "bytes | UploadedFile[Any]") -> bytes:
    limit = settings.LUOSHI_UPLOAD_BYTES
    size = len(data) if isinstance(data, bytes) else data.size
    if not size:
        raise BadInput(_("The file is empty. Check it and choose it again."), field="file")
    if size > limit:
        words = _("The file has %(size)s, more than the %(limit)s allowed. Make it smaller or split it.")
        raise BadInput(words % {"size": filesizeformat(size), "limit": filesizeformat(limit)}, field="file")
    return data if isinstance(data, bytes) else b"".join(data.chunks())


def _checked_type(name: str, content: bytes, allowed: frozenset[str]) -> FileType:
    kind = type_of_name(name)
    known = ", ".join(one.label for one in FileType if one.value in allowed)
    if is_protected_or_old(content):
        words = _("This is an old Office file or one with a password. Save it as .docx or .xlsx without a password.")
        raise BadInput(words, field="file")
    if kind is None or kind.value not in allowed:
        raise BadInput(_("This kind of file is not taken here. Choose one of: %(known)s.") % {"known": known}, "file")
    if not holds(content, kind):
        words = _("The file is called %(ending)s but its content is something else. Save it anew as one of: %(known)s.")
        raise BadInput(words % {"ending": kind.label, "known": known}, field="file")
    return kind


def attach(stored: StoredFile, owner_type: str, owner_id: int) -> None:
    """Say whose file this is; again for the same owner changes nothing. Raises BadInput when it has another."""
    free = StoredFile.objects.filter(pk=stored.pk, owner_id__isnull=True)
    if not free.update(owner_type=owner_type, owner_id=owner_id):
        stored.refresh_from_db()
        if (stored.owner_type, stored.owner_id) != (owner_type, owner_id):
            raise BadInput(_("This file already belongs to something else. Upload it again."), field="file")
    stored.owner_type, stored.owner_id = owner_type, owner_id


def read(stored: StoredFile) -> bytes:
    """The whole content, at most LUOSHI_UPLOAD_BYTES. Raises MissingFileError."""
    try:
        return shelf.path_of(stored.sha256).read_bytes()
    except FileNotFoundError as error:
        raise _missing() from error


def serve(stored: StoredFile) -> FileResponse:
    """The file as a download that no browser runs or shows in our pages. Raises MissingFileError."""
    try:
        file = shelf.path_of(stored.sha256).open("rb")
    except FileNotFoundError as error:
        raise _missing() from error
    response = FileResponse(file, as_attachment=True, filename=stored.name, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SERVED_POLICY
    response["Cache-Control"] = "private, no-store"
    return response


def _missing() -> MissingFileError:
    return MissingFileError(_("The stored file is missing. Ask the administrator to run “luoshi check”."))


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A stored file whose bytes are not as they were: `fault` is `missing`, `size` or `hash`."""

    tenant_id: int
    file_id: int
    sha256: str
    fault: str


def verify_files() -> Iterator[BrokenFile]:
    """Read every stored file and compare size and hash with its row; content shared by rows is read once."""
    seen, fault, last = "", "", ("", 0)
    rows = StoredFile.objects.order_by("sha256", "pk")
    # Page by page: an open cursor would keep the writers of an SQLite file waiting while files are hashed.
    while page := list(rows.filter(Q(sha256__gt=last[0]) | Q(sha256=last[0], pk__gt=last[1]))[:PAGE]):
        for stored in page:
            if stored.sha256 != seen:
                seen, fault = stored.sha256, _fault_of(stored)
            if fault:
                yield BrokenFile(stored.tenant_id, stored.pk, stored.sha256, fault)
        last = (page[-1].sha256, page[-1].pk)


def _fault_of(stored: StoredFile) -> str:
    path = shelf.path_of(stored.sha256)
    if not path.is_file():
        return "missing"
    if path.stat().st_size != stored.size:
        return "size"
    return "" if shelf.hash_of(path) == stored.sha256 else "hash"
