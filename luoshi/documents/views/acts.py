"""Acts on drafts: one draft or several, each saved at once and answered with what it changed."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.core.access import signed_in
from luoshi.core.actor import Actor
from luoshi.core.errors import BadInput
from luoshi.core.requests import actor_of, row_id
from luoshi.documents.enums import DraftUnitRole
from luoshi.documents.forms import (
    ALL,
    DueForm,
    KindForm,
    SharesForm,
    SplitForm,
    TargetFormSet,
    TitleForm,
    checked,
    seen_of,
)
from luoshi.documents.models import Document, Draft, DraftUnit
from luoshi.documents.permissions import units_to_give_to
from luoshi.documents.queries.reading import reading_page, unit_choices
from luoshi.documents.services.cutting import merge_drafts, merge_with_previous, split_draft, undo_merge
from luoshi.documents.services.drafting import (
    Assigned,
    assign_drafts,
    discard_drafts,
    keep_drafts,
    restore_drafts,
    set_day,
    set_kind,
    set_shares,
    set_targets,
    set_term,
    set_title,
)
from luoshi.documents.services.editing import Edit, Seen
from luoshi.documents.services.wording import term_in_words
from luoshi.documents.views.finding import document_to_work_on, draft_of, is_fragment
from luoshi.documents.views.refusals import told_on_the_page
from luoshi.organisations.enums import UnitKind
from luoshi.organisations.tree import tree_of

Act = Callable[[HttpRequest, Actor, Sequence[Seen]], Edit]


def _keep(_request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    return keep_drafts(actor=actor, seen=seen)


def _discard(_request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    return discard_drafts(actor=actor, seen=seen)


def _restore(_request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    return restore_drafts(actor=actor, seen=seen)


def _merge(_request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    if len(seen) == 1:
        return merge_with_previous(actor=actor, seen=seen[0])
    return merge_drafts(actor=actor, seen=seen)


def _unmerge(_request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    return undo_merge(actor=actor, seen=_one(seen))


DECISIONS: dict[str, Act] = {
    "keep": _keep,
    "discard": _discard,
    "restore": _restore,
    "merge": _merge,
    "unmerge": _unmerge,
}


def _decide(request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    """The one form with several buttons: the button pressed is the act."""
    act = DECISIONS.get(request.POST.get("act", ""))
    if act is None:
        raise BadInput(_("Say what is to be done with the drafts."), "act")
    return act(request, actor, seen)


def _one(seen: Sequence[Seen]) -> Seen:
    if len(seen) != 1:
        raise BadInput(_("Choose one draft for this."), "draft")
    return seen[0]


def _assign(request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    """Empty fields leave things as they are, but for one draft alone: there an emptied lead is taken away.

    The draft's own page shows everything that is set and sends `whole`: what is not ticked there is not meant.
    """
    whole = request.POST.get("whole") == "1"
    parts = _units_given(request, actor, "split")
    assisting = _units_given(request, actor, "assist")
    lead = unit_named(actor, request.POST["lead"]) if request.POST.get("lead", "").strip() else None
    if lead is None and not parts and (whole or (len(seen) == 1 and not assisting)):
        lead = 0
    assigned = Assigned(
        lead=lead, assisting=assisting if assisting or whole else None, parts=parts if parts or whole else None
    )
    return assign_drafts(actor=actor, seen=seen, assigned=assigned)


def _units_given(request: HttpRequest, actor: Actor, name: str) -> tuple[int, ...]:
    values = request.POST.getlist(name)
    if ALL in values:
        return tuple(unit.id for unit in units_to_give_to(actor) if unit.kind == UnitKind.VILLAGE)
    units = [row_id(value) for value in values]
    if None in units:
        raise BadInput(_("This unit does not exist or is closed."), name)
    return tuple(unit for unit in units if unit is not None)


def unit_named(actor: Actor, words: str) -> int:
    """The unit a person typed: its label, another of its names, or a part of a label that only one unit has."""
    wanted = words.strip()
    choices = unit_choices(actor)
    for unit_id, label in choices:
        if label == wanted:
            return unit_id
    found = tree_of(actor.tenant_id).find(wanted)
    if found is not None:
        return found.id
    alike = [(unit_id, label) for unit_id, label in choices if wanted in label]
    if len(alike) == 1:
        return alike[0][0]
    if alike:
        names = "、".join(label for _unit_id, label in alike[:5])
        raise BadInput(_("“%(words)s” fits several units: %(names)s.") % {"words": wanted, "names": names}, "lead")
    raise BadInput(_("There is no unit “%(words)s” below your office.") % {"words": wanted}, "lead")


def _due(request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    day, words = DueForm(request.POST).given
    if day is None and words:
        return set_term(actor=actor, seen=seen, term=term_in_words(actor=actor, seen=seen, words=words))
    return set_day(actor=actor, seen=seen, day=day)


def _title(request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    return set_title(actor=actor, seen=_one(seen), title=checked(TitleForm(request.POST))["title"])


def _kind(request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    return set_kind(actor=actor, seen=seen, kind=checked(KindForm(request.POST))["kind"])


def _split(request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    return split_draft(actor=actor, seen=_one(seen), at=checked(SplitForm(request.POST))["at"])


def _targets(request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    rows = TargetFormSet(request.POST, prefix="targets")
    if not rows.is_valid():
        raise BadInput(_("Check the targets: each needs a number and whether it is at least, at most or exactly."))
    given = [row for row in rows.cleaned_data if row.get("value", "").strip()]
    return set_targets(actor=actor, seen=_one(seen), targets=given)


def _shares(request: HttpRequest, actor: Actor, seen: Sequence[Seen]) -> Edit:
    one = _one(seen)
    parts = DraftUnit.objects.filter(draft_id=one.draft_id, role=DraftUnitRole.PART)
    form = SharesForm([(part.unit_id, "", None) for part in parts], data=request.POST)
    return set_shares(actor=actor, seen=one, shares=form.given)


ACTS: dict[str, Act] = {
    **DECISIONS,
    "decide": _decide,
    "assign": _assign,
    "due": _due,
    "title": _title,
    "kind": _kind,
    "split": _split,
    "targets": _targets,
    "shares": _shares,
}
MANY = frozenset({*DECISIONS, "decide", "assign", "due", "kind"})


@require_POST
@signed_in
@told_on_the_page
def act_on_draft(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One act on one draft."""
    if act not in ACTS:
        raise Http404
    actor = actor_of(request)
    draft_of(actor, pk)
    seen = [one for one in seen_of(request.POST.getlist("draft")) if one.draft_id == pk] or [Seen(pk)]
    return _answer(request, ACTS[act](request, actor, seen))


@require_POST
@signed_in
@told_on_the_page
def act_on_drafts(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One act on several drafts of a document."""
    if act not in MANY:
        raise Http404
    actor = actor_of(request)
    document, _version = document_to_work_on(actor, pk)
    seen = seen_of(request.POST.getlist("draft"))
    _refuse_foreign(document, seen)
    return _answer(request, ACTS[act](request, actor, seen))


def _refuse_foreign(document: Document, seen: Sequence[Seen]) -> None:
    """404 for drafts that are not of the document in the address."""
    ids = {one.draft_id for one in seen}
    if Draft.objects.filter(pk__in=ids, version__document=document).count() != len(ids):
        raise Http404


def _answer(request: HttpRequest, edit: Edit) -> HttpResponse:
    """What changed, or the way back to the page at the draft."""
    stays = next((draft for draft in edit.drafts if draft.merged_into_id is None), None)
    shown = stays.pk if stays else edit.drafts[0].merged_into_id
    if not is_fragment(request):
        return redirect(f"{reverse('documents:read', args=[edit.document.pk])}#d-{shown}")
    page = reading_page(edit.actor, edit.document, edit.version, edit.rows)
    context = page.figures()
    if edit.recut:
        context.update(drafts=page.cards(), blocks=page.blocks())
    else:
        context["changed"] = page.cards(edit.drafts)
    return render(request, "documents/parts/answer.html", context)
