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
