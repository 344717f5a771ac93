"""Opening a .docx safely: container checks, size limits that hold while reading, XML without DTD or entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from .decode import OLE_HEADER, ZIP_HEADERS
from .errors import ReadingError

MAX_MEMBERS = 4000
MAX_PART_BYTES = 96 * 2**20
MAX_TOTAL_BYTES = 256 * 2**20
MAX_RATIO = 400
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 2**16

StartHandler = Callable[[str, dict[str, str]], None]


def open_package(data: bytes) -> zipfile.ZipFile:
    """The opened container.

    Raises ReadingError: ``encrypted``, ``unsupported`` (an old .doc under this name), ``damaged`` or ``too_large``.
    """
    if data[:8] == OLE_HEADER:
        if _ENCRYPTED_STREAM in data:
            raise ReadingError("encrypted", "The Word file is protected by a password.")
        raise ReadingError("unsupported", "The file is an old Word document (.doc); save it as .docx.")
    if data[:4] not in ZIP_HEADERS:
        raise ReadingError("damaged", "The file is no Word document.")
    try:  # NotImplementedError, here and below: zipfile meets a compression or a feature it does not know
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadingError("damaged", "The Word file is damaged.") from error
    members = package.infolist()
    declared = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or declared > MAX_TOTAL_BYTES or declared > max(len(data), 2**16) * MAX_RATIO:
        raise ReadingError("too_large", "The Word file unpacks to an unreasonable size.")
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of a part, or None when there is none; stops at the limit whatever the file declares."""
    try:
        member = package.getinfo(name)
    except KeyError:
        return None
    if member.flag_bits & 0x1:
        raise ReadingError("encrypted", "The Word file is protected by a password.")
    kept = io.BytesIO()
    try:
        with package.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                kept.write(chunk)
                if kept.tell() > MAX_PART_BYTES:
                    raise ReadingError("too_large", "The Word file unpacks to an unreasonable size.")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise ReadingError("damaged", "The Word file is damaged.") from error
    return kept.getvalue()


def walk_xml(data: bytes, start: StartHandler, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Call the handlers with local names; attributes keep local names too. Refuses a DTD and broken XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(
        name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        if error.code == 1:
            raise MemoryError from error
        raise ReadingError("damaged", "The Word file is damaged: its XML is broken.") from error


def _refuse_doctype(*_: object) -> None:
    raise ReadingError("damaged", "The Word file carries a document type declaration, which Word never writes.")
