"""Measures to reach: a number, its unit and how it is compared. Dates, ages and ordinals are none."""

from __future__ import annotations

import re

from .model import Target
from .numerals import NUMERAL, number_value, plain_decimal
from .rules import words

UNITS = words(
    "% 个百分点 百分点 亩 万亩 公顷 平方公里 平方千米 平方米 ㎡ m² m2 立方米 "
    "万立方米 公里 千米 km 米 吨 万吨 公斤 斤 元 万元 亿元 千元 "
    "亿 人 万人 人次 万人次 户 户次 名 个 处 家 座 条 次 场 场次 期 件 项 所 台 套 "
    "盏 株 万株 棵 万棵 头 万头 只 万只 羽 学时 课时 "
    "小时 天 册 篇 份 辆 张 块 折 分 支 对 组 节 部 间 间次 口 栋 眼 根 面 批 批次 "
    "类 门 本 幅 门次 床 车次 标段 千瓦 兆瓦 吨标准煤 "
    "例 起 宗 桶 平米 层 排 级 位 道 万字 字 条次 家次 件套 亿斤 万斤 万千瓦时 枚 具 把 床 轮 幢 ‰ 倍"
)
_BEFORE = (
    r"(?P<ge>不少于|不低于|不小于|不得少于|不得低于|至少|最少|高于|超过|突破|大于|"
    r"达到|达|≥|>=|保持在|稳定在|提高到|提升到|提升至|提高至|增加到|增加至)?"
    r"(?P<le>不超过|不高于|不得超过|不大于|不多于|控制在|下降到|降到|降至|低于|少于|≤|<=|最多|压减到|压降至)?"
)
_NUMBER = r"(?P<low>\d[\d,]*(?:\.\d+)?)(?:(?P<to>-|—|－|~|～|至|到)(?P<high>\d[\d,]*(?:\.\d+)?))?"
_ARABIC = re.compile(
    rf"{_BEFORE}约?{_NUMBER}(?P<odd>余|多)?(?P<unit>{UNITS})(?P<after>（?(?:以上|及以上|以内|之内|以下|左右))?"
)
_CHARACTER = re.compile(
    rf"{_BEFORE}(?<![\d.零〇一二两三四五六七八九十百千万亿])(?P<low>{NUMERAL}{{1,8}}?)(?P<unit>{UNITS})(?P<after>以上|"
    rf"及以上|以内|以下)?"
)
_PERCENT = re.compile(rf"{_BEFORE}百分之(?P<low>{NUMERAL}{{1,6}})(?P<after>以上|以内|以下)?")
_WHOLE = re.compile(r"(?:实现|做到|达到|确保|完成|率|基本)?[\u4e00-\u9fff]{0,8}(?:全覆盖|百分百|100％)")
_ZERO = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,8}?)(?:清零|为零|零增长|零发生|“?动态清零”?)|零(?P<zero>事故|上访|伤亡|新增|发生|死亡)"
)
_SPAN_OF_TIME = re.compile(r"^(?:工作日|小时|月|季度|年度|五年|自然日|学期|星期)")
_PER_TIME = re.compile(r"每(?:次|场|期|人次|轮)[^，]{0,8}$")
_EXCLUDED_BEFORE = re.compile(
    r"(?:[“‘]|第|〔|\[|每|每个|各|(?<![底月日年末之以])前|近|这|那|其他|另外|几|上|逐|同|某|任何|哪)$"
)
_AGE_AFTER = re.compile(r"^(?:周)?岁")
_PROBLEM_AFTER = re.compile(r"^[\u4e00-\u9fff“”]{0,12}(?:问题|隐患点?被|不足|短板|方面|环节|原则)")
_CARDINAL_WORDS = re.compile(
    r"两个(?:责任|维护|确立|清单|一以贯之|后进)|三个(?:代表)|四个(?:意识|自信|全面)|"
    r"一个(?:支部|方面)|一(?:个|项|件|名|条|批|次|支|块|道)"
)
_METRIC = re.compile(r"[\u4e00-\u9fff“”]{1,14}$")
_FILLER = re.compile(r"(?:不少于|不低于|至少|达到|达|控制在|超过|不超过|共|约|为|到|至|各|力争|完成|在|百分之)+$")
_DATE_WORDS = re.compile(r"^.*(?:[年月日](?:底|末|初)?之?前|[年月]内?|季度|底前|上半年|全年)")
_SUBJECT_WORDS = re.compile(r"^.*(?:要|组织|建成|新建|完成|实现|创建|打造|培育|举办|开展|改造|修建|建设|安排)(?=.{2,})")
_FOLLOWING = re.compile(r"(?:以上|以内|左右)?(?:的)?[\u4e00-\u9fff]{2,8}(?=[，。；、]|$)")
_WINDOW = re.compile(r"(?:内|之内|以内|前|后)")
_LOOSE_LEAST = re.compile(r"(?:至少|不少于|最少)[\u4e00-\u9fff]{1,6}$")
_TIME_UNITS = ("天", "小时", "分", "级", "倍", "层", "节")


def find_targets(view: str, recurring: bool) -> tuple[Target, ...]:
    """Targets stated in ``view`` from left to right. With ``recurring``, counts per period belong to the rule."""
    found: list[tuple[int, Target]] = []
    if any(c.isdigit() for c in view):
        found += [t for hit in _ARABIC.finditer(view) if (t := _from_hit(view, hit, recurring))]
    found += [t for hit in _CHARACTER.finditer(view) if _spoken_count(hit) and (t := _from_hit(view, hit, recurring))]
    if "百分之" in view:
        found += [t for hit in _PERCENT.finditer(view) if (t := _from_hit(view, hit, recurring))]
    found += _words(view)
    kept: list[tuple[int, Target]] = []
    for place, target in sorted(found, key=lambda pair: pair[0]):
        if not any(t.value == target.value and t.unit == target.unit and abs(p - place) < 6 for p, t in kept):
            kept.append((place, target))
    return tuple(target for _, target in kept)


def _spoken_count(hit: re.Match[str]) -> bool:
    """Whether a count in characters is a measure: large, or with a comparison."""
    low = hit["low"]
    if _CARDINAL_WORDS.match(hit.string, hit.start("low")) and not (hit["ge"] or hit["le"]):
        return False
    near = bool(_LOOSE_LEAST.search(hit.string[max(0, hit.start() - 10) : hit.start("low")]))
    return bool(hit["ge"] or hit["le"] or hit["after"] or near) or (
        len(low) >= 2 and any(c in "十百千万亿" for c in low)
    )


def _from_hit(view: str, hit: re.Match[str], recurring: bool) -> tuple[int, Target] | None:
    groups = hit.groupdict()
    unit = groups.get("unit") or "%"
    low = number_value(hit["low"])
    start, end = hit.start("low"), hit.end()
    after = view[hit.end("unit") if groups.get("unit") else end : hit.end() + 14]
    if low is None or _AGE_AFTER.match(view[hit.end("low") : hit.end("low") + 2]):
        return None
    if unit in ("小时", "天") and re.match(r"[\u4e00-\u9fff]", after) and not (hit["ge"] or groups.get("after")):
        return None
    if _SPAN_OF_TIME.match(after) or _PER_TIME.search(view[:start]):
        return None
    if _EXCLUDED_BEFORE.search(view[max(0, start - 3) : start]) or _PROBLEM_AFTER.match(after):
        return None
    if unit in _TIME_UNITS and (
        _WINDOW.match(after) or (unit in ("级", "分") and not (hit["ge"] or groups.get("after")))
    ):
        return None
    if recurring and unit in ("次", "场", "期", "轮", "名", "个", "天", "户", "件", "节", "项", "篇", "条"):
        return None
    value = plain_decimal(low)
    high = number_value(groups["high"]) if groups.get("high") else None
    if high is not None:
        value = f"{value}-{plain_decimal(high)}"
    if _LOOSE_LEAST.search(view[max(0, start - 10) : start]):
        groups["ge"] = groups.get("ge") or "至少"
    target = Target(_metric(view, start, end), _comparison(groups, unit, value), value, unit, view[hit.start() : end])
    return start, target


def _comparison(groups: dict[str, str | None], unit: str, value: str) -> str:
    after = groups.get("after") or ""
    if unit == "%" and value == "100":
        return "="
    if "以内" in after or "之内" in after or "以下" in after or (groups.get("le") and "以上" not in after):
        return "<="
    return ">=" if groups.get("ge") or "以上" in after else "="


def _words(view: str) -> list[tuple[int, Target]]:
    found: list[tuple[int, Target]] = []
    whole = _WHOLE.search(view) if "全覆盖" in view or "百分百" in view else None
    if whole and re.search(r"(?:实现|做到|达到|确保|完成)[^，]{0,12}全覆盖|全覆盖$", view):
        found.append((whole.start(), Target("覆盖率", "=", "100", "%", whole.group())))
    zero = _ZERO.search(view) if "零" in view else None
    if zero:
        found.append((zero.start(), Target(zero["what"] or zero["zero"] or "", "=", "0", "", zero.group())))
    return found


def _metric(view: str, start: int, end: int) -> str:
    """What is counted: the words before the number, or after it when a date or a bare verb stands before."""
    before = _FILLER.sub("", view[:start])
    hit = _METRIC.search(before)
    name = _DATE_WORDS.sub("", hit.group()) if hit else ""
    name = _SUBJECT_WORDS.sub("", name)
    following = _FOLLOWING.match(view, end)
    if len(name) <= 2 and following:
        return following.group()
    return name
