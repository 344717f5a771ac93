"""Is a segment a duty? Each verdict carries the name of the rule that gave it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .deadlines import Clock, find_deadline
from .duty_words import (
    ADVERB_RUN,
    DEED_ANYWHERE,
    DEED_START,
    MIND_END,
    NAMED_ANYWHERE,
    PREPOSITION,
    SOFT_START,
)
from .judge_rules import AGAINST, STANCE
from .model import NO_DEADLINE, Deadline
from .rules import Rule
from .targets import find_targets
from .units import owner_phrase, subject_of

STRONG, SOFT, WEAK, LEAD_IN, NONE = "strong", "soft", "weak", "lead-in", "none"
_ANY_AGAINST = re.compile("|".join(f"(?:{r.pattern.pattern})" for r in AGAINST))
_YIELDING = {
    "stance",
    "stance-keep",
    "grow",
    "mind-places",
    "paired",
    "stance-by",
    "let-slogan",
    "scoring",
    "last-year",
}
_MODAL = re.compile(r"^(?:要|应|须|必须|务必|需)|[^重主需首不只]要(?!求|点|素|闻|件|道|塞|是)|必须|应当|务必|负责")
_RESULT = re.compile(
    r"^(?:百分之|[\u4e00-\u9fff]{1,10}率(?!先|领)|\d+(?:\.\d+)?%)|"
    r"^(?:并|且|人均|覆盖率|参与率|合格率|其中|占比|惠及|确保|保证|实现|做到|达到|"
    r"力争|明确|补上|补齐|形成|通过|逐|全部|做好|督促|不留|落实到|责任到|每人|每次|"
    r"时间|地点|切实|真正做到|限期|统一|同时|全面|一村一策|一户一策|应|能|谁|发现一起|"
    r"查处一起|早|不)"
)
_RATE = re.compile(
    r"(?:率|比例|占比|达标|面积|收入|产值|总量|数量|规模|以上|以内|以下|不少于|不低于|不超过|[%亩元户个名])$"
)
_KEEP_WELL = re.compile(
    r"^(?:确保|保证|保持|努力)[^，]{0,20}(?:稳定|向好|良好|平稳|安全|增产|丰收|完成)$|^全年(?:无|不发生)"
)
_LINE_OF_WORK = re.compile(r"^.{6,}(?:建设|改革|工程|行动|改造|治理|整治|试点|创建|培育|攻坚|管理|服务|培训|改扩建)$")
_IN_FIELD = re.compile(r"^在[^，]{1,10}(?:上|中|方面|下)$")
_DATE_ONLY = re.compile(r"^(?:力争|确保|在|于|到|至|从|自|计划|原则上)?.{0,12}$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one segment is. ``strength`` is strong, soft, weak, lead-in or none; ``kind`` the piece class if no duty."""

    strength: str
    kind: str
    reason: str
    deadline: Deadline = NO_DEADLINE
    lead: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    measured: bool = False
    result: bool = False


def judge(text: str, clock: Clock, strict: bool) -> Verdict:
    """The verdict on a segment's clean text. ``strict`` is for speech, where verbs alone prove little."""
    return _judge(text[:300], clock, strict)


@lru_cache(maxsize=4096)
def _judge(text: str, clock: Clock, strict: bool) -> Verdict:
    lead, assist, begin = subject_of(text)
    if begin and begin >= len(text):
        return Verdict(NONE, "context", "unit-alone", lead=lead)
    owners = owner_phrase(text)
    if owners is not None:
        return Verdict(LEAD_IN, "context", "owner-phrase", lead=owners[0], assist=owners[1])
    deadline = find_deadline(text, clock)
    measured = bool(find_targets(text, deadline.kind == "recurring"))
    core = ADVERB_RUN.sub("", text[begin:])
    against = _against(text, text[begin:])
    if against is not None and not ((deadline.kind != "none" or measured) and _yields(against)):
        return Verdict(NONE, against.verdict, against.name, deadline, lead, assist, measured)
    result = bool(_RESULT.match(text)) or bool(
        measured and _RATE.search(text) and (not DEED_START.match(core) or "率" in text[:8])
    )
    strength, reason = _strength(text, core, deadline, measured, bool(lead))
    if reason == "no-deed" and not strict and _LINE_OF_WORK.search(core) and SOFT_START.match(core):
        strength, reason = SOFT, "soft-work"
    if strict and strength == WEAK and not (lead or measured):
        result = True
    kind = "deliverable" if strength in (STRONG, SOFT) else "exhortation" if _MODAL.search(text) else "context"
    return Verdict(strength, kind, reason, deadline, lead, assist, measured, result)


def _against(text: str, predicate: str) -> Rule | None:
    if _ANY_AGAINST.search(text):
        for candidate in AGAINST:
            if candidate.pattern.search(text) or (
                candidate.verdict == "exhortation" and candidate.pattern.search(predicate)
            ):
                return candidate
    for candidate in STANCE:
        if candidate.pattern.search(predicate):
            return candidate
    return None


def _yields(against: Rule) -> bool:
    return against.name in _YIELDING and against.name != "last-year"


def _strength(text: str, core: str, deadline: Deadline, measured: bool, subject: bool) -> tuple[str, str]:
    deed, soft = _heads(core)
    somewhere = deed or bool(DEED_ANYWHERE.search(text))
    named = bool(NAMED_ANYWHERE.search(core))
    if _KEEP_WELL.search(text) and not measured and deadline.words[:2] in ("", "全年"):
        return NONE, "goal-line"
    if deadline.kind != "none":
        return _dated(text, deadline, somewhere or soft or measured)
    if measured or MIND_END.search(text):
        return (STRONG, "measured") if measured else (NONE, "state-of-mind")
    if deed and len(core) >= 4:
        return (STRONG, "deed-named") if named else (WEAK, "deed-plain") if len(core) < 6 else (STRONG, "deed-object")
    if PREPOSITION.match(core):
        return _after_preposition(text, core, somewhere, named, soft and named, subject)
    if soft and named and len(core) >= 5:
        return SOFT, "soft-named"
    if subject and (somewhere or named):
        return STRONG, "subject-acts"
    return (WEAK, "deed-inside") if somewhere and named else (NONE, "no-deed")


def _after_preposition(
    text: str, core: str, somewhere: bool, named: bool, cares: bool, subject: bool
) -> tuple[str, str]:
    """A segment that opens with 对, 把, 围绕 …: a duty when a deed follows its object, else it leads in."""
    if somewhere and not _IN_FIELD.match(core) and (named or len(core) >= 8) and not _is_lead_in(core):
        return STRONG, "deed-after-object"
    if cares and len(core) >= 5:
        return SOFT, "soft-named"
    if subject and named and _MODAL.search(text):
        return STRONG, "subject-must"
    return LEAD_IN, "preposition"


def _heads(core: str) -> tuple[bool, bool]:
    """Whether a verb of doing, or one of caring, opens the predicate; the longer word counts."""
    deed, soft = DEED_START.match(core), SOFT_START.match(core) or SOFT_START.match(ADVERB_FREE.sub("", core))
    longer = soft is not None and (deed is None or len(soft.group()) > len(deed.group()))
    return deed is not None and not longer, soft is not None


ADVERB_FREE = re.compile(r"^[一-龥]{0,4}?(?=加强|强化|推进|推动|完善|健全|落实|提升)")


def _is_lead_in(core: str) -> bool:
    """A phrase that opens a sentence and holds no predicate of its own: 围绕…工作, 按照…要求, 针对…问题."""
    return bool(
        re.match(r"^(?:围绕|按照|根据|依据|针对|结合|依托|对照|聚焦|紧扣|立足|按|本着|适应|随着|通过)", core)
    ) and bool(
        re.search(
            r"(?:要求|原则|问题|工作|任务|实际|目标|标准|精神|重点|中心|部署|思路|方式|载体|"
            r"契机|平台|活动|等|特点|新变化|变化|规定|办法|方针|上|中|下)$",
            core,
        )
    )


def _dated(text: str, deadline: Deadline, acts: bool) -> tuple[str, str]:
    rest = (text[: deadline.start] + text[deadline.end :]).strip("，,“”前内")
    if len(rest) <= 3:
        short = deadline.kind == "recurring" and len(rest) > 1 and DEED_START.match(rest)
        return (WEAK, "dated-short") if short else (LEAD_IN, "date-only")
    if acts or len(rest) >= 6:
        return STRONG, "dated"
    return WEAK, "dated-short"
