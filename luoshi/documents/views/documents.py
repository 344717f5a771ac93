"""Documents: the list, reading one in, opening one, its file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.core.access import signed_in
from luoshi.core.errors import BadInput
from luoshi.core.requests import actor_of, fresh_key
from luoshi.documents.enums import DraftState
from luoshi.documents.forms import NewDocumentForm
from luoshi.documents.models import Draft
from luoshi.documents.permissions import can_read_in, can_work_on, require_reading_in
from luoshi.documents.queries.lists import documents_of, latest_version, rows_of
from luoshi.documents.queries.reading import reading_page
from luoshi.documents.services.reading_in import AlreadyReadIn, Source, keep_reading
from luoshi.documents.services.understanding import understand
from luoshi.documents.views.finding import document_of, document_to_work_on
from luoshi.files.services import serve
from luoshi.outbox.idempotency import once
from luoshi.reading.model import Reading

PAGE = 30
UNDECIDED = (DraftState.OPEN, DraftState.KEPT)


@require_GET
@signed_in
def list_documents(request: HttpRequest) -> HttpResponse:
    """The documents the actor may read, newest first."""
    actor = actor_of(request)
    page = Paginator(documents_of(actor), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows_of(actor, list(page.object_list)), "may_read_in": can_read_in(actor)}
    return render(request, "documents/list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new_document(request: HttpRequest) -> HttpResponse:
    """Upload or paste, then straight to the drafts."""
    actor = actor_of(request)
    require_reading_in(actor)
    if request.method == "GET":
        return _new_form(request, NewDocumentForm())
    form = NewDocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _new_form(request, form)
    upload = form.cleaned_data["file"]
    source = Source.of_upload(upload) if upload else Source.of_text(form.cleaned_data["text"])
    try:
        # Reading takes seconds at worst; it is over before the transaction of the form begins.
        return _keep(request, source, understand(source.data, source.name))
    except AlreadyReadIn as found:
        return _new_form(request, form, found)
    except BadInput as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _new_form(request, form)


@once
def _keep(request: HttpRequest, source: Source, reading: Reading) -> HttpResponse:
    document = keep_reading(
        actor=actor_of(request), source=source, reading=reading, again=request.POST.get("again") == "1"
    )
    return redirect("documents:read", document.pk)


def _new_form(request: HttpRequest, form: NewDocumentForm, found: AlreadyReadIn | None = None) -> HttpResponse:
    context = {
        "form": form,
        "key": request.POST.get("idempotency_key") or fresh_key(),
        "earlier": found.document if found else None,
    }
    return render(request, "documents/new.html", context, status=_status(form, found))


def _status(form: NewDocumentForm, found: AlreadyReadIn | None) -> int:
    if found is not None:
        return found.status
    return 400 if form.errors else 200


@require_GET
@signed_in
def open_document(request: HttpRequest, pk: int) -> HttpResponse:
    """To the drafts while there is something to decide, else to what became of it."""
    actor = actor_of(request)
    document = document_of(actor, pk)
    undecided = Draft.objects.filter(version__document=document, state__in=UNDECIDED)
    if can_work_on(actor, document) and undecided.exists():
        return redirect("documents:read", pk)
    return redirect("documents:coverage", pk)


@require_GET
@signed_in
def read_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The reading screen."""
    actor = actor_of(request)
    document, version = document_to_work_on(actor, pk)
    page = reading_page(actor, document, version)
    return render(request, "documents/read.html", page.context())


@require_GET
@signed_in
def download_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded; pasted text has none."""
    version = latest_version(document_of(actor_of(request), pk))
    if version.source_file is None:
        raise Http404(_("This text was pasted; there is no file."))
    return serve(version.source_file)
