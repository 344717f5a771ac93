"""What a file is, decided by its name's ending and its bytes together; neither alone is believed."""

from pathlib import PurePosixPath

from luoshi.files.enums import FileType

MEDIA_TYPES = {
    FileType.TXT: "text/plain",
    FileType.MD: "text/markdown",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.PDF: "application/pdf",
    FileType.JPG: "image/jpeg",
    FileType.PNG: "image/png",
}
ENDINGS = {**{kind.value: kind for kind in FileType}, "jpeg": FileType.JPG}
FIRST_BYTES = {
    FileType.PDF: b"%PDF-",
    FileType.JPG: b"\xff\xd8\xff",
    FileType.PNG: b"\x89PNG\r\n\x1a\n",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKAGE = b"PK\x03\x04"
PACKAGE_LIST = b"[Content_Types].xml"
# Names in a zip stand uncompressed, so the parts are found without unpacking anything.
MAIN_PART = {FileType.DOCX: b"word/document", FileType.XLSX: b"xl/workbook"}
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""Older Notepads save so under the name of Unicode."""
# Tab, line ends, form feed and the old end-of-file mark may stand in text; other control bytes may not.
NOT_TEXT = frozenset(range(0x20)) - frozenset(b"\t\n\v\f\r\x1a")


def type_of_name(name: str) -> FileType | None:
    """The type the name claims, or None when its ending is none of ours."""
    return ENDINGS.get(PurePosixPath(name).suffix.lower().lstrip("."))


def is_protected_or_old(data: bytes) -> bool:
    """Whether this is a .doc or .xls, or a .docx or .xlsx under a password: one container serves all four."""
    return data.startswith(OLD_OFFICE)


def holds(data: bytes, kind: FileType) -> bool:
    """Whether the bytes are what the type says."""
    if kind in FIRST_BYTES:
        return data.startswith(FIRST_BYTES[kind])
    if kind in MAIN_PART:
        return data.startswith(PACKAGE) and PACKAGE_LIST in data and MAIN_PART[kind] in data
    return _is_text(data)


def _is_text(data: bytes) -> bool:
    if data.startswith((PACKAGE, OLD_OFFICE, *FIRST_BYTES.values())):
        return False
    if data.startswith(UTF_16_MARKS):
        return _decodes(data, "utf-16") and NOT_TEXT.isdisjoint(map(ord, data.decode("utf-16")))
    if not NOT_TEXT.isdisjoint(data):
        return False
    return any(_decodes(data, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
