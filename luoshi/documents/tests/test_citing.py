"""What the ledger learns about documents without naming them."""

import pytest

from luoshi.documents.models import SOURCE
from luoshi.documents.services.dispatching import dispatch_drafts
from luoshi.documents.services.drafting import keep_drafts
from luoshi.documents.tests.speech import draft_on, read_speech, seen, version_of
from luoshi.ledger.models import Citation
from luoshi.ledger.sources import link_of, sources
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_citation_leads_to_its_sentence_for_who_may_read_it(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    document = read_speech(clerk)
    keep_drafts(actor=clerk, seen=seen(draft_on(document, "茶园")))
    dispatch_drafts(actor=clerk, version=version_of(document))
    cited = Citation.objects.get()
    assert link_of(clerk, cited) == f"/documents/{document.pk}/coverage/?at={cited.start}#aside"
    # Both villages assist, so the document is theirs to read as well.
    assert link_of(cast.actor("head_a"), cited) == link_of(clerk, cited)
    assert link_of(cast.actor("stranger"), cited) is None


def test_the_ledger_is_filtered_by_documents_the_reader_sees(cast: Cast) -> None:
    document = read_speech(cast.actor("clerk"))
    source = next(one for one in sources() if one.name == SOURCE)
    assert source.choices is not None
    assert list(source.choices(cast.actor("leader"))) == [(document.pk, document.title)]
    assert list(source.choices(cast.actor("head_a"))) == []
    assert list(source.ids(cast.actor("leader"), document.pk)) == [version_of(document).pk]
    assert list(source.ids(cast.actor("stranger"), document.pk)) == []
