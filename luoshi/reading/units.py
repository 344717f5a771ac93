"""Who leads and who assists: notes in brackets, field lines, table cells and the subject of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .unit_words import ACT_WORDS, COLLECTIVE, OFFICE_ENDINGS, PERSON_POSTS, PROPER, VERB_INSIDE

LEAD_LABELS = (
    r"(?:牵头|责任|主责|主办|承办|负责|实施|落实|责任牵头|主管|承担|整改责任|"
    r"整改)(?:单位|部门|科室|处室|主体|办)|责任科室|牵头(?:及责任单位)?|责任处室|"
    r"责任单位和责任人|主办"
)
ASSIST_LABELS = r"(?:配合|协办|协助|参与|参加|协同)(?:单位|部门|科室|处室)?"
PERSON_LABELS = (
    r"(?:责任领导|责任人|负责人|牵头领导|分管领导|包联领导|挂点领导|具体责任人|"
    r"第一责任人|整改责任人|联系人|督办领导|牵头人|责任校领导|主要负责人)"
)
TERM_LABELS = (
    r"(?:整改|完成|办结|办理|销号|落实|推进|实施)?(?:时限|期限|完成时间|时间节点|时间要求|时间进度|节点|时间|日期)"
)
_LABELLED = re.compile(
    rf"(?P<lead>{LEAD_LABELS})[：:]|(?P<assist>{ASSIST_LABELS})[：:]|"
    rf"(?P<person>{PERSON_LABELS})[：:]|(?P<term>{TERM_LABELS})[：:]"
)
FIELD_LINE = re.compile(rf"^(?:[●◆▪■★—\-]*)(?:{LEAD_LABELS}|{ASSIST_LABELS}|{PERSON_LABELS}|{TERM_LABELS})[：:]")
NOTE = re.compile(
    rf"[（(【\[](?=(?:{LEAD_LABELS}|{ASSIST_LABELS}|{PERSON_LABELS}|"
    rf"{TERM_LABELS})[：:]|由?[^（）()【】]{{1,40}}?(?:牵头|负责|配合|"
    rf"落实)(?:[，,；;、]|[)）】\]]))"
    r"(?:[^（）()【】\[\]]|[（(][^（）()]{0,20}[)）]){1,200}[)）】\]]"
)
INLINE_FIELDS = re.compile(
    rf"(?<=[。；;！])(?:{LEAD_LABELS}|{ASSIST_LABELS}|{PERSON_LABELS}|(?:整改|完成|办结|销号)(?:时限|期限|时间))[：:]"
)
_LIST_CUT = re.compile(r"[、，,；;/ \t\n]+|(?<=[\u4e00-\u9fff）])(?:和|及|以及|与)(?=[\u4e00-\u9fff])")
_ENDING = re.compile(rf"(?:{OFFICE_ENDINGS}|党组织|支部|成员|组织|村|社区|“两委”|书记)(?:[（(][^）)]*[)）])?$")
_SUBJECT = re.compile(
    rf"^(?:由|请|望)?(?P<units>(?:{COLLECTIVE}|{PROPER}|{PERSON_POSTS})(?:[、和及与](?:{COLLECTIVE}|{PROPER}))*)"
    rf"(?P<with>(?:要|应|需)?(?:会同|联合|商)(?P<others>(?:{COLLECTIVE}|{PROPER})(?:[、和及与](?:{COLLECTIVE}|{PROPER}))*))?"
    rf"(?P<role>书记|主要负责人|负责人|主要领导)?(?={ACT_WORDS}|[，,]?(?:要|负责|牵头)|$)"
)
_WITH = re.compile(
    rf"^(?:要)?(?:与|会同|联合)(?P<others>(?:{COLLECTIVE}|{PROPER})(?:[、和及与](?:{COLLECTIVE}|{PROPER}))*)(?={ACT_WORDS}|建立|签订|形成|加强)"
)
_LED_BY = re.compile(
    rf"由(?P<lead>{PROPER}(?:[、和及与]{PROPER})*)(?:负责)?(?:牵头|负责|"
    rf"组织实施)(?:[，,、]?(?P<assist>{PROPER}(?:[、和及与]{PROPER})*)(?:等)?配合)?"
)


@dataclass(frozen=True, slots=True)
class Owners:
    """Units as written. ``persons`` are names or posts, used only where no unit is given."""

    lead: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    term: str = ""

    def __bool__(self) -> bool:
        return bool(self.lead or self.assist or self.term)


def parse_fields(text: str) -> Owners:
    """Owners and term from text with labels (「责任单位：A、B 整改时限：6月底」), a note or a field line."""
    hits = list(_LABELLED.finditer(text))
    values: dict[str, str] = {}
    for place, hit in enumerate(hits):
        end = hits[place + 1].start() if place + 1 < len(hits) else len(text)
        kind = hit.lastgroup or ""
        if kind == "lead" and "lead" in values:
            kind = "assist"
        values.setdefault(kind, text[hit.end() : end].strip(" \t\n　；;，,。、）)】]"))
    if not hits:
        return _bare_note(text)
    lead, assist = split_owners(values.get("lead", ""))
    more = split_list(values.get("assist", ""))
    if not lead:
        lead = _unit_of_person(values.get("person", ""))
    return Owners(lead, assist + tuple(unit for unit in more if unit not in assist), _term(values, text))


def _term(values: dict[str, str], text: str) -> str:
    if "term" in values:
        return values["term"]
    hit = re.search(r"(?:立行立改|长期坚持|即知即改)\s*$", text)
    return hit.group().strip() if hit else ""


def _bare_note(text: str) -> Owners:
    """「（市农委负责）」, 「（由镇农办牵头，各村配合）」."""
    inner = text.strip("（）()【】[] ")
    led = re.match(
        r"^由?(?P<lead>[^，,；;]{2,40}?)(?:负责)?(?:牵头|负责|"
        r"落实)(?:[，,；;、](?P<assist>.{2,40}?)(?:等)?(?:按职责分工负责|分工负责|配合|"
        r"参与|协助))?",
        inner,
    )
    if not led or "分工" in led["lead"]:
        helped = re.match(r"^(?P<assist>.{2,40}?)(?:配合|协助)$", inner)
        return Owners((), split_list(helped["assist"])) if helped else Owners()
    return Owners(split_list(led["lead"]), split_list(led["assist"] or ""))


def split_list(text: str) -> tuple[str, ...]:
    """The units of a list as written, without 等 and trailing dots."""
    parts = [re.sub(r"(?:等|按职责分工负责|分工负责)$", "", part.strip("。.：:")) for part in _protected_cut(text)]
    return tuple(dict.fromkeys(part for part in parts if 2 <= len(part) <= 24))


def _protected_cut(text: str) -> list[str]:
    """Cut a list at its separators, but not inside brackets."""
    parts: list[str] = []
    depth, first = 0, 0
    for hit in re.finditer(r"[（(]|[)）]|" + _LIST_CUT.pattern, text):
        mark = hit.group()
        if mark in "（(":
            depth += 1
        elif mark in "）)":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[first : hit.start()])
            first = hit.end()
    parts.append(text[first:])
    return [part.strip() for part in parts if part.strip()]


def split_owners(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and assisting units of one list.

    「A（牵头）、B」 → A, B. 「A、B，C配合」 → A and B, C. Without any mark the first leads and the others assist.
    """
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        return (), ()
    helped = re.search(r"[，,；;、 ](?P<units>[^，,；;]{2,40}?)(?:等)?(?:配合|协助)$", text)
    if helped:
        return split_list(text[: helped.start()]), split_list(helped["units"])
    units = _protected_cut(text)
    marked = [unit for unit in units if re.search(r"[（(](?:牵头|主办|主责|负责)[）)]", unit)]
    plain = [re.sub(r"[（(](?:牵头|主办|主责|负责|配合|协办)[）)]|^牵头[：:]", "", unit) for unit in units]
    if marked:
        lead = [re.sub(r"[（(](?:牵头|主办|主责|负责)[）)]", "", unit) for unit in marked]
        return _units(lead), _units([unit for unit in plain if unit not in lead])
    found = _units(plain)
    return found[:1], found[1:]


def _units(names: list[str]) -> tuple[str, ...]:
    cleaned = (re.sub(r"(?:等|按职责分工负责|分工负责)$", "", name.strip("。.")) for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if 2 <= len(name) <= 24))


def _unit_of_person(text: str) -> tuple[str, ...]:
    """A unit named where a person is asked for: 「德育处 王老师」 → 德育处, 「镇财政所所长」 → 镇财政所."""
    found: list[str] = []
    for part in _protected_cut(text):
        post = re.match(
            rf"^(?P<unit>[\u4e00-\u9fff]{{1,12}}?{OFFICE_ENDINGS})[\u4e00-\u9fff*×]{{0,5}}$",
            part,
        )
        if post and len(part) >= 3:
            found.append(post["unit"])
    return tuple(dict.fromkeys(found))


_UNIT_LIST = rf"(?:{COLLECTIVE}|{PROPER})(?:[、和及与](?:{COLLECTIVE}|{PROPER}))*"
_LONGEST_NAME = 16
_OWNER_PHRASE = re.compile(
    rf"^由(?P<lead>{_UNIT_LIST})(?:负责)?(?:牵头|负责|主抓|组织实施|牵头负责|牵头实施|具体负责)(?:[、，](?P<help>{_UNIT_LIST})(?:等)?(?:配合|协助))?$"
    rf"|^(?P<assist>{_UNIT_LIST})(?:等)?(?:积极|协同|做好)?(?:配合|协助)$|^(?P<alone>{_UNIT_LIST})牵头$|^(?:会同|联合)(?P<beside>{_UNIT_LIST})$"
)


def owner_phrase(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Lead and assisting units of a segment that says nothing else: 由A牵头, B配合."""
    ends = text.endswith(("牵头", "负责", "配合", "协助", "实施", "主抓")) or text.startswith(("会同", "联合"))
    if not ends or len(text) > 80:
        return None
    hit = _OWNER_PHRASE.match(text)
    if hit is None:
        return None
    return _checked(hit["lead"] or hit["alone"] or ""), _checked(hit["help"] or hit["assist"] or hit["beside"] or "")


def names_office(text: str) -> bool:
    """Whether a line or label is the name of a unit and nothing else."""
    if not 2 < len(text) <= _LONGEST_NAME or not _ENDING.search(text):
        return False
    return bool(re.fullmatch(COLLECTIVE, text)) or not VERB_INSIDE.search(text)


def subject_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Lead and assisting units named as subject at the start of a segment, and where the predicate begins."""
    if len(text) < 3:
        return (), (), 0
    hit = _SUBJECT.match(text[:80])
    if hit:
        lead = _checked(hit["units"])
        if lead:
            if hit["role"] and lead[-1] + hit["role"] in text:
                lead = (*lead[:-1], lead[-1] + hit["role"])
            return lead, _checked(hit["others"] or ""), hit.end()
    beside = _WITH.match(text[:60])
    if beside:
        return (), _checked(beside["others"]), 0
    if "由" in text:
        led = _LED_BY.search(text[:120])
        if led:
            return _checked(led["lead"]), _checked(led["assist"] or ""), 0
    return (), (), 0


def _checked(text: str) -> tuple[str, ...]:
    names = [name for name in re.split(r"[、和及与]", _joined(text)) if name]
    if any(_not_unit(name) for name in names):
        return ()
    return tuple(name.replace("\0", "、") for name in names)


def _joined(text: str) -> str:
    return text.replace("村、社区", "村\0社区")


def _not_unit(name: str) -> bool:
    if re.fullmatch(COLLECTIVE, name.replace("\0", "、")) or re.fullmatch(PERSON_POSTS, name):
        return False
    return bool(VERB_INSIDE.search(name)) or len(name) < 2
