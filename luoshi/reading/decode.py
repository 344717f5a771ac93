"""Bytes to text: strict UTF-8, then UTF-16 with a mark, then strict GB18030; line ends become LF."""

from __future__ import annotations

import re

from .errors import ReadingError

MAX_BYTES = 32 * 2**20
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_HEADERS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode_text(data: bytes) -> str:
    """Canonical text of a plain text file.

    Raises ReadingError with ``empty``, ``too_large``, ``binary`` or ``damaged``.
    """
    if len(data) > MAX_BYTES:
        raise ReadingError("too_large", f"The file is larger than {MAX_BYTES // 2**20} MB.")
    if data[:8] == OLE_HEADER or data[:4] in ZIP_HEADERS or data[:5] == b"%PDF-":
        raise ReadingError("binary", "The file is not plain text, whatever its name says.")
    text = canonical(_decoded(data))
    if not text.strip():
        raise ReadingError("empty", "The file holds no text.")
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise ReadingError("binary", "The file is not plain text.")
    return text


def canonical(text: str) -> str:
    """Without byte order mark, with LF line ends; all offsets count in this text."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings: tuple[str, ...] = ("utf-16",) if marked else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    code = "binary" if b"\x00" in data else "damaged"
    raise ReadingError(code, "The text is neither UTF-8 nor GB18030.")
