"""Blocks and table rows to a tree of numbered or styled headings, numbered paragraphs, inline ordinals and rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block
from .inline_marks import Found, inline_marks
from .marks import mark_value, match_mark
from .tables import Row

_HASHES = re.compile(r"^#{1,6}")
_SENTENCE_END = re.compile(r"[。；;！!？?]")
_FIGURE = re.compile(r"\d|不少于|以上|[两三四五六七八九十百]+[个名户次件场]")
_MAX_HEAD = 40
_ROW_RANK, _GROUP_RANK, _HASH_RANK = 80, 75, 10
_LABEL = re.compile(r"(?:问题|措施|表现|情况|目标|任务|要求|内容|举措|做法)$")
_LEADING_LABEL = re.compile(r"^[^，。；：:]{0,10}[：:]")
_KNOWN_LABEL = re.compile(r"[^，。；：:]{0,6}(?:问题|措施|表现|情况|举措)[：:](?=.)")
_FIRST_STOP = re.compile(r"[，。；;！？]")


@dataclass(slots=True)
class Node:
    """A node of the tree. Offsets count in the document; the heading lies between ``start`` and ``head_end``."""

    level: int
    rank: int
    form: str
    mark: str
    start: int
    end: int
    head_end: int
    title: str
    parent: int | None
    inline: bool
    block: int | None
    bare: bool


class TreeBuilder:
    """Collects nodes in text order; a stack of open nodes gives level and parent."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._open: list[int] = []
        self._last_end = 0

    def touch(self, end: int) -> None:
        """Note that content reaches to ``end``; open nodes reach there too."""
        self._last_end = max(self._last_end, end)

    def add(self, found: Found, span: tuple[int, int], title: str, block: int | None, bare: bool) -> None:
        """Open a node whose heading lies at ``span``; ``bare`` says that it is a line without a full stop."""
        start, head_end = span
        self._make_room(found, start)
        level = len(self._open) + 1
        parent = self._open[-1] if self._open else None
        self._open.append(len(self.nodes))
        self.nodes.append(
            Node(
                level,
                found.rank,
                found.form,
                found.mark,
                start,
                head_end,
                head_end,
                title,
                parent,
                found.inline,
                block,
                bare,
            )
        )

    def close_all(self) -> None:
        """End every open node at the last content."""
        self._close_to(0, self._last_end)

    def _make_room(self, found: Found, start: int) -> None:
        end = start if found.inline else self._last_end
        forms = [self.nodes[index].form for index in self._open]
        if found.form in forms:
            return self._close_to(forms.index(found.form), end)
        keep = len(self._open)
        while keep and self._yields(self.nodes[self._open[keep - 1]], found):
            keep -= 1
        self._close_to(keep, end)
        return None

    def _yields(self, top: Node, found: Found) -> bool:
        if found.rank >= _GROUP_RANK:
            return top.inline or top.rank >= 60 or (top.rank >= 50 and not top.bare)
        if top.rank < found.rank:
            return False
        heading_only = not top.inline and top.end == top.head_end and self._last_end == top.head_end
        return not (heading_only and found.value == 1 and top.rank < _GROUP_RANK)

    def _close_to(self, keep: int, end: int) -> None:
        for index in self._open[keep:]:
            self.nodes[index].end = max(end, self.nodes[index].head_end)
        del self._open[keep:]


def build_tree(blocks: Sequence[Block], rows: Sequence[Row], styles: dict[int, int]) -> list[Node]:
    """Nodes in text order. ``styles`` maps the start of a paragraph to its heading level (1 is the widest)."""
    tree = TreeBuilder()
    pending = list(rows)
    place = 0
    for index, block in enumerate(blocks):
        while place < len(pending) and pending[place].start < block.start:
            _add_row(tree, pending[place])
            place += 1
        _add_block(tree, index, block, styles.get(block.start, 0))
        tree.touch(block.end)
    for row in pending[place:]:
        _add_row(tree, row)
    tree.close_all()
    return tree.nodes


def _add_row(tree: TreeBuilder, row: Row) -> None:
    if row.group:
        tree.add(Found("group", _GROUP_RANK, "", 0, None, False), (row.start, row.end), row.group, None, True)
    elif row.task is not None:
        name = row.cells.get("name") or row.task
        tree.add(Found("row", _ROW_RANK, "", 0, None, False), (row.start, row.end), name.text[:30], None, True)
    tree.touch(row.end)


def _add_block(tree: TreeBuilder, index: int, block: Block, style: int) -> None:
    view = block.view
    hashes = _HASHES.match(view)
    offset = hashes.end() if hashes else 0
    founds = _line_mark(view, offset, style or (offset if hashes else 0))
    founds += inline_marks(view, founds[0] if founds else None)
    for place, found in enumerate(founds):
        limit = founds[place + 1].start if place + 1 < len(founds) else len(view)
        body = found.start + len(found.mark)
        head = body if found.form.startswith("style") and not found.inline else found.start + len(found.mark)
        title_end = head_end(view, head, limit)
        start = block.at(0 if not found.inline else found.start)
        stop = block.span(max(title_end - 1, 0), title_end)[1]
        title = _title(view[head:title_end]) or _first_words(view[head:limit])
        bare = view[title_end - 1 : title_end] not in "。；;！"
        tree.add(found, (start, stop), title, index, bare)


def _line_mark(view: str, offset: int, style: int) -> list[Found]:
    found = match_mark(view, offset)
    if found is not None:
        form, mark = found
        return [Found(form.name, form.rank, mark, offset, mark_value(mark), False)]
    if style:
        return [Found(f"style-{style}", _HASH_RANK + style, "", offset, None, False)]
    return []


def head_end(view: str, start: int, limit: int) -> int:
    """Where the heading that opens at ``start`` ends: its line, its first short sentence, or ``start`` for none.

    A first sentence is a heading when more follows it and it holds no figure.
    """
    if _KNOWN_LABEL.match(view, start, limit):
        return start
    stop = _SENTENCE_END.search(view, start, limit)
    if stop is None:
        return limit if limit - start <= _MAX_HEAD + 5 or (limit == len(view) and limit - start <= 80) else start
    short = stop.end() - start <= _MAX_HEAD
    if stop.group() == "。" and short and limit - stop.end() >= 6 and not _FIGURE.search(view, start, stop.end()):
        return stop.end()
    colon = view.find("：", start, min(stop.start(), start + 25))
    if colon > start and "，" not in view[start:colon] and not _LABEL.search(view, start, colon):
        return colon + 1
    return start


def _first_words(text: str) -> str:
    """A name for a paragraph without a heading: its first words, without a label such as 问题."""
    plain = _LEADING_LABEL.sub("", text)
    return _FIRST_STOP.split(plain, maxsplit=1)[0][:30]


def _title(text: str) -> str:
    return text.rstrip("。；;：:，,")[:60]
