"""Tables: rows of cells with the role of each column, from pipe or tab rows and from one cell a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .columns import ITEM_ROLES, SAME_AS_ABOVE, cell_role, guess_role
from .lines import Line
from .marks import match_mark

_RULE_ROW = re.compile(r"^[|\s:\-—]+$")
_NUMBER = re.compile(r"^\d{1,3}[.、．]?$")
_STACK_LIMIT = 14
_SUM = re.compile(r"^(?:合\s*计|小\s*计|总\s*计)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; its span leaves out outer white space."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Row:
    """A body row. ``cells`` by role; ``task`` is the cell duties are read from; a ``group`` row only names a group."""

    start: int
    end: int
    cells: dict[str, Cell] = field(default_factory=dict)
    group: str = ""

    @property
    def task(self) -> Cell | None:
        """The cell that holds the duty."""
        return next((self.cells[role] for role in ITEM_ROLES if role in self.cells), None)


def find_tables(lines: list[Line]) -> list[Row]:
    """All body rows in text order; their lines get the role ``table`` (headers too)."""
    rows: list[Row] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.noise:
            index += 1
        elif _is_pipe(line):
            index = _read_pipe_table(lines, index, rows)
        elif cell_role(line.squeezed) and (roles := _stack_header(lines, index)):
            index = _read_stack_table(lines, index + len(roles), roles, rows)
        else:
            index += 1
    return rows


def _is_pipe(line: Line) -> bool:
    return line.text.count("|") >= 2 or line.text.count("\t") >= 2 or line.text.count("｜") >= 2


def _split_cells(line: Line) -> list[Cell]:
    mark = next(m for m in "|｜\t" if line.text.count(m) >= 2)
    cells: list[Cell] = []
    position = line.start
    for part in line.text.split(mark):
        stripped = part.strip()
        start = position + len(part) - len(part.lstrip())
        cells.append(Cell(start, start + len(stripped), stripped))
        position += len(part) + 1
    if line.text[0] == mark:
        cells = cells[1:]
    return cells[:-1] if line.text[-1] == mark else cells


def _read_pipe_table(lines: list[Line], index: int, rows: list[Row]) -> int:
    roles: list[str] = []
    above: Row | None = None
    while index < len(lines) and (_is_pipe(lines[index]) or lines[index].noise == "page"):
        line = lines[index]
        index += 1
        if line.noise:
            continue
        line.role = "table"
        if _RULE_ROW.match(line.text):
            continue
        cells = _split_cells(line)
        found = [cell_role(re.sub(r"\s", "", cell.text)) for cell in cells]
        named = [role for role in found if role]
        if len(named) >= 2 and len(named) * 2 > len([c for c in cells if c.text]):
            roles, above = found, None
            continue
        row = _pipe_row(line, cells, roles, above)
        rows.append(row)
        above = above if row.group else row
    return index


def _pipe_row(line: Line, cells: list[Cell], roles: list[str], above: Row | None) -> Row:
    filled = [cell for cell in cells if cell.text]
    row = Row(line.start, line.end)
    if any(_SUM.match(cell.text) for cell in filled[:2]):
        return row
    if filled and len({cell.text for cell in filled}) == 1 and len(cells) > 1:
        row.group = filled[0].text
        return row
    used = roles if len(roles) == len(cells) else [guess_role(cell.text, n) for n, cell in enumerate(cells)]
    for role, cell in zip(used, cells, strict=False):
        _put(row, role, cell)
    if above is not None:
        _inherit(row, above)
    return row


def _put(row: Row, role: str, cell: Cell) -> None:
    if not role or not cell.text:
        return
    held = row.cells.get(role)
    if held is None or (role in ITEM_ROLES and len(cell.text) > len(held.text)):
        row.cells[role] = cell


def _inherit(row: Row, above: Row) -> None:
    """An empty or 「同上」 unit, person or term takes the value of the row above (merged cells)."""
    for role in ("lead", "assist", "person", "deadline"):
        own = row.cells.get(role)
        blank = own is None or SAME_AS_ABOVE.match(own.text)
        if blank and role in above.cells and (own is not None or "lead" not in row.cells or role == "lead"):
            row.cells[role] = above.cells[role]
        elif own is not None and blank:
            del row.cells[role]


def _stack_header(lines: list[Line], index: int) -> list[str]:
    """Roles of a header written one cell a line, or nothing when this is no header."""
    roles: list[str] = []
    for line in lines[index : index + 12]:
        role = "" if line.noise else cell_role(line.squeezed)
        if not role:
            break
        roles.append(role)
    kinds = set(roles)
    return roles if len(roles) >= 3 and kinds & set(ITEM_ROLES) and kinds & {"lead", "deadline", "person"} else []


def _read_stack_table(lines: list[Line], index: int, roles: list[str], rows: list[Row]) -> int:
    for line in lines[index - len(roles) : index]:
        line.role = "table"
    numbered = roles[0] == "number"
    above: Row | None = None
    while index < len(lines):
        if lines[index].noise:
            index += 1
            continue
        if numbered and not _NUMBER.match(lines[index].squeezed):
            if not _group_line(lines, index):
                return index
            index += 1
            continue
        taken = _numbered_cells(lines, index, roles) if numbered else _counted_cells(lines, index, roles)
        if not taken:
            return index
        row = _stack_row(taken, roles, above)
        rows.append(row)
        above = row
        index = lines.index(taken[-1], index) + 1
    return index


def _group_line(lines: list[Line], index: int) -> bool:
    """A line that names the group of the rows below it; it stays an ordinary heading."""
    following = lines[index + 1 : index + 2]
    return bool(following) and bool(_NUMBER.match(following[0].squeezed)) and len(lines[index].text) <= 40


def _numbered_cells(lines: list[Line], index: int, roles: list[str]) -> list[Line]:
    taken = [lines[index]]
    for line in lines[index + 1 : index + _STACK_LIMIT]:
        if line.noise == "page":
            continue
        ended = line.noise or _NUMBER.match(line.squeezed) or _is_pipe(line)
        following_number = len(taken) >= len(roles)
        if ended or (following_number and _looks_like_end(line)):
            break
        taken.append(line)
    if len(taken) > len(roles) and not _next_is_number(lines, lines.index(taken[-1], index) + 1):
        taken = taken[: len(roles)]
    return taken


def _next_is_number(lines: list[Line], index: int) -> bool:
    return index < len(lines) and bool(_NUMBER.match(lines[index].squeezed))


def _looks_like_end(line: Line) -> bool:
    found = match_mark(line.squeezed)
    return (found is not None and found[0].rank <= 40) or len(line.text) > 60


def _counted_cells(lines: list[Line], index: int, roles: list[str]) -> list[Line]:
    taken = [line for line in lines[index : index + len(roles)] if not line.noise]
    if len(taken) < len(roles):
        return []
    checks = [guess_role(taken[n].text, n) == role for n, role in enumerate(roles) if role in ("deadline", "lead")]
    return taken if any(checks) else []


def _stack_row(taken: list[Line], roles: list[str], above: Row | None) -> Row:
    for line in taken:
        line.role = "table"
    row = Row(taken[0].start, taken[-1].end)
    cells = [Cell(line.start, line.end, line.text) for line in taken]
    if len(cells) == len(roles):
        used = roles
    else:
        used = [roles[0], *(_role_by_look(cell, n, roles) for n, cell in enumerate(cells[1:], 1))]
    for role, cell in zip(used, cells, strict=True):
        _put(row, role, cell)
    if above is not None:
        _inherit(row, above)
    return row


def _role_by_look(cell: Cell, place: int, roles: list[str]) -> str:
    guessed = guess_role(cell.text, place)
    if guessed in roles:
        return guessed
    return next((role for role in ITEM_ROLES if role in roles), "task")
