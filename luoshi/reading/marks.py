"""The forms of numbering in official Chinese documents, from the widest tier to the narrowest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numerals import chinese_number

_CN = "[一二三四五六七八九十百零〇]"


@dataclass(frozen=True, slots=True)
class MarkForm:
    """A form of number; a smaller ``rank`` is a wider tier. ``pattern`` matches at the start of a line."""

    name: str
    rank: int
    pattern: re.Pattern[str]
    example: str
    counter: str


def _form(name: str, rank: int, pattern: str, example: str, counter: str) -> MarkForm:
    return MarkForm(name, rank, re.compile(pattern), example, counter)


FORMS = (
    _form("part", 20, rf"第(?:{_CN}{{1,3}}|\d{{1,2}})(?:部分|章|编)[、，：:.]?", "第一部分总体要求", "第一阶段"),
    _form("section", 25, rf"第(?:{_CN}{{1,3}}|\d{{1,2}})节[、，：:]?", "第二节组织机构", "第二季度"),
    _form("stage", 45, rf"第{_CN}{{1,2}}阶段[、，：:]?", "第一阶段：动员部署", "第一书记"),
    _form("month", 46, rf"(?:{_CN}{{1,2}}|\d{{1,2}})月份?[：:]?$", "九月份：", "九月底前完成"),
    _form("article", 35, rf"第(?:{_CN}{{1,3}}|\d{{1,3}})条[、，：:]?", "第三条各单位", "第三产业"),
    _form("chinese", 30, rf"{_CN}{{1,4}}[、．](?!{_CN}+[、是])", "一、总体要求", "一是加强领导"),
    _form("chinese-comma", 30, rf"{_CN}{{1,3}}[.,，](?=[\u4e00-\u9fff])", "二,工作重点", "十五万亩"),
    _form("bracket-chinese", 40, rf"[（(]{_CN}{{1,3}}[)）][、.．]?", "（一）抓实学习", "（试行）"),
    _form("decimal-4", 53, r"\d{1,2}(?:[.．]\d{1,2}){3}[、.．]?(?![\d%％])", "1.1.1.1职责", "2024.6.30"),
    _form("decimal-3", 52, r"\d{1,2}(?:[.．]\d{1,2}){2}[、.．]?(?![\d%％])", "2.1.3检查", "2024.6.30前"),
    _form(
        "decimal-2",
        51,
        r"[1-9]\d?[.．]\d{1,2}[、]?(?=[\u4e00-\u9fff])(?!\d*[.．]?\d*(?:[万亿元米亩吨个公%％月日号折倍]|平方|千))",
        "2.1检查内容",
        "5.8公里",
    ),
    _form(
        "digit",
        50,
        r"(?:[1-9]|[1-9]\d|1\d\d)(?:[.．、](?!\d)|[.．、](?=\d{1,2}月|\d{4}年)|[)）])",
        "1.修订计划",
        "1.5万亩",
    ),
    _form("bracket-digit", 60, r"[（(]\d{1,2}[)）][、.．]?", "（1）清理台账", "（2024）"),
    _form("circled", 65, r"[①-⑳]", "①清理", "1"),
    _form("spoken", 55, rf"(?:第{_CN}{{1,2}}|首先|其次|再次|再者|最后)[，,、：:]", "第一，建强班子", "第一书记"),
    _form("ordinal-is", 55, rf"(?:{_CN}{{1,2}})(?:是(?!一)|要(?=[\u4e00-\u9fff]))", "一是要抓落实", "一个支部"),
    _form("dash", 70, r"(?:——|--|—(?!—)|[•●◆▪■★◇○▲]|[-*](?=[\u4e00-\u9fff“]))", "——坚持问题导向", "一般"),
)
_BY_NAME = {form.name: form for form in FORMS}
_QUICK = re.compile(r"[一二三四五六七八九十百零〇第（(\d①-⑳首其再最—•●◆▪■★◇○▲*-]")
INLINE_FORMS = tuple(
    _BY_NAME[n] for n in ("ordinal-is", "spoken", "digit", "bracket-digit", "bracket-chinese", "circled")
)


def match_mark(view: str, start: int = 0) -> tuple[MarkForm, str] | None:
    """The form and the written mark at ``start`` of a clean line, or None."""
    if not _QUICK.match(view, start):
        return None
    for form in FORMS:
        hit = form.pattern.match(view, start)
        if hit:
            return form, hit.group()
    return None


def starts_with_mark(view: str) -> bool:
    """Whether a clean line opens with a number or bullet."""
    return match_mark(view) is not None


def mark_value(mark: str) -> int | None:
    """The number a mark stands for: 3 for 「三、」 and 「（3）」; None for bullets and 首先."""
    if mark and "①" <= mark[0] <= "⑳":
        return ord(mark[0]) - ord("①") + 1
    digits = re.search(r"\d+", mark)
    if digits:
        return int(digits.group())
    spoken = {"首先": 1, "其次": 2, "再次": 3, "再者": 3}.get(mark[:2])
    if spoken is not None:
        return spoken
    numeral = re.search(rf"{_CN}+", mark)
    return chinese_number(numeral.group()) if numeral else None
