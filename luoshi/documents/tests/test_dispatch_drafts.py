"""Kept drafts become items: all or none, with every reason named."""

from datetime import date

import pytest
import time_machine
from django.http import Http404

from luoshi.audit.services import verify_chain
from luoshi.core.errors import BadInput, Conflict, NotAllowed
from luoshi.documents.enums import DraftState
from luoshi.documents.models import SOURCE, Document
from luoshi.documents.services.cutting import undo_merge
from luoshi.documents.services.dispatching import NotReady, dispatch_drafts, gather_batch
from luoshi.documents.services.drafting import Assigned, assign_drafts, keep_drafts, set_day, set_kind, set_title
from luoshi.documents.services.editing import Seen
from luoshi.documents.tests.speech import draft_on, drafts_of, read_speech, seen, version_of
from luoshi.ledger.models import Citation, Item
from luoshi.ledger.services.steering import terminate_item
from luoshi.ledger.tallies import tally_faults
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(cast: Cast) -> Document:
    return read_speech(cast.actor("clerk"))


def keep(cast: Cast, document: Document, *words: str) -> None:
    drafts = [draft_on(document, one) for one in words]
    keep_drafts(actor=cast.actor("clerk"), seen=seen(*drafts))


@time_machine.travel("2026-02-24 09:00:00+08:00", tick=False)
def test_a_kept_draft_becomes_an_item_that_cites_its_characters(cast: Cast, document: Document) -> None:
    keep(cast, document, "茶园")
    items = dispatch_drafts(actor=cast.actor("clerk"), version=version_of(document))
    draft, item = draft_on(document, "茶园"), items[0]
    assert (draft.state, draft.item) == (DraftState.DISPATCHED, item)
    assert (item.title, item.unit, item.due_on) == (draft.title, cast.units["party_office"], date(2026, 6, 30))
    assert (item.category, item.due_words) == ("把产业这篇文章做实", "6月底前")
    cited, span = Citation.objects.get(item=item), draft.spans.get()
    assert (cited.source, cited.source_id, cited.start, cited.end) == (SOURCE, draft.version_id, span.start, span.end)
    assert (cited.label, cited.quote) == (
        "在全镇年度重点工作会议上的讲话 一",
        draft.version.text[span.start : span.end],
    )
    assert sorted(item.assignments.values_list("unit__name", flat=True)) == ["柳湾村", "石桥村"]
    assert (tally_faults(), verify_chain(cast.tenant.pk)) == ({}, None)


@time_machine.travel("2026-04-01 09:00:00+08:00", tick=False)
def test_a_collective_becomes_a_parent_with_a_part_for_each_village(cast: Cast, document: Document) -> None:
    keep(cast, document, "各村每季度")
    items = dispatch_drafts(actor=cast.actor("clerk"), version=version_of(document))
    assert [(item.unit.name, item.parent_role, item.state) for item in items] == [
        ("党政办", "", "accepted"),
        ("石桥村", "split", "dispatched"),
        ("柳湾村", "split", "dispatched"),
    ]
    # The rule says each quarter: on 1 April the first occurrence not over yet ends with June.
    assert {item.due_on for item in items} == {date(2026, 6, 30)}


def test_a_standing_duty_needs_no_day(cast: Cast, document: Document) -> None:
    clerk, draft = cast.actor("clerk"), draft_on(document, "专项资金督导")
    set_kind(actor=clerk, seen=seen(draft), kind="standing")
    assign_drafts(actor=clerk, seen=[Seen(draft.pk)], assigned=Assigned(lead=cast.units["inspection_office"].pk))
    item = dispatch_drafts(actor=clerk, version=version_of(document))[0]
    assert (item.track, item.due_on, item.light) == ("standing", None, "none")


def test_every_incomplete_draft_is_named_and_nothing_leaves(cast: Cast, document: Document) -> None:
    keep(cast, document, "茶园", "专项资金督导", "助餐点")
    with pytest.raises(NotReady) as raised:
        dispatch_drafts(actor=cast.actor("clerk"), version=version_of(document))
    assert [(one.draft.title[:3], one.code) for one in raised.value.obstacles] == [
        (draft_on(document, "专项资金督导").title[:3], "no_lead"),
        (draft_on(document, "专项资金督导").title[:3], "no_day"),
        (draft_on(document, "助餐点").title[:3], "no_lead"),
    ]
    assert draft_on(document, "助餐点").title in raised.value.message
    assert not Item.objects.exists()


def test_undecided_and_discarded_drafts_stay(cast: Cast, document: Document) -> None:
    keep(cast, document, "茶园")
    dispatch_drafts(actor=cast.actor("clerk"), version=version_of(document))
    assert [draft.state for draft in drafts_of(document)] == ["dispatched", "open", "open", "open", "open"]


def test_characters_that_are_an_item_already_are_not_doubled(cast: Cast, document: Document) -> None:
    clerk, version = cast.actor("clerk"), version_of(document)
    keep(cast, document, "茶园")
    item = dispatch_drafts(actor=clerk, version=version)[0]
    again = draft_on(document, "独居老人")
    span = draft_on(document, "茶园").spans.get()
    again.spans.update(start=span.start, end=span.end)
    keep_drafts(actor=clerk, seen=[Seen(again.pk)])
    with pytest.raises(NotReady) as raised:
        dispatch_drafts(actor=clerk, version=version)
    assert [(one.code, one.item) for one in raised.value.obstacles] == [("already", item)]
    assert (item.number or "?") in raised.value.message
    terminate_item(actor=clerk, item=item, reason="登记有误")
    assert gather_batch(version).obstacles == []


def test_what_was_not_seen_is_not_dispatched(cast: Cast, document: Document) -> None:
    clerk, version = cast.actor("clerk"), version_of(document)
    keep(cast, document, "茶园")
    mark = gather_batch(version).mark
    set_title(actor=clerk, seen=Seen(draft_on(document, "茶园").pk), title="另一个标题")
    with pytest.raises(Conflict):
        dispatch_drafts(actor=clerk, version=version, mark=mark)
    assert not Item.objects.exists()


def test_a_dispatched_draft_does_not_change_any_more(cast: Cast, document: Document) -> None:
    clerk = cast.actor("clerk")
    keep(cast, document, "茶园")
    dispatch_drafts(actor=clerk, version=version_of(document))
    draft = draft_on(document, "茶园")
    with pytest.raises(BadInput):
        set_day(actor=clerk, seen=seen(draft), day=date(2026, 5, 1))
    with pytest.raises(BadInput):
        undo_merge(actor=clerk, seen=seen(draft)[0])


def test_nothing_kept_is_nothing_to_dispatch(cast: Cast, document: Document) -> None:
    with pytest.raises(BadInput):
        dispatch_drafts(actor=cast.actor("clerk"), version=version_of(document))


def test_readers_do_not_dispatch_and_strangers_find_nothing(cast: Cast, document: Document) -> None:
    keep(cast, document, "茶园")
    with pytest.raises(NotAllowed):
        dispatch_drafts(actor=cast.actor("leader"), version=version_of(document))
    with pytest.raises(Http404):
        dispatch_drafts(actor=cast.actor("stranger"), version=version_of(document))
