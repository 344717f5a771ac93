"""What became of a document: only what the reader may see is coloured, and every figure opens its records."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client

from luoshi.documents.models import Document
from luoshi.documents.queries.coverage import Coverage, coverage_of
from luoshi.documents.queries.text import layout_of
from luoshi.documents.services.dispatching import dispatch_drafts
from luoshi.documents.services.drafting import Assigned, assign_drafts, keep_drafts, set_day, set_kind
from luoshi.documents.services.editing import Seen
from luoshi.documents.tests.speech import SPEECH, draft_on, read_speech, seen, version_of
from luoshi.ledger.models import Item
from luoshi.ledger.services.handling import accept_item
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def document(cast: Cast) -> Document:
    """Tea garden led by village A, the collective duty in all villages, and one kept draft that was not dispatched."""
    clerk = cast.actor("clerk")
    with time_machine.travel("2026-02-24 09:00:00+08:00", tick=False):
        document = read_speech(clerk)
        tea, quarterly = draft_on(document, "茶园"), draft_on(document, "各村每季度")
        assign_drafts(actor=clerk, seen=seen(tea), assigned=Assigned(lead=cast.units["village_a"].pk, assisting=()))
        keep_drafts(actor=clerk, seen=seen(quarterly))
        dispatch_drafts(actor=clerk, version=version_of(document))
        keep_drafts(actor=clerk, seen=seen(draft_on(document, "独居老人")))
    return document


def seen_by(cast: Cast, who: str, document: Document) -> Coverage:
    return coverage_of(cast.actor(who), document, version_of(document))


def figures(coverage: Coverage) -> dict[str, int]:
    return {part["shape"]: part["count"] for part in coverage.line()["parts"]}


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_a_parent_counts_once_and_kept_drafts_count_too(cast: Cast, document: Document) -> None:
    coverage = seen_by(cast, "clerk", document)
    assert coverage.line()["items"] == 3
    assert figures(coverage) == {"dispatched": 1, "in_progress": 1, "registered": 1}


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_a_village_sees_its_own_items_alone(cast: Cast, document: Document) -> None:
    line = seen_by(cast, "head_b", document).line()
    assert (line["items"], line["tasks"]) == (1, 1)
    coverage = seen_by(cast, "head_a", document)
    assert figures(coverage) == {"dispatched": 2}
    assert [version_of(document).text[one.start : one.end][-6:] for one in coverage.stretches] == [
        "改造500亩",
        "一次集体收支",
    ]


@time_machine.travel("2026-07-02 09:00:00+08:00", tick=False)
def test_lateness_colours_the_sentence(cast: Cast, document: Document, signed_in: SignIn) -> None:
    from luoshi.ledger.tallies import turn_lights

    turn_lights()
    page = signed_in("leader").get(f"/documents/{document.pk}/coverage/").content.decode()
    start = draft_on(document, "茶园").position
    assert f'<a class="duty late" href="/documents/{document.pk}/coverage/?at={start}#aside"' in page


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_a_sentence_opens_its_items(cast: Cast, document: Document, signed_in: SignIn) -> None:
    start = draft_on(document, "茶园").position
    url = f"/documents/{document.pk}/coverage/?at={start}"
    item = Item.objects.get(unit=cast.units["village_a"], parent=None)
    whole = signed_in("head_a").get(url).content.decode()
    part = signed_in("head_a").get(url, headers={"HX-Request": "true"}).content.decode()
    assert f'href="/items/{item.pk}/"' in part or f"/{item.pk}/" in part
    assert part.strip() in whole
    assert "<html" not in part


@pytest.mark.parametrize("who", ["clerk", "leader"])
def test_the_figure_of_what_is_left_opens_its_drafts(
    cast: Cast, document: Document, signed_in: SignIn, who: str
) -> None:
    draft = draft_on(document, "独居老人")
    figure = next(part for part in seen_by(cast, who, document).line()["parts"] if part["shape"] == "registered")
    page = signed_in(who).get(figure["url"])
    assert [one.pk for one in page.context["sentence"]["drafts"]] == [draft.pk]
    assert len(page.context["sentence"]["drafts"]) == figure["count"]
    assert (f'href="/documents/drafts/{draft.pk}/"' in page.content.decode()) == (who == "clerk")
    assert signed_in("head_a").get(figure["url"]).context["sentence"]["drafts"] == []


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_a_sentence_without_visible_items_opens_nothing(cast: Cast, document: Document) -> None:
    start = draft_on(document, "茶园").position
    assert seen_by(cast, "head_b", document).sentence(start) is None
    assert seen_by(cast, "head_a", document).sentence(start) is not None


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_standing_duties_stand_apart(cast: Cast, document: Document) -> None:
    clerk, draft = cast.actor("clerk"), draft_on(document, "专项资金督导")
    before = seen_by(cast, "clerk", document).line()["items"]
    set_kind(actor=clerk, seen=seen(draft), kind="standing")
    assign_drafts(actor=clerk, seen=[Seen(draft.pk)], assigned=Assigned(lead=cast.units["inspection_office"].pk))
    set_day(actor=clerk, seen=[Seen(draft_on(document, "独居老人").pk)], day=date(2026, 4, 1))
    dispatch_drafts(actor=clerk, version=version_of(document))
    coverage = seen_by(cast, "clerk", document)
    assert (coverage.line()["items"], figures(coverage)["standing"]) == (before, 1)


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
def test_an_accepted_item_is_in_progress(cast: Cast, document: Document) -> None:
    item = Item.objects.get(unit=cast.units["village_a"], parent=None)
    accept_item(actor=cast.actor("head_a"), item=item)
    assert figures(seen_by(cast, "head_a", document)) == {"dispatched": 1, "in_progress": 1}


def test_the_text_is_drawn_character_for_character(cast: Cast, document: Document) -> None:
    coverage = seen_by(cast, "clerk", document)
    lines = ["".join(piece.text for piece in block.pieces) for block in coverage.blocks()]
    assert lines == [line for line in SPEECH.split("\n") if line.strip()]


def test_advertising_is_folded_and_headings_are_headings(cast: Cast) -> None:
    text = "加QQ群 206157060 获取更多资料\n【会员资料仅供内部交流使用，严禁外传】\n" + SPEECH
    layout = layout_of(version_of(read_speech(cast.actor("clerk"), text)))
    assert (layout.shapes[0].kind, layout.shapes[0].lines) == ("boilerplate", 2)
    assert [shape.level for shape in layout.shapes if shape.kind == "heading"] == [1, 1, 1]


@pytest.mark.parametrize("who", ["stranger", "sysadmin"])
def test_strangers_find_no_coverage(document: Document, signed_in: SignIn, who: str) -> None:
    assert signed_in(who).get(f"/documents/{document.pk}/coverage/").status_code == 404


@time_machine.travel("2026-03-02 09:00:00+08:00", tick=False)
@pytest.mark.parametrize(("words", "shown"), [("茶园", True), ("各村每季度", False)])
def test_only_a_figure_that_is_there_has_a_line(
    cast: Cast, document: Document, signed_in: SignIn, words: str, shown: bool
) -> None:
    start = draft_on(document, words).position
    page = signed_in("clerk").get(f"/documents/{document.pk}/coverage/?at={start}").content.decode()
    assert "打开事项" in page
    assert ("<dt>进度</dt>" in page) is shown
