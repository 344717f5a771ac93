"""What the columns of a task table mean: header words to roles, and a guess for cells without a header."""

from __future__ import annotations

import re
from functools import lru_cache

from .rules import first_rule, rule

ITEM_ROLES = ("measure", "task", "name", "target")
SAME_AS_ABOVE = re.compile(r"^(?:同上|〃|″|\"|”|''|々|-|—|/)?$")

HEADER_RULES = (
    rule("number", "number", r"^(?:序号|编号|序|项次|号|NO\.?|No\.?|任务编号)$", "序号", "文号说明"),
    rule("assist", "assist", r"^(?:配合|协办|协同|协助|参与|参加)(?:单位|部门|科室|处室)?$", "配合单位", "配合检查"),
    rule(
        "lead",
        "lead",
        r"^(?:(?:主要)?(?:牵头|责任|主办|承办|实施|负责|主责|落实|主管)(?:单位|部门|科室|处室|主体|办公室|村|组)"
        r"(?:[及和、]?(?:责任人|负责人|配合单位|个人))?|单位|部门|责任处室|牵头(?:单位)?[/、及]责任单位|责任分工)$",
        "责任单位",
        "单位名称变更通知",
    ),
    rule(
        "person",
        "person",
        r"^(?:责任人|负责人|责任领导|分管领导|牵头领导|包联领导|挂点领导|联系领导|领导|姓名|承办人|具体负责人|联系人)$",
        "责任领导",
        "领导干部讲党课",
    ),
    rule(
        "deadline",
        "deadline",
        r"^(?:(?:计划|预计|要求|整改|拟|具体)?(?:完成|整改|办结|办理|推进|时间|实施|工作|落实|开展|销号)?"
        r"(?:时间|时限|期限|日期|节点|进度安排|时间节点|时间安排|要求时间|时间进度|"
        r"进度要求)(?:要求|安排|节点)?|完成(?:时间)?节点)$",
        "完成时限",
        "时间充裕",
    ),
    rule(
        "done",
        "done",
        r"(?:完成情况|进展情况|进展|去年|上年|现状|落实情况|整改情况|完成数|实际完成|\d{4}年(?:完成|实际))",
        "完成情况",
        "完成时限",
    ),
    rule(
        "problem",
        "problem",
        r"^(?:存在(?:的)?|主要|具体|反馈|发现)?问题(?:表现|清单|描述|内容|类别|表述)?$",
        "存在问题",
        "问题整改措施",
    ),
    rule(
        "measure",
        "measure",
        r"^(?:具体|工作|整改|主要|推进|落实|重点)?(?:措施|举措)(?:内容|及要求)?$|^(?:整改)?(?:措施|举措)(?:及.{2,6})?$",
        "整改措施",
        "措施得力",
    ),
    rule(
        "task",
        "task",
        r"^(?:年度|重点|具体|主要|工作|建设|活动|目标)?(?:工作)?(?:任务|内容|事项|要求|"
        r"目标任务|建设内容|任务内容|活动内容"
        r"|工作内容|目标及任务)(?:内容|要求|及要求|及目标|和要求|、目标)?$|^(?:实施|建设|"
        r"主要建设)内容(?:及规模)?$|^内容及(?:目标|要求)$",
        "主要内容",
        "任务繁重",
    ),
    rule(
        "target",
        "target",
        r"^(?:年度|工作|预期|主要|量化|考核)?(?:目标|指标|目标值|指标值|数量|任务数|计划数|任务量)(?:值)?$",
        "年度目标",
        "目标导向",
    ),
    rule(
        "name",
        "name",
        r"^(?:项目|任务|工作|事项|活动|指标|主要)?(?:名称|类别|分类|领域|项目|主题|板块|方面)$",
        "项目名称",
        "活动现场",
    ),
    rule("note", "note", r"^(?:备注|说明|附注|资金来源|投资|投资额|总投资|地点|活动地点)$", "备注", "说明理由"),
)

_DATE_CELL = re.compile(
    r"^(?:.{0,6}(?:\d{1,2}月|\d{4}年|季度|上半年|下半年|年底|年内|全年|长期|每月|每周|"
    r"每年|每半年|立行立改|即知即改|持续|常态|\d{4}[.\-/]\d).{0,16})$"
)
_UNIT_CELL = re.compile(
    r"(?:办|办公室|所|站|局|委|科|处|部|室|队|中心|村|社区|支部|公司|学校|协会|妇联|"
    r"工会|团委|单位|党委|组|庭|会)(?:[（(].{1,8}[)）])?$"
)


@lru_cache(maxsize=512)
def cell_role(text: str) -> str:
    """The role a header cell names (white space taken out), or an empty string."""
    if not text or len(text) > 14:
        return ""
    hit = first_rule(HEADER_RULES, text)
    return hit.verdict if hit else ""


def guess_role(text: str, place: int) -> str:
    """A role from the look of a body cell: number, deadline, lead or task."""
    plain = re.sub(r"\s", "", text)
    if place == 0 and re.fullmatch(r"\d{1,3}[.、]?", plain):
        return "number"
    if len(plain) <= 24 and _DATE_CELL.match(plain):
        return "deadline"
    if len(plain) <= 40 and _UNIT_CELL.search(re.split(r"[、，,；;]", plain)[0]):
        return "lead"
    return "task"
