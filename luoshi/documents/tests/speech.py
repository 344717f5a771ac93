"""A speech of our own writing, and how the cast reads it in."""

from luoshi.core.actor import Actor
from luoshi.documents.models import Document, DocumentVersion, Draft
from luoshi.documents.services.editing import Seen
from luoshi.documents.services.reading_in import Source, read_in

SPEECH = """在全镇年度重点工作会议上的讲话
（2026年2月10日）

同志们：
过去一年，全镇上下齐心协力，各项工作迈上新台阶，成绩来之不易。
一、把产业这篇文章做实
党政办牵头，石桥村、柳湾村配合，6月底前完成低产茶园改造500亩。产业兴，则百业兴，大家务必提高认识。各村每季度末公开一次集体收支。
二、把检查这把尺子用好
督查室开展两轮专项资金督导，发现问题列出清单、逐条销号。
三、把群众的事放在心上
党政办10个工作日内摸清全镇独居老人底数。各级党组织年底前建成村级助餐点6处。
让我们以更加饱满的热情，奋力谱写新篇章！
"""
NO_DUTY = "秋日随笔\n天高云淡，风轻日暖。我在河边走了很久，想起许多往事。\n"


def read_speech(actor: Actor, text: str = SPEECH) -> Document:
    """The speech as a document of the actor's office."""
    return read_in(actor=actor, source=Source.of_text(text))


def version_of(document: Document) -> DocumentVersion:
    """Its only version."""
    return document.versions.get()


def drafts_of(document: Document) -> list[Draft]:
    """Its drafts in the order of the text."""
    return list(Draft.objects.filter(version__document=document).order_by("position", "pk"))


def draft_on(document: Document, words: str) -> Draft:
    """The draft whose cited characters contain the words."""
    text = version_of(document).text
    for draft in drafts_of(document):
        if any(words in text[span.start : span.end] for span in draft.spans.all()):
            return draft
    raise AssertionError(f"no draft cites {words}")


def seen(*drafts: Draft) -> list[Seen]:
    """The drafts as the page shows them now."""
    return [Seen(draft.pk, draft.revision) for draft in drafts]
