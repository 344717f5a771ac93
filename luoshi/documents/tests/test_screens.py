"""The screens: who gets which, what they say, and how many queries they take."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from luoshi.documents.models import Document
from luoshi.documents.services.drafting import keep_drafts
from luoshi.documents.tests.speech import NO_DUTY, SPEECH, draft_on, drafts_of, read_speech, seen, version_of
from luoshi.ledger.models import Item
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def document(cast: Cast) -> Document:
    return read_speech(cast.actor("clerk"))


def addresses(document: Document) -> dict[str, str]:
    draft, base = drafts_of(document)[0].pk, f"/documents/{document.pk}/"
    pages = {name: f"{base}{name}/" for name in ("read", "coverage", "dispatch", "sentences", "file")}
    return {**pages, "open": base, "draft": f"/documents/drafts/{draft}/"}


def statuses(client: Client, document: Document) -> dict[str, int]:
    return {name: client.get(url).status_code for name, url in addresses(document).items()}


WORKING = {"read": 200, "coverage": 200, "dispatch": 200, "sentences": 200, "file": 404, "open": 302, "draft": 200}
READING = {**dict.fromkeys(WORKING, 403), "coverage": 200, "open": 302, "file": 404}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("clerk", WORKING),
        ("leader", READING),
        ("inspector", READING),
        ("auditor", READING),
        ("head_a", dict.fromkeys(WORKING, 404)),
        ("member_a", dict.fromkeys(WORKING, 404)),
        ("sysadmin", dict.fromkeys(WORKING, 404)),
        ("stranger", dict.fromkeys(WORKING, 404)),
        ("anonymous", dict.fromkeys(WORKING, 302)),
    ],
)
def test_who_gets_which_page(document: Document, signed_in: SignIn, who: str, expected: dict[str, int]) -> None:
    assert statuses(signed_in(who), document) == expected


def test_an_anonymous_reader_signs_in_and_comes_back(document: Document, signed_in: SignIn) -> None:
    answer = signed_in("anonymous").get(f"/documents/{document.pk}/read/")
    assert answer.headers["Location"] == f"/sign-in/?next=%2Fdocuments%2F{document.pk}%2Fread%2F"


@pytest.mark.parametrize(
    ("who", "expected"), [("clerk", 302), ("leader", 403), ("head_a", 404), ("stranger", 404), ("anonymous", 302)]
)
@pytest.mark.parametrize("one", [True, False])
def test_who_may_act(document: Document, signed_in: SignIn, who: str, expected: int, one: bool) -> None:
    draft = drafts_of(document)[0]
    url = f"/documents/drafts/{draft.pk}/decide/" if one else f"/documents/{document.pk}/drafts/decide/"
    assert signed_in(who).post(url, {"act": "keep", "draft": draft.pk}).status_code == expected
    draft.refresh_from_db()
    assert draft.state == ("kept" if who == "clerk" else "open")


def test_opening_leads_the_clerk_to_the_drafts_and_others_to_the_state(document: Document, signed_in: SignIn) -> None:
    led = {who: signed_in(who).get(f"/documents/{document.pk}/").headers["Location"] for who in ("clerk", "leader")}
    base = f"/documents/{document.pk}/"
    assert led == {"clerk": f"{base}read/", "leader": f"{base}coverage/"}


def test_an_upload_must_say_that_it_is_not_classified(cast: Cast, signed_in: SignIn) -> None:
    answer = signed_in("clerk").post("/documents/new/", {"text": SPEECH})
    assert answer.status_code == 400
    assert "请确认不含涉密内容" in answer.content.decode()
    assert not Document.objects.exists()


def test_an_upload_leads_to_its_drafts_and_sent_twice_makes_one(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in("clerk")
    led = []
    for _time in range(2):
        upload = SimpleUploadedFile("讲话.txt", SPEECH.encode("gb18030"))
        answer = client.post("/documents/new/", {"file": upload, "not_classified": "on", "idempotency_key": "k1"})
        led.append(answer.headers["Location"])
    document = Document.objects.get()
    assert led == [f"/documents/{document.pk}/read/"] * 2
    kept = client.get(f"/documents/{document.pk}/file/")
    assert b"".join(kept.streaming_content) == SPEECH.encode("gb18030")  # type: ignore[attr-defined]


def test_a_damaged_file_is_told_at_the_field(cast: Cast, signed_in: SignIn) -> None:
    upload = SimpleUploadedFile("坏.docx", b"PK\x03\x04 nothing")
    answer = signed_in("clerk").post("/documents/new/", {"file": upload, "not_classified": "on"})
    assert answer.status_code == 400
    assert "文件已损坏" in answer.content.decode()


def test_the_same_text_offers_what_is_there(document: Document, signed_in: SignIn) -> None:
    answer = signed_in("clerk").post("/documents/new/", {"text": SPEECH, "not_classified": "on"})
    assert answer.status_code == 409
    assert f'href="/documents/{document.pk}/"' in answer.content.decode()


@pytest.mark.parametrize("who", ["leader", "head_a", "auditor"])
def test_only_a_clerk_is_shown_the_form(cast: Cast, signed_in: SignIn, who: str) -> None:
    assert signed_in(who).get("/documents/new/").status_code == 403


def test_a_text_without_a_duty_says_so(cast: Cast, signed_in: SignIn) -> None:
    document = read_speech(cast.actor("clerk"), NO_DUTY)
    page = signed_in("clerk").get(f"/documents/{document.pk}/read/").content.decode()
    with translation.override("zh-hans"):
        assert translation.gettext("No duty found in this text") in page
    assert f"/documents/{document.pk}/sentences/" in page


def test_an_act_answers_with_what_it_changed(document: Document, signed_in: SignIn) -> None:
    draft = drafts_of(document)[0]
    url = f"/documents/drafts/{draft.pk}/decide/"
    answer = signed_in("clerk").post(url, {"act": "keep", "draft": f"{draft.pk}.1"}, headers=HTMX)
    page = answer.content.decode()
    assert page.count("<article") == 1
    assert f'data-ref="{draft.pk}.2"' in page
    assert 'id="count" hx-swap-oob="true"' in page


def test_without_scripts_an_act_leads_back_to_its_draft(document: Document, signed_in: SignIn) -> None:
    draft = drafts_of(document)[1]
    answer = signed_in("clerk").post(f"/documents/drafts/{draft.pk}/due/", {"due_day": "2026-09-30"})
    assert answer.headers["Location"] == f"/documents/{document.pk}/read/#d-{draft.pk}"


def test_a_merge_draws_the_list_anew(document: Document, signed_in: SignIn) -> None:
    first, second = drafts_of(document)[:2]
    form = {"act": "merge", "draft": [first.pk, second.pk]}
    page = signed_in("clerk").post(f"/documents/{document.pk}/drafts/decide/", form, headers=HTMX).content.decode()
    assert page.count("<article") == len(drafts_of(document)) - 1
    assert 'id="text"' in page


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_collision_shows_both_texts_and_offers_mine(
    document: Document, signed_in: SignIn, headers: dict[str, str]
) -> None:
    draft, client = drafts_of(document)[0], signed_in("clerk")
    url = f"/documents/drafts/{draft.pk}/title/"
    client.post(url, {"title": "对方的标题", "draft": f"{draft.pk}.1"})
    answer = client.post(url, {"title": "我的标题", "draft": f"{draft.pk}.1"}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "对方的标题" in page
    assert '<input type="hidden" name="title" value="我的标题">' in page
    assert f'name="draft" value="{draft.pk}.2"' in page


def test_a_refusal_is_told_on_the_page(document: Document, signed_in: SignIn) -> None:
    draft = drafts_of(document)[0]
    url = f"/documents/{document.pk}/drafts/assign/"
    answer = signed_in("clerk").post(url, {"draft": draft.pk, "lead": "村"}, headers=HTMX)
    assert (answer.status_code, answer.headers["X-Luoshi-Said"]) == (400, "1")
    assert "石桥村、柳湾村" in answer.content.decode()


def test_a_part_of_a_name_is_enough_when_one_unit_bears_it(document: Document, signed_in: SignIn) -> None:
    draft = drafts_of(document)[0]
    signed_in("clerk").post(f"/documents/drafts/{draft.pk}/assign/", {"lead": "石桥"})
    draft.refresh_from_db()
    assert draft.lead_unit is not None
    assert draft.lead_unit.name == "石桥村"


def test_drafts_of_another_document_are_not_found_here(cast: Cast, document: Document, signed_in: SignIn) -> None:
    other = read_speech(cast.actor("clerk"), SPEECH.replace("茶园", "果园"))
    form = {"act": "keep", "draft": drafts_of(other)[0].pk}
    assert signed_in("clerk").post(f"/documents/{document.pk}/drafts/decide/", form).status_code == 404


def test_dispatching_names_what_is_open_and_then_leaves(cast: Cast, document: Document, signed_in: SignIn) -> None:
    client, url = signed_in("clerk"), f"/documents/{document.pk}/dispatch/"
    keep_drafts(actor=cast.actor("clerk"), seen=seen(draft_on(document, "茶园"), draft_on(document, "专项资金督导")))
    refused = client.post(url)
    assert refused.status_code == 400
    assert f"/documents/{document.pk}/read/#d-{draft_on(document, '专项资金督导').pk}" in refused.content.decode()
    client.post(f"/documents/drafts/{draft_on(document, '专项资金督导').pk}/decide/", {"act": "discard"})
    for _time in range(2):
        answer = client.post(url, {"idempotency_key": "d1"})
        assert answer.headers["Location"] == f"/documents/{document.pk}/coverage/"
    assert Item.objects.count() == 1


def test_a_missed_sentence_is_added(document: Document, signed_in: SignIn) -> None:
    url, start = f"/documents/{document.pk}/sentences/", version_of(document).text.index("产业兴，")
    page = signed_in("clerk").get(url).content.decode()
    value = page.split(f'value="{start}-')[1].split('"')[0]
    answer = signed_in("clerk").post(url, {"sentence": f"{start}-{value}"})
    added = draft_on(document, "产业兴")
    assert answer.headers["Location"] == f"/documents/{document.pk}/read/#d-{added.pk}"


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def many_duties(count: int) -> str:
    names = ("道路", "水渠", "管网", "桥梁", "茶园", "果园", "村史馆", "文化站", "卫生室", "晒谷场")
    rows = "".join(f"石桥村6月底前完成{names[one % 10]}{one}处改造。\n" for one in range(1, count + 1))
    return f"工作要点\n（2026年2月10日）\n{rows}"


@pytest.mark.parametrize("page", ["read", "dispatch", "coverage", "sentences"])
def test_pages_take_the_same_queries_for_one_and_many(cast: Cast, signed_in: SignIn, page: str) -> None:
    clerk, counts = cast.actor("clerk"), []
    for size in (1, 30):
        document = read_speech(clerk, many_duties(size))
        assert len(drafts_of(document)) == size
        keep_drafts(actor=clerk, seen=seen(*drafts_of(document)))
        counts.append(queries(signed_in("clerk"), f"/documents/{document.pk}/{page}/"))
    assert counts[0] == counts[1]
    assert counts[0] <= 25


def test_the_list_takes_the_same_queries_for_one_and_thirty(cast: Cast, signed_in: SignIn) -> None:
    counts = []
    for size in (1, 30):
        for number in range(Document.objects.count(), size):
            read_speech(cast.actor("clerk"), f"{SPEECH}第{number}稿\n")
        counts.append(queries(signed_in("clerk"), "/documents/"))
    assert counts[0] == counts[1]


def test_an_act_takes_the_same_queries_among_one_and_many(cast: Cast, signed_in: SignIn) -> None:
    client, counts = signed_in("clerk"), []
    for size in (1, 30):
        draft = drafts_of(read_speech(cast.actor("clerk"), many_duties(size)))[0]
        with CaptureQueriesContext(connection) as captured:
            client.post(f"/documents/drafts/{draft.pk}/due/", {"due_day": "2026-09-30"}, headers=HTMX)
        counts.append(len(captured))
    assert counts[1] <= counts[0] <= 45
