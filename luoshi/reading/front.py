"""The frame of a document: title, cover, salutation, closing, signature; its number, issuer, date and year."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .lines import Line
from .marks import starts_with_mark
from .numerals import chinese_number

_TITLE_END = re.compile(
    r"(?:要点|方案|计划|意见|通知|清单|讲话|讲话稿|发言|报告|决定|办法|规划|总结|纲要|"
    r"措施|分解表|任务表|一览表|安排表|台账|责任书|安排|提纲|致辞|制度|细则|预案|通报|"
    r"纪要|分工|目标|表|事项|函|公告|主持词)"
    r"(?:[（(].{1,20}[)）])?$"
)
_PLAIN_TITLE = re.compile(r"^[^。！？；，]{2,40}$")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[【（(](20\d{2})[〕\]】）)]第?\d{1,4}号")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_HAN_DAY = re.compile(r"([二〇○零一三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_SALUTATION = re.compile(
    r"^(?:同志们|各位[\u4e00-\u9fff、，]{1,30}|尊敬的[^：:]{1,30}|(?:各|县|镇|市|"
    r"区)[^。：:；]{1,60}|全体[^。：:；]{1,20}|"
    r"[老师同学家长朋友们、，]{3,20})[：:！!]?$"
)
_CLOSING = re.compile(
    r"^(?:最后，)?(?:同志们|各位[\u4e00-\u9fff、]{0,8}|老师们|朋友们)[，,！!：]|^(?:让我们|祝)|"
    r"^(?:我的)?(?:讲话|发言|汇报)(?:完了|完毕|到此)|^谢谢|^特此(?:通知|报告|函)|"
    r"^以上(?:方案|意见|报告)"
)
_WISH = re.compile(r"让我们|而努力奋斗|[！!]$")
_SIGNATURE = re.compile(r"^[（(]?(?:\d{4}|[二〇○零一三四五六七八九]{4}|20[xX×*]{2})年.{1,3}月.{1,3}日[)）]?$")
_COVER = re.compile(
    r"^(?:[（(【\[]?(?:\d{4}年.{2,8}日|[二〇○零一三四五六七八九]{4}年.{2,8}日).{0,30}|"
    r".{2,30}文件|.*[〔\[（(]20\d\d[〕\]）)]第?\d+号|>.{1,80}|[（(].{2,40}[)）]|"
    r"主持人?[：:].*|.{1,12}[  　]{1,}.{1,8})$"
)
_ISSUER = re.compile(
    r"^(?:中共|中国共产党)?[\u4e00-\u9fff（）()]{2,24}(?:委员会|党委|政府|办公室|"
    r"办事处|总支部?|支部|公司|学校|小学|中学|幼儿园|医院|管委会|局|村委会|领导小组|[\u4e00-\u9fff]办|站|所|"
    r"党工委|工委)$"
)
_YEAR_WORDS = (
    (re.compile(r"建党(?P<n>一百零?[一二三四五六七八九]?|\d{2,3})周年"), 1921),
    (re.compile(r"(?:新中国成立|建国)(?P<n>[六七八九]十[一二三四五六七八九]?|\d{2})周年"), 1949),
)
_PLAN_YEARS = {"开局": 0, "起步": 0, "收官": 4, "决胜": 4}
_PLAN = re.compile(r"“?十(?P<plan>[二三四五六])五”?(?:规划)?[^，。]{0,4}(?P<place>开局|起步|收官)之?年")


@dataclass(slots=True)
class Frame:
    """What stands around the text; ``title_span`` is empty when no title was found."""

    title: str = ""
    title_span: tuple[int, int] = (0, 0)
    number: str = ""
    issuer: str = ""
    dated_on: str | None = None
    year: int | None = None


def read_frame(text: str, lines: list[Line]) -> Frame:
    """The frame; sets the role of its lines (title, cover, salutation, closing, signature)."""
    frame = Frame()
    plain = [line for line in lines if not line.noise and line.role != "table"]
    found = _find_title(plain)
    after = 0
    if found:
        first, last = found
        frame.title_span = (plain[first].start + _hashes(plain[first]), plain[last].end)
        frame.title = "".join(line.squeezed.lstrip("#") for line in plain[first : last + 1])
        for line in plain[first : last + 1]:
            line.role = "title"
        for line in plain[:first]:
            line.role = line.role or "cover"
        after = last + 1
    _mark_after_title(plain[after : after + 8], bool(found))
    _mark_end(plain[after:])
    _read_facts(text, frame, lines)
    return frame


def _hashes(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip("# "))


def _find_title(plain: list[Line]) -> tuple[int, int] | None:
    named = next(
        (
            m.group(1)
            for line in plain[:12]
            if (m := re.search(r"《([^《》]{4,60})》(?:已经.{0,20})?(?:印发|下发|发)", line.squeezed))
        ),
        "",
    )
    head = plain[:25]
    for index, line in enumerate(head):
        if line.text.startswith("# "):
            return index, index
        if named and line.squeezed.lstrip("#") == named:
            return index, index
    for index, line in enumerate(head):
        if starts_with_mark(line.squeezed.lstrip("#")) and index:
            break
        if len(line.squeezed) <= 60 and _TITLE_END.search(line.squeezed) and not starts_with_mark(line.squeezed):
            return _widened(head, index)
    first = head[0] if head else None
    alone = len(plain) > 1 and first is not None
    if (
        alone
        and first is not None
        and _PLAIN_TITLE.match(first.squeezed)
        and not starts_with_mark(first.squeezed)
        and not _SALUTATION.match(first.squeezed)
    ):
        return 0, 0
    return None


def _widened(head: list[Line], index: int) -> tuple[int, int]:
    """A title over two lines: the line before it opens with 关于 or a place and closes nothing."""
    if index and re.match(r"^[^。；：:，、（(]{4,30}$", head[index - 1].squeezed):
        before = head[index - 1].squeezed
        if (
            not _ISSUER.match(before)
            and not _COVER.match(before)
            and (len(head[index].squeezed) <= 16 or "关于" in before)
            and not _TITLE_END.search(before)
        ):
            return index - 1, index
    return index, index


def _mark_after_title(lines: list[Line], titled: bool) -> None:
    for line in lines:
        short = line.squeezed
        if _SALUTATION.match(short) and len(short) <= 80 and short[-1] in "：:！!":
            line.role = "salutation"
        elif (
            not titled
            or starts_with_mark(short.lstrip("#"))
            or len(short) > 80
            or not (_COVER.match(line.text) or _ISSUER.match(short))
        ):
            break
        else:
            line.role = "cover"


def _mark_end(lines: list[Line]) -> None:
    """Signature and closing paragraphs, from the end backwards."""
    body = [line for line in lines if not line.role]
    index = len(body) - 1
    while (
        index >= 0
        and (_SIGNATURE.match(body[index].squeezed) or _ISSUER.match(body[index].squeezed))
        and index > len(body) - 5
    ):
        body[index].role = "signature"
        index -= 1
    for back in range(index, max(index - 3, 0), -1):
        line = body[back]
        if starts_with_mark(line.squeezed):
            return
        speech_end = bool(_CLOSING.match(line.squeezed))
        if speech_end and (_WISH.search(line.squeezed) or len(line.squeezed) < 30):
            for closing in body[back : index + 1]:
                closing.role = "closing"
    for line in lines:
        if re.fullmatch(r"同志们[：:]", line.squeezed) and not line.role:
            line.role = "salutation"


def _read_facts(text: str, frame: Frame, lines: list[Line]) -> None:
    around = [line for line in lines if line.role in ("cover", "signature")]
    for line in around:
        hit = _NUMBER.search(line.squeezed)
        if hit and not frame.number:
            frame.number = hit.group()
        if _ISSUER.match(line.squeezed) and (not frame.issuer or line.role == "signature"):
            frame.issuer = line.squeezed
    days = [day for line in around if (day := _day_of(line.squeezed))]
    frame.dated_on = days[-1] if days else None
    frame.year = _year_of(text, frame)


def _day_of(text: str) -> str | None:
    hit = _DAY.search(text) or _HAN_DAY.search(text)
    if not hit:
        return None
    parts = [int(part) if part.isdigit() else chinese_number(part.replace("○", "〇")) or 0 for part in hit.groups()]
    year, month, day = parts
    return f"{year:04d}-{month:02d}-{day:02d}" if year and 1 <= month <= 12 and 1 <= day <= 31 else None


def _year_of(text: str, frame: Frame) -> int | None:
    """The year of the title, the number, the date; else what the text says of itself; else the year it names most."""
    hit = re.search(r"(20\d{2})", frame.title) or re.search(r"[〔\[【（(](20\d{2})", frame.number)
    if hit:
        return int(hit.group(1))
    if frame.dated_on:
        return int(frame.dated_on[:4])
    head = text[:20000]
    for pattern, base in _YEAR_WORDS:
        found = pattern.search(head)
        if found:
            count = int(found["n"]) if found["n"].isdigit() else chinese_number(found["n"])
            return base + (count or 0)
    plan = _PLAN.search(head)
    if plan:
        return 2001 + 5 * ("十一二三四五六".find(plan["plan"]) - 1) + _PLAN_YEARS.get(plan["place"], 0)
    years = Counter(re.findall(r"(?<!\d)(20\d{2})年", head))
    if not years:
        return None
    return int(max(years, key=lambda year: (years[year], year)))
