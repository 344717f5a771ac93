"""Every address of the site: each module brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luoshi.reports.urls")),
    path("", include("luoshi.accounts.urls")),
    path("units/", include("luoshi.organisations.urls")),
    path("documents/", include("luoshi.documents.urls")),
    path("", include("luoshi.ledger.urls")),
]
