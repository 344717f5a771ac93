"""Signing in and out, the language, the password."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.accounts.forms import LanguageForm, PasswordForm, SignInForm
from luoshi.accounts.middleware import COOKIE
from luoshi.accounts.models import User
from luoshi.accounts.services import change_password, choose_language
from luoshi.core.errors import BadInput
from luoshi.core.requests import is_page_here

BACKEND = "django.contrib.auth.backends.ModelBackend"
LOOPBACK = frozenset({"127.0.0.1", "::1"})
YEAR = 365 * 24 * 60 * 60


def next_of(request: HttpRequest) -> str:
    """Where to go on: the wish of the form or address when it stays on this site, else Today."""
    wished = request.POST.get("next") or request.GET.get("next") or ""
    return wished if is_page_here(request, wished) else reverse("reports:today")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; which of the two was wrong is not told."""
    form = SignInForm(request.POST or None)
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            return _let_in(request, user)
        form.add_error(None, _("Sign-in name and password do not fit. Try again, or ask your administrator."))
    context = {"form": form, "next": next_of(request), "demo_people": _demo_people()}
    return render(request, "accounts/sign_in.html", context, status=400 if form.errors else 200)


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, BACKEND)
    goal = next_of(request)
    if user.must_change_password:
        goal = f"{reverse('accounts:password')}?{urlencode({'next': goal})}"
    return _speaking(redirect(goal), user.language) if user.language else redirect(goal)


def _speaking(response: HttpResponse, language_code: str) -> HttpResponse:
    response.set_cookie(
        COOKIE, language_code, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _demo_people() -> list[dict[str, str]]:
    """Who may be entered with one click; only in a database that the demonstration made."""
    if not settings.LUOSHI_DEMO:
        return []
    people: list[dict[str, str]] = import_string(settings.LUOSHI_DEMO_PEOPLE)()
    return people


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with one click, in a demonstration and from this machine alone; anywhere else there is no such page."""
    if not settings.LUOSHI_DEMO or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    known = {person["username"] for person in _demo_people()}
    user = User.objects.filter(username=request.POST.get("username", ""), username__in=known, is_active=True).first()
    if user is None:
        raise Http404
    return _let_in(request, user)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("accounts:sign_in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language, for this browser and for the person when one is signed in."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Choose one of the languages offered."), "language")
    chosen = form.cleaned_data["language"]
    if isinstance(request.user, User):
        choose_language(user=request.user, language=chosen)
    return _speaking(redirect(next_of(request)), chosen)


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the first one, told by somebody else, has to be changed before anything."""
    user = request.user
    if not isinstance(user, User):
        return redirect(f"{reverse('accounts:sign_in')}?{urlencode({'next': request.get_full_path()})}")
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        try:
            change_password(user=user, actor=getattr(request, "actor", None), old=old, new=new)
        except BadInput as error:
            form.add_error(error.field, error.message)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed."))
            return redirect(next_of(request))
    context = {"form": form, "next": next_of(request), "first": user.must_change_password}
    return render(request, "accounts/password.html", context, status=400 if form.errors else 200)
