"""What a clerk decides about drafts: keep, discard, owner, day, kind, targets, shares."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.http import Http404

from luoshi.audit.models import Event, EventSubject
from luoshi.core.errors import BadInput, Conflict, NotAllowed
from luoshi.documents.enums import DraftState, DraftUnitRole
from luoshi.documents.models import Document, Draft
from luoshi.documents.services import drafting
from luoshi.documents.services.drafting import Assigned
from luoshi.documents.services.editing import Edit, Seen
from luoshi.documents.services.wording import term_in_words
from luoshi.documents.tests.speech import SPEECH, draft_on, drafts_of, read_speech, seen
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(cast: Cast) -> Document:
    return read_speech(cast.actor("clerk"))


def parts_of(draft: Draft) -> list[tuple[str, Decimal | None]]:
    rows = draft.units.filter(role=DraftUnitRole.PART).order_by("pk")
    return [(row.unit.name, row.share) for row in rows]


def test_keep_discard_and_restore_several_at_once(cast: Cast, document: Document) -> None:
    clerk, drafts = cast.actor("clerk"), drafts_of(document)
    drafting.keep_drafts(actor=clerk, seen=seen(*drafts[:3]))
    drafting.discard_drafts(actor=clerk, seen=seen(*drafts_of(document)[1:3]))
    drafting.restore_drafts(actor=clerk, seen=seen(drafts_of(document)[2]))
    assert [draft.state for draft in drafts_of(document)[:4]] == ["kept", "discarded", "open", "open"]


def test_one_act_on_many_is_one_event_that_names_them(cast: Cast, document: Document) -> None:
    drafts = drafts_of(document)
    drafting.keep_drafts(actor=cast.actor("clerk"), seen=seen(*drafts))
    event = Event.objects.get(action="keep_drafts")
    assert (event.object_type, event.object_id) == ("document", document.pk)
    named = EventSubject.objects.filter(event=event, object_type="draft").values_list("object_id", flat=True)
    assert sorted(named) == [draft.pk for draft in drafts]


def test_setting_the_lead_keeps_the_draft_and_frees_it_from_assisting(cast: Cast, document: Document) -> None:
    draft = draft_on(document, "茶园")
    village = cast.units["village_a"]
    drafting.assign_drafts(actor=cast.actor("clerk"), seen=seen(draft), assigned=Assigned(lead=village.pk))
    draft.refresh_from_db()
    assert (draft.lead_unit, draft.state) == (village, DraftState.KEPT)
    assert [row.unit.name for row in draft.units.filter(role=DraftUnitRole.ASSIST)] == ["柳湾村"]


def test_all_villages_get_a_part_and_a_share_under_the_office(cast: Cast, document: Document) -> None:
    draft = draft_on(document, "助餐点")
    villages = (cast.units["village_a"].pk, cast.units["village_b"].pk)
    drafting.assign_drafts(actor=cast.actor("clerk"), seen=seen(draft), assigned=Assigned(parts=villages))
    draft.refresh_from_db()
    assert draft.lead_unit == cast.units["party_office"]
    assert parts_of(draft) == [("石桥村", Decimal(3)), ("柳湾村", Decimal(3))]


def test_shares_are_set_by_hand_and_divided_anew_with_a_new_target(cast: Cast, document: Document) -> None:
    clerk, draft = cast.actor("clerk"), draft_on(document, "助餐点")
    village_a, village_b = cast.units["village_a"].pk, cast.units["village_b"].pk
    drafting.assign_drafts(actor=clerk, seen=seen(draft), assigned=Assigned(parts=(village_a, village_b)))
    drafting.set_shares(actor=clerk, seen=Seen(draft.pk), shares={village_a: Decimal(5), village_b: Decimal(1)})
    assert parts_of(draft) == [("石桥村", Decimal(5)), ("柳湾村", Decimal(1))]
    target = {"metric": "助餐点", "comparison": ">=", "value": "9", "unit": "处", "words": ""}
    drafting.set_targets(actor=clerk, seen=Seen(draft.pk), targets=[target])
    assert parts_of(draft) == [("石桥村", Decimal(5)), ("柳湾村", Decimal(4))]


@pytest.mark.parametrize(("value", "unit"), [("100", "%"), ("2-3", "处")])
def test_a_rate_or_a_range_is_not_divided(cast: Cast, document: Document, value: str, unit: str) -> None:
    clerk, draft = cast.actor("clerk"), draft_on(document, "助餐点")
    target = {"metric": "", "comparison": "=", "value": value, "unit": unit, "words": ""}
    drafting.set_targets(actor=clerk, seen=seen(draft)[0], targets=[target])
    drafting.assign_drafts(actor=clerk, seen=[Seen(draft.pk)], assigned=Assigned(parts=(cast.units["village_a"].pk,)))
    assert parts_of(draft) == [("石桥村", None)]


def test_a_day_set_by_hand_keeps_the_words_of_the_text(cast: Cast, document: Document) -> None:
    draft = draft_on(document, "茶园")
    drafting.set_day(actor=cast.actor("clerk"), seen=seen(draft), day=date(2026, 5, 20))
    draft.refresh_from_db()
    assert (draft.due_on, draft.due_precision, draft.due_words) == (date(2026, 5, 20), "day", "6月底前")
    assert draft.state == DraftState.KEPT


@pytest.mark.parametrize(
    ("words", "day", "code"),
    [("9月底前", date(2026, 9, 30), "2026-09-30"), ("10个工作日内", date(2026, 3, 2), "E:+10wd")],
)
def test_a_day_in_words_is_read_like_the_text(cast: Cast, document: Document, words: str, day: date, code: str) -> None:
    clerk, draft = cast.actor("clerk"), draft_on(document, "专项资金督导")
    term = term_in_words(actor=clerk, seen=seen(draft), words=words)
    drafting.set_term(actor=clerk, seen=seen(draft), term=term)
    draft.refresh_from_db()
    assert (draft.due_on, draft.due_code, draft.due_words, draft.state) == (day, code, words, "kept")


def test_a_rule_in_words_makes_the_duty_recurring(cast: Cast, document: Document) -> None:
    clerk, draft = cast.actor("clerk"), draft_on(document, "专项资金督导")
    drafting.set_term(actor=clerk, seen=seen(draft), term=term_in_words(actor=clerk, seen=seen(draft), words="每月"))
    draft.refresh_from_db()
    assert (draft.kind, draft.due_code, draft.due_on) == ("recurring", "R:monthly", None)


@pytest.mark.parametrize("words", ["适时", "尽快", "1月底前"])
def test_words_that_name_no_day_are_refused(cast: Cast, document: Document, words: str) -> None:
    with pytest.raises(BadInput) as raised:
        term_in_words(actor=cast.actor("clerk"), seen=seen(draft_on(document, "茶园")), words=words)
    assert raised.value.field == "due_words"


def test_a_standing_duty_lays_its_day_aside(cast: Cast, document: Document) -> None:
    draft = draft_on(document, "茶园")
    drafting.set_kind(actor=cast.actor("clerk"), seen=seen(draft), kind="standing")
    draft.refresh_from_db()
    assert (draft.kind, draft.due_on, draft.due_words) == ("standing", None, "6月底前")


def test_a_target_needs_a_number(cast: Cast, document: Document) -> None:
    target = {"metric": "茶园", "comparison": ">=", "value": "许多", "unit": "亩", "words": ""}
    with pytest.raises(BadInput):
        drafting.set_targets(actor=cast.actor("clerk"), seen=seen(draft_on(document, "茶园"))[0], targets=[target])


def test_a_unit_outside_the_clerks_reach_is_refused(cast: Cast, document: Document) -> None:
    for unit in ("county", "other"):
        assigned = Assigned(lead=cast.units[unit].pk)
        with pytest.raises(BadInput):
            drafting.assign_drafts(actor=cast.actor("clerk"), seen=seen(draft_on(document, "茶园")), assigned=assigned)


def test_the_second_of_two_clerks_sees_both_texts(cast: Cast, document: Document) -> None:
    clerk, draft = cast.actor("clerk"), draft_on(document, "茶园")
    before = seen(draft)[0]
    drafting.set_title(actor=clerk, seen=before, title="茶园改造五百亩")
    with pytest.raises(Conflict) as raised:
        drafting.set_title(actor=clerk, seen=before, title="低产茶园提升")
    assert raised.value.theirs["title"] == "茶园改造五百亩"
    assert raised.value.yours == {"title": "低产茶园提升"}
    draft.refresh_from_db()
    assert (draft.title, draft.revision) == ("茶园改造五百亩", 2)


def test_the_same_wish_twice_is_no_collision(cast: Cast, document: Document) -> None:
    clerk, draft = cast.actor("clerk"), draft_on(document, "茶园")
    before = seen(draft)
    drafting.keep_drafts(actor=clerk, seen=before)
    drafting.keep_drafts(actor=clerk, seen=before)
    assert Event.objects.filter(action="keep_drafts").count() == 1


def test_drafts_of_two_documents_are_no_one_act(cast: Cast, document: Document) -> None:
    other = read_speech(cast.actor("clerk"), SPEECH.replace("茶园", "果园"))
    with pytest.raises(Http404):
        drafting.keep_drafts(actor=cast.actor("clerk"), seen=seen(drafts_of(document)[0], drafts_of(other)[0]))


ACTS: dict[str, Callable[[Cast, str, Draft], Edit]] = {
    "keep": lambda cast, who, draft: drafting.keep_drafts(actor=cast.actor(who), seen=seen(draft)),
    "title": lambda cast, who, draft: drafting.set_title(actor=cast.actor(who), seen=seen(draft)[0], title="甲"),
    "day": lambda cast, who, draft: drafting.set_day(actor=cast.actor(who), seen=seen(draft), day=date(2026, 5, 1)),
    "assign": lambda cast, who, draft: drafting.assign_drafts(
        actor=cast.actor(who), seen=seen(draft), assigned=Assigned(lead=cast.units["village_a"].pk)
    ),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["leader", "inspector", "auditor"])
def test_readers_do_not_work_on_drafts(cast: Cast, document: Document, act: str, who: str) -> None:
    with pytest.raises(NotAllowed):
        ACTS[act](cast, who, drafts_of(document)[0])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["stranger", "head_a", "sysadmin"])
def test_who_does_not_see_the_document_finds_nothing(cast: Cast, document: Document, act: str, who: str) -> None:
    with pytest.raises(Http404):
        ACTS[act](cast, who, drafts_of(document)[0])
