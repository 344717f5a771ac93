"""The responsibility list as an Excel workbook, ready to be printed on A4 by Excel and WPS."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from luoshi.organisations.models import TenantSettings
from luoshi.reports.queries.responsibility import Line
from luoshi.reports.row_heights import height_of

LONGEST = 32767
"""Characters that a cell may hold."""
BODY, HEADING = "宋体", "黑体"
A4 = 9
GROUP_ROW, HEAD_ROW, FIRST_ROW = 2, 3, 4
LEVELS, INDENT = 4, 1.6
"""An item and three levels of parts, each moved in by so many characters."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the heading over it (empty: its own over both rows), width in characters, text, look.

    `look` is `left`, `centre`, `task` (parts are moved in) or `day` (a true date where the line has one).
    """

    head: str
    group: str
    width: float
    text: Callable[[Line], str]
    look: str = "left"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the list: its title, and what was asked for, on which day, by whom."""

    title: str
    scope: str


def columns(responsible_means: str) -> list[Column]:
    """The columns in the reader's language; what 责任单位 means is the tenant's to say."""
    lead, assisting = unit_heads(responsible_means)
    what, who, when, how = (
        pgettext("responsibility list", "Task"),
        pgettext("responsibility list", "Responsibility"),
        pgettext("responsibility list", "Term"),
        pgettext("responsibility list", "Progress"),
    )
    return [
        Column(pgettext("responsibility list", "No."), "", 5, lambda line: line.place, "centre"),
        Column(pgettext("responsibility list", "Number"), "", 8.5, lambda line: line.number, "centre"),
        Column(pgettext("responsibility list", "Category"), "", 8, lambda line: line.category, "centre"),
        Column(pgettext("responsibility list", "What is to be done"), what, 20, lambda line: line.task, "task"),
        Column(pgettext("responsibility list", "Source"), what, 22, lambda line: line.source),
        Column(pgettext("responsibility list", "Measures"), what, 9, lambda line: line.measure),
        Column(pgettext("responsibility list", "Target"), what, 10.5, lambda line: line.target),
        Column(pgettext("responsibility list", "Lead leader"), who, 6.5, lambda line: line.lead_leader, "centre"),
        Column(lead, who, 9.5, lambda line: line.lead, "centre"),
        Column(assisting, who, 9.5, lambda line: line.assisting, "centre"),
        Column(pgettext("responsibility list", "Handler"), who, 6.5, lambda line: line.person, "centre"),
        Column(pgettext("responsibility list", "Due day"), when, 11.5, _due_words, "day"),
        Column(pgettext("responsibility list", "Milestones"), when, 7.5, lambda line: line.milestones),
        Column(pgettext("responsibility list", "Report beat"), when, 5.5, lambda line: line.beat, "centre"),
        Column(pgettext("responsibility list", "State"), how, 9, lambda line: line.state, "centre"),
        Column(pgettext("responsibility list", "What was done"), how, 20, lambda line: line.progress),
        Column(pgettext("responsibility list", "Problems"), how, 10.5, lambda line: line.problem),
        Column(pgettext("responsibility list", "Next steps"), how, 10.5, lambda line: line.next_step),
        Column(pgettext("responsibility list", "Notes"), "", 6.5, lambda line: line.note),
    ]


def unit_heads(responsible_means: str) -> tuple[str, str]:
    """Headings of the lead and the other units: 责任单位 is the lead in some places, who carries out in others."""
    if responsible_means == TenantSettings.ResponsibleUnit.EXECUTING:
        return pgettext("responsibility list", "Lead unit"), pgettext("responsibility list", "Responsible units")
    return pgettext("responsibility list", "Responsible unit"), pgettext("responsibility list", "Assisting units")


def _due_words(line: Line) -> str:
    """The day is written as a day; this is for lines that have none."""
    return _("standing") if line.standing and line.due is None else ""


def write_list(file: IO[bytes], heading: Heading, table: Sequence[Column], lines: Iterable[Line]) -> None:
    """Write the workbook row by row; memory does not grow with the list."""
    book = Workbook(file, {"constant_memory": True, "default_date_format": date_format()})
    book.set_calc_mode("auto")
    sheet = book.add_worksheet(_("Responsibility list"))
    looks = Formats(book)
    _set_up_page(sheet, table)
    _write_heading(sheet, heading, table, looks)
    row = FIRST_ROW
    for line in lines:
        _write_line(sheet, row, line, table, looks)
        row += 1
    if row == FIRST_ROW:
        _write_row(sheet, row, [_("Nothing fits these conditions")], len(table), looks.cells["left"])
        _merge(sheet, row, 0, row, len(table) - 1)
        row += 1
    sheet.print_area(0, 0, row - 1, len(table) - 1)
    book.close()


def date_format() -> str:
    """How a day is shown in a cell; the cell itself holds a true date."""
    return pgettext("day format of a spreadsheet", "d mmm yyyy")


def date_words(day: date) -> str:
    """A whole day in words, as it stands on paper."""
    return formats.date_format(day, pgettext("a whole day", "j M Y"), use_l10n=False)


class Formats:
    """The looks of the cells."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": BODY, "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
        head = {**base, "font_name": HEADING, "align": "center", "bg_color": "#F1EEE6"}
        title = {"font_name": HEADING, "font_size": 18, "align": "center", "valign": "vcenter"}
        self.title = book.add_format(title)
        self.scope = book.add_format({**title, "font_name": BODY, "font_size": 10, "align": "left"})
        self.head = book.add_format(head)
        self.day = book.add_format({**base, "align": "center", "num_format": date_format()})
        self.cells = {"left": book.add_format(base), "centre": book.add_format({**base, "align": "center"})}
        self.tasks = [book.add_format({**base, "align": "left", "indent": level}) for level in range(LEVELS)]


def _set_up_page(sheet: Worksheet, table: Sequence[Column]) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(GROUP_ROW, HEAD_ROW)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_footer("&C" + _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"})
    for place, column in enumerate(table):
        sheet.set_column(place, place, column.width)


def _write_heading(sheet: Worksheet, heading: Heading, table: Sequence[Column], looks: Formats) -> None:
    last = len(table) - 1
    for row, text, look, height in ((0, heading.title, looks.title, 34), (1, heading.scope, looks.scope, 20)):
        sheet.set_row(row, height)
        _write_row(sheet, row, [text], len(table), look)
        _merge(sheet, row, 0, row, last)
    groups = [column.group or column.head for column in table]
    heads = [column.head if column.group else "" for column in table]
    widths = [column.width for column in table]
    for row, texts in ((GROUP_ROW, groups), (HEAD_ROW, heads)):
        sheet.set_row(row, max(20.0, height_of(list(zip(texts, widths, strict=True))) if row == HEAD_ROW else 20.0))
        shown = [text if not place or text != texts[place - 1] else "" for place, text in enumerate(texts)]
        _write_row(sheet, row, shown, len(table), looks.head)
    for first, final in _runs([column.group or f"{place}" for place, column in enumerate(table)]):
        single = not table[first].group
        _merge(sheet, GROUP_ROW, first, HEAD_ROW if single else GROUP_ROW, final)


def _runs(names: Sequence[str]) -> list[tuple[int, int]]:
    """First and last place of each run of equal names."""
    starts = [place for place, name in enumerate(names) if not place or name != names[place - 1]]
    return list(zip(starts, [start - 1 for start in starts[1:]] + [len(names) - 1], strict=True))


def _merge(sheet: Worksheet, first_row: int, first: int, last_row: int, last: int) -> None:
    """Merge cells that are written already.

    xlsxwriter's own merge_range writes them too, in all rows at once, which a list written row by row does not allow.
    """
    if (first_row, first) != (last_row, last):
        sheet.merge.append([first_row, first, last_row, last])


def _write_row(sheet: Worksheet, row: int, texts: Sequence[str], count: int, look: Format) -> None:
    for place in range(count):
        text = texts[place] if place < len(texts) else ""
        if text:
            sheet.write_string(row, place, text[:LONGEST], look)
        else:
            sheet.write_blank(row, place, None, look)


def _write_line(sheet: Worksheet, row: int, line: Line, table: Sequence[Column], looks: Formats) -> None:
    level = min(line.level, LEVELS - 1)
    texts = [column.text(line)[:LONGEST] for column in table]
    rooms = [column.width - (INDENT * level if column.look == "task" else 0) for column in table]
    sheet.set_row(row, height_of(list(zip(texts, rooms, strict=True))))
    for place, (column, text) in enumerate(zip(table, texts, strict=True)):
        look = looks.tasks[level] if column.look == "task" else looks.cells.get(column.look, looks.cells["centre"])
        if column.look == "day" and line.due is not None:
            sheet.write_datetime(row, place, line.due, looks.day)
        elif text:
            # As text, so that what begins with = + - @ stays what was written.
            sheet.write_string(row, place, text, look)
        else:
            sheet.write_blank(row, place, None, look)
