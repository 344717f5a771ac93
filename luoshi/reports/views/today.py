"""The first page: what waits for me, what I wait for, what comes soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.core.access import signed_in
from luoshi.core.requests import actor_of
from luoshi.reports.queries.first_steps import first_steps
from luoshi.reports.queries.today import day_head, today_parts


@signed_in
@require_GET
def show_today(request: HttpRequest) -> HttpResponse:
    """Today for this person; in an empty house also the way to the first dispatch."""
    actor = actor_of(request)
    context = {**day_head(), **today_parts(actor), "steps": first_steps(actor), "here": request.get_full_path()}
    return render(request, "reports/today.html", context)
