"""Reading a document in: what is certain is set, what is not stays unset with its words."""

from datetime import date

import pytest

from luoshi.audit.models import Event
from luoshi.audit.services import verify_chain
from luoshi.core.actor import Actor
from luoshi.core.errors import BadInput, NotAllowed
from luoshi.documents.enums import DraftUnitRole
from luoshi.documents.models import Document, DocumentVersion, Draft, Piece
from luoshi.documents.services.reading_in import AlreadyReadIn, Source, read_in
from luoshi.documents.tests.speech import NO_DUTY, SPEECH, draft_on, drafts_of, read_speech, version_of
from luoshi.files.models import StoredFile
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


def put(actor: Actor, name: str, data: bytes) -> Document:
    return read_in(actor=actor, source=Source(data, name))


def test_the_text_is_frozen_and_tiled_by_pieces(cast: Cast) -> None:
    document = read_speech(cast.actor("clerk"))
    version = version_of(document)
    assert (document.title, document.dated_on) == ("在全镇年度重点工作会议上的讲话", date(2026, 2, 10))
    assert (version.text, document.unit) == (SPEECH, cast.units["party_office"])
    pieces = list(Piece.objects.filter(version=version).order_by("ordinal"))
    assert "".join(SPEECH[piece.start : piece.end] for piece in pieces) == SPEECH
    assert Event.objects.filter(action="read_in", object_id=document.pk).count() == 1
    assert verify_chain(cast.tenant.pk) is None


def test_clauses_know_what_stands_above_them(cast: Cast) -> None:
    version = version_of(read_speech(cast.actor("clerk")))
    tree = [(one.level, one.mark, one.parent and one.parent.level) for one in version.clauses.order_by("ordinal")]
    assert tree[0] == (0, "", None)
    assert tree[1:4] == [(1, "一、", 0), (1, "二、", 0), (1, "三、", 0)]


def test_a_named_unit_leads_and_named_units_assist(cast: Cast) -> None:
    draft = draft_on(read_speech(cast.actor("clerk")), "茶园")
    assert draft.lead_unit == cast.units["party_office"]
    assist = draft.units.filter(role=DraftUnitRole.ASSIST).order_by("pk")
    assert [row.unit.name for row in assist] == ["石桥村", "柳湾村"]
    assert (draft.due_on, draft.due_precision, draft.due_words) == (date(2026, 6, 30), "month", "6月底前")


def test_a_collective_is_shared_out_under_the_reading_office(cast: Cast) -> None:
    draft = draft_on(read_speech(cast.actor("clerk")), "各村每季度")
    assert (draft.lead_unit, draft.kind) == (cast.units["party_office"], "recurring")
    parts = draft.units.filter(role=DraftUnitRole.PART).order_by("pk")
    assert [row.unit.name for row in parts] == ["石桥村", "柳湾村"]
    assert (draft.due_on, draft.due_code[:11]) == (None, "R:quarterly")


def test_a_name_nobody_bears_stays_as_it_was_written(cast: Cast) -> None:
    draft = draft_on(read_speech(cast.actor("clerk")), "助餐点")
    assert (draft.lead_unit, draft.lead_words) == (None, ["各级党组织"])


def test_a_relative_term_counts_from_the_documents_own_date(cast: Cast) -> None:
    draft = draft_on(read_speech(cast.actor("clerk")), "独居老人")
    # Ten working days after 10 February 2026: Spring Festival 15-23 off, 14 and 28 February worked.
    assert (draft.due_on, draft.due_code) == (date(2026, 3, 2), "E:+10wd")


def test_without_a_date_a_relative_term_stays_unset_with_its_words(cast: Cast) -> None:
    document = read_speech(cast.actor("clerk"), SPEECH.replace("（2026年2月10日）", ""))
    draft = draft_on(document, "独居老人")
    assert (draft.due_on, draft.due_words) == (None, "10个工作日内")


def test_a_day_before_the_documents_own_date_is_asked_for(cast: Cast) -> None:
    document = read_speech(cast.actor("clerk"), SPEECH.replace("2026年2月10日", "2026年8月10日"))
    draft = draft_on(document, "茶园")
    assert (draft.due_on, draft.due_words) == (None, "6月底前")


def test_units_outside_the_clerks_reach_are_not_set(cast: Cast) -> None:
    document = read_speech(cast.actor("clerk"), SPEECH.replace("党政办牵头", "云岭县牵头"))
    assert draft_on(document, "茶园").lead_unit is None


def test_the_same_text_offers_the_document_that_is_there(cast: Cast) -> None:
    document = read_speech(cast.actor("clerk"))
    with pytest.raises(AlreadyReadIn) as raised:
        read_speech(cast.actor("clerk"))
    assert raised.value.document == document
    again = read_in(actor=cast.actor("clerk"), source=Source.of_text(SPEECH), again=True)
    assert again != document


def test_another_tenants_reading_is_not_offered(cast: Cast) -> None:
    read_speech(cast.actor("clerk"))
    assert read_speech(cast.actor("stranger")).tenant == cast.other_tenant


def test_a_gb18030_file_is_read_and_its_source_kept(cast: Cast) -> None:
    document = put(cast.actor("clerk"), "讲话.txt", SPEECH.replace("\n", "\r\n").encode("gb18030"))
    version = version_of(document)
    assert version.text == SPEECH
    assert version.source_file is not None
    assert (version.source_file.name, version.source_file.owner_id) == ("讲话.txt", document.pk)


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("空.txt", b"", "file"),
        ("坏.docx", b"PK\x03\x04 nothing of use", "file"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file"),
        ("表.pdf", b"%PDF-1.4", "file"),
        ("", b"  \n ", "text"),
    ],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(cast: Cast, name: str, data: bytes, field: str) -> None:
    with pytest.raises(BadInput) as raised:
        put(cast.actor("clerk"), name, data)
    assert raised.value.field == field
    assert raised.value.message.endswith((".", "。"))
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_text_without_a_duty_becomes_a_document_without_drafts(cast: Cast) -> None:
    assert drafts_of(read_speech(cast.actor("clerk"), NO_DUTY)) == []


def test_ten_thousand_lines_can_be_pasted(cast: Cast) -> None:
    text = SPEECH + "".join(f"{number}．石桥村完成第{number}段管网改造{number}米。\n" for number in range(1, 10_001))
    document = read_speech(cast.actor("clerk"), text)
    version = version_of(document)
    assert version.text == text
    assert Draft.objects.filter(version=version).count() > 1000


@pytest.mark.parametrize("who", ["leader", "head_a", "member_a", "inspector", "auditor", "sysadmin"])
def test_only_a_clerk_reads_in(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        read_speech(cast.actor(who))
    assert not DocumentVersion.objects.exists()
