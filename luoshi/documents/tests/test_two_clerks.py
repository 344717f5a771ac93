"""Two clerks at one draft at the same moment: one is first, the other sees both texts."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from luoshi.core.actor import Actor
from luoshi.core.errors import Conflict
from luoshi.documents.services.drafting import set_title
from luoshi.documents.services.editing import Seen
from luoshi.documents.tests.speech import draft_on, read_speech, seen
from luoshi.organisations.tests.cast import gather_cast

TITLES = [f"第{number}种说法" for number in range(6)]


def entitle(actor: Actor, before: Seen, title: str) -> str:
    try:
        set_title(actor=actor, seen=before, title=title)
    except Conflict as conflict:
        return str(conflict.theirs["title"])
    finally:
        connections.close_all()
    return title


@pytest.mark.usefixtures("committed_db")
def test_one_of_many_at_once_is_saved_and_shown_to_the_others() -> None:
    clerk = gather_cast().actor("clerk")
    draft = draft_on(read_speech(clerk), "茶园")
    before = seen(draft)[0]
    with ThreadPoolExecutor(len(TITLES)) as pool:
        told = list(pool.map(lambda title: entitle(clerk, before, title), TITLES))
    draft.refresh_from_db()
    assert draft.revision == 2
    assert told == [draft.title] * len(TITLES)
