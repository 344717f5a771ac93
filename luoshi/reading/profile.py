"""What kind of document this is, and what that and the section heading do to the judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .judgement import Verdict
from .structure import Node

_SPEECH = re.compile(r"讲话|致辞|发言|表态|主持词|党课|报告会")
_PLAN = re.compile(
    r"要点|方案|计划|意见|通知|清单|措施|任务|台账|规划|责任书|分解|安排|办法|制度|"
    r"预案|决定|细则|目标|行程|分工|项目|整改|通报"
)
_NEWS = re.compile(r"本报讯|讯（|讯\(|\d日讯|日电|记者|通讯员|摄影报道|供稿")
_NARRATIVE = re.compile(r"[我他她]|[了着过呢吗吧啊](?=[，。！？])|仿佛|似乎|那时|记得|母亲|父亲|爷爷|奶奶")
_REPORT = re.compile(r"了|近年来|去年|如今|以来|”.{0,6}说|据介绍|目前|已经|成功|获得|取得")
_ORDER = re.compile(r"要(?!求)|必须|应当|务必|负责|责任单位|[月日底]前|每[周月季]|牵头|不少于")
_ORDERED = re.compile(r"要|必须|应当|务必|责成")
_PROBLEM_SECTION = re.compile(
    r"(?:存在|主要|反馈|突出|发现)的?(?:主要)?(?:问题|不足|短板)|(?:工作|"
    r"年度)?(?:回顾|总结)$|现状|取得(?:的)?(?:成绩|成效)|"
    r"主要(?:成绩|成效|做法)|工作(?:成效|开展情况|完成情况)|原因(?:分析|剖析)|"
    r"基本(?:情况|现状)|问题(?:表现|描述)|形势分析|背景$|去年工作"
)
_STANCE_SECTION = re.compile(
    r"指导思想|总体(?:要求|思路)|基本原则|工作原则|重要(?:性|意义)|必要性|提高认识|统一思想|思想认识|编制依据|适用范围"
)
_PRINCIPLE_SECTION = re.compile(r"组织(?:领导|保障)|保障措施|加强领导")


@dataclass(frozen=True, slots=True)
class Profile:
    """``genre`` is plan, speech, news, essay or plain. ``strict`` asks more proof of a sentence with verbs alone."""

    genre: str

    @property
    def strict(self) -> bool:
        """Speech, news and essays use the verbs of duty freely."""
        return self.genre in ("speech", "news", "essay")

    def bars(self, text: str, verdict: Verdict, quoted: bool, section: str) -> str:
        """The rule by which this kind of document keeps a segment from being a duty, or an empty string."""
        if (
            self.genre == "news"
            and not (quoted and not _is_past_report(text))
            and not (verdict.lead and _ORDERED.search(text))
        ):
            return "news-report"
        if self.genre == "essay" and not (verdict.lead and _ORDERED.search(text) and verdict.deadline.kind != "none"):
            return "essay"
        if section == "stance" and verdict.deadline.kind in ("none", "longterm") and not verdict.measured:
            return "stance-section"
        if section == "principle" and verdict.deadline.kind == "none" and not verdict.measured and not verdict.lead:
            return "principle-section" if verdict.strength != "strong" else ""
        return ""


def _is_past_report(text: str) -> bool:
    return "了" in text


def genre_of(title: str, text: str, nodes: Sequence[Node]) -> Profile:
    """The profile of a document from its title, its first lines and its manner."""
    head = text[:400]
    has_rows = any(node.form == "row" for node in nodes)
    marked = sum(not node.inline and node.form != "row" for node in nodes)
    if _SPEECH.search(title):
        return Profile("speech")
    if _PLAN.search(title):
        return Profile("plan")
    if _NEWS.search(head) or _NEWS.search(text[-200:]):
        return Profile("news")
    if re.search(r"(?:^|\n)\s*同志们[：:，]", text[:3000]):
        return Profile("speech")
    sample = text[:20000]
    told = len(_NARRATIVE.findall(sample))
    if marked < 3 and len(sample) > 100 and told * 80 > len(sample):
        return Profile("essay")
    reported = len(_REPORT.findall(sample))
    if marked < 2 and len(sample) > 150 and not has_rows and reported > len(_ORDER.findall(sample)):
        return Profile("news")
    if marked < 2 and len(sample) > 300 and re.search(r"(?:近日|日前|\d+日)，", head):
        return Profile("news")
    return Profile("plain")


def section_mode(nodes: Sequence[Node], index: int | None) -> str:
    """``problem``, ``stance`` or ``principle`` when the node or one above it is headed that way."""
    while index is not None:
        title = nodes[index].title[:30]
        if _PROBLEM_SECTION.search(title) and "措施" not in title and "整改" not in title:
            return "problem"
        if _STANCE_SECTION.search(title):
            return "stance"
        if _PRINCIPLE_SECTION.search(title):
            return "principle"
        index = nodes[index].parent
    return ""
