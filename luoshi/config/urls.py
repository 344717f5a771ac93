"""Every address of the site: each module brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luoshi.reports.urls")),
    path("", include("luoshi.accounts.urls")),
    path("units/", include("luoshi.organisations.urls")),
    path("documents/", include("luoshi.documents.urls")),
    path("", include("luoshi.ledger.urls")),
]

handler400 = "luoshi.core.views.bad_request"
handler403 = "luoshi.core.views.forbidden"
handler404 = "luoshi.core.views.not_found"
handler500 = "luoshi.core.views.server_error"
