"""Having a foreign file read in the sandbox, and saying in a clerk's words what went wrong."""

from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from luoshi.core.errors import BadInput
from luoshi.files.sandbox import SandboxError, run_limited
from luoshi.reading.model import Reading

READER = "luoshi.reading.read:read_as_dict"
PASTED = "pasted.txt"


def understand(data: bytes, name: str = "") -> Reading:
    """Read a file by its name, or pasted text without one. Raises BadInput with the next step."""
    try:
        answer = run_limited(READER, data, {"filename": PurePosixPath(name).name or PASTED})
    except SandboxError as error:
        raise BadInput(words_of(error), "file" if name else "text") from error
    return Reading.from_dict(answer)


def words_of(error: SandboxError) -> str:
    """The reason and the next step, as a clerk reads them."""
    by_reason = {
        "empty": _("There is no text in it. Check it and choose it again, or paste the text."),
        "binary": _("This is no readable text. Open it in WPS or Word and save it as .docx, or paste the text."),
        "unsupported": _("This kind of file cannot be read. Save it as .docx, .txt or .md, or paste the text."),
        "damaged": _("The file is damaged. Open it in WPS or Word, save it anew as .docx, or paste the text."),
        "encrypted": _("The file has a password. Save it without one, or paste the text."),
        "too_large": _("The file is too large to be read. Split it, or paste the part with the duties."),
        "old_word": _("This is an old Word file. Open it in WPS or Word and save it as .docx."),
    }
    if error.code == "refused" and error.reason in by_reason:
        return by_reason[error.reason]
    if error.code in {"time", "memory"}:
        return _("The file was too much for the reader and was put aside. Split it, or paste the part with the duties.")
    return _("The file could not be read. Open it in WPS or Word, save it anew as .docx, or paste the text.")
