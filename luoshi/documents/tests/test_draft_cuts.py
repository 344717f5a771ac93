"""How drafts cite the text: merge, undo, split, add."""

from datetime import date

import pytest

from luoshi.audit.models import Event
from luoshi.core.errors import BadInput
from luoshi.documents.enums import DraftState, DraftUnitRole
from luoshi.documents.models import Document, Draft
from luoshi.documents.services.cutting import add_drafts, merge_drafts, merge_with_previous, split_draft, undo_merge
from luoshi.documents.services.drafting import discard_drafts
from luoshi.documents.services.editing import Seen
from luoshi.documents.tests.speech import draft_on, drafts_of, read_speech, seen, version_of
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(cast: Cast) -> Document:
    return read_speech(cast.actor("clerk"))


def cited(draft: Draft) -> list[str]:
    text = draft.version.text
    return [text[span.start : span.end] for span in draft.spans.order_by("start")]


def test_merging_with_the_previous_cites_both_sentences(cast: Cast, document: Document) -> None:
    first, second = draft_on(document, "专项资金督导"), draft_on(document, "独居老人")
    merge_with_previous(actor=cast.actor("clerk"), seen=seen(second)[0])
    first.refresh_from_db()
    second.refresh_from_db()
    assert len(cited(first)) == 2
    assert (second.state, second.merged_into) == (DraftState.MERGED, first)
    assert (first.lead_unit, first.due_on) == (cast.units["party_office"], date(2026, 3, 2))


def test_what_was_merged_on_is_given_back_from_the_outside_in(cast: Cast, document: Document) -> None:
    clerk = cast.actor("clerk")
    first, second, third = (draft_on(document, words) for words in ("茶园", "专项资金督导", "独居老人"))
    merge_drafts(actor=clerk, seen=seen(second, third))
    merge_drafts(actor=clerk, seen=[Seen(first.pk), Seen(second.pk)])
    with pytest.raises(BadInput):
        undo_merge(actor=clerk, seen=Seen(second.pk))
    undo_merge(actor=clerk, seen=Seen(first.pk))
    undo_merge(actor=clerk, seen=Seen(second.pk))
    assert [len(cited(draft)) for draft in (first, second, third)] == [1, 1, 1]


def test_undoing_a_merge_gives_back_what_each_had(cast: Cast, document: Document) -> None:
    clerk = cast.actor("clerk")
    first, second = draft_on(document, "专项资金督导"), draft_on(document, "独居老人")
    before = [(cited(one), one.state, one.lead_unit_id, one.due_on, one.targets) for one in (first, second)]
    merge_with_previous(actor=clerk, seen=seen(second)[0])
    undo_merge(actor=clerk, seen=Seen(first.pk))
    first.refresh_from_db()
    second.refresh_from_db()
    assert [(cited(one), one.state, one.lead_unit_id, one.due_on, one.targets) for one in (first, second)] == before
    assert Event.objects.filter(action="undo_merge").exists()


def test_a_merged_collective_brings_its_parts_and_takes_them_back(cast: Cast, document: Document) -> None:
    clerk = cast.actor("clerk")
    sharing, plain = draft_on(document, "各村每季度"), draft_on(document, "专项资金督导")
    merge_drafts(actor=clerk, seen=seen(plain, sharing))
    sharing.refresh_from_db()
    assert sharing.units.filter(role=DraftUnitRole.PART).count() == 2
    undo_merge(actor=clerk, seen=Seen(sharing.pk))
    plain.refresh_from_db()
    assert (plain.state, plain.units.count()) == (DraftState.OPEN, 0)


def test_discarded_drafts_are_passed_over(cast: Cast, document: Document) -> None:
    clerk = cast.actor("clerk")
    first, between, last = (draft_on(document, words) for words in ("茶园", "各村每季度", "专项资金督导"))
    discard_drafts(actor=clerk, seen=seen(between))
    merge_with_previous(actor=clerk, seen=seen(last)[0])
    last.refresh_from_db()
    assert last.merged_into == first


def test_the_first_has_nothing_to_merge_with(cast: Cast, document: Document) -> None:
    with pytest.raises(BadInput):
        merge_with_previous(actor=cast.actor("clerk"), seen=seen(drafts_of(document)[0])[0])


def test_a_sentence_is_cut_in_two_at_a_character(cast: Cast, document: Document) -> None:
    draft = draft_on(document, "专项资金督导")
    at = version_of(document).text.index("发现问题列出")
    split_draft(actor=cast.actor("clerk"), seen=seen(draft)[0], at=at)
    second = draft_on(document, "发现问题列出")
    draft.refresh_from_db()
    assert cited(draft)[0].endswith("督导")
    assert cited(second) == ["发现问题列出清单、逐条销号"]
    assert (second.title, second.position) == ("发现问题列出清单、逐条销号", at)
    assert drafts_of(document).index(second) == drafts_of(document).index(draft) + 1


def test_targets_go_with_their_words(cast: Cast, document: Document) -> None:
    draft = draft_on(document, "茶园")
    at = version_of(document).text.index("6月底前")
    split_draft(actor=cast.actor("clerk"), seen=seen(draft)[0], at=at)
    draft.refresh_from_db()
    assert (draft.targets, len(draft_on(document, "茶园").targets)) == ([], 1)


@pytest.mark.parametrize("at", [0, 5, 10_000])
def test_a_place_outside_the_sentence_is_refused(cast: Cast, document: Document, at: int) -> None:
    with pytest.raises(BadInput):
        split_draft(actor=cast.actor("clerk"), seen=seen(draft_on(document, "茶园"))[0], at=at)


def test_a_merged_draft_is_not_cut(cast: Cast, document: Document) -> None:
    clerk, first = cast.actor("clerk"), drafts_of(document)[0]
    merge_drafts(actor=clerk, seen=seen(*drafts_of(document)[:2]))
    with pytest.raises(BadInput):
        split_draft(actor=clerk, seen=Seen(first.pk), at=first.position + 8)


def test_a_missed_sentence_becomes_a_kept_draft(cast: Cast, document: Document) -> None:
    version = version_of(document)
    start = version.text.index("大家务必")
    add_drafts(actor=cast.actor("clerk"), version=version, spans=[(start, start + 9)])
    draft = draft_on(document, "大家务必")
    assert (draft.title, draft.state, draft.lead_unit) == ("大家务必提高认识", DraftState.KEPT, None)
    assert draft.clause is not None
    assert draft.clause.mark == "一、"


def test_a_sentence_with_a_draft_is_not_added_twice(cast: Cast, document: Document) -> None:
    span = drafts_of(document)[0].spans.get()
    with pytest.raises(BadInput):
        add_drafts(actor=cast.actor("clerk"), version=version_of(document), spans=[(span.start, span.end)])
