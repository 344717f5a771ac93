"""Lists to be printed."""

from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from luoshi.core.access import signed_in
from luoshi.core.actor import Actor
from luoshi.core.clock import today
from luoshi.core.errors import BadInput
from luoshi.core.requests import actor_of
from luoshi.ledger.forms.filters import FilterForm
from luoshi.ledger.queries.lists import Asked, items_asked_for
from luoshi.organisations.queries import settings_of
from luoshi.organisations.tree import tree_of
from luoshi.reports.queries.responsibility import lines_of
from luoshi.reports.queries.scope import scope_words, source_titles, title_of
from luoshi.reports.responsibility_list import Heading, columns, date_words, write_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GAP = "　　"
MOST_LINES = 10_000
"""A longer list would keep a web process busy for more than three seconds, and nobody prints it."""


@signed_in
@require_GET
def responsibility_list(request: HttpRequest) -> FileResponse:
    """The ledger list of the same query string as an Excel workbook; it holds what this person may see."""
    actor = actor_of(request)
    form = FilterForm(actor, tree_of(actor.tenant_id), request.GET)
    asked = form.asked()
    heading = _heading(actor, form, asked)
    table = columns(settings_of(actor.tenant_id).responsible_unit_means)
    # The response closes it, and with that it is gone.
    file = TemporaryFile()  # noqa: SIM115
    write_list(file, heading, table, lines_of(actor, asked))
    file.seek(0)
    name = f"{heading.title}-{today().isoformat()}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _heading(actor: Actor, form: FilterForm, asked: Asked) -> Heading:
    count = items_asked_for(actor, asked).count()
    if count > MOST_LINES:
        words = _("The list has %(count)d items, more than the %(most)d that are printed at once. Narrow it first.")
        raise BadInput(words % {"count": count, "most": MOST_LINES})
    titles = source_titles(actor, form)
    parts = (
        _("Shown: %(scope)s") % {"scope": scope_words(actor, asked, titles)},
        ngettext("%(count)d item", "%(count)d items", count) % {"count": count},
        _("printed on %(day)s by %(name)s") % {"day": date_words(today()), "name": actor.name},
    )
    return Heading(title_of(actor, titles), GAP.join(parts))
