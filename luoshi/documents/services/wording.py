"""A term as a clerk types it: the grammar of the reader, the calendar of the tenant."""

from collections.abc import Sequence

from django.http import Http404
from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.errors import BadInput
from luoshi.documents.models import Document, Draft
from luoshi.documents.occurrences import is_rule
from luoshi.documents.resolving import Term, term_of
from luoshi.documents.services.editing import Seen
from luoshi.reading.deadlines import Clock, find_deadline


def term_in_words(*, actor: Actor, seen: Sequence[Seen], words: str) -> Term:
    """The day or rule the words mean for the document of the drafts. Raises BadInput when they mean none."""
    found = Draft.objects.filter(pk__in=[one.draft_id for one in seen]).values_list("version__document_id", flat=True)
    document = Document.objects.visible_to(actor).filter(pk__in=found[:1]).first()
    if document is None:
        raise Http404
    clock = Clock(document.year, document.dated_on.isoformat() if document.dated_on else None)
    term = term_of(find_deadline(words, clock), document)
    if term.on is None and not is_rule(term.code):
        raise BadInput(_reason(term, document), "due_words")
    return Term(term.on, term.precision, words[:100], term.code, term.estimated)


def _reason(term: Term, document: Document) -> str:
    if term.code.startswith("E:+") and document.dated_on is None:
        return _("The document has no date to count from; give the day itself.")
    if term.code[:4].isdecimal():
        return _("This day is before the document's own date; give the day itself.")
    return _("No day could be read from these words; give the day itself.")
