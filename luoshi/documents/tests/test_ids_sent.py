"""Drafts and units named in a form: whatever stands there, the answer is a sentence."""

from collections.abc import Callable

import pytest
from django.test import Client

from luoshi.documents.tests.speech import draft_on, read_speech
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
NO_ROWS = ["9" * 25, "9" * 5000, "9223372036854775808", "-1", "1.5.", "²", "١٢٣x", "1.", "\x00"]


@pytest.mark.parametrize("sent", NO_ROWS)
def test_what_no_draft_can_be_called_is_refused(cast: Cast, signed_in: SignIn, sent: str) -> None:
    document = read_speech(cast.actor("clerk"))
    answer = signed_in("clerk").post(f"/documents/{document.pk}/drafts/keep/", {"draft": sent})
    assert (answer.status_code, "请至少选一条草稿" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("sent", NO_ROWS)
def test_what_no_unit_can_be_called_is_refused(cast: Cast, signed_in: SignIn, sent: str) -> None:
    draft = draft_on(read_speech(cast.actor("clerk")), "茶园")
    answer = signed_in("clerk").post(f"/documents/drafts/{draft.pk}/assign/", {"draft": draft.pk, "split": sent})
    assert (answer.status_code, "没有这个单位" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("act", ["title", "dispatch"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_collision_shows_no_draft_of_others(cast: Cast, signed_in: SignIn, act: str, headers: dict[str, str]) -> None:
    document = read_speech(cast.actor("clerk"))
    draft, client = draft_on(document, "茶园"), signed_in("clerk")
    foreign = draft_on(read_speech(cast.actor("stranger"), "讲话\n6月底前完成外人的茶园改造500亩。\n"), "茶园")
    url = f"/documents/drafts/{draft.pk}/title/" if act == "title" else f"/documents/{document.pk}/dispatch/"
    client.post(f"/documents/drafts/{draft.pk}/title/", {"title": "对方的标题", "draft": f"{draft.pk}.1"})
    sent = {"title": "我的标题", "mark": "1.1", "draft": [f"{draft.pk}.1", f"{foreign.pk}.1"]}
    answer = client.post(url, sent, headers=headers)
    assert (answer.status_code, "外人" in answer.content.decode()) == (409, False)
    assert f'value="{foreign.pk}.' not in answer.content.decode()
