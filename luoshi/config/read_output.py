"""The forms in which ``luoshi read`` gives a reading: summary on the screen, .json, .md, .xlsx; written atomically."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from luoshi.config.read_words import say
from luoshi.reading.model import Deadline, DraftItem, Reading

REFUSALS = ("empty", "unsupported", "binary", "damaged", "encrypted", "too_large", "memory", "time")
_COLUMNS = ("number", "task", "lead", "assist", "term", "target", "kind", "source")
_WIDTHS = (6, 56, 20, 24, 18, 24, 8, 24)
_COMPARISONS = {">=": "≥", "<=": "≤", "=": ""}


def term_words(deadline: Deadline) -> str:
    """A term for people: the day or the words as written; empty when none was named."""
    if deadline.kind == "none":
        return ""
    if deadline.kind == "day":
        return deadline.code
    if deadline.kind == "range":
        return deadline.code.replace("/", "—")
    return deadline.words or say(deadline.kind)


def target_words(draft: DraftItem) -> str:
    """The targets of a draft on one line."""
    return "；".join(f"{t.metric} {_COMPARISONS[t.comparison]}{t.value}{t.unit}".strip() for t in draft.targets)


def sentence(reading: Reading, draft: DraftItem) -> str:
    """The words of the draft, on one line."""
    return " ".join(reading.text[draft.start : draft.end].split())


def summary(reading: Reading, explain: bool) -> str:
    """A readable account for the terminal."""
    without_lead = sum(not draft.lead for draft in reading.drafts)
    without_term = sum(draft.deadline.kind == "none" for draft in reading.drafts)
    clauses = sum(clause.level > 0 for clause in reading.clauses)
    lines = [
        reading.title or say("no-title"),
        say("counts", clauses=clauses, drafts=len(reading.drafts), leads=without_lead, days=without_term),
        "",
    ]
    for number, draft in enumerate(reading.drafts, 1):
        lines.append(f"{number:>3}. {sentence(reading, draft)}")
        lead = "、".join(draft.lead) or say("no-lead")
        parts = [lead, term_words(draft.deadline) or say("no-term"), *filter(None, [target_words(draft)])]
        if explain:
            parts.append(say("rule", name=draft.reason))
        lines.append("     " + " · ".join(parts))
    if explain:
        lines += ["", say("pieces"), *_explained(reading)]
    return "\n".join(lines) + "\n"


def _explained(reading: Reading) -> Iterator[str]:
    for piece in reading.pieces:
        words = " ".join(reading.text[piece.start : piece.end].split())
        shown = words if len(words) <= 40 else words[:39] + "…"
        yield f"{piece.start:>7}  {piece.kind:<12} {piece.detail or piece.reason:<22} {shown}"


def render(reading: Reading, doc_id: str, suffix: str) -> bytes:
    """The bytes of an output file; ``suffix`` is .json, .md or .xlsx."""
    if suffix == ".json":
        return (json.dumps(reading.to_prediction(doc_id), ensure_ascii=False, indent=1) + "\n").encode(
            "utf-8", "replace"
        )
    return _markdown(reading) if suffix == ".md" else _workbook(reading)


def _rows(reading: Reading) -> Iterator[tuple[str, ...]]:
    for number, draft in enumerate(reading.drafts, 1):
        source = reading.clauses[draft.clause].title if draft.clause is not None else ""
        yield (
            str(number),
            sentence(reading, draft),
            "、".join(draft.lead),
            "、".join(draft.assist),
            term_words(draft.deadline),
            target_words(draft),
            say(draft.kind),
            source,
        )


def _markdown(reading: Reading) -> bytes:
    lines = [f"# {reading.title or say('no-title')}", ""]
    lines.append("| " + " | ".join(say(f"head-{name}") for name in _COLUMNS) + " |")
    lines.append("|" + " --- |" * len(_COLUMNS))
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in _rows(reading)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _workbook(reading: Reading) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - a tenth of a second that only this form needs

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(say("sheet"))
    _lay_out(book, sheet, reading)
    book.close()
    return kept.getvalue()


def _lay_out(book: Any, sheet: Any, reading: Reading) -> None:  # noqa: ANN401 - xlsxwriter has no types
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    body = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 0)
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, "", title)
    sheet.write_string(0, 0, reading.title or say("no-title"), title)
    for column, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, say(f"head-{name}"), head)
    for place, row in enumerate(_rows(reading), 2):
        for column, cell in enumerate(row):
            sheet.write_string(place, column, cell[:32000], body)


def write_atomically(target: Path, data: bytes) -> None:
    """Write beside the target and rename: the old file or the new one, never half of one. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)  # noqa: PTH101 - a list is made to be shared
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise
